"""The figures of a fiscal year written for programs and spreadsheets, with Japanese names, and as charts."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from renkei.reports.charts import Counted, bar_svg, column_svg, described
from renkei.reports.downloads import neutral
from renkei.reports.figures import Row
from renkei.reports.movements import MovedRow, Movements
from renkei.reports.work import WorkFigures, WorkYear

TABLES = {
    "results_by_field": "実績 分野", "results_by_division": "実績 担当課", "results_by_kind": "実績 相手方の区分",
    "results_by_form": "実績 協定形態", "results_by_result": "実績 種類", "initiatives_by_field": "取組 分野",
    "initiatives_by_division": "取組 担当課", "initiatives_by_kind": "取組 相手方の区分",
    "initiatives_by_form": "取組 協定形態", "initiatives_by_state": "取組 状態",
}  # fmt: skip
NUMBERS = {
    "initiatives": "取組", "results": "実績", "partners": "実績のある相手方", "agreements": "年度内に有効な協定",
    "agreements_with_results": "そのうち実績のある協定", "valued": "効果額を算定した実績", "value": "効果額(円)",
    "town_cost_told": "市の費用を記した実績", "town_cost": "市が負担した費用(円)",
    "partner_cost_told": "相手方の費用を記した実績", "partner_cost": "相手方が負担した費用(円)", "asked": "実績調査で尋ねた件数",
    "answered": "そのうち回答", "opening": "年度初めの前日に有効", "begun": "新たに有効", "signed": "そのうち年度内に締結",
    "ended": "終了", "closing": "年度の終わり(または基準日)に有効", "renewed_itself": "自動更新",
    "renewed_confirmed": "自動更新(人が確認)", "renewed_decided": "協議による更新", "concluded": "締結した手続",
    "median_days": "提案から締結までの日数(中央値)", "longest_days": "提案から締結までの日数(最長)",
}  # fmt: skip


def numbers_of(figures: WorkFigures) -> dict[str, int | float | None]:
    """All single numbers by the names they have for programs; None where there is nothing to tell."""
    response, durations = figures.response, figures.durations
    return {
        "initiatives": figures.initiatives,
        "results": figures.results,
        "partners": figures.partners,
        "agreements": figures.agreements,
        "agreements_with_results": figures.with_results,
        "valued": figures.value.told,
        "value": figures.value.yen,
        "town_cost_told": figures.town_cost.told,
        "town_cost": figures.town_cost.yen,
        "partner_cost_told": figures.partner_cost.told,
        "partner_cost": figures.partner_cost.yen,
        "asked": response.asked if response else None,
        "answered": response.answered if response else None,
        **figures.moved,
        "concluded": durations.count if durations else None,
        "median_days": durations.median if durations else None,
        "longest_days": durations.longest if durations else None,
    }


def json_of(figures: WorkFigures, years: Sequence[WorkYear]) -> bytes:
    """One object: the numbers, the tables, and the years up to this one."""
    told: dict[str, Any] = {"fiscal_year": figures.year, "on": figures.on.isoformat(), **numbers_of(figures)}
    told |= {
        name: [{"name": row.label, "count": row.count, **_below(row)} for row in rows]
        for name, rows in figures.tables.items()
    }
    told["years"] = [
        {
            "fiscal_year": one.year,
            "initiatives": one.initiatives,
            "results": one.results,
            "agreements": one.agreements,
            "agreements_with_results": one.with_results,
        }
        for one in years
    ]
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _below(row: Row) -> dict[str, Any]:
    below = [{"name": one.label, "count": one.count} for one in row.below]
    return {"below": below} if below else {}


def csv_of(figures: WorkFigures, years: Sequence[WorkYear]) -> bytes:
    """One line for each figure: byte order mark, CRLF, no live formula."""
    found: list[list[str]] = [["年度", "基準日", "表", "区分", "上位の区分", "値"]]
    head = [str(figures.year), figures.on.isoformat()]
    for name, number in numbers_of(figures).items():
        found.append(
            [
                *head,
                "合計",
                NUMBERS[name],
                "",
                "" if number is None else f"{number:g}" if isinstance(number, float) else str(number),
            ]
        )
    for name, rows in figures.tables.items():
        for row in rows:
            found.append([*head, TABLES[name], neutral(row.label), "", str(row.count)])
            found += [
                [*head, TABLES[name], neutral(one.label), neutral(row.label), str(one.count)]
                for one in row.below
            ]
    found += [[*head, "年度ごとの実績", one.label, "", str(one.results)] for one in years]
    return _written(found)


FILES: dict[str, Callable[[WorkFigures, Sequence[WorkYear]], bytes]] = {"json": json_of, "csv": csv_of}


def in_japanese(kind: str, figures: Callable[[], tuple[WorkFigures, Sequence[WorkYear]]]) -> bytes:
    """A download has Japanese names in every language; the figures are made in Japanese too."""
    with override("ja"):
        return FILES[kind](*figures())


def charts_of(figures: WorkFigures, years: Sequence[WorkYear]) -> dict[str, "Chart"]:
    """The charts of the page by name."""
    when = figures.name
    return {
        "results-by-field": Chart(figures.by_field, _("%(when)sの実績 分野別") % {"when": when}),
        "results-by-division": Chart(figures.by_division, _("%(when)sの実績 担当課別") % {"when": when}),
        "results-by-kind": Chart(figures.by_kind, _("%(when)sの実績 相手方の区分別") % {"when": when}),
        "results-by-form": Chart(figures.by_form, _("%(when)sの実績 協定形態別") % {"when": when}),
        "results-by-result": Chart(figures.by_result, _("%(when)sの実績 種類別") % {"when": when}),
        "initiatives-by-field": Chart(
            figures.initiatives_by_field, _("%(when)sの取組 分野別") % {"when": when}
        ),
        "initiatives-by-division": Chart(
            figures.initiatives_by_division, _("%(when)sの取組 担当課別") % {"when": when}
        ),
        "initiatives-by-kind": Chart(
            figures.initiatives_by_kind, _("%(when)sの取組 相手方の区分別") % {"when": when}
        ),
        "initiatives-by-form": Chart(
            figures.initiatives_by_form, _("%(when)sの取組 協定形態別") % {"when": when}
        ),
        "initiatives-by-state": Chart(
            figures.initiatives_by_state, _("%(when)sの取組 状態別") % {"when": when}
        ),
        "results-by-year": Chart(years, _("年度ごとの実績の数"), by_year=True),
    }


class Chart:
    """A chart of the page: its rows, its caption, and what it says in a sentence."""

    def __init__(self, rows: Sequence[Counted], caption: str, *, by_year: bool = False) -> None:
        self.rows, self.caption, self.by_year = rows, caption, by_year

    @property
    def sentence(self) -> str:
        """What the chart says, to be read aloud."""
        return described(self.rows, self.caption, by_year=self.by_year)

    @property
    def svg(self) -> str:
        """The chart as a picture that stands alone."""
        if self.by_year:
            return column_svg(self.rows, self.caption)
        return bar_svg(self.rows, self.caption)

    @property
    def csv(self) -> bytes:
        """Its numbers."""
        lines = [[_("区分"), _("件数")]]
        for row in self.rows:
            lines.append([neutral(row.label), str(row.count)])
            lines += [
                [neutral(f"{row.label} {one.label}"), str(one.count)] for one in getattr(row, "below", [])
            ]
        return _written(lines)


def movements_csv(moved: Movements) -> bytes:
    """What moved, by field and by division, with the totals first."""
    with override("ja"):
        counts = moved.counts
        head = [moved.first.isoformat(), moved.last.isoformat()]
        lines = [["始まり", "終わり", "表", "区分", "期首", "開始", "終了", "期末"]]
        lines.append(
            [*head, "合計", "", *(str(counts[name]) for name in ("opening", "begun", "ended", "closing"))]
        )
        for table, rows in (("分野", moved.by_field()), ("担当課", moved.by_division())):
            lines += [[*head, table, neutral(row.label), *_moved(row)] for row in rows]
    return _written(lines)


def _moved(row: MovedRow) -> list[str]:
    return [str(number) for number in (row.opening, row.begun, row.ended, row.closing)]


def _written(lines: Sequence[Sequence[str]]) -> bytes:
    told = io.StringIO()
    csv.writer(told, lineterminator="\r\n").writerows(lines)
    return ("\ufeff" + told.getvalue()).encode()
