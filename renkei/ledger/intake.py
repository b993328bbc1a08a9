"""From what a row says to the plain facts of an agreement."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from renkei.agreements.facts import AgreementFacts, PartyFacts, RenewalFacts, TermFacts
from renkei.agreements.titles import document_kind, form
from renkei.agreements.vocabulary import RenewalKind
from renkei.ledger.models import Row
from renkei.municipalities.models import Division, Municipality
from renkei.rules.japanese_calendar import PartialDay, japanese_date
from renkei.rules.names import folded_name

if TYPE_CHECKING:
    from renkei.rules.clauses import Reading

OVER_BUT_LISTED = (
    "期間の欄からは%(day)sに終わったことになりますが、台帳に載っているため、終わりとはしていません。"
)


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


def facts_of(row: Row, *, listed_on: date, publishes: bool, town: Municipality) -> AgreementFacts:
    """The facts of an agreement row; cells that were not understood stay as remarks."""
    told: Mapping[str, Any] = row.facts
    signed = PartialDay.from_iso(row.signed_as) if row.signed_as else None
    clause = told.get("term_text", "")
    term, renewal, said = term_and_renewal(clause, signed)
    if term and term.last_day and term.last_day < listed_on and not (renewal and renewal.goes_on):
        said = (*said, OVER_BUT_LISTED % {"day": japanese_date(term.last_day)})
        term = renewal = None
    slugs = tuple(told.get("slugs", ()))
    return AgreementFacts(
        title=row.title,
        parties=tuple(_parties(told.get("partners", ()), names_of(town))),
        listed_on=listed_on,
        signed=signed,
        form=form(row.title),
        document_kind=document_kind(row.title),
        purpose=told.get("purpose", ""),
        notes=told.get("notes", ""),
        remarks=(*told.get("remarks", ()), *said),
        fields=slugs,
        main_field=slugs[0] if len(slugs) == 1 else None,
        items=tuple(told.get("items", ())),
        term=term,
        renewal=renewal,
        is_published=publishes,
    )


def names_of(town: Municipality) -> frozenset[str]:
    """How ledgers write the town itself: with and without its prefecture."""
    return frozenset({folded_name(town.name), folded_name(f"{town.prefecture}{town.name}")})


def _parties(partners: Sequence[Mapping[str, str]], own_names: frozenset[str]) -> Iterable[PartyFacts]:
    """The parties; the town itself is one where the ledger lists it beside others."""
    is_own = [folded_name(partner["name"]) in own_names for partner in partners]
    for partner, own in zip(partners, is_own, strict=True):
        yield PartyFacts(
            name=partner["name"][:300],
            kind=partner.get("kind") or None,
            letter=partner.get("letter", "")[:10],
            unit=partner.get("unit", ""),
            signatory=partner.get("signatory", ""),
            remark=partner.get("remark", ""),
            is_town=own and not all(is_own),
        )


def term_and_renewal(
    clause: str, signed: PartialDay | None
) -> tuple[TermFacts | None, RenewalFacts | None, tuple[str, ...]]:
    """What a term cell says, where it can be read for certain; otherwise the text itself as a remark."""
    if not clause:
        return None, None, ()
    reading = _read_clause(clause, signed)
    said: tuple[str, ...] = (f"期間・更新: {clause}",)
    if not reading.readable or reading.first_day is None:
        return None, None, said
    term = TermFacts(reading.first_day, reading.last_day)
    if reading.other_reading:
        said += (reading.other_reading.reason,)
    if reading.renewal is None:
        return term, None, said
    renewal = RenewalFacts(
        kind=RenewalKind(reading.renewal.kind),
        months=reading.renewal.months,
        notice_months=reading.notice_months,
        notice_days=reading.notice_days,
        clause=clause,
    )
    return term, renewal, said


@lru_cache(maxsize=4096)
def _read_clause(clause: str, signed: PartialDay | None) -> "Reading":
    from renkei.rules.clauses import read_clause

    return read_clause(clause, signed=signed, explains=False)
