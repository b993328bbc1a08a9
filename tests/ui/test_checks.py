"""A process opens doors that exist, or does not start."""

import pytest

from renkei.ui.checks import opened_doors_exist


@pytest.mark.parametrize("doors", [["desk"], ["counter", "portal"], ["desk", "counter", "portal"]])
def test_doors_that_exist_may_be_opened(settings, doors):
    settings.DOORS = doors
    assert opened_doors_exist(None) == []


@pytest.mark.parametrize("doors, named", [(["dask"], "dask"), (["desk", "potal"], "potal"), ([], "no door")])
def test_a_misspelt_door_or_none_stops_the_start(settings, doors, named):
    settings.DOORS = doors
    (refusal,) = opened_doors_exist(None)
    assert refusal.id == "renkei.E002"
    assert named in refusal.msg
    assert "desk, counter, portal" in refusal.msg
