"""An initiative from an idea to its end: written, edited, planned by year with aims, copied into the next year."""

from datetime import date
from decimal import Decimal

import pytest

from renkei.agreements.models import AgreementField, Field
from renkei.audit.models import Entry
from renkei.initiatives.initiative_finding import initiatives_found, years_of_indicators
from renkei.initiatives.models import Aim, Indicator, Initiative, PlannedYear, ResultFigure
from renkei.initiatives.of_agreement import work_of_agreement
from renkei.initiatives.refusals import InitiativeRefused
from renkei.initiatives.services.begin import InitiativeFacts
from renkei.initiatives.services.states import MOVES, move
from renkei.initiatives.services.writing import edit, write
from renkei.initiatives.services.years import copy_year, plan_year
from renkei.initiatives.vocabulary import InitiativeState as State
from renkei.initiatives.vocabulary import ResultState
from tests.factories import a_division, an_agreement
from tests.work_factories import YEAR, a_result, an_initiative

pytestmark = pytest.mark.django_db
ON = date(2023, 4, 1)


def facts(**said: object) -> InitiativeFacts:
    return InitiativeFacts(**{"title": "熱中症を防ぐ講座の開催", "indicators": (("受講者数", "人"),), **said})


def test_it_is_written_once_under_its_item_in_the_agreements_field():
    agreement = an_agreement()
    agreement.items.create(position=1, heading="健康に関すること")
    AgreementField.objects.create(agreement=agreement, field=Field.objects.get(slug="health"), is_main=True)
    said = facts(item=1, planned_years=(2023, 2024), public_id="once00000001")
    made = write(agreement, said, on=ON, actor=None)
    assert write(agreement, said, on=ON, actor=None) == made
    assert (made.item.heading, made.field.slug, made.position) == ("健康に関すること", "health", 1)
    assert list(made.planned_years.values_list("fiscal_year", flat=True)) == [2023, 2024]
    assert str(made.indicators.get()) == "受講者数(人)"
    (part,) = work_of_agreement(agreement)
    assert [line.initiative for line in part.lines] == [made]


@pytest.mark.parametrize(
    "said, words",
    [
        ({"title": " "}, "名前が空です"),
        ({"title": "あ" * 401}, "400文字まで"),
        ({"item": 7}, "連携事項が見つかりません"),
        ({"division_id": 10**9}, "自分の自治体の課"),
        ({"organisation_id": 10**9}, "当事者から選んで"),
        ({"indicators": (("受講者数", "人"), ("受講者数", "回"))}, "同じ名前の指標"),
        ({"indicators": (("受講者数", ""),)}, "単位の両方"),
        ({"indicators": tuple((f"指標{n}", "人") for n in range(11))}, "10個まで"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_to_do(said, words):
    with pytest.raises(InitiativeRefused, match=words):
        write(an_agreement(), facts(**said), on=ON, actor=None)
    assert not Initiative.objects.exists()


def test_an_edit_tells_just_what_changed_and_the_second_of_two_editors_is_refused():
    made = write(an_agreement(), facts(), on=ON, actor=None)
    second = Initiative.objects.get(pk=made.pk)
    edit(made, facts(title="熱中症を防ぐ教室の開催"), begins_on=ON, actor=None)
    told = Entry.objects.get(event="initiatives.edited")
    assert set(told.changes) == {"initiatives.initiative.title"}
    with pytest.raises(InitiativeRefused, match="ほかの人が先に"):
        edit(second, facts(title="別の名前"), begins_on=ON, actor=None)
    fresh = Initiative.objects.get(pk=made.pk)
    with pytest.raises(InitiativeRefused, match="何も変わっていません"):
        edit(fresh, facts(title="熱中症を防ぐ教室の開催"), begins_on=ON, actor=None)


def test_an_indicator_that_has_figures_stays_and_others_may_change_places():
    made = write(an_agreement(), facts(indicators=(("受講者数", "人"), ("回数", "回"))), on=ON, actor=None)
    counted = made.indicators.get(name="受講者数")
    ResultFigure.objects.create(result=a_result(made), indicator=counted, value=120)
    edit(made, facts(indicators=(("回数", "回"), ("受講者数", "名"))), begins_on=ON, actor=None)
    assert [str(one) for one in made.indicators.all()] == ["回数(回)", "受講者数(名)"]
    with pytest.raises(InitiativeRefused, match="実績の数値がある"):
        edit(made, facts(indicators=(("回数", "回"),)), begins_on=ON, actor=None)
    assert made.indicators.count() == 2


@pytest.mark.parametrize("before", State)
def test_it_moves_only_along_the_table_and_an_end_has_day_and_reason(before):
    made = an_initiative(state=before, ends_on=date(2024, 3, 31) if before == State.ENDED else None)
    for after in State:
        one = Initiative.objects.get(pk=made.pk)
        one.state = before
        Initiative.objects.filter(pk=one.pk).update(state=before)
        if after not in MOVES[before]:
            with pytest.raises(InitiativeRefused, match="することはできません"):
                move(one, after, on=date(2024, 3, 31), reason="目的を達した", actor=None)
            continue
        moved = move(one, after, on=date(2024, 3, 31), reason="目的を達した", actor=None)
        assert (moved.state, moved.ends_on) == (after, date(2024, 3, 31) if after == State.ENDED else None)
    with pytest.raises(InitiativeRefused, match="理由を書いて"):
        move(an_initiative(), State.ENDED, on=date(2024, 3, 31), actor=None)


def test_a_year_is_copied_with_plan_and_aims_but_not_what_ended_or_is_planned_already():
    agreement = an_agreement()
    going, ended, planned = (
        an_initiative(agreement, title=title) for title in ("続く", "終わる", "予定済み")
    )
    Indicator.objects.create(initiative=going, position=1, name="受講者数", unit="人")
    plan_year(going, YEAR, plan="6月に2回", aims={"受講者数": Decimal(100)}, actor=None)
    plan_year(planned, YEAR + 1, aims={}, actor=None)
    move(ended, State.ENDED, on=date(2024, 3, 31), reason="目的を達した", actor=None)
    every = list(Initiative.objects.about(agreement))
    copied = copy_year(every, from_year=YEAR, to_year=YEAR + 1, actor=None)
    assert copied == [going]
    assert PlannedYear.objects.get(initiative=going, fiscal_year=YEAR + 1).plan == "6月に2回"
    assert Aim.objects.get(fiscal_year=YEAR + 1).value == 100
    assert copy_year(every, from_year=YEAR, to_year=YEAR + 1, actor=None) == []
    with pytest.raises(InitiativeRefused, match="別の年度"):
        copy_year(every, from_year=YEAR, to_year=YEAR, actor=None)


def test_aims_are_held_against_what_valid_results_add_up_to():
    made = write(an_agreement(), facts(), on=ON, actor=None)
    counted = made.indicators.get()
    plan_year(made, YEAR, aims={"受講者数": Decimal(200)}, actor=None)
    for value, state in (
        (70, ResultState.REPORTED),
        (50, ResultState.CONFIRMED),
        (999, ResultState.WITHDRAWN),
    ):
        ResultFigure.objects.create(result=a_result(made, state=state), indicator=counted, value=value)
    (year,) = years_of_indicators(made)
    assert (year.aim, year.reached, year.share) == (200, 120, 60)
    with pytest.raises(InitiativeRefused, match="この取組にありません"):
        plan_year(made, YEAR, aims={"来場者数": Decimal(1)}, actor=None)
    with pytest.raises(InitiativeRefused, match="0以上"):
        plan_year(made, YEAR, aims={"受講者数": Decimal(-1)}, actor=None)


def test_a_list_asks_by_year_state_division_agreement_and_words():
    division = a_division()
    here = an_agreement(division=division)
    course = an_initiative(here, title="講座の開催")
    poster = an_initiative(here, title="ポスターの配布", state=State.PAUSED, begins_on=date(2024, 4, 1))
    town = here.municipality

    def found(**asked: str) -> list[Initiative]:
        return list(initiatives_found(town, {name: [value] for name, value in asked.items()}, day=ON))

    assert found() == [course, poster]
    assert found(year="2023") == [course]
    assert found(state="paused") == [poster]
    assert found(division=division.public_id, q="配布") == [poster]
    assert found(agreement=here.public_id, q="講座 開催") == [course]
    assert found(division="0" * 12) == []
    assert found(year="いつか") == []
