"""The day of an address, in any spelling."""

from datetime import date

import pytest

from renkei.ui.days import asked_day, asked_days

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    "text",
    ["R6.6.1", "令和6年6月1日", "令和６年６月１日", "2024/6/1", "20240601", "Ｒ６．６．１", " 2024-06-01 "],
)
def test_a_day_is_read_in_any_spelling(text):
    assert asked_day(text, TODAY) == (date(2024, 6, 1), "")


@pytest.mark.parametrize("text", ["", "  ", "　"])
def test_no_day_is_the_default(text):
    assert asked_day(text, TODAY) == (TODAY, "")


@pytest.mark.parametrize("text", ["きのう", "2024-13-01", "R6.2.30", "2024-06", "令和6年", "9" * 5000, "\0"])
def test_what_is_no_day_is_answered_with_an_example(text):
    day, refusal = asked_day(text, TODAY)
    assert day == TODAY
    assert "6月1日" in refusal or "2024" in refusal or "ください" in refusal
    assert len(refusal) < 300


def test_both_days_of_an_address_are_read_and_refused_apart():
    days = asked_days({"on": "R6.6.1", "since": "いつか"}, TODAY)
    assert days.on == date(2024, 6, 1)
    assert days.since is None
    assert list(days.refusals) == ["since"]
    assert days.refusal == days.refusals["since"]
