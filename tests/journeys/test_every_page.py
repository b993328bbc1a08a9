"""Every public page in a real browser: no barrier a program can find, nothing from elsewhere, nothing cut off."""

import re

import pytest
from playwright.sync_api import expect

from renkei.correspondents.models import Correspondent
from tests.journeys.every_page import VISITOR, pages_of
from tests.journeys.looking import LEVELS, faults, faults_of, known_looks, let_in, sign_in, violations

STOP = """(one => { const box = one.getBoundingClientRect();
  return one === document.body ? null
    : [getComputedStyle(one).outlineStyle, box.bottom > 0 && box.top < innerHeight]; })(document.activeElement)"""


@pytest.mark.parametrize("door", ["portal", "counter"])
def test_every_page_is_free_of_what_a_program_can_find(watched, filled, live_server, door):
    if door == "counter":
        let_in(watched, Correspondent.objects.get(email=VISITOR), live_server.url)
    assert faults_of(watched, pages_of(door, filled)) == {}


def test_the_way_in_is_free_of_what_a_program_can_find(watched, filled):
    assert faults_of(watched, ["/desk/sign-in/"]) == {}


def test_the_first_stop_of_every_page_leads_to_the_text_and_no_stop_is_invisible(watched, filled):
    for address in pages_of("portal", filled):
        watched.goto(address)
        if watched.locator("[role=alert]").count():
            continue  # the focus starts at what is to be put right
        watched.keyboard.press("Tab")
        assert "本文へ" in watched.evaluate("document.activeElement.textContent"), address
        for _stop in range(12):
            watched.keyboard.press("Tab")
            stop = watched.evaluate(STOP)
            if stop is None:
                break
            assert stop == ["solid", True], address


@pytest.mark.parametrize(
    "address, field",
    [
        ("/desk/sign-in/", "#id_username"),
        ("/desk/agreements/ex0000000001/end/", "#id_on"),
        ("/desk/agreements/ex0000000001/attach/", "#id_file"),
    ],
)
def test_an_empty_form_says_what_is_missing_and_leads_there(watched, filled, address, field):
    if "sign-in" not in address:
        sign_in(watched)
    watched.goto(address)
    watched.evaluate("document.querySelectorAll('[required]').forEach(one => one.required = false)")
    watched.click("main .button-primary")
    expect(watched).to_have_title(re.compile("^エラー:"))
    expect(watched.locator("[role=alert]")).to_be_focused()
    assert faults(watched) == []
    watched.click(f"[role=alert] a[href='{field}']")
    expect(watched.locator(f"{field}[aria-invalid=true]")).to_be_focused()


def test_forced_colours_hide_nothing(watched, filled):
    watched.emulate_media(forced_colors="active")
    for address in ("/", "/agreements/?q=防災"):
        watched.goto(address)
        assert faults(watched) == []


@pytest.mark.parametrize(
    "faint",
    [
        "<p style='color: #999'>薄い文字です。</p>",
        "<p style='background: #555'>濃い地の上の文字です。</p>",
    ],
    ids=["colour", "ground"],
)
def test_what_is_known_of_other_pages_hides_no_faint_text_on_the_next(chromium, faint):
    page = chromium.new_page()
    sound = "<title>頁</title><body style='background: #fff'><p>読める文字です。</p>"
    for _page in range(2):
        page.set_content(f"<html lang=ja>{sound}")
        assert violations(page, LEVELS) == []
    assert any("rgb(0, 0, 0);16px" in look for look in known_looks)
    for _page in range(2):
        page.set_content(f"<html lang=ja>{sound}{faint}")
        assert [one["id"] for one in violations(page, LEVELS)] == ["color-contrast"]
    page.close()
