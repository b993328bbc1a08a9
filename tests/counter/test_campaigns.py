"""A campaign at the counter: the partner's own lines, answering, and its sheet."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from renkei.initiatives.models import Result
from renkei.initiatives.services.campaigns import answer_nothing, open_campaign
from renkei.initiatives.vocabulary import LineAnswer
from tests.factories import a_division, a_user, an_agreement
from tests.procedure_factories import a_correspondent, visit
from tests.work_factories import AT, YEAR, a_result, an_initiative

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor():
    return a_correspondent(email="hanako@example.com")


@pytest.fixture
def campaign(visitor):
    """The partner's own agreement, one with a bank, and one of the bank alone."""
    division, due_on = a_division(), AT.date().replace(year=2099)
    own = an_agreement(
        title="単独の協定", partners=("見本製薬株式会社",), signed="2020-04-01", division=division
    )
    both = an_agreement(title="二者の協定", partners=("見本製薬株式会社", "見本銀行"), signed="2020-04-01")
    visitor.organisation = own.parties.get(organisation__isnull=False).organisation
    visitor.save()
    an_initiative(own, title="講座の開催")
    an_initiative(both, title="一緒の取組")
    an_initiative(
        both, title="銀行の取組", organisation=both.parties.get(name_as_signed="見本銀行").organisation
    )
    an_initiative(
        an_agreement(title="銀行の協定", partners=("見本銀行",), signed="2020-04-01"), title="よその取組"
    )
    clerk = a_user()
    return open_campaign(clerk.municipality, fiscal_year=YEAR, due_on=due_on, actor=clerk, at=AT)


@pytest.fixture
def window(client, visitor, campaign):
    return visit(client, visitor)


def at(name: str, *arguments: str) -> str:
    return reverse(f"counter:{name}", args=["012041", *arguments])


def said(answer) -> str:
    return answer.content.decode()


def test_a_partner_sees_its_own_lines_without_what_is_the_banks_or_the_towns(
    window, campaign, visitor
) -> None:
    line = campaign.lines.select_related("campaign__municipality").get(initiative__title="講座の開催")
    answer_nothing(line, reason="庁内の事情", by=a_user(sign_in_name="bosai"), at=AT)
    together = campaign.lines.get(initiative__title="一緒の取組").initiative
    bank = together.agreement.parties.get(name_as_signed="見本銀行").organisation
    a_result(together, what="銀行が話した。", organisation=bank)
    assert "令和5年度" in said(window.get(at("campaigns")))
    shown = said(window.get(at("campaign", campaign.public_id)))
    assert "講座の開催" in shown and "一緒の取組" in shown
    sheet = window.get(at("campaign_sheet", campaign.public_id))
    cells = {
        str(cell.value) for row in load_workbook(io.BytesIO(sheet.content)).worksheets[0] for cell in row
    }
    assert {"講座の開催", "一緒の取組"} <= cells
    for secret in ("銀行の取組", "よその取組", "庁内の事情", "銀行が話した。"):
        assert secret not in shown and not any(secret in cell for cell in cells)


def test_a_partner_answers_for_itself_takes_it_back_and_has_told_everything(
    window, campaign, visitor
) -> None:
    mine = campaign.lines.get(initiative__title="講座の開催")
    shared = campaign.lines.get(initiative__title="一緒の取組")
    nothing = at("campaign_nothing", campaign.public_id)
    assert window.post(nothing, {"lines": [shared.public_id], "reason": "なし"}).status_code == 422
    window.post(nothing, {"lines": [mine.public_id], "reason": "見送った。"})
    mine.refresh_from_db()
    assert (mine.answer, mine.answered_by_partner) == (LineAnswer.NOTHING, visitor)
    assert "実績なし: 見送った。" in said(window.get(at("campaign", campaign.public_id)))
    window.post(at("campaign_take_back", campaign.public_id, mine.public_id))
    mine.refresh_from_db()
    assert mine.answer == LineAnswer.WAITING
    assert "に報告を終えました" in said(window.post(at("campaign_finish", campaign.public_id), follow=True))


def test_a_partners_sheet_is_checked_and_taken_and_a_bad_file_is_refused(window, campaign) -> None:
    sheet = window.get(at("campaign_sheet", campaign.public_id))
    book = load_workbook(io.BytesIO(sheet.content))
    told = book.worksheets[0]
    columns = {cell.value: cell.column for cell in told[3]}
    for row in range(4, told.max_row + 1):
        told.cell(row, columns["実績の有無"], "あり")
        told.cell(row, columns["行ったこと"], f"{told.cell(row, columns['取組']).value}をした。")
    paper = io.BytesIO()
    book.save(paper)
    paper.seek(0)
    paper.name = "報告.xlsx"
    bring = at("campaign_sheet_bring", campaign.public_id)
    assert "2行を取り込む" in said(window.post(bring, {"file": paper}, follow=True))
    (kept,) = campaign.sheets.all()
    window.post(at("campaign_sheet_take", campaign.public_id, kept.public_id))
    assert {one.what for one in Result.objects.all()} == {"講座の開催をした。", "一緒の取組をした。"}
    assert window.get(at("campaign_sheet_problems", campaign.public_id, kept.public_id)).status_code == 200
    refused = window.post(bring, {"file": io.BytesIO(b"MZ no workbook")})
    assert refused.status_code == 422 and "どれでもないファイル" in said(refused)
