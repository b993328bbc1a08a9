"""Writing down what a partner does in a disaster, changing, confirming and ending it, and taking proposals over."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements.models import Agreement
from renkei.audit.actors import Actor
from renkei.audit.services import Changes, Telling, record, record_many
from renkei.disasters import events
from renkei.disasters.capabilities.checks import (
    COLUMNS,
    OF_ORIGIN,
    claim,
    facts_of,
    partner_of,
    refuse_ended,
    refuse_unfitting,
    told,
)
from renkei.disasters.capabilities.facts import CapabilityFacts, PlaceFacts
from renkei.disasters.changes import tell_capabilities_changed
from renkei.disasters.models import Capability, SupplyPlace
from renkei.disasters.refusals import CapabilityRefused
from renkei.disasters.vocabulary import CapabilityState, HowVerified

NOT_TAKEN = "案を採らなかった"


@transaction.atomic
def write_capability(
    agreement: Agreement, facts: CapabilityFacts, *, actor: Actor, at: datetime, public_id: str = ""
) -> Capability:
    """Write one more thing that a partner does under the agreement; the same public id writes it once."""
    if public_id and (known := _known(agreement, public_id)):
        return known
    partner = partner_of(agreement, facts.organisation_id)
    refuse_unfitting(facts)
    made = Capability(
        municipality=agreement.municipality,
        agreement=agreement,
        organisation=partner,
        written_by=actor if isinstance(actor, User) else None,
        **{name: getattr(facts, name) for name in (*COLUMNS, *OF_ORIGIN)},
    )
    if public_id:
        made.public_id = public_id
    made.save()
    _write_places(made, facts.places)
    tell_capabilities_changed([agreement.pk])
    event = (
        events.CAPABILITY_PROPOSED if made.state == CapabilityState.PROPOSED else events.CAPABILITY_WRITTEN
    )
    record(event, actor, made, municipality=made.municipality, agreement=agreement)
    return made


@transaction.atomic
def edit_capability(
    capability: Capability, facts: CapabilityFacts, *, actor: Actor, at: datetime
) -> Capability:
    """Bring what is written to the facts; where it came from and when it was confirmed stay as they are.

    A proposal that a person edits is taken over by that.
    """
    refuse_ended(capability)
    partner = partner_of(capability.agreement, facts.organisation_id or capability.organisation_id)
    refuse_unfitting(facts)
    before = told(capability)
    claim(capability)
    for name in COLUMNS:
        setattr(capability, name, getattr(facts, name))
    capability.organisation = partner
    if capability.state == CapabilityState.PROPOSED:
        capability.state = CapabilityState.CURRENT
    capability.save()
    _write_places(capability, facts.places)
    after = told(capability)
    changes: Changes = {name: (before[name], after[name]) for name in before if before[name] != after[name]}
    if not changes:
        raise CapabilityRefused(
            _("何も変わっていません。変えるところがなければ「やめて戻る」を選んでください。")
        )
    tell_capabilities_changed([capability.agreement_id])
    record(
        events.CAPABILITY_EDITED, actor, capability, municipality=capability.municipality,
        changes=changes, agreement=capability.agreement,
    )  # fmt: skip
    return capability


@transaction.atomic
def confirm_capability(capability: Capability, *, on: date, how: str, actor: Actor) -> Capability:
    """The partner (or the paper) says that it is still so, as of the day."""
    refuse_ended(capability)
    if how not in HowVerified.values:
        raise CapabilityRefused(_("確かめ方を一覧から選んでください。"))
    if capability.confirmed_on and on < capability.confirmed_on:
        raise CapabilityRefused(_("それより後に確かめた記録があります。もっと新しい日にしてください。"))
    claim(capability)
    capability.confirmed_on, capability.confirmed_how = on, how
    capability.state = CapabilityState.CURRENT
    capability.save()
    tell_capabilities_changed([capability.agreement_id])
    record(
        events.CAPABILITY_CONFIRMED, actor, capability, municipality=capability.municipality,
        on=on, how=HowVerified(how).label,
    )  # fmt: skip
    return capability


@transaction.atomic
def end_capability(capability: Capability, *, on: date, reason: str, actor: Actor) -> Capability:
    """The partner does it no more; it stays to be read."""
    refuse_ended(capability)
    if not reason.strip():
        raise CapabilityRefused(_("取りやめる理由を書いてください。例: 工場の閉鎖"))
    if len(reason) > 200:
        raise CapabilityRefused(_("理由は200文字までで書いてください。"))
    claim(capability)
    capability.state, capability.ended_on, capability.ended_reason = CapabilityState.ENDED, on, reason.strip()
    capability.save()
    tell_capabilities_changed([capability.agreement_id])
    record(
        events.CAPABILITY_ENDED, actor, capability, municipality=capability.municipality,
        reason=reason.strip(), on=on,
    )  # fmt: skip
    return capability


@transaction.atomic
def accept_proposals(proposals: Sequence[Capability], *, actor: Actor, at: datetime) -> int:
    """Take proposals over as they are, in one act; how many. Whether they are still true, the partner has to say."""
    return _settle(proposals, CapabilityState.CURRENT, actor)


@transaction.atomic
def drop_proposals(proposals: Sequence[Capability], *, actor: Actor, at: datetime) -> int:
    """Put proposals away, in one act; how many. They are kept, so that reading again does not bring them back."""
    return _settle(proposals, CapabilityState.ENDED, actor, on=timezone.localtime(at).date())


def _settle(
    proposals: Sequence[Capability], state: CapabilityState, actor: Actor, on: date | None = None
) -> int:
    if not proposals:
        raise CapabilityRefused(_("一つも選ばれていません。案に印を付けてください。"))
    if any(one.state != CapabilityState.PROPOSED for one in proposals):
        raise CapabilityRefused(_("もう案ではないものが入っています。画面を読み直してください。"))
    tellings = []
    event = events.PROPOSAL_DROPPED if on else events.PROPOSAL_TAKEN
    for one in proposals:
        claim(one)
        one.state = state
        one.ended_on, one.ended_reason = on, NOT_TAKEN if on else ""
        tellings.append(Telling(event, one, facts={"agreement": one.agreement}))
    Capability.objects.bulk_update(proposals, ["state", "ended_on", "ended_reason"])
    tell_capabilities_changed({one.agreement_id for one in proposals})
    record_many(tellings, actor, municipality=proposals[0].municipality)
    return len(proposals)


def _known(agreement: Agreement, public_id: str) -> Capability | None:
    known = Capability.objects.filter(public_id=public_id).first()
    if known and known.agreement_id != agreement.pk:
        raise CapabilityRefused(_("ほかの協定の支援内容です。画面を読み直してください。"))
    return known


def _write_places(capability: Capability, places: Sequence[PlaceFacts]) -> None:
    if facts_of(capability).places == tuple(places):
        return
    capability.places.all().delete()
    SupplyPlace.objects.bulk_create(
        SupplyPlace(
            capability=capability,
            name=one.name.strip(),
            address=one.address,
            latitude=one.latitude,
            longitude=one.longitude,
            hazard=one.hazard,
        )
        for one in places
    )
