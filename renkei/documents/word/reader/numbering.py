"""What automatic numbering prints before each paragraph: 第１条, (1), ア; counted as Word counts."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from renkei.documents.word.reader.glyphs import shaped
from renkei.documents.word.reader.number_words import number_words
from renkei.documents.word.reader.package import Element, Package, W

LEVELS = 9
DEEPEST_STYLE = 20
"""So many styles that build on each other are followed; a circle of them ends here."""
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True)
class Level:
    """A level of a list: where it starts, how it counts, what it prints, after which level it starts anew."""

    start: int = 1
    kind: str = "decimal"
    text: str = ""
    restarts_after: int | None = None
    is_legal: bool = False


@dataclass(frozen=True)
class Numbered:
    """A list as paragraphs name it: which definition counts for it, its levels, and where it starts anew."""

    definition: str
    levels: tuple[Level, ...]
    starts: Mapping[int, int]


def _value(element: Element | None, default: str = "") -> str:
    return default if element is None else element.get(f"{W}val", default)


def _number(text: str, default: int) -> int:
    return int(text) if re.fullmatch(r"-?[0-9]{1,6}", text) else default


def _is_on(element: Element | None) -> bool:
    return element is not None and _value(element, "true") not in ("0", "false", "off")


class Lists:
    """The lists and the styles of a file: which list and level a paragraph belongs to."""

    def __init__(self, package: Package) -> None:
        self._styles = _by_id(package.pointed_to("styles"), "style", "styleId")
        root = package.pointed_to("numbering")
        self._definitions = _by_id(root, "abstractNum", "abstractNumId")
        self._nums = _by_id(root, "num", "numId")
        self._normal = next((key for key, one in self._styles.items() if _is_default_paragraph(one)), "")
        self._read: dict[str, Numbered | None] = {}

    def of(self, paragraph: Element) -> tuple[str, int] | None:
        """The list and level of a paragraph, by itself or by its style; None where it has no number."""
        properties = paragraph.find(f"{W}pPr")
        own = None if properties is None else properties.find(f"{W}numPr")
        style = self._normal if properties is None else _value(properties.find(f"{W}pStyle"), self._normal)
        number, level = self._of_style(style)
        if own is not None:
            number = _value(own.find(f"{W}numId"), number)
            level = _number(_value(own.find(f"{W}ilvl")), level if number else 0)
        return (number, min(max(level, 0), LEVELS - 1)) if number not in ("", "0") else None

    def _of_style(self, style: str) -> tuple[str, int]:
        level: int | None = None
        named = style
        for _step in range(DEEPEST_STYLE):
            if style not in self._styles:
                break
            found = self._styles[style].find(f"{W}pPr/{W}numPr")
            if found is not None:
                level = _number(_value(found.find(f"{W}ilvl")), 0) if level is None else level
                if found.find(f"{W}numId") is not None:
                    number = _value(found.find(f"{W}numId"))
                    return number, self._level_linked(number, named, level)
            style = _value(self._styles[style].find(f"{W}basedOn"))
        return "", level or 0

    def _level_linked(self, number: str, style: str, otherwise: int) -> int:
        """A list may say itself which of its levels belongs to a style."""
        definition = self._definition(number)
        for level in () if definition is None else definition.findall(f"{W}lvl"):
            if _value(level.find(f"{W}pStyle")) == style:
                return _number(level.get(f"{W}ilvl", ""), otherwise)
        return otherwise

    def _definition(self, number: str, steps: int = 0) -> Element | None:
        num = self._nums.get(number)
        found = None if num is None else self._definitions.get(_value(num.find(f"{W}abstractNumId")))
        link = "" if found is None else _value(found.find(f"{W}numStyleLink"))
        if link in self._styles and steps < DEEPEST_STYLE:
            other = _value(self._styles[link].find(f"{W}pPr/{W}numPr/{W}numId"))
            return self._definition(other, steps + 1)
        return found

    def numbered(self, number: str) -> Numbered | None:
        """A list by its id; None where the file does not define it."""
        if number not in self._read:
            self._read[number] = self._numbered(number)
        return self._read[number]

    def _numbered(self, number: str) -> Numbered | None:
        definition = self._definition(number)
        if definition is None:
            return None
        levels = [Level() for _level in range(LEVELS)]
        starts: dict[int, int] = {}
        for one in definition.findall(f"{W}lvl"):
            levels[_place(one)] = _level(one)
        for override in self._nums[number].findall(f"{W}lvlOverride"):
            if (own := override.find(f"{W}lvl")) is not None:
                levels[_place(override)] = _level(own)
            if (start := override.find(f"{W}startOverride")) is not None:
                starts[_place(override)] = _number(_value(start), 1)
        return Numbered(definition.get(f"{W}abstractNumId", number), tuple(levels), starts)


def _by_id(root: Element | None, tag: str, attribute: str) -> dict[str, Element]:
    found = () if root is None else root.findall(f"{W}{tag}")
    return {one.get(f"{W}{attribute}", ""): one for one in found}


def _is_default_paragraph(style: Element) -> bool:
    return style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on")


def _place(element: Element) -> int:
    return min(max(_number(element.get(f"{W}ilvl", ""), 0), 0), LEVELS - 1)


def _level(element: Element) -> Level:
    kinds = [_value(one) for one in element.iter(f"{W}numFmt")]
    restart = _value(element.find(f"{W}lvlRestart"))
    return Level(
        start=_number(_value(element.find(f"{W}start")), 0),
        kind=kinds[-1] if kinds else "decimal",
        text=shaped(_value(element.find(f"{W}lvlText"))),
        restarts_after=_number(restart, 0) if restart else None,
        is_legal=_is_on(element.find(f"{W}isLgl")),
    )


@dataclass
class Counter:
    """How far every list has counted; lists of the same definition count together."""

    lists: Lists
    _reached: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def number(self, paragraph: Element) -> str:
        """What is printed before the paragraph; counts on."""
        place = self.lists.of(paragraph)
        numbered = self.lists.numbered(place[0]) if place else None
        if place is None or numbered is None:
            return ""
        number, level = place
        reached = self._reached.setdefault(numbered.definition, {})
        if level in numbered.starts and (number, level) not in self._begun:
            reached.pop(level, None)
        self._begun.add((number, level))
        start = numbered.starts.get(level, numbered.levels[level].start)
        reached[level] = reached[level] + 1 if level in reached else start
        for deeper in _started_anew(numbered, level):
            reached.pop(deeper, None)
        return _printed(numbered, level, reached)


def _started_anew(numbered: Numbered, level: int) -> Iterator[int]:
    """The deeper levels that begin again: all, but for those that name a level above which nothing counts."""
    for deeper in range(level + 1, LEVELS):
        after = numbered.levels[deeper].restarts_after
        if after is None or level < after:
            yield deeper


def _printed(numbered: Numbered, level: int, reached: Mapping[int, int]) -> str:
    own = numbered.levels[level]

    def counted(place: "re.Match[str]") -> str:
        which = int(place[1]) - 1
        told = numbered.levels[which]
        number = reached.get(which, numbered.starts.get(which, told.start))
        return number_words(number, "decimal" if own.is_legal and which < level else told.kind)

    return _PLACE.sub(counted, own.text)
