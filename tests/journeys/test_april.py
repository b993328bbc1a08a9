"""April, with the keyboard alone: a split is planned and decided; one clerk hands over, another accepts."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from renkei.accounts.models import Role, User
from renkei.handovers.models import Handover, HandoverState
from renkei.municipalities.models import Division
from tests.factories import a_division, a_user, an_agreement
from tests.journeys import PATIENCE
from tests.journeys.looking import LEVELS, stops_of_tab, violations

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def division() -> Division:
    found = a_division(department="福祉部", name="福祉課", opened_on=date(2010, 4, 1))
    for title in ("見守りの協定", "手話の協定"):
        an_agreement(title=title, division=found, signed="2015-04-01")
    return found


@pytest.fixture
def windows(chromium: Browser, live_server: LiveServer) -> Iterator[object]:
    """Opens a window of 1280 or 390 wide in which somebody has signed in."""
    opened = []

    def window(person: User, width: int = 1280) -> Page:
        context = chromium.new_context(
            base_url=live_server.url, locale="ja-JP", viewport={"width": width, "height": 900}
        )
        context.set_default_timeout(PATIENCE)
        client = Client()
        client.force_login(person)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
        )
        opened.append(context)
        return context.new_page()

    yield window
    for context in opened:
        context.close()


NAME = "e => (e.labels?.[0]?.textContent || e.getAttribute('aria-label') || e.innerText).trim()"


def reach(page: Page, words: str) -> None:
    """Go on with Tab until the field, button or link of these words has the focus."""
    if any(name.startswith(words) for name in stops_of_tab(page, NAME, 80)):
        return
    pytest.fail(f"「{words}」 is not reached by Tab")


def press(page: Page, words: str) -> None:
    reach(page, words)
    page.keyboard.press("Enter")


def choose(page: Page, field: str, option: str) -> None:
    """The option that begins so, with the arrow key."""
    reach(page, field)
    shown = "e => e.selectedOptions[0]?.innerText || ''"
    for _stop in range(10):
        if page.locator(":focus").evaluate(shown).startswith(option):
            return
        page.keyboard.press("ArrowDown")
    pytest.fail(f"「{option}」 is not among {field}")


def faults(page: Page) -> list[str]:
    """What axe finds, and whether anything reaches over the right edge."""
    found = violations(page, LEVELS)
    width = page.evaluate("document.documentElement.scrollWidth")
    too_wide = [f"{width} wide"] if width > page.viewport_size["width"] else []
    return [f"{one['id']}: {one['html'][:120]}" for one in found] + too_wide


def test_a_split_is_planned_for_april_seen_before_and_decided(windows, division):
    page = windows(a_user())
    page.goto("/desk/reorganisations/")
    press(page, "計画を立てる")
    expect(page.get_by_role("heading", level=1)).to_have_text("機構改革の計画")
    reach(page, "名称")
    page.keyboard.type("令和81年度機構改革")
    reach(page, "始まる日")
    page.keyboard.type("2099/4/1")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("令和81年度機構改革")

    press(page, "分割")
    expect(page.get_by_role("heading", level=1)).to_have_text("分割")
    choose(page, "課", "福祉部 福祉課")
    reach(page, "分かれた後の課")
    page.keyboard.type("福祉部 介護課")
    page.keyboard.press("Enter")
    page.keyboard.type("福祉部 障害課")
    press(page, "計画に加える")
    expect(page.get_by_role("heading", name="何がどこへ動くか")).to_be_visible()
    assert faults(page) == []

    press(page, "福祉部 福祉課の行き先を選ぶ")
    expect(page.get_by_role("heading", level=1)).to_have_text("福祉部 福祉課の行き先")
    assert faults(page) == []
    choose(page, "手話の協定の行き先", "福祉部 障害課")
    press(page, "行き先を保存する")
    expect(page.get_by_text("行き先を保存しました。")).to_be_visible()
    press(page, "計画に戻る")
    expect(page.locator("tr", has_text="福祉部 障害課").last).to_contain_text("1")
    press(page, "この計画を決定する")
    expect(page.get_by_text("決定しました。")).to_be_visible()

    page.goto(f"/desk/divisions/{Division.objects.get(name='障害課').public_id}/?on=2099-04-01")
    expect(page.get_by_role("link", name="手話の協定")).to_be_visible()
    expect(page.get_by_role("link", name="見守りの協定")).to_have_count(0)


def test_one_clerk_hands_over_and_the_other_accepts(windows, division):
    giver = a_user(role=Role.RESPONSIBLE, division=division, sign_in_name="giver")
    receiver = a_user(role=Role.READER, division=division, sign_in_name="receiver")
    User.objects.filter(pk=receiver.pk).update(name="後任 太郎")
    page = windows(giver)
    page.goto("/desk/handovers/")
    press(page, "引継ぎを準備する")
    expect(page.get_by_role("heading", level=1)).to_have_text("引継ぎの準備")
    choose(page, "渡す人・課", "見本 花子")
    choose(page, "受け取る人・課", "後任 太郎")
    reach(page, "引き継ぐ日")
    page.keyboard.type("令和81年4月1日")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("見本 花子 → 後任 太郎")
    reach(page, "手話の協定: 後任へのメモ")
    page.keyboard.type("六月に打合せ")
    press(page, "メモを保存する")
    expect(page.get_by_text("メモを保存しました。")).to_be_visible()
    assert faults(page) == []
    press(page, "後任 太郎に渡す")
    expect(page.get_by_text("引継ぎを渡しました。")).to_be_visible()

    theirs = windows(receiver, width=390)
    theirs.goto("/desk/handovers/")
    press(theirs, "見本 花子 → 後任 太郎")
    expect(theirs.get_by_text("六月に打合せ")).to_be_visible()
    assert faults(theirs) == []
    reach(theirs, "Wordで開く")
    with theirs.expect_download() as download:
        theirs.keyboard.press("Enter")
    assert download.value.suggested_filename == "引継書 見本 花子 → 後任 太郎.docx"
    press(theirs, "受け取る")
    expect(theirs.get_by_text("引継ぎを受け取りました。")).to_be_visible()
    assert Handover.objects.get().state == HandoverState.ACCEPTED
