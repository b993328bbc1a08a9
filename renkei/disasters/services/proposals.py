"""Keeping what was read from agreements and ledgers as proposals, until a person takes them over or not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from renkei.accounts.models import User
from renkei.agreements.models import Agreement
from renkei.audit.actors import Actor
from renkei.audit.services import Telling, record_many
from renkei.disasters import events
from renkei.disasters.capabilities.checks import COLUMNS, OF_ORIGIN
from renkei.disasters.capabilities.facts import CapabilityFacts
from renkei.disasters.capabilities.reading import proposals_of
from renkei.disasters.changes import tell_capabilities_changed
from renkei.disasters.models import Capability
from renkei.disasters.vocabulary import CapabilityState

MOST_PARTNERS = 12
"""Of an agreement with more partners, a person has to say who does what."""


@dataclass(frozen=True)
class Proposed:
    """How many agreements were read, and how many proposals came of them."""

    read: int
    proposals: int


@transaction.atomic
def propose(
    agreements: Sequence[Agreement], texts: Mapping[int, Sequence[str]], *, actor: Actor, at: datetime
) -> Proposed:
    """Read each agreement and keep what is new as proposals; `texts` are those of documents and work, by agreement.

    What somebody has written, taken over or put away before is not proposed again.
    """
    known = _known(agreements)
    made = [
        _proposal(agreement, facts, partner, actor)
        for agreement in agreements
        for facts in proposals_of(agreement, texts.get(agreement.pk, ()))
        for partner in _partners(agreement, facts)
        if not _is_known(known.get((agreement.pk, partner), {}), facts)
    ]
    Capability.objects.bulk_create(made, batch_size=200)
    if made:
        tellings = [
            Telling(events.CAPABILITY_PROPOSED, one, facts={"agreement": one.agreement}) for one in made
        ]
        record_many(tellings, actor, municipality=made[0].municipality)
        tell_capabilities_changed({one.agreement_id for one in made})
    return Proposed(len(agreements), len(made))


def _known(agreements: Iterable[Agreement]) -> dict[tuple[int, int], dict[str, set[str]]]:
    """By agreement and partner the functions that are there in any state, with their goods."""
    found: dict[tuple[int, int], dict[str, set[str]]] = {}
    rows = Capability.objects.filter(agreement__in=[one.pk for one in agreements]).order_by()
    columns = ("agreement", "organisation", "organisation__merged_into", "function", "goods")
    for agreement, organisation, merged, function, goods in rows.values_list(*columns):
        of_partner = found.setdefault((agreement, merged or organisation), {})
        of_partner.setdefault(function, set()).add(goods)
    return found


def _is_known(known: Mapping[str, set[str]], facts: CapabilityFacts) -> bool:
    goods = known.get(facts.function)
    return goods is not None and (facts.quantity is None or facts.goods in goods)


def _partners(agreement: Agreement, facts: CapabilityFacts) -> list[int]:
    if facts.organisation_id:
        return [facts.organisation_id]
    partners = [one.organisation_id for one in agreement.parties.all() if one.organisation_id]
    return partners if len(partners) <= MOST_PARTNERS else []


def _proposal(agreement: Agreement, facts: CapabilityFacts, partner: int, actor: Actor) -> Capability:
    return Capability(
        municipality=agreement.municipality,
        agreement=agreement,
        organisation_id=partner,
        written_by=actor if isinstance(actor, User) else None,
        **{name: getattr(facts, name) for name in (*COLUMNS, *OF_ORIGIN)}
        | {"state": CapabilityState.PROPOSED},
    )
