"""A clerk keeps the register with the keyboard alone: a new agreement, two windows at once, a draft after closing."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from renkei.accounts.models import Draft
from renkei.agreements.models import Agreement
from tests.factories import a_user, an_agreement
from tests.journeys.looking import LEVELS, violations

pytestmark = pytest.mark.django_db(transaction=True)

NEW = "/desk/agreements/new/"
CLAUSE = "この協定の有効期間は、令和7年4月1日から令和8年3月31日までとする。"


@pytest.fixture
def desk(context: BrowserContext, live_server: LiveServer) -> BrowserContext:
    """The browser of a signed-in coordinator."""
    window = Client()
    window.force_login(a_user())
    session = window.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    return context


def opened(desk: BrowserContext, address: str) -> Page:
    page = desk.new_page()
    page.goto(address)
    return page


def reach(page: Page, field: str) -> None:
    """Go on with Tab until the field of this name, or the button of these words, has the focus."""
    for _stop in range(150):
        page.keyboard.press("Tab")
        found = page.evaluate("[document.activeElement.name, document.activeElement.textContent.trim()]")
        if field in found:
            assert page.evaluate(IS_SEEN), f"{field} has the focus out of sight"
            return
    pytest.fail(f"「{field}」 is not reached by Tab")


IS_SEEN = """(() => {
  const box = document.activeElement.getBoundingClientRect();
  return box.bottom > 0 && box.top < window.innerHeight && box.width > 0;
})()"""


def write(page: Page, field: str, text: str) -> None:
    reach(page, field)
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def press(page: Page, words: str) -> None:
    reach(page, words)
    page.keyboard.press("Enter")


def faults(page: Page) -> list[str]:
    """What axe finds at 390 wide, and whether anything is cut off."""
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    found = violations(page, LEVELS)
    return [f"{one['id']}: {one['html'][:120]}" for one in found]


def test_an_agreement_with_three_parties_is_registered_by_keyboard(desk: BrowserContext):
    page = opened(desk, NEW)
    write(page, "title", "見守り活動に関する協定")
    write(page, "signed", "R7.4.1")
    write(page, "clause", CLAUSE)
    press(page, "条文を読み取る")
    expect(page.get_by_label("はじめの期間の終期")).to_have_value("令和8年3月31日")
    write(page, "party-1-name", "株式会社一")
    press(page, "当事者の行を増やす")
    expect(page.locator("#id_party-2-name")).to_be_focused()
    page.keyboard.insert_text("株式会社二")
    page.keyboard.press("Enter")
    expect(page.get_by_text("まだ公開していません。")).to_be_visible()
    parties = [party.name_as_signed for party in Agreement.objects.get().parties.all()]
    assert parties == ["旭川市", "株式会社一", "株式会社二"]
    assert Agreement.objects.get().terms.get().ends_on.isoformat() == "2026-03-31"
    assert not Draft.objects.exists()


def test_two_windows_at_once_by_keyboard(desk: BrowserContext):
    agreement = an_agreement(title="見本協定", purpose="はじめの目的")
    address = f"/desk/agreements/{agreement.public_id}/edit/"
    one, two = opened(desk, address), opened(desk, address)
    write(one, "purpose", "先の目的")
    press(one, "保存する")
    expect(one.get_by_text("編集を保存しました。")).to_be_visible()
    write(two, "purpose", "後の目的")
    write(two, "notes", "後のメモ")
    press(two, "保存する")
    expect(two.locator(".meeting")).to_be_focused()
    expect(two.locator(".meeting")).to_contain_text("目的: はじめの目的 → 先の目的")
    assert faults(two) == []
    press(two, "目的をほかの人の値にする")
    expect(two.get_by_label("目的")).to_have_value("先の目的")
    expect(two.get_by_label("庁内メモ")).to_have_value("後のメモ")
    press(two, "保存する")
    expect(two.get_by_text("編集を保存しました。")).to_be_visible()
    found = Agreement.objects.get()
    assert (found.purpose, found.notes) == ("先の目的", "後のメモ")


def test_what_was_typed_is_offered_after_the_page_was_closed(desk: BrowserContext):
    page = opened(desk, NEW)
    write(page, "title", "書きかけの協定")
    write(page, "party-1-name", "株式会社一")
    page.close(run_before_unload=True)
    again = opened(desk, NEW)
    expect(again.get_by_role("heading", name="書きかけがあります")).to_be_visible()
    assert again.evaluate("localStorage.length + sessionStorage.length") == 0
    assert faults(again) == []
    press(again, "書きかけを使う")
    expect(again.get_by_label("協定名 必須")).to_have_value("書きかけの協定")
    expect(again.locator("#id_party-1-name")).to_have_value("株式会社一")
    again.get_by_label("協定名 必須").press("Enter")
    expect(again.get_by_text("まだ公開していません。")).to_be_visible()
    assert not Draft.objects.exists()


def test_after_a_pause_the_page_says_that_it_keeps_what_is_typed(desk: BrowserContext):
    page = opened(desk, NEW)
    write(page, "title", "書きかけの協定")
    expect(page.get_by_text("書きかけを預かりました。")).to_be_attached()
    assert Draft.objects.get().content["title"] == ["書きかけの協定"]


def test_a_sign_in_in_another_window_does_not_spoil_what_is_open_here(
    desk: BrowserContext, live_server: LiveServer
):
    page = opened(desk, NEW)
    write(page, "title", "前から開いていた画面の協定")
    write(page, "party-1-name", "株式会社一")
    token = {"name": "csrftoken", "value": "a" * 32, "url": live_server.url}
    desk.add_cookies([token])  # type: ignore[list-item]
    page.keyboard.press("Enter")
    expect(page.get_by_text("まだ公開していません。")).to_be_visible()


@pytest.fixture(params=[390], ids=["narrow"])
def unscripted(request: pytest.FixtureRequest, chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A window without scripts."""
    window = Client()
    window.force_login(a_user())
    session = window.cookies[settings.SESSION_COOKIE_NAME].value
    opened = chromium.new_context(
        base_url=live_server.url, locale="ja-JP", java_script_enabled=False,
        viewport={"width": request.param, "height": 900},
    )  # fmt: skip
    opened.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    yield opened.new_page()
    opened.close()


def test_without_scripts_rows_are_added_and_the_agreement_is_registered(unscripted: Page):
    unscripted.goto(NEW)
    unscripted.get_by_role("button", name="当事者の行を増やす").click()
    unscripted.get_by_label("協定名 必須").fill("見守り活動に関する協定")
    unscripted.locator("#id_party-1-name").fill("株式会社一")
    unscripted.locator("#id_party-2-name").fill("株式会社二")
    unscripted.get_by_label("協定名 必須").press("Enter")
    expect(unscripted.get_by_text("まだ公開していません。")).to_be_visible()
    assert Agreement.objects.get().parties.count() == 3
