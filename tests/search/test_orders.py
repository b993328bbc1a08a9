"""An order with changed agreements laid over it is the order built anew."""

from array import array

import pytest

from renkei.agreements.models import Agreement
from renkei.agreements.services import unregister_many
from renkei.search import orders
from renkei.search.finding import find_all
from renkei.search.orders import all_in_order, ranks_of, without
from renkei.search.rebuilding import rebuild
from tests.factories import an_agreement
from tests.search.reference import ask

SIGNED = ["2024-04-01", "2024-04", None, "2024", "2024-04-01", "1999-12-31", "2024-05-01"]


def test_an_order_without_some_keeps_the_others_in_their_order():
    order = array("I", [7, 3, 9, 1])
    assert list(without(order, ranks_of(order), [9, 7, 4, 500])) == [3, 1]
    assert list(without(array("I"), array("I"), [1])) == []


@pytest.mark.django_db
@pytest.mark.parametrize("few", [0, 3000], ids=["walking", "sorting"])
@pytest.mark.parametrize("name", ["newest", "kana"])
def test_changed_agreements_stand_at_their_places(name, few, monkeypatch):
    monkeypatch.setattr(orders, "FEW", few)
    for number, signed in enumerate(SIGNED):
        an_agreement(
            title=f"協定{number % 3}", title_kana="あいう"[number % 3] if number % 2 else "", signed=signed
        )
    rebuild()
    unregister_many([Agreement.objects.order_by("pk")[2]])
    for number, signed in enumerate(reversed(SIGNED)):
        an_agreement(
            title=f"協定{number % 3}", title_kana="いうえ"[number % 3] if number % 2 else "", signed=signed
        )
    expected = list(all_in_order(name))
    assert find_all(ask(order=name)) == expected
    assert len(expected) == 2 * len(SIGNED) - 1
