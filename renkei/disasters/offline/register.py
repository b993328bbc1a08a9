"""What the page that works without network knows, as plain facts: partners, whom to call, what goes on."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from renkei.accounts.models import User
from renkei.agreements.models import Agreement
from renkei.disasters.agreements import for_disasters
from renkei.disasters.capabilities.function_words import DEEDS, EMPTY, GOODS, LOOSE
from renkei.disasters.incidents.fitting import ALIKE, GENERAL
from renkei.disasters.incidents.saying import UNITS
from renkei.disasters.models import Call, Capability, District, EmergencyContact, HelpRequest, Incident, Need
from renkei.disasters.readiness.whole import shares_of
from renkei.disasters.vocabulary import (
    CallOutcome,
    Certainty,
    DisasterFunction,
    Hazard,
    Hours,
    HowToAsk,
    IncidentKind,
    NeedState,
    RequestState,
    StepKind,
    Urgency,
)
from renkei.municipalities.models import Municipality
from renkei.rules.japanese_calendar import holiday_name

Facts = dict[str, Any]
VERSION = 1
"""Of the form of these facts; a page that knows another one asks to be loaded anew."""
HOLIDAYS_AHEAD = 100
"""For so many days the page knows the holidays, to tell night from office hours."""


def field_register(town: Municipality, at: datetime) -> Facts:
    """All that is needed to find, call, ask and record in a disaster, as of the moment; it holds people's numbers."""
    day = timezone.localdate(at)
    return {
        "version": VERSION,
        "as_of": at.isoformat(),
        "town": {"name": str(town), "code": town.code},
        "holidays": list(_holidays(day)),
        "words": words(),
        "choices": choices(),
        "districts": [_district(one) for one in District.objects.of(town)],
        "partners": _partners(town, day),
        "own": [_contact(one, day) for one in _contacts(town) if one.organisation_id is None],
        "incidents": [_incident(one) for one in _running(town)],
    }


def digest_of(facts: Facts) -> str:
    """The same for the same facts, whenever they were asked."""
    lasting = {name: value for name, value in facts.items() if name != "as_of"}
    return hashlib.sha256(json.dumps(lasting, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:32]


def mine(facts: Facts, person: User) -> Facts:
    """The facts with whose they are: on a shared machine nobody else's page shows them."""
    return {**facts, "person": {"id": person.public_id, "name": person.name}}


def words() -> Facts:
    """Words and the function of which each speaks, and words that speak of none."""
    known: dict[str, str] = {}
    for lists in (GOODS, DEEDS, LOOSE):
        for function, found in lists.items():
            for word in found:
                known.setdefault(word, str(function))
    return {
        "functions": known,
        "empty": list(EMPTY),
        "units": list(UNITS),
        "alike": [sorted(group) for group in ALIKE],
        "general": sorted(GENERAL),
    }


def choices() -> Facts:
    """What can be chosen, with its words."""
    kinds = {
        "function": DisasterFunction, "hazard": Hazard, "kind": IncidentKind, "outcome": CallOutcome,
        "step": StepKind, "urgency": Urgency, "request_state": RequestState, "need_state": NeedState,
    }  # fmt: skip
    return {name: {value: str(label) for value, label in kind.choices} for name, kind in kinds.items()}


def _holidays(day: date) -> Iterator[str]:
    for ahead in range(HOLIDAYS_AHEAD):
        if holiday_name(coming := day + timedelta(days=ahead)):
            yield coming.isoformat()


def number(value: Decimal | None) -> float | None:
    """As JSON knows numbers."""
    return None if value is None else float(value)


def _district(one: District) -> Facts:
    return {"id": one.public_id, "name": one.name, "kind": one.kind, **_position(one)}


def _position(one: Any) -> Facts:
    return {"latitude": number(one.latitude), "longitude": number(one.longitude)}


def _contacts(town: Municipality) -> Iterable[EmergencyContact]:
    return (
        EmergencyContact.objects.of(town)
        .in_use()
        .select_related("organisation__merged_into", "agreement")
        .prefetch_related("channels")
        .order_by("position", "pk")
    )


def _partners(town: Municipality, day: date) -> list[Facts]:
    """Each partner with what it does under agreements in force, and with its chain."""
    found: dict[int, Facts] = {}
    shares = shares_of(town, day)
    for one in _capabilities(town, day):
        partner = found.setdefault(
            one.partner.pk,
            {"id": one.partner.public_id, "name": one.partner.name, "capabilities": [], "chain": []},
        )
        partner["capabilities"].append(_capability(one, shares.get(one.agreement_id)))
    for contact in _contacts(town):
        organisation = contact.organisation and (contact.organisation.merged_into or contact.organisation)
        if organisation and organisation.pk in found:
            found[organisation.pk]["chain"].append(_contact(contact, day))
    return sorted(found.values(), key=lambda partner: str(partner["name"]))


def _capabilities(town: Municipality, day: date) -> Iterable[Capability]:
    return (
        Capability.objects.of(town)
        .current()
        .filter(agreement__in=for_disasters(town, day).values("pk"))
        .select_related("organisation__merged_into", "agreement")
        .prefetch_related("places")
    )


def _capability(one: Capability, share: float | None) -> Facts:
    return {
        "id": one.public_id, "function": one.function, "goods": one.goods, "quantity": number(one.quantity),
        "unit": one.unit, "amount": one.amount, "certainty": one.certainty,
        "certainty_label": str(Certainty(one.certainty).label), "area": one.area,
        "lead_hours": number(one.lead_hours), "hours": one.hours, "hours_label": str(Hours(one.hours).label),
        "hours_note": one.hours_note, "conditions": one.conditions, "asked_by": one.asked_by,
        "how_to_ask": str(HowToAsk(one.how_to_ask).label), "asking_channel": one.asking_channel,
        "agreement": _agreement(one.agreement), "readiness": share,
        "places": [{"name": place.name, "hazard": place.hazard, **_position(place)} for place in one.places.all()],
    }  # fmt: skip


def _agreement(agreement: Agreement) -> Facts:
    return {"id": agreement.public_id, "title": str(agreement)}


def _contact(one: EmergencyContact, day: date) -> Facts:
    return {
        "id": one.public_id, "unit": one.unit, "name": one.name, "note": one.note, "when": one.reached_when,
        "when_label": one.get_reached_when_display(), "agreement": one.agreement.public_id if one.agreement else "",
        "verified_on": one.verified_on.isoformat() if one.verified_on else "", "is_verified": one.is_verified(day),
        "channels": [
            {"label": channel.get_kind_display(), "value": channel.value, "link": channel.link}
            for channel in one.channels.all()
        ],
    }  # fmt: skip


def _running(town: Municipality) -> Iterable[Incident]:
    requests = HelpRequest.objects.select_related("organisation__merged_into", "capability")
    calls = Call.objects.valid().select_related("organisation__merged_into")
    needs = Need.objects.select_related("district").prefetch_related(
        Prefetch("requests", queryset=requests), Prefetch("calls", queryset=calls)
    )
    return Incident.objects.of(town).running().prefetch_related(Prefetch("needs", queryset=needs))


def _incident(one: Incident) -> Facts:
    return {
        "id": one.public_id, "title": one.title, "kind": one.kind, "opened_at": one.opened_at.isoformat(),
        "needs": [_need(need) for need in one.needs.all()],
    }  # fmt: skip


def _need(one: Need) -> Facts:
    return {
        "id": one.public_id, "number": one.number, "said": one.said, "function": one.function, "goods": one.goods,
        "quantity": number(one.quantity), "unit": one.unit, "amount": one.amount,
        "district": one.district.public_id if one.district else "", "where": one.where, "state": one.state,
        "requests": [_request(request) for request in one.requests.all()],
        "calls": [_call(call) for call in one.calls.all()],
    }  # fmt: skip


def _request(one: HelpRequest) -> Facts:
    partner = one.organisation.merged_into or one.organisation
    return {
        "id": one.public_id, "partner": partner.public_id, "name": partner.name,
        "quantity": number(one.quantity), "unit": one.unit, "state": one.state,
        "promised": number(one.promised), "arrived": number(one.arrived),
    }  # fmt: skip


def _call(one: Call) -> Facts:
    partner = one.organisation.merged_into or one.organisation
    return {
        "id": one.public_id, "partner": partner.public_id, "name": partner.name, "outcome": one.outcome,
        "spoke_with": one.spoke_with, "at": one.at.isoformat(),
    }  # fmt: skip
