"""What a version of a draft consists of, as plain facts: the agreement's text by article, the list of initiatives."""

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
class AgreementText:
    """The text of an agreement: title, preamble, articles in their order, closing words, parties."""

    title: str
    preamble: str = ""
    articles: tuple[Article, ...] = ()
    closing: str = ""
    parties: tuple[SigningParty, ...] = ()

    def as_told(self) -> dict[str, Any]:
        """As it is stored."""
        return {
            "title": self.title,
            "preamble": self.preamble,
            "articles": [asdict(one) for one in self.articles],
            "closing": self.closing,
            "parties": [asdict(one) for one in self.parties],
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
        )


@dataclass(frozen=True)
class InitiativeRow:
    """A row of the list: under which item (its place from 1, 0 for none, and its heading), what, whose parts, when.

    `key` is the planned initiative's public id: it stays the same from version to version.
    """

    item: int
    heading: str
    title: str
    division: str = ""
    town_part: str = ""
    partner_part: str = ""
    timing: str = ""
    key: str = ""


@dataclass(frozen=True)
class InitiativeList:
    """The list of initiatives (取組事項); `items` are the headings in their order, with initiatives or without."""

    items: tuple[str, ...] = ()
    rows: tuple[InitiativeRow, ...] = ()

    def as_told(self) -> dict[str, Any]:
        """As it is stored."""
        return {"items": list(self.items), "rows": [asdict(one) for one in self.rows]}

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "InitiativeList":
        """From what is stored."""
        return cls(items=tuple(told["items"]), rows=tuple(InitiativeRow(**one) for one in told["rows"]))


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 over a stored content in canonical JSON: the same content gives the same digest."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()
