"""A stranger proposes with a telephone's width and the keyboard alone, leaves in the middle, and comes back by mail."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from renkei.procedures.models import Procedure, ProcedureSettings, Proposal
from renkei.reminders.sending import send_some
from tests.factories import a_division, a_municipality
from tests.reminders.postbox import Postbox, a_port, headers_of, parts_of, served

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS = "hanako@example.com"
FOCUS = """() => { const one = document.activeElement, box = one.getBoundingClientRect();
  const label = one.labels?.[0]?.innerText ?? "";
  return {words: (one.innerText || label).replace(/\\s+/g, " ").trim(), name: one.name ?? "",
    seen: box.bottom > 0 && box.top < innerHeight}; }"""


@pytest.fixture
def postbox(settings: object, live_server: LiveServer) -> Iterator[Postbox]:
    """A mail server that runs; letters name the server of the test."""
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", a_port()  # type: ignore[attr-defined]
    settings.COUNTER_ADDRESS = live_server.url  # type: ignore[attr-defined]
    box = Postbox()
    with served(box, settings.EMAIL_PORT):  # type: ignore[attr-defined]
        yield box


@pytest.fixture
def page(context: BrowserContext) -> Page:
    opened = context.new_page()
    opened.set_viewport_size({"width": 390, "height": 844})
    return opened


def reach(page: Page, words: str = "", name: str = "") -> None:
    """Go on with Tab until what begins with the words, or the field of the name, has the focus and is in sight."""
    for _stop in range(90):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if (words and focus["words"].startswith(words)) or (name and focus["name"] == name):
            assert focus["seen"], focus
            return
    pytest.fail(f"「{words or name}」 is not reached by Tab")


def press(page: Page, words: str) -> None:
    reach(page, words)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, page.url


def write(page: Page, **typed: str) -> None:
    for name, text in typed.items():
        reach(page, name=name)
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(text)


def tick(page: Page, *words: str) -> None:
    for one in words:
        reach(page, one)
        page.keyboard.press("Space")


def link_in_the_latest_letter(postbox: Postbox, subject: str) -> str:
    """Send what waits in the outbox, and read the letter from the wire."""
    send_some(timezone.now())
    receiver, content = postbox.received[-1]
    assert receiver == ADDRESS
    assert subject in headers_of(content)["subject"]
    found = re.search(r"http://\S+", parts_of(content)["text/plain"])
    assert found
    return found[0]


def come_in(page: Page, postbox: Postbox) -> None:
    """From the entrance, by a link that is sent by mail."""
    write(page, email=ADDRESS)
    press(page, "リンクを送る")
    page.goto(link_in_the_latest_letter(postbox, "窓口に入る"))
    press(page, "窓口に入る")


def test_from_the_portal_to_the_receipt(page: Page, postbox: Postbox, tmp_path: Path) -> None:
    town = a_municipality()
    a_division(name="地域活動推進課", is_coordinating=True)
    ProcedureSettings.objects.create(municipality=town, wanted="夏の暑さへの備え")
    page.goto("/")
    press(page, "連携の提案")
    expect(page.locator("main")).to_contain_text("夏の暑さへの備え")
    press(page, "提案する")
    come_in(page, postbox)
    write(page, name="山田 花子", organisation_name="見本製薬株式会社", phone="0166-00-0000")
    press(page, "保存して進む")
    press(page, "書き始める")

    press(page, "会社・団体")
    reach(page, name="partner_kind")
    page.keyboard.press("ArrowDown")
    write(page, corporate_number="９００００１２-０４０００１", address="見本市", representative="見本 太郎")
    press(page, "保存してあとで続ける")
    expect(page.get_by_role("status")).to_contain_text(f"リンクを {ADDRESS} に送ります")
    press(page, "窓口を出る")

    page.goto(link_in_the_latest_letter(postbox, "書きかけの提案"))
    come_in(page, postbox)
    expect(page.locator("main")).to_contain_text("あと9項目")
    press(page, "提案の内容")
    write(page, title="熱中症の予防に関する連携")
    reach(page, name="wished_form")
    page.keyboard.press("Space")
    tick(page, "健康・医療")
    write(page, purpose="市民の健康を守る。", items="健康の維持・増進に関すること")
    press(page, "保存して次へ")
    write(page, initiatives="店頭で呼びかける。")
    press(page, "保存して次へ")
    paper = tmp_path / "企画書.pdf"
    paper.write_bytes(b"%PDF-1.7")
    page.set_input_files("[name=papers]", paper)
    press(page, "保存して次へ")
    tick(page, "暴力団排除の確認", "法令順守の確認")
    press(page, "保存して次へ")

    press(page, "提出する")
    expect(page.get_by_role("alert")).to_contain_text("市に費用を求めないことの確認")
    press(page, "確認事項: 市に費用を求めないことの確認")
    tick(page, "市に費用を求めないことの確認")
    press(page, "保存して次へ")
    expect(page.locator("main")).to_contain_text("企画書.pdf")
    press(page, "提出する")
    receipt = Procedure.objects.get().receipt
    expect(page.locator("main")).to_contain_text(f"受付番号: {receipt}")
    link_in_the_latest_letter(postbox, receipt)
    press(page, "提出した内容を見る")
    expect(page.locator("main")).to_contain_text("9000012040001")
    assert Proposal.objects.get().enclosures.count() == 1
