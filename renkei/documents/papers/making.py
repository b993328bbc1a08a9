"""A paper: a template filled with what is told, room to write by hand for what is not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext, override

from renkei.documents.filling import fill_word
from renkei.documents.paper import Paper
from renkei.documents.papers.fields import empty_in, sample_of, with_blanks
from renkei.documents.papers.kinds import FIELDS
from renkei.documents.papers.templates_in_use import word_template
from renkei.documents.printing import word_pdf
from renkei.documents.signatures.sealing import sealed_if_wanted
from renkei.documents.vocabulary import PaperKind
from renkei.municipalities.models import Municipality, MunicipalityKind
from renkei.rules.japanese_calendar import japanese_date


def paper_word(municipality: Municipality, kind: PaperKind, told: Mapping[str, Any]) -> bytes:
    """The paper as a Word file, from the town's own template or ours."""
    return fill_word(word_template(municipality, kind), with_blanks(FIELDS[kind], told))


def sample_word(template: bytes, kind: PaperKind) -> bytes:
    """A template filled with the examples of its fields."""
    return fill_word(template, with_blanks(FIELDS[kind], sample_of(FIELDS[kind])))


@dataclass(frozen=True)
class PaperFacts:
    """A paper that can be made now: what is told in it, and what it is about where there are several of its kind.

    `of` tells papers of one kind apart in an address; `about` in words: a division, a meeting, a partner.
    """

    kind: PaperKind
    told: Mapping[str, Any]
    of: str = ""
    about: str = ""

    @property
    def empty(self) -> list[str]:
        """The fields of which nothing is known: there the paper has room to write."""
        return empty_in(FIELDS[self.kind], self.told)

    @property
    def title(self) -> str:
        """要請書 見本商店."""
        return f"{PaperKind(self.kind).label} {self.about}".strip()

    def word(self, municipality: Municipality) -> bytes:
        """As a Word file, from the town's own template or ours."""
        return paper_word(municipality, self.kind, self.told)

    @override("ja")
    def pdf(self, municipality: Municipality) -> Paper:
        """As a PDF, from the same Word file, under the town's seal."""
        made = word_pdf(self.word(municipality), title=self.title, town=str(municipality))
        return sealed_if_wanted(made, municipality)


def sender_of(municipality: Municipality, signatory: str = "") -> str:
    """Who sends a town's letters: as its agreements name who signs, else its office without a name."""
    name = str(municipality)
    if signatory.startswith(f"{name[-1]}長"):  # 市長 見本 太郎, of 見本市
        return name[:-1] + signatory
    if signatory:
        return signatory if name in signatory else f"{name}　{signatory}"
    office = gettext("知事") if municipality.kind == MunicipalityKind.PREFECTURE else gettext("長")
    return f"{name}{office}"


def numbered(rows: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """Rows of a list with their numbers from 1."""
    return [{"番号": str(place), **row} for place, row in enumerate(rows, start=1)]


def told_day(day: date | None) -> str:
    """令和6年10月15日; "" for no day."""
    return japanese_date(day) if day else ""
