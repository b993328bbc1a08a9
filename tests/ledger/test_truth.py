"""Real lists and invented ones, read without any hand: what comes out is what a careful clerk reads."""

from functools import cache

import pytest

from renkei.ledger.reading import read_ledger, report
from tests.ledger.truth import as_csv, misses, names, truth

pytestmark = pytest.mark.once


@cache
def read(name: str) -> dict[str, object]:
    return report(read_ledger(as_csv(truth(name)), f"{name}.csv"))


def judged(kind: str) -> tuple[int, list[str]]:
    """How many rows were asked for, and a line for each row that is wrong."""
    asked, wrong = 0, []
    for name in names(kind):
        told = truth(name)
        asked += len(told["expected"])
        wrong += [f"{name} {row}: {said}" for row, said in misses(told, read(name)).items()]
    return asked, wrong


@pytest.mark.parametrize("kind", ["ledger", "invented"])
def test_of_hundred_rows_ninety_eight_are_read_as_a_clerk_reads_them(kind):
    asked, wrong = judged(kind)
    assert asked > 100
    assert len(wrong) <= asked * 0.02, "\n".join([f"{len(wrong)} of {asked} rows are wrong:", *wrong])


@pytest.mark.parametrize("name", names("not a ledger"))
def test_a_list_of_something_else_waits_and_says_what_it_is(name):
    told = read(name)
    assert told["agreements"] == 0
    waiting = [item for item in told["items"] if item["outcome"] == "waiting"]
    assert len(waiting) == told["waiting"] > 0
    assert all(item["reason"].endswith("。") for item in waiting)


@pytest.mark.parametrize("name", [*names("ledger"), *names("invented"), *names("not a ledger")])
def test_every_row_in_is_a_row_out(name):
    told = truth(name)
    rows = sorted(row for item in read(name)["items"] for row in item.get("rows") or [item["row"]])
    assert rows == list(range(1, len(told["rows"]) + 2))
