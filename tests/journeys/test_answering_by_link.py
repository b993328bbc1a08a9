"""A partner without an account answers the yearly check from a letter's link in a real browser."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from renkei.disasters.checks.links import token_of
from renkei.disasters.vocabulary import CheckState
from tests.disaster_factories import a_contact, a_contact_check
from tests.factories import an_agreement

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_browser_may_send_the_answer_from_the_page_of_the_link(page: Page):
    agreement = an_agreement(form="disaster")
    a_contact(agreement)
    check = a_contact_check(agreement)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(reverse("counter:contact_check", args=[agreement.municipality.code, token_of(check)]))
    page.get_by_label("お名前").fill("佐藤")
    page.get_by_role("button", name="変更はありません").click()
    expect(page.locator("main")).to_contain_text("回答を受け取りました")
    check.refresh_from_db()
    assert check.state == CheckState.CONFIRMED
