"""The register's figures as of any day."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from renkei.agreements.audience import Audience
from renkei.agreements.models import Agreement, Party, Series
from renkei.agreements.vocabulary import FIELDS, Form, top_field
from renkei.municipalities.divisions import Lineage
from renkei.municipalities.models import Municipality
from renkei.partners.models import PartnerKind
from renkei.reports.counts import Counts, counts_for
from renkei.reports.models import NONE
from renkei.rules.eras import japanese_year

ONE_DAY = timedelta(days=1)
YEARS = 20


class PeriodRefused(ValueError):
    """The first day of the period is after its last; str() says what to do."""


@dataclass(frozen=True)
class Row:
    """A figure with its name, the groups it counts (none where they have no list), and the figures below it."""

    label: str
    count: int
    groups: tuple[str, ...] = ()
    below: list["Row"] = field(default_factory=list)
    code: str = ""

    @property
    def asked(self) -> str:
        """What the list behind the figure is asked for: `division=3&division=7`."""
        return urlencode([(group.partition(":")[0], group.partition(":")[2]) for group in self.groups])


@dataclass(frozen=True)
class Figures:
    """Counts of the agreements in force on a day; `signed` counts those signed from `since` to the day."""

    on: date
    since: date
    total: int = 0
    signed: int = 0
    by_form: list[Row] = field(default_factory=list)
    by_field: list[Row] = field(default_factory=list)
    by_partner_kind: list[Row] = field(default_factory=list)
    by_division: list[Row] = field(default_factory=list)
    by_year: list[Row] = field(default_factory=list)
    by_series: list[Row] = field(default_factory=list)
    texts: int | None = None

    @property
    def tables(self) -> dict[str, list[Row]]:
        """The tables by the names they have for programs."""
        return {
            "by_form": self.by_form,
            "by_field": self.by_field,
            "by_partner_kind": self.by_partner_kind,
            "by_division": self.by_division,
            "by_year": self.by_year,
        }

    def as_json(self) -> dict[str, Any]:
        """For programs; ask for the figures in Japanese, so that the names stay the same in every language."""
        told = {name: _told(rows) for name, rows in self.tables.items()}
        head = {"on": self.on.isoformat(), "since": self.since.isoformat()}
        return {**head, "total": self.total, "signed": self.signed, **told}


@dataclass(frozen=True)
class YearPoint:
    """What was in force on the same day of a year, and how many of it were signed in the year before."""

    on: date
    since: date
    count: int
    signed: int

    @property
    def label(self) -> str:
        """The year in both calendars."""
        return f"{self.on.year}({japanese_year(self.on)})"


def _told(rows: Iterable[Row]) -> dict[str, int]:
    """Rows of the same name are added up: two divisions may have borne one name."""
    told: Counter[str] = Counter()
    for row in rows:
        told[row.code or row.label] += row.count
    return dict(told)


def default_since(on: date) -> date:
    """The day after the same day a year before: a year up to the day."""
    if on.year == date.min.year:
        return date.min
    try:
        return on.replace(year=on.year - 1) + ONE_DAY
    except ValueError:  # 29 February
        return date(on.year - 1, 3, 1)


def register_on(audience: Audience, on: date, *, since: date | None = None) -> Figures:
    """The figures of the day; `signed` counts from `since`, included, and by default a year.

    Raises PeriodRefused where it begins after the day.
    """
    return figures_from(counts_for(audience), audience, on, since=since)


def figures_from(counts: Counts, audience: Audience, on: date, *, since: date | None = None) -> Figures:
    """The figures of the day from counts that were read before; raises PeriodRefused."""
    since = since or default_since(on)
    if since > on:
        raise PeriodRefused(_("期間の始まりは、数える日と同じ日か、それより前の日にしてください。"))
    return _figures(counts, audience, on, since)


def divisions_of_all_towns(internal: bool, on: date) -> list[Row]:
    """The divisions of all towns, each with its town's name; counted town by town, so it takes its time."""
    rows = []
    for town in Municipality.objects.taking_part():
        figures = register_on(Audience(town, internal=internal), on)
        rows += [replace(row, label=f"{town} {row.label}") for row in figures.by_division]
    return largest_first(rows)


def year_series(audience: Audience, on: date, *, years: int = YEARS) -> list[YearPoint]:
    """The same day of each year up to the day, the latest last; years before the first agreement are left out."""
    return series_from(counts_for(audience), on, years=years)


def series_from(counts: Counts, on: date, *, years: int = YEARS) -> list[YearPoint]:
    """The series from counts that were read before."""
    points = [_point(counts, _in_year(on, year)) for year in range(max(on.year - years + 1, 1), on.year + 1)]
    first = next((place for place, point in enumerate(points) if point.count), len(points))
    return points[first:]


def partners_on(audience: Audience, on: date) -> int:
    """How many different partners the agreements in force have."""
    in_force = Agreement.objects.seen_by(audience).in_force_on(on).order_by().values("pk")
    parties = Party.objects.present_on(on).filter(agreement__in=in_force, organisation__isnull=False)
    return parties.order_by().values("organisation").distinct().count()


def _in_year(on: date, year: int) -> date:
    return date(year, 2, 28) if (on.month, on.day) == (2, 29) and year != on.year else on.replace(year=year)


def _point(counts: Counts, on: date) -> YearPoint:
    since = default_since(on)
    return YearPoint(on, since, counts.on(on)[""], counts.signed(on, since))


def _figures(counts: Counts, audience: Audience, on: date, since: date) -> Figures:
    by = _by_kind_of_group(counts.on(on))
    town = audience.municipality
    series = _series(by["series"])
    return Figures(
        on,
        since,
        total=by["total"][""],
        signed=counts.signed(on, since),
        by_form=of_vocabulary("form", by["form"], dict(Form.choices)),
        by_field=fields_in_order(by["field"]),
        by_partner_kind=of_vocabulary("kind", by["kind"], dict(PartnerKind.choices)),
        by_division=divisions_on(by["division"], town, on) if town else [],
        by_year=_years(by["signed"]),
        by_series=series,
        texts=by["total"][""] - sum(row.count - 1 for row in series) if town else None,
    )


def _by_kind_of_group(counts: Mapping[str, int]) -> dict[str, Counter[str]]:
    by: dict[str, Counter[str]] = {
        kind: Counter() for kind in ("total", "form", "field", "kind", "division", "series", "signed")
    }
    for name, count in counts.items():
        kind, _colon, value = name.partition(":")
        by[kind or "total"][value] += count
    return by


def largest_first(rows: Iterable[Row]) -> list[Row]:
    """By count; among equals in the order given."""
    return sorted(rows, key=lambda row: -row.count)


def of_vocabulary(facet: str, counts: Mapping[str, int], names: Mapping[str, Any]) -> list[Row]:
    """The values of a vocabulary that are counted, the largest first."""
    known = [value for value in names if counts[value]]
    return largest_first(Row(str(names[value]), counts[value], (f"{facet}:{value}",)) for value in known)


def fields_in_order(counts: Mapping[str, int]) -> list[Row]:
    """The upper level, each with the lower level under it; no list can be asked for what has no field."""
    rows: dict[str, Row] = {}
    in_english = get_language() == "en"
    for slug, name, english in FIELDS:
        if not counts[slug]:
            continue
        row = Row(english if in_english else name, counts[slug], (f"field:{slug}",))
        if slug == top_field(slug):
            rows[slug] = row
        else:
            rows[top_field(slug)].below.append(row)
    found = [replace(row, below=largest_first(row.below)) for row in largest_first(rows.values())]
    return found + ([Row(_("分野なし"), counts[NONE])] if counts[NONE] else [])


def divisions_on(counts: Mapping[str, int], town: Municipality, on: date) -> list[Row]:
    """By the division that holds the duties on the day; its list is that of all divisions whose duties they were."""
    lineage = Lineage(town)
    holders: dict[int, list[str]] = {}
    for value in counts:
        if value != NONE:
            holders.setdefault(lineage.on(int(value), on).pk, []).append(value)
    rows = [
        Row(
            str(lineage.divisions[holder]),
            sum(counts[value] for value in values),
            tuple(f"division:{value}" for value in sorted(values)),
        )
        for holder, values in holders.items()
    ]
    none = [Row(_("担当課なし"), counts[NONE], (f"division:{NONE}",))] if counts[NONE] else []
    return largest_first(sorted(rows, key=lambda row: row.label)) + none


def _years(counts: Mapping[str, int]) -> list[Row]:
    """By calendar year of signing, unknown last."""
    years: Counter[str] = Counter()
    for signed_as, count in counts.items():
        years[signed_as[:4]] += count
    named = _("%(year)s年(%(japanese)s)")
    rows = [
        Row(
            named % {"year": year, "japanese": japanese_name_of(int(year))},
            years[year],
            (f"year:{year}",),
            code=year,
        )
        for year in sorted(years)
        if year
    ]
    unknown = [Row(_("締結年不明"), years[""], ("year:unknown",))] if years[""] else []
    return rows + unknown


@lru_cache(maxsize=512)
def japanese_name_of(year: int) -> str:
    """As its last day is written."""
    return japanese_year(date(year, 12, 31))


def _series(counts: Mapping[str, int]) -> list[Row]:
    """The texts that were signed with several partners."""
    if not counts:
        return []
    names = dict(Series.objects.filter(pk__in=[int(value) for value in counts]).values_list("pk", "name"))
    return largest_first(Row(names[int(value)], count) for value, count in sorted(counts.items()))
