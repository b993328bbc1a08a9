"""Changes show at once, reading writes nothing, and no merge or rebuild loses a change that came between."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from threading import Thread
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from renkei.agreements.models import Agreement
from renkei.agreements.services import publish, unregister_many
from renkei.search import receivers
from renkei.search.finding import find
from renkei.search.merging import LONGEST_REBUILD, merge
from renkei.search.models import Block, Generation, Pending, Text
from renkei.search.rebuilding import RebuildRefused, rebuild
from renkei.search.tasks import merge_in_background
from tests.factories import an_agreement
from tests.search.reference import ask, titles
from tests.search.test_recall import stored

pytestmark = pytest.mark.django_db(transaction=True)


def elsewhere(action: Callable[[], object]) -> None:
    """Done by somebody else: in a thread, with a connection of its own."""
    failed: list[BaseException] = []

    def run() -> None:
        try:
            action()
        except BaseException as error:  # noqa: BLE001
            failed.append(error)
        finally:
            connection.close()

    other = Thread(target=run)
    other.start()
    other.join(60)
    assert not failed, failed


@contextmanager
def meanwhile(table: str, action: Callable[[], object], *, nth: int = 1) -> Iterator[None]:
    """Somebody else acts just before the n-th statement on the table is executed here."""
    seen = 0

    def watched(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal seen
        if f'"{table}"' in sql or f" {table} " in sql:
            seen += 1
            if seen == nth:
                elsewhere(action)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watched):
        yield
    assert seen >= nth, f"{table} was asked {seen} times"


def assert_the_index_is_whole() -> None:
    while merge():
        pass
    kept = stored()
    rebuild()
    assert kept == stored()


def test_searching_only_reads():
    rebuild()
    an_agreement(title="災害時における物資の供給に関する協定")
    with CaptureQueriesContext(connection) as queries:
        find(ask("物資の供給 協定 -水", chosen={"state": ("in_force",)}, since=date(2000, 1, 1)))
    told = [query["sql"] for query in queries.captured_queries]
    assert told
    reading = re.compile(r"SELECT|DECLARE \S+ NO SCROLL CURSOR WITH HOLD FOR SELECT")
    assert [sql for sql in told if not reading.match(sql)] == []


def test_a_change_shows_at_once_before_and_after_the_merge():
    an_agreement(title="一")
    rebuild()
    assert titles(ask()) == ["一"]
    agreement = an_agreement(title="二", signed="2025-01-01")
    assert titles(ask()) == ["二", "一"]
    publish(agreement, actor=None)
    assert titles(ask(internal=False)) == ["二"]
    assert merge() == 2
    assert titles(ask(internal=False)) == ["二"]
    unregister_many([agreement])
    assert titles(ask()) == ["一"]
    assert merge() == 1
    assert titles(ask()) == ["一"]
    assert not Pending.objects.exists()


@pytest.mark.parametrize("table", ["search_text", "search_block", "agreements_agreement", "agreements_item"])
def test_a_change_during_a_merge_is_seen_and_merged_the_next_time(table):
    first = an_agreement(title="前", published=False)
    rebuild()
    first.refresh_from_db()
    an_agreement(title="待")

    def by_somebody() -> None:
        an_agreement(title="中")
        publish(Agreement.objects.get(pk=first.pk), actor=None)

    with meanwhile(table, by_somebody):
        merge()
    assert Pending.objects.count() >= 2
    assert set(titles(ask())) == {"前", "待", "中"}
    assert titles(ask(internal=False)) == ["前"]
    assert_the_index_is_whole()


def test_the_second_of_two_merges_at_once_changes_nothing():
    rebuild()
    an_agreement(title="待")
    with meanwhile("search_text", merge):
        assert merge() == 0
    assert titles(ask()) == ["待"]
    assert_the_index_is_whole()


@pytest.mark.parametrize("table", ["search_pending", "search_generation", "search_block", "search_text"])
def test_a_merge_during_a_search_changes_nothing_in_its_answer(table):
    for number in range(3):
        an_agreement(title=f"災害時における協定{number}", signed=f"2020-01-0{number + 1}")
    rebuild()
    an_agreement(title="災害時における協定3", signed="2020-01-04")
    unregister_many([Agreement.objects.get(title="災害時における協定0")])
    question = ask("災害時における")

    with meanwhile(table, merge):
        found = find(question)
    assert found.total == 3
    assert titles(question) == ["災害時における協定3", "災害時における協定2", "災害時における協定1"]
    assert {value.value: value.count for value in found.facets["year"]} == {"2020": 3}


def test_a_merge_and_another_change_during_a_search_leave_no_trace_in_what_is_kept():
    an_agreement(title="一")
    rebuild()
    an_agreement(title="二")

    def by_somebody() -> None:
        merge()
        publish(Agreement.objects.get(title="二"), actor=None)
        merge()

    with meanwhile("search_block", by_somebody):
        find(ask(internal=False))
    assert titles(ask(internal=False)) == ["二"]
    assert find(ask()).total == 2


def test_records_are_written_and_searched_during_a_rebuild():
    an_agreement(title="前")
    rebuild()

    def by_somebody() -> None:
        an_agreement(title="中")
        assert titles(ask()) == ["中", "前"]
        assert merge() == 0, "merges wait for the rebuild"
        assert titles(ask()) == ["中", "前"]

    with meanwhile("agreements_item", by_somebody):
        rebuild()
    assert titles(ask()) == ["中", "前"]
    assert_the_index_is_whole()


def test_of_two_rebuilds_the_later_one_counts_and_the_earlier_one_says_so():
    an_agreement(title="一")
    with meanwhile("agreements_item", rebuild), pytest.raises(RebuildRefused, match="もう一度"):
        rebuild()
    assert titles(ask()) == ["一"]
    assert Generation.objects.get().rebuild is None
    assert_the_index_is_whole()


def test_a_rebuild_that_was_broken_off_holds_up_merges_for_an_hour_at_most():
    an_agreement(title="一")
    rebuild()
    an_agreement(title="二")
    broken_off = timezone.now() - LONGEST_REBUILD + timedelta(minutes=1)
    Generation.objects.update(rebuild=7, rebuild_started_at=broken_off)
    assert (merge(), titles(ask())) == (0, ["二", "一"])
    Generation.objects.update(rebuild_started_at=broken_off - timedelta(minutes=2))
    assert (merge(), titles(ask())) == (1, ["二", "一"])


def test_what_a_broken_off_rebuild_left_is_cleared_by_the_next():
    an_agreement(title="一")
    rebuild()
    Block.objects.create(edition=7, name="all", content=b"")
    Text.objects.create(edition=8, agreement=1, title="x", public="x", internal="", facets="all")
    rebuild()
    edition = Generation.objects.get().edition
    assert set(Block.objects.values_list("edition", flat=True)) == {edition}
    assert set(Text.objects.values_list("edition", flat=True)) == {edition}


def test_the_command_builds_the_index_and_says_how_many(capsys):
    an_agreement()
    call_command("rebuild_search")
    told = capsys.readouterr()
    assert told.out == "1件の協定から検索の索引を作りました。\n"
    assert "1 / 1 件" in told.err
    assert not Pending.objects.exists()


def test_many_changes_ask_for_a_merge_in_the_background():
    from django_tasks_db.models import DBTaskResult

    agreement = an_agreement()
    ids = [agreement.pk] * (receivers.MANY - 2)
    receivers.agreements_changed(Agreement, ids)
    asked = DBTaskResult.objects.filter(task_path=merge_in_background.module_path)
    assert not asked.exists()
    receivers.agreements_changed(Agreement, ids)
    assert asked.count() == 1
    call_command("db_worker", batch=True, verbosity=0, startup_delay=False)
    assert not Pending.objects.exists()
    assert find(ask()).total == 1


@pytest.mark.parametrize("nth", range(1, 7))
def test_a_merge_at_any_moment_of_a_search_leaves_the_answer_right(nth):
    former = [an_agreement(title=f"協定{number}") for number in range(6)]
    rebuild()
    unregister_many(former[1:])
    an_agreement(title="協定の新")
    with meanwhile("search_block", merge, nth=nth):
        assert find(ask("協定")).total == 2
    assert titles(ask("協定の")) == ["協定の新"]


ANOTHER_PROCESS = """
import time
import django
django.setup()
from renkei.search.merging import merge
print("ready", flush=True)
merged, until = 0, time.monotonic() + 60
while merged < {count} and time.monotonic() < until:
    merged += merge()
print(merged)
"""


def test_another_process_merges_while_this_one_writes_and_finds_what_it_wrote():
    count = 25
    name = str(connection.settings_dict["NAME"])
    address = f"sqlite:///{name}" if connection.vendor == "sqlite" else _with_name(name)
    environment = {
        "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "renkei.settings", "SECRET_KEY": "x" * 50,
        "RENKEI_VAR": str(settings.MEDIA_ROOT), "PATH": "",
    }  # fmt: skip
    command = [sys.executable, "-c", ANOTHER_PROCESS.format(count=count)]
    with subprocess.Popen(
        command, cwd=settings.BASE, text=True, stdout=subprocess.PIPE, env=environment
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "ready\n"
        for number in range(count):
            an_agreement(title=f"協定{number}の{number * 7}")
            assert find(ask(f"協定{number}の")).total == 1
            assert find(ask()).total == number + 1
        assert other.wait(60) == 0
    assert find(ask()).total == count
    assert_the_index_is_whole()


def _with_name(name: str) -> str:
    parts = connection.settings_dict
    return f"postgres://{parts['USER']}@{parts['HOST']}:{parts['PORT']}/{name}"


def test_two_people_change_agreements_while_a_third_merges():
    numbers = range(8)

    def person(who: str) -> None:
        for number in numbers:
            agreement = an_agreement(title=f"{who}{number}")
            publish(agreement, actor=None)
            assert find(ask(f"{who}{number}", internal=False)).total == 1
        connection.close()

    def merger() -> None:
        for _time in range(20):
            merge()

    people = [Thread(target=elsewhere, args=[action]) for action in
              (lambda: person("甲"), lambda: person("乙"), merger)]  # fmt: skip
    for each in people:
        each.start()
    for each in people:
        each.join(60)
    assert find(ask(internal=False)).total == 2 * len(numbers)
    assert_the_index_is_whole()
