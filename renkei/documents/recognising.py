"""From the lines of a Word or PDF file to an agreement's text: title, preamble, articles, parties, tables.

Every line goes somewhere: what has no place of its own stays with the clause before it. Only numbers of articles,
brackets around headings, labels (住所), seals and the day of signing are no part of the text itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from renkei.documents.contents import AgreementText, Article, AttachedTable
from renkei.documents.recognising_articles import Head, heads_of
from renkei.documents.recognising_day import signing_day
from renkei.documents.recognising_lines import ReadLine, Said, put_together
from renkei.documents.recognising_parties import Side, parties_of, sides_of
from renkei.documents.recognising_zones import Zones, title_length, zones_of
from renkei.rules.partial_days import PartialDay

__all__ = ["ReadLine", "Recognised", "recognised"]


@dataclass(frozen=True)
class Recognised:
    """The text, which clause each line went to, and where each clause was read (the first line of it).

    Clauses are named `:title`, `:preamble`, `:closing`, `:parties` and by the keys of articles and tables; the day
    of signing is `:signed`, a page's number `:page`.
    """

    text: AgreementText
    clause_of: Mapping[int, str]
    places: Mapping[str, int]
    signed: PartialDay | None = None


def recognised(lines: Sequence[ReadLine], *, town: str = "", sent: AgreementText | None = None) -> Recognised:
    """The agreement that the lines say; `town` is the name of the town itself, where it is known.

    Of a text that was sent before, `sent` helps to know again what no rule could: closing words and names.
    """
    said, numbers = put_together(lines)
    kept = Kept(dict.fromkeys(numbers, ":page"))
    heads = heads_of(said)
    zones = zones_of(said, heads, sent.closing if sent else "")
    title = _title(said[: zones.preamble_ends], kept)
    preamble = kept.text(":preamble", said[title_length(said[: zones.preamble_ends]) : zones.preamble_ends])
    articles = _articles(said, [head for head in heads if head.place < zones.closing], zones.closing, kept)
    sides = [*(Side(one.letter, one.name) for one in (sent.parties if sent else ())), *sides_of(preamble)]
    town = town or next((one.name for one in (sent.parties if sent else ()) if one.is_town), "")
    before, blocks = parties_of(said[zones.signing : zones.attached], sides, town)
    kept.take(":parties", said[zones.signing + before : zones.attached])
    closing = kept.text(":closing", _closing(said, zones, before))
    rules, tables = _attached(said[zones.attached :], len(articles), kept)
    signed = said[zones.day] if zones.day is not None else None
    kept.take(":signed", [signed] if signed else [])
    text = AgreementText(title, preamble, (*articles, *rules), closing, blocks, tables)
    clause_of = _with_blanks(kept.clause_of, len(lines))
    return Recognised(text, clause_of, kept.places, signing_day(signed.text) if signed else None)


@dataclass
class Kept:
    """Which clause each line went to."""

    clause_of: dict[int, str] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)

    def take(self, key: str, said: Sequence[Said]) -> None:
        """These lines went to the clause."""
        for one in said:
            self.places.setdefault(key, one.places[0])
            self.clause_of.update(dict.fromkeys(one.places, key))

    def text(self, key: str, said: Sequence[Said]) -> str:
        """These lines went to the clause; its text."""
        self.take(key, said)
        return "\n".join(one.text for one in said if one.text)


def _title(said: Sequence[Said], kept: Kept) -> str:
    own = said[: title_length(said)]
    kept.take(":title", own)
    title = ""
    for one in own:
        blank = "　" if title and (len(title) < 6 or (title[-1].isascii() and one.text[0].isascii())) else ""
        title += blank + one.text
    return title


def _closing(said: Sequence[Said], zones: Zones, before: int) -> list[Said]:
    """The closing words, and what stands before the first party without being one."""
    behind = said[zones.closing : zones.signing + before]
    return [one for place, one in enumerate(behind, start=zones.closing) if place != zones.day]


def _articles(said: Sequence[Said], heads: Sequence[Head], end: int, kept: Kept) -> tuple[Article, ...]:
    ends = [*(head.begins for head in heads[1:]), end][: len(heads)]
    return tuple(
        _article(said, head, until, f"a{place}", kept)
        for place, (head, until) in enumerate(zip(heads, ends, strict=True), start=1)
    )


def _article(said: Sequence[Said], head: Head, until: int, key: str, kept: Kept) -> Article:
    kept.take(key, said[head.begins : until])
    more = [one.text for one in said[head.text_begins : until]]
    return Article(key, head.heading, "\n".join(line for line in (head.rest, *more) if line))


def _attached(
    said: Sequence[Said], articles: int, kept: Kept
) -> tuple[tuple[Article, ...], tuple[AttachedTable, ...]]:
    """What stands behind the signatures: supplementary provisions as articles, everything else as tables."""
    rules: list[Article] = []
    tables: list[AttachedTable] = []
    for group in _groups(said):
        first, *more = group
        if first.is_supplement:
            key = f"a{articles + len(rules) + 1}"
            lines = [line for line in (first.behind_supplement, *(one.text for one in more)) if line]
            rules.append(Article(key, "附則", "\n".join(lines)))
        else:
            key = f"t{len(tables) + 1}"
            title, rows = (first.text, more) if first.is_attached else ("", group)
            tables.append(AttachedTable(key, title, tuple(one.cells for one in rows)))
        kept.take(key, group)
    return tuple(rules), tuple(tables)


def _groups(said: Sequence[Said]) -> list[list[Said]]:
    groups: list[list[Said]] = []
    for one in said:
        if not groups or one.is_attached or one.is_supplement:
            groups.append([])
        groups[-1].append(one)
    return groups


def _with_blanks(clause_of: Mapping[int, str], count: int) -> dict[int, str]:
    """Lines that hold nothing belong to the clause before them."""
    found: dict[int, str] = {}
    key = ":title"
    for place in range(count):
        key = clause_of.get(place, key) if clause_of.get(place) != ":page" else key
        found[place] = clause_of.get(place, key)
    return found
