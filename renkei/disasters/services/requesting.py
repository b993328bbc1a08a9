"""Asking a partner for help in an incident: the request, its calls, its steps."""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements.models import Agreement
from renkei.audit.services import record
from renkei.disasters import events
from renkei.disasters.models import Capability, HelpRequest, Need
from renkei.disasters.refusals import RequestRefused
from renkei.disasters.services.calling import amend_call, log_call, void_call
from renkei.disasters.services.known import known_in, made_once
from renkei.disasters.services.stepping import confirm_by_call_back, record_step, settle_conflict, void_step
from renkei.disasters.turns import in_turn
from renkei.municipalities.public_id import new_public_id
from renkei.partners.models import Organisation

__all__ = [
    "amend_call",
    "confirm_by_call_back",
    "log_call",
    "make_request",
    "record_step",
    "settle_conflict",
    "void_call",
    "void_step",
]


@in_turn()
def make_request(
    need: Need,
    organisation: Organisation,
    *,
    agreement: Agreement | None,
    capability: Capability | None,
    quantity: Decimal | None,
    unit: str = "",
    wanted: str = "",
    conditions: str = "",
    actor: User | None,
    at: datetime,
    public_id: str = "",
) -> HelpRequest:
    """Write what is to be asked of the partner; nobody has asked yet. Sent again it gives what is there."""
    public_id = public_id or new_public_id()
    known = known_in(HelpRequest.objects.all(), public_id, lambda one: one.incident_id == need.incident_id)
    if known:
        return known
    _refuse_foreign(need, organisation, agreement, capability)
    facts = {"quantity": quantity, "unit": unit or need.unit, "wanted": wanted, "conditions": conditions}
    made = HelpRequest(
        incident=need.incident,
        need=need,
        public_id=public_id,
        organisation=organisation,
        agreement=agreement,
        capability=capability,
        made_at=at,
        made_by=actor,
        **facts,
    )
    request, is_new = made_once(
        made, HelpRequest.objects.filter(public_id=public_id, incident=need.incident_id)
    )
    if not is_new:
        return request
    incident = need.incident
    record(
        events.REQUEST_MADE,
        actor,
        incident,
        municipality=incident.municipality,
        partner=organisation,
        what=str(need),
    )
    return request


def _refuse_foreign(
    need: Need, organisation: Organisation, agreement: Agreement | None, capability: Capability | None
) -> None:
    town = need.incident.municipality_id
    if any(one.municipality_id != town for one in (organisation, agreement, capability) if one is not None):
        raise RequestRefused(_("ほかの自治体の相手方か協定です。選び直してください。"))
    if capability is None:
        return
    partner = organisation.merged_into_id or organisation.pk
    if capability.partner.pk != partner or (agreement and agreement.pk != capability.agreement_id):
        raise RequestRefused(_("ほかの相手方か、ほかの協定の支援内容です。選び直してください。"))
