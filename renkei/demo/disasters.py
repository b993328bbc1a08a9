"""The demo town's preparedness: what partners do, whom to call, the yearly check, drills, and one flood."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from renkei.agreements.models import Agreement, Party
from renkei.audit.services import record
from renkei.demo import disaster_past, events
from renkei.demo.disaster_people import contacts
from renkei.demo.disaster_promises import (
    DISTRICTS,
    FAR,
    PLACED,
    PROMISES,
    Promise,
    certainty,
    hazard,
    hours,
    quantity,
)
from renkei.demo.disaster_texts import texts
from renkei.demo.published import EXAMPLE_ID
from renkei.demo.walking import Cast
from renkei.disasters.changes import tell_capabilities_changed
from renkei.disasters.models import Capability, District, SupplyPlace
from renkei.disasters.vocabulary import (
    CapabilitySource,
    CapabilityState,
    Certainty,
    DisasterFunction,
    DistrictKind,
    HazardPosition,
    Hours,
    HowVerified,
)
from renkei.municipalities.models import Municipality
from renkei.municipalities.post import no_letters
from renkei.partners.models import Organisation

CONFIRMED = (date(2026, 11, 12), date(2025, 6, 20), date(2022, 6, 24))
READINGS = {
    "見本建設": "みほんけんせつ",
    "見本ストア": "みほんすとあ",
    "見本運輸": "みほんうんゆ",
    "見本石油": "みほんせきゆ",
    "見本飲料": "みほんいんりょう",
    "見本通信": "みほんつうしん",
}
Signed = dict[str, list[tuple[Agreement, Organisation]]]


def disasters(town: Municipality, divisions: dict[str, int]) -> None:
    """Everything about disasters; a past that is written down afterwards sends no letter."""
    with no_letters():
        cast, signed = Cast(town, divisions, {}), _signed(town)
        _readings(town)
        _districts(town)
        promised = list(_promised(town, signed))
        Capability.objects.bulk_create([one for one, _places in promised])
        SupplyPlace.objects.bulk_create(
            [SupplyPlace(capability=one, **place) for one, places in promised for place in places]
        )
        tell_capabilities_changed({one.agreement_id for one, _places in promised})
        people = contacts(town, signed, cast.divisions["disaster"])
        record(
            events.PREPARED, None, town, municipality=town, capabilities=len(promised), contacts=len(people)
        )
        disaster_past.past(cast)
        texts(town, signed)


def _signed(town: Municipality) -> Signed:
    """The made-up agreements in force by their title, each with its partner."""
    found: Signed = defaultdict(list)
    parties = Party.objects.filter(
        agreement__municipality=town,
        agreement__is_sample=True,
        agreement__ending=None,
        organisation__isnull=False,
    ).exclude(agreement__public_id=EXAMPLE_ID)
    for party in parties.select_related("agreement", "organisation").order_by("agreement__public_id"):
        assert party.organisation
        found[party.agreement.title].append((party.agreement, party.organisation))
    return found


def _readings(town: Municipality) -> None:
    """The readings of most partners; of the others nobody has written one, which the disaster book says."""
    known = []
    for partner in Organisation.objects.of(town).filter(name__regex="|".join(READINGS), name_kana=""):
        name = next(name for name in READINGS if name in partner.name)
        number = "".join(letter for letter in partner.name if letter in "0123456789")
        partner.name_kana = f"{READINGS[name]}{number}"
        known.append(partner)
    Organisation.objects.bulk_update(known, ["name_kana"])


def _districts(town: Municipality) -> None:
    known = [
        District(
            municipality=town,
            public_id=f"di{number:010}",
            name=name,
            kind=DistrictKind.DISTRICT,
            latitude=Decimal(latitude),
            longitude=Decimal(longitude),
        )
        for number, (name, latitude, longitude) in enumerate(DISTRICTS, start=1)
    ]
    District.objects.bulk_create(known)


def _promised(town: Municipality, signed: Signed) -> Iterator[tuple[Capability, list[dict[str, object]]]]:
    made = 0
    for one in PROMISES:
        for number, (agreement, partner) in enumerate(signed[one.title][: one.partners], start=1):
            made += 1
            yield _capability(town, one, number, made, agreement, partner), _places(one, number, made)
    yield _of_the_example(town, made + 1), []


def _capability(
    town: Municipality, one: Promise, number: int, made: int, agreement: Agreement, partner: Organisation
) -> Capability:
    return Capability(
        municipality=town,
        public_id=f"cp{made:010}",
        agreement=agreement,
        organisation=partner,
        function=one.function,
        goods=one.goods,
        quantity=quantity(one, number),
        unit=one.unit,
        certainty=certainty(one, number),
        area="市内全域",
        lead_hours=Decimal(one.lead),
        hours=hours(one, number),
        cost_bearer=one.cost,
        how_to_ask=one.how,
        asking_form=one.form if number % 6 else "",
        asked_by="防災課長" if one.form else "",
        asking_channel="電話とFAX" if one.form else "",
        confirmed_on=CONFIRMED[made % 3],
        confirmed_how=HowVerified.PAPER if made % 2 else HowVerified.LINK,
        source=CapabilitySource.PARTNER,
        is_sample=True,
    )


def _places(one: Promise, number: int, made: int) -> list[dict[str, object]]:
    """Where it comes from: some place in a district, or a store in another town; of every fifth nobody knows."""
    if one.function == DisasterFunction.STAFF:
        far = {"latitude": Decimal("43.34200") + Decimal(number) / 20, "longitude": Decimal("142.38300")}
        return [{"name": FAR, "hazard": HazardPosition.OUTSIDE, **far}]
    if one.function not in PLACED or made % 5 == 0:
        return []
    name, latitude, longitude = DISTRICTS[made % len(DISTRICTS)]
    return [
        {
            "name": f"{name}の拠点",
            "latitude": Decimal(latitude) + Decimal(number % 5) / 1000,
            "longitude": Decimal(longitude) - Decimal(number % 3) / 1000,
            "hazard": hazard(number),
        }
    ]


def _of_the_example(town: Municipality, made: int) -> Capability:
    """The line about disasters inside the comprehensive agreement of the town's text: no quantity was ever named."""
    example = Agreement.objects.of(town).get(public_id=EXAMPLE_ID)
    partner = example.parties.get(organisation__isnull=False).organisation
    assert partner
    return Capability(
        municipality=town,
        public_id=f"cp{made:010}",
        agreement=example,
        organisation=partner,
        function=DisasterFunction.MEDICINES,
        goods="医薬品・衛生用品",
        certainty=Certainty.NONE,
        hours=Hours.UNKNOWN,
        state=CapabilityState.CURRENT,
        source=CapabilitySource.TEXT,
        source_text="災害時における必要な物資等の提供",
        is_sample=True,
    )
