"""The staff's page of the register as of a day."""

import pytest

from tests.factories import a_division, a_municipality, an_agreement

pytestmark = pytest.mark.django_db


def test_the_page_tells_both_figures_and_where_their_lists_are(clerk):
    an_agreement(division=a_division())
    an_agreement(signed="2020-04-01")
    an_agreement(municipality=a_municipality("131016"))
    page = clerk.get("/desk/register/", {"on": "Ｒ６．６．１"}).content.decode()
    assert "令和6年(2024年)6月1日(土)現在" in page
    listed_at = "/desk/agreements/?state=in_force&amp;on=2024-06-01"
    assert f'href="{listed_at}">2<' in page
    assert f'href="{listed_at}&amp;since=2023-06-02">1<' in page
    assert f"{listed_at}&amp;division=" in page


@pytest.mark.parametrize(
    "asked, sentence",
    [
        ({"on": "R6.6.31"}, "という日はありません"),
        ({"since": "きのう"}, "きのう"),
        ({"on": "R6.6.1", "since": "R6.6.2"}, "それより前の日にしてください"),
    ],
)
def test_a_day_that_cannot_be_counted_is_answered_with_a_sentence(clerk, asked, sentence):
    answers = [
        clerk.get(address, asked)
        for address in ("/desk/register/", "/desk/register.json", "/desk/register.csv")
    ]
    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert all(sentence in answer.content.decode() for answer in answers)


def test_the_figure_of_partners_and_those_of_each_year_open_their_lists(clerk):
    an_agreement(partners=("見本大学",), signed="2023-04-01")
    an_agreement(partners=("見本商店", "見本水道"), signed="2024-05-01")
    page = clerk.get("/desk/register/", {"on": "2024-06-01"}).content.decode()
    assert 'href="/desk/partners/?on=2024-06-01">3<' in page
    assert "3の相手方" in clerk.get("/desk/partners/", {"on": "2024-06-01"}).content.decode()
    listed_in_2023 = "/desk/agreements/?state=in_force&amp;on=2023-06-01"
    assert f'href="{listed_in_2023}">1<' in page
    assert f'href="{listed_in_2023}&amp;since=2022-06-02">1<' in page


def test_an_empty_register_has_an_empty_page(clerk):
    answer = clerk.get("/desk/register/")
    assert answer.status_code == 200
    assert "該当する協定はありません。" in answer.content.decode()


def test_the_downloads_say_the_same_as_the_page(clerk):
    an_agreement()
    told = clerk.get("/desk/register.json", {"on": "2024-06-01"})
    assert told.json()["total"] == 1
    assert 'filename="register-2024-06-01.json"' in told["Content-Disposition"]
    table = clerk.get("/desk/register.csv", {"on": "2024-06-01"}).content.decode()
    assert "2024-06-01,2023-06-02,合計,有効な協定,,1\r\n" in table


def test_the_first_page_tells_todays_figures(clerk):
    an_agreement()
    page = clerk.get("/desk/").content.decode()
    assert 'href="/desk/agreements/?state=in_force">1<' in page


def test_the_page_is_for_people_who_signed_in(client):
    for address in ("/desk/register/", "/desk/register.json", "/desk/register.csv"):
        assert client.get(address).status_code == 302
