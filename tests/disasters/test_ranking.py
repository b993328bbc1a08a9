"""Who can help with a need: the fitting, ready, near and free partner first, each with its reasons in words."""

from decimal import Decimal

import pytest

from renkei.agreements.models import Agreement
from renkei.agreements.vocabulary import Form
from renkei.disasters.incidents.ranking import rank, together
from renkei.disasters.models import Need, SupplyPlace
from renkei.disasters.vocabulary import (
    CallOutcome,
    Certainty,
    ChannelKind,
    DisasterFunction,
    HazardPosition,
    Hours,
    ReachedWhen,
    RequestState,
)
from tests.disaster_factories import (
    AT,
    a_call,
    a_capability,
    a_contact,
    a_district,
    a_need,
    a_request,
    an_incident,
    the_partner,
)
from tests.factories import a_municipality, an_agreement

pytestmark = pytest.mark.django_db


def a_partner(name, *, km=None, **facts):
    """An agreement whose partner brings water, so many kilometres north of 東光地区."""
    agreement = an_agreement(title=f"災害時における{name}の協定", partners=(name,))
    capability = a_capability(agreement, **facts)
    if km is not None:
        north = Decimal("43.754") + Decimal(km) / 111
        capability.places.create(name="倉庫", latitude=round(north, 5), longitude=Decimal("142.399"))
    return agreement


def names(ranked):
    return [str(one.organisation) for one in ranked]


def at_night(**facts) -> Need:
    return a_need(an_incident(), district=a_district(), **facts)


def test_who_fits_is_ready_and_near_comes_first_with_reasons():
    best = a_partner("近い水", km=3)
    a_contact(best)
    a_partner("遠い水", km=90)
    a_partner("昼だけの水", km=3, hours=Hours.OFFICE, certainty=Certainty.NONE)
    a_partner("毛布", km=3, function=DisasterFunction.DAILY_GOODS, goods="毛布", unit="枚")
    a_partner("パン", km=3, goods="パン", unit="個")
    ranked = rank(at_night(), town=a_municipality(), at=AT)
    assert names(ranked)[0] == "近い水"
    assert names(ranked)[-1] == "パン"
    assert "毛布" not in names(ranked)
    first = ranked[0]
    assert {"数量を確保済み(2,000本)", "夜間も応じる", "3.0km"} <= set(first.reasons)
    assert "緊急連絡先がない" in ranked[1].reasons
    assert len(first.chain) == 1
    assert all(len(one.reasons) <= 5 and one.score <= 100 for one in ranked)


def test_who_declined_or_was_not_reached_or_is_asked_already_goes_back():
    free, busy, silent, unable = (a_partner(name) for name in ("空き", "多忙", "不在", "不可"))
    a_contact(silent, channels=((ChannelKind.PHONE, "0166-00-0001"),), reached_when=ReachedWhen.DAY)
    need = at_night()
    for _twice in range(2):
        a_request(busy, a_need(need.incident), state=RequestState.ACCEPTED)
    silent_request = a_request(silent, a_need(need.incident), state=RequestState.CANCELLED)
    a_call(silent_request, outcome=CallOutcome.NO_ANSWER)
    a_request(unable, a_need(need.incident), state=RequestState.DECLINED)
    ranked = rank(need, town=a_municipality(), at=AT)
    assert names(ranked) == ["空き", "多忙", "不在", "不可"]
    assert ranked[1].load.requests == 2
    assert "1回つながらなかった" in ranked[2].reasons
    assert "この災害で「できない」と回答" in ranked[3].reasons
    assert the_partner(free) == ranked[0].organisation
    a_contact(silent, channels=((ChannelKind.MOBILE, "090-0000-0001"), (ChannelKind.PHONE, "0166-00-0002")))
    assert names(rank(need, town=a_municipality(), at=AT))[0] == "不在", "it has another number for the night"


def test_of_other_towns_only_a_number_is_told_and_drills_weigh_on_no_disaster():
    mine = a_partner("水の卸")
    partner = the_partner(mine)
    partner.corporate_number = "1234567890123"
    partner.save()
    for code, kind in (("131016", "real"), ("131024", "real"), ("131032", "drill")):
        elsewhere = an_agreement(municipality=a_municipality(code), partners=("水の卸",))
        their = the_partner(elsewhere)
        their.corporate_number = partner.corporate_number
        their.save()
        incident = an_incident(elsewhere.municipality, kind=kind)
        a_request(elsewhere, a_need(incident), state=RequestState.ASKED)
    (found,) = rank(at_night(), town=a_municipality(), at=AT)
    assert found.load.other_towns == 2
    assert "ほかの2市町村も要請中" in found.reasons


def test_partners_that_cover_it_together_are_named_and_one_that_does_is_enough():
    a_partner("大", quantity=Decimal(1200))
    a_partner("中", quantity=Decimal(900))
    a_partner("小", quantity=Decimal(100))
    need = at_night()
    found = together(need, rank(need, town=a_municipality(), at=AT))
    assert found is not None
    assert (names(found.candidates), found.amount) == (["大", "中"], 2100)
    a_partner("全部", quantity=Decimal(5000))
    assert together(need, rank(need, town=a_municipality(), at=AT)) is None


def test_partners_without_capabilities_come_after_and_a_place_in_danger_is_said():
    a_partner("登録済み", km=1)
    danger = a_partner("危険", km=1)
    SupplyPlace.objects.filter(capability__agreement=danger).update(hazard=HazardPosition.INSIDE)
    unwritten = an_agreement(title="災害時における飲料水の供給に関する協定", partners=("未登録",))
    Agreement.objects.filter(pk=unwritten.pk).update(form=Form.DISASTER)
    ranked = rank(a_need(an_incident()), town=a_municipality(), at=AT)
    assert names(ranked) == ["登録済み", "危険", "未登録"]
    assert "拠点が危険区域の中" in ranked[1].reasons
    assert ranked[2].reasons[0] == "支援内容は未登録(協定名から)"


def test_a_town_is_ranked_in_few_questions(django_assert_max_num_queries):
    for number in range(6):
        a_contact(a_partner(f"水{number}", km=number + 1))
    need = at_night()
    with django_assert_max_num_queries(40):
        assert len(rank(need, town=a_municipality(), at=AT)) == 6
