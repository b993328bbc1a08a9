"""The states that the index counts are those that the agreements say of themselves."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renkei.agreements.changes import changed
from renkei.agreements.models import Agreement, Term
from renkei.search.asking import STATES
from renkei.search.days import names_up_to, stretches
from renkei.search.index import present
from renkei.search.rebuilding import rebuild
from renkei.search.states import in_state
from tests.factories import an_agreement
from tests.search.test_recall import taken_back

FIRST = date(2023, 12, 30)
days = st.integers(0, 8).map(lambda number: FIRST + timedelta(days=number))
terms = st.lists(st.tuples(days, st.none() | days), max_size=4)
EVERY_DAY = [FIRST + timedelta(days=number) for number in range(-1, 10)]


def covered(runs, day: date) -> bool:
    return any(starts <= day and (until is None or day <= until) for starts, until in runs)


@given(terms)
def test_stretches_cover_the_days_that_the_terms_cover(drawn):
    found = stretches(drawn)
    assert [covered(found, day) for day in EVERY_DAY] == [covered(drawn, day) for day in EVERY_DAY]
    starts = [first for first, _until in found]
    assert starts == sorted(starts)
    assert all(until is not None for _first, until in found[:-1])


def test_terms_that_follow_each_other_are_one_stretch():
    year = (date(2023, 4, 1), date(2024, 3, 31))
    assert stretches([(date(2024, 4, 1), date(2025, 3, 31)), year]) == [(date(2023, 4, 1), date(2025, 3, 31))]
    assert len(stretches([(date(2024, 4, 2), None), year])) == 2


def test_everything_up_to_a_day_is_whole_years_whole_months_and_days():
    assert list(names_up_to("starts0", date(2024, 3, 2), ["2022", "2023", "2024", "2025"])) == [
        "y:starts0:2022", "y:starts0:2023", "m:starts0:2024-01", "m:starts0:2024-02", "d:starts0:2024-03-01",
        "d:starts0:2024-03-02",
    ]  # fmt: skip


@pytest.mark.django_db
@settings(max_examples=settings.default.max_examples // 20)
@given(st.lists(terms, min_size=1, max_size=3), st.booleans())
def test_each_state_lists_the_agreements_that_are_in_it_on_the_day(drawn, is_built):
    with taken_back():
        for each in drawn:
            agreement = an_agreement()
            agreement.terms.all().delete()
            Term.objects.bulk_create(
                Term(agreement=agreement, starts_on=starts, in_force_until=until) for starts, until in each
            )
        changed.send(sender=Agreement, ids=list(Agreement.objects.values_list("pk", flat=True)))
        if is_built:
            rebuild()
        agreements = list(Agreement.objects.prefetch_related("terms"))
        index = present()
        for day in EVERY_DAY:
            found = {state: set(in_state(state, day, index)) for state in STATES}
            assert found == {
                state: {one.pk for one in agreements if one.state_on(day) == state} for state in STATES
            }, day
