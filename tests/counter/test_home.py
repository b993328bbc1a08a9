"""The partners' door leads to each town's counter, and says whom to ask by telephone."""

import pytest

from renkei.municipalities.models import Municipality
from tests.factories import a_division, a_municipality

pytestmark = pytest.mark.django_db


def test_it_leads_to_the_counter_of_each_town_and_names_its_window(client):
    a_municipality()
    a_division(name="地域活動推進課", is_coordinating=True)
    shown = client.get("/counter/").content.decode()
    assert "旭川市 地域活動推進課" in shown
    assert "/counter/012041/enter/" in shown


def test_a_town_without_a_window_sends_to_its_reception(client):
    a_municipality()
    assert "代表の窓口" in client.get("/counter/").content.decode()


def test_without_a_town_it_says_so(client):
    Municipality.objects.update(takes_part=False)
    assert "まだありません" in client.get("/counter/").content.decode()
