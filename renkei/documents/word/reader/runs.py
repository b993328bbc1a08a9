"""The letters of a paragraph in their order, each with its fate; what is no letter is counted, to be told."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from renkei.documents.word.reader.glyphs import UNKNOWN, shape
from renkei.documents.word.reader.kinds import WordRefused
from renkei.documents.word.reader.package import Element, W
from renkei.documents.word.told import Piece
from renkei.rules.redline import Mark

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
LONGEST = 3_000_000
LONGEST_AUTHOR = 100
INSTANT = re.compile(r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}(?:T[0-9:.]{5,15}(?:Z|[+-][0-9:]{4,5})?)?")
TOO_LONG = "300万字を超える文書です。協定書の本文だけを新しい文書に写して、保存し直してください。"

INSERTS = frozenset((f"{W}ins", f"{W}moveTo"))
REMOVES = frozenset((f"{W}del", f"{W}moveFrom"))
_LETTERS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
_PASSED_OVER = frozenset(
    f"{W}{name}"
    for name in (
        "pPr rPr instrText delInstrText sdtPr sdtEndPr rt rubyPr fldData smartTagPr customXmlPr "
        "tblPr tblGrid trPr tcPr sectPr annotationRef footnoteRef endnoteRef separator continuationSeparator"
    ).split()
)
_PICTURES = frozenset((f"{W}drawing", f"{W}pict", f"{W}object"))


@dataclass(frozen=True)
class Fate:
    """What becomes of letters when tracked changes are accepted or refused; by whom and when that was written."""

    is_inserted: bool = False
    is_removed: bool = False
    author: str = ""
    at: str = ""

    def within(self, element: Element) -> "Fate":
        """Inside a tracked change."""
        if element.tag not in INSERTS and element.tag not in REMOVES:
            return self
        return Fate(
            self.is_inserted or element.tag in INSERTS,
            self.is_removed or element.tag in REMOVES,
            author_of(element),
            instant_of(element),
        )

    @property
    def mark(self) -> Mark | None:
        """The mark of such letters; None for what was put in and taken out again: neither side has it."""
        if self.is_inserted and self.is_removed:
            return None
        if self.is_inserted:
            return Mark.INSERTED
        return Mark.REMOVED if self.is_removed else Mark.SAME


SAME = Fate()


@dataclass
class Found:
    """What was met besides letters, to be told in the end."""

    counted: Counter[str] = field(default_factory=Counter)
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    letters: int = 0


@dataclass
class Quotes:
    """Which comments are open, what each of them quotes, and which began since they were last asked for."""

    quoted: dict[str, list[str]] = field(default_factory=dict)
    spans: dict[str, list[int]] = field(default_factory=dict)
    begun: list[str] = field(default_factory=list)
    _open: set[str] = field(default_factory=set)
    _passed: int = 0

    def met(self, element: Element) -> None:
        """A beginning, an end or a place of a comment."""
        number = element.get(f"{W}id", "")
        if number not in self.quoted:
            self.quoted[number] = []
            self.begun.append(number)
        if element.tag == f"{W}commentRangeStart":
            self._open.add(number)
            self.spans[number] = [self._passed]
        elif element.tag == f"{W}commentRangeEnd" and number in self._open:
            self._open.discard(number)
            self.spans[number].append(self._passed)

    def read(self, text: str) -> None:
        """Letters that every open comment is about."""
        self._passed += len(text)
        for number in self._open:
            self.quoted[number].append(text)

    def taken(self) -> list[str]:
        """The comments that began since."""
        begun, self.begun = self.begun, []
        return begun


@dataclass
class Letters:
    """Reads paragraph after paragraph; fields may run over several of them."""

    found: Found = field(default_factory=Found)
    quotes: Quotes = field(default_factory=Quotes)
    _pieces: list[Piece] = field(default_factory=list)
    _fields: list[bool] = field(default_factory=list)
    """For each open field whether its instruction is being read: of a field a reader sees only the result."""

    def of(self, paragraph: Element, fate: Fate = SAME) -> list[Piece]:
        """The letters of a paragraph."""
        self._pieces = []
        self._walk(paragraph, fate)
        return self._pieces

    def _walk(self, element: Element, fate: Fate) -> None:
        for child in element:
            tag = child.tag
            if tag in _PASSED_OVER:
                continue
            if tag in INSERTS or tag in REMOVES:
                self._walk(child, fate.within(child))
            elif tag in (f"{W}t", f"{W}delText", f"{M}t"):
                self._read(_words(child), fate)
            elif tag in _LETTERS:
                self._read(_LETTERS[tag], fate)
            elif tag in _SPECIAL:
                _SPECIAL[tag](self, child, fate)
            else:
                self._walk(child, fate)

    def _read(self, text: str, fate: Fate) -> None:
        if not text or any(self._fields):
            return
        self.found.letters += len(text)
        if self.found.letters > LONGEST:
            raise WordRefused(TOO_LONG)
        mark = fate.mark
        if mark is None:
            self.found.counted["undone"] += 1
            return
        if mark != Mark.REMOVED:
            self.quotes.read(text)
        self._pieces.append(Piece(text, mark, fate.author, fate.at))

    def run(self, element: Element, fate: Fate) -> None:
        properties = element.find(f"{W}rPr")
        if properties is not None and is_on(properties.find(f"{W}vanish")):
            self.found.counted["hidden"] += 1
        self._walk(element, fate)

    def line_break(self, element: Element, fate: Fate) -> None:
        if element.get(f"{W}type", "textWrapping") == "textWrapping":
            self._read("\n", fate)

    def symbol(self, element: Element, fate: Fate) -> None:
        letter = shape(element.get(f"{W}char", ""))
        self.found.counted["unknown"] += letter == UNKNOWN
        self._read(letter, fate)

    def ruby(self, element: Element, fate: Fate) -> None:
        for base in element.findall(f"{W}rubyBase"):
            self._walk(base, fate)

    def field_character(self, element: Element, _fate: Fate) -> None:
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            self._fields.append(True)
        elif self._fields and kind == "separate":
            self._fields[-1] = False
        elif self._fields and kind == "end":
            self._fields.pop()

    def comment(self, element: Element, _fate: Fate) -> None:
        self.quotes.met(element)

    def note(self, element: Element, _fate: Fate) -> None:
        kind = "footnotes" if element.tag == f"{W}footnoteReference" else "endnotes"
        self.found.notes.append((kind, element.get(f"{W}id", "")))

    def picture(self, element: Element, _fate: Fate) -> None:
        boxes = list(outermost(element, f"{W}txbxContent"))
        self.found.boxes += boxes
        if element.tag == f"{W}object":
            self.found.counted["objects"] += 1
        elif not boxes:
            self.found.counted["pictures"] += 1

    def either(self, element: Element, fate: Fate) -> None:
        """The same thing twice, for newer and for older programs: the first is read."""
        for choice in element[:1]:
            self._walk(choice, fate)

    def chunk(self, _element: Element, _fate: Fate) -> None:
        raise WordRefused(HAS_CHUNK)


HAS_CHUNK = "ほかの文書を丸ごと差し込んだ部分があり、その文字を読めません。Wordで開き、そのまま上書き保存したファイルを選んでください。"
_SPECIAL: dict[str, Callable[[Letters, Element, Fate], None]] = {
    f"{W}r": Letters.run,
    f"{W}br": Letters.line_break,
    f"{W}sym": Letters.symbol,
    f"{W}ruby": Letters.ruby,
    f"{W}fldChar": Letters.field_character,
    f"{W}commentRangeStart": Letters.comment,
    f"{W}commentRangeEnd": Letters.comment,
    f"{W}commentReference": Letters.comment,
    f"{W}footnoteReference": Letters.note,
    f"{W}endnoteReference": Letters.note,
    f"{MC}AlternateContent": Letters.either,
    f"{W}altChunk": Letters.chunk,
    f"{W}subDoc": Letters.chunk,
    **dict.fromkeys(_PICTURES, Letters.picture),
}


def author_of(element: Element) -> str:
    """Who made a change or a comment, as the file says."""
    return " ".join(element.get(f"{W}author", "").split())[:LONGEST_AUTHOR]


def instant_of(element: Element) -> str:
    """When, as the file says; nothing where it only says zeros."""
    at = str(element.get(f"{W}date", ""))
    return at if INSTANT.fullmatch(at) else ""


def is_on(element: Element | None) -> bool:
    """Whether a switch of the file is on: there, and not said to be off."""
    return element is not None and element.get(f"{W}val", "true") not in ("0", "false", "off")


def outermost(element: Element, tag: str) -> Iterator[Element]:
    """The elements of a tag that are in no other of that tag; of alternatives only the first is entered."""
    for child in element[:1] if element.tag == f"{MC}AlternateContent" else element:
        if child.tag == tag:
            yield child
        else:
            yield from outermost(child, tag)


def _words(element: Element) -> str:
    text = (element.text or "").replace("\r", " ").replace("\n", " ").replace("\t", " ")
    kept = element.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
    return text if kept else text.strip(" ")
