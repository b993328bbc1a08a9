"""Finding the place of a record from a device: the incident, need, request and partner that it names."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.disasters.incidents.call_facts import CallFacts
from renkei.disasters.incidents.need_facts import NeedFacts
from renkei.disasters.incidents.step_facts import StepFacts
from renkei.disasters.models import Capability, District, EmergencyContact, Incident
from renkei.disasters.offline.told import Kind, Told
from renkei.disasters.services.incidents import note_in, open_incident, write_need
from renkei.disasters.services.requesting import log_call, make_request, record_step
from renkei.disasters.vocabulary import CallOutcome, DisasterFunction, StepKind, Urgency
from renkei.partners.models import Organisation

Row = TypeVar("Row", bound=models.Model)
Who = dict[str, Any]


class NoPlace(Exception):
    """What the record is about is not in the register."""


def place(told: Told, incident: Incident | None, actor: User | None, at: datetime) -> models.Model:
    """Do what the record tells; NoPlace where something that it names is not in the register."""
    if incident is None:
        assert actor
        chosen = {"kind": told["kind"], "hazard": told["hazard"], "title": told["title"]}
        return open_incident(actor.municipality, **chosen, actor=actor, at=told.at, public_id=told.public_id)
    return PLACES[told.kind](told, incident, {"actor": actor, "at": told.at, "public_id": told.public_id}, at)


def _need(told: Told, incident: Incident, who: Who, at: datetime) -> models.Model:
    district = District.objects.of(incident.municipality).filter(public_id=told["district"]).first()
    facts = NeedFacts(
        function=DisasterFunction(told["function"]), goods=told["goods"], quantity=told.number("quantity"),
        unit=told["unit"], district=district, place=told["place"], urgency=Urgency(told["urgency"]),
        said=told["said"], told_by=told["told_by"], note=told["note"],
    )  # fmt: skip
    return write_need(incident, facts, **who)


def _call(told: Told, incident: Incident, who: Who, at: datetime) -> models.Model:
    contacts = EmergencyContact.objects.of(incident.municipality)
    facts = CallFacts(
        organisation=_partner(told, incident),
        outcome=CallOutcome(told["outcome"]),
        need=_named(incident.needs.all(), told["need"], _("必要なもの")),
        request=_named(incident.requests.all(), told["request"], _("要請")),
        contact=contacts.filter(public_id=told["contact"]).first(),
        called=told["called"],
        spoke_with=told["spoke_with"],
        note=told["note"],
    )
    return log_call(incident, facts, **who, received_at=at, was_offline=True)


def _request(told: Told, incident: Incident, who: Who, at: datetime) -> models.Model:
    known = Capability.objects.of(incident.municipality).select_related("agreement")
    capability = known.filter(public_id=told["capability"]).first()
    return make_request(
        _the(incident.needs.all(), told["need"], _("必要なもの")),
        _partner(told, incident),
        agreement=capability.agreement if capability else None,
        capability=capability,
        quantity=told.number("quantity"),
        unit=told["unit"],
        wanted=told["wanted"],
        conditions=told["conditions"],
        **who,
    )


def _step(told: Told, incident: Incident, who: Who, at: datetime) -> models.Model:
    facts = StepFacts(
        StepKind(told["step"]), told.number("quantity"), told.number("amount"), told["told_by"], told["note"]
    )
    request = _the(incident.requests.all(), told["request"], _("要請"))
    return record_step(request, facts, **who, received_at=at, was_offline=True)


def _note(told: Told, incident: Incident, who: Who, at: datetime) -> models.Model:
    return note_in(incident, told["text"], received_at=at, **who)


PLACES: Mapping[Kind, Callable[[Told, Incident, Who, datetime], models.Model]] = {
    Kind.NEED: _need,
    Kind.CALL: _call,
    Kind.REQUEST: _request,
    Kind.STEP: _step,
    Kind.NOTE: _note,
}


def _partner(told: Told, incident: Incident) -> Organisation:
    known = Organisation.objects.of(incident.municipality).select_related("merged_into")
    found = _the(known, told["partner"], _("相手方"))
    return found.merged_into or found


def _the(rows: "models.QuerySet[Row]", public_id: str, what: str) -> Row:
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise NoPlace(_("この記録の%(what)sが、台帳に見つかりません。") % {"what": what})
    return found


def _named(rows: "models.QuerySet[Row]", public_id: str, what: str) -> Row | None:
    return _the(rows, public_id, what) if public_id else None
