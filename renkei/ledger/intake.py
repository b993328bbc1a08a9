"""From what a row says to the plain facts of an agreement."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from renkei.agreements.facts import AgreementFacts, PartyFacts, RenewalFacts, TermFacts
from renkei.agreements.vocabulary import DocumentKind, Form, RenewalKind
from renkei.ledger.models import Row
from renkei.municipalities.models import Division, Municipality
from renkei.rules.clauses import read_clause
from renkei.rules.japanese_calendar import PartialDay

TITLE_WORDS: tuple[tuple[str, DocumentKind], ...] = (
    ("変更協定", DocumentKind.AMENDMENT),
    ("一部変更", DocumentKind.AMENDMENT),
    ("実施細目", DocumentKind.DETAILED_RULES),
    ("細則", DocumentKind.DETAILED_RULES),
    ("細目書", DocumentKind.DETAILED_RULES),
    ("覚書", DocumentKind.MEMORANDUM),
    ("申合せ", DocumentKind.UNDERSTANDING),
    ("申し合わせ", DocumentKind.UNDERSTANDING),
    ("申合わせ", DocumentKind.UNDERSTANDING),
    ("確認書", DocumentKind.CONFIRMATION),
    ("合意書", DocumentKind.CONSENT),
    ("協約", DocumentKind.COMPACT),
    ("基本協定", DocumentKind.BASIC_AGREEMENT),
    ("要綱", DocumentKind.GUIDELINE),
    ("要領", DocumentKind.GUIDELINE),
    ("宣言", DocumentKind.DECLARATION),
)


def document_kind(title: str) -> DocumentKind:
    """The kind of document that the title names; 協定書 where it names none."""
    return next((kind for word, kind in TITLE_WORDS if word in title), DocumentKind.AGREEMENT)


def form(title: str) -> Form:
    """The form that the title names; 個別 where it names none."""
    if "包括" in title:
        return Form.COMPREHENSIVE
    if "連携協約" in title or "定住自立圏" in title:
        return Form.STATUTORY
    return Form.INDIVIDUAL


class Divisions:
    """Divisions of the municipality by the words of its ledgers; an unseen one is opened."""

    def __init__(self, municipality: Municipality) -> None:
        self.municipality = municipality
        self.known = {str(division): division for division in Division.objects.of(municipality)}
        for division in Division.objects.of(municipality):
            self.known.setdefault(division.name, division)

    def named(self, words: str) -> Division | None:
        """The division of this name, with or without its department before it."""
        name = " ".join(words.split())
        if not name:
            return None
        if name not in self.known:
            department, _blank, own_name = name.rpartition(" ")
            self.known[name] = Division.objects.create(
                municipality=self.municipality, department=department[:80], name=own_name[:80]
            )
        return self.known[name]


def with_division(facts: AgreementFacts, words: str, divisions: Divisions) -> AgreementFacts:
    """The facts with the division that the ledger names."""
    division = divisions.named(words)
    return replace(facts, division_id=division.pk) if division else facts


def facts_of(row: Row, *, listed_on: date, publishes: bool) -> AgreementFacts:
    """The facts of an agreement row; cells that were not understood stay as remarks."""
    told: Mapping[str, Any] = row.facts
    signed = PartialDay.from_iso(row.signed_as) if row.signed_as else None
    term, renewal = term_and_renewal(told.get("term_text", ""), signed.exact if signed else None)
    slugs = tuple(told.get("slugs", ()))
    return AgreementFacts(
        title=row.title,
        parties=tuple(_parties(told.get("partners", ()))),
        listed_on=listed_on,
        signed=signed,
        form=form(row.title),
        document_kind=document_kind(row.title),
        purpose=told.get("purpose", ""),
        notes=told.get("notes", ""),
        remarks=tuple(told.get("remarks", ())),
        fields=slugs,
        main_field=slugs[0] if len(slugs) == 1 else None,
        term=term,
        renewal=renewal,
        is_published=publishes,
    )


def _parties(partners: Iterable[Mapping[str, str]]) -> Iterable[PartyFacts]:
    for partner in partners:
        yield PartyFacts(
            name=partner["name"][:300],
            kind=partner.get("kind") or None,
            unit=partner.get("unit", ""),
            signatory=partner.get("signatory", ""),
            remark=partner.get("remark", ""),
        )


def term_and_renewal(clause: str, signed: date | None) -> tuple[TermFacts | None, RenewalFacts | None]:
    """What a term cell says, where it can be read for certain; the text itself stays beside the record."""
    if not clause:
        return None, None
    reading = read_clause(clause, signed=signed)
    if not reading.readable or reading.first_day is None:
        return None, None
    kind = RenewalKind(reading.renewal.kind)
    renewal = RenewalFacts(
        kind=kind,
        months=reading.renewal.months,
        notice_months=reading.renewal.notice_months,
        notice_days=reading.renewal.notice_days,
        clause=clause,
    )
    return TermFacts(reading.first_day, reading.last_day), renewal
