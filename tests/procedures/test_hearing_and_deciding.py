"""The first step: what was heard, who the partner is, the form and the window, the items."""

import pytest

from renkei.accounts.models import Role
from renkei.agreements.vocabulary import Form
from renkei.audit.models import Entry
from renkei.municipalities.public_id import new_public_id
from renkei.partners.models import Organisation
from renkei.procedures.awaiting import awaited
from renkei.procedures.models import Procedure
from renkei.procedures.services import ChangedMeanwhile, ProcedureRefused, move
from renkei.procedures.services.deciding import decide_partner, decide_window, write_new_partner
from renkei.procedures.services.hearing import HearingFacts, correct_hearing, write_hearing
from renkei.procedures.services.items import (
    DOWN,
    UP,
    ItemFacts,
    add_item,
    agree_on_item,
    bring_back_item,
    change_item,
    drop_item,
    order_item,
)
from renkei.procedures.vocabulary import Stage
from renkei.reminders.models import Letter
from tests.factories import a_division, a_municipality, a_user
from tests.procedure_factories import AT, TODAY, a_correspondent, a_partner, a_procedure

pytestmark = pytest.mark.django_db
HEARD = HearingFacts(held_on=TODAY, learned="試飲は費用を求めない。")


@pytest.fixture
def clerk():
    return a_user()


def headings(procedure: Procedure) -> list[str]:
    return [one.heading for one in procedure.items.filter(dropped_reason="")]


def test_a_hearing_is_written_once_and_put_right_within_the_log(clerk):
    procedure, once = a_procedure(), new_public_id()
    write_hearing(procedure, HEARD, by=clerk, at=AT, public_id=once)
    hearing = write_hearing(procedure, HEARD, by=clerk, at=AT, public_id=once)
    assert procedure.hearings.count() == 1
    correct_hearing(hearing, HearingFacts(held_on=TODAY, learned="試飲は有償。"), by=clerk, at=AT)
    with pytest.raises(ProcedureRefused, match="変わった所がありません"):
        correct_hearing(hearing, HearingFacts(held_on=TODAY, learned="試飲は有償。"), by=clerk, at=AT)
    told = Entry.objects.get(event="procedure.hearing_corrected")
    assert told.changes == {"procedures.hearing.learned": ["試飲は費用を求めない。", "試飲は有償。"]}


def test_a_hearing_is_not_before_it_is_held(clerk):
    with pytest.raises(ProcedureRefused, match="今日より後"):
        write_hearing(
            a_procedure(),
            HearingFacts(held_on=TODAY.replace(day=2), learned="…"),
            by=clerk,
            at=AT,
            public_id=new_public_id(),
        )


def test_the_partner_is_one_of_the_town_and_opens_the_procedure_to_its_people(clerk):
    procedure = a_procedure()
    colleague = a_correspondent(email="jiro@example.com", organisation=a_partner())
    assert not Procedure.objects.seen_by(colleague).exists()
    foreign = a_partner("別の町の会社", municipality=a_municipality("012025"))
    with pytest.raises(ProcedureRefused, match="選べません"):
        decide_partner(procedure, foreign, by=clerk, at=AT)
    decide_partner(procedure, a_partner(), by=clerk, at=AT, accepts_author=True)
    assert list(Procedure.objects.seen_by(colleague)) == [procedure]
    procedure.proposal.author.refresh_from_db()
    assert procedure.proposal.author.organisation == a_partner()


def test_a_new_partner_is_written_with_what_the_proposal_says(clerk):
    facts = {"name": "見本製薬株式会社", "kind": "company", "corporate_number": "5-0500-0500-5266"}
    procedure = a_procedure()
    with pytest.raises(ProcedureRefused, match="検査数字"):
        write_new_partner(procedure, {**facts, "corporate_number": "1234567890123"}, by=clerk, at=AT)
    assert not Organisation.objects.exists()
    write_new_partner(procedure, {**facts, "address": "見本市一条"}, by=clerk, at=AT)
    assert procedure.organisation.corporate_number == "5050005005266"
    assert procedure.organisation.address == "見本市一条"
    with pytest.raises(ProcedureRefused, match="候補から"):
        write_new_partner(a_other(), {"name": "(株)見本製薬"}, by=clerk, at=AT)


def a_other() -> Procedure:
    return a_procedure(author=a_correspondent(email="saburo@example.com", company="(株)見本製薬"))


def test_the_window_follows_the_rule_or_has_a_reason(clerk):
    procedure = a_procedure()
    planning = a_division(name="企画課", is_coordinating=True)
    health = a_division(name="健康課")
    nurse = a_user(role=Role.RESPONSIBLE, division=health, sign_in_name="hoken")
    nurse.email = "hoken@example.com"
    nurse.save()
    decided = {"form": Form.COMPREHENSIVE, "main_field": "", "by": clerk, "at": AT}
    with pytest.raises(ProcedureRefused, match="決まりでは窓口は企画課"):
        decide_window(procedure, division=health, **decided)
    decide_window(procedure, division=planning, **decided)
    with pytest.raises(ProcedureRefused, match="担当替え"):
        decide_window(procedure, division=health, **{**decided, "main_field": "health"})
    decide_window(
        procedure, division=health, reason="健康が中心になった", **{**decided, "main_field": "health"}
    )
    assert procedure.window_reason == "健康が中心になった"
    assert Letter.objects.filter(address="hoken@example.com", subject__contains="窓口").count() == 1
    told = Entry.objects.filter(event="procedure.window_decided").last()
    assert told.changes["procedures.procedure.division"] == ["企画課", "健康課"]


def test_a_form_that_leaves_out_the_present_step_is_refused(clerk):
    procedure = a_procedure(stage=Stage.NEGOTIATION)
    procedure.course = {"off": {"individual": ["negotiation"]}}
    procedure.save()
    with pytest.raises(ProcedureRefused, match="「協議」の段階を通りません"):
        decide_window(
            procedure, form=Form.INDIVIDUAL, main_field="health", division=a_division(), by=clerk, at=AT
        )
    procedure.refresh_from_db()
    assert awaited(procedure, TODAY)


def test_items_are_added_reworded_ordered_dropped_and_brought_back(clerk):
    procedure, said = a_procedure(), {"by": clerk, "at": AT}
    sport = add_item(procedure, ItemFacts(heading="スポーツに関すること"), public_id=new_public_id(), **said)
    order_item(sport, UP, **said)
    assert headings(procedure) == [
        "健康の維持・増進に関すること",
        "スポーツに関すること",
        "災害対策に関すること",
    ]
    first = procedure.items.first()
    drop_item(first, reason="市の事業と重なる", **said)
    assert headings(procedure) == ["スポーツに関すること", "災害対策に関すること"]
    with pytest.raises(ProcedureRefused, match="これより先"):
        order_item(procedure.items.get(pk=sport.pk), UP, **said)
    order_item(procedure.items.get(pk=sport.pk), DOWN, **said)
    assert headings(procedure) == ["災害対策に関すること", "スポーツに関すること"]
    bring_back_item(procedure.items.get(pk=first.pk), **said)
    assert len(headings(procedure)) == 3
    told = Entry.objects.filter(event="procedure.items_ordered").last().changes["procedures.cooperationitem"]
    assert told == [
        ["スポーツに関すること", "災害対策に関すること"],
        ["災害対策に関すること", "スポーツに関すること"],
    ]


def test_an_agreed_item_that_is_reworded_is_agreed_no_longer(clerk):
    procedure = a_procedure(stage=Stage.NEGOTIATION)
    item = procedure.items.first()
    agree_on_item(item, True, by=clerk, at=AT)
    change_item(item, ItemFacts(heading=item.heading, description="年2回の講座"), by=clerk, at=AT)
    assert item.is_agreed, "its details may grow"
    change_item(item, ItemFacts(heading="健康づくりに関すること"), by=clerk, at=AT)
    assert not item.is_agreed
    with pytest.raises(ProcedureRefused, match="理由"):
        drop_item(item, by=clerk, at=AT, reason=" ")


def test_of_two_who_change_the_same_item_one_is_told(clerk):
    procedure = a_procedure()
    mine = procedure.items.first()
    theirs = Procedure.objects.get(pk=procedure.pk).items.first()
    change_item(mine, ItemFacts(heading="健康に関すること"), by=clerk, at=AT)
    with pytest.raises(ChangedMeanwhile):
        change_item(theirs, ItemFacts(heading="保健に関すること"), by=clerk, at=AT)


def test_once_all_is_decided_the_procedure_moves_on(clerk):
    procedure = a_procedure()
    write_hearing(procedure, HEARD, by=clerk, at=AT, public_id=new_public_id())
    decide_partner(procedure, a_partner(), by=clerk, at=AT)
    decide_window(
        procedure, form=Form.INDIVIDUAL, main_field="health", division=a_division(), by=clerk, at=AT
    )
    move(procedure, "advance", Stage.COORDINATION, by=clerk, at=AT)
    assert procedure.stage == Stage.COORDINATION
