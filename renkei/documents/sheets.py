"""An agreement's text as a town prints it: numbered articles with their lines, and as plain text."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from renkei.documents.contents import AgreementText, Article, AttachedTable, SigningParty
from renkei.rules.written_numbers import article_number

ITEM_LINE = re.compile(r"^\s*[((]\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*[))]\s*(.+)$")
SUB_ITEM_LINE = re.compile(r"^\s*(?:[ア-ン]|[((][ア-ン][))])\s")
ITEMS_HEADING = re.compile(r"(?:連携|協力|取組|実施)(?:する|の)?(?:事項|項目)|連携内容|協力内容")


@dataclass(frozen=True)
class Line:
    """A line of an article as it is printed: of a paragraph, of a numbered item, of an item's item."""

    text: str
    kind: str  # paragraph, item, sub_item


@dataclass(frozen=True)
class PrintedArticle:
    """An article with its number, which is its place."""

    key: str
    number: str
    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Sheet:
    """An agreement's text as it is printed."""

    title: str
    preamble: tuple[Line, ...]
    articles: tuple[PrintedArticle, ...]
    closing: tuple[Line, ...]
    parties: tuple[SigningParty, ...]
    tables: tuple[AttachedTable, ...] = ()


def sheet_of(text: AgreementText) -> Sheet:
    """The text as a town prints it."""
    return Sheet(
        text.title,
        lines_of(text.preamble),
        tuple(
            PrintedArticle(one.key, article_number(place), one.heading, lines_of(one.text))
            for place, one in enumerate(text.articles, start=1)
        ),
        lines_of(text.closing),
        text.parties,
        text.tables,
    )


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines that hold anything, each with its kind."""
    return tuple(Line(line.strip(), kind_of_line(line)) for line in text.splitlines() if line.strip())


def kind_of_line(line: str) -> str:
    """Whether the line is of a paragraph, of an item or of an item's item."""
    plain = unicodedata.normalize("NFKC", line)
    if ITEM_LINE.match(plain):
        return "item"
    return "sub_item" if SUB_ITEM_LINE.match(plain) else "paragraph"


def signing_lines(party: SigningParty) -> list[str]:
    """A party's block as it is printed: its letter before the first line, the signatory in the last."""
    first, *more = [line for line in (party.address, party.name, party.signatory) if line] or [""]
    return [f"{party.letter}　{first}" if party.letter else first, *more]


def plain_text(text: AgreementText) -> str:
    """The text as plain lines: to be copied, sent by mail, or read by the register."""
    parts = [text.title, "", text.preamble, ""]
    for place, one in enumerate(text.articles, start=1):
        parts += [f"（{one.heading}）"] if one.heading else []
        parts += [f"{article_number(place)}　{one.text.strip()}", ""]
    parts += [text.closing, "", "　　　　年　　月　　日", ""]
    for party in text.parties:
        parts += [f"{party.letter}　{party.address}" if party.address else party.letter]
        parts += [f"　　{line}" for line in (party.name, party.signatory) if line]
    for table in text.tables:
        parts += ["", table.title, *("\t".join(row) for row in table.rows)]
    return "\n".join(parts).strip() + "\n"


def items_article(text: AgreementText) -> Article | None:
    """The article that numbers the items of cooperation."""
    by_key = (one for one in text.articles if one.key == "items")
    by_heading = (one for one in text.articles if ITEMS_HEADING.search(one.heading))
    return next(by_key, None) or next(by_heading, None)


def items_in(text: AgreementText) -> list[str]:
    """The items that the text names, in their order."""
    article = items_article(text)
    lines = unicodedata.normalize("NFKC", article.text).splitlines() if article else []
    return [found[2].strip() for line in lines if (found := ITEM_LINE.match(line))]


def same_items(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether both name the same items in the same order, whatever the widths."""
    return [folded(item) for item in one] == [folded(item) for item in other]


def folded(item: str) -> str:
    """An item without what only looks different."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", item)).removesuffix("。")
