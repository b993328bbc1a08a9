"""What a cross table can be asked: dimensions, measures, years or days, narrowing; all of it in an address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar
from urllib.parse import urlencode

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.initiatives.narrowing import is_year
from renkei.rules.japanese_calendar import (
    UnreadableDay,
    both_calendars,
    fiscal_year,
    fiscal_year_name,
    read_day,
)

MOST_YEARS = 20
LONGEST = 60
MOST_VALUES = 20


class Dimension(models.TextChoices):
    FIELD = "field", gettext_lazy("分野")
    FIELD_BELOW = "field_below", gettext_lazy("分野(細かい区分)")
    DIVISION = "division", gettext_lazy("担当課")
    KIND = "kind", gettext_lazy("相手方の区分")
    FORM = "form", gettext_lazy("協定形態")
    YEAR = "year", gettext_lazy("年度")
    DOCUMENT = "document", gettext_lazy("文書の種別")
    RESULT = "result", gettext_lazy("実績の種類")
    STATE = "state", gettext_lazy("取組の状態")


class Measure(models.TextChoices):
    IN_FORCE = "in_force", gettext_lazy("有効な協定")
    SIGNED = "signed", gettext_lazy("期間内に締結した協定")
    ENDED = "ended", gettext_lazy("期間内に終わった協定")
    INITIATIVES = "initiatives", gettext_lazy("取組")
    RESULTS = "results", gettext_lazy("取組実績")
    PARTNERS = "partners", gettext_lazy("実績のある相手方")
    VALUE = "value", gettext_lazy("市にとっての効果額")
    TOWN_COST = "town_cost", gettext_lazy("市が負担した費用")
    PARTNER_COST = "partner_cost", gettext_lazy("相手方が負担した費用")
    INDICATOR = "indicator", gettext_lazy("指標の実績値")


Choice = TypeVar("Choice", Dimension, Measure)
OF_AGREEMENTS = (Measure.IN_FORCE, Measure.SIGNED, Measure.ENDED)
BETWEEN_DAYS = (Measure.SIGNED, Measure.ENDED)
IN_YEN = (Measure.VALUE, Measure.TOWN_COST, Measure.PARTNER_COST)
NARROWED_BY = ("field", "division", "kind", "form", "document", "result", "state")


class CrossRefused(ValueError):
    """The question cannot be asked; `name` is where, str() says what to do."""

    def __init__(self, sentence: str, name: str) -> None:
        super().__init__(sentence)
        self.name = name


@dataclass(frozen=True)
class Question:
    """Rows × columns of a measure: of fiscal years, or of days where agreements are counted."""

    rows: Dimension
    columns: Dimension | None
    measure: Measure
    first_year: int
    last_year: int
    on: date
    since: date
    unit: str = ""
    narrowed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def years(self) -> list[int]:
        """The fiscal years asked for."""
        return list(range(self.first_year, self.last_year + 1))

    @property
    def is_of_agreements(self) -> bool:
        """Whether agreements are counted, by days, and not their work, by years."""
        return self.measure in OF_AGREEMENTS

    @property
    def when(self) -> str:
        """The time in words: 令和5年度; 2024/6/1 現在."""
        if self.measure == Measure.IN_FORCE:
            return _("%(day)s現在") % {"day": both_calendars(self.on)}
        if self.is_of_agreements:
            return _("%(since)sから%(on)sまで") % {
                "since": both_calendars(self.since),
                "on": both_calendars(self.on),
            }
        if self.first_year == self.last_year:
            return fiscal_year_name(self.first_year)
        return _("%(first)sから%(last)sまで") % {
            "first": fiscal_year_name(self.first_year),
            "last": fiscal_year_name(self.last_year),
        }

    @property
    def caption(self) -> str:
        """取組実績 分野×相手方の区分(令和5年度)."""
        told = {"measure": self.measure.label, "rows": self.rows.label, "when": self.when}
        if self.measure == Measure.INDICATOR:
            told["measure"] = _("指標の実績値(%(unit)s)") % {"unit": self.unit}
        if self.columns is None:
            return _("%(measure)s %(rows)s別(%(when)s)") % told
        return _("%(measure)s %(rows)s×%(columns)s(%(when)s)") % {**told, "columns": self.columns.label}

    @property
    def count_unit(self) -> str:
        """What follows a number: 件, 者, 円, 人."""
        if self.measure in IN_YEN:
            return _("円")
        if self.measure == Measure.INDICATOR:
            return self.unit
        return _("者") if self.measure == Measure.PARTNERS else _("件")

    @property
    def asked(self) -> str:
        """The whole question as an address, the same for the same question."""
        pairs = [("rows", self.rows.value), ("columns", self.columns.value if self.columns else "")]
        pairs.append(("measure", self.measure.value))
        if self.measure == Measure.INDICATOR:
            pairs.append(("unit", self.unit))
        if self.is_of_agreements:
            pairs.append(("on", self.on.isoformat()))
            pairs += [("since", self.since.isoformat())] if self.measure in BETWEEN_DAYS else []
        else:
            pairs += [("first_year", str(self.first_year)), ("last_year", str(self.last_year))]
        pairs += [(word, value) for word, values in self.narrowed.items() for value in values]
        return urlencode(pairs)


def question_from(params: Mapping[str, Sequence[str]], today: date) -> Question:
    """From the lists of values of an address; raises CrossRefused with a sentence."""
    said = {name: (values or [""])[-1].strip()[:LONGEST] for name, values in params.items()}
    rows = _chosen(Dimension, said.get("rows") or Dimension.FIELD, "rows")
    columns = _chosen(Dimension, said["columns"], "columns") if said.get("columns") else None
    measure = _chosen(Measure, said.get("measure") or Measure.RESULTS, "measure")
    _refuse_pairs(rows, columns, measure)
    first, last = _years(said, today)
    on, since = _days(said if measure in OF_AGREEMENTS else {}, today)
    unit = said.get("unit", "")
    if measure == Measure.INDICATOR and not unit:
        raise CrossRefused(_("指標の単位を選んでください。単位が同じ指標だけを足せます。"), "unit")
    narrowed = {
        word: tuple(value[:LONGEST] for value in params.get(word, ())[:MOST_VALUES] if value)
        for word in NARROWED_BY
    }
    kept = {word: values for word, values in narrowed.items() if values and not _is_misplaced(word, measure)}
    return Question(rows, columns, measure, first, last, on, since, unit, kept)


def _chosen(choices: type[Choice], said: str, name: str) -> Choice:
    if said not in choices.values:
        raise CrossRefused(_("その集計はありません。一覧から選んでください。"), name)
    return choices(said)


def _is_misplaced(word: str, measure: Measure) -> bool:
    """Agreements have neither a kind of result nor a state of work; what is planned has no kind of result yet."""
    if measure in OF_AGREEMENTS:
        return word in ("result", "state")
    return measure == Measure.INITIATIVES and word == "result"


def _refuse_pairs(rows: Dimension, columns: Dimension | None, measure: Measure) -> None:
    if rows == columns:
        raise CrossRefused(_("行と列には違うものを選んでください。"), "columns")
    for name, dimension in (("rows", rows), ("columns", columns)):
        if dimension is not None and _is_misplaced(dimension.value, measure):
            told = {"measure": measure.label, "dimension": dimension.label}
            raise CrossRefused(
                _("「%(measure)s」は「%(dimension)s」では分けられません。ほかの分け方を選んでください。")
                % told,
                name,
            )


def _years(said: Mapping[str, str], today: date) -> tuple[int, int]:
    usual = str(fiscal_year(today) - 1)
    first = said.get("first_year") or said.get("last_year") or usual
    last = said.get("last_year") or first
    for name, year in (("first_year", first), ("last_year", last)):
        if not is_year(year):
            raise CrossRefused(_("年度は「2023」のように西暦4けたで選んでください。"), name)
    if not 0 <= int(last) - int(first) < MOST_YEARS:
        raise CrossRefused(
            _("年度は始まりから終わりへ、%(years)s年度までの範囲にしてください。") % {"years": MOST_YEARS},
            "last_year",
        )
    return int(first), int(last)


def _days(said: Mapping[str, str], today: date) -> tuple[date, date]:
    on = _day(said, "on") or today
    since = _day(said, "since") or date(fiscal_year(on), 4, 1)
    if not date(1900, 1, 1) < since <= on:
        raise CrossRefused(_("期間の始まりは、終わりと同じ日か、それより前の日にしてください。"), "since")
    return on, since


def _day(said: Mapping[str, str], name: str) -> date | None:
    """A day in any spelling; None where nothing is written."""
    text = said.get(name, "")
    if not text:
        return None
    try:
        day = read_day(text).day.exact
    except UnreadableDay as error:
        raise CrossRefused(str(error), name) from None
    if day is None:
        told = {"text": text}
        raise CrossRefused(_("「%(text)s」は日まで書いてください。例: 令和6年6月1日、2024/6/1") % told, name)
    return day
