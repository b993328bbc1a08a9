"""The history on screen: found, read, exported and proved; whoever may not is told why."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from renkei.accounts.models import Role
from renkei.agreements import events
from renkei.audit import triggers
from renkei.audit.models import Entry, Head
from renkei.audit.services import record
from renkei.audit.verification import heads
from tests.factories import a_municipality, a_user, an_agreement

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement():
    """An agreement with two entries, the second with a reason and a change."""
    agreement = an_agreement(title="災害時の協定")
    record(
        events.PUBLISHED, None, agreement, municipality=agreement.municipality, reason="求めにより",
        changes={"agreements.agreement.is_published": (False, True)},
    )  # fmt: skip
    return agreement


def text_of(answer) -> str:
    return b"".join(answer).decode()


def test_the_history_shows_sentences_and_reasons_newest_first(clerk, agreement):
    page = clerk.get("/desk/history/").content.decode()
    assert page.index("公開しました") < page.index("台帳に登録しました", page.index("<tbody>"))
    assert "求めにより" in page


@pytest.mark.parametrize(
    "asked, count",
    [("q=求め", 1), ("q=災害時&event=agreement.registered", 1), ("q=どこにもない", 0), ("person=system", 2)],
)
def test_the_history_is_searched(clerk, agreement, asked, count):
    page = clerk.get(f"/desk/history/?{asked}").content.decode()
    assert page.count('<th scope="row">') == count
    assert ("当てはまるできごとはありません" in page) is (count == 0)


def test_a_day_that_cannot_be_read_is_answered_with_an_example(clerk, agreement):
    answer = clerk.get("/desk/history/?since=いつか")
    assert answer.status_code == 422 and "令和6年6月1日" in answer.content.decode()
    assert clerk.get("/desk/history.csv?since=いつか").status_code == 422


def test_an_entry_is_a_sentence_facts_reason_and_proof(clerk, agreement):
    page = clerk.get("/desk/history/2/").content.decode()
    for words in ("求めにより", "公開</th>", "いいえ", "はい", Entry.objects.get(number=2).digest):
        assert words in page
    assert f"/desk/agreements/{agreement.public_id}/" in page
    assert "記録されたときと同じです" in page


def test_an_altered_entry_says_so_on_its_own_page(clerk, agreement):
    triggers.remove(connection)
    Entry.objects.filter(number=2).update(reason="別の理由")
    triggers.install(connection)
    assert "内容が変わっています" in clerk.get("/desk/history/2/").content.decode()


def test_another_towns_entry_is_not_there(clerk, agreement):
    other = a_municipality("011002")
    for _number in range(3):
        an_agreement(municipality=other)
    assert clerk.get("/desk/history/3/").status_code == 404


def test_a_reader_sees_what_concerns_open_records_and_is_told_why_not_more(reader, agreement):
    town = agreement.municipality
    record(events.REGISTERED, None, town, municipality=town)
    page = reader.get("/desk/history/").content.decode()
    assert page.count('<th scope="row">') == 2 and "総括課の担当者・管理者・監査だけ" in page
    assert reader.get("/desk/history/3/").status_code == 404
    for kind in ("csv", "jsonl"):
        assert reader.get(f"/desk/history.{kind}").status_code == 403
    assert reader.post("/desk/history/verify/").status_code == 403


def test_the_auditor_exports_what_is_asked_for(client, agreement):
    client.force_login(a_user(role=Role.AUDITOR, sign_in_name="kansa"))
    lines = text_of(client.get("/desk/history.jsonl?event=agreement.published")).splitlines()
    assert [json.loads(line)["told"][1] for line in lines] == [2]
    answer = client.get("/desk/history.csv")
    assert answer["Content-Disposition"].endswith('.csv"')
    assert text_of(answer).count("\r\n") == 3
    assert client.get("/desk/history.pdf").status_code == 404


def test_the_chain_is_proved_on_demand_and_that_is_told(clerk, agreement):
    page = clerk.post("/desk/history/verify/").content.decode()
    assert "2件の記録を調べました。すべて記録されたときのままです。" in page
    assert "見本 花子" in Entry.objects.get(number=3).sentence and "2件を確かめました" in str(
        Entry.objects.get(number=3)
    )


def test_faults_are_named_on_the_page(clerk, agreement):
    triggers.remove(connection)
    Entry.objects.filter(number=1).update(actor_name="別人")
    triggers.install(connection)
    page = clerk.post("/desk/history/verify/").content.decode()
    assert "1件の異常" in page and "第1号: 記録された後に内容が変わっています" in page


def test_heads_kept_outside_are_pasted_or_sent_as_a_file(clerk, agreement):
    (kept,) = heads(agreement.municipality)
    triggers.remove(connection)
    Entry.objects.filter(number=2).delete()
    triggers.install(connection)
    Head.objects.update(number=1, digest=Entry.objects.get().digest)
    pasted = clerk.post("/desk/history/verify/", {"heads": f"> {kept.line}"}).content.decode()
    assert "末尾が切られています" in pasted
    file = SimpleUploadedFile("控え.eml", kept.line.encode())
    kept_now = clerk.post("/desk/history/verify/", {"file": file}).content.decode()
    assert "鎖が作り直されています" in kept_now, "the verification before told the entry of that number anew"


def test_what_holds_no_head_is_refused_at_its_field(clerk, agreement):
    answer = clerk.post("/desk/history/verify/", {"heads": "今日は晴れです。"})
    assert answer.status_code == 422 and "renkei-head" in answer.content.decode()
    assert Entry.objects.count() == 2
