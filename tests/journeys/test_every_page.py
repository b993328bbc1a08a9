"""Every page in a real browser, wide and narrow: no barrier a program can find, nothing from elsewhere, nothing cut."""

import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from renkei.demo.town import PASSWORD
from tests.journeys.every_page import pages_of, the_town

LEVELS = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
WIDTHS = (1280, 390)
SMALL = """minimum => [...document.querySelectorAll('.button, button, summary, input, select, textarea')]
  .filter(one => one.offsetParent && one.type !== 'checkbox' && one.type !== 'radio')
  .filter(one => one.getBoundingClientRect().height < minimum - 0.5).map(one => one.outerHTML.slice(0, 90))"""
CUT_OFF = """width => document.documentElement.scrollWidth > width ? [...document.querySelectorAll('main *')]
  .filter(one => one.getBoundingClientRect().right > width + 1 && !one.closest('.table-scroll'))
  .map(one => one.outerHTML.slice(0, 90)).slice(0, 3).concat('too wide') : []"""


@pytest.fixture
def filled(transactional_db):
    """The demo town, and what the addresses are filled with."""
    return the_town()


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


def sign_in(page: Page, name: str = "sokatsu") -> None:
    page.goto("/desk/sign-in/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", PASSWORD)
    page.click("main button")


def barriers(page: Page) -> list[str]:
    """What axe finds, with the first place of each."""
    found = Axe().run(page, options={"runOnly": LEVELS, "resultTypes": ["violations"]}).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]


def faults(page: Page, width: int) -> list[str]:
    """Everything that is wrong with the page at this width."""
    found = [f"wrong: {text}" for text in page.wrong]
    found += [f"axe: {text}" for text in barriers(page)]
    found += [f"cut off: {text}" for text in page.evaluate(CUT_OFF, width)]
    found += [f"too small: {text}" for text in page.evaluate(SMALL, 44)]
    if page.locator("main h1").count() != 1:
        found.append("not one h1")
    page.wrong.clear()
    return found


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("door", ["portal", "counter", "desk"])
def test_every_page_is_free_of_what_a_program_can_find(watched, filled, door, width):
    watched.set_viewport_size({"width": width, "height": 900})
    pages = pages_of(door, filled)
    if door == "desk":
        watched.goto("/desk/sign-in/")
        found = {"sign in": faults(watched, width)}
        sign_in(watched)
    else:
        found = {}
    for address in pages:
        answer = watched.goto(address)
        assert answer.status < 500, address
        found[address] = faults(watched, width)
    assert {address: wrong for address, wrong in found.items() if wrong} == {}


def test_nothing_needs_to_be_scrolled_sideways_at_four_hundred_percent(watched, filled):
    sign_in(watched)
    watched.set_viewport_size({"width": 320, "height": 256})
    wide = {}
    for address in [*pages_of("portal", filled), *pages_of("desk", filled)]:
        watched.goto(address)
        if cut := watched.evaluate(CUT_OFF, 320):
            wide[address] = cut
    assert wide == {}


def test_the_first_stop_of_every_page_leads_to_the_text_and_no_stop_is_invisible(watched, filled):
    for address in pages_of("portal", filled):
        watched.goto(address)
        if watched.locator("[role=alert]").count():
            continue  # the focus starts at what is to be put right
        watched.keyboard.press("Tab")
        assert "本文へ" in watched.evaluate("document.activeElement.textContent"), address
        for _stop in range(12):
            watched.keyboard.press("Tab")
            if watched.evaluate("document.activeElement === document.body"):
                break
            ring = watched.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            inside = watched.evaluate(
                "(b => b.bottom > 0 && b.top < innerHeight)(document.activeElement.getBoundingClientRect())"
            )
            assert (ring, inside) == ("solid", True), address


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
    assert faults(watched, 1280) == []
    watched.click(f"[role=alert] a[href='{field}']")
    expect(watched.locator(f"{field}[aria-invalid=true]")).to_be_focused()


def test_forced_colours_hide_nothing(watched, filled):
    watched.emulate_media(forced_colors="active")
    for address in ("/", "/agreements/?q=防災"):
        watched.goto(address)
        assert faults(watched, 1280) == []
