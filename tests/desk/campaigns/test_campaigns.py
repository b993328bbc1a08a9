"""Campaigns at the desk: opened after a preview, answered by a division, by sheet, reminded of, closed, published."""

import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from renkei.accounts.models import Role
from renkei.initiatives.campaign_letters import NOBODY
from renkei.initiatives.models import Campaign, Result
from renkei.initiatives.services.campaigns import open_campaign
from renkei.initiatives.vocabulary import LineAnswer, Publicity
from tests.factories import a_division, a_municipality, a_user, an_agreement
from tests.work_factories import AT, YEAR, a_result, an_initiative

pytestmark = pytest.mark.django_db
LATER = (timezone.localdate() + timedelta(days=30)).isoformat()


@pytest.fixture
def division():
    return a_division()


@pytest.fixture
def coordinator():
    return a_user(sign_in_name="sokatsu")


@pytest.fixture
def window(client, coordinator):
    client.force_login(coordinator)
    return client


@pytest.fixture
def course(division):
    return an_initiative(
        an_agreement(title="包括連携協定", signed="2020-04-01", division=division), title="講座の開催"
    )


@pytest.fixture
def campaign(course, coordinator):
    an_initiative(course.agreement, title="物資の提供")
    an_agreement(title="課のない協定", signed="2020-04-01")
    due_on = timezone.localdate() + timedelta(days=30)
    return open_campaign(coordinator.municipality, fiscal_year=YEAR, due_on=due_on, actor=coordinator, at=AT)


def at(name: str, *arguments: str) -> str:
    return reverse(f"desk:{name}", args=arguments)


def said(answer) -> str:
    return answer.content.decode()


def test_the_preview_counts_before_anything_is_asked_and_the_list_shows_what_is_asked(window, course) -> None:
    a_result(course)
    shown = said(window.get(at("campaign_new"), {"year": YEAR}))
    assert "令和5年度に尋ねること" in shown and "1件には、もう実績が報告されています" in shown
    assert "窓口に担当者がいない相手方 1者" in shown and not Campaign.objects.exists()
    refused = window.post(at("campaign_new"), {"year": YEAR, "due_on": "2020-01-01", "request": "写真も。"})
    assert refused.status_code == 422 and "過ぎています" in said(refused) and "写真も。" in said(refused)
    window.post(at("campaign_new"), {"year": YEAR, "due_on": LATER, "asks_partners": "on"})
    campaign = Campaign.objects.get()
    assert (campaign.lines.get().answer, campaign.asks_partners) == (LineAnswer.RESULTS, True)
    assert "1件のうち1件" in said(window.get(at("campaigns")))
    assert "もう始まっています" in said(window.get(at("campaign_new"), {"year": YEAR}))


def test_a_division_answers_with_last_year_beside_and_finishes(client, campaign, course, division) -> None:
    a_result(course, fiscal_year=YEAR - 1, what="昨年は2回開いた。")
    client.force_login(a_user(role=Role.RESPONSIBLE, division=division, sign_in_name="bosai"))
    page = at("campaign_division", campaign.public_id, division.public_id)
    shown = said(client.get(page))
    assert (
        "昨年は2回開いた。" in shown
        and f"{at('result_new', course.public_id)}?year={YEAR}&amp;next={page}" in shown
    )
    assert "課のない協定" not in shown
    nothing = at("campaign_nothing", campaign.public_id, division.public_id)
    refused = client.post(nothing, {"reason": "書きかけの理由"})
    assert refused.status_code == 422 and "印を付けて" in said(refused) and "書きかけの理由" in said(refused)
    line = campaign.lines.get(initiative=course).public_id
    theirs = campaign.lines.get(initiative=None).public_id
    assert client.post(nothing, {"lines": [theirs], "reason": "他の課の行"}).status_code == 422
    client.post(nothing, {"lines": [line], "reason": "感染症のため見送った。"})
    assert "なし(感染症のため見送った。)" in said(client.get(page, {"show": "all"}))
    client.post(at("campaign_take_back", campaign.public_id, division.public_id, line))
    finish = at("campaign_finish", campaign.public_id, division.public_id)
    told = said(client.post(finish, follow=True))
    assert "まだ回答していない行が2件" in told
    client.post(nothing, {"everything": "on", "reason": "なかった。"})
    assert "すべての行に回答しました" in said(client.get(page))
    assert "回答を終えました" in said(client.post(finish, follow=True))
    assert campaign.divisions.get().finished_at


def test_who_answers_for_another_division_or_town_is_stopped(client, campaign, division) -> None:
    client.force_login(
        a_user(role=Role.RESPONSIBLE, division=a_division(name="福祉課"), sign_in_name="fukushi")
    )
    nothing = at("campaign_nothing", campaign.public_id, division.public_id)
    assert client.post(nothing, {"everything": "on", "reason": "なかった。"}).status_code == 403
    assert client.post(at("campaign_remind", campaign.public_id)).status_code == 403
    assert client.get(at("campaign_division", campaign.public_id, "000000000000")).status_code == 404
    client.force_login(a_user(municipality=a_municipality("011002"), sign_in_name="yoso"))
    assert client.get(at("campaign", campaign.public_id)).status_code == 404
    assert not campaign.lines.exclude(answer=LineAnswer.WAITING).exists()


def test_a_sheet_goes_out_comes_back_and_is_taken_in(window, campaign, division) -> None:
    keys = (campaign.public_id, division.public_id)
    answer = window.get(at("campaign_sheet", *keys))
    assert (
        "filename*=utf-8''" in answer["Content-Disposition"] and answer["X-Content-Type-Options"] == "nosniff"
    )
    book = load_workbook(io.BytesIO(answer.content))
    columns = {cell.value: cell.column for cell in book.worksheets[0][3]}
    book.worksheets[0].cell(4, columns["実績の有無"], "あり")
    book.worksheets[0].cell(4, columns["行ったこと"], "講座を開いた。")
    book.worksheets[0].cell(5, columns["実績の有無"], "なし")
    paper = io.BytesIO()
    book.save(paper)
    paper.seek(0)
    paper.name = "防災課.xlsx"
    shown = window.post(at("campaign_sheet_bring", *keys), {"file": paper}, follow=True)
    assert "1行を取り込む" in said(shown) and "実績なしの理由を書いてください" in said(shown)
    sheet = campaign.sheets.get()
    assert sheet.document.name == "防災課.xlsx"
    told = said(window.post(at("campaign_sheet_take", campaign.public_id, sheet.public_id), follow=True))
    assert "問題のない行を取り込みました" in told and Result.objects.get().what == "講座を開いた。"
    again = said(window.post(at("campaign_sheet_take", campaign.public_id, sheet.public_id), follow=True))
    assert "もう取り込みました" in again and Result.objects.count() == 1
    problems = window.get(at("campaign_sheet_problems", campaign.public_id, sheet.public_id))
    assert load_workbook(io.BytesIO(problems.content)).worksheets[0].max_row == 4
    other = window.post(at("campaign_sheet_bring", *keys), {"file": io.BytesIO(b"x" * 10)})
    assert other.status_code == 422 and "どれでもないファイル" in said(other)


def test_the_coordinators_change_the_day_remind_close_publish_and_reopen(window, campaign) -> None:
    key = campaign.public_id
    assert "令和" in said(window.get(at("campaign_due", key)))
    version = {"version": campaign.version}
    window.post(at("campaign_due", key), {"due_on": LATER, **version})
    stale = window.post(at("campaign_due", key), {"due_on": "2099-04-01", "version": 999})
    assert stale.status_code == 422 and "ほかの人が先に" in said(stale)
    assert "まだ回答のない1人に" in said(window.post(at("campaign_remind", key), follow=True))
    assert "今日はもう催促しました" in said(window.post(at("campaign_remind", key), follow=True))
    refused = window.post(at("campaign_close", key), {"note": ""})
    assert refused.status_code == 422 and "回答のない行が3件" in said(refused) and "防災課" in said(refused)
    assert "回答は受け付けません" in said(
        window.post(at("campaign_close", key), {"note": "担当者不在"}, follow=True)
    )
    division = at("campaign_division", key, NOBODY)
    assert "開き直しを頼んでください" in said(window.get(division))
    for verb, publicity in (("propose", Publicity.PROPOSED), ("approve", Publicity.PUBLISHED)):
        window.post(at(f"campaign_{verb}", key))
        assert Campaign.objects.get().publicity == publicity
    given = {"due_on": LATER, "reason": "回答が届いた。"}
    assert window.post(at("campaign_reopen", key), given).status_code == 422
    window.post(at("campaign_withdraw", key), {"reason": "誤り"})
    window.post(at("campaign_reopen", key), given)
    assert Campaign.objects.get().closed_at is None
    history = said(window.get(at("campaign", key)))
    assert "開き直しました(回答が届いた。)" in history


def test_a_late_campaign_says_so(window, campaign) -> None:
    Campaign.objects.update(due_on=date(2024, 5, 17))
    assert "期限の令和6年(2024年)5月17日(金)を過ぎています" in said(
        window.get(at("campaign", campaign.public_id))
    )
    assert "期限を過ぎています" in said(window.get(at("campaigns")))
