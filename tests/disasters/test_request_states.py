"""Where a request stands follows from its steps alone, in whatever order they came in."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renkei.disasters.incidents.conflicts import contradictions
from renkei.disasters.incidents.fitting import of_distance
from renkei.disasters.incidents.states import MOVES, standing_of
from renkei.disasters.models import Capability, Need, Step
from renkei.disasters.vocabulary import RequestState as S
from renkei.disasters.vocabulary import StepKind as K
from tests.disaster_factories import AT

ASKED = Decimal(2000)


@dataclass(frozen=True)
class A:
    """A step some minutes after the beginning."""

    kind: K
    minute: int
    quantity: Decimal | None = None
    amount: Decimal | None = None
    public_id: str = "0"

    @property
    def at(self):
        return AT + timedelta(minutes=self.minute)


def after(*told):
    steps = []
    for minute, one in enumerate(told):
        kind, number = one if isinstance(one, tuple) else (one, None)
        money = Decimal(number) if number and kind in (K.COST_TOLD, K.SETTLED) else None
        steps.append(A(kind, minute, Decimal(number) if number and not money else None, money))
    return standing_of(steps, asked=ASKED)


@pytest.mark.parametrize(
    ("told", "state", "promised", "arrived", "cost"),
    [
        ([], S.PLANNED, None, None, None),
        ([K.ASKED], S.ASKED, None, None, None),
        ([K.ASKED, K.ACCEPTED], S.ACCEPTED, 2000, None, None),
        ([K.ASKED, (K.PARTLY, 500)], S.PARTLY, 500, None, None),
        ([K.ASKED, K.PARTLY], S.PARTLY, None, None, None),
        ([K.ASKED, K.DECLINED], S.DECLINED, 0, None, None),
        ([K.ASKED, K.DECLINED, K.ASKED], S.ASKED, 0, None, None),
        ([K.ASKED, K.ACCEPTED, K.DEPARTED, K.ARRIVED], S.ARRIVED, 2000, 2000, None),
        ([K.ASKED, (K.PARTLY, 500), K.ARRIVED], S.ARRIVED, 500, 500, None),
        ([K.ASKED, K.ACCEPTED, (K.ARRIVED, 800), (K.ARRIVED, 700)], S.ARRIVED, 2000, 1500, None),
        ([K.ASKED, K.ACCEPTED, K.ARRIVED, (K.SHORT, 300)], S.SHORT, 2000, 1700, None),
        ([K.ASKED, K.ACCEPTED, K.ARRIVED, (K.SHORT, 300), (K.ARRIVED, 300)], S.ARRIVED, 2000, 2000, None),
        ([K.ASKED, K.ACCEPTED, K.ARRIVED, (K.SHORT, 300), (K.ARRIVED, 100)], S.SHORT, 2000, 1800, None),
        ([K.ASKED, K.ACCEPTED, K.ARRIVED, K.RETURNED, (K.COST_TOLD, 90), (K.SETTLED, 80)], S.SETTLED, 2000, 2000, 80),
        ([K.ASKED, K.CANCELLED], S.CANCELLED, None, None, None),
        ([K.ARRIVED, K.ASKED, K.NOTE], S.ARRIVED, None, 2000, None),
        ([K.ASKED, K.ACCEPTED, K.ARRIVED, K.ACCEPTED], S.ARRIVED, 2000, 2000, None),
    ],
)  # fmt: skip
def test_the_state_after_steps(told, state, promised, arrived, cost):
    standing = after(*told)
    assert (standing.state, standing.promised, standing.arrived, standing.cost) == (
        state, promised, arrived, cost,
    )  # fmt: skip


steps = st.lists(
    st.builds(
        A,
        kind=st.sampled_from(list(K)),
        minute=st.integers(0, 4),
        quantity=st.none() | st.integers(0, 3000).map(Decimal),
        amount=st.none() | st.integers(0, 9000).map(Decimal),
        public_id=st.text("0123456789abcdef", min_size=12, max_size=12),
    ),
    max_size=8,
    unique_by=lambda one: one.public_id,
)


@given(steps=steps, chance=st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(steps, chance):
    mixed = list(steps)
    chance.shuffle(mixed)
    assert standing_of(mixed, asked=ASKED) == standing_of(steps, asked=ASKED)


def test_every_kind_of_step_is_in_the_table_and_every_state_can_be_reached():
    assert set(MOVES) == set(K)
    assert {state for moves in MOVES.values() for state in moves.values()} == set(S) - {S.PLANNED}


def test_of_one_moment_asking_comes_before_the_answer():
    answered, asked = A(K.ACCEPTED, 0, public_id="0"), A(K.ASKED, 0, public_id="1")
    assert standing_of([answered, asked], asked=ASKED).state == S.ACCEPTED


@pytest.mark.parametrize(
    ("first", "second", "minutes", "is_one"),
    [
        (900, 900, 120, True),
        (900, None, 5, True),
        (900, 901, 5, False),
        (900, 900, 121, False),
    ],
)
def test_two_people_note_one_arrival_or_two(first, second, minutes, is_one):
    seen = Step(pk=1, kind=K.ARRIVED, at=AT, by_id=1, quantity=first, public_id="a")
    later = AT + timedelta(minutes=minutes)
    noted = Step(pk=2, kind=K.ARRIVED, at=later, by_id=2, quantity=second, public_id="b")
    assert bool(contradictions([noted, seen])) == is_one


def test_who_is_nearer_fits_better_and_far_places_are_told_in_whole_kilometres():
    near, far = (of_distance(Need(), Capability(), km) for km in (9.94, 40.2))
    assert near.share > far.share > 0
    assert (near.reason, far.reason) == ("9.9km", "40km")
