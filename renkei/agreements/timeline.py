"""What happened with an agreement, day by day: its own days, and for staff what was told in the log."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.agreements.audience import Audience
from renkei.agreements.models import Agreement, Ending
from renkei.agreements.vocabulary import StartBasis
from renkei.audit.models import Entry


@dataclass(frozen=True)
class Moment:
    """Something on a day; `at` where the minute is known."""

    on: date
    sentence: str
    at: datetime | None = None


def timeline(agreement: Agreement, audience: Audience) -> list[Moment]:
    """All moments, the newest first; the log's sentences for staff only."""
    moments = [*_own_days(agreement)]
    if audience.internal:
        told = Entry.objects.about(
            subject_type=agreement._meta.label_lower, subject_id=agreement.public_id
        ).filter(municipality=agreement.municipality)
        moments += [Moment(timezone.localdate(entry.at), entry.sentence, entry.at) for entry in told[:100]]
    return sorted(
        moments, key=lambda moment: (moment.on, moment.at is not None, moment.at or 0), reverse=True
    )


def _own_days(agreement: Agreement) -> Iterator[Moment]:
    if agreement.signed_on:
        yield Moment(agreement.signed_on, _("締結"))
    for term in agreement.terms.all():
        if term.start_basis == StartBasis.STATED:
            yield Moment(term.starts_on, _("期間の始まり"))
        if term.ends_on:
            goes_on = term.in_force_until is None or term.in_force_until > term.ends_on
            yield Moment(term.ends_on, _("はじめの期間の終わり") if goes_on else _("期間の終わり"))
    for amendment in agreement.amendments.all():
        yield Moment(amendment.on, _("変更(%(summary)s)") % {"summary": amendment.summary})
    ending: Ending | None = getattr(agreement, "ending", None)
    if ending:
        yield Moment(ending.on, _("終了(%(reason)s)") % {"reason": ending.get_reason_display()})
