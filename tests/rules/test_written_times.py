"""Times of the day as people write them."""

from datetime import time

import pytest

from renkei.rules.written_times import UnreadableTime, read_time


@pytest.mark.parametrize(
    "text, hour, minute",
    [
        ("14:30", 14, 30),
        ("9:05", 9, 5),
        ("14時", 14, 0),
        ("14時半", 14, 30),
        ("14時5分から", 14, 5),
        ("午後2時半", 14, 30),
        ("午前12時", 0, 0),
        ("午後12時15分", 12, 15),
        ("午後 2:30", 14, 30),
        ("１４：３０", 14, 30),
        ("00:00", 0, 0),
        ("23:59", 23, 59),
    ],
)
def test_a_time_is_read_in_every_usual_spelling(text, hour, minute):
    assert read_time(text) == time(hour, minute)


@pytest.mark.parametrize(
    "text", ["", "午後", "24:00", "14:60", "午後14時", "朝", "1430", "14:3", "14", "-1:00"]
)
def test_what_tells_no_time_is_refused(text):
    with pytest.raises(UnreadableTime):
        read_time(text)
