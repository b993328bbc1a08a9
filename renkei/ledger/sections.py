"""Rows of a table that are no agreements: blank rows, section rows, notes, totals."""

import re
from collections.abc import Sequence

from renkei.ledger.headers import filled_cells
from renkei.rules.cells import is_count, is_numbering, plain, tidy
from renkei.rules.japanese_calendar import find_days
from renkei.rules.names import legal_form
from renkei.rules.partial_days import PartialDay
from renkei.rules.title_partners import ENDS_AS_DOCUMENT

_NOTE = re.compile(
    r"^(?:[※＊*]|注[\d)）:：.]?|\(?注\d*\)?|\(注|備考[:：]|出典|資料[:：]|出所|問い?合わ?せ|お問い?合わ?せ|連絡先[:：]|担当[:：]|"
    r"作成[:：]|更新日|最終更新|TEL|電話|"
    r"〒|以上$|なお、|上記|この(?:表|一覧)|本表|本一覧|掲載|凡例|ダウンロード|PDF)",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"^[(（【\[]?(?:合計|総計|小計|累計|総数|計)(?:[:：])?[\s\d０-９,，、件社団体店舗者行市町村区%()（）/]*[)）】\]]?$|"
    r"^(?:協定)?(?:締結)?(?:件数|総件数|団体数)?(?:合計|総計|小計)"
)
_BRACKETED = re.compile(r"^[【≪《〔［\[<＜〈(（「『](.+?)[】≫》〕］\]>＞〉)）」』]$")
_NUMBERED = re.compile(
    r"^(?:第?[0-9一二三四五六七八九十]{1,3}(?:節|章|編|部|項)?[.、)\s]|[(]?[0-9]{1,2}[)]|[①-⑳]|[ⅰ-ⅿⅠ-Ⅻ]+[.、)\s]?|"
    r"[ivx]{1,4}[.)]|[ア-ン][.、)\s]|[a-z][.)])"
    r"|^[0-9]{1,2}(?=[^0-9\s.,、/年月日時-])",
    re.IGNORECASE,
)
_BULLETED = re.compile(r"^[■□●◆◇▼▽▶★☆○◯〇・]\s*")
_LISTED = re.compile(r"現在|時点|作成|更新")
_SECTION_NUMBER = re.compile(r"^[0-9０-９]{1,2}[\s.．、)）]+")
_INNER = re.compile(r"^([^【≪《〔】≫》〕]*)[【≪《〔]([^【≪《〔】≫》〕]+)[】≫》〕]$")
_COUNTED = re.compile(r"[(（][\d０-９]+\s*(?:件|社|団体|者)[^()（）]*[)）]$")
_ANY_SHEET = re.compile(
    r"^(?:sheet|シート|table|表|データ|data|台帳|一覧|リスト|list|協定)[\d_\- ]*$|.*(?:一覧表?|台帳|リスト|名簿|現在|年度?)$|"
    r"^[\d.\-年月日RHSrhs]+$|^$",
    re.IGNORECASE,
)
_LIST_OF = re.compile(r"^(?:協定先|締結先|協定締結先|協定|相手方|協定等)一覧$")


def is_blank(cells: Sequence[str]) -> bool:
    """True if nothing stands in the row."""
    return not any(cell.strip() for cell in cells)


def is_note(cells: Sequence[str]) -> bool:
    """True for footnotes, sources, whom to ask: one text that belongs to the list, not to a row."""
    filled = filled_cells(cells)
    return bool(filled) and len(filled) <= 2 and bool(_NOTE.match(filled[0].strip()))


def is_total(cells: Sequence[str]) -> bool:
    """True for 合計8社、394店舗, alone or with figures beside it."""
    filled = filled_cells(cells)
    if not filled or not _TOTAL.match(tidy(filled[0])):
        return False
    return all(is_count(cell) or is_numbering(cell) or _TOTAL.match(tidy(cell)) for cell in filled[1:])


def section_style(text: str) -> str:
    """The way a section is marked: by brackets, a number, a bullet; empty where it is not marked."""
    bare = plain(tidy(text))
    if _BRACKETED.match(bare):
        return bare[0]
    if found := _NUMBERED.match(bare):
        return re.sub(r"[0-9]+|[一二三四五六七八九十]+", "1", found.group())
    if found := _BULLETED.match(bare):
        return found.group()
    return ""


def is_marked(text: str) -> bool:
    """True for 【相互応援協定】, (1)自治体…, ■物資: marked as a section."""
    return bool(section_style(text)) and not (legal_form(text[:10]) and text[:1] in "(（")


def is_bracketed(text: str) -> bool:
    """True for 【行政】 and ≪民間≫."""
    return section_style(text) in "【≪《〔[<＜" and bool(section_style(text))


def section_words(text: str) -> str:
    """What the section says, without its number, brackets and count."""
    words = tidy(text)
    for pattern in (_BULLETED, _SECTION_NUMBER, _NUMBERED):
        words = pattern.sub("", words.strip(), count=1)
    for _again in range(2):
        inner = _INNER.match(words)
        if inner and _LIST_OF.match(inner[1]):
            words = inner[2]
        elif found := _BRACKETED.match(words):
            words = found[1]
    return _COUNTED.sub("", words).strip(" 　:：")


def section_of_sheet(name: str) -> str:
    """The section that a sheet's name tells; nothing where it is only a name for a sheet."""
    words = section_words(name)
    return "" if _ANY_SHEET.match(plain(words)) else words


def looks_like_title(text: str) -> bool:
    """True if the text ends as the name of a document does."""
    bare = re.sub(r"[(（][^()（）]*[)）][\s…*＊※]*$", "", tidy(text)).rstrip("…*＊※. ")
    return bool(ENDS_AS_DOCUMENT.search(bare))


def snapshot_in(text: str) -> PartialDay | None:
    """The day on which a list says it was true: 「令和3年8月現在」."""
    if not _LISTED.search(text) or len(text) > 300:
        return None
    found = [
        read.day
        for read in find_days(text)
        if re.match(r"[^0-9a-zA-Z]{0,4}(?:現在|時点|作成|更新)", text[read.end :]) or len(text) < 40
    ]
    return found[-1] if found else None
