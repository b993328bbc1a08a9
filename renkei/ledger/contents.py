"""What the cells of a column look like: days, titles, names, marks … as shares from 0 to 1."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from renkei.rules.cells import (
    is_count,
    is_ditto,
    is_flag,
    is_nothing,
    is_numbering,
    is_phone,
    is_withheld,
    plain,
    signed_in,
    tidy,
)
from renkei.rules.names import legal_form, partner_kind
from renkei.rules.organisation_words import is_whole_name
from renkei.rules.partner_cells import read_partners
from renkei.rules.title_partners import ENDS_AS_DOCUMENT

LOOKED_AT = 240
"""Cells of a column that are looked at, spread over its whole length."""

_DIVISION = re.compile(
    r"^[^、。]{1,24}(?:課|室|係|部|局|センター|委員会|消防本部|事務所|署|班|支所|担当|グループ)$"
)
_TERM = re.compile(r"自動(?:更新|継続|延長)|[年月]間|まで$|期間|有効|更新|期限|定めなし|異議")
_MATTER = re.compile(
    r"(?:供給|提供|協力|応援|派遣|活動|支援|設置|開設|放送|輸送|復旧|管理|利用|使用|連携|実施|配信|手当|調達)等?$"
)


@dataclass(frozen=True)
class Contents:
    """Shares of the filled cells of a column; `filled` is the share of rows in which it is filled."""

    cells: int = 0
    filled: float = 0.0
    days: float = 0.0
    titles: float = 0.0
    names: float = 0.0
    flags: float = 0.0
    numbers: float = 0.0
    divisions: float = 0.0
    phones: float = 0.0
    terms: float = 0.0
    matters: float = 0.0
    length: float = 0.0


def spread_over(cells: Sequence[str]) -> Sequence[str]:
    """At most LOOKED_AT cells, evenly spread."""
    step = max(1, len(cells) // LOOKED_AT)
    return cells[::step]


def contents_of(column: Sequence[str]) -> Contents:
    """What a column holds; empty cells, ditto marks and 「なし」 tell nothing."""
    looked_at = spread_over(column)
    cells = [cell.strip() for cell in looked_at if cell.strip() and not is_ditto(cell)]
    told = [cell for cell in cells if not is_nothing(cell)] or cells
    if not told:
        return Contents()
    flat = [plain(cell) for cell in told]
    return Contents(
        cells=len(told),
        filled=len(cells) / max(1, len(looked_at)),
        days=_share(map(_is_day, told)),
        titles=_share(map(_is_title, told)),
        names=_share(map(_is_name, told)),
        flags=_share(is_flag(cell) for cell in cells),
        numbers=_share(is_numbering(cell) or is_count(cell) for cell in told),
        divisions=_share(bool(_DIVISION.match(cell)) for cell in flat),
        phones=_share(map(is_phone, told)),
        terms=_share(bool(_TERM.search(cell)) for cell in flat),
        matters=_share(bool(_MATTER.search(cell)) for cell in flat),
        length=sum(map(len, flat)) / len(flat),
    )


def _share(facts: object) -> float:
    listed = list(facts)  # type: ignore[call-overload]
    return sum(listed) / len(listed) if listed else 0.0


def _is_day(cell: str) -> bool:
    if len(cell) > 60 or not any(letter.isdigit() or letter in "元〇一二三四五六七八九十" for letter in cell):
        return False
    return signed_in(cell).first is not None or bool(
        re.fullmatch(r"[^\d]{0,4}\d{1,2}[月日].{0,14}", plain(cell))
    )


def _is_title(cell: str) -> bool:
    bare = re.sub(r"[(（][^()（）]*[)）][\s…*]*$", "", tidy(cell)).rstrip("…*. ")
    return (
        len(cell) <= 200 and (bool(ENDS_AS_DOCUMENT.search(bare)) or "に関する" in bare[4:]) and len(bare) > 2
    )


def _is_name(cell: str) -> bool:
    if is_withheld(cell):
        return True
    if len(cell) > 600 or "。" in cell or ENDS_AS_DOCUMENT.search(tidy(cell)):
        return False
    if legal_form(cell):
        return True
    partners = read_partners(cell).partners
    return bool(partners) and any(
        is_whole_name(partner.name) or (len(partner.name) <= 24 and partner_kind(partner.name) != "other")
        for partner in partners
    )
