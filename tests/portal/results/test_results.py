"""What came of agreements, as everyone reads it: the years that towns published, agreements' own pages, downloads."""

import csv
import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from renkei.agreements.models import Field
from renkei.documents.services import keep
from renkei.initiatives.models import (
    Aim,
    Campaign,
    Indicator,
    Initiative,
    PlannedYear,
    Result,
    ResultFigure,
    ResultPaper,
)
from renkei.initiatives.vocabulary import InitiativeState, Publicity, ResultKind, ResultState
from renkei.partners.models import Organisation, PartnerKind
from tests.factories import a_division, a_municipality, a_user, an_agreement
from tests.work_factories import a_campaign, a_picture, a_published_result, a_result, a_story, an_initiative

pytestmark = pytest.mark.django_db
PUBLISHED = {"publicity": Publicity.PUBLISHED}


def text(client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


@pytest.fixture
def agreement():
    """A published agreement with an item, in a town that published 令和5年度."""
    made = an_agreement(
        published=True, items=("健康に関すること", "防災に関すること"), division=a_division(name="健康課")
    )
    a_campaign(made, **PUBLISHED)
    return made


@pytest.fixture
def initiative(agreement):
    """Work under the first item, with an indicator and its aim."""
    made = an_initiative(
        agreement, item=agreement.items.first(), field=Field.objects.get(slug="health.promotion"),
        town_part="会場を用意する", partner_part="講師を派遣する",
    )  # fmt: skip
    indicator = Indicator.objects.create(initiative=made, position=1, name="受講者数", unit="人")
    Aim.objects.create(indicator=indicator, fiscal_year=2023, value=100)
    PlannedYear.objects.create(initiative=made, fiscal_year=2023)
    return made


def a_counted(initiative: Initiative, number: int, **facts: object) -> Result:
    made = a_published_result(initiative, **facts)
    ResultFigure.objects.create(result=made, indicator=initiative.indicators.get(), value=number)
    return made


def test_only_what_was_approved_of_a_year_that_the_town_published_is_on_its_page(
    client, agreement, initiative
):
    a_published_result(initiative, what="公開の講座", done_on=date(2023, 10, 18))
    a_result(initiative, what="承認されていない講座")
    a_published_result(initiative, what="差し戻された講座", state=ResultState.SENT_BACK)
    a_published_result(initiative, what="内側の言葉", public_text="外向きの言葉")
    a_published_result(an_initiative(an_agreement(), is_public=True), what="公開していない協定の講座")
    a_published_result(an_initiative(agreement, is_public=False), what="公開しない取組の講座")
    shown = text(client, "/results/2023/")
    assert "公開の講座" in shown and "令和5年(2023年)10月18日" in shown
    assert "外向きの言葉" in shown and "2件の実績" in shown
    for hidden in ("承認されていない", "差し戻された", "内側の言葉", "公開していない", "公開しない取組"):
        assert hidden not in shown
        assert hidden not in text(client, f"/results/2023/?q={hidden}").replace(f'value="{hidden}"', "")
    text(client, "/results/2022/", 404)
    Campaign.objects.update(publicity=Publicity.PROPOSED)
    text(client, "/results/2023/", 404)
    assert "公開の講座" in text(client, f"/agreements/{agreement.public_id}/"), (
        "single results show on their own"
    )


def test_an_agreements_page_shows_its_work_under_the_items_with_figures_against_aims(
    client, agreement, initiative
):
    a_counted(initiative, 70, what="春の講座")
    a_counted(initiative, 50, what="秋の講座")
    an_initiative(agreement, title="検討しているだけの取組", state=InitiativeState.IDEA)
    an_initiative(agreement, title="項目のない取組")
    shown = " ".join(text(client, f"/agreements/{agreement.public_id}/").split())
    first, second = shown.index("1. 健康に関すること"), shown.index("2. 防災に関すること")
    assert first < shown.index("熱中症を防ぐ講座の開催") < shown.index("春の講座") < second
    assert second < shown.index("項目のない取組")
    assert "会場を用意する" in shown and "講師を派遣する" in shown
    assert '<td class="number">100</td><td class="number">120</td>' in shown
    assert "検討しているだけ" not in shown


def test_a_rate_is_not_added_up(client, agreement, initiative):
    initiative.indicators.update(unit="%")
    a_counted(initiative, 80, done_on=date(2023, 6, 1))
    a_counted(initiative, 90, done_on=date(2024, 3, 1))
    assert '<td class="number">100</td><td class="number">90</td>' in text(
        client, f"/agreements/{agreement.public_id}/"
    )


def test_sums_count_what_was_reckoned_and_say_of_how_many(client, initiative):
    reckoned = {
        "value_quantity": 30,
        "value_unit": "人",
        "value_price": 5000,
        "value": 150_000,
        "value_basis": "秘",
    }
    a_published_result(initiative, highlight=2, what="二番目の例", **reckoned)
    a_published_result(initiative, highlight=1, what="一番目の例")
    shown = text(client, "/results/2023/")
    assert "150,000<small>円" in shown and "2件のうち、額を見積もった1件" in shown
    assert "30人 × 5,000円 = 150,000円" in shown and "秘" not in shown
    examples = shown[shown.index("実績の例") :]
    assert examples.index("一番目の例") < examples.index("二番目の例")


def test_the_list_is_narrowed_by_each_facet_and_its_counts_are_true(client, agreement, initiative):
    other = an_agreement(published=True, partners=("別の大学",), division=a_division(name="教育課"))
    Organisation.objects.filter(name="別の大学").update(kind=PartnerKind.UNIVERSITY)
    lesson = an_initiative(other, title="出前授業", field=Field.objects.get(slug="education"))
    for number in range(3):
        a_published_result(initiative, what=f"講座{number}")
    a_published_result(lesson, what="授業", kind=ResultKind.PEOPLE)
    partner = Organisation.objects.get(name="別の大学")
    for query, count in (
        ("field=health", 3), ("field=health.promotion", 3), ("field=education", 1), ("field=health&field=education", 4),
        ("result=people", 1), ("kind=university", 1), (f"partner={partner.public_id}", 1),
        (f"division={agreement.division_id}", 3), ("division=none", 0), ("q=授業", 1), ("q=出前 授業", 1), ("q=ない", 0),
        ("field=nothing", 0), ("division=x", 0), ("partner=%00", 0), ("page=99", 4),
    ):  # fmt: skip
        assert f"{count}件の実績" in text(client, f"/results/2023/?{query}"), query
    shown = text(client, "/results/2023/")
    assert 'href="?field=health"><span>健康・医療</span><span class="count">3<' in shown
    assert 'href="?kind=university"><span>大学・研究機関</span><span class="count">1<' in shown


def test_a_result_of_many_partners_is_one_result_and_counts_for_the_one_that_did_it(client):
    together = an_agreement(published=True, partners=("甲社", "乙社", "丙社"))
    Organisation.objects.update(kind=PartnerKind.COMPANY)
    a_campaign(together, **PUBLISHED)
    work = an_initiative(together)
    a_published_result(work, what="全員で行った")
    second = Organisation.objects.get(name="乙社")
    a_published_result(work, what="乙社だけで行った", organisation=second)
    assert "2件の実績" in text(client, "/results/2023/?kind=company")
    first = Organisation.objects.get(name="甲社").public_id
    for partner, count in ((first, 1), (second.public_id, 2)):
        assert f"{count}件の実績" in text(client, f"/results/2023/?partner={partner}")
    alone = text(client, "/results/2023/?q=乙社だけ")
    assert "乙社" in alone and "甲社、" not in alone


def test_individuals_are_not_named(client):
    private = an_agreement(published=True, partners=("見本花子",))
    Organisation.objects.update(kind=PartnerKind.INDIVIDUAL)
    a_campaign(private, **PUBLISHED)
    a_published_result(an_initiative(private))
    a_published_result(an_initiative(an_agreement(published=True, partners=("会社",))))
    for address in ("/results/2023/", "/results/2023.csv", "/results/2023.json"):
        answer = client.get(address)
        told = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert "見本花子" not in told.decode() and "個人" in told.decode()


def test_the_downloads_hold_the_same_rows_and_run_no_formula(client, agreement, initiative):
    a_counted(initiative, 1200, what="=1+1", done_on=date(2023, 10, 18), highlight=1)
    a_published_result(initiative, what="二つ目")
    raw = b"".join(client.get("/results/2023.csv").streaming_content)
    assert raw.startswith("\ufeff".encode()) and b"\r\n" in raw
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert [row["行ったこと"] for row in rows] == ["'=1+1", "二つ目"]
    assert (rows[0]["行った日"], rows[0]["行った日(和暦)"]) == ("2023-10-18", "令和5年10月18日")
    assert rows[0]["指標と値"] == "受講者数 1,200人" and rows[0]["連携事項"] == "健康に関すること"
    told = client.get("/results/2023.json").getvalue().decode()
    assert '"total": 2' in told and '"licence": "CC BY 4.0"' in told and '"value": 1200.0' in told
    book = openpyxl.load_workbook(io.BytesIO(client.get("/results/2023.xlsx").getvalue()))
    cells = {cell.value: cell for row in book.active.iter_rows() for cell in row}
    assert cells["=1+1"].data_type == "s" and cells["健康に関すること"]
    assert client.get("/results/2023.csv?q=二つ目").getvalue().decode().count("\r\n") == 2
    assert client.get("/results/2023.exe").status_code == 404


def test_many_towns_together_and_one_of_them_alone(client, agreement, initiative):
    a_published_result(initiative, what="旭川の講座")
    theirs = an_agreement(municipality=a_municipality("131016"), published=True, partners=("東京の会社",))
    work = an_initiative(theirs)
    a_published_result(work, what="千代田の講座")
    silent = an_agreement(municipality=a_municipality("141003"), published=True, partners=("横浜の会社",))
    a_published_result(an_initiative(silent), what="年度を公開していない町の講座")
    assert "1件の実績" in text(client, "/results/2023/")
    a_campaign(theirs, **PUBLISHED)
    both = text(client, "/results/2023/")
    assert "2件の実績" in both and "旭川市" in both and "年度を公開していない町" not in both
    alone = text(client, "/results/2023/?municipality=131016")
    assert "千代田の講座" in alone and "旭川の講座" not in alone
    assert 'href="/results/2023/?municipality=131016"' in text(client, "/results/?municipality=131016")


def test_pictures_are_shown_once_they_may_be_and_without_where_they_were_taken(client, initiative):
    result = a_published_result(initiative)
    kept = keep(a_picture(), name="写真.png", municipality=result.municipality)
    paper = ResultPaper.objects.create(result=result, document=kept, description="体操をする人たち")
    address = f"/results/{result.public_id}/pictures/{kept.public_id}/"
    text(client, address, 404)
    ResultPaper.objects.update(is_public=True)
    answer = client.get(address)
    assert answer.status_code == 200 and answer["Content-Type"] in ("image/png", "image/jpeg")
    assert f'src="{address}" alt="体操をする人たち"' in text(client, "/results/2023/")
    Result.objects.update(publicity=Publicity.INTERNAL)
    text(client, address, 404)
    assert paper.description not in text(client, f"/agreements/{result.agreement.public_id}/")


def test_a_story_is_read_once_it_was_approved(client, agreement):
    story = a_story(agreement, a_user(sign_in_name="sokatsu"))
    shown = text(client, f"/stories/{story.public_id}/")
    assert "公民館で教室を開きました。" in shown and 'alt="教室で学ぶ人たち"' in shown
    picture = f"/stories/{story.public_id}/pictures/{story.pictures.get().document.public_id}/"
    assert client.get(picture)["Content-Type"] in ("image/png", "image/jpeg")
    for address in ("/stories/", "/results/", f"/agreements/{agreement.public_id}/"):
        assert story.title in text(client, address)
    type(story).objects.update(publicity=Publicity.PROPOSED)
    for address in (f"/stories/{story.public_id}/", picture):
        text(client, address, 404)
    assert story.title not in text(client, "/stories/")


def test_a_partners_page_says_what_came_of_it(client, agreement, initiative):
    a_published_result(initiative, what="春の講座", value=1000, value_quantity=1, value_price=1000)
    a_published_result(initiative, what="秋の講座")
    a_result(initiative)
    partner = agreement.partners[0].organisation
    shown = text(client, f"/partners/{partner.public_id}/")
    assert "公開されている実績" in shown and ">2<small>件" in shown and "1,000<small>円" in shown
    assert "秋の講座" in shown


def test_pages_ask_no_more_when_there_are_more_results(client, agreement, initiative):
    def questions(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            text(client, address)
        return len(asked)

    a_counted(initiative, 1, what="一つ目")
    addresses = ("/results/2023/", f"/agreements/{agreement.public_id}/")
    few = [questions(address) for address in addresses]
    for number in range(12):
        work = an_initiative(
            agreement, title=f"取組{number}", item=agreement.items.last(), field=initiative.field
        )
        Indicator.objects.create(initiative=work, position=1, name="回数", unit="回")
        a_counted(work, number, value=Decimal(1), value_quantity=1, value_price=1)
    assert [questions(address) for address in addresses] == few
    assert max(few) < 40
