"""What falls due with agreements between two days: the last day for a notice, and the last day in force.

Read from terms and renewal rules alone (no clause is read), as a stream: agreements that have nothing due are never
loaded, so the question may be asked of a whole country's register.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, islice
from operator import itemgetter
from typing import NamedTuple

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.agreements.models import Agreement, AgreementQuerySet, RenewalDecision, Term
from renkei.agreements.vocabulary import Decision, RenewalKind
from renkei.municipalities.divisions import Lineage
from renkei.rules import terms
from renkei.rules.japanese_calendar import both_calendars, is_working_day

CHUNK = 500
ONE_DAY = timedelta(days=1)
Row = tuple[int, date, date | None, date | None, str | None, int | None, int | None, int | None]
COLUMNS = (
    "agreement_id",
    "starts_on",
    "ends_on",
    "in_force_until",
    "agreement__renewal_rule__kind",
    "agreement__renewal_rule__months",
    "agreement__renewal_rule__notice_months",
    "agreement__renewal_rule__notice_days",
)


class DueKind(models.TextChoices):
    """What falls due."""

    NOTICE = "notice", gettext_lazy("通知の期限")
    END = "end", gettext_lazy("期間の終わり")


@dataclass(frozen=True)
class Due:
    """Something that falls due on a day, with why and what happens if nobody acts.

    `decided` is what a person has already decided about the end of that term; `division_id` names the division that
    answers for the agreement on the first day asked about.
    """

    agreement: Agreement
    kind: DueKind
    on: date
    term_ends_on: date
    sentence: str
    decided: RenewalDecision | None
    division_id: int | None


class Found(NamedTuple):
    """Something due of an agreement not yet loaded; `only_if_decided` where nothing would renew any more."""

    agreement_id: int
    kind: DueKind
    on: date
    term_ends_on: date
    rule: str | None
    following: terms.Period | None
    has_deadline: bool
    only_if_decided: bool


def due_between(agreements: AgreementQuerySet, first: date, last: date) -> Iterator[Due]:
    """What falls due from the first to the last day, both included; agreement by agreement, not by day.

    Agreements whose end is recorded have nothing due.
    """
    answering = _Answering(first)
    found = (one for rows in _stored_terms(agreements, first) for one in _due_of(rows, first, last))
    while some := list(islice(found, CHUNK)):
        loaded = Agreement.objects.select_related("municipality", "division").in_bulk(
            {one.agreement_id for one in some}
        )
        decisions = {
            (one.agreement_id, one.term_ends_on): one
            for one in RenewalDecision.objects.filter(agreement__in=loaded).select_related("decided_by")
        }
        for one in some:
            decided = decisions.get((one.agreement_id, one.term_ends_on))
            if decided is None and one.only_if_decided:
                continue
            agreement = loaded[one.agreement_id]
            yield Due(
                agreement=agreement,
                kind=one.kind,
                on=one.on,
                term_ends_on=one.term_ends_on,
                sentence=_sentence(one, decided),
                decided=decided,
                division_id=answering.division_of(agreement),
            )


def _stored_terms(agreements: AgreementQuerySet, first: date) -> Iterator[list[Row]]:
    """The terms, not over before the day, of each agreement that goes on, with its renewal rule."""
    stored = Term.objects.filter(
        Q(in_force_until=None) | Q(in_force_until__gte=first),
        agreement__in=agreements.order_by().values("pk"),
        agreement__ending=None,
    )
    rows: Iterator[Row] = (
        stored.order_by("agreement_id", "starts_on").values_list(*COLUMNS).iterator(chunk_size=2000)
    )
    for _agreement, of_one in groupby(rows, key=itemgetter(0)):
        yield list(of_one)


def _due_of(rows: list[Row], first: date, last: date) -> Iterator[Found]:
    for place, row in enumerate(rows):
        _pk, _starts, ends, until, *_rule = row
        following = rows[place + 1][1] if place + 1 < len(rows) else None
        if following and (until is None or until >= following):
            until = following - ONE_DAY
        if ends is not None:
            yield from _notices(row, until, first, last)
        is_followed = following is not None and until == following - ONE_DAY
        if until and first <= until <= last and not is_followed:
            yield Found(row[0], DueKind.END, until, until, row[4], None, False, only_if_decided=False)


def _notices(row: Row, until: date | None, first: date, last: date) -> Iterator[Found]:
    pk, starts, ends, _until, kind, months, notice_months, notice_days = row
    if kind != RenewalKind.AUTOMATIC:
        return
    has_deadline = notice_months is not None or notice_days is not None
    rule = terms.RenewalRule(terms.RenewalKind.AUTOMATIC, months=months, until=until)
    for period, following in terms.with_following(terms.Period(starts, ends), rule):
        if period.last is None or period.last < first:
            continue
        on = terms.notice_deadline(period.last, months=notice_months or 0, days=notice_days or 0)
        if on > last or (until is not None and until < period.last):
            return
        if on >= first:
            is_last = until == period.last
            yield Found(pk, DueKind.NOTICE, on, period.last, kind, following, has_deadline, is_last)


class _Answering:
    """Which division answers for an agreement on the day; the divisions of each town are read once."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.lineages: dict[int, Lineage] = {}

    def division_of(self, agreement: Agreement) -> int | None:
        if agreement.division_id is None:
            return None
        lineage = self.lineages.get(agreement.municipality_id)
        if lineage is None:
            lineage = self.lineages[agreement.municipality_id] = Lineage(agreement.municipality)
        return lineage.on(agreement.division_id, self.day).pk


def _sentence(found: Found, decided: RenewalDecision | None) -> str:
    ends_on = both_calendars(found.term_ends_on)
    if decided and decided.decision == Decision.DECLINE and found.following is None:
        return _("更新しないと決めています。%(last)sで終わります。") % {"last": ends_on}
    if found.kind == DueKind.END:
        return _why_it_ends(found.rule) % {"last": ends_on}
    said = [_until_when(found) % {"last": ends_on}, *_what_follows(found.following)]
    if not is_working_day(found.on):
        said.append(_("期限は役所の休みの日なので、届くように、前の開庁日までに通知してください。"))
    return " ".join(said)


def _until_when(found: Found) -> str:
    if found.has_deadline:
        return _("%(last)sで更新をやめるには、この日までに相手方に通知します。")
    return _(
        "通知の期限は記録されていません。更新をやめるには、期間が終わる%(last)sまでに相手方に通知します。"
    )


def _what_follows(following: terms.Period | None) -> Iterable[str]:
    if following and following.last:
        yield _("誰も何もしなければ、%(first)sから%(last)sまで、自動で更新されます。") % {
            "first": both_calendars(following.first),
            "last": both_calendars(following.last),
        }
    else:
        yield _("誰も何もしなければ、自動で更新されます。")


def _why_it_ends(rule: str | None) -> str:
    return {
        RenewalKind.AUTOMATIC.value: _("自動更新の限りに達し、%(last)sで終わります。続けるには更新します。"),
        RenewalKind.BY_AGREEMENT.value: _(
            "誰も何もしなければ、%(last)sで終わります。続けるには、それまでに相手方と協議して更新します。"
        ),
        RenewalKind.ASSEMBLY.value: _(
            "誰も何もしなければ、%(last)sで終わります。続けるには議会の議決が要ります。"
        ),
        RenewalKind.NONE.value: _("更新の定めはなく、%(last)sで終わります。"),
    }.get(rule or "", _("%(last)sで終わります。更新の定めは記録されていません。"))
