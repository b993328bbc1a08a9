"""With the keyboard alone: a series with forty partners, one withdrawn; many agreements changed and taken back."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from renkei.agreements.models import Agreement, Series
from renkei.partners.models import Organisation
from tests.factories import a_division, a_user, agreements, an_agreement
from tests.journeys import PATIENCE
from tests.journeys.looking import LEVELS, stops_of_tab, violations

pytestmark = pytest.mark.django_db(transaction=True)

FORTY = "\n".join(f"見本商店第{number}号店\tR6.6.{1 + number % 28}" for number in range(1, 41))
WIDE, NARROW, WITHOUT_SCRIPTS = (1280, True), (390, True), (390, False)


@pytest.fixture(params=[WIDE], ids=["wide"])
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


def reach(page: Page, words: str) -> None:
    """Go on with Tab until the link or button of these words, or the field of this label, has the focus."""
    names = "one => (one.matches('a, button') ? [one] : [...one.labels ?? []]).map(each => each.innerText).join(' ')"
    if any(words in told for told in stops_of_tab(page, names, 120)):
        return
    pytest.fail(f"「{words}」 is not reached by Tab")


def press(page: Page, words: str, *, leads_to: str) -> None:
    """Reach it, press Enter, and wait for the page of this heading."""
    reach(page, words)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(leads_to)


def faults(page: Page) -> list[str]:
    """What axe finds, and whether anything is cut off."""
    assert page.viewport_size
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    found = violations(page, LEVELS)
    return [f"{one['id']}: {one['html'][:120]}" for one in found]


def test_a_series_is_made_grown_by_forty_and_one_is_withdrawn(clerk: Page):
    clerk.goto("/desk/series/")
    press(clerk, "新しい同文協定を作る", leads_to="新しい同文協定")
    reach(clerk, "同文協定の名称")
    clerk.keyboard.insert_text("涼み処")
    press(clerk, "作って相手方を加える", leads_to="相手方を加える")
    reach(clerk, "相手方の一覧")
    clerk.keyboard.insert_text(FORTY)
    press(clerk, "確かめる", leads_to="相手方を加える")
    expect(clerk.get_by_text("40行を読みました。加えられるのは40行です。")).to_be_visible()
    press(clerk, "40件を加える", leads_to="涼み処")
    expect(clerk.get_by_text("40件の協定を加えました。")).to_be_visible()
    press(clerk, "この相手方との協定を終える", leads_to="協定の終了")
    reach(clerk, "有効な最後の日")
    clerk.keyboard.insert_text("R8.3.31")
    press(clerk, "終了を記録する", leads_to="涼み処")
    expect(clerk.get_by_text("終了を記録しました。")).to_be_visible()
    series = Series.objects.get()
    clerk.goto(f"/desk/series/{series.public_id}/?on=R8.4.1")
    assert clerk.locator(".figures strong").all_inner_texts() == ["39件", "1件", "39者", "40件"]


def test_twenty_five_are_chosen_over_two_pages_changed_and_taken_back(clerk: Page):
    agreements(30, division=a_division())
    clerk.goto("/desk/agreements/")
    for _tick in range(5):
        reach(clerk, "を選ぶ")
        clerk.keyboard.press("Space")
    press(clerk, "選んだ協定をまとめて変更する", leads_to="協定を選んで")
    expect(clerk.get_by_text("見つかった30件のうち、5件を選んでいます。")).to_be_visible()
    press(clerk, "次のページも選ぶ", leads_to="協定を選んで")
    expect(clerk.get_by_text("2ページ中 2ページ目")).to_be_visible()
    reach(clerk, "協定0")
    clerk.keyboard.press("Space")
    press(clerk, "協定形態", leads_to="協定形態をまとめて")
    expect(clerk.get_by_text("選んだ6件の協定を変更します。")).to_be_visible()
    reach(clerk, "協定形態")
    for _choice in range(5):
        clerk.keyboard.press("ArrowDown")
    press(clerk, "前と後を確かめる", leads_to="協定形態をまとめて")
    expect(clerk.get_by_text("6件のうち6件を変更できます。")).to_be_visible()
    press(clerk, "6件を変更する", leads_to="協定形態 6件")
    expect(clerk.get_by_text("6件の協定の協定形態を変更しました。")).to_be_visible()
    assert Agreement.objects.filter(form="scheme").count() == 6
    press(clerk, "この変更(6件)を取り消す", leads_to="協定形態 6件")
    expect(clerk.get_by_text("一括変更を取り消しました。")).to_be_visible()
    assert not Agreement.objects.filter(form="scheme").exists()


@pytest.mark.parametrize("clerk", [WITHOUT_SCRIPTS], indirect=True, ids=["without scripts"])
def test_all_that_were_found_are_changed_without_any_script(clerk: Page):
    agreements(30)
    clerk.goto("/desk/agreements/?q=協定")
    clerk.get_by_role("button", name="見つかった30件をまとめて変更する").click()
    expect(clerk.get_by_text("見つかった30件のうち、30件を選んでいます。")).to_be_visible()
    clerk.get_by_role("button", name="公開", exact=True).click()
    clerk.get_by_role("button", name="前と後を確かめる").click()
    clerk.get_by_role("button", name="30件を変更する").click()
    expect(clerk.get_by_text("30件の協定の公開を変更しました。")).to_be_visible()
    assert Agreement.objects.published().count() == 30


@pytest.mark.parametrize("clerk", [NARROW], indirect=True, ids=["narrow"])
def test_no_page_has_a_barrier_that_a_program_can_find(clerk: Page):
    one, other = (
        an_agreement(partners=(name,)).partners[0].organisation for name in ("見本堂", "株式会社見本堂")
    )
    clerk.goto("/desk/series/new/")
    clerk.get_by_label("同文協定の名称").fill("涼み処")
    clerk.get_by_role("button", name="作って相手方を加える").click()
    clerk.get_by_label("相手方の一覧").fill("見本薬局\tR6.6.1\n見本書店\t令和6年13月1日\n見本堂")
    clerk.get_by_role("button", name="確かめる").click()
    expect(clerk.get_by_role("button", name="2件を加える")).to_be_visible()
    assert faults(clerk) == []
    clerk.get_by_role("button", name="2件を加える").click()
    expect(clerk.get_by_role("heading", level=1)).to_have_text("涼み処")
    assert faults(clerk) == []
    clerk.goto("/desk/bulk/select/")
    clerk.get_by_role("checkbox").first.check()
    assert faults(clerk) == []
    clerk.get_by_role("button", name="協定形態").click()
    clerk.get_by_role("button", name="前と後を確かめる").click()
    expect(clerk.get_by_text("変更できます。")).to_be_visible()
    assert faults(clerk) == []
    for address in (
        "candidates/",
        f"{one.public_id}/",
        f"{one.public_id}/gone/",
        f"{one.public_id}/merge/{other.public_id}/",
    ):
        clerk.goto(f"/desk/partners/{address}")
        assert (address, faults(clerk)) == (address, [])


def test_two_records_are_merged_and_parted_by_keyboard(clerk: Page):
    kept, merged = (
        an_agreement(partners=(name,)).partners[0].organisation for name in ("株式会社見本堂", "見本堂")
    )
    clerk.goto("/desk/partners/candidates/")
    press(clerk, "見比べる", leads_to="二つの記録をまとめる")
    press(clerk, "この内容でまとめる", leads_to="株式会社見本堂")
    expect(clerk.get_by_text("「見本堂」の記録をまとめました。")).to_be_visible()
    assert Organisation.objects.get(pk=merged.pk).merged_into == kept
    press(clerk, "元に戻す", leads_to="株式会社見本堂")
    expect(clerk.get_by_text("「見本堂」の記録を元に戻しました。")).to_be_visible()
    assert Organisation.objects.get(pk=merged.pk).merged_into is None
