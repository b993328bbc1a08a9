"""What can be done with reminders; `write_letter` is the one way into the outbox for every room above."""

from renkei.reminders.services.arrange import SettingsRefused, arrange, choose_digest, wants_digest
from renkei.reminders.services.digest import send_digests
from renkei.reminders.services.feeds import FeedRefused, renew
from renkei.reminders.services.letters import LetterRefused, cancel, resend, write_letter
from renkei.reminders.services.refresh import refresh, refresh_of
from renkei.reminders.services.remind import remind

__all__ = [
    "FeedRefused",
    "LetterRefused",
    "SettingsRefused",
    "arrange",
    "cancel",
    "choose_digest",
    "refresh",
    "refresh_of",
    "remind",
    "renew",
    "resend",
    "send_digests",
    "wants_digest",
    "write_letter",
]
