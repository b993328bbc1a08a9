"""The page 「備え」 as clerks see it: the figure, why, who should do what, and the lists taken away."""

import io
import re

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from renkei.accounts.models import Role
from renkei.disasters.readiness.daily import keep_readiness
from tests.disaster_factories import a_capability, a_contact
from tests.factories import a_division, a_municipality, a_user, an_agreement

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement():
    """The disaster division's agreement, of which one thing is known."""
    agreement = an_agreement(
        form="disaster", partners=("株式会社見本",), signed="2020-04-01", division=a_division()
    )
    a_capability(agreement)
    an_agreement(
        title="ほかの課の協定",
        form="disaster",
        partners=("有限会社べつ",),
        division=a_division(name="環境課"),
    )
    an_agreement(title="よその町の協定", form="disaster", municipality=a_municipality("011002"))
    return agreement


@pytest.fixture
def clerk(client, agreement):
    """Somebody of the division, signed in."""
    client.force_login(a_user(role=Role.RESPONSIBLE, division=agreement.division))
    return client


def page(client, name: str, *given: str, **asked: str) -> str:
    answer = client.get(reverse(f"desk:{name}", args=given), asked)
    assert answer.status_code == 200
    return b"".join(answer).decode()


def test_the_first_page_tells_figure_gaps_tasks_and_since_when_it_is_counted(clerk, agreement):
    told = page(clerk, "disasters")
    assert "<strong>2</strong>件のうち <strong>0</strong>件が、すべての項目を満たしています" in told
    assert "2件中1件" in told
    assert f"{reverse('desk:readiness_agreements')}?lacking=capability" in told
    assert "応じる相手方のいない支援" in told
    assert "<strong>4</strong>件あります" in told, (
        "text, contacts, how to ask, place: the rest is the officer's"
    )
    assert "まだ一日も数えていません" in told
    assert f'<a href="{reverse("desk:readiness_agreement", args=[agreement.public_id])}">株式会社見本' in told
    keep_readiness(None, municipality=agreement.municipality, day=timezone.localdate(), now=timezone.now())
    assert "から毎日数えています" in page(clerk, "disasters")
    assert "あなたの課の協定1件に、足りない項目が4件" in page(clerk, "home")


def test_an_officer_of_the_division_finds_the_tasks_of_the_division_too(client, agreement):
    client.force_login(a_user(role=Role.DISASTER_OFFICER, division=agreement.division))
    told = page(client, "disasters")
    assert "<strong>7</strong>件あります" in told, (
        "three of the division, four of the officer: a file is attached by a responsible clerk only"
    )
    assert "一度の電話で0件" not in told
    explained = page(client, "readiness_agreement", agreement.public_id)
    for shown in (page(client, "readiness_tasks"), explained):
        assert "/attach/" not in shown, "who is sent there would be refused"
        assert f"{agreement.division}か総括課の担当者だけが変更できます" in shown
    for address in re.findall(r'class="button" href="([^"]+)">足りないもの', explained):
        assert "だけが" not in client.get(address).content.decode(), (
            "nobody is sent where only others may act"
        )
    refused = client.get(reverse("desk:agreement_attach", args=[agreement.public_id]))
    assert "だけが変更できます" in refused.content.decode()


def test_the_list_is_narrowed_by_division_function_and_what_is_lacking_and_never_shows_another_town(
    clerk, agreement
):
    every = page(clerk, "readiness_agreements")
    assert agreement.title in every
    assert "ほかの課の協定" in every
    assert "よその町" not in every
    lacking = page(clerk, "readiness_agreements", lacking="capability")
    assert ("ほかの課の協定" in lacking, agreement.title in lacking) == (True, False)
    assert agreement.title in page(clerk, "readiness_agreements", function="food_water")
    own = page(clerk, "readiness_agreements", division=agreement.division.public_id, function="fuel")
    assert "条件に合う協定はありません" in own


def test_every_sign_of_an_agreement_is_explained_and_leads_to_where_it_is_mended(clerk, agreement):
    told = page(clerk, "readiness_agreement", agreement.public_id)
    assert "協定書のファイルが添付されていません" in told
    assert reverse("desk:agreement_attach", args=[agreement.public_id]) in told
    assert "供給の場所が登録されていません" in told
    assert "足りないもの:" in page(clerk, "agreement", agreement.public_id)
    bare = an_agreement(title="何も書かれていない協定", form="disaster", division=agreement.division)
    told = page(clerk, "readiness_agreement", bare.public_id)
    first = reverse("desk:capability_new", args=[bare.public_id])
    assert told.count(f'href="{first}"') == 4, (
        "four signs wait for the first capability: none leads to an empty list"
    )
    elsewhere = an_agreement(form="disaster", municipality=a_municipality("011002"))
    assert clerk.get(reverse("desk:readiness_agreement", args=[elsewhere.public_id])).status_code == 404
    tourism = an_agreement(title="観光の協定")
    assert "頼めません" in page(clerk, "readiness_agreement", tourism.public_id)
    assert "災害への備え" not in page(clerk, "agreement", tourism.public_id)


def test_tasks_are_grouped_by_partner_and_leave_as_a_workbook(clerk, agreement):
    a_contact(agreement, name="=CANARY()", unit="CANARY")
    told = page(clerk, "readiness_tasks", division=agreement.division.public_id)
    assert "一度の電話で3件片づきます" in told or "一度の電話で2件片づきます" in told
    assert "有限会社べつ" not in told
    listed = told[told.index("task-group") :]
    assert listed.count(agreement.title) == 1, "said once, not with each task"
    reader = Client()
    reader.force_login(a_user(role=Role.READER, sign_in_name="etsuran"))
    told = page(reader, "readiness_tasks", division=agreement.division.public_id)
    assert len(re.findall("だけ", told[told.index("task-group") :])) <= 3, (
        "who may is not said with each task"
    )
    answer = clerk.get(reverse("desk:readiness_tasks_download", args=["xlsx"]), {"lacking": "text"})
    rows = list(openpyxl.load_workbook(io.BytesIO(b"".join(answer))).active.iter_rows(values_only=True))
    assert [row[1] for row in rows] == ["相手方", "株式会社見本", "有限会社べつ"]
    sheet = page(clerk, "readiness_download", "csv")
    assert sheet.count("\r\n") == 3
    assert "CANARY" not in sheet + told, "names of contacts are for those who call"
    assert clerk.get(reverse("desk:readiness_download", args=["exe"])).status_code == 404
