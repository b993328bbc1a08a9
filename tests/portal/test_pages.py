"""The public pages: what a town has agreed with whom, for one town and for many."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from renkei.agreements.facts import PartyFacts
from renkei.agreements.vocabulary import Form
from renkei.municipalities.models import Municipality
from tests.factories import a_division, a_municipality, a_user, an_agreement

pytestmark = pytest.mark.django_db


def text(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.fixture
def town():
    """旭川市 with two published agreements and one that is not."""
    an_agreement(
        title="公開の協定", published=True, fields=("health.promotion",), division=a_division(name="健康課")
    )
    an_agreement(
        title="もう一つの協定", published=True, fields=("disaster.support",), form=Form.COMPREHENSIVE
    )
    an_agreement(title="内々の協定")
    return a_municipality()


def test_the_start_page_says_what_there_is_today(client, town):
    shown = text(client, "/")
    assert "旭川市の連携協定" in shown
    assert ">2<small>件</small>" in shown
    assert "健康・医療" in shown
    assert "公開の協定" in shown
    assert "内々の協定" not in shown


def test_the_start_page_explains_forms_windows_and_the_six_steps(client, town):
    a_division(name="地域活動推進課", department="市民生活部", is_coordinating=True)
    shown = text(client, "/")
    for words in ("個別連携協定", "包括連携協定", "市民生活部 地域活動推進課", "CC BY 4.0"):
        assert words in shown
    road = shown[shown.index('class="road"') :]
    assert road[: road.index("</ol>")].count("<li>") == 6


def test_a_tile_opens_the_list_that_it_counts(client, town):
    assert "1件の協定" in text(client, "/agreements/?state=in_force&field=health")


def test_with_many_towns_one_is_chosen(client, town):
    other = a_municipality("011002")
    an_agreement(title="札幌の協定", municipality=other, published=True)
    start = text(client, "/")
    assert "自治体から探す" in start
    assert "/towns/011002/" in start
    assert "札幌の協定" in text(client, "/towns/011002/")
    assert "札幌の協定" not in text(client, "/towns/012041/")
    assert "3件の協定" in text(client, "/agreements/")
    assert "1件の協定" in text(client, "/agreements/?municipality=011002")
    assert "自治体を選んでください" in text(client, "/partners/")
    assert "自治体を選んでください" in text(client, "/divisions/")
    assert "株式会社見本" in text(client, "/partners/?municipality=011002")
    assert "健康課" in text(client, "/divisions/?municipality=012041")


def test_a_town_that_takes_no_part_is_not_there(client, town):
    Municipality.objects.filter(code="013030").update(takes_part=False)
    assert client.get("/towns/013030/").status_code == 404


def test_without_any_town_the_start_page_says_so(client, db):
    Municipality.objects.update(takes_part=False)
    assert "登録簿を公開している自治体はまだありません" in text(client, "/")
    assert "公開された協定はまだありません" in text(client, "/agreements/")


def test_a_published_agreement_has_its_page_and_its_data(client, town):
    agreement = an_agreement(title="見る協定", published=True, purpose="暮らしを支える。", notes="庁内")
    shown = text(client, f"/agreements/{agreement.public_id}/")
    assert "見る協定" in shown
    assert "暮らしを支える。" in shown
    told = json.loads(client.get(f"/agreements/{agreement.public_id}.json").content)
    assert told["title"] == "見る協定"
    assert "notes" not in told


@pytest.mark.parametrize("address", ["/agreements/{}/", "/agreements/{}.json"])
def test_an_unpublished_agreement_is_not_there(client, town, address):
    hidden = an_agreement(title="隠れた協定")
    assert client.get(address.format(hidden.public_id)).status_code == 404


def test_a_partner_without_a_published_agreement_is_not_there(client, town):
    hidden = an_agreement(partners=("隠れた会社",)).partners[0].organisation
    assert client.get(f"/partners/{hidden.public_id}/").status_code == 404
    assert "隠れた会社" not in text(client, "/partners/?q=隠れた")


def test_a_partner_page_lists_only_published_agreements(client, town):
    partner = (
        an_agreement(title="表の協定", partners=("両方の会社",), published=True).partners[0].organisation
    )
    an_agreement(title="裏の協定", partners=("両方の会社",))
    shown = text(client, f"/partners/{partner.public_id}/")
    assert "表の協定" in shown
    assert "裏の協定" not in shown
    assert "<strong>1<small>件</small></strong>終わったものも含めて" in shown


def test_a_division_without_a_published_agreement_is_not_there(client, town):
    hidden = a_division(name="隠れた課")
    an_agreement(division=hidden)
    assert client.get(f"/divisions/{hidden.public_id}/").status_code == 404
    assert "隠れた課" not in text(client, "/divisions/")


def test_the_data_is_explained(client, town):
    shown = text(client, "/about/")
    assert "法人番号" in shown
    assert "CC BY 4.0" in shown
    assert "まだしていません" in text(client, "/accessibility/")


def test_the_town_is_not_always_the_first_party(client, town):
    from datetime import date

    from renkei.agreements.facts import AgreementFacts
    from renkei.agreements.services import register

    agreement = register(
        AgreementFacts(
            title="覚書", listed_on=date(2024, 4, 1), is_published=True,
            parties=(PartyFacts("見本県", letter="甲", signatory="見本太郎"), PartyFacts("旭川市", letter="乙", is_town=True)),
        ),
        municipality=town, actor=None,
    )  # fmt: skip
    shown = text(client, f"/agreements/{agreement.public_id}/")
    assert (
        shown.index("甲</td>")
        < shown.index("見本県</a>")
        < shown.index("乙</td>")
        < shown.index("旭川市</th>")
    )
    assert "見本太郎" not in shown


def test_nothing_is_written_by_looking(client, town):
    with CaptureQueriesContext(connection) as asked:
        for address in (
            "/",
            "/agreements/?q=協定",
            "/partners/",
            "/divisions/",
            "/about/",
            "/agreements.json",
        ):
            b"".join(client.get(address))
    told = [query["sql"].lstrip("( ").split()[0] for query in asked.captured_queries]
    assert len(told) > 10
    assert set(told) <= {"SELECT", "SAVEPOINT", "RELEASE", "DECLARE", "FETCH", "CLOSE"}


HOSTILE = ("%00", "%25", "_", "'", "%F0%A0%AE%B7", "%FF%FE", "9" * 400, "a" * 3000, "012041%00", "-1", "１２")


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: value[:12])
def test_no_address_is_too_hostile(client, town, value):
    client.force_login(a_user())
    for address in (
        "/partners/?q={}",
        "/partners/?kind={}",
        "/partners/?page={}",
        "/divisions/?on={}",
        "/agreements/?q={}",
        "/agreements/?municipality={}",
        "/agreements.csv?municipality={}",
        "/divisions/?municipality={}",
        "/agreements/?more={}",
        "/desk/partners/?q={}",
        "/desk/divisions/?on={}",
        "/towns/{}/",
        "/agreements/{}/",
        "/partners/{}/",
        "/divisions/{}/",
        "/agreements/?division={}&year={}",
    ):
        answer = client.get(address.replace("{}", value))
        b"".join(answer)
        assert answer.status_code in (200, 404, 422), address
