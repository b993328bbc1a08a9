"""The score of a drill, from plain facts: what each part of a need's hundred points is for."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from renkei.disasters.drills.scoring import WEIGHTS, Score, quickness, scored, scored_need
from renkei.disasters.drills.scoring_facts import Course, Played

DUE = datetime(2024, 9, 1, 18, 5, tzinfo=UTC)
ANSWERED = {
    "is_written": True,
    "is_found": True,
    "called_at": DUE + timedelta(minutes=2),
    "reached_at": DUE + timedelta(minutes=4),
    "answered_at": DUE + timedelta(minutes=9, seconds=59),
    "promised": Decimal(2000),
    "is_promised": True,
}


def played(**facts):
    return Played("飲料水 2,000本", 5, DUE, Decimal(2000), **facts)


@pytest.mark.parametrize(
    ("facts", "points"),
    [
        pytest.param({}, 0, id="nobody wrote it down"),
        pytest.param({"is_written": True}, 0, id="written, and nobody called"),
        pytest.param({"is_written": True, "is_found": True, "called_at": DUE}, 20, id="called, not reached"),
        pytest.param(
            {**ANSWERED, "answered_at": None, "promised": None, "is_promised": False},
            40,
            id="reached, no answer",
        ),
        pytest.param({**ANSWERED, "promised": None, "is_promised": False}, 80, id="answered quickly: cannot"),
        pytest.param({**ANSWERED, "promised": Decimal(500)}, 85, id="a quarter promised"),
        pytest.param({**ANSWERED, "promised": Decimal(9000)}, 100, id="more than enough is enough"),
        pytest.param({**ANSWERED, "promised": None}, 90, id="a promise without a quantity counts half"),
        pytest.param({**ANSWERED, "answered_at": DUE + timedelta(minutes=35)}, 90, id="half as quick"),
        pytest.param({**ANSWERED, "answered_at": DUE + timedelta(hours=3)}, 80, id="too slow"),
        pytest.param({**ANSWERED, "answered_at": DUE - timedelta(minutes=1)}, 100, id="before it was due"),
    ],
)
def test_a_need_has_points_for_each_of_its_five_parts(facts, points):
    assert scored_need(played(**facts)).points == points


def test_the_parts_make_a_hundred_and_a_need_without_a_quantity_is_covered_by_a_promise():
    assert sum(share for share, _words in WEIGHTS.values()) == 100
    without = Played("除雪", 5, DUE, None, **{**ANSWERED, "promised": None})
    assert scored_need(without).points == 100
    assert [quickness(one) for one in (None, 0, 10, 35, 60, 90)] == [0, 1, 1, 0.5, 0, 0]


def test_the_total_is_the_mean_and_is_kept_as_it_was():
    score = scored(
        Course([played(**ANSWERED), played()], calls=3, reached=1, unreached=("甲(出ない)",), not_due=2)
    )
    assert score.total == 50
    assert Score.from_json(score.as_json()) == score
    assert scored(Course()).total is None
