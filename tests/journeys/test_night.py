"""A night at 390 pixels, from alarm to settlement: the network is cut in the middle, the server is killed once.

Nothing that was recorded is lost, and nothing is there twice.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pypdfium2 import PdfDocument

from renkei.accounts.models import User
from renkei.disasters.incidents.saying import read_need
from renkei.disasters.incidents.step_facts import StepFacts
from renkei.disasters.models import Call, District, HelpRequest, Incident, Need, Step, UnplacedRecord
from renkei.disasters.services.requesting import record_step
from renkei.disasters.vocabulary import ChannelKind, HazardPosition, RequestState, StepKind
from renkei.municipalities.models import Municipality
from tests.disaster_factories import a_capability, a_contact, a_district
from tests.factories import an_agreement
from tests.journeys.both_sides import TOWN, Window, a_window
from tests.machine.test_killed_procedure import Server

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("serve"),
]
FIELD = "/desk/disasters/field/"
LINES = (
    "水 2,000本 夜間地区", "毛布 三百枚 夜間", "夜間で水が２０００本足りない", "仮設トイレ 20基", "おにぎり 二千食分 至急 夜間地区",
    "浸水した家の片付け ボランティア10人", "粉ミルク 50缶 夜間小学校", "水500ml 300本", "1万2千人分の弁当", "お茶 3日分 500人分",
    "毛布500 夜間", "軽油 ドラム缶5本", "500ml 水",
)  # fmt: skip
READ_HERE = """async (lines) => {
  const { readNeed } = await import("/static/desk/field/reading.js");
  const register = await (await fetch("/desk/disasters/field/register.json")).json();
  return lines.map((line) => readNeed(line, register))
    .map((one) => [one.function, one.goods, one.quantity, one.unit, one.district?.name ?? null, one.place]);
}"""
KEPT_HERE = """async () => {
  const { known, unsent } = await import("/static/desk/field/store.js");
  return [(await known()) ? 1 : 0, (await unsent()).length];
}"""
WATER, BLANKETS = "夜間給水株式会社", "夜間毛布株式会社"


@pytest.fixture
def prepared(town: Municipality) -> Municipality:
    """Two partners who answer at night, and the district that needs them."""
    district = a_district(town, name="夜間地区")
    here = {"latitude": district.latitude, "longitude": district.longitude}
    for partner, function, goods, unit, number in (
        (WATER, "food_water", "飲料水", "本", "090-0000-0001"),
        (BLANKETS, "daily_goods", "毛布", "枚", "090-0000-0002"),
    ):
        agreement = an_agreement(
            title=f"災害時における{goods}の供給に関する協定", partners=(partner,), municipality=town
        )
        able = a_capability(agreement, function=function, goods=goods, unit=unit, lead_hours=2)
        able.places.create(name="倉庫", hazard=HazardPosition.OUTSIDE, **here)
        a_contact(agreement, channels=((ChannelKind.MOBILE, number),), verified_on=timezone.localdate())
    return town


@pytest.fixture
def server(prepared: Municipality, tmp_path: Path) -> Iterator[Server]:
    """The real thing over this test's database; it can be killed."""
    started = Server(tmp_path)
    yield started
    started.kill()


def sits_down(window: Window, server: Server, sign_in_name: str) -> None:
    """Somebody signs in in this browser."""
    client = Client()
    client.force_login(User.objects.get(sign_in_name=sign_in_name))
    address = f"http://127.0.0.1:{server.port}"
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}
    window.page.context.add_cookies([cookie])


@pytest.fixture
def night(chromium: Browser, server: Server) -> Iterator[Window]:
    """The telephone of the officer for disasters, signed in."""
    with a_window(chromium, f"http://127.0.0.1:{server.port}", width=390) as window:
        sits_down(window, server, "bosai")
        yield window
        assert window.wrong == []


def begins(window: Window) -> Incident:
    """In two clicks; the worker and the register come by themselves."""
    window.go("/desk/disasters/incidents/")
    window.follow("災害・訓練を始める")
    window.press("地震")
    window.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    return Incident.objects.get(closed_at=None)


def asks_for_water(window: Window) -> HelpRequest:
    """The need is said in one line, the first partner is called and asked, and the paper is there."""
    window.write(said="水 2,000本 夜間地区")
    window.press("相手方を探す")
    first = window.page.locator(".partners-ranked > li").first
    expect(first).to_contain_text(WATER)
    expect(first.locator("a[href='tel:09000000001']")).to_be_focused()
    expect(first.locator("a[href='tel:09000000001']").first).to_be_visible()
    with window.page.expect_navigation():
        first.get_by_role("button", name="先に文書で要請").click()
    request = HelpRequest.objects.get(incident__closed_at=None)
    if request.state == RequestState.PLANNED:
        window.press("要請した")
    paper = window.page.context.request.get(reverse("desk:help_request_paper", args=[request.public_id]))
    text = PdfDocument(paper.body())[0].get_textpage().get_text_bounded()
    assert "2,000" in text
    assert WATER in text
    return request


def reads_as_the_server_does(window: Window) -> None:
    """The page reads a line as the server does, with the words that came with the register."""
    districts = list(District.objects.of(Municipality.objects.get(code=TOWN)))
    read = [read_need(line, districts) for line in LINES]
    assert window.page.evaluate(READ_HERE, list(LINES)) == [
        [
            one.function, one.goods, float(one.quantity) if one.quantity is not None else None, one.unit,
            one.district.name if one.district else None, one.place,
        ]
        for one in read
    ]  # fmt: skip


def opened(window: Window, place: str, name: str):
    """A form of the field page, unfolded."""
    details = window.page.locator(f"{place} details[data-form={name}]").first
    details.locator("summary").click()
    return details


def looks_for_the_server(page: Page) -> None:
    """As the page does by itself now and then; what somebody has unfolded or typed stays while it is drawn anew."""
    page.evaluate(
        "document.querySelector('[data-as-of]').dataset.seen = ''; dispatchEvent(new Event('online'))"
    )
    expect(page.locator("[data-as-of]:not([data-seen])")).to_be_visible()


def goes_on_without_network(window: Window, water: HelpRequest) -> None:
    """Every page of the room answers with the numbers; a need, a call, a request and two steps are recorded."""
    page = window.page
    page.reload()
    expect(page.locator("[data-state=away]")).to_be_visible(timeout=30_000)
    expect(page.locator("[data-as-of]")).to_contain_text("現在の台帳")
    page.fill("#said", "夜間毛布")
    expect(page.locator(f"#field-found [data-partner] >> text={BLANKETS}").first).to_be_visible()
    expect(page.locator("#field-found a[href='tel:09000000002']").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.fill("#said", "毛布 三百枚 夜間地区")
    page.get_by_role("button", name="必要なものとして記録する").click()
    card = f"[data-partner]:has-text('{BLANKETS}')"
    opened(window, card, "call").get_by_role("button", name="話せた").click()
    expect(page.locator("#field-found")).to_contain_text("未送信")
    request = opened(window, card, "request")
    looks_for_the_server(page)
    request.get_by_role("button", name="電話で要請した").click()
    expect(page.locator("#field-board")).to_contain_text(BLANKETS)
    step = opened(window, f"[data-request='{water.public_id}']", "step")
    step.locator("[name=told_by]").fill("佐藤")
    step.get_by_role("button", name="記録する").click()
    expect(page.locator("[data-unsent='5']")).to_be_visible()


def signs_out(window: Window, *, asked: str = "") -> None:
    """Whose records wait here is asked first, and may stay; the numbers are gone from the browser afterwards."""
    page, dialog = window.page, window.page.locator("dialog.leaving")
    page.get_by_role("button", name="サインアウト", exact=True).click()
    if asked:
        expect(dialog).to_contain_text(asked)
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        page.get_by_role("button", name="サインアウト", exact=True).click()
        page.get_by_role("button", name="残したままサインアウトする").click()
    page.wait_for_url("**/sign-in/**")
    assert page.evaluate(KEPT_HERE) == [0, 5]


def another_sits_down_at_it(window: Window, server: Server) -> None:
    """What waits is neither lost, nor shown, nor sent as somebody else's."""
    window.page.goto("/desk/")
    signs_out(window, asked="5件")
    sits_down(window, server, "sokatsu")
    window.page.goto(FIELD)
    expect(window.page.locator("#field-queue")).to_contain_text("さんの記録5件が残っています")
    expect(window.page.locator("[data-unsent='0']")).to_be_visible()
    assert counts() == [1, 1, 1, 0, 0]
    window.page.goto("/desk/")
    signs_out(window)
    sits_down(window, server, "bosai")


def comes_back(window: Window) -> None:
    """What waited goes by itself; what contradicts is shown, and settled."""
    expect(window.page.locator("[data-unsent='0']")).to_be_visible(timeout=45_000)
    conflict = window.page.locator("[data-outcome=conflict]")
    expect(conflict).to_have_count(1)
    conflict.get_by_role("link", name="開く").click()
    with window.page.expect_navigation():
        window.page.locator("button[name=holds][value=this]").click()
    window.sees("食い違いを片づけました")


def counts() -> list[int]:
    """Of this night alone: the town has been through others."""
    of_tonight = [
        model.objects.filter(incident__closed_at=None).count()
        for model in (Need, HelpRequest, Call, UnplacedRecord)
    ]
    return [Incident.objects.filter(closed_at=None).count(), *of_tonight]


def happens(window: Window, kind: StepKind, quantity: str) -> None:
    """One press on the page of the request."""
    window.write(quantity=quantity)
    with window.page.expect_navigation():
        window.page.locator(f"button[name=kind][value={kind.value}]").first.click()


def brings_it_to_an_end(window: Window, water: HelpRequest) -> None:
    """Arrival, shortfall, the rest, the costs, the end, and the report for the headquarters."""
    window.go(reverse("desk:help_request", args=[water.public_id]))
    happens(window, StepKind.ARRIVED, "1500")
    window.sees("あと500本足りません")
    for kind, quantity in ((StepKind.SHORT, "500"), (StepKind.ARRIVED, "500"), (StepKind.RETURNED, "")):
        happens(window, kind, quantity)
    window.go(reverse("desk:help_request_settle", args=[water.public_id]))
    window.write(amount="240000", note="請求書のとおり")
    window.press("精算済みにする")
    incident = water.incident
    report = window.page.context.request.get(reverse("desk:incident_report", args=[incident.public_id]))
    assert report.body().startswith(b"%PDF")
    window.go(reverse("desk:incident_close", args=[incident.public_id]))
    window.tick("knows_open")
    window.press("終える")


def test_a_night_with_the_network_cut_and_the_server_killed_loses_and_doubles_nothing(
    night: Window, server: Server
) -> None:
    begins(night)
    water = asks_for_water(night)
    night.go(FIELD)
    reads_as_the_server_does(night)
    expect(night.page.locator(f"[data-request='{water.public_id}']")).to_be_attached()
    colleague, at = User.objects.get(sign_in_name="sokatsu"), timezone.now()
    record_step(water, StepFacts(StepKind.DECLINED), actor=colleague, at=at, received_at=at)
    night.page.context.set_offline(True)
    server.kill()
    goes_on_without_network(night, water)
    assert counts() == [1, 1, 1, 0, 0]
    night.page.close()  # the telephone was switched off, too
    server.start()
    night.page = night.page.context.new_page()
    night.page.context.set_offline(False)
    another_sits_down_at_it(night, server)
    night.page.goto(FIELD)
    comes_back(night)
    assert counts() == [1, 2, 2, 1, 0]
    offline = Step.objects.filter(was_offline=True, request__incident=water.incident)
    assert sorted(offline.values_list("kind", flat=True)) == [StepKind.ACCEPTED, StepKind.ASKED]
    blankets = Need.objects.get(number=2, incident=water.incident)
    assert (blankets.quantity, blankets.unit, str(blankets.district)) == (300, "枚", "夜間地区")
    brings_it_to_an_end(night, water)
    water.refresh_from_db()
    assert (water.state, water.arrived, water.cost) == (RequestState.SETTLED, 2000, 240000)
    assert Incident.objects.get(pk=water.incident_id).closed_at is not None
