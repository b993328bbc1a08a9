"""Districts, shelters and depots as people bring them: one by one, or a list pasted from a table or a CSV file."""

import csv
import io
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from renkei.disasters.places import UnreadablePlace, coordinates
from renkei.disasters.vocabulary import DistrictKind

HEADS = ("名称", "種類", "所在地", "緯度", "経度")
MOST_ROWS = 2_000
_WORDS = {
    "避難所": DistrictKind.SHELTER, "避難場所": DistrictKind.SHELTER, "指定避難所": DistrictKind.SHELTER,
    "福祉避難所": DistrictKind.SHELTER, "集積所": DistrictKind.DEPOT, "倉庫": DistrictKind.DEPOT,
    "備蓄倉庫": DistrictKind.DEPOT, "物資拠点": DistrictKind.DEPOT, "支所": DistrictKind.OFFICE,
    "市役所": DistrictKind.OFFICE,
}  # fmt: skip


@dataclass(frozen=True)
class DistrictFacts:
    """A place that help goes to; degrees are WGS 84."""

    name: str
    kind: str = DistrictKind.DISTRICT
    address: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None

    @property
    def kind_label(self) -> str:
        """The kind in words."""
        return str(DistrictKind(self.kind).label)


@dataclass(frozen=True)
class DistrictRow:
    """A row of a list: its number there, what it says, and what stands in its way."""

    number: int
    facts: DistrictFacts | None
    problems: list[str] = field(default_factory=list)


def rows_of_text(text: str) -> list[list[str]]:
    """The cells of a table as it is pasted from a sheet (tabs) or a CSV file (commas); none of what is no table."""
    lines = text.lstrip("\ufeff").strip()
    try:
        return list(csv.reader(io.StringIO(lines), delimiter="\t" if "\t" in lines else ","))
    except csv.Error:
        return []


def districts_in(rows: Sequence[Sequence[str]]) -> list[DistrictRow]:
    """The rows below the heads (名称, 種類, 所在地, 緯度, 経度 in any order), each with its problems.

    Without heads, the columns are taken in this order.
    """
    filled = [
        (number, [cell.strip() for cell in row]) for number, row in enumerate(rows, start=1) if any(row)
    ]
    if not filled:
        return []
    heads = [_folded(cell) for cell in filled[0][1]]
    has_heads = "名称" in heads
    columns = heads if has_heads else list(HEADS)
    found, names = [], set[str]()
    for number, row in filled[1 if has_heads else 0 :][:MOST_ROWS]:
        one = _row(number, dict(zip(columns, row, strict=False)))
        if one.facts and one.facts.name in names:
            one.problems.append(_("同じ名称の行が上にあります。どちらかを消してください。"))
        if one.facts:
            names.add(one.facts.name)
        found.append(one)
    if len(filled) > MOST_ROWS + has_heads:
        number, _cells = filled[MOST_ROWS + has_heads]
        told = _("一度に取り込めるのは%(most)s行までです。この行から下は、別の表にして取り込んでください。")
        found.append(DistrictRow(number, None, [told % {"most": f"{MOST_ROWS:,}"}]))
    return found


def _row(number: int, cells: Mapping[str, str]) -> DistrictRow:
    problems = []
    name = cells.get("名称", "")
    if not name:
        return DistrictRow(number, None, [_("名称が空です。")])
    if len(name) > 100:
        return DistrictRow(number, None, [_("名称は100文字までで書いてください。")])
    kind = kind_in(cells.get("種類", ""))
    if kind is None:
        problems.append(
            _("種類「%(told)s」が分かりません。使えるのは %(known)s です。")
            % {"told": cells["種類"][:20], "known": "、".join(map(str, DistrictKind.labels))}
        )
    at = None
    try:
        at = coordinates(" ".join(filter(None, (cells.get("緯度", ""), cells.get("経度", "")))))
    except UnreadablePlace as refusal:
        problems.append(str(refusal))
    latitude, longitude = at or (None, None)
    address = cells.get("所在地", "")[:200]
    return DistrictRow(
        number, DistrictFacts(name, kind or DistrictKind.DISTRICT, address, latitude, longitude), problems
    )


def kind_in(cell: str) -> DistrictKind | None:
    """地区, 避難所 …, whatever the width; 地区 where nothing is written, None where the word is not known."""
    folded = _folded(cell)
    if not folded:
        return DistrictKind.DISTRICT
    by_label = {_folded(str(one.label)): one for one in DistrictKind}
    return by_label.get(folded) or _WORDS.get(folded)


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
