"""An administrator in spring, with the keyboard alone: somebody new, a deputy, a sheet of transfers with a bad row."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from renkei.accounts.models import Role, User
from renkei.people.models import Transfer, TransferState
from tests.factories import a_division, a_user
from tests.journeys import PATIENCE

pytestmark = pytest.mark.django_db(transaction=True)

SHEET = "サインイン名\t氏名\t異動前の課\t異動後の課\nkankyo\t見本 環\t環境課\t福祉課\nbosai\t見本 防人\t防災課\t宇宙課"


@pytest.fixture(params=[1280], ids=["wide"])
def chief(request: pytest.FixtureRequest, chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    """The administrator before a window; two clerks and three divisions are there."""
    opened = chromium.new_context(
        base_url=live_server.url, locale="ja-JP", viewport={"width": request.param, "height": 900}
    )
    opened.set_default_timeout(PATIENCE)
    window = Client()
    window.force_login(a_user(role=Role.ADMINISTRATOR, sign_in_name="kanri"))
    divisions = {name: a_division(name=name) for name in ("環境課", "福祉課", "防災課")}
    for sign_in_name, name, division in (("kankyo", "見本 環", "環境課"), ("bosai", "見本 防人", "防災課")):
        clerk = a_user(role=Role.RESPONSIBLE, division=divisions[division], sign_in_name=sign_in_name)
        User.objects.filter(pk=clerk.pk).update(name=name)
    session = window.cookies[settings.SESSION_COOKIE_NAME].value
    opened.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    yield opened.new_page()
    opened.close()


def press(page: Page, words: str, key: str = "Enter") -> None:
    """Go on with Tab to the link or button of these words, and press it."""
    for _stop in range(80):
        page.keyboard.press("Tab")
        focused = page.locator("a:focus, button:focus")
        if focused.count() and words in focused.inner_text():
            page.keyboard.press(key)
            return
    pytest.fail(f"「{words}」 is not reached by Tab")


def fill(page: Page, label: str, text: str) -> None:
    """Go on with Tab to the field of this label, and type in place of what stands there."""
    wanted = page.get_by_label(label).first.get_attribute("id")
    for _stop in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == wanted:
            page.keyboard.press("Control+A")
            page.keyboard.insert_text(text)
            return
    pytest.fail(f"the field 「{label}」 is not reached by Tab")


def choose(page: Page, label: str, word: str) -> None:
    """Go on with Tab to the list of this label, and go down in it to the word."""
    wanted = page.get_by_label(label).first.get_attribute("id")
    for _stop in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == wanted:
            break
    for _step in range(20):
        if page.evaluate("document.activeElement.selectedOptions[0].text") == word:
            return
        page.keyboard.press("ArrowDown")
    pytest.fail(f"「{word}」 is not in the list 「{label}」")


def stands(page: Page, heading: str) -> None:
    """The page of this heading has come."""
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def fits(page: Page) -> None:
    """Nothing reaches over the right edge of the window."""
    assert page.viewport_size
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_somebody_new_a_deputy_and_a_sheet_of_transfers_by_keyboard_alone(chief: Page):
    chief.goto("/desk/people/")
    press(chief, "職員を登録する")
    stands(chief, "職員を登録する")
    fill(chief, "氏名", "見本 新")
    fill(chief, "サインイン名", "shin")
    choose(chief, "課", "福祉課")
    fill(chief, "最初の日", "令和8年4月1日")
    press(chief, "登録して招待する")
    expect(chief.get_by_text("/desk/sign-in/links/")).to_be_visible()
    fits(chief)

    chief.goto("/desk/people/?q=見本環")
    press(chief, "見本 環")
    stands(chief, "見本 環")
    press(chief, "代理を立てる")
    stands(chief, "代理を立てる")
    fill(chief, "代理をする職員", "bosai")
    fill(chief, "最後の日", "2099/1/1")
    press(chief, "代理を立てる")
    expect(chief.locator(".error-summary")).to_contain_text("代理は1年までです。")
    fill(chief, "最後の日", chief.get_by_label("最初の日").input_value())
    press(chief, "代理を立てる")
    expect(chief.get_by_text("代理を立てました。")).to_be_visible()
    expect(chief.get_by_role("heading", name="この職員の代理")).to_be_visible()
    fits(chief)

    chief.goto("/desk/transfers/")
    fill(chief, "異動の初日", "R19.4.1")
    fill(chief, "表を貼り付ける", SHEET)
    press(chief, "読み取って確かめる")
    expect(chief.get_by_text("「宇宙課」という課はありません。")).to_be_visible()
    fits(chief)
    press(chief, "1人の異動を決める(要確認の1行を除く)")
    expect(chief.get_by_text("1人の異動を決めました。", exact=True)).to_be_visible()
    assert Transfer.objects.get().state == TransferState.DECIDED
    press(chief, "この異動(1人)を取り消す", "Space")
    expect(chief.get_by_text("役割は決める前に戻りました。")).to_be_visible()


@pytest.mark.parametrize("chief", [390], indirect=True, ids=["narrow"])
def test_the_table_of_rights_fits_and_can_be_scrolled_by_keyboard(chief: Page):
    chief.goto("/desk/rights/")
    expect(chief.get_by_role("heading", level=1)).to_have_text("だれが何をできるか")
    fits(chief)
    press(chief, "CSVで受け取る", key="Shift")
    chief.keyboard.press("Tab")
    assert chief.evaluate("document.activeElement.className") == "table-scroll"
