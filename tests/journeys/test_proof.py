"""By keyboard alone: the history is searched and proved; two people dispose of an agreement."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from renkei.accounts.models import Role, User
from renkei.agreements.models import Agreement
from renkei.agreements.services import attach
from renkei.agreements.vocabulary import Form
from renkei.retention.models import Certificate
from renkei.retention.services import set_rule
from tests.factories import a_municipality, a_user, an_agreement
from tests.journeys import PATIENCE
from tests.journeys.looking import LEVELS, violations

pytestmark = pytest.mark.django_db(transaction=True)
WIDE, NARROW = 1280, 390


@pytest.fixture
def desk(chromium: Browser, live_server) -> Iterator:
    """Opens a window of a person who has signed in."""
    windows = []

    def opened(person: User, width: int) -> Page:
        window = chromium.new_context(
            base_url=live_server.url, locale="ja-JP", viewport={"width": width, "height": 900}
        )
        window.set_default_timeout(PATIENCE)
        client = Client()
        client.force_login(person)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        window.add_cookies([
            {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
        ])  # fmt: skip
        windows.append(window)
        return window.new_page()

    yield opened
    for window in windows:
        window.close()


@pytest.fixture
def agreement():
    """An agreement whose time of keeping is over, with a document."""
    set_rule(a_municipality(), Form.INDIVIDUAL, 5, reason="文書管理規程", actor=None)
    agreement = an_agreement(title="古い防災協定", starts="2010-04-01", ends="2015-03-31")
    attach(agreement, b"%PDF-1.7", name="協定書.pdf", actor=None)
    return agreement


def reach(page: Page, selector: str) -> None:
    """Go on with Tab until the focus is there."""
    for _stop in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{selector} is not reached by Tab")


def go(page: Page, key: str = "Enter") -> None:
    """Press and arrive on the next page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def is_fit(page: Page) -> None:
    """Nothing is cut off and a program finds no barrier."""
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    found = violations(page, LEVELS)
    assert [f"{one['id']}: {one['html'][:120]}" for one in found] == []


def test_the_history_is_searched_and_proved_by_keyboard_alone(desk, agreement):
    page = desk(a_user(role=Role.AUDITOR), WIDE)
    page.goto("/desk/history/")
    reach(page, "main summary")
    page.keyboard.press("Enter")
    reach(page, "#id_q")
    page.keyboard.insert_text("古い防災")
    go(page)
    expect(page.locator("tbody tr")).to_have_count(2)
    is_fit(page)
    reach(page, "tbody th a")
    go(page)
    expect(page.locator("h1")).to_contain_text("号のできごと")
    expect(page.locator("main")).to_contain_text("記録されたときと同じです")
    is_fit(page)
    page.goto("/desk/history/")
    reach(page, "a[href='/desk/history/verify/']")
    go(page)
    reach(page, "main form .button-primary")
    go(page, "Space")
    expect(page.locator("[role=status]")).to_contain_text("3件の記録を調べました。すべて記録されたときのまま")
    is_fit(page)


def test_two_people_dispose_of_an_agreement_by_keyboard_alone(desk, agreement):
    proposer, approver = a_user(), a_user(role=Role.ADMINISTRATOR, sign_in_name="kanri")
    page = desk(proposer, NARROW)
    page.goto("/desk/retention/")
    reach(page, "[name=id]")
    page.keyboard.press("Space")
    reach(page, "#id_reason")
    page.keyboard.insert_text("保存期間の満了")
    is_fit(page)
    reach(page, "main form .button-primary")
    go(page)
    expect(page.locator("h1")).to_contain_text("承認待ち")
    expect(page.locator("main")).to_contain_text("廃棄は二人で行います")

    other = desk(approver, NARROW)
    other.goto("/desk/retention/")
    reach(other, "main ul a[href^='/desk/retention/']")
    go(other)
    is_fit(other)
    reach(other, "[value=approve]")
    go(other)
    expect(other.locator("[role=status]")).to_contain_text("1件を廃棄し、証明を残しました")
    reach(other, "main ul a[href*='/certificates/']")
    go(other)
    expect(other.locator("h1")).to_contain_text("廃棄の証明 第1号")
    is_fit(other)
    assert not Agreement.objects.exists() and Certificate.objects.count() == 1
