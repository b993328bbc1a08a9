"""What came of the agreements in a fiscal year: initiatives, results, value, answers, movements, time to signature."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from statistics import median
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from renkei.agreements.audience import Audience
from renkei.agreements.models import Term
from renkei.agreements.vocabulary import Form
from renkei.initiatives.models import Campaign, Result
from renkei.initiatives.progress import Share, total_of
from renkei.initiatives.vocabulary import InitiativeState, ResultKind
from renkei.partners.models import PartnerKind
from renkei.procedures.durations import usual_durations
from renkei.reports.figures import Row, divisions_on, fields_in_order, of_vocabulary
from renkei.reports.movements import Movements
from renkei.reports.work_facts import Piece, initiatives_in, results_in
from renkei.rules.fiscal_years import first_day, last_day
from renkei.rules.japanese_calendar import fiscal_year, fiscal_year_name

SERIES_YEARS = 10


@dataclass(frozen=True)
class Money:
    """How many of how many results told an amount, and the sum of what was told, in yen."""

    told: int
    of: int
    yen: int


@dataclass(frozen=True)
class WorkYear:
    """One year of the series: results, and how many agreements in force in it have one."""

    year: int
    initiatives: int
    results: int
    agreements: int
    with_results: int

    @property
    def label(self) -> str:
        """令和5年度."""
        return fiscal_year_name(self.year)

    @property
    def count(self) -> int:
        """What a chart of the years shows."""
        return self.results

    @property
    def share(self) -> int | None:
        """The share of agreements with results, in whole per cent."""
        return percent(self.with_results, self.agreements)


@dataclass(frozen=True)
class Durations:
    """Days from proposal to signature, of the procedures that were concluded in the year."""

    count: int
    median: float | None
    longest: int | None


@dataclass(frozen=True)
class WorkFigures:
    """The figures of a fiscal year as they are recorded; divisions and movements are those of the day `on`.

    `agreements` were in force on a day of the year, up to `until`: its last day, or `on` while it is under way.
    """

    year: int
    on: date
    until: date
    initiatives: int
    results: int
    partners: int
    agreements: int
    with_results: int
    value: Money
    town_cost: Money
    partner_cost: Money
    by_field: list[Row] = field(default_factory=list)
    by_division: list[Row] = field(default_factory=list)
    by_kind: list[Row] = field(default_factory=list)
    by_form: list[Row] = field(default_factory=list)
    by_result: list[Row] = field(default_factory=list)
    initiatives_by_field: list[Row] = field(default_factory=list)
    initiatives_by_division: list[Row] = field(default_factory=list)
    initiatives_by_kind: list[Row] = field(default_factory=list)
    initiatives_by_form: list[Row] = field(default_factory=list)
    initiatives_by_state: list[Row] = field(default_factory=list)
    moved: dict[str, int] = field(default_factory=dict)
    response: Share | None = None
    durations: Durations | None = None

    @property
    def name(self) -> str:
        """令和5年度."""
        return fiscal_year_name(self.year)

    @property
    def share(self) -> int | None:
        """The share of agreements in force in the year with at least one result, in whole per cent."""
        return percent(self.with_results, self.agreements)

    @property
    def without_results(self) -> int:
        """Agreements in force in the year of which no result is told."""
        return self.agreements - self.with_results

    @property
    def renewed_itself(self) -> int:
        """Terms that came by automatic renewal, looked at by somebody or not."""
        return self.moved.get("renewed_itself", 0) + self.moved.get("renewed_confirmed", 0)

    @property
    def tables(self) -> dict[str, list[Row]]:
        """The tables by the names they have for programs: those of results, then those of initiatives."""
        names = ("field", "division", "kind", "form")
        results = {f"results_by_{name}": getattr(self, f"by_{name}") for name in (*names, "result")}
        ours = {
            f"initiatives_by_{name}": getattr(self, f"initiatives_by_{name}") for name in (*names, "state")
        }
        return {**results, **ours}


def percent(part: int, whole: int) -> int | None:
    """Whole per cent, never 0 or 100 unless it is none or all; None of nothing."""
    if not whole:
        return None
    if 0 < part < whole:
        return min(max(round(100 * part / whole), 1), 99)
    return 100 * part // whole


def work_figures(audience: Audience, fiscal_year: int, *, on: date) -> WorkFigures:
    """The figures of the fiscal year, of one town or of all that the audience may see."""
    results = results_in(audience, [fiscal_year])
    initiatives = initiatives_in(audience, [fiscal_year])
    until = min(last_day(fiscal_year), max(on, first_day(fiscal_year)))
    in_force = agreements_between(audience, first_day(fiscal_year), until)
    town = audience.municipality
    return WorkFigures(
        fiscal_year,
        on,
        until,
        initiatives=len(initiatives),
        results=len(results),
        partners=len(frozenset().union(*(piece.partners for piece in results))),
        agreements=len(in_force),
        with_results=len(in_force & {piece.agreement for piece in results}),
        value=_money(piece.value for piece in results),
        town_cost=_money(piece.town_cost for piece in results),
        partner_cost=_money(piece.partner_cost for piece in results),
        by_result=of_vocabulary("result", _counts(results)["result"], dict(ResultKind.choices)),
        initiatives_by_state=of_vocabulary(
            "state", _counts(initiatives)["state"], dict(InitiativeState.choices)
        ),
        moved=Movements(audience, first_day(fiscal_year), until).counts if town else {},
        response=response_of(audience, fiscal_year),
        durations=durations_of(audience, first_day(fiscal_year), until),
        **_tables("", results, audience, on),
        **_tables("initiatives_", initiatives, audience, on),
    )


def work_series(
    audience: Audience, fiscal_year: int, *, on: date, years: int = SERIES_YEARS
) -> list[WorkYear]:
    """The years up to the one asked for; those before the first with work are left out."""
    asked = list(range(fiscal_year - years + 1, fiscal_year + 1))
    results, initiatives = results_in(audience, asked), initiatives_in(audience, asked)
    by_year = Counter(piece.year for piece in results)
    of_year = Counter(int(year) for piece in initiatives for year in piece.groups["year"])
    worked = {(piece.year, piece.agreement) for piece in results}
    first = min((year for year in asked if by_year[year] or of_year[year]), default=fiscal_year)
    points = []
    for year in range(first, fiscal_year + 1):
        until = min(last_day(year), max(on, first_day(year)))
        in_force = agreements_between(audience, first_day(year), until)
        with_results = sum((year, pk) in worked for pk in in_force)
        points.append(WorkYear(year, of_year[year], by_year[year], len(in_force), with_results))
    return points


def agreements_between(audience: Audience, first: date, last: date) -> set[int]:
    """Those that were in force on some day between the two, both included."""
    terms = Term.objects.filter(starts_on__lte=last).exclude(in_force_until__lt=first)
    if audience.municipality is not None:
        terms = terms.filter(agreement__municipality=audience.municipality)
    if not audience.internal:
        terms = terms.filter(agreement__is_published=True)
    return set(terms.order_by().values_list("agreement", flat=True))


def results_by_agreement(audience: Audience, fiscal_year: int) -> dict[int, int]:
    """How many valid results of the year each agreement has; those without any are left out."""
    found = Result.objects.seen_by(audience).valid().of_year(fiscal_year).order_by()
    return dict(found.values_list("agreement").annotate(Count("pk")))


def response_of(audience: Audience, fiscal_year: int) -> Share | None:
    """What was asked and answered in the campaign of the year; None where a town held none."""
    if audience.municipality is None or not audience.internal:
        return None
    campaign = Campaign.objects.of(audience.municipality).filter(fiscal_year=fiscal_year).first()
    return total_of(campaign) if campaign else None


def durations_of(audience: Audience, first: date, last: date) -> Durations | None:
    """Of the procedures that ended with a signature between the days; None for others than a town's staff."""
    if audience.municipality is None or not audience.internal:
        return None
    whole = usual_durations(audience.municipality)[-1]
    days = [stay.days for stay in whole.stays if first <= stay.left_on <= last]
    return Durations(len(days), median(days) if days else None, max(days, default=None))


def last_whole_year(day: date) -> int:
    """The fiscal year that has ended last: the one a town looks back at."""
    return fiscal_year(day) - 1


def _money(amounts: Iterable[int | None]) -> Money:
    listed = list(amounts)
    told = [amount for amount in listed if amount is not None]
    return Money(len(told), len(listed), sum(told))


def _counts(pieces: Iterable[Piece]) -> dict[str, Counter[str]]:
    """By dimension and value; each piece once in each value."""
    found: dict[str, Counter[str]] = {}
    for piece in pieces:
        for word, values in piece.groups.items():
            found.setdefault(word, Counter()).update(values)
    return {
        word: found.get(word, Counter()) for word in ("field", "division", "kind", "form", "result", "state")
    }


def _tables(front: str, pieces: list[Piece], audience: Audience, on: date) -> dict[str, Any]:
    counts = _counts(pieces)
    town = audience.municipality
    kinds = of_vocabulary("kind", counts["kind"], dict(PartnerKind.choices))
    if counts["kind"]["none"]:
        kinds.append(Row(_("相手方なし"), counts["kind"]["none"]))
    return {
        f"{front}by_field": fields_in_order(counts["field"]),
        f"{front}by_division": divisions_on(counts["division"], town, on) if town else [],
        f"{front}by_kind": kinds,
        f"{front}by_form": of_vocabulary("form", counts["form"], dict(Form.choices)),
    }
