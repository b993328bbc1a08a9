"""Where articles begin: 第１条, 第一条, 第１, １．; and their headings before, behind or on the line of the number."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from renkei.documents.recognising_lines import ARTICLE, CHAPTER, NUMBER, Said, enclosed
from renkei.rules.kanji_numbers import arabic

WITHOUT_WORD = re.compile(rf"第[\s　]*({NUMBER})()(?=[\s　（(【]|$)")
ONLY_NUMBER = re.compile(r"([0-9０-９]{1,2})()(?:[．.、][\s　]*|[\s　]+)(?=\S)")
GOES_ON = re.compile(r"[にのをはがとでへも、。，,及又並若各中本但前後かやから第）)」]|規定|以下")
"""What follows a mention of an article (第３条の規定, 第３条及び第４条) and not its number at its head."""
ENDS_A_SENTENCE = re.compile(r"[。、]|(?:する|とおり|ない|れる|である|ため|こと|もの|いう)$")
LONGEST_BARE_HEADING = 25
MOST_NUMBER = 200


@dataclass(frozen=True)
class Head:
    """Where an article begins (with its heading), the line of its number, where its other lines begin."""

    begins: int
    place: int
    text_begins: int
    heading: str
    rest: str


@dataclass(frozen=True)
class Numbered:
    """A line with an article's number; `rest` is what follows it."""

    place: int
    number: int
    branch: int
    rest: str
    is_apart: bool
    heading: str = ""


def heads_of(said: Sequence[Said]) -> list[Head]:
    """The heads of all articles and of supplementary provisions, in their order.

    Where some headings stand in brackets, words on the line of a number are no heading but text.
    """
    found = {one.place: one for one in _numbered(said)}
    heads = [_head(said, found, place) for place in sorted(found)]
    if not any(head.heading for head in heads):
        heads = [_with_bare_heading(said, found, head) for head in heads]
    supplements = [place for place, one in enumerate(said) if one.is_supplement and place not in found]
    heads += [Head(one, one, one + 1, "附則", said[one].behind_supplement) for one in supplements]
    return sorted(heads, key=lambda head: head.place)


def _head(said: Sequence[Said], found: dict[int, Numbered], place: int) -> Head:
    rest, behind = found[place].rest, place + 1
    if found[place].heading:
        return Head(place, place, behind, found[place].heading, rest)
    before = said[place - 1].heading if place and place - 1 not in found else ""
    if before:
        return Head(place - 1, place, behind, before, rest)
    if (inner := enclosed(rest)) is not None:
        return Head(place, place, behind, *inner)
    follows = said[behind].heading if behind < len(said) and behind not in found else ""
    if not rest and follows and behind + 1 not in found:
        return Head(place, place, behind + 1, follows, "")
    return Head(place, place, behind, "", rest)


def _with_bare_heading(said: Sequence[Said], found: dict[int, Numbered], head: Head) -> Head:
    """目的 on the line of the number, the text from the next line on."""
    behind, rest = head.text_begins, head.rest
    follows = said[behind] if behind < len(said) and behind not in found else None
    is_short = 0 < len(rest) <= LONGEST_BARE_HEADING and not ENDS_A_SENTENCE.search(rest)
    if follows is None or not is_short or follows.heading or follows.is_day or CHAPTER.match(follows.text):
        return head
    return replace(head, heading=rest, rest="")


def _numbered(said: Sequence[Said]) -> list[Numbered]:
    """The lines with articles' numbers, in the one way of writing that this text has."""
    for pattern, least in ((ARTICLE, 1), (WITHOUT_WORD, 2), (ONLY_NUMBER, 2)):
        found = list(_counted(said, pattern))
        if len(found) >= least:
            return found
    return []


def _counted(said: Sequence[Said], pattern: re.Pattern[str]) -> Iterator[Numbered]:
    number, branch = 0, 0
    quoted = _quoted(said)
    for place, one in enumerate(said):
        found = _read(place, one.text, pattern) if place not in quoted else None
        if found is None:
            continue
        is_next = (found.number, found.branch) in (
            (number + 1, 0),
            (number, branch + 1),
            (number, max(branch, 1) + 1),
        )
        if is_next or (pattern is ARTICLE and found.is_apart):
            number, branch = found.number, found.branch
            yield found


def _read(place: int, text: str, pattern: re.Pattern[str]) -> Numbered | None:
    """The number of a line; its heading may stand before it on the same line."""
    heading, text = enclosed(text) or ("", text)
    found = pattern.match(text)
    if found is None:
        return None
    rest = text[found.end() :]
    is_apart = not rest.strip() or rest[0] in " 　\t\n（(【"
    if not is_apart and pattern is ARTICLE and GOES_ON.match(rest):
        return None
    try:
        number, branch = arabic(found[1]), arabic(found[2]) if found[2] else 0
    except ValueError:
        return None
    told = Numbered(place, number, branch, rest.strip(), is_apart, heading)
    return told if number <= MOST_NUMBER else None


def _quoted(said: Sequence[Said]) -> set[int]:
    """Lines that begin inside a quotation (of an article that is changed), where quotations are closed at all."""
    marks = "".join(one.text for one in said)
    if marks.count("「") != marks.count("」"):
        return set()
    found, depth = set(), 0
    for place, one in enumerate(said):
        if depth > 0:
            found.add(place)
        depth += one.text.count("「") - one.text.count("」")
    return found
