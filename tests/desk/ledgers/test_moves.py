"""The whole ledger goes in once, can be stopped on its way, and comes out again; nobody else's can be touched."""

import pytest
from django.test import Client
from django.urls import reverse

from renkei.accounts.models import Role, User
from renkei.agreements.models import Agreement
from renkei.desk.ledgers import moves
from renkei.ledger.models import BatchState, Outcome
from renkei.ledger.tasks import commit_in_background
from tests.desk.ledgers.conftest import WITHOUT_TITLES, brought
from tests.factories import a_municipality, a_user, an_agreement

pytestmark = pytest.mark.django_db


def at(batch, name="ledger", *more):
    return reverse(f"desk:{name}", args=[batch.public_id, *more])


def press(client, batch, name, **sent):
    answer = client.post(at(batch, name), sent, follow=True)
    batch.refresh_from_db()
    return answer.content.decode()


def test_a_ledger_goes_into_the_register_and_can_be_taken_back_whole(clerk, batch):
    an_agreement(title="もとからある協定")
    assert "2件の協定を取り込みました。" in press(clerk, batch, "ledger_commit")
    assert Agreement.objects.count() == 3
    assert "この取込み(2件)を取り消す" in clerk.get(at(batch)).content.decode()
    assert "この取込みは取り消されました。" in press(clerk, batch, "ledger_undo")
    assert [agreement.title for agreement in Agreement.objects.all()] == ["もとからある協定"]


def test_pressing_twice_brings_it_in_once(clerk, batch):
    press(clerk, batch, "ledger_commit")
    assert "すでに取り込まれているか、取り消されています。" in press(clerk, batch, "ledger_commit")
    assert Agreement.objects.count() == 2


@pytest.mark.parametrize("publishes", [True, False])
def test_what_comes_in_is_public_only_if_asked(clerk, batch, publishes):
    press(clerk, batch, "ledger_commit", **({"publishes": "on"} if publishes else {}))
    assert Agreement.objects.published().count() == (2 if publishes else 0)


def test_a_ledger_of_waiting_rows_only_says_what_to_do_first(clerk):
    batch = brought(WITHOUT_TITLES)
    assert "取り込める協定がありません。保留の行を直すか" in press(clerk, batch, "ledger_commit")
    assert batch.state == BatchState.READY


def test_a_row_of_what_is_in_the_register_is_no_longer_mended_here(clerk, batch):
    press(clerk, batch, "ledger_commit")
    row = batch.rows.get(outcome=Outcome.WAITING)
    answer = clerk.post(
        at(batch, "ledger_row", row.position), {"title": "新しい名", "partners": "見本", "signed": ""}
    )
    assert answer.status_code == 422
    assert "取込みが済んだ台帳の行は直せません。" in answer.content.decode()


def test_undo_is_refused_with_the_reason_once_something_was_built_on_it(clerk, batch):
    press(clerk, batch, "ledger_commit")
    agreement = batch.rows.filter(agreement__isnull=False).first().agreement
    Agreement.objects.filter(pk=agreement.pk).update(version=2)
    shown = press(clerk, batch, "ledger_undo")
    assert "変更された協定が1件" in shown
    assert Agreement.objects.count() == 2


@pytest.fixture
def at_once(monkeypatch):
    """Even the smallest ledger goes in behind the scenes."""
    monkeypatch.setattr(moves, "AT_ONCE", 0)


def in_the_background(batch) -> None:
    """What the worker does when its turn comes."""
    commit_in_background.func(batch.pk, User.objects.get(sign_in_name="tanto").pk, False)
    batch.refresh_from_db()


def test_a_large_ledger_goes_in_behind_the_scenes_and_the_page_tells_how_far(clerk, batch, at_once):
    shown = press(clerk, batch, "ledger_commit")
    assert batch.state == BatchState.COMMITTING
    assert "取込み中です。2件のうち0件の準備が済みました。" in shown
    assert 'role="status"' in shown
    assert "<progress" in shown
    in_the_background(batch)
    assert "2件の協定を取り込みました。" in clerk.get(at(batch)).content.decode()


def test_a_commit_that_was_stopped_leaves_nothing_behind(clerk, batch, at_once):
    press(clerk, batch, "ledger_commit")
    assert "取込みを取りやめました。協定は一件も登録されていません。" in press(clerk, batch, "ledger_stop")
    in_the_background(batch)
    assert batch.state == BatchState.READY
    assert not Agreement.objects.exists()
    assert "2件を取り込む" in clerk.get(at(batch)).content.decode()


def test_a_commit_begun_again_after_a_dead_worker_comes_in_once(clerk, batch, at_once):
    press(clerk, batch, "ledger_commit")
    press(clerk, batch, "ledger_commit")
    in_the_background(batch)
    in_the_background(batch)
    assert batch.state == BatchState.COMMITTED
    assert Agreement.objects.count() == 2


def test_stopping_what_is_not_on_its_way_is_answered_with_a_sentence(clerk, batch):
    assert "取込み中の台帳ではありません。" in press(clerk, batch, "ledger_stop")


PAGES = ("ledger", "ledger_columns", "ledger_row", "ledger_report")
PRESSED = ("ledger_columns", "ledger_row", "ledger_title", "ledger_commit", "ledger_stop", "ledger_undo")


def address(batch, name):
    return at(batch, name, 1) if name == "ledger_row" else at(batch, name)


@pytest.mark.parametrize(
    ("name", "is_pressed"), [(name, False) for name in PAGES] + [(name, True) for name in PRESSED]
)
def test_the_ledger_of_another_town_is_not_there(client: Client, batch, name, is_pressed):
    client.force_login(a_user(municipality=a_municipality("011002"), sign_in_name="other"))
    answer = (client.post if is_pressed else client.get)(address(batch, name))
    assert answer.status_code == 404


@pytest.mark.parametrize("name", PRESSED)
def test_who_may_only_look_is_refused_with_the_sentence(client: Client, batch, name):
    client.force_login(a_user(role=Role.READER, sign_in_name="etsuran"))
    sent = {f"column_{column['index']}": column["meaning"] for column in batch.columns} | {"title": "協定"}
    answer = client.post(address(batch, name), sent)
    assert answer.status_code == 403
    assert "総括課か担当課の担当者だけができます。" in answer.content.decode()


@pytest.mark.parametrize("name", ["ledger_title", "ledger_commit", "ledger_stop", "ledger_undo"])
def test_what_changes_something_is_not_done_by_a_link(clerk, batch, name):
    assert clerk.get(at(batch, name)).status_code == 405
