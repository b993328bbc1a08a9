"""The first page in a real browser: it opens, asks nobody else for anything, and breaks no rule of its policy."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page


@pytest.fixture
def watched(page: Page):
    """A page whose requests, errors and breaches of policy are written down."""
    page.asked, page.wrong = set(), []
    page.on("request", lambda request: page.asked.add(urlsplit(request.url).netloc))
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    page.on(
        "console",
        lambda message: page.wrong.append(message.text) if message.type in ("error", "warning") else None,
    )
    return page


@pytest.mark.parametrize("address", ["/", "/desk/"])
def test_a_door_opens_without_help_from_elsewhere(watched, live_server, address):
    answer = watched.goto(address)
    watched.wait_for_load_state("networkidle")
    assert answer.status == 200
    assert watched.locator("main").count() == 1
    assert watched.asked == {urlsplit(live_server.url).netloc}
    assert watched.wrong == []


@pytest.mark.parametrize("width", [390, 1280])
def test_a_door_fits_its_window(watched, width):
    watched.set_viewport_size({"width": width, "height": 844})
    watched.goto("/")
    assert watched.evaluate("document.documentElement.scrollWidth") <= width


def test_the_first_stop_of_the_keyboard_leads_to_the_text(watched):
    watched.goto("/")
    watched.keyboard.press("Tab")
    assert "本文へ" in watched.evaluate("document.activeElement.textContent")
