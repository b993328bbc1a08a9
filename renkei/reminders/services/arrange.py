"""How a town is reminded, and who wants the digest."""

import hashlib
from collections.abc import Sequence
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements.services import Refused
from renkei.audit.services import record
from renkei.municipalities.models import Municipality
from renkei.reminders import events
from renkei.reminders.chat import why_not_address
from renkei.reminders.models import DigestChoice, ReminderSettings

MOST_DISTANCES = 10
FARTHEST = 1095


class SettingsRefused(Refused):
    """The settings do not change; str() says why."""


def arrange(
    municipality: Municipality,
    *,
    distances: Sequence[int],
    escalation_days: int,
    chat_address: str,
    seen: int,
    actor: User,
) -> ReminderSettings:
    """Set how the town is reminded; `seen` is the version that the person had before them, 0 for the usual one."""
    chosen = sorted(set(distances), reverse=True)
    if not 1 <= len(chosen) <= MOST_DISTANCES or not all(0 <= one <= FARTHEST for one in chosen):
        raise SettingsRefused(
            _(
                "何日前に知らせるかは、0から%(most)sまでの数を1個から%(count)s個入れてください。例: 180、90、30、7"
            )
            % {"most": FARTHEST, "count": MOST_DISTANCES}
        )
    if not 0 <= escalation_days <= FARTHEST:
        raise SettingsRefused(
            _("何日前に総括課へ知らせるかは、0から%(most)sまでの数を入れてください。例: 14")
            % {"most": FARTHEST}
        )
    if chat_address and (reason := why_not_address(chat_address)):
        raise SettingsRefused(reason)
    wanted = {"distances": chosen, "escalation_days": escalation_days, "chat_address": chat_address}
    return _write(municipality, wanted, seen, actor)


@transaction.atomic
def _write(municipality: Municipality, wanted: dict[str, object], seen: int, actor: User) -> ReminderSettings:
    before = ReminderSettings.objects.that_hold_for(municipality)
    if before.version != seen or not _claimed(municipality, before, wanted):
        raise SettingsRefused(_("ほかの人が先に設定を変えました。画面を読み直してください。"))
    after = ReminderSettings.objects.that_hold_for(municipality)
    changes = {
        f"reminders.remindersettings.{name}": (_told(before, name), _told(after, name))
        for name in wanted
        if getattr(before, name) != getattr(after, name)
    }
    record(events.SETTINGS_CHANGED, actor, after, municipality=municipality, changes=changes)
    return after


def _told(arrangement: ReminderSettings, name: str) -> object:
    """The value as the log keeps it for ever: of the chat's address, which is a secret, its host and a short digest."""
    value: object = getattr(arrangement, name)
    if name != "chat_address" or not value:
        return value
    digest = hashlib.sha256(str(value).encode()).hexdigest()[:8]
    return f"{urlsplit(str(value)).hostname} ({digest})"


def _claimed(municipality: Municipality, before: ReminderSettings, wanted: dict[str, object]) -> bool:
    if before.version:
        rows = ReminderSettings.objects.of(municipality).filter(version=before.version)
        return bool(rows.update(**wanted, version=before.version + 1))
    try:
        with transaction.atomic():
            ReminderSettings.objects.create(municipality=municipality, **wanted)
    except IntegrityError:
        return False
    return True


@transaction.atomic
def choose_digest(person: User, *, is_wanted: bool) -> None:
    """Switch the weekly digest of the person on or off; reminders cannot be switched off."""
    choice, is_new = DigestChoice.objects.get_or_create(person=person, defaults={"is_wanted": is_wanted})
    if not is_new:
        DigestChoice.objects.filter(pk=choice.pk).update(is_wanted=is_wanted)
    record(
        events.DIGEST_CHOSEN,
        person,
        person,
        municipality=person.municipality,
        choice=_("受け取る") if is_wanted else _("受け取らない"),
    )


def wants_digest(person: User) -> bool:
    """Whether the person gets the weekly digest."""
    return not DigestChoice.objects.filter(person=person, is_wanted=False).exists()
