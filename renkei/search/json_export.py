"""A list of agreements as one JSON object, written agreement by agreement."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from renkei.agreements.models import Agreement, Party, Term
from renkei.partners.models import Organisation
from renkei.search.asking import Asked
from renkei.search.columns import Address, the_term
from renkei.search.finding import find_all
from renkei.search.listing import agreements_in_order

LICENCE = "CC BY 4.0"


def json_lines(question: Asked, address: Address) -> Iterator[str]:
    """The list as one JSON object, written agreement by agreement; raises QueryRefused at once."""
    return _json_lines(find_all(question), question, address)


def _json_lines(ids: Sequence[int], question: Asked, address: Address) -> Iterator[str]:
    head = {"on": question.day.isoformat(), "total": len(ids), "licence": LICENCE}
    yield json.dumps(head, ensure_ascii=False, indent=1)[:-2] + ',\n "agreements": ['
    for number, agreement in enumerate(agreements_in_order(ids)):
        told = json.dumps(as_json(agreement, question, address), ensure_ascii=False)
        yield f"{',' if number else ''}\n  {told}"
    yield "\n ]\n}\n"


def as_json(agreement: Agreement, question: Asked, address: Address) -> dict[str, Any]:
    """The agreement as plain values; days as ISO text, as exactly as they are known."""
    term = the_term(agreement, question.day)
    rule = getattr(agreement, "renewal_rule", None)
    division = agreement.division
    told: dict[str, Any] = {
        "id": agreement.public_id,
        "url": address(agreement.public_id),
        "municipality": {"code": agreement.municipality.code, "name": agreement.municipality.name},
        "title": agreement.title,
        "title_kana": agreement.title_kana,
        "form": agreement.form,
        "document_kind": agreement.document_kind,
        "signed_on": agreement.signed_as or None,
        "state": agreement.state_on(question.day),
        "parties": [_party(party, question) for party in agreement.parties.all()],
        "fields": [{"slug": link.field.slug, "main": link.is_main} for link in agreement.field_links.all()],
        "division": {"department": division.department, "name": division.name} if division else None,
        "series": agreement.series.name if agreement.series else None,
        "purpose": agreement.purpose,
        "items": [item.heading for item in agreement.items.all()],
        "term": _term(term) if term else None,
        "renewal": {"kind": rule.kind, "months": rule.months} if rule else None,
        "source": agreement.source,
        "is_sample": agreement.is_sample,
    }
    if question.audience.internal:
        told |= {
            "is_published": agreement.is_published,
            "notes": agreement.notes,
            "remarks": agreement.remarks,
        }
    return told


def _party(party: Party, question: Asked) -> dict[str, Any]:
    partner: Organisation | None = party.organisation
    return {
        "letter": party.letter,
        "name": party.name_as_signed if question.audience.internal else party.public_name,
        "kind": partner.kind if partner else None,
        "corporate_number": partner.corporate_number or None if partner else None,
        "is_town": partner is None,
    }


def _term(term: Term) -> dict[str, Any]:
    return {
        "starts_on": term.starts_on.isoformat(),
        "ends_on": term.ends_on.isoformat() if term.ends_on else None,
        "in_force_until": term.in_force_until.isoformat() if term.in_force_until else None,
        "start_basis": term.start_basis,
    }
