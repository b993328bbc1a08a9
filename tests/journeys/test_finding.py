"""Finding an agreement as people do it: with an input method, with the keyboard alone, without JavaScript, on paper."""

import pytest
from playwright.sync_api import Page, expect

from renkei.demo.town import PASSWORD
from tests.journeys import PATIENCE


def composed(page: Page, steps: list[str], word: str) -> None:
    """Types a word as a Windows input method does: composition, then Enter (key Process) that only confirms it."""
    session = page.context.new_cdp_session(page)
    for step in steps:
        at = len(step)
        session.send("Input.imeSetComposition", {"text": step, "selectionStart": at, "selectionEnd": at})
    confirm = {"windowsVirtualKeyCode": 229, "key": "Process", "code": "Enter"}
    session.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **confirm})
    session.send("Input.insertText", {"text": word})
    released = {"windowsVirtualKeyCode": 13, "key": "Enter", "code": "Enter"}
    session.send("Input.dispatchKeyEvent", {"type": "keyUp", **released})


def test_enter_confirms_a_word_before_it_searches(page, town, live_server):
    for address in ("/", "/agreements/", "/partners/"):
        enter_confirms_before_it_searches(page, address)


def enter_confirms_before_it_searches(page: Page, address: str) -> None:
    page.goto(address)
    asked = []
    page.on(
        "request",
        lambda request: asked.append(request.url) if "?q=" in request.url or "&q=" in request.url else None,
    )
    page.focus("#q")
    composed(page, ["ｂ", "ぼ", "ぼう", "ぼうs", "ぼうさい"], "防災")
    assert asked == []
    expect(page.locator("#q")).to_have_value("防災")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=%E9%98%B2%E7%81%BD**")
    assert len(asked) == 1


def test_by_keyboard_alone_from_the_first_page_to_an_agreement(page, town, live_server):
    page.goto("/")
    stop_at(page, "#q")
    page.keyboard.insert_text("動物園 研究")
    page.keyboard.press("Enter")
    page.wait_for_url("**/agreements/**")
    stop_at(page, ".results a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/agreements/*/")
    assert page.locator("h1").inner_text()
    stop_at(page, "#on")
    page.keyboard.insert_text("R6.6.1")
    page.keyboard.press("Enter")
    page.wait_for_url("**on=R6.6.1**")
    expect(page.locator(".meta-line")).to_contain_text("令和6年(2024年)6月1日(土)")


def stop_at(page: Page, selector: str) -> None:
    """Tab until the focus is there."""
    for _stop in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached by Tab")


@pytest.fixture
def plain(chromium, live_server):
    """A page of a browser that runs no script."""
    window = chromium.new_context(base_url=live_server.url, locale="ja-JP", java_script_enabled=False)
    window.set_default_timeout(PATIENCE)
    yield window.new_page()
    window.close()


def test_without_javascript_from_search_to_publication(plain, town):
    plain.goto("/desk/sign-in/")
    plain.fill("[name=username]", "sokatsu")
    plain.fill("[name=password]", PASSWORD)
    plain.click("main button")
    plain.goto("/desk/agreements/")
    plain.fill("#q", "マイバッグ")
    plain.click("[role=search] button")
    plain.click(".facets a >> nth=0")
    plain.click(".results a >> nth=0")
    plain.click("text=公開を取りやめる")
    expect(plain.locator("[role=status]")).to_contain_text("公開を取りやめました")
    plain.click("button[name=language]")
    expect(plain.locator("html")).to_have_attribute("lang", "en")


def test_a_reader_is_told_why_and_may_press_all_the_same(page, town, live_server):
    page.goto("/desk/sign-in/")
    page.fill("[name=username]", "etsuran")
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    page.goto("/desk/agreements/ex0000000001/")
    page.click("text=公開を取りやめる")
    expect(page.locator("main")).to_contain_text("だけが変更できます")


@pytest.mark.parametrize(
    "address, last",
    [("/agreements/?q=防災", "見本生活協同組合3"), ("/agreements/003400000007/", "日の導き方")],
)
def test_a_page_prints_on_a4_without_buttons_and_with_its_last_words(
    page, town, live_server, tmp_path, address, last
):
    page.goto(address)
    page.emulate_media(media="print")
    assert page.locator(".site-navigation").is_hidden()
    assert page.locator("main .button:visible").count() == 0
    wide = "document.documentElement.scrollWidth"
    page.set_viewport_size({"width": 703, "height": 1000})  # A4 less its margins
    assert page.evaluate(wide) <= 703
    assert last in page.locator("main").inner_text()
    page.pdf(path=tmp_path / "page.pdf", format="A4", prefer_css_page_size=True)
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")


def test_two_windows_of_the_same_list_are_the_same_by_their_address_alone(page, chromium, town, live_server):
    address = "/agreements/?q=災害&field=disaster.support&state=in_force&on=2024-06-01&order=kana"
    page.goto(address)
    other = chromium.new_context(base_url=live_server.url, locale="ja-JP").new_page()
    other.goto(address)
    assert page.locator(".results").inner_text() == other.locator(".results").inner_text()
    other.context.close()


def test_back_from_an_agreement_is_the_list_as_it_was(page, town, live_server):
    page.goto("/agreements/?q=災害&page=2")
    before = page.locator(".results").inner_text()
    page.click(".results a >> nth=3")
    page.go_back()
    assert page.locator(".results").inner_text() == before
