"""An agreement as plain facts, as the log tells it, and what differs between two states of it."""

from datetime import date

from django.utils.translation import gettext as _

from renkei.agreements.facts import KeptFacts, PartyFacts, RenewalFacts, TermFacts, TextFacts
from renkei.agreements.models import Agreement, Ending, Party, RenewalRule, Term
from renkei.agreements.vocabulary import RenewalKind, StartBasis
from renkei.rules.japanese_calendar import PartialDay

Told = dict[str, object]
COLUMNS = ("title", "title_kana", "form", "document_kind", "purpose", "notes", "division", "series", "source")
RULE = ("kind", "months", "notice_months", "notice_days", "notice_effect", "clause", "last_confirmed_on")


def kept_facts(agreement: Agreement) -> KeptFacts:
    """What the register adds by itself, as it stands."""
    links = list(agreement.field_links.select_related("field"))
    rule = _rule(agreement)
    return KeptFacts(
        division_id=agreement.division_id,
        main_field=next((link.field.slug for link in links if link.is_main), None),
        fields=tuple(link.field.slug for link in links if not link.is_main),
        title_kana=agreement.title_kana,
        purpose=agreement.purpose,
        notes=agreement.notes,
        source=agreement.source,
        series_id=agreement.series_id,
        notice_effect=rule.notice_effect if rule else "",
        last_confirmed_on=rule.last_confirmed_on if rule else None,
    )


def text_facts(agreement: Agreement) -> TextFacts:
    """What the signed text says, as the register has it."""
    return TextFacts(
        title=agreement.title,
        form=agreement.form,
        document_kind=agreement.document_kind,
        signed=PartialDay.from_iso(agreement.signed_as) if agreement.signed_as else None,
        parties=tuple(_party(party) for party in agreement.parties.select_related("organisation")),
        items=tuple(item.heading for item in agreement.items.all()),
        term=_term(agreement),
        renewal=_renewal(agreement),
    )


def _party(party: Party) -> PartyFacts:
    return PartyFacts(
        name=party.name_as_signed,
        kind=party.organisation.kind if party.organisation else None,
        letter=party.letter,
        unit=party.unit,
        signatory=party.signatory,
        duties=party.duties,
        remark=party.remark,
        is_town=party.organisation_id is None,
        row=party.pk,
    )


def first_row(agreement: Agreement) -> Term | None:
    return agreement.terms.order_by("starts_on").first()


def _term(agreement: Agreement) -> TermFacts | None:
    """The first term if it was stated; one that only follows from the signing day is none."""
    row = first_row(agreement)
    if row is None or row.start_basis != StartBasis.STATED:
        return None
    if row.ends_on is None and row.starts_on == agreement.signed_on:
        return None
    return TermFacts(row.starts_on, row.ends_on)


def _renewal(agreement: Agreement) -> RenewalFacts | None:
    rule = _rule(agreement)
    if rule is None:
        return None
    return RenewalFacts(
        kind=RenewalKind(rule.kind),
        months=rule.months,
        notice_months=rule.notice_months,
        notice_days=rule.notice_days,
        notice_effect=rule.notice_effect,
        clause=rule.clause,
        last_confirmed_on=rule.last_confirmed_on,
        in_force_until=_limit(agreement),
    )


def _limit(agreement: Agreement) -> date | None:
    """The day up to which it renews itself at most; what an ending, a decision or a further term cut is no limit."""
    row, rule = first_row(agreement), _rule(agreement)
    if row is None or rule is None or rule.kind not in (RenewalKind.AUTOMATIC, RenewalKind.UNTIL_NOTICE):
        return None
    ending = Ending.objects.filter(agreement=agreement).exclude(former_terms=[])
    cut_short = ending.exists() or agreement.renewal_decisions.exists() or agreement.terms.count() > 1
    if cut_short and row.in_force_until == row.ends_on:
        return None
    return None if ending.exists() else row.in_force_until


def _rule(agreement: Agreement) -> RenewalRule | None:
    return RenewalRule.objects.filter(agreement=agreement).first()


def told(agreement: Agreement) -> Told:
    """Everything that an edit or a correction can change, by the names that the log uses, from the database."""
    row = Agreement.objects.select_related("division", "series").get(pk=agreement.pk)
    rule = _rule(row)
    found: Told = {f"agreements.agreement.{name}": _shown(row, name) for name in COLUMNS}
    found["agreements.agreement.signed_on"] = row.signed_as or None
    found["agreements.agreementfield"] = [
        _("%(field)s(主な分野)") % {"field": link.field} if link.is_main else str(link.field)
        for link in row.field_links.select_related("field")
    ]
    found["agreements.party"] = [_in_words(party) for party in row.parties.all()]
    found["agreements.item"] = [item.heading for item in row.items.all()]
    found["agreements.term"] = [_days(term) for term in row.terms.all()]
    for name in RULE:
        found[f"agreements.renewalrule.{name}"] = _shown(rule, name) if rule else None
    return found


def _shown(row: Agreement | RenewalRule, name: str) -> object:
    """A column: a choice by its code, another record by its name, nothing for an empty text."""
    value = getattr(row, name)
    return None if value == "" else value


def _in_words(party: Party) -> str:
    told = [party.letter, party.name_as_signed, party.unit, party.signatory, party.remark, party.duties]
    return " ".join(text for text in told if text)


def _days(term: Term) -> str:
    until = "" if term.in_force_until == term.ends_on else f" / {term.in_force_until or '…'}"
    return f"{term.starts_on} – {term.ends_on or '…'}{until}"


def differences(before: Told, after: Told) -> dict[str, tuple[object, object]]:
    """Before and after of just what changed."""
    return {name: (before[name], after[name]) for name in before if before[name] != after[name]}
