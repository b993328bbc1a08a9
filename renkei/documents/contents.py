"""What an agreement's text consists of, as plain facts: title, preamble, articles, closing words, parties, tables."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from renkei.audit.models import canonical


@dataclass(frozen=True)
class SigningParty:
    """A party as the text names it: 甲, its name and address, and who signs; `is_town` for the town itself."""

    letter: str
    name: str
    signatory: str = ""
    is_town: bool = False
    address: str = ""


@dataclass(frozen=True)
class Article:
    """An article; `key` stays the same from version to version, its number is its place."""

    key: str
    heading: str
    text: str


@dataclass(frozen=True)
class AttachedTable:
    """A table behind the signatures (別表); the first row is its head, `key` stays from version to version."""

    key: str
    title: str
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class AgreementText:
    """The text of an agreement: title, preamble, articles in their order, closing words, parties, attached tables."""

    title: str
    preamble: str = ""
    articles: tuple[Article, ...] = ()
    closing: str = ""
    parties: tuple[SigningParty, ...] = ()
    tables: tuple[AttachedTable, ...] = ()

    def as_told(self) -> dict[str, Any]:
        """As it is stored; a text without tables has the digest that it had before there were any."""
        tables = {"tables": [_table_as_told(one) for one in self.tables]} if self.tables else {}
        return {
            "title": self.title,
            "preamble": self.preamble,
            "articles": [asdict(one) for one in self.articles],
            "closing": self.closing,
            "parties": [asdict(one) for one in self.parties],
            **tables,
        }

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "AgreementText":
        """From what is stored."""
        return cls(
            title=told["title"],
            preamble=told["preamble"],
            articles=tuple(Article(**one) for one in told["articles"]),
            closing=told["closing"],
            parties=tuple(SigningParty(**one) for one in told["parties"]),
            tables=tuple(_table(one) for one in told.get("tables", ())),
        )


def _table_as_told(table: AttachedTable) -> dict[str, Any]:
    return {"key": table.key, "title": table.title, "rows": [list(row) for row in table.rows]}


def _table(told: Mapping[str, Any]) -> AttachedTable:
    return AttachedTable(told["key"], told["title"], tuple(tuple(row) for row in told["rows"]))


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 over a stored content in canonical JSON: the same content gives the same digest."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()
