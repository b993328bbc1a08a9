"""The log: told only inside a change, in order, and nothing can be altered unseen."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from renkei.agreements import events
from renkei.audit import triggers
from renkei.audit.models import Entry, Head
from renkei.audit.services import record
from renkei.audit.verification import faults, heads
from tests.factories import a_municipality, an_agreement


@pytest.fixture
def three_told(db):
    agreements = [an_agreement(title=f"見本協定{number}") for number in range(3)]
    return agreements[0].municipality


def without_triggers(statement, parameters=()):
    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
    triggers.install(connection)


def test_a_whole_chain_has_no_faults(three_told):
    assert Entry.objects.count() == 3
    assert list(faults(heads())) == []


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_entry SET actor_name = '別人'", "DELETE FROM audit_entry"],
    ids=["update", "delete"],
)
def test_the_database_refuses_to_change_what_was_told(three_told, statement):
    with (
        pytest.raises(DatabaseError, match="told events"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Entry.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_to_empty_the_log(three_told):
    if connection.vendor == "sqlite":
        statement = "DELETE FROM audit_entry WHERE number > 0"
    else:
        statement = "TRUNCATE audit_entry"
    with (
        pytest.raises(DatabaseError, match="told events"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_an_altered_word_is_found(three_told):
    without_triggers("UPDATE audit_entry SET subject_name = '別の協定' WHERE number = 2")
    assert ["第2号" in fault and "変わっています" in fault for fault in faults()] == [True]


def test_a_row_taken_from_the_middle_is_found(three_told):
    without_triggers("DELETE FROM audit_entry WHERE number = 2")
    assert any("途中の記録がありません" in fault for fault in faults())


def test_a_tail_cut_off_is_found(three_told):
    without_triggers("DELETE FROM audit_entry WHERE number = 3")
    assert any("第3号のはず" in fault for fault in faults())


def test_a_tail_cut_off_together_with_its_head_is_found_against_heads_kept_outside(three_told):
    kept = heads()
    without_triggers("DELETE FROM audit_entry WHERE number = 3")
    last = Entry.objects.get(number=2)
    Head.objects.update(number=2, digest=last.digest)
    assert list(faults()) == []
    assert any("末尾が切られています" in fault for fault in faults(kept))


def test_a_rebuilt_chain_is_found_against_heads_kept_outside(three_told):
    kept = heads()
    triggers.remove(connection)
    previous = "0" * 64
    for entry in Entry.objects.order_by("number"):
        entry.actor_name, entry.previous_digest = "別人", previous
        entry.digest = previous = entry.computed_digest()
        entry.save()
    triggers.install(connection)
    Head.objects.update(digest=previous)
    assert list(faults()) == []
    assert any("鎖が作り直されています" in fault for fault in faults(kept))


@pytest.mark.django_db(transaction=True)
def test_nothing_can_be_told_outside_its_change():
    agreement = an_agreement()
    with pytest.raises(RuntimeError, match="outside the transaction"):
        record(events.REGISTERED, None, agreement, municipality=agreement.municipality)


def test_a_story_that_lacks_a_fact_is_refused(three_told):
    agreement = an_agreement()
    with pytest.raises(ValueError, match="on"):
        record(events.ENDED, None, agreement, municipality=three_told)


def test_audit_verify_says_how_many_were_checked(three_told, capsys):
    call_command("audit_verify")
    assert "3件の記録を調べました" in capsys.readouterr().out


def test_audit_verify_fails_with_a_sentence(three_told):
    without_triggers("UPDATE audit_entry SET actor_name = '別人' WHERE number = 1")
    with pytest.raises(CommandError, match="1件の異常"):
        call_command("audit_verify")


@pytest.mark.parametrize("content", ["[1]", "", "renkei-head 012041 third", '{"012041": 3}'])
def test_audit_verify_names_a_file_that_is_no_head(three_told, tmp_path, content):
    bad = tmp_path / "heads.txt"
    bad.write_text(content)
    with pytest.raises(CommandError, match="控えとして読めません"):
        call_command("audit_verify", heads=[str(bad)])


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite's constraint is part of its table")
def test_a_row_put_in_under_a_number_that_is_taken_is_found(three_told):
    without_triggers("SET CONSTRAINTS ALL IMMEDIATE")
    without_triggers("ALTER TABLE audit_entry DROP CONSTRAINT entry_number_once_in_its_chain")
    columns = ", ".join(f.column for f in Entry._meta.concrete_fields if not f.primary_key)
    without_triggers(
        f"INSERT INTO audit_entry ({columns}) SELECT {columns} FROM audit_entry WHERE number = 2"
    )
    assert any("第2号" in fault and "後から入れられて" in fault for fault in faults())


def test_a_row_put_in_at_the_end_is_found(three_told):
    last = Entry.objects.get(number=3)
    last.pk, last.number = None, 4
    last.save(force_insert=True)
    found = list(faults())
    assert any("第4号" in fault for fault in found) and any("第3号のはず" in fault for fault in found)


def test_a_row_that_cannot_be_read_any_more_hides_none_of_the_others(three_told):
    unreadable = "2024-99-99 00:00:00" if connection.vendor == "sqlite" else "0001-01-01 00:00:00"
    without_triggers("UPDATE audit_entry SET at = %s WHERE number = 2", [unreadable])
    without_triggers("UPDATE audit_entry SET actor_name = '別人' WHERE number = 3")
    found = list(faults())
    assert any("第2号" in fault for fault in found) and any("第3号" in fault for fault in found)


def test_a_chain_that_is_gone_with_its_head_is_found_against_heads_kept_outside(three_told):
    kept = heads()
    without_triggers("DELETE FROM audit_entry")
    Head.objects.all().delete()
    assert list(faults()) == []
    assert any("末尾が切られています" in fault for fault in faults(kept))


def test_one_town_verifies_its_own_chain_only(three_told):
    other = an_agreement(municipality=a_municipality("011002")).municipality
    without_triggers("UPDATE audit_entry SET actor_name = '別人' WHERE municipality_id = %s", [other.pk])
    assert list(faults(municipality=three_told)) == []
    assert len(list(faults(municipality=other))) == 1
