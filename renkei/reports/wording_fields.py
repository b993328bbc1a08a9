"""What may be filled into a town's own words, as {{ 協定数 }}: facts of the register on a day."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from renkei.agreements.audience import Audience
from renkei.agreements.vocabulary import FIELDS
from renkei.initiatives.models import Result
from renkei.municipalities.models import Division, Municipality
from renkei.reports.figures import Figures, Row, register_on
from renkei.rules.japanese_calendar import fiscal_year, fiscal_year_name, japanese_date

MEANINGS = {
    "自治体名": "町の名前",
    "基準日": "資料の基準日",
    "協定数": "基準日に有効な協定の数",
    "新規の協定数": "基準日までの一年に締結した、有効な協定の数",
    "新規の始まり": "その一年の初めの日",
    "年度": "実績の年度",
    "実績の数": "その年度の取組実績の数",
    "総括課": "総括課の部と課の名前",
    "〈課の名前〉の協定数": "課が担当する有効な協定の数。例: {{ 旭山動物園の協定数 }}",
    "〈分野の名前〉の協定数": "分野の有効な協定の数。例: {{ 環境の協定数 }}",
}
"""The fields as a person who writes is told them."""
COUNT = "の協定数"


def last_year(on: date) -> int:
    """The fiscal year that was over on the day: whose results a paper of the day tells."""
    return fiscal_year(on) - 1


def fields_on(
    town: Municipality, on: date, year: int | None = None, *, figures: Figures | None = None
) -> dict[str, str]:
    """The fields with their values on a day; a division or a field without agreements counts 0."""
    figures = figures or register_on(Audience.staff(town), on)
    year = last_year(on) if year is None else year
    results = Result.objects.of(town).of_year(year).valid()
    counts = {f"{name}{COUNT}": str(count) for name, count in named_counts(town, figures).items()}
    return counts | {
        "自治体名": town.name,
        "基準日": japanese_date(on),
        "協定数": str(figures.total),
        "新規の協定数": str(figures.signed),
        "新規の始まり": japanese_date(figures.since),
        "年度": fiscal_year_name(year),
        "実績の数": str(results.count()),
        "総括課": coordinating(town, on),
    }


def named_counts(town: Municipality, figures: Figures) -> dict[str, int]:
    """How many agreements in force each division and each field of either level has, by its name.

    A division is named with and without its department, without it only where no other has its name.
    """
    counts = dict.fromkeys((name for _slug, name, _english in FIELDS), 0)
    names = {slug: name for slug, name, _english in FIELDS}
    for row in _with_those_below(figures.by_field):
        if row.groups:
            counts[names[row.groups[0].removeprefix("field:")]] = row.count
    held = Counter({row.label: row.count for row in figures.by_division})
    here = list(Division.objects.of(town).existing_on(figures.on))
    often = Counter(one.name for one in here)
    for one in here:
        counts[str(one).replace(" ", "")] = held[str(one)]
        if often[one.name] == 1:
            counts.setdefault(one.name, held[str(one)])
    return counts


def _with_those_below(rows: list[Row]) -> list[Row]:
    return [one for row in rows for one in (row, *row.below)]


def coordinating(town: Municipality, on: date) -> str:
    """The coordinating division of the day with its department, as papers write it: 市民生活部地域活動推進課."""
    found = Division.objects.of(town).existing_on(on).filter(is_coordinating=True).first()
    return f"{found.department}{found.name}" if found else "総括課"


def known(fields: Mapping[str, str]) -> list[str]:
    """Those that are told to somebody who wrote a field that there is not."""
    return [name for name in MEANINGS if name in fields] + ["〈課・分野の名前〉の協定数"]
