"""Divisions: what each holds on a day, through reorganisations."""

from datetime import date

import pytest

from renkei.municipalities.models import DivisionSuccession
from tests.factories import a_division, a_municipality, an_agreement

pytestmark = pytest.mark.django_db


@pytest.fixture
def reorganised():
    """防災対策課 became 防災課 on 1 April 2019; each signed one agreement."""
    old = a_division(name="防災対策課", opened_on=date(2004, 4, 1), closed_on=date(2019, 3, 31))
    new = a_division(name="防災課", opened_on=date(2019, 4, 1))
    DivisionSuccession.objects.create(predecessor=old, successor=new, on=date(2019, 4, 1))
    an_agreement(title="昔の協定", division=old, signed="2010-04-01")
    an_agreement(title="今の協定", division=new, signed="2020-04-01")
    return old, new


def page(client, division, query=""):
    return client.get(f"/desk/divisions/{division.public_id}/{query}").content.decode()


def test_the_successor_holds_what_its_predecessor_signed(clerk, reorganised):
    shown = page(clerk, reorganised[1], "?on=2024-06-01")
    assert "昔の協定" in shown
    assert "今の協定" in shown
    assert "前の課" in shown
    assert "防災対策課" in shown


def test_before_the_reorganisation_the_predecessor_held_it(clerk, reorganised):
    assert "昔の協定" in page(clerk, reorganised[0], "?on=2018-06-01")
    assert "昔の協定" not in page(clerk, reorganised[1], "?on=2018-06-01")


def test_a_division_that_is_gone_names_its_successor(clerk, reorganised):
    shown = page(clerk, reorganised[0], "?on=2024-06-01")
    assert "この課はありません" in shown
    assert "防災課" in shown
    assert "昔の協定" not in shown


def test_the_list_is_that_of_the_day(clerk, reorganised):
    now = clerk.get("/desk/divisions/?on=2024-06-01").content.decode()
    before = clerk.get("/desk/divisions/?on=2018-06-01").content.decode()
    assert now.index("防災課</a>") < now.index("この日にはない課") < now.index("防災対策課</a>")
    assert before.index("防災対策課</a>") < before.index("この日にはない課") < before.index("防災課</a>")
    assert ">2</td>" in now
    assert ">1</td>" in before


def test_two_predecessors_and_two_successors_are_all_named(clerk):
    old, first, second = (
        a_division(name="旧課", closed_on=date(2020, 3, 31)),
        a_division(name="一課"),
        a_division(name="二課"),
    )
    for successor in (first, second):
        DivisionSuccession.objects.create(predecessor=old, successor=successor, on=date(2020, 4, 1))
    shown = page(clerk, old)
    assert "一課" in shown
    assert "二課" in shown


def test_a_day_that_cannot_be_read_is_refused(clerk, reorganised):
    for address in ("/desk/divisions/", f"/desk/divisions/{reorganised[0].public_id}/"):
        answer = clerk.get(f"{address}?on=いつか")
        assert answer.status_code == 422
        assert "読めません" in answer.content.decode()


def test_another_towns_division_is_not_there(clerk):
    theirs = a_division(municipality=a_municipality("011002"), name="よその課")
    assert clerk.get(f"/desk/divisions/{theirs.public_id}/").status_code == 404
    assert "よその課" not in clerk.get("/desk/divisions/").content.decode()


def test_no_division_yet_says_what_to_do(clerk):
    assert "この日にある担当課はありません" in clerk.get("/desk/divisions/").content.decode()
