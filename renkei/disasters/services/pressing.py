"""One press during or after a call: the call, and what the partner answered, in one act."""

from datetime import datetime
from decimal import Decimal

from renkei.accounts.models import User
from renkei.agreements.models import Agreement
from renkei.disasters.incidents.call_facts import CallFacts
from renkei.disasters.incidents.remaining import coverage, to_ask
from renkei.disasters.incidents.step_facts import StepFacts
from renkei.disasters.models import Call, Capability, HelpRequest, Need
from renkei.disasters.services.calling import log_call
from renkei.disasters.services.known import id_beside
from renkei.disasters.services.requesting import make_request
from renkei.disasters.services.stepping import record_step
from renkei.disasters.turns import in_turn
from renkei.disasters.vocabulary import CallOutcome, RequestState, StepKind
from renkei.partners.models import Organisation

OVER = (RequestState.DECLINED, RequestState.CANCELLED, RequestState.RETURNED, RequestState.SETTLED)


@in_turn()
def ask_partner(
    need: Need,
    organisation: Organisation,
    *,
    agreement: Agreement | None,
    capability: Capability | None,
    actor: User | None,
    at: datetime,
    public_id: str,
    quantity: Decimal | None = None,
) -> HelpRequest:
    """The running request for the need to the partner, or a new one for what is left of the need."""
    Need.objects.select_for_update(no_key=True).get(pk=need.pk)
    running = need.requests.filter(organisation=organisation).exclude(state__in=OVER).order_by("pk").first()
    if running is not None:
        return running
    if quantity is None:
        counted = capability.counted if capability else None
        # 毛布500 without a unit counts as the partner counts.
        is_same_unit = capability is not None and need.unit in ("", capability.unit)
        left = coverage(need, need.requests.all()).left
        # Somebody who asks although nothing is left asks for all of it.
        quantity = to_ask(left or need.quantity, counted, is_same_unit=is_same_unit)
    return make_request(
        need,
        organisation,
        agreement=agreement,
        capability=capability,
        quantity=quantity,
        unit=need.unit or (capability.unit if capability else ""),
        actor=actor,
        at=at,
        public_id=public_id,
    )


@in_turn()
def note_call(
    need: Need,
    facts: CallFacts,
    answer: StepKind | None,
    *,
    agreement: Agreement | None,
    capability: Capability | None,
    actor: User | None,
    at: datetime,
    public_id: str,
) -> Call:
    """The call; with an answer also the request, that it was asked, and what was answered. Sent again: once."""
    known = need.incident.calls.filter(public_id=public_id).first()
    if known is not None:
        return known
    request = facts.request
    if answer is not None and facts.outcome == CallOutcome.REACHED:
        request = request or ask_partner(
            need,
            facts.organisation,
            agreement=agreement,
            capability=capability,
            actor=actor,
            at=at,
            public_id=id_beside(public_id, "request"),
        )
        is_asked = request.steps.filter(kind=StepKind.ASKED, is_void=False).exists()
        for kind in (answer,) if is_asked else (StepKind.ASKED, answer):
            record_step(
                request,
                StepFacts(kind, told_by=facts.spoke_with if kind == answer else ""),
                actor=actor,
                at=at,
                received_at=at,
                public_id=id_beside(public_id, kind),
            )
    told = CallFacts(
        facts.organisation,
        facts.outcome,
        need,
        request,
        facts.contact,
        facts.called,
        facts.spoke_with,
        facts.note,
    )
    return log_call(need.incident, told, actor=actor, at=at, received_at=at, public_id=public_id)
