"""A clerk brings in the ledger of the office: upload, put one row right, commit, find it, take it all back."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from renkei.agreements.models import Agreement
from renkei.ledger.models import Batch, BatchState
from renkei.ledger.services import bring
from tests.factories import a_municipality, a_user
from tests.journeys import PATIENCE
from tests.journeys.looking import LEVELS, stops_of_tab, violations
from tests.ledger.dressed_files import Grid, xlsx

pytestmark = pytest.mark.django_db(transaction=True)


ROWS = [
    ["見本市 災害時協定一覧", "", "", ""],
    ["(令和6年4月1日現在)", "", "", ""],
    ["№", "協定名", "協定締結先", "締結年月日"],
    ["【物資】", "", "", ""],
    [1, "災害時における飲料水の供給に関する協定", "見本飲料㈱", "H28.9.20"],
    [2, "災害時における毛布等の調達に関する協定", "", "〃"],
    ["【輸送】", "", "", ""],
    [3, "災害時における緊急輸送に関する協定", "(一社)見本県トラック協会", "令和2年3月"],
    ["合計 3件", "", "", ""],
]


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A dressed workbook of which one row lacks its partner."""
    path = tmp_path / "災害時協定一覧.xlsx"
    path.write_bytes(xlsx([Grid("一覧", ROWS)]))  # type: ignore[arg-type]
    return path


WIDE, NARROW, WITHOUT_SCRIPTS = (1280, True), (390, True), (390, False)


@pytest.fixture(params=[WIDE, WITHOUT_SCRIPTS], ids=["wide", "without scripts"])
def clerk(request: pytest.FixtureRequest, chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A signed-in coordinator before a window."""
    width, scripts = request.param
    opened = chromium.new_context(
        base_url=live_server.url,
        locale="ja-JP",
        viewport={"width": width, "height": 900},
        java_script_enabled=scripts,
    )
    opened.set_default_timeout(PATIENCE)
    window = Client()
    window.force_login(a_user())
    session = window.cookies[settings.SESSION_COOKIE_NAME].value
    opened.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page = opened.new_page()
    yield page
    opened.close()


def fits(page: Page) -> None:
    """Nothing reaches over the right edge of the window."""
    assert page.viewport_size
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_a_ledger_is_brought_in_mended_found_and_taken_back(clerk: Page, ledger: Path):
    clerk.goto("/desk/ledgers/")
    clerk.get_by_label("台帳のファイル").set_input_files(ledger)
    clerk.get_by_role("button", name="読み取って確かめる").click()
    expect(clerk.get_by_role("heading", level=1)).to_have_text("災害時協定一覧.xlsx")
    fits(clerk)

    clerk.get_by_role("link", name="保留 1", exact=True).click()
    expect(clerk.locator("tbody tr")).to_have_count(1)
    clerk.get_by_text("6行目をここで直す").click()
    clerk.get_by_role("textbox", name="相手方").fill("見本寝具株式会社")
    clerk.get_by_role("button", name="直す", exact=True).click()
    expect(clerk.get_by_text("6行目を直しました。協定として取り込みます。")).to_be_visible()
    fits(clerk)

    clerk.get_by_role("button", name="3件を取り込む").click()
    expect(clerk.get_by_text("3件の協定を取り込みました。").first).to_be_visible()
    fits(clerk)
    clerk.goto("/desk/agreements/?q=毛布 見本寝具")
    expect(clerk.get_by_role("link", name="災害時における毛布等の調達に関する協定")).to_have_count(1)

    clerk.goto("/desk/ledgers/")
    clerk.get_by_role("link", name="災害時協定一覧.xlsx").click()
    clerk.get_by_role("button", name="この取込み(3件)を取り消す").click()
    expect(clerk.get_by_text("この取込みは取り消されました。")).to_be_visible()
    assert not Agreement.objects.exists()


@pytest.mark.parametrize("clerk", [WIDE], indirect=True, ids=["wide"])
def test_the_same_by_keyboard_alone(clerk: Page, ledger: Path):
    clerk.goto("/desk/ledgers/")
    clerk.get_by_label("台帳のファイル").set_input_files(ledger)
    clerk.get_by_label("台帳のファイル").press("Tab")
    clerk.keyboard.press("Enter")
    expect(clerk.get_by_role("heading", level=1)).to_have_text("災害時協定一覧.xlsx")
    reach(clerk, "2件を取り込む")
    clerk.keyboard.press("Enter")
    expect(clerk.get_by_text("2件の協定を取り込みました。").first).to_be_visible()
    reach(clerk, "この取込み(2件)を取り消す")
    clerk.keyboard.press("Space")
    expect(clerk.get_by_text("この取込みは取り消されました。")).to_be_visible()


def reach(page: Page, words: str) -> None:
    """Go on with Tab until the button of these words has the focus."""
    if words in stops_of_tab(page, "one => one.innerText.trim()", 60):
        return
    pytest.fail(f"「{words}」 is not reached by Tab")


@pytest.mark.parametrize("clerk", [WIDE, WITHOUT_SCRIPTS], indirect=True, ids=["wide", "without scripts"])
def test_a_file_that_cannot_be_read_brings_the_focus_to_what_is_wrong(clerk: Page, tmp_path: Path):
    broken = tmp_path / "台帳.xlsx"
    broken.write_bytes(b"%PDF-1.7 ...")
    clerk.goto("/desk/ledgers/")
    clerk.get_by_label("台帳のファイル").set_input_files(broken)
    clerk.get_by_role("button", name="読み取って確かめる").click()
    summary = clerk.locator(".error-summary")
    expect(summary).to_contain_text("PDFです。")
    assert clerk.title().startswith("エラー:")
    summary.get_by_role("link").press("Enter")
    expect(clerk.get_by_label("台帳のファイル")).to_be_focused()


STATES = [BatchState.READY, BatchState.COMMITTING, BatchState.COMMITTED, BatchState.UNDONE]


@pytest.mark.parametrize("clerk", [NARROW], indirect=True, ids=["narrow"])
def test_no_state_of_an_import_has_a_barrier_that_a_program_can_find(clerk: Page, ledger: Path):
    batch = bring(
        ledger.read_bytes(),
        file_name=ledger.name,
        municipality=a_municipality(),
        listed_on=date(2024, 6, 1),
        actor=None,
    )
    address = f"/desk/ledgers/{batch.public_id}/"
    clerk.goto(f"{address}?show=waiting")
    clerk.get_by_text("6行目をここで直す").click()
    clerk.get_by_role("button", name="まとめて付ける").click()
    assert faults(clerk) == []
    for state in STATES:
        Batch.objects.filter(pk=batch.pk).update(state=state, done=1)
        clerk.goto(address)
        assert (state, faults(clerk)) == (state, [])
    clerk.goto(f"{address}columns/")
    assert faults(clerk) == []


def faults(page: Page) -> list[str]:
    """What axe finds, and whether anything is cut off."""
    fits(page)
    found = violations(page, LEVELS)
    return [f"{one['id']}: {one['html'][:120]}" for one in found]
