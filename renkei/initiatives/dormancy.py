"""Agreements in force that nobody seems to use (休眠協定), each with the signs of it and what to do next."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, Max, OuterRef
from django.utils.translation import gettext as _

from renkei.agreements.deadlines import DueKind, due_between
from renkei.agreements.models import Agreement, AgreementQuerySet, Party
from renkei.agreements.spans import spans_begun_by
from renkei.correspondents.models import Correspondent
from renkei.initiatives.models import Result
from renkei.municipalities.models import Municipality
from renkei.rules.fiscal_years import first_day
from renkei.rules.japanese_calendar import both_calendars, fiscal_year, fiscal_year_name

QUIET_YEARS = 2
"""Full fiscal years without a result after which an agreement counts as dormant."""
AHEAD = timedelta(days=366)
"""How far ahead the next day for a notice is looked for."""


@dataclass(frozen=True)
class Dormant:
    """An agreement with the signs that nobody uses it, and what could be done.

    `notice_on` is the next day up to which a notice would keep it from renewing; None where there is none in a year.
    """

    agreement: Agreement
    signs: tuple[str, ...]
    proposal: str
    notice_on: date | None
    last_year: int | None
    is_unreachable: bool


def dormant(municipality: Municipality, day: date) -> list[Dormant]:
    """The town's agreements in force on the day that had no result for two full fiscal years; the oldest work first.

    An agreement whose term began within these two years is too young to be called dormant.
    """
    since = fiscal_year(day) - QUIET_YEARS
    quiet = _quiet(municipality, day, since)
    notices = _notices(quiet, day)
    found = list(quiet.with_everything().select_related("renewal_rule").prefetch_related("renewal_decisions"))
    last = _last_years(found)
    unreachable = _unreachable(found, day)
    dormant_ones = [
        _dormant(one, day, since, notices.get(one.pk), last.get(one.pk), unreachable.get(one.pk, ""))
        for one in found
    ]
    return sorted(dormant_ones, key=lambda one: (one.last_year or 0, one.agreement.title, one.agreement.pk))


def _quiet(municipality: Municipality, day: date, since: int) -> AgreementQuerySet:
    """Agreements that were in force for the whole time, without any result in it."""
    in_force: AgreementQuerySet = Agreement.objects.of(municipality).in_force_on(day)
    begun = in_force.in_force_on(first_day(since))
    results = Result.objects.valid().filter(agreement=OuterRef("pk"), fiscal_year__gte=since)
    return begun.exclude(Exists(results))


def _notices(quiet: AgreementQuerySet, day: date) -> dict[int, date]:
    found: dict[int, date] = {}
    for due in due_between(quiet, day, day + AHEAD):
        if due.kind == DueKind.NOTICE:
            known = found.get(due.agreement.pk)
            found[due.agreement.pk] = min(known, due.on) if known else due.on
    return found


def _last_years(agreements: Iterable[Agreement]) -> dict[int, int]:
    """The last fiscal year with a result, by agreement."""
    results = Result.objects.valid().filter(agreement__in=[one.pk for one in agreements]).order_by()
    return dict(results.values_list("agreement").annotate(last=Max("fiscal_year")))


def _unreachable(agreements: Iterable[Agreement], day: date) -> dict[int, str]:
    """Why nobody of the partners can be reached: all are gone, or none has a person at the counter."""
    parties = Party.objects.present_on(day).filter(
        agreement__in=[one.pk for one in agreements], organisation__isnull=False
    )
    by_agreement: dict[int, list[Party]] = defaultdict(list)
    for party in parties.select_related("organisation"):
        by_agreement[party.agreement_id].append(party)
    people = Correspondent.objects.active().filter(organisation__in=parties.values("organisation"))
    reached = set(people.values_list("organisation", flat=True))
    found = {}
    for agreement, theirs in by_agreement.items():
        gone = [(party, on) for party in theirs if (on := _dissolved_on(party)) and on <= day]
        if len(gone) == len(theirs):
            party, on = gone[0]
            told = {"name": party.name_as_signed, "day": both_calendars(on)}
            found[agreement] = _("相手方「%(name)s」は%(day)sに解散しています。") % told
        elif not any(party.organisation_id in reached for party in theirs):
            found[agreement] = _("相手方の担当者が、一人も登録されていません。")
    return found


def _dissolved_on(party: Party) -> date | None:
    return party.organisation.dissolved_on if party.organisation else None


def _dormant(
    agreement: Agreement, day: date, since: int, notice_on: date | None, last: int | None, unreachable: str
) -> Dormant:
    signs = [_silence(since, last), _renewed_by_itself(agreement, day, since), unreachable]
    return Dormant(
        agreement=agreement,
        signs=tuple(sign for sign in signs if sign),
        proposal=_proposal(notice_on, bool(unreachable)),
        notice_on=notice_on,
        last_year=last,
        is_unreachable=bool(unreachable),
    )


def _silence(since: int, last: int | None) -> str:
    if last is None:
        return _("取組実績が、これまで一件もありません。")
    return _("最後の取組実績は%(last)sで、%(since)sからは一件もありません。") % {
        "last": fiscal_year_name(last),
        "since": fiscal_year_name(since),
    }


def _renewed_by_itself(agreement: Agreement, day: date, since: int) -> str:
    """Terms that began since then by silence, without anybody deciding about the end before them."""
    decided = {one.term_ends_on for one in agreement.renewal_decisions.all()}
    renewed = [
        span
        for span in spans_begun_by(agreement, day)
        if span.by_itself and span.first >= first_day(since) and span.first - timedelta(days=1) not in decided
    ]
    if not renewed:
        return ""
    return _("%(day)sに、だれも判断しないまま自動更新されました。") % {
        "day": both_calendars(renewed[-1].first)
    }


def _proposal(notice_on: date | None, is_unreachable: bool) -> str:
    if is_unreachable:
        told = _("相手方の連絡先を確かめ、続けるか終えるかを評価してください。")
    else:
        told = _("相手方と今後を話し合い、続けるか終えるかを評価してください。")
    if notice_on:
        told += _("終える場合の通知は%(day)sまでです。") % {"day": both_calendars(notice_on)}
    return told
