"""A partner's procedures at the counter: what waits for them, what the town is at in public words, and withdrawing."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from renkei.agreements.vocabulary import Side
from renkei.procedures.models import Procedure, Question
from renkei.procedures.services.move import hold, move
from renkei.procedures.vocabulary import Stage
from renkei.reminders.models import Letter
from tests.factories import a_division, a_user
from tests.procedure_factories import AT, a_correspondent, a_partner, a_procedure, visit

pytestmark = pytest.mark.django_db

ROOM = "/counter/012041/"


@pytest.fixture
def procedure() -> Procedure:
    author = a_correspondent(organisation=a_partner())
    return a_procedure(
        author=author, stage=Stage.COORDINATION, division=a_division(name="秘密課"), at=timezone.now()
    )


@pytest.fixture
def partner(procedure) -> Client:
    return visit(Client(), procedure.proposal.author)


def page_of(procedure: Procedure, page: str = "") -> str:
    return f"{ROOM}procedures/{procedure.public_id}/{page}"


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_partner_sees_the_step_and_what_waits_for_them(partner, procedure):
    due = timezone.localdate() - timedelta(days=1)
    Question.objects.create(procedure=procedure, side=Side.TOWN, text="回数は?", asked_at=AT, due_on=due)
    for address in (ROOM, page_of(procedure)):
        assert "回数は?" in shown(partner, address) and "庁内調整" in shown(partner, address)
    text = shown(partner, page_of(procedure))
    assert "期限切れ" in text and "市が庁内で調整しています。" in text and "いまここ" in text


def test_nothing_of_the_inside_is_told(partner, procedure):
    hold(
        procedure, until=None, by=a_user(), at=timezone.now(), reason="内部の理由", letter="お待ちください。"
    )
    Procedure.objects.filter(pk=procedure.pk).update(window_reason="窓口の理由")
    for address in (ROOM, page_of(procedure)):
        text = shown(partner, address)
        for inside in ("内部の理由", "窓口の理由", "秘密課", "照会", "点検"):
            assert inside not in text, inside
    assert "保留" in shown(partner, ROOM)


def test_another_partner_meets_none_of_it(procedure):
    other = visit(Client(), a_correspondent(email="other@example.com", organisation=a_partner("よその会社")))
    assert procedure.title not in shown(other, ROOM)
    for page in ("", "withdraw/"):
        assert other.get(page_of(procedure, page)).status_code == 404
    assert other.post(page_of(procedure, "withdraw/"), {"reason": "x", "is_meant": "on"}).status_code == 404


def test_the_partner_withdraws_with_a_reason_and_the_town_is_told(partner, procedure):
    a_user()
    address = page_of(procedure, "withdraw/")
    assert partner.post(address, {"reason": "社内の事情"}).status_code == 422
    partner.post(address, {"reason": "社内の事情", "is_meant": "on", "version": procedure.version})
    assert Procedure.objects.get().stage == Stage.WITHDRAWN
    assert Letter.objects.filter(plain__contains="社内の事情").exists()
    assert "終わりました(取下げ)" in shown(partner, page_of(procedure))
    assert "終わった手続" in shown(partner, ROOM)
    assert partner.post(address, {"reason": "もう一度", "is_meant": "on"}).status_code == 403


def test_where_the_town_was_faster_the_partner_is_told_and_loses_nothing(partner, procedure):
    seen = procedure.version
    move(procedure, "send_back", Stage.PROPOSAL, by=a_user(), at=timezone.now(), reason="聴き直す")
    typed = {"reason": "社内の事情", "is_meant": "on", "version": seen}
    answer = partner.post(page_of(procedure, "withdraw/"), typed)
    assert answer.status_code == 422
    assert "先に変更しました" in answer.content.decode() and "社内の事情" in answer.content.decode()
    assert Procedure.objects.get().stage == Stage.PROPOSAL


def test_a_colleague_of_the_partner_reads_and_does_not_withdraw(procedure):
    colleague = a_correspondent(email="b@example.com", organisation=procedure.organisation)
    window = visit(Client(), colleague)
    assert "担当者だけが書き込めます" in shown(window, page_of(procedure))
    answer = window.post(page_of(procedure, "withdraw/"), {"reason": "x", "is_meant": "on"})
    assert answer.status_code == 403
