"""What a partner says in the yearly check of what it could supply: confirmed, changed, ended, added."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.agreements.models import Agreement
from renkei.audit.actors import Actor
from renkei.disasters.capabilities.checks import facts_of
from renkei.disasters.capabilities.facts import CapabilityFacts
from renkei.disasters.capabilities.proposing import functions_in
from renkei.disasters.checks.answer import Supply, SupplyAnswer
from renkei.disasters.checks.plan import asked_partner
from renkei.disasters.models import Capability, ContactCheck
from renkei.disasters.refusals import CheckRefused
from renkei.disasters.services.capabilities import (
    confirm_capability,
    edit_capability,
    end_capability,
    write_capability,
)
from renkei.disasters.vocabulary import CapabilitySource, Certainty, DisasterFunction, HowVerified
from renkei.municipalities.models import Municipality
from renkei.partners.models import Organisation


@dataclass(frozen=True)
class Taking:
    """One answer on its way in: of whom, by which way, on which day."""

    check: ContactCheck
    town: Municipality
    partner: Organisation
    how: str
    by_name: str
    actor: Actor
    at: datetime

    @property
    def day(self) -> date:
        return timezone.localdate(self.at)

    @property
    def way(self) -> HowVerified:
        return HowVerified(self.how)


def write_supply(taking: Taking, told: SupplyAnswer, known: dict[str, Capability]) -> None:
    """Confirm, change or end a capability as the partner says, or write a new one."""
    if not told.capability:
        _add_supply(taking, told)
        return
    capability = known.get(told.capability)
    if capability is None:
        raise CheckRefused(_("ほかの人が先に変えた支援内容があります。画面を読み直してください。"))
    if told.says == Supply.ENDED:
        reason = _("連絡体制調査での回答") + (f": {told.note}" if told.note else "")
        end_capability(capability, on=taking.day, reason=reason[:200], actor=taking.actor)
        return
    facts = _changed(capability, told)
    if told.says == Supply.CHANGED and facts != facts_of(capability):
        edit_capability(capability, facts, actor=taking.actor, at=taking.at)
    confirm_capability(capability, on=taking.day, how=taking.way, actor=taking.actor)


def _changed(capability: Capability, told: SupplyAnswer) -> CapabilityFacts:
    facts = facts_of(capability)
    return replace(
        facts,
        quantity=told.quantity,
        unit=told.unit or facts.unit,
        certainty=_certainty(told, facts.certainty),
        conditions=f"{facts.conditions}\n{told.note}".strip() if told.note else facts.conditions,
    )


def _certainty(told: SupplyAnswer, before: str) -> str:
    """What the partner says; a quantity that nobody knows is no promise, one of which no more is said a guess."""
    if told.quantity is None:
        return Certainty.NONE
    return told.certainty or (Certainty.ESTIMATED if before == Certainty.NONE else before)


def _add_supply(taking: Taking, told: SupplyAnswer) -> None:
    if not told.goods.strip():
        raise CheckRefused(_("新しく供給できるものの品目を入れてください。例: 毛布"))
    asked = asked_partner(taking.town, taking.partner, taking.day)
    agreements = {one.public_id: one for one in asked.agreements}
    agreement = agreements.get(told.agreement) or next(iter(agreements.values()), None)
    if agreement is None:
        raise CheckRefused(
            _("有効な災害時の協定がないため、支援内容を足せません。市の担当課に電話してください。")
        )
    read = functions_in(told.goods)
    facts = CapabilityFacts(
        function=told.function or (read[0] if read else DisasterFunction.OTHER),
        goods=told.goods.strip()[:200],
        quantity=told.quantity,
        unit=told.unit,
        certainty=_certainty(told, Certainty.ESTIMATED),
        conditions=told.note,
        organisation_id=_party_of(agreement, taking.partner),
        source=CapabilitySource.PARTNER,
        confirmed_on=taking.day,
        confirmed_how=taking.how,
    )
    write_capability(agreement, facts, actor=taking.actor, at=taking.at)


def _party_of(agreement: Agreement, partner: Organisation) -> int | None:
    """As which record the partner is a party: its own, or one that was merged into it."""
    named = Q(organisation=partner) | Q(organisation__merged_into=partner)
    return agreement.parties.filter(named).values_list("organisation", flat=True).first()
