"""Both sides of a procedure before their own windows, and the letters that go between them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from renkei.accounts.models import User
from renkei.demo.town import PASSWORD
from renkei.reminders.sending import send_some
from tests.journeys import PATIENCE
from tests.reminders.postbox import Postbox, headers_of, parts_of

TOWN = "012041"
FILL = (
    """([name, text]) => { const one = document.querySelector(`main [name="${name}"]`); one.value = text; }"""
)


class Postman:
    """Brings what waits in the outbox to the test's mail server, and reads it there."""

    def __init__(self, box: Postbox) -> None:
        self.box = box

    def letter(self, address: str, words: str) -> str:
        """The text of the newest letter to the address whose subject says the words."""
        while send_some(timezone.now()):
            pass
        for to, content in reversed(self.box.received):
            if to == address and words in headers_of(content)["subject"]:
                return parts_of(content)["text/plain"]
        told = [(to, headers_of(content)["subject"]) for to, content in self.box.received[-12:]]
        pytest.fail(f"no letter to {address} says 「{words}」; the last: {told}")

    def link(self, address: str, words: str) -> str:
        """The address in that letter."""
        found = re.search(r"https?://\S+", self.letter(address, words))
        assert found
        return found[0]


class Window:
    """A person's page, in the words of who sits before it."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.wrong: list[str] = []
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))

    def go(self, address: str) -> None:
        answer = self.page.goto(address)
        assert answer and answer.status == 200, (address, answer and answer.status)
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address

    def follow(self, words: str) -> None:
        self.page.locator("main").get_by_role("link", name=words).first.click()

    def write(self, **texts: str) -> None:
        """Type into the fields of these names."""
        for name, text in texts.items():
            self.page.locator(f"main [name='{name}']").fill(text)

    def choose(self, name: str, *values: str) -> None:
        """Choose what is offered under the name: in a list, with a tick, or with a button for one of many."""
        field = self.page.locator(f"main [name='{name}']")
        if field.first.evaluate("one => one.tagName") == "SELECT":
            field.select_option(values[0])
            return
        for value in values:
            self.page.locator(f"main [name='{name}'][value='{value}']").check()

    def tick(self, *names: str) -> None:
        for name in names:
            self.page.locator(f"main [name='{name}']").check()

    def press(self, words: str) -> None:
        """Press the button, and be told nothing wrong."""
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role("button", name=words).last.click()
        told = self.page.locator("main .error-summary, main .notice-error").all_inner_texts()
        assert told == [], told

    def press_enter(self, words: str) -> None:
        """The same with the keyboard."""
        self.page.locator("main").get_by_role("button", name=words).last.focus()
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def sees(self, *words: str) -> None:
        for one in words:
            expect(self.page.locator("main")).to_contain_text(one)


@contextmanager
def a_window(chromium: Browser, address: str, width: int = 1280) -> Iterator[Window]:
    """Somebody's own browser, with nobody signed in."""
    context = chromium.new_context(
        base_url=address,
        locale="ja-JP",
        timezone_id="Asia/Tokyo",
        viewport={"width": width, "height": 900},
        accept_downloads=True,
    )
    context.set_default_timeout(PATIENCE)
    yield Window(context)
    context.close()


@contextmanager
def at_the_desk(chromium: Browser, address: str, sign_in_name: str, width: int = 1280) -> Iterator[Window]:
    """A clerk's browser, signed in already."""
    client = Client()
    client.force_login(User.objects.get(sign_in_name=sign_in_name))
    with a_window(chromium, address, width) as window:
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}
        window.page.context.add_cookies([cookie])
        yield window


def sign_in_where_the_link_leads(window: Window, link: str, sign_in_name: str) -> None:
    """A clerk follows a link out of a letter, signs in, and stands on the page that the letter meant."""
    window.page.goto(link)
    window.page.fill("[name=username]", sign_in_name)
    window.page.fill("[name=password]", PASSWORD)
    window.page.click("main button")
    expect(window.page).to_have_url(link)
