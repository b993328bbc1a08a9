"""Reading the cells of an old ledger: ditto marks, flags, numbers, and days with what is written beside them."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from renkei.rules.eras import SOLAR_CALENDAR, ended_before, eras
from renkei.rules.japanese_calendar import PartialDay, ReadDay, UnreadableDay, find_days, read_day

DITTO = frozenset(
    '〃 ″ " ” “ 〝 〟 々 〻 仝 \'\' ’’ `` // ヽ ゝ 同上 同 同前 同左 上に同じ 上と同じ 同じ 上記に同じ 上記と同じ 同文 〃〃 "" ″″'.split()
)
FLAGS = frozenset("○ ◯ 〇 ● ◎ △ ▲ × ✕ ✖ ✓ ✔ ☑ レ 有 無 - 可 否 要 不要 * ※ ☆ ★ x X".split())
NOTHING = frozenset("- -- --- ー ― – — … ... なし 無し 無 ナシ 該当なし 空欄 未記入 N/A n/a /".split())
UNKNOWN = frozenset("不明 不詳 未詳 ? ?? 未確認 確認中 調査中 不明確".split())
MASK = re.compile(r"[▇■█□xX×*＊●○◯〇]{2,}|▇")
LONGEST_READ = 2000
"""Longer cells are running text; they are kept and not searched for patterns."""

_EPOCH = date(1899, 12, 30)
_CJK = r"[\u3005\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f（）「」、。・〇々]"
_WRAP = re.compile(rf"(?<={_CJK})[ \t\r\n\u3000]+(?={_CJK})")
_BLANKS = re.compile(r"\s+")
_NUMBERING = re.compile(
    r"^(?:(?:協定|資料|様式|覚書|番号|第|no\.?|№)?[-.]?\d{1,4}(?:[-.の]\d{1,4}){0,3}[a-z]?(?:号|番|[.):])?"
    r"|\(\d{1,3}[a-z]?\)(?:[a-z])?|[①-⑳㉑-㊿⑴-⒇⒈-⒛❶-❿]|[ivx]{1,4}[.)]?|[ア-ン][.)]?|[a-z][.)]?)$",
    re.IGNORECASE,
)
_PHONE = re.compile(r"0\d{1,4}[-(]\d{1,4}[-)]\d{3,4}")
_COUNT = re.compile(r"^(?:計|合計|全|約)?\d{1,3}(?:,\d{3})*(?:件|社|団体|店舗?|箇所|か所|者|人|名|校|%)?$")


@lru_cache(maxsize=131072)
def plain(text: str) -> str:
    """Half width (NFKC), all dashes alike, no blanks: for comparing, never for showing."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text)).translate(_DASHES)


_DASHES = str.maketrans(dict.fromkeys("−－―‐–—‑", "-") | {"〜": "~", "～": "~"})


@lru_cache(maxsize=131072)
def tidy(text: str) -> str:
    """The cell as printed, without the line breaks and blanks that only the layout put between Japanese letters."""
    return _BLANKS.sub(" ", _WRAP.sub("", text.strip())).strip()


_DITTO_BEGINS = frozenset(mark[0] for mark in DITTO) | frozenset("＂／｀　 ")


def is_ditto(text: str) -> bool:
    """True for 〃, 同上 and the like: the cell says what the one above says."""
    return 0 < len(text) < 12 and text[0] in _DITTO_BEGINS and (plain(text) in DITTO or text.strip() in DITTO)


def is_flag(text: str) -> bool:
    """True for ○, ●, - and other marks that say only yes or no."""
    return len(text) < 6 and plain(text) in FLAGS


def is_nothing(text: str) -> bool:
    """True if the cell says that there is nothing: -, なし."""
    return len(text) < 12 and plain(text) in NOTHING


def is_withheld(text: str) -> bool:
    """True if the whole text is masked (xx, ▇▇): withheld by who published it, not a name."""
    return bool(MASK.search(text)) and not MASK.sub("", plain(text)).strip("県市町村区都道府()、・ ")


def is_numbering(text: str) -> bool:
    """True for 1, 1-2, (1), ①, 協定-09-1: a number within the list."""
    return len(text) < 16 and bool(_NUMBERING.match(plain(text)))


def is_phone(text: str) -> bool:
    """True if the cell holds a telephone number."""
    return bool(_PHONE.search(plain(text[:200])))


def is_count(text: str) -> bool:
    """True for 1,600 and 46店舗."""
    return bool(_COUNT.match(plain(text)))


@dataclass(frozen=True)
class SignedCell:
    """What a cell says about signing: the first and the latest day, as exactly as written, and remarks."""

    first: PartialDay | None = None
    last: PartialDay | None = None
    remarks: tuple[str, ...] = ()


_SERIAL = re.compile(r"^[1-9]\d{3,4}$")
_AGAIN = ("再締結", "改正", "改訂", "改定", "変更", "更新", "見直し", "継続", "一部改正")
_CUT = re.compile(r"(?:年|[./\-])\d{1,2}$")


@lru_cache(maxsize=65536)
def signed_in(text: str) -> SignedCell:
    """Read a cell of a signing-day column; what cannot be read becomes a remark with the original text."""
    bare = text.strip()
    if _ISO.match(bare):
        return _iso_cell(bare)
    if not bare or is_nothing(bare):
        return SignedCell()
    if plain(bare) in UNKNOWN:
        return SignedCell(remarks=(f"締結日は「{bare}」と書かれています。",))
    if len(bare) > LONGEST_READ:
        return SignedCell(remarks=(_unreadable(bare),))
    if (day := _whole_era_day(bare)) is not None:
        return SignedCell(day, day)
    try:
        read = read_day(bare)
    except UnreadableDay:
        return _several(bare)
    said = tuple(remark + f"(「{bare}」)" for remark in read.remarks)
    return _uncut(SignedCell(read.day, read.day, said), bare)


_ISO = re.compile(r"^(?:1[89]|20)\d\d-\d\d-\d\d$", re.ASCII)


def _iso_cell(bare: str) -> SignedCell:
    """A true date of a workbook, as the readers of workbooks write it."""
    try:
        day = PartialDay.from_iso(bare)
        return SignedCell(day, day) if day.year > 1872 else SignedCell(remarks=(_unreadable(bare),))
    except ValueError:
        return SignedCell(remarks=(_unreadable(bare),))


_ERA_DAY = re.compile(
    r"^([MTSHR]|明治|大正|昭和|平成|令和)(\d{1,2})(?:年(\d{1,2})月(\d{1,2})日|([./-])(\d{1,2})\5(\d{1,2}))$",
    re.ASCII,
)


def _whole_era_day(bare: str) -> PartialDay | None:
    """The usual spellings of a whole day inside its era, read at once; everything else is left to read_day."""
    found = _ERA_DAY.match(bare)
    if not found:
        return None
    era = next((era for era in eras() if found[1] in (era.name, era.letter)), None)
    if era is None or found[2] == "0":
        return None
    try:
        day = date(era.first.year + int(found[2]) - 1, int(found[3] or found[6]), int(found[4] or found[7]))
    except ValueError:
        return None
    return PartialDay.of(day) if SOLAR_CALENDAR <= day >= era.first and not ended_before(era, day) else None


def _uncut(read: SignedCell, bare: str) -> SignedCell:
    """A month without 月 at the end of the cell after 年 (平成24年1) was cut: only the year is sure."""
    flat = plain(bare)
    if read.first and read.first.month and not read.first.day and re.search(r"年\d{1,2}$", flat):
        year = PartialDay(read.first.year)
        return SignedCell(
            year, year, (*read.remarks, f"締結日「{bare}」は途中で切れているため、年だけを読みました。")
        )
    return read


def _unreadable(bare: str) -> str:
    return f"締結日「{bare[:60]}」は日として読めないため、締結日不明としました。"


def _several(bare: str) -> SignedCell:
    days = [read for read in find_days(bare) if _is_sure(read, bare)]
    if not days:
        return SignedCell(remarks=(_unreadable(bare),))
    first, last = days[0], days[-1]
    if any(word in _beside(bare, first) for word in _AGAIN) and len(days) > 1:
        first = min(days, key=lambda read: read.day.first)
    is_range = len(days) > 1 and re.search(r"[~〜～]|から|より", bare)
    return _uncut(
        SignedCell(
            first.day,
            first.day if is_range else last.day,
            (f"締結日の欄に「{bare[:200]}」と書かれています。",),
        ),
        bare,
    )


def _beside(text: str, read: ReadDay) -> str:
    """The words after a day, up to the next separator."""
    return re.split(r"[/／、,\n]", text[read.end :], maxsplit=1)[0]


def _is_sure(read: ReadDay, text: str) -> bool:
    """A bare number is no day inside other words; 年度 is no day."""
    written = text[read.start : read.end]
    return not (read.day.month is None and (written.isdigit() or text[read.end :].startswith("度")))


def serial_day(text: str) -> PartialDay | None:
    """A day that a workbook stored as a number (38961), from 1927 to 2100; None for anything else."""
    if not _SERIAL.match(text) or not 9_863 <= int(text) <= 73_415:
        return None
    return PartialDay.of(_EPOCH + timedelta(days=int(text)))
