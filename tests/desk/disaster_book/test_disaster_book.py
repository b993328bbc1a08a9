"""The disaster book at the desk: made by a press, taken by those who may, missed in words."""

import pytest
from django.urls import reverse
from django.utils import timezone

from renkei.accounts.models import Role
from renkei.audit.models import Entry
from renkei.disasters.models import DisasterBook
from renkei.partners.models import Organisation
from renkei.reminders.models import DailyWork
from tests.disaster_factories import a_capability
from tests.factories import a_municipality, a_user, an_agreement

pytestmark = pytest.mark.django_db
PAGE = "desk:disaster_book"


def test_a_book_is_made_taken_and_told_and_a_reader_gets_none(client):
    client.force_login(a_user())
    assert "協定がまだありません" in client.get(reverse(PAGE)).content.decode()
    a_capability(an_agreement())
    client.post(reverse("desk:disaster_book_make"))
    book = DisasterBook.objects.get()
    told = client.get(reverse(PAGE)).content.decode()
    assert "印刷する" in told
    assert "よみの登録されていない相手方 1者" in told
    assert reverse("desk:partner_edit", args=[Organisation.objects.get().public_id]) in told
    address = reverse("desk:disaster_book_pdf", args=[book.public_id])
    answer = client.get(address)
    assert b"".join(answer).startswith(b"%PDF")
    assert "no-store" in answer["Cache-Control"]
    assert [one.event for one in Entry.objects.filter(event__startswith="disaster_book")] == [
        "disaster_book.taken"
    ]
    client.force_login(a_user(role=Role.READER, sign_in_name="etsuran"))
    assert "印刷する" not in client.get(reverse(PAGE)).content.decode()
    assert client.get(address).status_code == 403
    assert client.post(reverse("desk:disaster_book_make")).status_code == 403
    client.force_login(a_user(municipality=a_municipality("011002"), sign_in_name="yoso"))
    assert client.get(address).status_code == 404


def test_the_page_says_why_the_nights_book_is_missing(client):
    a_capability(an_agreement())
    now = timezone.now()
    DailyWork.objects.create(
        municipality=a_municipality(),
        day=timezone.localdate(now),
        started_at=now,
        problems=["remind: x", "make_the_nights_book: BookRefused('印刷できない文字が多すぎます')"],
    )
    client.force_login(a_user())
    page = client.get(reverse(PAGE)).content.decode()
    assert "昨夜の冊子は作れませんでした" in page
    assert "印刷できない文字が多すぎます" in page
