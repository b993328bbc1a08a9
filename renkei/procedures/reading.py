"""A draft as a town prints it: numbered articles with their lines, the list by item, plain text."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from renkei.procedures.contents import AgreementText, Article, InitiativeList, InitiativeRow, SigningParty
from renkei.rules.written_numbers import article_number

ITEM_LINE = re.compile(r"^\s*[((]\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*[))]\s*(.+)$")
PARAGRAPH_LINE = re.compile(r"^\s*\d{1,2}\s")
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


@dataclass(frozen=True)
class ItemOfList:
    """An item of the list with its number and its initiatives."""

    number: str
    heading: str
    rows: tuple[InitiativeRow, ...]


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
    )


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines that hold anything, each with its kind."""
    return tuple(Line(line.strip(), _kind(line)) for line in text.splitlines() if line.strip())


def _kind(line: str) -> str:
    plain = unicodedata.normalize("NFKC", line)
    if ITEM_LINE.match(plain):
        return "item"
    return "sub_item" if SUB_ITEM_LINE.match(plain) else "paragraph"


def list_by_item(initiatives: InitiativeList) -> list[ItemOfList]:
    """The list by item, items without an initiative too."""
    return [
        ItemOfList(f"({place})", heading, tuple(row for row in initiatives.rows if row.item == place))
        for place, heading in enumerate(initiatives.items, start=1)
    ]


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
    return "\n".join(parts).strip() + "\n"


def plain_list(initiatives: InitiativeList) -> str:
    """The list as plain lines."""
    lines = []
    for item in list_by_item(initiatives):
        lines.append(f"{item.number} {item.heading}")
        for row in item.rows:
            lines.append(f"  ■ {row.title}")
            lines += [f"    {label}: {value}" for label, value in parts_of(row)]
        lines.append("")
    return "\n".join(lines).strip() + "\n"


def parts_of(row: InitiativeRow) -> list[tuple[str, str]]:
    """What a row says beside its title, in words; empty ones are left out."""
    parts = (
        ("担当課", row.division),
        ("市の役割", row.town_part),
        ("相手方の役割", row.partner_part),
        ("時期", row.timing),
    )
    return [(label, value) for label, value in parts if value]


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
