"""What the columns of a ledger mean: judged by their names and by what stands in them, with a reason for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from renkei.ledger.contents import Contents, contents_of
from renkei.ledger.meanings import MEANINGS, SINGLE, folded, meanings_of_name

__all__ = ["MEANINGS", "Column", "Columns", "read_columns"]

LEAST = 35
"""Below this a meaning is not believed; the column is kept as 「そのほか」."""

FITS: tuple[tuple[str, str, float, float], ...] = (
    # meaning, what must be in the cells, worth without a name, share from which the name is confirmed
    ("signed", "days", 80, 0.3),
    ("latest_signed", "days", 0, 0.3),
    ("title", "titles", 78, 0.3),
    ("partners", "names", 72, 0.3),
    ("flag", "flags", 62, 0.6),
    ("division", "divisions", 60, 0.3),
    ("contact", "phones", 70, 0.3),
    ("term", "terms", 40, 0.3),
    ("number", "numbers", 50, 0.5),
    ("purpose", "matters", 45, 0.2),
)
_TELLING = {meaning: share for meaning, share, _worth, _least in FITS}
_SHARES = {
    "days": "日",
    "titles": "協定名",
    "names": "団体の名前",
    "flags": "○などの印",
    "divisions": "課の名前",
    "phones": "電話番号",
    "terms": "期間",
    "numbers": "番号",
    "matters": "事がら",
}


@dataclass
class Column:
    """One column: its header, what it means, how sure that is, and why."""

    index: int
    upper: str
    lower: str
    meaning: str = "other"
    sureness: int = 0
    reason: str = ""
    samples: list[str] = field(default_factory=list)
    contents: Contents = field(default_factory=Contents)
    month_and_day: tuple[int, int] | None = None
    """Where month and day stand, if a day is split over three columns."""

    @property
    def header(self) -> str:
        """The header as one text; both rows where there are two."""
        return f"{self.upper} {self.lower}".strip()

    @property
    def word(self) -> str:
        """The header that names this column alone: the lower one of two."""
        return self.lower or self.upper

    def as_json(self) -> dict[str, Any]:
        """index, header, meaning, sureness, reason, samples."""
        return {
            "index": self.index,
            "header": self.header,
            "meaning": self.meaning,
            "sureness": self.sureness,
            "reason": self.reason,
            "samples": self.samples,
        }


class Columns(list[Column]):
    """The columns of a table; those of one meaning are found at once."""

    @cached_property
    def by_meaning(self) -> dict[str, tuple[Column, ...]]:
        """The columns by what they mean."""
        meanings = dict.fromkeys(column.meaning for column in self)
        return {meaning: tuple(one for one in self if one.meaning == meaning) for meaning in meanings}

    def of(self, meaning: str, *others: str) -> tuple[Column, ...]:
        """The columns with one of these meanings, those of the first meaning first."""
        found = self.by_meaning.get(meaning, ())
        return found if not others else found + self.of(*others)

    def places(self, meaning: str) -> tuple[int, ...]:
        """Where the columns with this meaning stand."""
        return tuple(column.index for column in self.of(meaning))


def read_columns(
    names: Sequence[tuple[str, str]], cells: Sequence[Sequence[str]], mapping: Mapping[int, str]
) -> list[Column]:
    """Decide what each column means; a person's mapping (meaning by place) goes before everything."""
    columns = [_column(place, names, cells[place]) for place in range(len(cells))]
    scores = [_scores(column) for column in columns]
    for place, meaning in mapping.items():
        if place < len(columns) and meaning in MEANINGS:
            columns[place].meaning, columns[place].sureness = meaning, 100
            columns[place].reason = "人が決めました。"
    _split_days(columns, scores)
    _assign(columns, scores)
    _settle(columns, scores)
    return columns


def _column(place: int, names: Sequence[tuple[str, str]], cells: Sequence[str]) -> Column:
    upper, lower = names[place] if place < len(names) else ("", "")
    samples = list(dict.fromkeys(cell.strip()[:60] for cell in cells[:60] if cell.strip()))[:3]
    return Column(place, upper, lower, samples=samples, contents=contents_of(cells))


def _scores(column: Column) -> dict[str, float]:
    """How well each meaning fits, 0 to 100: the name counts most, the cells confirm or contradict it."""
    named = meanings_of_name(column.upper, column.lower)
    scores: dict[str, float] = dict(named)
    if not column.contents.cells:
        return scores
    for meaning, share, worth, least in FITS:
        found: float = getattr(column.contents, share)
        if meaning in scores:
            scores[meaning] += 2 if found >= least else -_doubt(meaning, found)
        elif found >= 0.5 and worth:
            scores[meaning] = worth * found - (25 if named else 0)
    return scores


def _doubt(meaning: str, found: float) -> float:
    """What is taken off a name that the cells do not confirm."""
    if meaning in ("signed", "latest_signed", "flag"):
        return 45 if found < 0.1 else 12
    return {"title": 12, "partners": 15, "number": 25}.get(meaning, 6)


def _split_days(columns: list[Column], scores: list[dict[str, float]]) -> None:
    """年, 月 and 日 side by side are one day."""
    for year, month, day in zip(columns, columns[1:], columns[2:], strict=False):
        words = [folded(column.word) for column in (year, month, day)]
        if words in (["年", "月", "日"], ["締結年", "月", "日"]) and year.sureness != 100:
            year.month_and_day = (month.index, day.index)
            scores[year.index] = {"signed": 90}
            for part in (month, day):
                scores[part.index] = {}
                _set(part, "ignored", 90, "左の「年」の列と合わせて日として読みます。")


def _assign(columns: list[Column], scores: list[dict[str, float]]) -> None:
    """The best fitting pair first; a meaning that only one column can have is then taken."""
    taken = {column.meaning for column in columns if column.sureness == 100}
    open_places = {column.index for column in columns if not column.reason}
    ranked = sorted(
        ((score, -place, meaning) for place in open_places for meaning, score in scores[place].items()),
        reverse=True,
    )
    for score, minus_place, meaning in ranked:
        place = -minus_place
        if place not in open_places or score < LEAST or (meaning in SINGLE and meaning in taken):
            continue
        open_places.discard(place)
        taken.add(meaning)
        column = columns[place]
        column.meaning, column.sureness = meaning, min(99, round(score))
        column.reason = _reason(column, meaning)
    for place in open_places:
        columns[place].sureness = 20
        columns[place].reason = "見出しからも中身からも意味が分からないため、備考に残します。"


def _reason(column: Column, meaning: str) -> str:
    share = _TELLING.get(meaning)
    found = round(getattr(column.contents, share) * 100) if share else 0
    beside = f"中身の{found}%が{_SHARES[share]}です" if share and found >= 30 else ""
    if meaning in meanings_of_name(column.upper, column.lower):
        said = f"見出しが「{column.header}」です"
        if share and not beside and column.contents.cells:
            beside = f"ただし中身に{_SHARES[share]}は多くありません"
        return "。".join(filter(None, [said, beside])) + "。"
    return f"{beside or '中身から推しました'}。"


def _settle(columns: list[Column], scores: list[dict[str, float]]) -> None:
    """What only the whole table tells: a title under another name, first parties, towns, marks."""
    by_meaning: dict[str, list[Column]] = {}
    for column in columns:
        by_meaning.setdefault(column.meaning, []).append(column)
    if "title" not in by_meaning:
        _title_under_another_name(columns)
    if "partners" not in by_meaning:
        _partners_under_another_name(columns, scores)
    _further_partners(columns)
    for column in by_meaning.get("other", []):
        if "municipality" in scores[column.index] and column.sureness < 50:
            _set(column, "municipality", 60, "見出しが自治体で、相手方の列は別にあります。")


def _further_partners(columns: list[Column]) -> None:
    """相手方1, 相手方2, 相手方3: the same word with another number."""
    stems = {_stem(column) for column in columns if column.meaning == "partners"} - {""}
    for column in columns:
        if column.meaning != "partners" and column.sureness != 100 and _stem(column) in stems:
            _set(column, "partners", 85, f"見出しが「{column.header}」で、相手方の続きの列です。")


def _stem(column: Column) -> str:
    return folded(column.header).strip("0123456789①②③④⑤⑥⑦⑧⑨その()一二三四五")


def _set(column: Column, meaning: str, sureness: int, reason: str) -> None:
    column.meaning, column.sureness, column.reason = meaning, sureness, reason


def _title_under_another_name(columns: list[Column]) -> None:
    """種別 and 内容 hold the titles in some towns."""
    found = [
        column
        for column in columns
        if column.meaning in ("category", "purpose", "other", "notes", "items")
        and column.sureness != 100
        and column.contents.titles >= 0.5
    ]
    if found:
        best = max(found, key=lambda column: column.contents.titles)
        share = round(best.contents.titles * 100)
        _set(best, "title", 70, f"協定名の列がなく、「{best.header}」の{share}%が協定名の形です。")


def _partners_under_another_name(columns: list[Column], scores: list[dict[str, float]]) -> None:
    found = [
        column
        for column in columns
        if column.meaning in ("other", "signatory", "municipality", "address", "count")
        and column.sureness != 100
        and (column.contents.names >= 0.6 or scores[column.index].get("partners", 0) >= LEAST)
        and column.contents.cells
    ]
    if found and not any(column.meaning == "first_party" for column in columns):
        best = max(found, key=lambda column: column.contents.names)
        _set(best, "partners", 60, f"相手方の列がなく、「{best.header}」の中身が団体の名前です。")
