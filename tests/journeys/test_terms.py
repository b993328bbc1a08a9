"""A clerk declines a renewal, takes that back, and decides about three at once: with the keyboard alone."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from renkei.agreements.facts import RenewalFacts
from renkei.agreements.models import Agreement, RenewalDecision
from renkei.agreements.services import Amended, amend
from renkei.agreements.vocabulary import Decision, RenewalKind
from renkei.rules.terms import months_before
from tests.factories import a_user, an_agreement
from tests.journeys import PATIENCE
from tests.journeys.looking import LEVELS, violations

pytestmark = pytest.mark.django_db(transaction=True)


FOCUSED = (
    "(e => (e.labels?.length ? e.labels[0].innerText : e.innerText || '').trim())(document.activeElement)"
)


def due_in(days: int, title: str) -> Agreement:
    """A yearly agreement whose next notice is due in so many days."""
    last = timezone.localdate() + timedelta(days=days + 10)
    renewal = RenewalFacts(RenewalKind.AUTOMATIC, months=12, notice_days=10)
    first = months_before(last + timedelta(days=1), 12)
    return an_agreement(title=title, starts=str(first), ends=str(last), renewal=renewal)


@pytest.fixture(params=[390], ids=["narrow"])
def clerk(request: pytest.FixtureRequest, chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A signed-in coordinator before a window."""
    opened = chromium.new_context(
        base_url=live_server.url, locale="ja-JP", viewport={"width": request.param, "height": 900}
    )
    opened.set_default_timeout(PATIENCE)
    window = Client()
    window.force_login(a_user())
    session = window.cookies[settings.SESSION_COOKIE_NAME].value
    opened.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    yield opened.new_page()
    opened.close()


def reach(page: Page, words: str) -> None:
    """Go on with Tab until the link, button or field of these words has the focus."""
    for _stop in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED).startswith(words):
            assert page.evaluate("document.activeElement.matches(':focus-visible')")
            return
    pytest.fail(f"「{words}」 is not reached by Tab")


def press(page: Page, words: str, key: str = "Enter") -> None:
    reach(page, words)
    page.keyboard.press(key)


def test_decline_take_back_and_decide_for_three_by_keyboard_alone(clerk: Page):
    agreements = [due_in(days, f"見本の協定{days}") for days in (5, 6, 7)]
    clerk.goto(f"/desk/agreements/{agreements[0].public_id}/")
    press(clerk, "更新しない")
    expect(clerk.get_by_role("heading", level=1)).to_have_text("更新しない")
    reach(clerk, "相手方に通知した日")
    clerk.keyboard.type(f"{timezone.localdate():%Y/%m/%d}")
    press(clerk, "更新しないと決める")
    expect(clerk.get_by_text("更新しないと記録しました")).to_be_visible()
    press(clerk, "この判断を取り消す")
    expect(clerk.get_by_role("heading", level=1)).to_have_text("更新の判断の取消し")
    press(clerk, "判断を取り消す")
    expect(clerk.get_by_text("期間は元のとおりです")).to_be_visible()

    clerk.goto("/desk/due/?within=30")
    for agreement in agreements:
        press(clerk, f"{agreement.title}(", "Space")
    reach(clerk, "自動更新に任せる")
    clerk.keyboard.press("Space")
    press(clerk, "確かめる")
    expect(clerk.get_by_text("選んだ3件のうち、3件を「自動更新に任せる」と判断します")).to_be_visible()
    press(clerk, "3件を判断する")
    expect(clerk.get_by_text("3件を判断しました")).to_be_visible()
    assert RenewalDecision.objects.filter(decision=Decision.LET_RENEW).count() == 3
    press(clerk, "この判断をまとめて取り消す")
    expect(clerk.get_by_text("まとめた判断を取り消しました")).to_be_visible()
    assert not RenewalDecision.objects.exists()


@pytest.mark.parametrize("clerk", [1280], indirect=True, ids=["wide"])
def test_what_an_amendment_changes_is_compared_on_the_page_without_a_barrier(clerk: Page):
    agreement = due_in(40, "見本の協定")
    on = timezone.localdate() + timedelta(days=3)
    amend(agreement, Amended(title="改めた協定", purpose="広い目的"), on=on, summary="改称", actor=None)
    for address in (f"/desk/agreements/{agreement.public_id}/", "/desk/due/", "/desk/due/?until=いつか"):
        clerk.goto(address)
        if "元の内容と比べる" in clerk.content():
            clerk.get_by_text("元の内容と比べる").first.press("Enter")
            expect(clerk.get_by_role("cell", name="改めた協定")).to_be_visible()
        assert (address, faults(clerk)) == (address, [])


def faults(page: Page) -> list[str]:
    """What axe finds, and whether anything is cut off."""
    assert page.viewport_size
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    found = violations(page, LEVELS)
    return [f"{one['id']}: {one['html'][:120]}" for one in found]
