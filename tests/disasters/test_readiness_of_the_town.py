"""What a town lacks, what would fail together, and how it is kept day by day."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from renkei.disasters.models import ReadinessDay, Scenario
from renkei.disasters.readiness.daily import keep_readiness
from renkei.disasters.readiness.gaps import GapKind, gaps_of
from renkei.disasters.readiness.single_points import PointKind, single_points_of
from renkei.disasters.readiness.town import TownFacts
from renkei.disasters.readiness.trend import trend_of
from renkei.disasters.vocabulary import (
    CapabilityState,
    Certainty,
    ChannelKind,
    DisasterFunction,
    Hazard,
    HazardPosition,
    Hours,
    NeedState,
)
from renkei.municipalities.daily import daily_work
from tests.disaster_factories import DAY, a_capability, a_contact, a_need, an_incident, the_partner
from tests.factories import a_municipality, an_agreement

pytestmark = pytest.mark.django_db
FUEL = DisasterFunction.FUEL
NOW = datetime(2024, 9, 2, 3, 0, tzinfo=UTC)


def for_disaster(partner: str = "株式会社見本", **facts):
    return an_agreement(form="disaster", title=f"{partner}との協定", partners=(partner,), **facts)


def kinds_of(function: str) -> set[str]:
    return {gap.kind for gap in gaps_of(TownFacts(a_municipality(), DAY)) if gap.function == function}


def points_of(kind: PointKind) -> list:
    return [one for one in single_points_of(TownFacts(a_municipality(), DAY)) if one.kind == kind]


def test_gaps_close_one_after_the_other():
    first = for_disaster()
    assert kinds_of(FUEL) == {GapKind.NONE}
    fuel = a_capability(
        first, function=FUEL, goods="ガソリン", hours=Hours.ALWAYS, certainty=Certainty.ESTIMATED
    )
    fuel.places.create(name="給油所", hazard=HazardPosition.INSIDE)
    assert kinds_of(FUEL) == {GapKind.SINGLE, GapKind.NIGHT, GapKind.QUANTITY, GapKind.HAZARD}
    night = [gap for gap in gaps_of(TownFacts(a_municipality(), DAY)) if gap.kind == GapKind.NIGHT]
    assert "夜間に応じる相手方がいません" in night[0].sentence
    assert "1者" in night[0].sentence, "somebody is awake, but nobody has verified how to call"
    a_contact(first)
    assert GapKind.NIGHT not in kinds_of(FUEL)
    other = a_capability(for_disaster("石油株式会社"), function=FUEL, goods="軽油", hours=Hours.OFFICE)
    other.places.create(name="油槽所", hazard=HazardPosition.OUTSIDE)
    assert kinds_of(FUEL) == set()


def test_what_scenarios_and_past_needs_ask_for_is_wanted_by_name():
    a_capability(for_disaster())
    assert GapKind.GOODS not in kinds_of(DisasterFunction.FOOD_WATER)
    assert kinds_of(DisasterFunction.NUCLEAR) == set(), "not every town wants it"
    scenario = Scenario.objects.create(municipality=a_municipality(), title="地震", hazard=Hazard.EARTHQUAKE)
    scenario.needs.create(function=DisasterFunction.FOOD_WATER, goods="粉ミルク")
    scenario.needs.create(function=DisasterFunction.FOOD_WATER, goods="飲料水(2L)")
    scenario.needs.create(function=DisasterFunction.NUCLEAR)
    a_need(an_incident(), function=FUEL, goods="灯油", state=NeedState.DROPPED)
    told = [gap.goods for gap in gaps_of(TownFacts(a_municipality(), DAY)) if gap.kind == GapKind.GOODS]
    assert told == ["粉ミルク"]
    assert kinds_of(DisasterFunction.NUCLEAR) == {GapKind.NONE}


def test_an_agreement_that_has_ended_fills_no_gap():
    ended = for_disaster(signed=None, starts="2020-04-01", ends="2023-03-31")
    a_capability(ended, function=FUEL)
    a_capability(for_disaster("別会社"), function=FUEL, state=CapabilityState.PROPOSED)
    assert kinds_of(FUEL) == {GapKind.NONE}


def test_one_partner_for_three_functions_and_one_telephone_for_two_partners_are_told_without_the_number():
    first, second = for_disaster(), for_disaster("有限会社べつ")
    for function in (FUEL, DisasterFunction.FOOD_WATER):
        a_capability(first, function=function)
    assert points_of(PointKind.PARTNER) == []
    a_capability(first, function=DisasterFunction.TRANSPORT)
    (leaned,) = points_of(PointKind.PARTNER)
    assert (leaned.partners, "3種類" in leaned.sentence) == ((the_partner(first),), True)
    assert "燃料の供給" in leaned.sentence, "nobody else brings fuel"

    a_contact(first, channels=((ChannelKind.PHONE, "0166-00-1234"), (ChannelKind.MAIL, "a@example.com")))
    a_contact(second, channels=((ChannelKind.MOBILE, "0166(00)1234"), (ChannelKind.MAIL, "a@example.com")))
    (shared,) = points_of(PointKind.TELEPHONE)
    assert set(shared.partners) == {the_partner(first), the_partner(second)}
    assert "1234" not in shared.sentence


def promised_in(code: str, name: str, *, published: bool, number: str = "", function: str = FUEL) -> None:
    town = a_municipality(code)
    town.name = f"よその町{code}"
    town.save()
    agreement = for_disaster(name, municipality=town, published=published)
    partner = the_partner(agreement)
    partner.corporate_number, partner.notes = number, "CANARY"
    partner.save()
    a_capability(agreement, function=function, goods="CANARY", quantity=Decimal(9876), conditions="CANARY")


def test_a_chain_that_promised_the_same_to_other_towns_is_told_but_nothing_that_they_did_not_publish():
    mine = for_disaster("株式会社チェーン")
    a_capability(mine, function=FUEL)
    assert points_of(PointKind.PROMISED) == []
    promised_in("011002", "(株)チェーン", published=False)
    (point,) = points_of(PointKind.PROMISED)
    assert point.weight == 1
    assert "1自治体" in point.sentence
    told = f"{point.sentence}{[str(one) for one in point.partners]}"
    assert not any(word in told for word in ("よその町", "CANARY", "9876")), (
        "an unpublished promise is only counted"
    )

    promised_in("012025", "㈱チェーン", published=True)
    promised_in("012033", "株式会社チェーン", published=True, function=DisasterFunction.TRANSPORT)
    (point,) = points_of(PointKind.PROMISED)
    assert point.weight == 2, "the same function only"
    assert "よその町012025" in point.sentence
    assert "よその町011002" not in point.sentence


def test_partners_with_different_corporate_numbers_are_not_one_and_with_the_same_number_are():
    mine = for_disaster("石油組合")
    a_capability(mine, function=FUEL)
    partner = the_partner(mine)
    partner.corporate_number = "1234567890123"
    partner.save()
    promised_in("011002", "石油組合", published=True, number="9999999999999")
    assert points_of(PointKind.PROMISED) == []
    promised_in("012025", "別の名の組合", published=True, number="1234567890123")
    assert [one.partners for one in points_of(PointKind.PROMISED)] == [(partner,)]


def test_a_day_is_kept_once_and_a_town_without_agreements_for_disasters_keeps_none():
    town = a_municipality()
    keep_readiness(None, municipality=town, day=DAY, now=NOW)
    assert not ReadinessDay.objects.exists()
    a_capability(for_disaster())
    assert keep_readiness in [receiver() for _key, receiver, *_rest in daily_work.receivers]
    for day in (date(2024, 8, 30), DAY, DAY):
        keep_readiness(None, municipality=town, day=day, now=NOW)
    a_contact(for_disaster("次の会社"))
    keep_readiness(None, municipality=town, day=DAY, now=NOW)
    kept = ReadinessDay.objects.of(town).get(day=DAY)
    assert (kept.agreements, kept.signs["capability"], kept.signs["contacts"]) == (1, 1, 0)
    assert kept.gaps == len(gaps_of(TownFacts(town, date(2024, 9, 2))))
    points = trend_of(town, DAY)
    assert [one.day for one in points] == [date(2024, 8, 30), DAY], "the last day of each month"
    assert points[-1].percent == round(100 / 7)


def test_the_command_says_the_same_on_the_terminal():
    a_capability(for_disaster())
    told = StringIO()
    call_command("readiness", "--code", "012041", "--on", "令和6年9月2日", "--list", stdout=told)
    assert "災害時の協定1件中0件がすべて満たす" in told.getvalue()
    assert "支援内容が分かる  1件中1件" in told.getvalue()
    assert "×○××××?\t株式会社見本との協定" in told.getvalue()
    with pytest.raises(CommandError, match="自治体はありません"):
        call_command("readiness", "--code", "011011")
