"""Calls in an incident: written once; a wrong press is struck out, never deleted."""

from datetime import datetime

from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.audit.events import Event
from renkei.audit.services import record
from renkei.disasters import events
from renkei.disasters.incidents.call_facts import CallFacts
from renkei.disasters.models import Call, Incident
from renkei.disasters.refusals import RequestRefused
from renkei.disasters.services.known import known_in, made_once
from renkei.disasters.services.wrong_numbers import forget_wrong_number, note_wrong_number
from renkei.disasters.turns import in_turn
from renkei.disasters.vocabulary import CallOutcome
from renkei.municipalities.public_id import new_public_id
from renkei.partners.models import Organisation


@in_turn()
def log_call(
    incident: Incident,
    facts: CallFacts,
    *,
    actor: User | None,
    at: datetime,
    received_at: datetime,
    was_offline: bool = False,
    public_id: str = "",
) -> Call:
    """Keep that somebody called; sent again it gives what is there."""
    public_id = public_id or new_public_id()
    known = known_in(Call.objects.all(), public_id, lambda one: one.incident_id == incident.pk)
    if known:
        return known
    _refuse_foreign(incident, facts)
    columns = {name: getattr(facts, name) for name in facts.__dataclass_fields__}
    if facts.request is not None and facts.need is None:
        columns["need"] = facts.request.need
    columns |= {"at": at, "received_at": received_at, "by": actor, "was_offline": was_offline}
    made = Call(incident=incident, public_id=public_id, **columns)
    call, is_new = made_once(made, incident.calls.filter(public_id=public_id))
    if not is_new:
        return call
    note_wrong_number(call, actor=actor)
    _told(call, events.CALLED, actor)
    return call


@in_turn()
def amend_call(call: Call, *, spoke_with: str = "", note: str = "", actor: User) -> Call:
    """Add after the press who answered and what was said; what is written already stays."""
    if spoke_with.strip() and not call.spoke_with:
        call.spoke_with = spoke_with.strip()[:100]
    if note.strip() and note.strip() not in call.note:
        call.note = "\n".join(part for part in (call.note, note.strip()) if part)
    call.save(update_fields=["spoke_with", "note"])
    _told(call, events.CALL_AMENDED, actor)
    return call


@in_turn()
def void_call(call: Call, *, actor: User, at: datetime) -> Call:
    """Strike out a call that was noted by a wrong press; it stays in the record and counts no more."""
    if Call.objects.filter(pk=call.pk, voided_at=None).update(voided_at=at):
        call.refresh_from_db()
        forget_wrong_number(call, actor=actor)
        _told(call, events.CALL_VOIDED, actor)
    return call


def _told(call: Call, event: Event, actor: User | None) -> None:
    incident = call.incident
    record(
        event,
        actor,
        incident,
        municipality=incident.municipality,
        partner=call.organisation,
        outcome=CallOutcome(call.outcome).label,
    )


def _refuse_foreign(incident: Incident, facts: CallFacts) -> None:
    town = incident.municipality_id
    if facts.organisation.municipality_id != town:
        raise RequestRefused(_("ほかの自治体の相手方です。選び直してください。"))
    if facts.contact is not None and facts.contact.municipality_id != town:
        raise RequestRefused(_("ほかの自治体の連絡先です。選び直してください。"))
    if any(one.incident_id != incident.pk for one in (facts.need, facts.request) if one is not None):
        raise RequestRefused(_("ほかの災害・訓練の要請です。画面を読み直してください。"))
    partner = _as_one(facts.organisation)
    if facts.request is not None and _as_one(facts.request.organisation) != partner:
        raise RequestRefused(_("ほかの相手方への要請です。選び直してください。"))
    called = facts.contact.organisation if facts.contact is not None else facts.organisation
    if called is None or _as_one(called) != partner:
        raise RequestRefused(_("ほかの相手方の連絡先です。選び直してください。"))


def _as_one(partner: Organisation) -> int:
    """The record that stands for the partner, also where it was merged into another."""
    return partner.merged_into_id or partner.pk
