"""The figures of the days before a reorganisation stay as they were; those from its day say where the duties went."""

from collections import Counter
from datetime import date

import pytest
from django.db import connection

from renkei.agreements.audience import Audience
from renkei.agreements.models import Agreement
from renkei.agreements.seen import in_force_by_division
from renkei.handovers.services import withdraw
from renkei.municipalities.divisions import Lineage
from renkei.municipalities.models import Division
from renkei.people.services.plans import choose
from renkei.people.steps import StepKind
from renkei.reports.figures import register_on
from renkei.reports.services import rebuild
from tests.factories import a_division, a_municipality, an_agreement
from tests.handovers.reorganising import (
    APRIL,
    AUTUMN,
    DAYS,
    DISABLED,
    ELDERLY,
    a_plan,
    decided,
    step,
    welfare,
)

pytestmark = pytest.mark.django_db


def by_division(day: date, audience: Audience | None = None) -> dict[str, int]:
    figures = register_on(audience or Audience.staff(a_municipality()), day)
    return {row.label: row.count for row in figures.by_division}


def counted_in_sql(day: date, holders: dict[str, str]) -> dict[str, int]:
    """Counted without any of the program's questions: which titles are in force, and who the test says holds them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT a.id, a.title FROM agreements_agreement a JOIN agreements_term t ON t.agreement_id = a.id "
            "WHERE t.starts_on <= %s AND (t.in_force_until IS NULL OR t.in_force_until >= %s)",
            [day.isoformat(), day.isoformat()],
        )
        return dict(Counter(holders[title] for _key, title in cursor.fetchall()))


@pytest.fixture
def town() -> dict[str, Division]:
    """Five divisions with agreements, of which four are reorganised in every way there is."""
    found = {
        "福祉": welfare(), "環境": a_division(department="環境部", name="環境課"),
        "清掃": a_division(department="環境部", name="清掃課"), "観光": a_division(department="経済部", name="観光課"),
        "道路": a_division(department="土木部", name="道路課"),
    }  # fmt: skip
    for name in ("環境", "清掃", "観光", "道路"):
        for number in range(4):
            an_agreement(title=f"{name}の協定{number}", division=found[name], signed="2012-04-01")
    return found


@pytest.fixture
def plan(town):
    """福祉 splits, 清掃 goes into 環境, 観光 is renamed, 道路 gives one agreement to 環境 and goes on."""
    made = a_plan()
    step(made, StepKind.SPLIT, (town["福祉"],), (ELDERLY, DISABLED))
    step(made, StepKind.MERGE, (town["環境"], town["清掃"]), ("環境部 環境課",))
    step(made, StepKind.RENAME, (town["観光"],), ("観光局 観光戦略課",))
    step(made, StepKind.SPLIT, (town["道路"],), ("土木部 道路課", "環境部 環境課"))
    another_way = ["援護の協定1", "福祉の協定0", "福祉の協定1", "四月から"]
    choose(made, "agreements", {public_id(title): DISABLED for title in another_way}, actor=None)
    return choose(made, "agreements", {public_id("道路の協定3"): "環境部 環境課"}, actor=None)


def public_id(title: str) -> str:
    return Agreement.objects.get(title=title).public_id


BEFORE = {"援護": "福祉部 福祉課", "福祉": "福祉部 福祉課", "三月": "福祉部 福祉課", "四月": "福祉部 福祉課",
          "環境": "環境部 環境課", "清掃": "環境部 清掃課", "観光": "経済部 観光課", "道路": "土木部 道路課"}  # fmt: skip
FROM = BEFORE | {"援護": ELDERLY, "福祉": ELDERLY, "三月": ELDERLY, "四月": DISABLED, "清掃": "環境部 環境課",
                 "観光": "観光局 観光戦略課"}  # fmt: skip
EXCEPTIONS = {
    "援護の協定1": DISABLED,
    "福祉の協定0": DISABLED,
    "福祉の協定1": DISABLED,
    "道路の協定3": "環境部 環境課",
}


def who_holds(day: date) -> dict[str, str]:
    titles = Agreement.objects.values_list("title", flat=True)
    if day < APRIL:
        return {title: BEFORE[title[:2]] for title in titles}
    return {title: EXCEPTIONS.get(title, FROM[title[:2]]) for title in titles}


def test_the_figures_of_forty_days_before_stay_and_those_after_follow_the_plan(plan):
    public = Audience.public(a_municipality())
    before = {day: by_division(day) for day in DAYS}
    before_public = {day: by_division(day, public) for day in DAYS}
    totals = {day: register_on(Audience.staff(a_municipality()), day).total for day in DAYS}
    decided(plan)
    for day in DAYS:
        assert by_division(day) == counted_in_sql(day, who_holds(day)), day
        assert register_on(Audience.staff(a_municipality()), day).total == totals[day]
        if day < APRIL:
            assert by_division(day) == before[day]
            assert by_division(day, public) == before_public[day]
    assert by_division(APRIL, public) == {ELDERLY: 3, DISABLED: 2}


def test_the_kept_sums_are_those_made_anew(plan):
    decided(plan)
    assert rebuild() == 0


def test_taking_it_back_brings_every_figure_back(plan):
    before = {day: by_division(day) for day in DAYS}
    divisions = list(Division.objects.order_by("pk").values())
    decided(plan)
    withdraw(plan, reason="延期", actor=None, day=AUTUMN)
    assert {day: by_division(day) for day in DAYS} == before
    assert list(Division.objects.order_by("pk").values()) == divisions
    assert rebuild() == 0


def test_every_question_about_divisions_agrees_with_the_figures(plan, town):
    decided(plan)
    staff = Audience.staff(a_municipality())
    for day in (DAYS[0], DAYS[39], DAYS[40], DAYS[-1]):
        lineage = Lineage(a_municipality())
        counts = in_force_by_division(lineage, staff, day)
        assert {str(lineage.divisions[pk]): count for pk, count in counts.items()} == by_division(day)
        for name, count in by_division(day).items():
            division = next(
                one for one in lineage.divisions.values() if str(one) == name and one.existed_on(day)
            )
            held = Agreement.objects.filter(division__in=lineage.held_by(division, day)).in_force_on(day)
            assert held.count() == count, (day, name)


def test_a_second_split_years_later_leaves_the_days_between_as_they_were(plan):
    decided(plan)
    between = {day: by_division(day) for day in [*DAYS, date(2029, 3, 31)]}
    later = a_plan("令和11年度", on=date(2029, 4, 1))
    elderly = Division.objects.get(name="介護課")
    disabled = Division.objects.get(name="障害課")
    step(later, StepKind.SPLIT, (elderly,), ("福祉部 長寿課", "福祉部 施設課"))
    step(later, StepKind.SPLIT, (disabled,), (DISABLED, "福祉部 施設課"))
    way = {public_id("福祉の協定3"): "福祉部 施設課", public_id("福祉の協定0"): "福祉部 施設課"}
    choose(later, "agreements", way, actor=None)
    decided(later)
    assert {day: by_division(day) for day in between} == between
    after = by_division(date(2029, 4, 1))
    assert (after["福祉部 長寿課"], after["福祉部 施設課"], after[DISABLED]) == (4, 2, 2)
