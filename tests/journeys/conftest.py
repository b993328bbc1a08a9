"""A real browser over a real server: Chromium as the machine has it, with no connection of its own."""

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from machine.browser import browser
from renkei.demo.services import build
from renkei.municipalities.models import Municipality
from tests.journeys import PATIENCE
from tests.journeys.every_page import the_town
from tests.kept_states import folder_of_all_workers, made_once

# Playwright keeps a loop running in this thread; Django's guard against database calls from loops does not mean it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser for all journeys of this worker."""
    program = browser()
    assert program, "./run test installs a browser; RENKEI_BROWSER names another."
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=list(QUIET))
        yield started
        started.close()


@pytest.fixture
def context(chromium: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    """A fresh window of a Japanese reader; addresses are relative to the server."""
    opened = chromium.new_context(
        base_url=live_server.url,
        locale="ja-JP",
        timezone_id="Asia/Tokyo",
        viewport={"width": 1280, "height": 900},
    )
    opened.set_default_timeout(PATIENCE)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page at 1280 wide."""
    return context.new_page()


@pytest.fixture(scope="session")
def kept(tmp_path_factory):
    """Where the workers keep what takes long to make."""
    return folder_of_all_workers(tmp_path_factory.getbasetemp())


@pytest.fixture
def filled(transactional_db, kept):
    """The demo town, and what the addresses are filled with."""
    return made_once(kept / "filled", the_town)


@pytest.fixture
def town(transactional_db, kept):
    """The demo town as it is on the first day."""
    return Municipality.objects.get(pk=made_once(kept / "town", lambda: build().pk))


@pytest.fixture
def watched(page: Page, live_server) -> Page:
    """A page whose requests to others, errors and breaches of policy are written down."""
    page.wrong = []
    here = urlsplit(live_server.url).netloc
    page.on("request", lambda one: None if urlsplit(one.url).netloc == here else page.wrong.append(one.url))
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    page.on(
        "console",
        lambda message: (
            page.wrong.append(message.text)
            if message.type in ("error", "warning")
            and "the server responded with a status of 4" not in message.text
            else None
        ),
    )
    return page
