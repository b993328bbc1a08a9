"""The fields of a series' papers: what each partner's agreement and cover letter are filled with."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from renkei.agreements.models import Agreement, Party, Series, SeriesPapers
from renkei.agreements.series_papers import AGREEMENT, PapersFacts, partner_of, signing
from renkei.documents.clauses.agreements import agreement_template, filled_text
from renkei.documents.clauses.fields import FIELDS, AgreementFacts, agreement_fields
from renkei.documents.contents import AgreementText, SigningParty
from renkei.documents.filling import UnknownFields, fields_in, fields_in_word
from renkei.documents.papers.fields import empty_in
from renkei.documents.papers.kinds import FIELDS as PAPER_FIELDS
from renkei.documents.sheets import ITEM_LINE
from renkei.documents.vocabulary import PaperKind
from renkei.municipalities.models import Municipality
from renkei.rules.japanese_calendar import japanese_date

NUMBER, ADDRESS = "{番号}", "相手方の所在地"
OUR_FIELDS = (
    "文書番号",
    "発信日",
    "相手方の代表者",
    "自治体名",
    "発信者",
    "件名",
    "協定名",
    "締結日",
    "担当課",
    "担当者",
)


@dataclass(frozen=True)
class Order:
    """An order with everything that is the same for each of its partners, read once."""

    papers: SeriesPapers

    @cached_property
    def facts(self) -> PapersFacts:
        """What was asked for."""
        return PapersFacts.read(self.papers.facts)

    @property
    def town(self) -> Municipality:
        """The town whose papers they are."""
        return self.papers.municipality

    @property
    def series(self) -> Series:
        """The series."""
        return self.papers.series

    @cached_property
    def word(self) -> bytes | None:
        """The Word file that was given as a template of the agreement."""
        if self.papers.template is None:
            return None
        with self.papers.template.content.open("rb") as kept:
            content: bytes = kept.read()
        return content

    @cached_property
    def text(self) -> AgreementText:
        """The usual text that was chosen, with its fields still in it."""
        return agreement_template(self.facts.subject, self.town)

    @property
    def title(self) -> str:
        """The agreement's title."""
        return str(self.series.facts.get("title") or self.series.name)

    @property
    def day(self) -> str:
        """The day of signing in words; "" where it is written by hand."""
        return _in_words(self.facts.day)

    def parties(self, agreement: Agreement) -> tuple[SigningParty, ...]:
        """Who signs, in the order of the agreement."""
        return tuple(self._party(one) for one in signing(agreement))

    def _party(self, party: Party) -> SigningParty:
        if party.organisation is None:
            return SigningParty(
                party.letter or "甲", self.town.name, self.facts.signatory, True, self.facts.address
            )
        name = f"{party.name_as_signed} {party.unit}".strip()
        return SigningParty(party.letter or "乙", name, party.signatory, address=party.organisation.address)

    def fields(self, agreement: Agreement) -> dict[str, str]:
        """The fields of an agreement's text for one partner."""
        told = self.series.facts
        own = agreement_fields(
            AgreementFacts(
                self.parties(agreement),
                items=tuple(_without_number(one) for one in told.get("items", ())),
                purpose=str(told.get("purpose", "")),
            )
        )
        clause = {"期間の文": str(told["clause"])} if told.get("clause") else {}
        return {**own, **clause, **self.common(agreement), **self.facts.more}

    def common(self, agreement: Agreement) -> dict[str, str]:
        """The fields of a letter for one partner, as far as they are texts."""
        partner, facts = partner_of(agreement), self.facts
        assert partner.organisation
        division = self.series.division
        return {
            "文書番号": facts.number.replace(NUMBER, str(facts.first_number + self.place_of(agreement))),
            "発信日": _in_words(facts.sent_on),
            "相手方の名称": f"{partner.name_as_signed} {partner.unit}".strip(),
            "相手方の代表者": partner.signatory,
            "相手方の所在地": partner.organisation.address,
            "自治体名": self.town.name,
            "発信者": facts.signatory or self.town.name,
            "件名": self.title,
            "協定名": self.title,
            "締結日": self.day,
            "担当課": str(division) if division else "",
            "担当者": facts.clerk,
        }

    def place_of(self, agreement: Agreement) -> int:
        """The partner's place among those of the order, from 0."""
        return self._places.get(agreement.pk, 0)

    @cached_property
    def _places(self) -> dict[int, int]:
        rows = self.papers.partners.values_list("agreement", "position") if self.papers.pk else ()
        return {pk: position - 1 for pk, position in rows}

    def cover_gaps(self, agreement: Agreement) -> list[str]:
        """The names of the fields of the cover letter that are left empty, to be written by hand."""
        told = self.cover_fields(agreement)
        gaps = empty_in(PAPER_FIELDS[PaperKind.COVER], told)
        # A letter without an address can be printed, and not be posted.
        return gaps if ADDRESS in gaps or told[ADDRESS] else [ADDRESS, *gaps]

    def cover_fields(self, agreement: Agreement) -> dict[str, Any]:
        """The fields of the cover letter for one partner."""
        enclosed = [{"番号": "1", "名前": self.title, "部数": _("%(count)s部") % {"count": 2}}]
        request = self.facts.request or _(
            "内容を御確認の上、記名押印し、1部を御返送くださるようお願いいたします。"
        )
        return {**self.common(agreement), **self.facts.more, "送付するもの": enclosed, "用件": request}

    def filled_text(self, agreement: Agreement) -> AgreementText:
        """The agreement's text for one partner, under the title that the register has."""
        text = filled_text(self.text, self.fields(agreement), self.parties(agreement))
        return replace(text, title=_as_signed(agreement.title))


def _as_signed(title: str) -> str:
    """A title as it stands over a text: the register leaves 書 out."""
    return f"{title}書" if title.endswith("協定") else title


def _in_words(day: str) -> str:
    return japanese_date(date.fromisoformat(day)) if day else ""


def _without_number(item: str) -> str:
    numbered = ITEM_LINE.match(item)
    return numbered[2] if numbered else item


def fields_asked_by(order: Order) -> list[str]:
    """The fields that the texts of an order ask for."""
    asked = []
    if AGREEMENT in order.facts.makes:
        asked += fields_in_word(order.word) if order.word else fields_in_text(order.text)
    return list(dict.fromkeys(asked))


def fields_in_text(text: AgreementText) -> list[str]:
    """The fields in an agreement's text, but for its parties, who sign at its end."""
    articles = [words for one in text.articles for words in (one.heading, one.text)]
    tables = [cell for table in text.tables for row in (*table.rows, (table.title,)) for cell in row]
    return fields_in("\n".join([text.title, text.preamble, text.closing, *articles, *tables]))


def known_fields(more: Iterable[str] = ()) -> list[str]:
    """The fields that an agreement of a series can have."""
    return list(dict.fromkeys([*FIELDS, *OUR_FIELDS, *more]))


def unknown_fields(order: Order) -> UnknownFields | None:
    """The fields that nobody fills; None where all are known."""
    known = known_fields(order.facts.more)
    unknown = [name for name in fields_asked_by(order) if name not in known]
    return UnknownFields(unknown, known) if unknown else None


def what_series_lacks(order: Order) -> list[str]:
    """What the text asks for and only the series can say: the clause on its term, and its items."""
    facts, asked = order.series.facts, fields_asked_by(order)
    wanted = {
        "期間の文": (facts.get("clause"), _("期間の条文")),
        "連携事項": (facts.get("items"), _("連携事項")),
    }
    told = order.facts.more
    return [words for name, (own, words) in wanted.items() if name in asked and not own and name not in told]
