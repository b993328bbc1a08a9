"""Everyone's page of the register as of a day: published agreements of one town, or of all."""

import pytest

from tests.factories import a_municipality, an_agreement

pytestmark = pytest.mark.django_db


def figures(client, **asked) -> tuple[int, int]:
    told = client.get("/register.json", {"on": "2024-06-01", **asked}).json()
    return told["total"], told["signed"]


def test_only_what_is_published_is_counted(client):
    an_agreement(published=True)
    an_agreement()
    assert figures(client) == (1, 1)
    page = client.get("/register/", {"on": "2024-06-01"}).content.decode()
    assert 'href="/agreements/?state=in_force&amp;on=2024-06-01">1<' in page


def test_one_of_several_towns_is_counted_alone_and_stays_chosen(client):
    an_agreement(published=True)
    for number in range(2):
        an_agreement(municipality=a_municipality("131016"), published=True, partners=(f"見本{number}",))
    assert figures(client) == (3, 3)
    assert figures(client, municipality="131016") == (2, 2)
    page = client.get("/register/", {"on": "2024-06-01", "municipality": "131016"}).content.decode()
    assert 'href="/agreements/?state=in_force&amp;on=2024-06-01&amp;municipality=131016">2<' in page
    assert '<input type="hidden" name="municipality" value="131016">' in page
    assert "?municipality=131016&amp;on=2024-06-01" in page


def test_of_all_towns_each_leads_to_its_own_figures(client):
    an_agreement(published=True)
    an_agreement(municipality=a_municipality("131016"), published=True)
    page = client.get("/register/").content.decode()
    assert 'href="/register/?municipality=012041"' in page
    assert "担当課(この日に仕事を受け持つ課)" not in page


def test_a_town_that_takes_no_part_is_not_counted(client):
    an_agreement(published=True)
    assert figures(client, municipality="011002") == (1, 1)


@pytest.mark.parametrize("on", ["R6.6.31", "x" * 5000, "\0", "2024-06"])
def test_what_is_no_day_is_answered_with_a_sentence(client, on):
    for address in ("/register/", "/register.json", "/register.csv"):
        answer = client.get(address, {"on": on})
        assert answer.status_code == 422
        assert "ください" in answer.content.decode()


@pytest.mark.parametrize("on", ["明治6年1月1日", "2100/1/1"])
def test_far_days_are_counted(client, on):
    an_agreement(published=True)
    assert client.get("/register/", {"on": on}).status_code == 200
