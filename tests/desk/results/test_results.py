"""Results at the desk: reported, found with their sums, confirmed, corrected, published, put in order, taken away."""

import csv
import io
from datetime import date

import pytest
from django.http import QueryDict
from django.urls import reverse
from openpyxl import load_workbook

from renkei.agreements.vocabulary import Side
from renkei.initiatives.models import Indicator, Result, ResultPaper
from renkei.initiatives.result_finding import results_found
from renkei.initiatives.vocabulary import ResultKind, ResultState
from tests.factories import a_division, a_municipality, a_user, an_agreement
from tests.procedure_factories import a_correspondent
from tests.work_factories import a_picture, a_published_result, a_result, an_initiative

pytestmark = pytest.mark.django_db
TODAY = date(2024, 6, 1)
TYPED = {
    "fiscal_year": "2023",
    "kind": "event",
    "what": "講座を3回開いた。",
    "done_on": "R5.7.1",
    "town_cost": "2万円",
    "value_quantity": "30",
    "value_unit": "人",
    "value_price": "5,000",
    "value_basis": "業者の見積り",
    "notes": "係長に聞いた。",
}


@pytest.fixture
def window(client):
    client.force_login(a_user())
    return client


@pytest.fixture
def initiative():
    found = an_initiative(an_agreement(partners=("見本製薬株式会社",), division=a_division(), published=True))
    Indicator.objects.create(initiative=found, position=1, name="受講者数", unit="人")
    return found


def page_of(name: str, *arguments: object) -> str:
    return reverse(f"desk:{name}", args=arguments)


def a_file() -> io.BytesIO:
    file = io.BytesIO(a_picture())
    file.name = "会場.png"
    return file


def test_a_result_is_reported_once_with_its_picture_and_what_is_wrong_keeps_what_was_typed(
    window, initiative
):
    address, figure = page_of("result_new", initiative.public_id), f"figure-{initiative.indicators.get().pk}"
    wrong = window.post(address, TYPED | {figure: "たくさん", "value_basis": "", "file-1": a_file()})
    assert wrong.status_code == 422
    text = wrong.content.decode()
    for said in ("数として読めません", "三つとも入れて", "説明を入れて", "たくさん", "講座を3回開いた。"):
        assert said in text
    assert not Result.objects.exists()
    for _click in range(2):
        sent = TYPED | {
            figure: "１２０人",
            "once": "abcdefgh0123",
            "file-1": a_file(),
            "description-1": "会場",
        }
        assert window.post(address, sent).status_code == 302
    result = Result.objects.get()
    assert (result.done_on, result.value, result.town_cost) == (date(2023, 7, 1), 150_000, 20_000)
    assert ([one.value for one in result.figures.all()], result.notes) == ([120], "係長に聞いた。")
    shown = window.get(page_of("result", result.public_id)).content.decode()
    for said in ("30人 × 5,000円 = 150,000円", "係長に聞いた。", "会場", "相手方に代わって確認を記録する"):
        assert said in shown
    document = ResultPaper.objects.get().document
    handed = window.get(page_of("result_paper", result.public_id, document.public_id))
    assert b"".join(handed) == a_picture()
    assert handed["X-Content-Type-Options"] == "nosniff"


def test_the_list_finds_by_every_word_and_says_what_its_sums_count(window, initiative):
    valued = {"value_quantity": 30, "value_price": 5000, "value": 150_000, "town_cost": 100}
    a_result(initiative, what="窓口に冊子を置いた。", kind=ResultKind.INFORMATION, **valued)
    a_result(initiative, state=ResultState.CONFIRMED, fiscal_year=2022)
    a_result(initiative, state=ResultState.WITHDRAWN, what="なかったこと")
    other = an_initiative(an_agreement(title="別の協定", partners=("見本銀行",)), title="スマホ教室")
    a_result(other, what="スマホ教室を開いた。")
    elsewhere = an_agreement(municipality=a_municipality("011002"), title="他町の協定")
    a_result(an_initiative(elsewhere), what="他町のこと")
    partner = initiative.agreement.partners[0].organisation
    asked = {
        "": 3, "year=2022": 1, "year=2022&year=2023": 3, "result=information": 1, "valued=1": 1, "valued=0": 2,
        "state=withdrawn": 1, "state=all": 4, "state=confirmed": 1, "q=スマホ": 1, "q=冊子 窓口": 1, "q=他町": 0,
        f"agreement={initiative.agreement.public_id}": 2, f"partner={partner.public_id}": 2, "partner=nobody": 0,
        f"division={initiative.division.public_id}": 2, f"division={initiative.division.pk}": 2, "division=none": 1,
        "kind=company": 2, "kind=npo": 0, "form=individual": 3, "year=x&field=nowhere": 0,
    }  # fmt: skip
    own = initiative.municipality
    found = {words: results_found(own, dict(QueryDict(words).lists()), day=TODAY).count() for words in asked}
    assert found == asked
    narrowed = window.get(f"{page_of('results')}?year=2022&q=講座&agreement={initiative.agreement.public_id}")
    assert [one.fiscal_year for one in narrowed.context["page"]] == [2022]
    text = window.get(page_of("results")).content.decode()
    assert "効果額は3件のうち1件を算定し、計 <strong>150,000円</strong>" in text


def test_the_list_is_taken_away_as_text_that_no_spreadsheet_runs(window, initiative):
    a_result(initiative, what="=1+1", town_cost=0)
    told = b"".join(window.get(page_of("results_download", "csv"))).decode()
    (row,) = csv.DictReader(io.StringIO(told.removeprefix("\ufeff")))
    assert (row["行ったこと"], row["市の費用(円)"], row["相手方の費用(円)"]) == ("'=1+1", "0", "")
    sheet = load_workbook(io.BytesIO(b"".join(window.get(page_of("results_download", "xlsx"))))).active
    cells = [cell for line in sheet.iter_rows() for cell in line]
    assert {cell.data_type for cell in cells if cell.value is not None} <= {"s", "n"}
    assert "=1+1" in [cell.value for cell in cells if cell.data_type == "s"]
    assert window.get(page_of("results_download", "exe")).status_code == 404


def test_what_partners_reported_is_confirmed_many_at_once_and_the_rest_sent_back(window, initiative):
    author = a_correspondent(organisation=initiative.agreement.partners[0].organisation)
    told = {"reported_side": Side.PARTNER, "reported_by_partner": author}
    results = [a_result(initiative, what=what, **told) for what in ("一", "二", "三")]
    ours = a_result(initiative, what="市の報告")
    page = window.get(page_of("results_waiting"))
    assert [one for one, _formula, _reason in page.context["rows"]] == results
    chosen = [one.public_id for one in (*results[:2], ours)]
    assert window.post(page_of("results_waiting"), {"chosen": chosen}).status_code == 302
    states = list(Result.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["confirmed", "confirmed", "reported", "reported"], (
        "our own reports are not confirmed by us"
    )
    window.post(page_of("result_send_back", results[2].public_id), {"reason": "人数が違います。"})
    assert "人数が違います。" in window.get(page_of("result", results[2].public_id)).content.decode()


def test_a_correction_shows_before_and_after_and_the_slower_editor_is_told(window, initiative):
    result = a_result(initiative)
    address = page_of("result_correct", result.public_id)
    version = window.get(address).context["version"]
    typed = {name: value for name, value in TYPED.items() if name != "notes"} | {
        "version": version,
        "reason": "数え直した。",
    }
    assert window.post(address, typed).status_code == 302
    shown = window.get(page_of("result", result.public_id)).content.decode()
    assert "講座を3回開き、120人が受講した。</del>" in shown
    assert "数え直した。" in shown
    slower = window.post(address, typed | {"what": "ほかの人が書いたこと"})
    assert slower.status_code == 422
    assert "ほかの人が先に変更しました" in slower.content.decode()
    assert "ほかの人が書いたこと" in slower.content.decode()


def test_publication_is_proposed_remarked_approved_by_coordinators_and_put_among_the_examples(
    window, initiative, client
):
    result = a_result(initiative, what="山田太郎さんが講師を務めた。", state=ResultState.CONFIRMED)
    assert "山田太郎さん" in window.get(page_of("result_propose", result.public_id)).content.decode()
    window.post(page_of("result_propose", result.public_id), {"public_text": "佐藤一郎さんが教えました。"})
    page = window.get(page_of("results_publication")).content.decode()
    for said in ("佐藤一郎さん", "山田太郎さん", "個人が分かるかもしれない"):
        assert said in page
    assert f'id="chosen-{result.public_id}" checked' not in page
    window.post(page_of("results_publication"), {"chosen": [result.public_id]})
    second = a_published_result(initiative, what="二つ目")
    for one in (result, second):
        window.post(page_of("results_highlights"), {"year": "2023", "do": f"1-{one.public_id}"})
    order = Result.objects.exclude(highlight=None).order_by("highlight")
    assert list(order) == [second, result]
    window.post(page_of("result_withdraw", second.public_id), {"reason": "写真の人が望まない。"})
    assert list(order.all()) == [result]
    client.force_login(a_user(role="responsible", division=initiative.division, sign_in_name="kakari"))
    assert client.post(page_of("results_publication"), {"chosen": [result.public_id]}).status_code == 403


def test_the_way_to_a_new_result_leads_over_agreements_in_force_and_their_work(window, initiative):
    running = an_agreement(title="動いている協定", partners=("見本運送",), starts="2020-04-01")
    work = an_initiative(running, title="配送の訓練")
    found = window.get(page_of("result_choose") + "?q=見本運送").content.decode()
    assert ("動いている協定" in found, initiative.agreement.title in found) == (True, False)
    listed = window.get(page_of("result_choose_initiative", running.public_id)).content.decode()
    assert page_of("result_new", work.public_id) in listed
    form = window.get(f"{page_of('result_new', work.public_id)}?year=2022&next=//elsewhere.example/")
    assert form.context["form"].initial["fiscal_year"] == 2022
    assert form.context["back"].startswith("/desk/results/")


def test_what_was_done_under_work_that_is_in_no_list_writes_the_work_too(window, initiative):
    agreement = initiative.agreement
    agreement.items.create(position=1, heading="健康づくり")
    address = page_of("result_unlisted", agreement.public_id)
    typed = TYPED | {"title": "骨密度の測定会", "item": "1", "once": "abcdefgh0123"}
    assert window.post(address, typed | {"title": ""}).status_code == 422
    for _click in range(2):
        assert window.post(address, typed).status_code == 302
    work = Result.objects.get().initiative
    assert (work.title, work.item.heading, work.state, work.begins_on) == (
        "骨密度の測定会",
        "健康づくり",
        "running",
        date(2023, 7, 1),
    )
