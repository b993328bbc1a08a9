"""Sending what waits: each letter is claimed first, so that of two machines one sends it.

A letter whose sending ended without an answer is tried once more, with the same Message-ID, and then shown as doubtful:
at most twice, never more. A letter that surely was not taken is tried again, less and less often.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic

from django.utils.translation import gettext as _

from renkei.reminders import chat, mail
from renkei.reminders.delivery import Doubtful, NotNow, Rejected
from renkei.reminders.models import Channel, Letter, LetterKind, LetterState

log = logging.getLogger(__name__)
AT_ONCE = 50
BATCH_SECONDS = 300
"""After that no further letter is begun: each of them is claimed with the moment at which the batch began."""

CLAIM_LASTS = timedelta(minutes=15)
"""Longer than a batch, its last letter included; what was claimed before that a killed program left behind."""

LONGEST_WAIT_MINUTES = 60
MOST_ATTEMPTS = 175
"""About a week at the longest wait."""

MOST_DOUBTS = 2


def send_some(now: datetime, is_ended: Callable[[], bool] = lambda: False) -> int:
    """Send up to fifty letters of each channel that are due; how many left the machine.

    No further letter is begun when the program is to end, or when the batch takes too long.
    """
    take_back(now)
    until = monotonic() + BATCH_SECONDS

    def is_over() -> bool:
        return is_ended() or monotonic() > until

    sent = _send_mail(now, is_over) if mail.is_set_up() else 0
    for letter in _due(Channel.CHAT, now):
        if is_over():
            break
        sent += _send(letter, chat.deliver, now) is None
    return sent


def take_back(now: datetime) -> None:
    """Give letters back that a killed program had claimed; those in doubt for the second time are shown."""
    left = Letter.objects.filter(state=LetterState.SENDING, claimed_at__lt=now - CLAIM_LASTS)
    if not left.exists():
        return
    left.filter(doubts__gte=MOST_DOUBTS).update(
        state=LetterState.FAILED, claimed_at=None, error=_in_doubt(_("送信の途中で止まりました。"))
    )
    left.filter(doubts__lt=MOST_DOUBTS).update(
        state=LetterState.WAITING, claimed_at=None, next_try_at=now, error=_("送信の途中で止まりました。")
    )


def _due(channel: Channel, now: datetime) -> list[Letter]:
    return list(Letter.objects.to_send_at(now).filter(channel=channel)[:AT_ONCE])


def _send_mail(now: datetime, is_over: Callable[[], bool]) -> int:
    """Over one line; when that is lost, the rest waits for the next time."""
    letters, sent = _due(Channel.MAIL, now), 0
    if not letters:
        return 0
    try:
        with mail.line() as opened:
            for letter in letters:
                trouble = _send(letter, lambda one: mail.deliver(opened, one), now)
                sent += trouble is None
                is_lost = isinstance(trouble, NotNow | Doubtful) and opened.sock is None
                if is_lost or is_over():
                    break
    except NotNow as reason:
        _postpone_all(Channel.MAIL, now, str(reason))
    return sent


Trouble = NotNow | Rejected | Doubtful


def _send(letter: Letter, deliver: Callable[[Letter], None], now: datetime) -> Trouble | None:
    """Send one letter if nobody else has it, and write down how that ended; the trouble, if any."""
    if not Letter.objects.claim(letter, now):
        return Rejected("")
    known = {"doubts": letter.doubts - 1}
    try:
        _refuse_who_left(letter)
        deliver(letter)
    except Rejected as refusal:
        Letter.objects.settle(letter, state=LetterState.FAILED, error=str(refusal), **known)
        return refusal
    except NotNow as reason:
        Letter.objects.settle(letter, **known, **_later(letter.attempts, now, str(reason)))
        return reason
    except Doubtful as doubt:
        Letter.objects.settle(letter, **_once_more(letter, now, str(doubt)))
        return doubt
    except Exception as error:  # one letter that cannot be written down must not stop all others for ever
        log.exception("Letter %s could not be sent", letter.public_id)
        Letter.objects.settle(letter, state=LetterState.FAILED, error=_unwritable(error))
        return Rejected(str(error))
    kept = {"plain": "", "html": ""} if letter.holds_a_secret else {}
    Letter.objects.settle(letter, state=LetterState.SENT, sent_at=now, error="", **known, **kept)
    return None


def _refuse_who_left(letter: Letter) -> None:
    """What was written to somebody who left while it waited stays here; an invitation goes to who is to come."""
    if letter.person and not letter.person.is_active and letter.kind != LetterKind.INVITATION:
        raise Rejected(
            _("%(name)sさんは、いま連携を使っていない職員です。送らずに止めました。") % {"name": letter.name}
        )


def _unwritable(error: Exception) -> str:
    return _("送信の準備ができません(%(error)s)。宛先と内容を確かめ、管理者に知らせてください。") % {
        "error": type(error).__name__
    }


def _later(attempts: int, now: datetime, reason: str) -> dict[str, object]:
    """Wait twice as long each time, an hour at most; after a week, leave it to a person."""
    if attempts >= MOST_ATTEMPTS:
        given_up = _("一週間試しても送れませんでした。原因を直してから送り直してください。")
        return {"state": LetterState.FAILED, "error": f"{reason}{given_up}"}
    minutes = min(2 ** min(max(attempts - 1, 0), 10), LONGEST_WAIT_MINUTES)
    return {
        "state": LetterState.WAITING,
        "next_try_at": now + timedelta(minutes=minutes),
        "error": reason,
    }


def _once_more(letter: Letter, now: datetime, reason: str) -> dict[str, object]:
    if letter.doubts >= MOST_DOUBTS:
        return {"state": LetterState.FAILED, "error": _in_doubt(reason)}
    return _later(letter.attempts, now, reason)


def _in_doubt(reason: str) -> str:
    return reason + _(
        "二度試しましたが、届いたかどうか分かりません。宛先の人に聞き、届いていなければ送り直してください。"
    )


def _postpone_all(channel: Channel, now: datetime, reason: str) -> None:
    """No line: everything that is due waits, each as long as its own attempts say."""
    due = Letter.objects.to_send_at(now).filter(channel=channel).order_by()
    for attempts in sorted(set(due.values_list("attempts", flat=True))):
        due.filter(attempts=attempts).update(attempts=attempts + 1, **_later(attempts + 1, now, reason))
