"""What a program can find wrong with a page, at the widths that people use."""

from collections.abc import Iterable, Iterator
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page

from renkei.correspondents.models import Correspondent
from renkei.demo.town import PASSWORD
from tests.procedure_factories import visit

LEVELS = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
OF_THE_WIDTH = {"type": "rule", "values": ["target-size", "scrollable-region-focusable"]}
"""Rules whose answer depends on how wide the window is; all others look at the tree and the colours, which stay."""
WIDE, NARROW, FOUR_HUNDRED_PERCENT = 1280, 390, 320
AXE = Axe().axe_script
known_looks: set[str] = set()
"""What texts look like whose contrast is good, as this worker has learnt it."""
IS_THERE = "() => 'axe' in window"
HEADINGS = "() => document.querySelectorAll('main h1').length"
WITHOUT_CONTRAST = """rules => axe.run(document, {runOnly: rules, rules: {'color-contrast': {enabled: false}},
  preload: false, resultTypes: ['violations']})
  .then(found => found.violations.map(one => ({id: one.id, html: one.nodes[0].html})))"""
CONTRAST = """async known => {
  const plain = 'rgba(0, 0, 0, 0) none 1 none static', grounds = new Map([[null, '']]), asked = new Map(), times = {};
  const ground = one => {
    if (!grounds.has(one)) {
      const style = getComputedStyle(one), below = ground(one.parentElement);
      const own = [style.backgroundColor, style.backgroundImage, style.opacity, style.filter, style.position].join(' ');
      grounds.set(one, own === plain ? below : below + '/' + own);
    }
    return grounds.get(one);
  };
  const hasText = one => one.matches('input, select, textarea')
    || [...one.childNodes].some(part => part.nodeType === Node.TEXT_NODE && part.data.trim().length > 1);
  for (const one of document.body.querySelectorAll('*')) {
    if (!hasText(one) || !one.checkVisibility()) continue;
    const style = getComputedStyle(one), off = !!one.closest('[aria-disabled], :disabled');
    const look = [style.color, style.fontSize, style.fontWeight, style.textShadow, off, ground(one)].join(';');
    if (known.includes(look) || (times[look] = (times[look] || 0) + 1) > 3) continue;
    asked.set(one, look);
  }
  if (!asked.size) return {violations: [], learnt: []};
  const found = await axe.run([...asked.keys()], {runOnly: ['color-contrast'], preload: false, elementRef: true,
    resultTypes: ['violations', 'incomplete']});
  const nodes = [...found.violations, ...found.incomplete].flatMap(one => one.nodes.map(node => node.element));
  const open = new Set(nodes.map(one => asked.get(one)));
  return {violations: found.violations.map(one => ({id: one.id, html: one.nodes[0].html})),
          learnt: [...new Set(asked.values())].filter(look => !open.has(look))};
}"""
"""Contrast took more than half of axe's time. What a text looks like is its colour, size and weight on the grounds
that it stands on, as the browser has computed them; three texts of each look are asked, and what axe has found
good is known for the pages that follow. What it faulted, or could not tell, is asked again."""
SMALL = """minimum => [...document.querySelectorAll('.button, button, summary, input, select, textarea')]
  .filter(one => one.offsetParent && one.type !== 'checkbox' && one.type !== 'radio')
  .filter(one => one.getBoundingClientRect().height < minimum - 0.5).map(one => one.outerHTML.slice(0, 90))"""
CUT_OFF = """width => document.documentElement.scrollWidth > width ? [...document.querySelectorAll('main *')]
  .filter(one => one.getBoundingClientRect().right > width + 1 && !one.closest('.table-scroll'))
  .map(one => one.outerHTML.slice(0, 90)).slice(0, 3).concat('too wide') : []"""


def stops_of_tab(page: Page, told: str, at_most: int) -> Iterator[Any]:
    """What `told`, a function in JavaScript, tells of each element that Tab reaches; in one question each."""
    for _stop in range(at_most):
        page.keyboard.press("Tab")
        yield page.evaluate(
            f"() => document.activeElement === document.body ? '' : ({told})(document.activeElement)"
        )


def sign_in(page: Page, name: str = "sokatsu") -> None:
    page.goto("/desk/sign-in/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", PASSWORD)
    page.click("main button")


def let_in(page: Page, visitor: Correspondent, address: str) -> None:
    """The page's window as the person's who has come in to the counter of their town."""
    session = visit(Client(), visitor).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": address}])


def violations(page: Page, rules: dict[str, object]) -> list[dict[str, Any]]:
    """What axe finds; its half megabyte is read once for each page, and only what it finds is brought here."""
    if not page.evaluate(IS_THERE):
        page.evaluate(AXE)
    found: list[dict[str, Any]] = page.evaluate(WITHOUT_CONTRAST, rules)
    if rules == LEVELS:
        contrast = page.evaluate(CONTRAST, sorted(known_looks))
        known_looks.update(contrast["learnt"])
        found += contrast["violations"]
    return found


def barriers(page: Page, rules: dict[str, object]) -> list[str]:
    """What axe finds, with the first place of each."""
    return [f"axe: {one['id']}: {one['html'][:120]}" for one in violations(page, rules)]


def widen(page: Page, width: int, height: int = 900) -> None:
    """The page is laid out anew, not loaded anew."""
    wanted = {"width": width, "height": height}
    if page.viewport_size != wanted:
        page.set_viewport_size(wanted)  # type: ignore[arg-type]


def at_width(page: Page, width: int) -> list[str]:
    """What is cut off or too small to press in a window so wide."""
    widen(page, width)
    found = [f"{width}: cut off: {text}" for text in page.evaluate(CUT_OFF, width)]
    return found + [f"{width}: too small: {text}" for text in page.evaluate(SMALL, 44)]


def faults(page: Page) -> list[str]:
    """Everything that is wrong with the page, wide, narrow and at four hundred percent."""
    found = [*at_width(page, WIDE), *barriers(page, LEVELS)]
    found += [*at_width(page, NARROW), *barriers(page, OF_THE_WIDTH)]
    widen(page, FOUR_HUNDRED_PERCENT, 256)
    found += [f"320: cut off: {text}" for text in page.evaluate(CUT_OFF, FOUR_HUNDRED_PERCENT)]
    if page.evaluate(HEADINGS) != 1:
        found.append("not one h1")
    found += [f"wrong: {text}" for text in page.wrong]
    page.wrong.clear()
    widen(page, WIDE)
    return found


def faults_of(page: Page, addresses: Iterable[str]) -> dict[str, list[str]]:
    """The pages with something wrong, each with what it is."""
    found = {}
    page.add_init_script(AXE)  # brought to the browser once, and not for each page
    for address in addresses:
        answer = page.goto(address)
        assert answer and answer.status < 500, address
        if wrong := faults(page):
            found[address] = wrong
    return found
