"""Partners: found by any of their names, shown with all of them and with what they agreed to."""

from datetime import date

import pytest

from renkei.partners.models import Organisation
from renkei.partners.services import rename
from tests.factories import a_municipality, an_agreement

pytestmark = pytest.mark.django_db


def listing(client, query=""):
    return client.get(f"/desk/partners/{query}").content.decode()


def page(client, partner, query=""):
    return client.get(f"/desk/partners/{partner.public_id}/{query}").content.decode()


@pytest.fixture
def renamed():
    """A partner that took another name in 2024."""
    partner = an_agreement(partners=("株式会社昔の名",)).partners[0].organisation
    return rename(partner, name="株式会社今の名", from_day=date(2024, 10, 1), actor=None)


@pytest.mark.parametrize("words", ["今の名", "㈱今の名", "（株）今の名", "昔の", "株式会社　昔の名", "名"])
def test_a_partner_is_found_by_a_part_of_any_of_its_names(clerk, renamed, words):
    an_agreement(partners=("見本大学",))
    shown = listing(clerk, f"?q={words}")
    assert "株式会社今の名" in shown
    assert "旧名称: 株式会社昔の名" in shown
    assert "見本大学" not in shown


def test_partners_stand_in_the_order_of_their_readings(clerk):
    an_agreement(partners=("渡辺商店", "青木商店"))
    Organisation.objects.filter(name="渡辺商店").update(name_kana="わたなべ")
    Organisation.objects.filter(name="青木商店").update(name_kana="あおき")
    shown = listing(clerk)
    assert shown.index("青木商店") < shown.index("渡辺商店")


def test_a_kind_narrows_and_nothing_found_says_what_to_do(clerk):
    an_agreement(partners=("見本大学",))
    assert "見本大学" in listing(clerk, "?kind=university")
    assert "条件を外す" in listing(clerk, "?kind=company")
    assert "見本大学" in listing(clerk, "?kind=%00")


def test_a_day_leaves_the_partners_of_agreements_in_force_on_it(clerk):
    an_agreement(partners=("見本大学",), signed="2020-04-01")
    an_agreement(partners=("見本商店",), signed="2024-06-02")
    shown = listing(clerk, "?on=R6.6.1")
    assert "令和6年(2024年)6月1日(土)に有効な協定の相手方" in shown
    assert "1の相手方" in shown
    assert "見本大学" in shown and "見本商店" not in shown
    assert "2の相手方" in listing(clerk, "?on=2024-06-02")


def test_a_day_that_cannot_be_read_is_answered_with_a_sentence(clerk):
    answer = clerk.get("/desk/partners/", {"on": "きのう"})
    assert answer.status_code == 422
    assert "「きのう」は日として読めません" in answer.content.decode()


def test_an_empty_list_says_so(clerk):
    assert "相手方はまだありません" in listing(clerk)


def test_the_page_shows_the_names_over_time(clerk, renamed):
    shown = page(clerk, renamed, "?on=2024-09-30")
    assert "この日の名称</dt><dd>株式会社昔の名" in shown
    assert "株式会社今の名" in shown


@pytest.mark.parametrize(
    "number, sentence",
    [
        ("1000012010008", "検査数字が合いません"),
        ("", "記録されていません"),
        ("5000012010008", "検査数字が合っています"),
    ],
)
def test_the_corporate_number_is_checked(clerk, renamed, number, sentence):
    Organisation.objects.update(corporate_number=number)
    assert sentence in page(clerk, renamed)


def test_agreements_are_counted_as_of_the_day_and_by_field(clerk):
    partner = an_agreement(partners=("見本大学",), fields=("health.promotion", "health.prevention")).partners[
        0
    ]
    an_agreement(partners=("見本大学",), starts="2020-04-01", ends="2021-03-31", signed="2020-04-01")
    shown = page(clerk, partner.organisation, "?on=2021-03-31")
    assert "<strong>1<small>件</small></strong>令和3年(2021年)3月31日(水) に有効" in shown
    shown = page(clerk, partner.organisation, "?on=2024-06-01")
    assert "健康・医療 <strong>1件</strong>" in shown
    assert "<strong>2<small>件</small></strong>終わったものも含めて" in shown


def test_another_towns_partner_is_not_there(clerk):
    theirs = (
        an_agreement(municipality=a_municipality("011002"), partners=("よその会社",)).partners[0].organisation
    )
    assert clerk.get(f"/desk/partners/{theirs.public_id}/").status_code == 404
    assert "よその会社" not in listing(clerk)


def test_notes_are_for_staff(clerk, client, renamed):
    Organisation.objects.update(notes="庁内の事情")
    assert "庁内の事情" in page(clerk, renamed)
