"""Telling from two sides at once, and what every event says."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction

from renkei.agreements import events
from renkei.agreements.services import publish
from renkei.audit import triggers
from renkei.audit.checks import database_keeps_what_it_acknowledged
from renkei.audit.events import DECLARED, declare
from renkei.audit.models import Entry, Head
from renkei.audit.services import Telling, record, record_many
from renkei.audit.verification import faults, heads
from tests.factories import PASSWORD, a_municipality, a_user, an_agreement

EVENTS = sorted(DECLARED)


@pytest.mark.parametrize("name", EVENTS)
def test_every_event_says_who_or_what(name):
    """A sign-in names the person, a failed one the name that was tried; all the rest names both."""
    placeholders = DECLARED[name].placeholders
    assert placeholders & {"actor", "subject"}
    assert name.split(".")[0] and "." in name


def test_an_event_is_declared_once():
    with pytest.raises(ValueError, match="declared twice"):
        declare(EVENTS[0], "{actor}{subject}")


def told_at_once(*shares):
    """Each share of agreements is published by a thread of its own; all start together."""
    hurdle = threading.Barrier(len(shares))

    def publish_all(agreements):
        try:
            hurdle.wait(timeout=20)
            for agreement in agreements:
                publish(agreement, actor=None)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(shares)) as tellers:
        list(tellers.map(publish_all, shares))


@pytest.mark.django_db(transaction=True)
def test_two_who_tell_at_once_leave_no_gap_and_no_fork():
    town = a_municipality()
    agreements = [an_agreement(title=f"見本協定{number}", municipality=town) for number in range(20)]
    told_at_once(agreements[0::2], agreements[1::2])
    assert list(Entry.objects.order_by("number").values_list("number", flat=True)) == list(range(1, 41))
    assert list(faults()) == []


@pytest.mark.django_db(transaction=True)
def test_two_who_tell_a_towns_first_event_at_once_start_one_chain():
    town = a_municipality()
    agreements = [an_agreement(title=f"見本協定{number}", municipality=town) for number in range(2)]
    triggers.remove(connection)
    Entry.objects.all().delete()
    Head.objects.all().delete()
    triggers.install(connection)
    told_at_once(agreements[:1], agreements[1:])
    assert list(Entry.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert list(faults()) == []


@pytest.mark.django_db
def test_a_change_that_fails_is_not_told():
    agreement = an_agreement()
    before = Entry.objects.count()
    with pytest.raises(AttributeError):
        publish(agreement, actor="nobody")
    assert Entry.objects.count() == before
    agreement.refresh_from_db()
    assert not agreement.is_published


@pytest.mark.django_db
def test_many_told_together_are_the_chain_that_they_would_be_one_by_one():
    town, actor = a_municipality(), a_user()
    agreements = [an_agreement(title=f"見本協定{number}", municipality=town) for number in range(3)]
    before = heads(town)[0].number
    changes = {"agreements.agreement.title": ("前", ["後", None, date(2026, 11, 26)])}
    tellings = [Telling(events.PUBLISHED, one, "そろえるため", changes) for one in agreements]
    with transaction.atomic():
        together = record_many(tellings, actor, municipality=town)
        alone = record(
            events.PUBLISHED, actor, agreements[0], municipality=town, reason="そろえるため", changes=changes
        )
    assert [entry.number for entry in together] == [before + 1, before + 2, before + 3]
    assert (alone.number, alone.previous_digest) == (before + 4, together[-1].digest)
    first = Entry.objects.get(number=before + 1)
    told = ("subject_id", "subject_name", "actor", "actor_name", "reason", "facts", "changes", "event")
    assert [getattr(first, name) for name in told] == [getattr(alone, name) for name in told]
    assert first.sentence == alone.sentence
    assert list(faults(heads())) == []


@pytest.mark.django_db
def test_many_are_told_with_the_same_statements_as_one(django_assert_num_queries):
    town = a_municipality()
    agreement = an_agreement(municipality=town)
    with transaction.atomic():
        for count in (1, 60):
            with django_assert_num_queries(3):
                record_many([Telling(events.PUBLISHED, agreement)] * count, None, municipality=town)
        with django_assert_num_queries(0):
            assert record_many([], None, municipality=town) == []
    assert list(faults(heads())) == []


@pytest.mark.django_db
def test_of_many_one_that_lacks_a_fact_lets_none_be_told():
    agreement = an_agreement()
    lacking = [Telling(events.PUBLISHED, agreement), Telling(events.GOES_ANOTHER_WAY, agreement)]
    before = Entry.objects.count()
    with pytest.raises(ValueError, match="lacks the facts"), transaction.atomic():
        record_many(lacking, None, municipality=agreement.municipality)
    assert Entry.objects.count() == before


@pytest.mark.django_db
def test_each_town_has_a_chain_of_its_own():
    for code in ("012041", "011002"):
        an_agreement(municipality=a_municipality(code))
    assert list(Entry.objects.values_list("number", flat=True)) == [1, 1]
    assert list(faults()) == []


@pytest.mark.django_db
def test_triggers_that_were_taken_away_are_found():
    an_agreement()
    triggers.remove(connection)
    found = list(faults())
    triggers.install(connection)
    assert len(found) == 2 and all("トリガー" in fault for fault in found)
    assert list(faults()) == []


@pytest.mark.django_db
def test_a_row_replaced_together_with_its_digest_is_found_by_the_next_one():
    for number in range(3):
        an_agreement(title=f"見本協定{number}")
    triggers.remove(connection)
    entry = Entry.objects.get(number=2)
    entry.facts = {"reason": "別の話"}
    entry.digest = entry.computed_digest()
    entry.save()
    triggers.install(connection)
    assert any("第3号" in fault and "つながっていません" in fault for fault in faults())


@pytest.mark.django_db
def test_a_chain_without_its_head_is_found():
    an_agreement()
    Head.objects.all().delete()
    assert any("末尾の控えがありません" in fault for fault in faults())


@pytest.mark.django_db
def test_what_is_told_holds_no_password():
    publish(an_agreement(), actor=a_user())
    fields = [field.attname for field in Entry._meta.concrete_fields]
    told = str(list(Entry.objects.values_list(*fields)))
    assert PASSWORD not in told and "md5$" not in told and "pbkdf2" not in told


@pytest.mark.django_db
def test_a_database_that_may_lose_commits_is_refused_at_start():
    assert database_keeps_what_it_acknowledged(None, ["default"]) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the setting is SQLite's")
def test_sqlite_that_does_not_wait_for_the_disk_is_refused_at_start():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        (usual,) = cursor.fetchone()
        cursor.execute("PRAGMA synchronous=NORMAL")
        found = database_keeps_what_it_acknowledged(None, ["default"])
        cursor.execute(f"PRAGMA synchronous={usual}")
    assert [message.id for message in found] == ["renkei.E001"]


@pytest.mark.django_db
def test_the_heads_printed_are_what_verify_takes(tmp_path, capsys):
    an_agreement()
    call_command("audit_head")
    kept = tmp_path / "heads.txt"
    kept.write_text(capsys.readouterr().out, encoding="utf-8")
    call_command("audit_verify", heads=[str(kept)])
    assert "1件の記録を調べました。すべて記録されたときのままです。外の控え1件とも" in capsys.readouterr().out
