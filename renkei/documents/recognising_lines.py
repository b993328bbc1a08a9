"""Lines as a file has them, put together to what a writer would call one line; and what each begins with."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from renkei.rules.written_numbers import printed_before

NUMBER = r"[0-9０-９一二三四五六七八九十百〇]{1,4}"
ARTICLE = re.compile(rf"第[\s　]*({NUMBER})[\s　]*条(?:の({NUMBER}))?")
CHAPTER = re.compile(rf"第[\s　]*{NUMBER}[\s　]*[章節款編](?:[\s　].{{0,30}})?$")
ITEM = re.compile(rf"(?:[(（](?:{NUMBER}|[ア-ンa-zａ-ｚ])[)）]|[⑴-⒇①-⑳]|[ア-ン][\s　]|{NUMBER}[\s　．.、])")
DAY = re.compile(
    r"(?:締結日:?)?(?:令和|平成|昭和|大正|明治|西暦|[RHS])?(?:元|[0-9一二三四五六七八九十○〇_]*)年"
    r"(?:[0-9一二三四五六七八九十○〇_]*)月(?:[0-9一二三四五六七八九十○〇_]*)日"
)
_LETTERS = "[甲乙丙丁戊己庚辛壬癸]|立会人"
LETTER = re.compile(
    rf"(?:[(（【](?P<framed>{_LETTERS})[)）】][\s　:：]*(?P<behind>.*)|(?P<bare>{_LETTERS})(?:[\s　:：]+(?P<after>.*))?)$",
    re.DOTALL,
)
ATTACHED = re.compile(
    rf"(?:別表|別紙|別記|別図|別添|様式|付表|附属書|第[\s　]*{NUMBER}[\s　]*号様式)(?:第?[\s　]*{NUMBER}[\s　]*号?)?(?:様式)?"
    r"(?:の[0-9０-９]+)?(?:[(（].{0,60}[)）])?(?:[\s　:：]+[^。]{0,80})?$"
)
SUPPLEMENT = re.compile(r"附[\s　]*則(?:[\s　]+(.*))?$", re.DOTALL)
PAGE_NUMBER = re.compile(r"[-－―–—\s　]*[0-9０-９]{1,3}(?:\s*[/／]\s*[0-9０-９]{1,3})?[-－―–—\s　]*$")
_BRACKETS = {"（": "）", "(": ")", "【": "】", "〔": "〕", "［": "］"}
TITLE_ENDS = re.compile(
    r"(?:協定|協定書|覚書|申合せ|申し合わせ|確認書|合意書|協約|契約書|契約|宣言|宣言書|誓約書|議定書|細目|細目書|要領|規約|要綱)"
    r"(?:\(.*\)|<.*>)?$"
)
MOST_TITLE_LINES = 4
LONGEST_TITLE_LINE = 80
LONGEST_HEADING = 60
FULL_LINE, WHOLE_LINE = 0.6, 0.95
"""From these shares of the usual longest line on, the page ended a line and not its writer: where the line ends
within a sentence, and where it ends with one."""
SHORTEST_PAGE_LINE = 20


@dataclass(frozen=True)
class ReadLine:
    """A line of a file: its letters, the automatic number before it, its page where there are pages."""

    text: str
    number: str = ""
    page: int | None = None


@dataclass(frozen=True)
class Said:
    """What a writer would call one line; `places` are the lines of the file that it was put together of."""

    text: str
    places: tuple[int, ...]
    row: str = ""
    """The line with its tabs, where it has any: a table row perhaps, with empty cells at its ends."""

    @cached_property
    def plain(self) -> str:
        """The letters in usual widths without blanks."""
        return re.sub(r"\s", "", unicodedata.normalize("NFKC", self.text))

    @cached_property
    def heading(self) -> str:
        """What stands between brackets that enclose the whole line; empty for an item's number and for others."""
        inner = enclosed(self.text)
        return "" if inner is None or inner[1] else inner[0]

    @cached_property
    def is_day(self) -> bool:
        """Whether it is the day of signing, filled in or not."""
        return DAY.fullmatch(self.plain) is not None

    @cached_property
    def is_attached(self) -> bool:
        """Whether it is the title of something attached (別表, 別記, 様式)."""
        return ATTACHED.match(self.text) is not None

    @cached_property
    def is_supplement(self) -> bool:
        """Whether supplementary provisions (附則) begin here."""
        return SUPPLEMENT.match(self.text) is not None

    @cached_property
    def behind_supplement(self) -> str:
        """What stands on the line of 附則 behind the word."""
        found = SUPPLEMENT.match(self.text)
        return (found[1] or "") if found else ""

    @property
    def ends_a_title(self) -> bool:
        """Whether it ends with 協定書 or the like."""
        return len(self.text) <= LONGEST_TITLE_LINE and TITLE_ENDS.search(self.plain) is not None

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells of a table's row."""
        return tuple(cell.strip() for cell in (self.row or self.text).split("\t"))

    @property
    def begins_anew(self) -> bool:
        """Whether nobody would write this behind another line."""
        begins = (ARTICLE, CHAPTER, ITEM, LETTER, ATTACHED, SUPPLEMENT)
        return bool(self.heading) or self.is_day or any(one.match(self.text) for one in begins)


def enclosed(text: str) -> tuple[str, str] | None:
    """What stands in the brackets with which a line begins, and what follows; None without brackets or for a number."""
    close = _BRACKETS.get(text[:1])
    if close is None:
        return None
    depth = 0
    for place, letter in enumerate(text[: LONGEST_HEADING + 2]):
        depth += (letter == text[0]) - (letter == close)
        if not depth:
            inner = text[1:place].strip()
            is_heading = 0 < len(inner) <= LONGEST_HEADING and not re.fullmatch(
                rf"{NUMBER}|[ア-ンa-zａ-ｚ]+|{_LETTERS}", inner
            )
            return (inner, text[place + 1 :].strip()) if is_heading else None
    return None


def put_together(lines: Sequence[ReadLine]) -> tuple[list[Said], set[int]]:
    """The lines that hold anything, those of pages joined where only the page broke them; and pages' numbers."""
    width = _usual_width(lines)
    found: list[Said] = []
    numbers = _page_numbers(lines)
    is_full = False
    for place, line in enumerate(lines):
        row = printed_before(line.number) + line.text.strip(" 　")
        said = Said(row.strip(), (place,), row if "\t" in row else "")
        if place in numbers:
            continue
        if not said.text:
            is_full = is_full and line.page is not None
            if said.row and found and (found[-1].row or found[-1].is_attached):
                found.append(said)
            continue
        if is_full and found and not said.begins_anew:
            found[-1] = Said(found[-1].text + said.text, (*found[-1].places, place))
        else:
            found.append(said)
        is_title = len(found) == 1 or (len(found) <= MOST_TITLE_LINES and found[-1].ends_a_title)
        is_full = line.page is not None and not is_title and _is_full(line.text.strip(), width)
    return found, numbers


def _usual_width(lines: Sequence[ReadLine]) -> int:
    """The length of the longest lines of pages, but for the two longest of all: letters differ in width."""
    widths = sorted(len(one.text.strip()) for one in lines if one.page is not None)
    return widths[-3] if len(widths) > 12 else max(widths, default=0)


def _is_full(text: str, width: int) -> bool:
    """Whether the page ended the line, and not who wrote it."""
    share = WHOLE_LINE if text.endswith("。") else FULL_LINE
    return width >= SHORTEST_PAGE_LINE and len(text) >= width * share


def _page_numbers(lines: Sequence[ReadLine]) -> set[int]:
    """Numbers alone in the first or the last line of a page."""
    edges: dict[int, list[int]] = {}
    for place, one in enumerate(lines):
        if one.page is not None and one.text.strip():
            edges[one.page] = [edges.get(one.page, [place])[0], place]
    both = {place for ends in edges.values() for place in ends}
    return {one for one in both if not lines[one].number and PAGE_NUMBER.match(lines[one].text.strip())}
