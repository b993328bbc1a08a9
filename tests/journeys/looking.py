"""What a program can find wrong with a page, at the widths that people use."""

from collections.abc import Iterable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from renkei.demo.town import PASSWORD

LEVELS = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
OF_THE_WIDTH = {"type": "rule", "values": ["target-size", "scrollable-region-focusable"]}
"""Rules whose answer depends on how wide the window is; all others look at the tree and the colours, which stay."""
WIDE, NARROW, FOUR_HUNDRED_PERCENT = 1280, 390, 320
SMALL = """minimum => [...document.querySelectorAll('.button, button, summary, input, select, textarea')]
  .filter(one => one.offsetParent && one.type !== 'checkbox' && one.type !== 'radio')
  .filter(one => one.getBoundingClientRect().height < minimum - 0.5).map(one => one.outerHTML.slice(0, 90))"""
CUT_OFF = """width => document.documentElement.scrollWidth > width ? [...document.querySelectorAll('main *')]
  .filter(one => one.getBoundingClientRect().right > width + 1 && !one.closest('.table-scroll'))
  .map(one => one.outerHTML.slice(0, 90)).slice(0, 3).concat('too wide') : []"""


def sign_in(page: Page, name: str = "sokatsu") -> None:
    page.goto("/desk/sign-in/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", PASSWORD)
    page.click("main button")


def barriers(page: Page, rules: dict[str, object]) -> list[str]:
    """What axe finds, with the first place of each."""
    found = Axe().run(page, options={"runOnly": rules, "resultTypes": ["violations"]}).response["violations"]
    return [f"axe: {one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]


def at_width(page: Page, width: int) -> list[str]:
    """What is cut off or too small to press in a window so wide."""
    page.set_viewport_size({"width": width, "height": 900})
    found = [f"{width}: cut off: {text}" for text in page.evaluate(CUT_OFF, width)]
    return found + [f"{width}: too small: {text}" for text in page.evaluate(SMALL, 44)]


def faults(page: Page) -> list[str]:
    """Everything that is wrong with the page, wide, narrow and at four hundred percent."""
    found = [*at_width(page, WIDE), *barriers(page, LEVELS)]
    found += [*at_width(page, NARROW), *barriers(page, OF_THE_WIDTH)]
    page.set_viewport_size({"width": FOUR_HUNDRED_PERCENT, "height": 256})
    found += [f"320: cut off: {text}" for text in page.evaluate(CUT_OFF, FOUR_HUNDRED_PERCENT)]
    if page.locator("main h1").count() != 1:
        found.append("not one h1")
    found += [f"wrong: {text}" for text in page.wrong]
    page.wrong.clear()
    page.set_viewport_size({"width": WIDE, "height": 900})
    return found


def faults_of(page: Page, addresses: Iterable[str]) -> dict[str, list[str]]:
    """The pages with something wrong, each with what it is."""
    found = {}
    for address in addresses:
        answer = page.goto(address)
        assert answer and answer.status < 500, address
        if wrong := faults(page):
            found[address] = wrong
    return found
