"""Where title, closing words, day of signing, signatures and attached tables stand in a text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from renkei.documents.recognising_articles import Head
from renkei.documents.recognising_lines import LETTER, LONGEST_TITLE_LINE, MOST_TITLE_LINES, Said
from renkei.documents.recognising_parties import is_address

CLOSING = re.compile(r"証するため|証として|証とし、|成立を証|締結を証")
MADE, KEPT = re.compile(r"通を?作成|電磁的記録"), re.compile(r"保有|保管|所持|署名")
SENTENCE = re.compile(r"[。]|(?:\(|（)以下[、「]")
LONGEST_SIGNING_LINE = 80


@dataclass(frozen=True)
class Zones:
    """Where the zones begin, by place among the lines; the day of signing only where there is one."""

    preamble_ends: int
    closing: int
    signing: int
    attached: int
    day: int | None


def zones_of(said: Sequence[Said], heads: Sequence[Head], known_closing: str = "") -> Zones:
    """The zones of a text whose articles begin at the heads; closing words that are known are found again."""
    first = heads[0] if heads else None
    start = first.place if first else 0
    day = next((place for place, one in enumerate(said) if place > start and one.is_day), None)
    attached = _attached(said, heads, day)
    closing = _closing(said, heads, day, attached, _plain(known_closing.partition("\n")[0]))
    signing = _signing(said, heads, day, closing, attached)
    closing = min(signing if closing is None else closing, day if day is not None else signing, signing)
    preamble_ends = min(first.begins if first else closing, closing)
    return Zones(preamble_ends, closing, signing, attached, day)


def _attached(said: Sequence[Said], heads: Sequence[Head], day: int | None) -> int:
    """Behind the day; without a day behind the head of the first article and the closing words."""
    sure = [place for place, one in enumerate(said) if closes(one)]
    after = day if day is not None else max([heads[0].place if heads else 0, *sure[:1]])
    found = (
        place
        for place, one in enumerate(said)
        if place > after and (one.is_attached or (one.is_supplement and day is not None))
    )
    return next(found, len(said))


def closes(one: Said) -> bool:
    """Whether it says that the agreement is proved by so many copies, which each party keeps."""
    return bool(CLOSING.search(one.plain) or (MADE.search(one.plain) and KEPT.search(one.plain)))


def _plain(text: str) -> str:
    return Said(text, ()).plain


def _closing(
    said: Sequence[Said], heads: Sequence[Head], day: int | None, attached: int, known: str
) -> int | None:
    until = day if day is not None else attached
    numbers = {head.place for head in heads}
    last = max((head.place for head in heads if head.place < until), default=0)
    found = [
        place
        for place in range(last + 1, until)
        if place not in numbers and (closes(said[place]) or (known and said[place].plain == known))
    ]
    return found[-1] if found else None


def _signing(
    said: Sequence[Said], heads: Sequence[Head], day: int | None, closing: int | None, attached: int
) -> int:
    if day is not None:
        return day + 1
    if closing is not None:
        behind = range(closing + 1, attached)
        return next(
            (one for one in behind if LETTER.match(said[one].text) or is_address(said[one].text)), attached
        )
    return _letters_at_the_end(said, heads, attached)


def _letters_at_the_end(said: Sequence[Said], heads: Sequence[Head], attached: int) -> int:
    """Without day and closing words: from the first party's letter on, if nothing but short lines follow."""
    last = max((head.place for head in heads if head.place < attached), default=0)
    start = attached
    for place in range(attached - 1, last, -1):
        text = said[place].text
        if len(text) > LONGEST_SIGNING_LINE or "。" in text:
            break
        start = place if LETTER.match(text) else start
    return start


def title_length(said: Sequence[Said]) -> int:
    """How many lines the title has: up to the one that ends with 協定書 or the like; else the first."""
    for place, one in enumerate(said[:MOST_TITLE_LINES]):
        if SENTENCE.search(one.text) or len(one.text) > LONGEST_TITLE_LINE:
            break
        if one.ends_a_title:
            follows = said[place + 1] if place + 1 < len(said) else None
            return place + 1 + bool(follows and follows.heading)
    has_title = bool(said) and "。" not in said[0].text
    return int(has_title)
