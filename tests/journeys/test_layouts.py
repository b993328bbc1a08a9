"""A clerk keeps the office's own columns and takes the register away in them, with the keyboard alone."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from renkei.search.layouts import KNOWN
from tests.factories import a_user, an_agreement
from tests.journeys import PATIENCE

pytestmark = pytest.mark.django_db(transaction=True)

MOST_STOPS = 200


@pytest.fixture
def clerk(chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A signed-in coordinator before a wide window."""
    window = Client()
    window.force_login(a_user())
    opened = chromium.new_context(base_url=live_server.url, locale="ja-JP", accept_downloads=True)
    opened.set_default_timeout(PATIENCE)
    opened.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": window.cookies[settings.SESSION_COOKIE_NAME].value,
                "url": live_server.url,
            }
        ]
    )
    page = opened.new_page()
    yield page
    opened.close()


def reach(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus."""
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"Tab never came to {selector}")


def write(page: Page, selector: str, text: str) -> None:
    reach(page, selector)
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)


def test_a_layout_is_made_and_used_with_the_keyboard_alone(clerk: Page, tmp_path: Path) -> None:
    an_agreement(title="物資の協定", partners=("株式会社見本",))
    clerk.goto("/desk/layouts/")
    reach(clerk, "a[href$='/layouts/new/']")
    clerk.keyboard.press("Enter")
    clerk.wait_for_url("**/layouts/new/")
    write(clerk, "#id_name", "庁内台帳")
    title, partners = KNOWN.index("協定名"), KNOWN.index("相手方")
    write(clerk, f"#id_place_{title}", "２")
    write(clerk, f"#id_place_{partners}", "１")
    write(clerk, f"#id_head_{partners}", "締結先")
    clerk.keyboard.press("Enter")
    clerk.wait_for_url("**/desk/layouts/")
    reach(clerk, "a[href*='agreements.xlsx']")
    with clerk.expect_download() as taken:
        clerk.keyboard.press("Enter")
    taken.value.save_as(tmp_path / "list.xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "list.xlsx").active.iter_rows(values_only=True))
    assert rows == [("締結先", "協定名"), ("株式会社見本", "物資の協定")]
