"""令和5年度 is closed: opened, answered on screen, by Excel and at the counter, reminded of, and closed with a note."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import Browser
from pypdfium2 import PdfDocument
from pytest_django.live_server_helper import LiveServer

from renkei.correspondents.models import Correspondent
from renkei.initiatives.models import Campaign, Result
from renkei.initiatives.progress import progress
from renkei.initiatives.sheets.writing import HEAD
from renkei.initiatives.vocabulary import LineAnswer
from renkei.municipalities.models import Municipality
from renkei.partners.models import Organisation
from renkei.reminders.models import Letter
from tests.demo.made_slides import missing_and_extra, reference_lines, words_of_pptx
from tests.journeys.both_sides import Window, a_window, at_the_desk
from tests.journeys.looking import LEVELS, violations
from tests.procedure_factories import a_correspondent, visit

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

YEAR = 2023
NOTHING = "相手方の都合で見送った。"


@pytest.fixture(autouse=True)
def partners_person(town: Municipality) -> None:
    """Somebody of the example agreement's partner whom the town has accepted."""
    company = Organisation.objects.of(town).get(name="見本製薬株式会社")
    a_correspondent(email="hokoku@example.com", name="報告 花子", organisation=company, municipality=town)


@contextmanager
def at_the_counter(chromium: Browser, address: str) -> Iterator[Window]:
    """The partner's person, who has come in already."""
    known = Correspondent.objects.select_related("municipality", "organisation")
    session = visit(Client(), known.get(email="hokoku@example.com")).session
    with a_window(chromium, address) as window:
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": str(session.session_key), "url": address}
        window.page.context.add_cookies([cookie])
        yield window


def looks_right(window: Window) -> None:
    assert violations(window.page, LEVELS) == []
    window.page.set_viewport_size({"width": 390, "height": 900})
    assert window.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), window.page.url
    window.page.set_viewport_size({"width": 1280, "height": 900})


def opens(window: Window) -> str:
    """The coordinators see what would be asked, and ask it."""
    window.go(f"/desk/campaigns/new/?year={YEAR}")
    window.sees("令和5年度に尋ねること", "その年度に有効だった協定")
    window.write(
        due_on=(timezone.localdate() + timedelta(days=30)).isoformat(), request="写真も付けてください。"
    )
    window.press("実績調査を始める")
    window.sees("始めました", "課ごとの進み具合")
    return window.page.url


def answers_on_screen(window: Window, campaign: str) -> None:
    """A division writes one result, answers the rest with one reason, and finishes."""
    window.page.goto(campaign)
    window.follow("回答のページを開く")
    row = window.page.locator("tr", has_text="健康イベント開催に係る支援")
    row.get_by_role("link", name="実績を書く").click()
    window.write(done_on="R5.10.9", what="健康まつりで血圧を測る場所を設けた。")
    window.choose("kind", "event")
    window.press("この実績を報告する")
    window.sees("健康まつりで", "未回答")
    window.page.locator("[name=everything]").check()
    window.write(reason=NOTHING)
    window.press("「実績なし」と回答する")
    window.sees("すべての行に回答しました")
    window.press_enter("この課の回答を終える")
    window.sees("回答を終えました")


def answers_by_excel(window: Window, campaign: str, folder: Path) -> None:
    """A division fills the sheet, one row wrongly; the good ones are taken, then the mended one."""
    window.page.goto(campaign)
    window.follow("回答のページを開く")
    with window.page.expect_download() as download:
        window.follow("調査票をダウンロードする")
    paper = folder / "調査票.xlsx"
    download.value.save_as(paper)
    filled = fill(paper)
    assert filled > 2
    send_back(window, paper)
    window.sees("直してください", "実績なしの理由を書いてください")
    looks_right(window)
    window.press(f"{filled - 1}行を取り込む")
    window.sees("取り込みました")
    with window.page.expect_download() as download:
        window.page.locator("main").get_by_role("link", name="理由を書き込んだ調査票").click()
    problems = folder / "確認.xlsx"
    download.value.save_as(problems)
    assert fill(problems, mend=True) == 1
    window.follow("回答のページに戻る")
    send_back(window, problems)
    window.press("1行を取り込む")
    window.follow("回答のページに戻る")
    window.press("この課の回答を終える")


def fill(paper: Path, *, mend: bool = False) -> int:
    """Write 「なし」 into every row that says nothing; of the first one the reason is forgotten, unless it is mended."""
    book = load_workbook(paper)
    sheet = book.worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[HEAD + 1]}
    answer, reason = columns["実績の有無"], columns["実績なしの理由"]
    rows = [
        row
        for row in range(HEAD + 2, sheet.max_row + 1)
        if not sheet.cell(row, reason).value and sheet.cell(row, answer).value != "あり"
    ]
    for place, row in enumerate(rows):
        sheet.cell(row, answer, "なし")
        if place or mend:
            sheet.cell(row, reason, NOTHING)
    book.save(paper)
    return len(rows)


def send_back(window: Window, paper: Path) -> None:
    window.page.locator("main [name=file]").set_input_files(paper)
    window.press("調査票を戻す")


def reports_at_the_counter(window: Window, campaign: Campaign) -> None:
    """The partner reports one result, answers what it does alone, and has told everything."""
    window.go(f"/counter/{campaign.municipality.code}/campaigns/{campaign.public_id}/")
    looks_right(window)
    line = window.page.locator(".item-answer", has_text="災害時における必要な物資等の提供")
    line.get_by_role("link", name="実績を報告する").click()
    window.write(done_on="令和5年8月1日", what="訓練に経口補水液を100本届けた。")
    window.choose("kind", "goods")
    with window.page.expect_navigation():
        window.page.locator("main form button").last.click()
    window.go(f"/counter/{campaign.municipality.code}/campaigns/{campaign.public_id}/")
    window.sees("訓練に経口補水液を100本届けた。")
    window.press("すべて報告しました")
    window.sees("報告を終えました")


def reminds_and_closes(window: Window, campaign: str) -> None:
    window.page.goto(campaign)
    window.press("まだの人に催促する")
    window.sees("催促を送ります")
    window.follow("締める")
    window.write(note="残りの課は、次の年度に確かめる。")
    window.press("実績調査を締める")
    window.sees("回答は受け付けません")


def makes_the_slides(window: Window, folder: Path) -> None:
    """Made from the closed year, they say every line of the town's own; each slide of the PDF is another picture."""
    window.go(f"/desk/publications/slides/?on=2024-06-01&year={YEAR}")
    for form in ("pptx", "slides.pdf"):
        with window.page.expect_download() as download:
            window.page.locator(f"main a[href*='/slides/{form}/']").first.click()
        download.value.save_as(folder / form)
    said = "\n".join(words_of_pptx((folder / "pptx").read_bytes()))
    missing, _titles = missing_and_extra(reference_lines(), said)
    assert missing == []
    pictures = [page.render(scale=0.5).to_pil().tobytes() for page in PdfDocument(folder / "slides.pdf")]
    assert len(set(pictures)) == len(pictures) > 10


def test_the_year_is_closed(
    chromium: Browser, live_server: LiveServer, town: Municipality, tmp_path: Path
) -> None:
    address = live_server.url
    with at_the_desk(chromium, address, "sokatsu") as coordinator:
        page = opens(coordinator)
        campaign = Campaign.objects.select_related("municipality").get(fiscal_year=YEAR)
        with at_the_desk(chromium, address, "kenko1") as clerk:
            answers_on_screen(clerk, page)
        with at_the_desk(chromium, address, "toshi1") as clerk:
            answers_by_excel(clerk, page, tmp_path)
        with at_the_counter(chromium, address) as visitor:
            reports_at_the_counter(visitor, campaign)
        before = Letter.objects.count()
        reminds_and_closes(coordinator, page)
        makes_the_slides(coordinator, tmp_path)
    assert Letter.objects.count() > before
    done = {str(one.division): one for one in progress(campaign).divisions}
    for name in ("保健所 健康推進課", "地域振興部 都市計画課"):
        assert done[name].share.is_whole and done[name].asked and done[name].asked.finished_at
    reported = Result.objects.get(what="訓練に経口補水液を100本届けた。")
    assert reported.reported_by_partner and reported.fiscal_year == YEAR
    assert campaign.lines.filter(answer=LineAnswer.WAITING).exists()
    assert "次の年度に" in Campaign.objects.get(pk=campaign.pk).closing_note
