"""Disasters in domain words: what partners do, whom to call, an incident with its needs; say only what matters."""

from datetime import UTC, date, datetime
from decimal import Decimal

from renkei.agreements.models import Agreement
from renkei.disasters.models import (
    Call,
    Capability,
    ContactCampaign,
    ContactCheck,
    District,
    Drill,
    EmergencyContact,
    HelpRequest,
    Incident,
    Need,
    Scenario,
    Step,
)
from renkei.disasters.vocabulary import (
    CallOutcome,
    CapabilityState,
    Certainty,
    ChannelKind,
    DisasterFunction,
    Hazard,
    Hours,
    IncidentKind,
    StepKind,
)
from renkei.municipalities.models import Municipality
from renkei.partners.models import Organisation
from tests.factories import a_municipality, an_agreement

AT = datetime(2024, 9, 1, 18, 0, tzinfo=UTC)
"""令和6年9月2日 3:00 in Japan."""
DAY = date(2024, 9, 2)


def the_partner(agreement: Agreement) -> Organisation:
    """The agreement's first partner."""
    party = agreement.parties.filter(organisation__isnull=False).order_by("position").first()
    assert party
    assert party.organisation
    return party.organisation


def a_capability(agreement: Agreement | None = None, **facts: object) -> Capability:
    """2,000 bottles of water, guaranteed, around the clock."""
    agreement = agreement or an_agreement()
    known = {
        "municipality": agreement.municipality,
        "organisation": facts.get("organisation") or the_partner(agreement),
        "function": DisasterFunction.FOOD_WATER,
        "goods": "飲料水",
        "quantity": Decimal(2000),
        "unit": "本",
        "certainty": Certainty.GUARANTEED,
        "hours": Hours.ALWAYS,
        "state": CapabilityState.CURRENT,
        "confirmed_on": date(2024, 4, 1),
    }
    return Capability.objects.create(agreement=agreement, **{**known, **facts})


def a_district(municipality: Municipality | None = None, **facts: object) -> District:
    """東光地区, with its place on the map."""
    known = {
        "name": "東光地区",
        "latitude": Decimal("43.75400"),
        "longitude": Decimal("142.39900"),
        "municipality": municipality or a_municipality(),
    }
    return District.objects.create(**{**known, **facts})


def a_contact(
    agreement: Agreement | None = None, *, channels: tuple[tuple[str, str], ...] = (), **facts: object
) -> EmergencyContact:
    """Somebody of the agreement's partner with a mobile, verified in spring."""
    agreement = agreement or an_agreement()
    known = {
        "municipality": agreement.municipality,
        "organisation": the_partner(agreement),
        "unit": "総務部長",
        "name": "佐藤 一郎",
        "verified_on": date(2024, 4, 10),
    }
    contact = EmergencyContact.objects.create(**{**known, **facts})
    for place, (kind, value) in enumerate(channels or ((ChannelKind.MOBILE, "090-0000-0001"),), start=1):
        contact.channels.create(kind=kind, value=value, position=place)
    return contact


def an_incident(municipality: Municipality | None = None, **facts: object) -> Incident:
    """An earthquake at three in the morning."""
    known = {
        "municipality": municipality or a_municipality(),
        "kind": IncidentKind.REAL,
        "hazard": Hazard.EARTHQUAKE,
        "title": "令和6年9月2日の地震",
        "opened_at": AT,
    }
    return Incident.objects.create(**{**known, **facts})


def a_need(incident: Incident | None = None, **facts: object) -> Need:
    """2,000 bottles of water for 東光地区."""
    incident = incident or an_incident()
    known = {
        "number": incident.needs.count() + 1,
        "said": "水 2,000本 東光地区",
        "function": DisasterFunction.FOOD_WATER,
        "goods": "飲料水",
        "quantity": Decimal(2000),
        "unit": "本",
        "opened_at": AT,
    }
    return Need.objects.create(incident=incident, **{**known, **facts})


def a_request(agreement: Agreement, need: Need | None = None, **facts: object) -> HelpRequest:
    """Asked of the agreement's partner for what is needed; without steps nobody has asked yet."""
    need = need or a_need(an_incident(agreement.municipality))
    known = {
        "incident": need.incident,
        "organisation": the_partner(agreement),
        "agreement": agreement,
        "quantity": need.quantity,
        "unit": need.unit,
        "made_at": AT,
    }
    return HelpRequest.objects.create(need=need, **{**known, **facts})


def a_step(request: HelpRequest, kind: StepKind = StepKind.ASKED, **facts: object) -> Step:
    """Something that happened to the request, as a row; the request's state is left to services."""
    return Step.objects.create(request=request, kind=kind, **{"at": AT, "received_at": AT, **facts})


def a_call(request: HelpRequest, **facts: object) -> Call:
    """A call about the request in which somebody was reached."""
    known = {
        "incident": request.incident,
        "need": request.need,
        "organisation": request.organisation,
        "outcome": CallOutcome.REACHED,
        "at": AT,
        "received_at": AT,
    }
    return Call.objects.create(request=request, **{**known, **facts})


def a_contact_campaign(agreement: Agreement, **facts: object) -> ContactCampaign:
    """The check of contacts of 令和6年度, opened and without anybody asked."""
    known = {"fiscal_year": 2024, "due_on": date(2024, 9, 30), "opened_at": AT}
    return ContactCampaign.objects.create(municipality=agreement.municipality, **{**known, **facts})


def a_contact_check(
    agreement: Agreement, campaign: ContactCampaign | None = None, **facts: object
) -> ContactCheck:
    """The partner's part of the check, sent and not yet answered."""
    known = {"organisation": the_partner(agreement), "email": "kinkyu@example.com", "sent_at": AT}
    campaign = campaign or a_contact_campaign(agreement)
    return ContactCheck.objects.create(campaign=campaign, **{**known, **facts})


def a_scenario(municipality: Municipality | None = None, **facts: object) -> Scenario:
    """Water after five minutes, fuel after twenty."""
    known = {"title": "直下型地震の最初の2時間", "hazard": Hazard.EARTHQUAKE}
    scenario = Scenario.objects.create(municipality=municipality or a_municipality(), **{**known, **facts})
    scenario.needs.create(
        minute=5, function=DisasterFunction.FOOD_WATER, goods="飲料水", quantity=Decimal(2000), unit="本"
    )
    scenario.needs.create(minute=20, function=DisasterFunction.FUEL, goods="軽油")
    return scenario


def a_drill(scenario: Scenario | None = None, **facts: object) -> Drill:
    """A drill in the plan for the day, in which partners are really called."""
    scenario = scenario or a_scenario()
    known = {"title": "夜間連絡訓練", "planned_on": DAY, "municipality": scenario.municipality}
    return Drill.objects.create(scenario=scenario, **{**known, **facts})
