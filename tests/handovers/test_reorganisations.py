"""Planning, deciding and taking back a reorganisation: what is refused, who follows, what is told."""

from datetime import date

import pytest

from renkei.accounts.models import Assignment, Role
from renkei.agreements.holdings import holder_on
from renkei.agreements.models import Agreement, Series
from renkei.audit.models import Entry
from renkei.audit.verification import faults
from renkei.handovers.moving import Preview
from renkei.handovers.services import withdraw
from renkei.municipalities.divisions import Lineage
from renkei.municipalities.models import Division
from renkei.people.models.reorganisation import Reorganisation
from renkei.people.services.plans import ReorganisationRefused, add_step, choose, remove_step
from renkei.people.steps import StepKind
from tests.desk.agreements.test_page import YEARLY
from tests.factories import a_division, a_municipality, a_user, an_agreement
from tests.handovers.reorganising import (
    APRIL,
    AUTUMN,
    DISABLED,
    ELDERLY,
    MARCH,
    a_plan,
    decided,
    step,
    welfare,
)

pytestmark = pytest.mark.django_db


def told() -> list[str]:
    return [entry.sentence for entry in Entry.objects.order_by("pk")]


@pytest.mark.parametrize(
    "kind, count, into, sentence",
    [
        (StepKind.FOUND, 0, ["福祉部 福祉課"], "もうあります"),
        (StepKind.FOUND, 0, [], "新しい課の名前を一つ"),
        (StepKind.FOUND, 0, ["　"], "名前が空です"),
        (StepKind.FOUND, 0, ["長" * 81], "80文字まで"),
        (StepKind.RENAME, 1, ["福祉部 福祉課"], "いまと違う名前"),
        (StepKind.RENAME, 2, ["新課"], "課を一つ選び"),
        (StepKind.SPLIT, 1, ["介護課"], "二つ以上"),
        (StepKind.SPLIT, 1, ["介護課", " 介護課 "], "二つ以上"),
        (StepKind.MERGE, 1, ["介護課"], "二つ以上選び"),
        (StepKind.CLOSE, 1, ["どこにもない課"], "という課はありません"),
        (StepKind.CLOSE, 1, ["福祉部 福祉課"], "別の課を一つ"),
    ],
)
def test_a_step_that_does_not_fit_is_refused_with_what_to_do(kind, count, into, sentence):
    divisions = [a_division(department="福祉部", name="福祉課"), a_division(name="環境課")][:count]
    a_division(department="福祉部", name="福祉課") if not count else None
    with pytest.raises(ReorganisationRefused, match=sentence):
        step(a_plan(), kind, tuple(divisions), tuple(into))


def test_a_division_stands_in_one_step_only_and_may_be_taken_out_again():
    division, plan = welfare(), a_plan()
    step(plan, StepKind.RENAME, (division,), ("福祉部 地域福祉課",))
    with pytest.raises(ReorganisationRefused, match="先にそれを除いて"):
        step(plan, StepKind.CLOSE, (division,))
    remove_step(plan, 0, actor=None)
    step(plan, StepKind.SPLIT, (division,), (ELDERLY, DISABLED))
    assert [one["kind"] for one in plan.steps] == ["split"]
    assert "改称・部の変更: 福祉部 福祉課 → 福祉部 地域福祉課」を除きました" in told()[-2]


def test_of_two_planners_the_second_is_told():
    first = a_plan()
    second = Reorganisation.objects.get()
    step(first, StepKind.FOUND, (), ("新課",))
    with pytest.raises(ReorganisationRefused, match="ほかの人が先に"):
        step(second, StepKind.FOUND, (), ("別課",))


def test_a_division_of_another_town_cannot_be_named():
    theirs = a_division(municipality=a_municipality("011002"))
    with pytest.raises(ReorganisationRefused, match="ある課から選んで"):
        step(a_plan(), StepKind.CLOSE, (theirs,))


def test_an_empty_plan_and_a_division_that_leaves_something_behind_cannot_be_decided():
    plan = a_plan()
    with pytest.raises(ReorganisationRefused, match="内容がまだありません"):
        decided(plan)
    step(plan, StepKind.CLOSE, (welfare(),))
    with pytest.raises(ReorganisationRefused, match="引き継ぐ課を入れて"):
        decided(plan)
    assert not Division.objects.filter(closed_on=MARCH).exists()


def test_an_empty_division_is_closed_without_a_successor():
    empty, plan = a_division(name="臨時課"), a_plan()
    step(plan, StepKind.CLOSE, (empty,))
    decided(plan)
    empty.refresh_from_db()
    assert empty.closed_on == MARCH
    assert "「臨時課」を令和9年3月31日で廃止すると決めました" in told()[-1]


def test_what_two_plans_want_of_one_division_only_the_first_gets():
    division = welfare()
    one, other = a_plan("一つ目"), a_plan("二つ目")
    step(one, StepKind.RENAME, (division,), ("福祉部 一課",))
    step(other, StepKind.RENAME, (division,), ("福祉部 二課",))
    decided(one)
    with pytest.raises(ReorganisationRefused, match="ほかで決まりました"):
        decided(other)
    assert not Division.objects.filter(name="二課").exists()


def test_a_renamed_division_keeps_its_old_name_on_old_days_and_the_coordinating_mark():
    division, plan = a_division(name="総括課", is_coordinating=True), a_plan()
    agreement = an_agreement(division=division)
    step(plan, StepKind.RENAME, (division,), ("市民部 連携課",))
    decided(plan)
    assert str(holder_on(agreement, MARCH)) == "総括課"
    assert str(holder_on(agreement, APRIL)) == "市民部 連携課"
    assert Division.objects.existing_on(APRIL).get(is_coordinating=True).name == "連携課"


def test_the_preview_says_what_moves_where():
    division, plan = welfare(), a_plan()
    clerk = a_user(role=Role.RESPONSIBLE, division=division)
    yearly = an_agreement(
        title="毎年の協定", division=division, starts="2026-06-01", ends="2027-05-31", renewal=YEARLY
    )
    Series.objects.create(municipality=a_municipality(), name="同文", division=division)
    step(plan, StepKind.SPLIT, (division,), (ELDERLY, DISABLED))
    choose(plan, "agreements", {yearly.public_id: DISABLED}, actor=None)
    choose(plan, "people", {str(clerk.assignments.get().pk): DISABLED}, actor=None)
    elderly, disabled = Preview(plan).movings[0].ways
    assert (elderly.in_force, elderly.others, elderly.series, elderly.people) == (8, 2, 1, [])
    assert (disabled.in_force, disabled.others, disabled.series) == (1, 0, 0)
    assert disabled.deadlines == 1
    assert [one.user for one in disabled.people] == [clerk]


def test_people_follow_to_the_division_that_was_chosen_and_what_they_held_before_stays():
    division, plan = welfare(), a_plan()
    stays = a_user(role=Role.RESPONSIBLE, division=division, sign_in_name="a")
    goes = a_user(role=Role.RESPONSIBLE, division=division, sign_in_name="b")
    later = Assignment.objects.create(
        user=a_user(sign_in_name="c"), division=division, role=Role.RESPONSIBLE, starts_on=date(2027, 7, 1)
    )
    left = Assignment.objects.create(
        user=stays, division=division, role=Role.READER, starts_on=date(2010, 4, 1), ends_on=date(2020, 3, 31)
    )
    step(plan, StepKind.SPLIT, (division,), (ELDERLY, DISABLED))
    choose(plan, "people", {str(goes.assignments.get().pk): DISABLED}, actor=None)
    before = list(Assignment.objects.order_by("pk").values())
    decided(plan)
    elderly, disabled = Division.objects.get(name="介護課"), Division.objects.get(name="障害課")
    assert goes.works_for(division, day=MARCH) and not goes.works_for(division, day=APRIL)
    assert goes.works_for(disabled, day=APRIL) and not goes.works_for(elderly, day=APRIL)
    assert stays.works_for(elderly, day=APRIL)
    assert Assignment.objects.get(pk=later.pk).division == elderly
    assert Assignment.objects.get(pk=left.pk).division == division
    assert any("の担当を令和9年4月1日から「福祉部 障害課」に移しました" in sentence for sentence in told())
    withdraw(plan, reason="延期", actor=None, day=AUTUMN)
    assert list(Assignment.objects.order_by("pk").values()) == before


def test_a_text_signed_with_many_partners_goes_the_chosen_way():
    division, plan = welfare(), a_plan()
    series = Series.objects.create(municipality=a_municipality(), name="同文", division=division)
    step(plan, StepKind.SPLIT, (division,), (ELDERLY, DISABLED))
    choose(plan, "series", {series.public_id: DISABLED}, actor=None)
    decided(plan)
    series.refresh_from_db()
    lineage = Lineage(a_municipality())
    assert [str(lineage.on(series.division_id, day)) for day in (MARCH, APRIL)] == ["福祉部 福祉課", DISABLED]
    withdraw(plan, reason="延期", actor=None, day=AUTUMN)
    series.refresh_from_db()
    assert series.division == division


def test_who_has_an_agreement_open_while_it_is_sent_another_way_is_told():
    division, plan = welfare(), a_plan()
    seen = Agreement.objects.get(title="福祉の協定0")
    step(plan, StepKind.SPLIT, (division,), (ELDERLY, DISABLED))
    choose(plan, "agreements", {seen.public_id: DISABLED}, actor=None)
    decided(plan)
    assert not Agreement.objects.claim(seen)
    assert "「福祉の協定0」の担当課を令和9年4月1日から「福祉部 障害課」とすると決めました" in "".join(told())


def test_it_is_taken_back_until_its_day_and_not_from_it():
    division, plan = welfare(), a_plan()
    step(plan, StepKind.RENAME, (division,), ("福祉部 地域福祉課",))
    decided(plan)
    with pytest.raises(ReorganisationRefused, match="新しい計画を立てて"):
        withdraw(plan, reason="延期", actor=None, day=APRIL)
    withdraw(plan, reason="議会で修正", actor=None, day=MARCH)
    assert told()[-1] == "システムが機構改革「令和9年度機構改革」を取りやめました(議会で修正)"
    with pytest.raises(ReorganisationRefused, match="取り消せません"):
        withdraw(plan, reason="もう一度", actor=None, day=MARCH)
    assert list(faults()) == []


def test_a_decision_is_not_taken_back_before_a_later_one_nor_once_a_new_division_is_used():
    division, plan = welfare(), a_plan()
    step(plan, StepKind.RENAME, (division,), ("福祉部 地域福祉課",))
    decided(plan)
    later = a_plan("令和10年度", on=date(2028, 4, 1))
    step(later, StepKind.FOUND, (), ("新課",))
    decided(later)
    Reorganisation.objects.filter(pk=plan.pk).update(decided_at="2026-11-25T00:00:00Z")
    plan.refresh_from_db()
    with pytest.raises(ReorganisationRefused, match="令和10年度"):
        withdraw(plan, reason="延期", actor=None, day=AUTUMN)
    withdraw(later, reason="延期", actor=None, day=AUTUMN)
    an_agreement(title="先に登録", division=Division.objects.get(name="地域福祉課"))
    plan.refresh_from_db()
    with pytest.raises(ReorganisationRefused, match="もう使われています"):
        withdraw(plan, reason="延期", actor=None, day=AUTUMN)


def test_a_decided_plan_takes_no_more_steps_and_choices():
    division, plan = welfare(), a_plan()
    step(plan, StepKind.SPLIT, (division,), (ELDERLY, DISABLED))
    decided(plan)
    with pytest.raises(ReorganisationRefused, match="決定になっています"):
        add_step(plan, StepKind.FOUND, into=["新課"], actor=None)
    with pytest.raises(ReorganisationRefused, match="決定になっています"):
        choose(plan, "agreements", {"x": ELDERLY}, actor=None)
