"""What is typed and not sent is kept for its person and form, within bounds, until it is sent or old."""

from datetime import UTC, datetime, timedelta

import pytest

from renkei.accounts import drafts
from renkei.accounts.drafts import (
    DraftRefused,
    draft_of,
    drafts_of,
    forget_draft,
    forget_old_drafts,
    keep_draft,
)
from renkei.accounts.models import Draft
from tests.factories import a_user

pytestmark = pytest.mark.django_db

FORM, OTHER = "/desk/agreements/new/", "/desk/agreements/abc/edit/"


def test_a_form_has_one_draft_of_each_person_the_last_one():
    one, two = a_user(), a_user(sign_in_name="futari")
    keep_draft(one, FORM, {"title": ["は"]})
    keep_draft(one, FORM, {"title": ["はじめ"]})
    keep_draft(one, OTHER, {"purpose": ["目的"]})
    keep_draft(two, FORM, {"title": ["別の人"]})
    assert draft_of(one, FORM).content == {"title": ["はじめ"]}
    assert [draft.address for draft in drafts_of(one)] == [OTHER, FORM]
    forget_draft(one, FORM)
    assert (draft_of(one, FORM), draft_of(two, FORM).content) == (None, {"title": ["別の人"]})


@pytest.mark.parametrize("letters, refused", [(66_600, False), (66_700, True)], ids=["200 kB", "more"])
def test_a_draft_has_its_limit(letters, refused):
    user, text = a_user(), {"notes": ["あ" * letters]}
    if refused:
        with pytest.raises(DraftRefused, match="200kBまで"):
            keep_draft(user, FORM, text)
    assert refused or keep_draft(user, FORM, text).content == text
    assert Draft.objects.exists() is not refused


def test_the_oldest_makes_room(monkeypatch):
    monkeypatch.setattr(drafts, "MOST", 2)
    user = a_user()
    for number in range(3):
        keep_draft(user, f"/desk/{number}/", {"title": ["x"]})
    assert {draft.address for draft in drafts_of(user)} == {"/desk/1/", "/desk/2/"}


def test_letters_that_a_database_does_not_take_are_left_out():
    assert keep_draft(a_user(), FORM, {"title": ["協\0定𠮷"]}).content == {"title": ["協定𠮷"]}


def test_old_drafts_are_forgotten_and_counted():
    user, day = a_user(), datetime(2026, 4, 1, tzinfo=UTC)
    for number, age in enumerate([1, 30, 31]):
        draft = keep_draft(user, f"/desk/{number}/", {"title": ["x"]})
        Draft.objects.filter(pk=draft.pk).update(kept_at=day - timedelta(days=age))
    assert forget_old_drafts(day - timedelta(days=30)) == 1
    assert {draft.address for draft in drafts_of(user)} == {"/desk/0/", "/desk/1/"}
