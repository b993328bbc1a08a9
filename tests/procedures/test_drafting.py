"""Versions of text and list: numbered, told, never changed, and made from what was agreed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from renkei.accounts.models import User
from renkei.audit.models import Entry
from renkei.documents.contents import AgreementText, Article
from renkei.municipalities.public_id import new_public_id
from renkei.procedures.awaiting import awaited, steps_of
from renkei.procedures.comparing import compared
from renkei.procedures.contents import InitiativeList
from renkei.procedures.models import CooperationItem, DraftVersion, Procedure
from renkei.procedures.planned import planned_list
from renkei.procedures.services import ChangedMeanwhile, ProcedureRefused, move
from renkei.procedures.services.drafting import write_list, write_text
from renkei.procedures.services.planning import (
    InitiativePlan,
    bring_initiative_back,
    drop_initiative,
    plan_initiative,
    raise_initiative,
    reword_initiative,
)
from renkei.procedures.steps import TaskState
from renkei.procedures.vocabulary import Stage
from tests.drafting_factories import HEADINGS, a_procedure_to_draft, a_text
from tests.factories import a_division, a_municipality, a_user
from tests.procedure_factories import AT, TODAY, a_correspondent, a_procedure

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk() -> User:
    return a_user()


@pytest.fixture
def procedure() -> Procedure:
    return a_procedure_to_draft(division=a_division())


def reworded(text: AgreementText, word: str) -> AgreementText:
    *first, last = text.articles
    return replace(text, articles=(*first, replace(last, text=f"{last.text}{word}")))


def written(procedure, text, clerk, made_from=None, **more) -> DraftVersion:
    told = {"note": "", "by": clerk, "at": AT, "public_id": new_public_id(), **more}
    return write_text(procedure, text, made_from=made_from, **told)


def planned(procedure, clerk, title, place=1, **plan):
    item = procedure.items.get(position=place) if place else None
    return plan_initiative(
        procedure, InitiativePlan(title, item, **plan), by=clerk, public_id=new_public_id()
    )


def test_versions_are_numbered_and_say_who_made_which_from_which(procedure, clerk):
    first = written(procedure, a_text(), clerk)
    second = written(procedure, reworded(a_text(), "また、"), clerk, first, note="末尾を直した")
    assert [str(first), str(second)] == ["協定書(案) 第1版", "協定書(案) 第2版"]
    assert (second.made_from, second.maker, second.left_out) == (first, "見本 花子", [])
    told = Entry.objects.order_by("-pk").first()
    assert f"協定書(案) 第2版を作りました({second.short_digest})" in told.sentence
    assert told.reason == "末尾を直した"
    assert AgreementText.read(second.content) == reworded(a_text(), "また、")


def test_two_people_who_edit_the_same_version_both_keep_theirs_and_the_later_is_told_apart(procedure, clerk):
    first = written(procedure, a_text(), clerk)
    written(procedure, reworded(a_text(), "甲の直し"), clerk, first)
    other = written(procedure, reworded(a_text(), "乙の直し"), a_correspondent(email="a@example.com"), first)
    assert (other.number, other.left_out, other.side, other.maker) == (3, [2], "partner", "山田 花子")
    assert procedure.versions.count() == 3


def test_a_form_that_is_sent_twice_makes_one_version(procedure, clerk):
    key = new_public_id()
    first = written(procedure, a_text(), clerk, public_id=key)
    assert written(procedure, a_text(), clerk, public_id=key) == first
    assert procedure.versions.count() == 1


def test_what_is_no_version_is_refused_with_a_sentence(procedure, clerk):
    first = written(procedure, a_text(), clerk)
    elsewhere = written(a_procedure(author=a_correspondent(email="b@example.com")), a_text(), clerk)
    for text, made_from, sentence in [
        (a_text(), first, "第1版と同じ内容です"),
        (a_text("ほか"), elsewhere, "この手続のものではありません"),
        (replace(a_text(), title=" "), None, "表題を入れてください"),
        (replace(a_text(), articles=()), None, "条が一つもありません"),
    ]:
        with pytest.raises(ProcedureRefused, match=sentence):
            written(procedure, text, clerk, made_from)
    move(procedure, "decline", Stage.DECLINED, by=clerk, at=AT, reason="時期が合わない")
    with pytest.raises(ProcedureRefused, match="終わっています"):
        written(procedure, a_text("ほか"), clerk)


def test_a_version_that_was_changed_behind_our_back_is_found(procedure, clerk):
    version = written(procedure, a_text(), clerk)
    assert version.is_unaltered
    content = {**version.content, "title": "別の協定書"}
    DraftVersion.objects.filter(pk=version.pk).update(content=content)
    assert not DraftVersion.objects.get(pk=version.pk).is_unaltered


def test_the_list_is_what_is_planned_under_the_agreed_items(procedure, clerk):
    division = a_division(name="健康課")
    later = planned(procedure, clerk, "講座を開く", division=division, town_part="会場", timing="7月から")
    earlier = planned(procedure, clerk, "教材を作る", partner_part="資料")
    planned(procedure, clerk, "合意のない取組", place=3)
    planned(procedure, clerk, "連携事項のない取組", place=0)
    raise_initiative(earlier, by=clerk)
    raise_initiative(earlier, by=clerk)  # the first stays where it is
    version = write_list(procedure, by=clerk, at=AT, public_id=new_public_id())
    told = InitiativeList.read(version.content)
    assert told.items == HEADINGS
    assert [(row.item, row.title, row.division) for row in told.rows] == [
        (1, "教材を作る", ""),
        (1, "講座を開く", str(division)),
    ]
    with pytest.raises(ProcedureRefused, match="第1版と同じ内容です"):
        write_list(procedure, by=clerk, at=AT, public_id=new_public_id())
    drop_initiative(later, by=clerk)
    drop_initiative(later, by=clerk)
    assert [row.title for row in planned_list(procedure).rows] == ["教材を作る"]
    assert Entry.objects.filter(event="procedure.initiative_dropped").count() == 1
    bring_initiative_back(later, by=clerk)
    assert planned_list(procedure) == told


def test_a_reworded_initiative_is_told_with_before_and_after_and_its_list_compares_it(procedure, clerk):
    one = planned(procedure, clerk, "講座を年1回開く", town_part="会場の手配")
    first = write_list(procedure, by=clerk, at=AT, public_id=new_public_id())
    reword_initiative(one, InitiativePlan("講座を年4回開く", one.item, town_part="会場の手配"), by=clerk)
    told = Entry.objects.order_by("-pk").first()
    assert told.changes["procedures.plannedinitiative.title"] == ["講座を年1回開く", "講座を年4回開く"]
    second = write_list(procedure, by=clerk, at=AT, public_id=new_public_id())
    (change,) = compared(first, second).changed
    assert (change.place, change.state) == ("(1)の取組1", "reworded")
    other = Procedure.objects.get(pk=procedure.pk)
    other.version -= 1
    one.procedure = other
    with pytest.raises(ChangedMeanwhile):
        reword_initiative(one, InitiativePlan("別の言葉", one.item), by=clerk)


def test_initiatives_of_other_procedures_and_other_towns_divisions_are_refused(procedure, clerk):
    foreign = CooperationItem.objects.create(
        procedure=a_procedure(author=a_correspondent(email="b@example.com")), position=1, heading="よそ"
    )
    elsewhere = a_division(municipality=a_municipality("011002"))
    for plan, sentence in [
        (InitiativePlan("取組", foreign), "この手続のものではありません"),
        (InitiativePlan("取組", division=elsewhere), "この自治体の課ではありません"),
        (InitiativePlan(" "), "取組の内容を入れてください"),
    ]:
        with pytest.raises(ProcedureRefused, match=sentence):
            plan_initiative(procedure, plan, by=clerk, public_id=new_public_id())
    with pytest.raises(ProcedureRefused, match="取組が一つもありません"):
        write_list(procedure, by=clerk, at=AT, public_id=new_public_id())


def test_the_page_says_how_far_the_drafts_are_and_what_fell_behind(procedure, clerk):
    def states() -> list[tuple[str, str]]:
        step = next(one for one in steps_of(procedure, TODAY) if one.stage == Stage.DRAFTING)
        return [(one.state, one.note) for one in step.tasks]

    assert [state for state, _note in states()] == [TaskState.TO_DO] * 3
    planned(procedure, clerk, "講座を開く")
    written(procedure, a_text(), clerk)
    write_list(procedure, by=clerk, at=AT + timedelta(days=1), public_id=new_public_id())
    assert states() == [
        (TaskState.UNDER_WAY, "1件(取組のない連携事項1件)"),
        (TaskState.DONE, "第1版(R8.6.1)"),
        (TaskState.DONE, "第1版(R8.6.2)"),
    ]
    assert [one.key for one in awaited(procedure, TODAY)] == ["ready"]
    planned(procedure, clerk, "訓練をする", place=2)
    procedure.items.filter(position=3).update(is_agreed=True)
    behind = awaited(procedure, TODAY)
    assert {one.key for one in behind} == {"items", "planned"}
    assert all(one.division == procedure.division and one.by == procedure.stage_due_on for one in behind)
    assert [state for state, _note in states()] == [TaskState.UNDER_WAY] * 3


def test_two_versions_show_what_was_reworded_added_and_moved(procedure, clerk):
    text = a_text()
    first = written(procedure, text, clerk)
    purpose, items, term, doubts = text.articles
    new = Article("costs", "費用", "この協定の取組に要する費用は、甲乙がそれぞれ負担する。")
    shorter = replace(term, text=term.text.replace("３か月前", "１か月前"))
    second = written(procedure, replace(text, articles=(shorter, purpose, items, new, doubts)), clerk, first)
    told = compared(first, second)
    assert [(one.place, one.was, one.state) for one in told.changed] == [
        ("第１条", "第３条", "reworded"),
        ("第４条", "", "inserted"),
    ]
    assert told.figures == [("直した", 1), ("加えた", 1)]
    reword = told.changed[0]
    assert reword.difference.is_moved
    assert "".join(run.text for run in reword.before[1].runs) == term.text
    assert [run.text for run in reword.difference.text if run.mark != "same"] == ["３", "１"]
