"""The pages of handovers: who meets them, what they show, and what is refused."""

from datetime import date

import pytest
from django.test import Client

from renkei.accounts.models import Role
from renkei.handovers.models import Handover, HandoverState
from renkei.handovers.services import hand_over, prepare
from renkei.municipalities.models import Division
from tests.factories import a_division, a_municipality, a_user, an_agreement

pytestmark = pytest.mark.django_db

APRIL = date(2027, 4, 1)


@pytest.fixture
def division() -> Division:
    return a_division(department="防災部", name="防災課", opened_on=date(2020, 4, 1))


@pytest.fixture
def giver(division):
    return a_user(role=Role.RESPONSIBLE, division=division, sign_in_name="giver")


@pytest.fixture
def receiver():
    return a_user(role=Role.READER, sign_in_name="receiver")


@pytest.fixture
def handover(giver, receiver):
    return prepare(giver=giver, receiver=receiver, on=APRIL, actor=giver)


def window_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def address(handover, verb: str = "") -> str:
    return f"/desk/handovers/{handover.public_id}/{verb}"


def press(client, handover, verb: str = "", **typed):
    return client.post(
        address(handover, verb), {"version": Handover.objects.get().version, **typed}, follow=True
    )


def test_one_hands_over_and_another_accepts(giver, receiver, division):
    agreement = an_agreement(division=division, notes="担当は二階")
    mine, theirs = window_of(giver), window_of(receiver)
    typed = {"gives": f"person:{giver.pk}", "receives": f"person:{receiver.pk}", "on": "R9.4.1"}
    shown = mine.post("/desk/handovers/new/", typed, follow=True).content.decode()
    assert "担当は二階" in shown and agreement.title in shown
    handover = Handover.objects.get()
    press(mine, handover, **{f"note-{agreement.public_id}": "協議中", "message": "よろしく"})
    assert "協議中" in theirs.get(address(handover)).content.decode()
    press(mine, handover, "hand-over/")
    assert "受け取りました" in press(theirs, handover, "accept/").content.decode()
    assert Handover.objects.get().state == HandoverState.ACCEPTED


def test_what_is_sent_back_says_why(handover, giver, receiver):
    hand_over(handover, actor=giver, day=APRIL)
    theirs = window_of(receiver)
    assert press(theirs, handover, "send-back/", reason=" ").status_code == 422
    press(theirs, handover, "send-back/", reason="経過を書いてください")
    assert "経過を書いてください" in window_of(giver).get(address(handover)).content.decode()


def test_who_has_the_page_open_while_another_answers_is_told(handover, giver, receiver):
    hand_over(handover, actor=giver, day=APRIL)
    theirs = window_of(receiver)
    version = Handover.objects.get().version
    assert theirs.post(address(handover, "accept/"), {"version": version}).status_code == 302
    late = theirs.post(address(handover, "send-back/"), {"version": version, "reason": "遅れて"})
    assert late.status_code == 422 and "受取り待ちではありません" in late.content.decode()


def test_only_giver_receiver_and_coordinator_meet_it(handover, giver, receiver):
    other = window_of(a_user(role=Role.RESPONSIBLE, division=a_division(name="隣"), sign_in_name="neighbour"))
    auditor = window_of(a_user(role=Role.AUDITOR, sign_in_name="auditor"))
    stranger = window_of(a_user(municipality=a_municipality("011002"), sign_in_name="stranger"))
    for client in (other, auditor, stranger):
        for verb in ("", "word/"):
            assert client.get(address(handover, verb)).status_code == 404
        assert client.post(address(handover, "accept/")).status_code == 404
        assert str(handover) not in client.get("/desk/handovers/").content.decode()
    for person in (giver, receiver, a_user()):
        assert window_of(person).get(address(handover, "word/")).status_code == 200


def test_the_receiver_does_not_write_and_the_giver_does_not_accept(handover, giver, receiver):
    assert press(window_of(receiver), handover, message="書き足し").status_code == 403
    hand_over(handover, actor=giver, day=APRIL)
    assert press(window_of(giver), handover, "accept/").status_code == 403
    assert press(window_of(a_user()), handover, "accept/").status_code == 403


def test_nobody_hands_over_what_is_anothers(giver, receiver, division):
    typed = {"gives": f"person:{giver.pk}", "receives": f"division:{division.public_id}", "on": "R9.4.1"}
    assert window_of(receiver).post("/desk/handovers/new/", typed).status_code == 422
    assert not Handover.objects.exists()
    assert window_of(a_user()).post("/desk/handovers/new/", typed).status_code == 302


def test_what_cannot_be_prepared_is_said_beside_the_form(receiver):
    window = window_of(receiver)
    typed = {"gives": f"person:{receiver.pk}", "receives": "", "on": "いつか"}
    shown = window.post("/desk/handovers/new/", typed)
    assert shown.status_code == 422 and "読めません" in shown.content.decode()
    giver = a_user(role=Role.RESPONSIBLE, division=a_division(), sign_in_name="other")
    typed |= {"receives": f"person:{giver.pk}", "on": "R9.4.1"}
    assert "引き継ぐものがありません" in window.post("/desk/handovers/new/", typed).content.decode()


def test_the_paper_of_a_handed_over_is_the_kept_one(handover, giver):
    window = window_of(giver)
    assert "Repr-Digest" not in window.get(address(handover, "word/"))
    hand_over(handover, actor=giver, day=APRIL)
    answer = window.get(address(handover, "word/"))
    assert b"".join(answer)[:2] == b"PK"
    assert answer["Content-Disposition"].startswith("attachment") and answer["Repr-Digest"]


def test_of_two_who_write_notes_the_second_sees_both_and_loses_nothing_typed(handover, giver, division):
    agreement = an_agreement(division=division)
    name, mine, theirs = f"note-{agreement.public_id}", window_of(giver), window_of(a_user())
    version = Handover.objects.get().version
    assert theirs.post(address(handover), {"version": version, name: "先に書いた"}).status_code == 302
    late = mine.post(address(handover), {"version": version, name: "後から書いた"})
    shown = late.content.decode()
    assert late.status_code == 422 and "ほかの人が先に変更しました" in shown
    assert "後から書いた</textarea>" in shown and "いま保存されているメモ: 先に書いた" in shown
    press(mine, handover, **{name: "後から書いた"})
    assert Handover.objects.get().notes == {agreement.public_id: "後から書いた"}


def test_what_was_typed_into_the_notes_is_kept_as_a_draft_until_it_is_sent(handover, giver, division):
    agreement, mine = an_agreement(division=division), window_of(giver)
    draft = {"draft_address": address(handover), f"note-{agreement.public_id}": "書きかけ", "message": ""}
    assert mine.post("/desk/drafts/", draft).status_code == 204
    assert "書きかけがあります" in mine.get(address(handover)).content.decode()
    assert "書きかけ</textarea>" in mine.get(f"{address(handover)}?draft=use").content.decode()
    press(mine, handover, **{f"note-{agreement.public_id}": "書いた"})
    assert "書きかけがあります" not in mine.get(address(handover)).content.decode()
