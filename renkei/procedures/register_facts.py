"""What the register will say of a signed agreement beyond its text: effect, term, renewal; read from the text first."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from renkei.agreements.facts import AgreementFacts, PartyFacts, RenewalFacts, TermFacts
from renkei.agreements.models import Field
from renkei.agreements.proposing import Proposal, disagreements, proposal
from renkei.agreements.vocabulary import DocumentKind, Form, RenewalKind
from renkei.documents.contents import AgreementText
from renkei.procedures.agreed import Agreed
from renkei.procedures.contents import InitiativeList
from renkei.procedures.models import Procedure, SigningPlan
from renkei.procedures.planned import agreed_items, headings_of
from renkei.procedures.term_article import term_article
from renkei.rules.japanese_calendar import PartialDay

DAYS = ("first_day", "last_day", "until", "effective_on", "renewed_until")


@dataclass(frozen=True)
class RegisterFacts:
    """Plain facts that a person has confirmed; days of an amendment and of a renewal where the procedure is about one.

    `last_day` is inclusive; `effective_on` is the first day on which an amendment holds.
    """

    document_kind: str = DocumentKind.AGREEMENT
    purpose: str = ""
    first_day: date | None = None
    last_day: date | None = None
    kind: str = ""
    months: int | None = None
    notice_months: int | None = None
    notice_days: int | None = None
    until: date | None = None
    clause: str = ""
    title: str = ""
    summary: str = ""
    effective_on: date | None = None
    renewed_until: date | None = None

    def as_told(self) -> dict[str, Any]:
        """As it is stored: days in ISO."""
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in asdict(self).items()
        }

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "RegisterFacts":
        """From what is stored; names that are not known any more are left out."""
        known = {one.name for one in fields(cls)}
        kept: dict[str, Any] = {
            name: date.fromisoformat(value) if name in DAYS and value else value
            for name, value in told.items()
            if name in known
        }
        return cls(**kept)

    @property
    def term(self) -> TermFacts | None:
        """The first term, where a first day is known."""
        return TermFacts(self.first_day, self.last_day) if self.first_day else None

    @property
    def renewal(self) -> RenewalFacts | None:
        """What happens after the term, where a rule was chosen."""
        if not self.kind:
            return None
        return RenewalFacts(
            kind=RenewalKind(self.kind),
            months=self.months,
            notice_months=self.notice_months,
            notice_days=self.notice_days,
            in_force_until=self.until,
            clause=self.clause,
        )


def facts_of(plan: SigningPlan) -> RegisterFacts | None:
    """What a person has confirmed; None before that."""
    return RegisterFacts.read(plan.facts) if plan.facts else None


def clause_on_term(text: AgreementText) -> str:
    """The article on the term, by its key or its heading; "" where there is none."""
    article = term_article(text)
    return article.text if article else ""


def reading_of(text: AgreementText, signs_on: date | None) -> Proposal | None:
    """How the article on the term is read for the signing day."""
    signed = PartialDay(signs_on.year, signs_on.month, signs_on.day) if signs_on else None
    return proposal(clause_on_term(text), signed)


def term_disagreements(text: AgreementText, plan: SigningPlan | None) -> list[str]:
    """Where the article on the term says otherwise than what a person has confirmed for the register."""
    facts = facts_of(plan) if plan else None
    if facts is None or plan is None:
        return []
    return [*disagreements(reading_of(text, plan.signs_on), facts.term, facts.renewal)]


def proposed_facts(procedure: Procedure, agreed: Agreed, plan: SigningPlan) -> RegisterFacts:
    """What the text says, as a first answer that a person confirms; the first day is the signing day at the latest."""
    text = AgreementText.read(agreed.text.content)
    read = reading_of(text, plan.signs_on)
    rule = read.renewal if read else None
    term = read.term if read else None
    return RegisterFacts(
        purpose=procedure.proposal.purpose if hasattr(procedure, "proposal") else "",
        first_day=term.first_day if term else plan.signs_on,
        last_day=term.last_day if term else None,
        kind=rule.kind if rule else "",
        months=rule.months if rule else None,
        notice_months=rule.notice_months if rule else None,
        notice_days=rule.notice_days if rule else None,
        until=rule.in_force_until if rule else None,
        clause=clause_on_term(text),
        effective_on=plan.signs_on,
    )


def agreement_facts(
    procedure: Procedure, agreed: Agreed, plan: SigningPlan, facts: RegisterFacts, *, is_published: bool
) -> AgreementFacts:
    """The agreement as it enters the register, from the agreed text and the confirmed facts."""
    assert plan.signs_on
    text = AgreementText.read(agreed.text.content)
    listed = InitiativeList.read(agreed.initiatives.content) if agreed.initiatives else None
    known = set(Field.objects.filter(slug__in=procedure.fields).values_list("slug", flat=True))
    day = plan.signs_on
    return AgreementFacts(
        title=text.title,
        parties=tuple(_party(procedure, one) for one in text.parties),
        listed_on=day,
        signed=PartialDay(day.year, day.month, day.day),
        form=Form(procedure.form),
        document_kind=DocumentKind(facts.document_kind),
        purpose=facts.purpose,
        fields=tuple(slug for slug in procedure.fields if slug in known),
        main_field=procedure.main_field or None,
        items=listed.items if listed else tuple(items_of(procedure)),
        term=facts.term,
        renewal=facts.renewal,
        division_id=procedure.division_id,
        is_published=is_published,
        is_sample=procedure.is_sample,
    )


def items_of(procedure: Procedure) -> list[str]:
    """The headings of the agreed items in their order."""
    return headings_of(agreed_items(procedure))


def _names_of(procedure: Procedure) -> tuple[str, ...]:
    """What the partner is called in the procedure: as it proposed, as it was known then, as it is known now."""
    known = procedure.organisation
    kept = known.merged_into if known else None
    return (procedure.partner_name, *(one.name for one in (known, kept) if one))


def _party(procedure: Procedure, party: Any) -> PartyFacts:
    """A party of the text; the partner of the procedure is the one that the town has confirmed."""
    partner = procedure.organisation and (procedure.organisation.merged_into or procedure.organisation)
    is_the_partner = partner is not None and not party.is_town and party.name in _names_of(procedure)
    return PartyFacts(
        name=party.name,
        kind=None if party.is_town else (partner.kind if partner and is_the_partner else None),
        letter=party.letter,
        signatory=party.signatory,
        is_town=party.is_town,
        organisation_id=partner.pk if partner and is_the_partner else None,
    )
