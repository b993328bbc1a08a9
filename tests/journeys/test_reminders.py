"""A coordinator sets the distances, the day's work writes the letters, one is held back; and a calendar's address."""

import re
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from renkei.accounts.models import User
from renkei.municipalities.models import Municipality
from renkei.reminders.models import Letter, LetterState, ReminderSettings
from tests.journeys import PATIENCE
from tests.journeys.looking import LEVELS, stops_of_tab, violations

pytestmark = pytest.mark.django_db(transaction=True)

DAY = "2026-11-30"


@pytest.fixture
def coordinator(chromium: Browser, live_server: LiveServer, town: Municipality) -> Iterator[Page]:
    """The demo town's coordinator, who has signed in, before a window."""
    window = Client()
    window.force_login(User.objects.get(sign_in_name="sokatsu"))
    opened = chromium.new_context(base_url=live_server.url, locale="ja-JP")
    opened.set_default_timeout(PATIENCE)
    opened.add_cookies(
        [{"name": "sessionid", "value": window.cookies["sessionid"].value, "url": live_server.url}]
    )
    yield opened.new_page()
    opened.close()


def reach(page: Page, words: str) -> None:
    """Go on with Tab until a link or button that begins with the words has the focus, in sight."""
    for told in stops_of_tab(page, "one => one.innerText", 120):
        if " ".join(told.split()).startswith(words):
            box = page.locator(":focus").bounding_box()
            assert box
            assert 0 <= box["y"] <= page.viewport_size["height"]
            return
    pytest.fail(f"「{words}」 is not reached by Tab")


def press(page: Page, words: str) -> None:
    reach(page, words)
    page.keyboard.press("Enter")


def write(page: Page, field: str, text: str) -> None:
    """Tab to the field and write in place of what is there."""
    for _stop in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == field:
            page.keyboard.press("Control+a")
            page.keyboard.insert_text(text)
            return
    pytest.fail(f"{field} is not reached by Tab")


def test_with_the_keyboard_alone(coordinator: Page, live_server: LiveServer) -> None:
    page = coordinator
    page.goto("/desk/administration/")
    press(page, "督促の設定")
    expect(page.get_by_role("heading", level=1)).to_have_text("督促の設定")
    write(page, "distances", "いつか")
    page.keyboard.press("Enter")
    expect(page.locator(".error-summary")).to_contain_text("例: 180、90、30、7")
    assert page.title().startswith("エラー:")
    write(page, "distances", "１２０、３０")
    press(page, "この設定にする")
    expect(page.get_by_role("status").first).to_contain_text("督促の設定を変えました")
    assert ReminderSettings.objects.get().distances == [120, 30]

    call_command("daily", "--on", DAY, stdout=StringIO())
    page.goto("/desk/administration/")
    press(page, "送信箱")
    expect(page.get_by_role("heading", level=1)).to_have_text("送信箱")
    expect(page.locator("main")).to_contain_text("日ごとの仕事: 令和8年(2026年)11月30日(月) 済み")
    press(page, "【連携】今週のまとめ")
    expect(page.locator("main")).to_contain_text("判断を待っている期限")
    press(page, "取りやめる")
    expect(page.get_by_role("status").first).to_contain_text("手紙を取りやめました")
    press(page, "もう一度送る")
    expect(page.get_by_role("status").first).to_contain_text("もう一度送ります")
    assert not Letter.objects.filter(state=LetterState.CANCELLED).exists()

    page.goto("/desk/")
    press(page, "期限をふだんのカレンダーで見る")
    expect(page.get_by_role("heading", level=1)).to_have_text("期限のカレンダーと通知")
    press(page, "アドレスを作る 自分の担当の期限")
    expect(page.get_by_role("status").first).to_contain_text("のアドレスを作りました")
    first = address_shown(page)
    press(page, "アドレスを新しくする 自分の担当の期限")
    expect(page.locator("main code").first).not_to_have_text(first)
    anybody = Client()
    assert anybody.get(first.removeprefix(live_server.url)).status_code == 410
    calendar = anybody.get(address_shown(page).removeprefix(live_server.url))
    assert calendar.status_code == 200
    assert calendar.content.count(b"BEGIN:VEVENT") > 10
    press(page, "週のまとめを止める")
    expect(page.locator("main")).to_contain_text("いまは受け取っていません")


def address_shown(page: Page) -> str:
    text = page.locator("main code").first.inner_text()
    assert re.fullmatch(r"http://\S+/desk/calendars/\w+/\d+-[0-9a-f]{40}\.ics", text)
    return text


def test_no_page_has_a_barrier_that_a_program_can_find_or_is_cut_off(coordinator: Page) -> None:
    page, width = coordinator, 390
    page.set_viewport_size({"width": width, "height": 900})
    call_command("daily", "--on", DAY, stdout=StringIO())
    letter = f"/desk/outbox/{Letter.objects.latest('pk').public_id}/"
    for address in ("/desk/", "/desk/reminders/settings/", "/desk/outbox/", letter, "/desk/calendars/"):
        page.goto(address)
        found = violations(page, LEVELS)
        assert [(address, one["id"], one["html"][:200]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
