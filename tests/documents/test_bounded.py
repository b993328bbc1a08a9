"""The process that opens foreign files can have no more than it is given."""

import json

import pytest

from renkei.documents.bounded import Bounds, ask
from tests.documents.greedy_child import BOUNDS


def asked(what: str):
    return ask("tests.documents.greedy_child", what, bounds=BOUNDS)


@pytest.mark.parametrize(("what", "said"), [("memory", b"no memory"), ("net", b"Outward")])
def test_more_memory_and_the_net_are_refused(what, said):
    assert (asked(what).content, asked(what).is_whole) == (said, True)


def test_it_is_ended_after_its_processor_time_and_after_the_patience_of_the_asker():
    assert not asked("time").is_whole
    impatient = Bounds(patience=0)
    assert not ask("tests.documents.greedy_child", "surroundings", bounds=impatient).is_whole


def test_an_answer_is_cut_where_its_bound_is():
    answer = asked("answer")
    assert (len(answer.content), answer.is_whole) == (BOUNDS.answer, False)


def test_it_knows_nothing_of_the_servers_secrets(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "known to nobody")
    monkeypatch.setenv("DATABASE_URL", "an address")
    names = json.loads(asked("surroundings").content)
    assert not {"SECRET_KEY", "DATABASE_URL"} & set(names)
    assert set(names) <= {"PYTHONDONTWRITEBYTECODE", "PYTHONUTF8", "LC_CTYPE"}


def test_a_module_that_is_not_there_gives_no_answer():
    answer = ask("tests.documents.nobody", bounds=BOUNDS)
    assert (answer.content, answer.is_whole) == (b"", False)
