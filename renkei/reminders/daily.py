"""The daily work: what is done once a day for each town, in this order; each step may be done again and writes no more.

Rooms below are called here; rooms beside connect to `municipalities.daily.daily_work`, which is sent last.
"""

import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.accounts.drafts import forget_old_drafts
from renkei.accounts.models import User
from renkei.municipalities.daily import Notice, daily_work
from renkei.municipalities.models import Municipality
from renkei.people.services.access import lock_inactive
from renkei.reminders.models import DailyWork, LetterKind
from renkei.reminders.models.day import DayState
from renkei.reminders.people import Staff
from renkei.reminders.services import refresh, remind, send_digests, write_letter

log = logging.getLogger(__name__)
LOCKED_AFTER = timedelta(days=180)
FORGOTTEN_AFTER = timedelta(days=30)
Step = Callable[[Municipality, date, datetime], str]


def bring_deadlines_up_to_date(municipality: Municipality, day: date, now: datetime) -> str:
    """What falls due, as the register has it."""
    return _("期限%(count)s件を確かめました。") % {"count": refresh(municipality, day, now)}


def remind_of_deadlines(municipality: Municipality, day: date, now: datetime) -> str:
    """Letters to those who are responsible."""
    return _("督促%(count)s件を書きました。") % {"count": remind(municipality, day, now)}


def write_digests(municipality: Municipality, day: date, now: datetime) -> str:
    """Letters of the week."""
    return _("週のまとめ%(count)s通を書きました。") % {"count": send_digests(municipality, day, now)}


def lock_the_inactive(municipality: Municipality, day: date, now: datetime) -> str:
    """People who have not signed in for half a year; never counted from a day to come."""
    before = min(day, timezone.localdate(now)) - LOCKED_AFTER
    return _("長く使われていない職員%(count)s人の利用を止めました。") % {
        "count": lock_inactive(before, municipality=municipality, day=day)
    }


def forget_drafts(municipality: Municipality, day: date, now: datetime) -> str:
    """What was typed and never sent."""
    return _("古い書きかけ%(count)s件を消しました。") % {"count": forget_old_drafts(now - FORGOTTEN_AFTER)}


STEPS: tuple[Step, ...] = (
    bring_deadlines_up_to_date,
    remind_of_deadlines,
    write_digests,
    lock_the_inactive,
    forget_drafts,
)


def do_day(
    municipality: Municipality, day: date, now: datetime, *, again_after: timedelta = timedelta(0)
) -> DailyWork | None:
    """Do the town's work of the day; None where it is done already or another machine is at it."""
    work = DailyWork.objects.claim(municipality, day, now, again_after=again_after)
    if work is None:
        return None
    done: list[str] = []
    problems: list[str] = []
    for step in STEPS:
        try:
            done.append(step(municipality, day, now))
        except Exception as error:  # kept and told below; the other steps do not wait
            log.exception("The daily work of %s failed at %s", municipality.code, step.__name__)
            problems.append(f"{step.__name__}: {error!r}"[:500])
    problems += _tell_the_others(municipality, day, now)
    DailyWork.objects.filter(pk=work.pk, started_at=work.started_at).update(
        state=DayState.FAILED if problems else DayState.DONE, ended_at=now, done=done, problems=problems
    )
    work.refresh_from_db()
    return work


def _tell_the_others(municipality: Municipality, day: date, now: datetime) -> list[str]:
    """Send the signal, and write the notices that come back; what went wrong."""
    problems: list[str] = []
    answers = daily_work.send_robust(sender=DailyWork, municipality=municipality, day=day, now=now)
    for receiver, answer in answers:
        if isinstance(answer, Exception):
            problems.append(f"{getattr(receiver, '__qualname__', receiver)}: {answer!r}"[:500])
        for notice in answer if isinstance(answer, list | tuple) else ():
            write_notice(municipality, notice, day, now)
    return problems


@transaction.atomic
def write_notice(municipality: Municipality, notice: Notice, day: date, now: datetime) -> None:
    """A letter for each address of the notice, or for each administrator of the town."""
    to: list[tuple[str, User | None]] = [(address, None) for address in notice.addresses]
    if not to:
        to = [(person.email, person) for person in Staff(municipality, day).administrators]
    for address, person in to:
        write_letter(
            municipality,
            kind=LetterKind.NOTICE,
            key=f"{notice.key}:{person.pk if person else address}"[:120],
            subject=notice.subject,
            plain=notice.text,
            person=person,
            address=address,
            now=now,
        )
