"""Whoever owns the database alters it with a connection of his own: seven ways, each refused or named."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime

import psycopg
import pytest
from django.db import connection

from renkei.audit import triggers
from renkei.audit.models import FIRST
from renkei.audit.verification import chains, faults, heads
from tests.factories import a_municipality, an_agreement

pytestmark = pytest.mark.django_db(transaction=True)
COLUMNS = (
    "municipality_id, number, at, event, actor_id, actor_name, subject_type, subject_id, subject_name, facts, "
    "previous_digest"
)


class Owner:
    """Somebody with rights on the database itself: over a copied SQLite file, or a new connection."""

    def __init__(self, raw) -> None:
        self.raw = raw
        self.mark = "?" if connection.vendor == "sqlite" else "%s"

    def does(self, *statements: str) -> None:
        for statement in statements:
            self.raw.execute(statement)
        self.raw.commit()

    def takes_triggers_away(self) -> None:
        if connection.vendor == "sqlite":
            self.does(*(f"DROP TRIGGER {name}" for name in triggers.SQLITE))
        else:
            self.does(f"ALTER TABLE {triggers.TABLE} DISABLE TRIGGER ALL")

    def puts_triggers_back(self) -> None:
        if connection.vendor == "sqlite":
            self.does(*triggers.SQLITE.values())
        else:
            self.does(f"ALTER TABLE {triggers.TABLE} ENABLE TRIGGER ALL")

    def writes_digests_from(self, number: int, until: int) -> None:
        """Makes the chain fit again, knowing how digests are made, without a line of the program."""
        asked = (
            f"SELECT id, {COLUMNS} FROM audit_entry WHERE number BETWEEN {number} AND {until} ORDER BY number"
        )
        previous = None
        for key, *told in self.raw.execute(asked).fetchall():
            told[2] = moment(told[2])
            told[9] = json.loads(told[9]) if isinstance(told[9], str) else told[9]
            told[10] = previous or told[10]
            text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            previous = hashlib.sha256(text.encode()).hexdigest()
            written = (
                f"UPDATE audit_entry SET previous_digest = {self.mark}, digest = {self.mark} WHERE id = {key}"
            )
            self.raw.execute(written, (told[10], previous))
        self.raw.execute(
            f"UPDATE audit_head SET number = number, digest = {self.mark} WHERE number = {until}", (previous,)
        )
        self.raw.commit()


def moment(value: object) -> str:
    """An instant as the log counts it in its digest."""
    if isinstance(value, str):
        return datetime.fromisoformat(value).replace(tzinfo=UTC).isoformat()
    return value.astimezone(UTC).isoformat()


@pytest.fixture
def owner(tmp_path) -> Iterator[Owner]:
    """The owner, after a day on which five events were told; the program then looks at what he leaves behind."""
    for number in range(5):
        an_agreement(title=f"見本協定{number}")
    if connection.vendor != "sqlite":
        named = connection.get_connection_params()
        with psycopg.connect(**{name: named[name] for name in ("dbname", "user", "host", "port")}) as raw:
            yield Owner(raw)
            raw.rollback()
            raw.execute(f"ALTER TABLE {triggers.TABLE} ENABLE TRIGGER ALL")
        return
    kept, copied = connection.settings_dict["NAME"], str(tmp_path / "copied.sqlite3")
    raw = sqlite3.connect(copied)
    connection.connection.backup(raw)
    connection.close()
    connection.settings_dict["NAME"] = copied
    yield Owner(raw)
    raw.close()
    connection.close()
    connection.settings_dict["NAME"] = kept


WAYS = {
    "update": "UPDATE audit_entry SET actor_name = '別人' WHERE number = 2",
    "delete": "DELETE FROM audit_entry WHERE number = 2",
    "truncate": "TRUNCATE audit_entry",
}


@pytest.mark.parametrize("statement", WAYS.values(), ids=WAYS)
def test_a_change_of_the_log_is_refused_by_the_database_itself(owner, statement):
    if connection.vendor == "sqlite":
        statement = statement.replace("TRUNCATE", "DELETE FROM")
    with pytest.raises((sqlite3.DatabaseError, psycopg.DatabaseError), match="told events"):
        owner.does(statement)
    owner.raw.rollback()
    assert list(faults(heads())) == []


def test_a_trigger_that_was_dropped_is_named(owner):
    owner.takes_triggers_away()
    assert len([fault for fault in faults() if "トリガー" in fault]) == 2


@pytest.mark.parametrize("statement", list(WAYS.values())[:2], ids=list(WAYS)[:2])
def test_a_change_behind_the_triggers_back_is_named_with_its_number(owner, statement):
    owner.takes_triggers_away()
    owner.does(statement)
    owner.puts_triggers_back()
    found = list(faults())
    assert found and all("第2号" in fault or "第3号" in fault for fault in found)


def test_a_tail_cut_off_with_its_head_is_named_by_the_heads_outside(owner):
    outside = heads()
    owner.takes_triggers_away()
    owner.does(
        "DELETE FROM audit_entry WHERE number > 3",
        "UPDATE audit_head SET number = 3, digest = (SELECT digest FROM audit_entry WHERE number = 3)",
    )
    owner.puts_triggers_back()
    assert list(faults()) == []
    assert ["第5号" in fault and "切られています" in fault for fault in faults(outside)] == [True]


def test_a_middle_that_was_replaced_is_named_by_what_follows(owner):
    owner.takes_triggers_away()
    owner.does("UPDATE audit_entry SET subject_name = '別の協定' WHERE number = 2")
    owner.writes_digests_from(2, 3)
    owner.puts_triggers_back()
    assert any("第4号" in fault and "つながっていません" in fault for fault in faults())


def test_a_chain_that_was_rebuilt_whole_is_named_by_the_heads_outside(owner):
    outside = heads()
    owner.takes_triggers_away()
    owner.does("UPDATE audit_entry SET subject_name = '別の協定' WHERE number = 1")
    owner.does(f"UPDATE audit_entry SET previous_digest = '{FIRST}' WHERE number = 1")
    owner.writes_digests_from(1, 5)
    owner.puts_triggers_back()
    assert list(faults()) == [], "the owner knows how the digests are made"
    assert ["作り直されています" in fault for fault in faults(outside)] == [True]


def test_a_chain_taken_away_whole_is_named_by_the_heads_outside(owner):
    outside = heads()
    owner.takes_triggers_away()
    owner.does("DELETE FROM audit_entry", "DELETE FROM audit_head")
    owner.puts_triggers_back()
    assert any(a_municipality().code in fault and "切られています" in fault for fault in faults(outside))


UNREADABLE = {
    "no letters": "UPDATE audit_entry SET reason = CAST(x'ff61' AS TEXT) WHERE number = 2",
    "no number": "UPDATE audit_entry SET number = 'second' WHERE number = 2",
    "half a number": "UPDATE audit_entry SET number = 2.5 WHERE number = 2",
    "no moment": "UPDATE audit_entry SET at = 'yesterday' WHERE number = 2",
    "no JSON": "UPDATE audit_entry SET facts = '{' WHERE number = 2",
    "too deep": f"UPDATE audit_entry SET facts = '{'[' * 90_000}' WHERE number = 2",
    "not there": "UPDATE audit_entry SET digest = x'00' WHERE number = 2",
    "before the first": "UPDATE audit_entry SET number = -2 WHERE number = 2",
}


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL refuses these itself")
@pytest.mark.parametrize("statement", UNREADABLE.values(), ids=UNREADABLE)
def test_a_row_made_unreadable_is_named_and_all_others_are_read(owner, statement):
    owner.takes_triggers_away()
    owner.does("PRAGMA ignore_check_constraints = ON", statement)
    owner.puts_triggers_back()
    (chain,) = chains()
    found = list(chain.faults())
    assert found and all(fault.startswith(a_municipality().code) for fault in found)
    assert chain.checked == 5
