"""What changed in words, what can be asked of the log, and what leaves it."""

import csv
import io
import json
import re
import subprocess
import sys
from datetime import date, timedelta

import pytest
from django.conf import settings

from renkei.accounts.models import Role
from renkei.agreements import events
from renkei.audit.exports import csv_lines, json_lines
from renkei.audit.models import Entry
from renkei.audit.permissions import read_by, why_not_read_all
from renkei.audit.questions import BY_NOBODY, Question, found
from renkei.audit.services import record
from renkei.audit.words import Change, changes_of, kind_of_record
from tests.factories import a_municipality, a_user, an_agreement

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 26)


def told(*, reason="", actor=None, subject=None, changes=None, event=events.PUBLISHED):
    subject = subject or an_agreement()
    return record(
        event, actor, subject, municipality=subject.municipality, reason=reason, changes=changes or {}
    )


@pytest.mark.parametrize(
    "name, values, expected",
    [
        ("agreements.agreement.title", ("旧", "新"), Change("協定名", ["旧"], ["新"])),
        ("agreements.agreement.form", ("individual", "disaster"), ("個別連携協定", "災害時応援・協力協定")),
        ("agreements.agreement.is_published", (False, True), ("いいえ", "はい")),
        ("agreements.agreement.signed_on", (None, DAY), ("(なし)", "2026-11-26")),
        ("agreements.party", (["甲 見本市"], []), Change("当事者", ["甲 見本市"], ["(なし)"])),
        ("agreements.vanished.name", ("a", "b"), Change("agreements.vanished.name", ["a"], ["b"])),
        ("agreements.agreement.vanished", ("a", "b"), Change("agreements.agreement.vanished", ["a"], ["b"])),
        ("nothing", ("a", ""), Change("nothing", ["a"], ["(なし)"])),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_change_is_told_by_the_models_own_words(name, values, expected):
    (change,) = changes_of(told(changes={name: values}))
    if isinstance(expected, tuple):
        expected = Change(change.label, [expected[0]], [expected[1]])
    assert change == expected


def test_a_record_is_named_by_its_models_word():
    assert kind_of_record("agreements.agreement") == "協定"
    assert kind_of_record("vanished.model") == "vanished.model"


@pytest.fixture
def log():
    """Four entries of one town: registered by nobody, then three by a person."""
    person = a_user()
    agreement = an_agreement(title="災害時の協定")
    told(subject=agreement, actor=person, reason="議会の求めによる")
    told(
        subject=agreement, actor=person, event=events.WITHDRAWN,
        changes={"agreements.agreement.title": ('旧い"名', "新しい名")},
    )  # fmt: skip
    an_agreement(title="別の協定")
    return Entry.objects.of(agreement.municipality), person, agreement


@pytest.mark.parametrize(
    "asked, numbers",
    [
        ({}, [1, 2, 3, 4]),
        ({"words": "災害時"}, [1, 2, 3]),
        ({"words": "議会"}, [2]),
        ({"words": "花子"}, [2, 3]),
        ({"words": "災害時 議会"}, [2]),
        ({"words": '旧い"名'}, [3]),
        ({"words": "_"}, []),
        ({"words": ".*"}, []),
        ({"words": "'; --"}, []),
        ({"words": "\\"}, []),
        ({"words": "取りやめ"}, [3]),
        ({"words": "どこにもない"}, []),
        ({"words": "%"}, []),
        ({"words": "\0"}, [1, 2, 3, 4]),
        ({"event": "agreement.withdrawn"}, [3]),
        ({"person": BY_NOBODY}, [1, 4]),
        ({"person": "nonsense"}, []),
        ({"person": "9" * 30}, []),
        ({"first": DAY + timedelta(days=3650)}, []),
        ({"last": date(2000, 1, 1)}, []),
        ({"first": date(2000, 1, 1), "last": DAY + timedelta(days=3650)}, [1, 2, 3, 4]),
    ],
    ids=str,
)
def test_the_log_is_asked_by_words_event_person_and_days(log, asked, numbers):
    assert [entry.number for entry in found(log[0], Question(**asked))] == numbers


def test_the_log_is_asked_for_one_person_and_one_record(log):
    entries, person, agreement = log
    assert [one.number for one in found(entries, Question(person=str(person.pk)))] == [2, 3]
    subject = f"agreements.agreement:{agreement.public_id}"
    assert [one.number for one in found(entries, Question(subject=subject))] == [1, 2, 3]


@pytest.mark.parametrize(
    "role, reads_all",
    [
        (Role.ADMINISTRATOR, True), (Role.COORDINATOR, True), (Role.AUDITOR, True),
        (Role.RESPONSIBLE, False), (Role.DISASTER_OFFICER, False), (Role.READER, False),
    ],
)  # fmt: skip
def test_the_whole_log_is_for_those_who_answer_for_the_town(role, reads_all):
    reader = a_user(role=role, sign_in_name="reader")
    town = a_municipality()
    record(events.REGISTERED, None, town, municipality=town)
    an_agreement()
    record(events.REGISTERED, reader, town, municipality=town)
    an_agreement(municipality=a_municipality("011002"))
    assert (why_not_read_all(reader, day=DAY) is None) is reads_all
    numbers = list(read_by(reader, day=DAY).order_by("number").values_list("number", flat=True))
    assert numbers == ([1, 2, 3] if reads_all else [2, 3]), "open records and what the person did"


def test_the_csv_holds_every_entry_and_no_live_formula(log):
    told(subject=log[2], reason='=HYPERLINK("http://x")')
    text = "".join(csv_lines(found(log[0], Question())))
    assert text.startswith("\ufeff") and "\r\n" in text
    head, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    assert len(rows) == 5 and {len(row) for row in rows} == {len(head)}
    assert rows[4][head.index("理由")].startswith("'=")
    assert '協定名: 旧い"名 → 新しい名' in rows[2][head.index("変更の前と後")]


PAGE = settings.BASE / "docs" / "how-to" / "prove-the-log.md"
(PROGRAM,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


def said_to_an_outsider(lines, tmp_path) -> str:
    """What the program of the how-to says, run as it stands there over an exported file."""
    export = tmp_path / "history.jsonl"
    export.write_text("".join(lines), encoding="utf-8")
    command = [sys.executable, "-c", PROGRAM, str(export)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    return done.stdout + done.stderr


def test_an_outsider_proves_the_exported_chain_with_twenty_lines(log, tmp_path):
    lines = list(json_lines(found(log[0], Question())))
    assert len(PROGRAM.splitlines()) <= 20
    assert f"4 entries are as they were told. The last digest is {Entry.objects.get(number=4).digest}" in (
        said_to_an_outsider(lines, tmp_path)
    )
    altered = [lines[0], lines[1].replace("議会", "市長"), *lines[2:]]
    assert "No. 2 was altered" in said_to_an_outsider(altered, tmp_path)
    assert "No. 2 is missing" in said_to_an_outsider([lines[0], *lines[2:]], tmp_path)


def test_the_export_needs_no_key_and_holds_what_the_digest_is_made_of(log):
    line = json.loads(next(json_lines(found(log[0], Question(event="agreement.published")))))
    assert line["told"][1] == 2 and line["told"][-1] == Entry.objects.get(number=1).digest
    assert "議会の求めによる" in line["told"] and line["sentence"] == str(Entry.objects.get(number=2))
