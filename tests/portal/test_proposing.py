"""The portal says what a town looks for, how the procedure goes, what to prepare, and leads to the counter."""

from datetime import timedelta

import pytest

from renkei.procedures.models import Passage, ProcedureSettings
from renkei.procedures.vocabulary import Stage
from tests.factories import a_municipality
from tests.procedure_factories import TODAY, a_correspondent, a_procedure

pytestmark = pytest.mark.django_db
PAGE, COUNTER = "/towns/012041/propose/", "/counter/012041/propose/"


def shown(client, address=PAGE) -> str:
    return client.get(address).content.decode()


def test_it_leads_to_the_counter_with_the_town_s_own_wishes_escaped(client):
    ProcedureSettings.objects.create(municipality=a_municipality(), wanted="夏の<b>暑さ</b>への備え")
    page = shown(client)
    assert page.count(f'href="{COUNTER}"') == 2
    assert "夏の&lt;b&gt;暑さ" in page
    assert "暴力団排除の確認" in page
    assert client.get("/propose/").headers["Location"] == PAGE
    assert f'href="{PAGE}"' in shown(client, "/")


def test_a_town_that_takes_none_here_says_whom_to_ask(client):
    ProcedureSettings.objects.create(municipality=a_municipality(), takes_proposals=False)
    page = shown(client)
    assert COUNTER not in page
    assert "電話か来庁で" in page


def test_usual_days_are_shown_once_three_procedures_have_passed(client):
    for number in range(3):
        if number == 2:
            assert "ふつう" not in shown(client)
        procedure = a_procedure(author=a_correspondent(email=f"{number}@example.com"))
        left = TODAY + timedelta(days=10 + number)
        Passage.objects.filter(procedure=procedure).update(left_on=left, move="advance", stage=Stage.PROPOSAL)
    assert "ふつう11日(これまでの3件の中央値)" in shown(client)
    assert "まだ実績がありません" in shown(client)


def test_with_several_towns_it_asks_which_one(client):
    a_municipality()
    a_municipality("011002")
    assert "/propose/?municipality=011002" in shown(client, "/propose/")
    answer = client.get("/propose/?municipality=011002")
    assert answer.headers["Location"] == "/towns/011002/propose/"
