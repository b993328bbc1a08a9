"""Items that an amendment or a correction leaves alone keep their record, and with it the work that hangs on them."""

from datetime import date

import pytest

from renkei.agreements.services import Amended, amend, undo_amendment
from renkei.agreements.services.items import write_items
from renkei.initiatives.models import Initiative
from renkei.initiatives.services import InitiativeFacts, begin
from tests.factories import an_agreement

pytestmark = pytest.mark.django_db
ITEMS = ("健康に関すること", "災害に関すること", "その他")


@pytest.fixture
def agreement():
    made = an_agreement(starts="2025-04-01", ends="2030-03-31", items=ITEMS)
    begin(
        made,
        [InitiativeFacts(f"取組{place}", item=place) for place in (1, 2, 3)],
        on=date(2025, 4, 1),
        actor=None,
    )
    return made


def headings_of_work() -> dict[str, str | None]:
    return {
        one.title: one.item.heading if one.item else None for one in Initiative.objects.select_related("item")
    }


@pytest.mark.parametrize(
    ("headings", "kept"),
    [
        (("災害に関すること", "健康に関すること", "その他"), ITEMS),
        (("健康の増進に関すること", *ITEMS[1:]), ("健康の増進に関すること", *ITEMS[1:])),
        (("新しいこと", *ITEMS), ITEMS),
        (ITEMS[1:], (None, *ITEMS[1:])),
        ((), (None, None, None)),
    ],
    ids=["in another order", "one reworded", "one in front", "one gone", "none"],
)
def test_work_stays_under_its_item(agreement, headings, kept):
    write_items(agreement, headings)
    assert [item.heading for item in agreement.items.all()] == [*headings]
    assert [item.position for item in agreement.items.all()] == list(range(1, len(headings) + 1))
    assert headings_of_work() == dict(zip(("取組1", "取組2", "取組3"), kept, strict=True))


def test_an_amendment_and_its_undoing_leave_the_work_under_its_items(agreement):
    amend(
        agreement, Amended(items=("前に置くこと", *ITEMS)), on=date(2026, 4, 1), summary="加える", actor=None
    )
    undo_amendment(agreement, reason="間違い", actor=None)
    assert headings_of_work() == dict(zip(("取組1", "取組2", "取組3"), ITEMS, strict=True))
