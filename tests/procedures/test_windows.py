"""Which division is the window: the town's rule as a table, and who answers for a field."""

from datetime import date

import pytest

from renkei.municipalities.models import DivisionSuccession
from renkei.procedures.windows import Window, departs_from_rule, proposed_window, window_for
from tests.factories import a_division, a_municipality, an_agreement

DAY = date(2026, 6, 1)
COORDINATING, RESPONSIBLE = Window.COORDINATING, Window.RESPONSIBLE


@pytest.mark.parametrize(
    ("form", "main_field", "window"),
    [
        ("comprehensive", "", COORDINATING),
        ("comprehensive", "health", RESPONSIBLE),
        ("individual", "", RESPONSIBLE),
        ("individual", "health", RESPONSIBLE),
        ("disaster", "disaster.support", RESPONSIBLE),
        ("scheme", "", RESPONSIBLE),
    ],
)
def test_the_rule_for_the_window(form, main_field, window):
    assert window_for(form, main_field) is window


@pytest.mark.parametrize(
    ("form", "main_field", "is_coordinating", "answers_for_field", "departs"),
    [
        ("comprehensive", "", True, False, False),
        ("comprehensive", "", False, False, True),
        ("comprehensive", "", False, True, True),
        ("comprehensive", "health", False, False, False),
        ("comprehensive", "health", True, False, True),
        ("comprehensive", "regional", True, True, False),
        ("individual", "health", False, False, False),
        ("individual", "health", True, False, True),
        ("individual", "regional", True, True, False),
    ],
)
def test_another_choice_than_the_rule_s(form, main_field, is_coordinating, answers_for_field, departs):
    told = departs_from_rule(
        form, main_field, is_coordinating=is_coordinating, answers_for_field=answers_for_field
    )
    assert told is departs


@pytest.mark.django_db
def test_the_division_with_most_agreements_in_force_of_the_field_is_proposed():
    town = a_municipality()
    planning = a_division(name="企画課", is_coordinating=True)
    old = a_division(name="旧保健課", closed_on=date(2026, 3, 31))
    new = a_division(name="健康課", opened_on=date(2026, 4, 1))
    DivisionSuccession.objects.create(predecessor=old, successor=new, on=date(2026, 4, 1))
    other = a_division(name="福祉課")
    for title, division, ends in [
        ("一", old, None), ("二", old, None), ("三", other, None),
        ("四", other, "2025-03-31"), ("五", other, "2025-03-31"),
    ]:  # fmt: skip
        an_agreement(
            title=title, division=division, starts="2024-04-01", ends=ends, main_field="health.promotion"
        )
    an_agreement(
        title="他市", municipality=a_municipality("012025"), main_field="sports", starts="2024-04-01"
    )
    assert proposed_window(town, "individual", "health.promotion", DAY) == new
    assert proposed_window(town, "individual", "health.prevention", DAY) == new, "nobody: the upper level"
    assert proposed_window(town, "comprehensive", "", DAY) == planning
    assert proposed_window(town, "individual", "sports", DAY) is None
