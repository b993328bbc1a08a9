"""A series on screen: begun, grown from a pasted list or a sheet, looked at as of a day, taken back."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from renkei.accounts.models import Role
from renkei.agreements.models import Agreement, Series, SeriesAddition
from renkei.agreements.services import create_series, end
from renkei.agreements.vocabulary import EndReason
from tests.factories import a_division, a_municipality, a_user, an_agreement
from tests.ledger.dressed_files import Grid, xlsx

pytestmark = pytest.mark.django_db

FORTY = "\n".join(f"見本商店第{number}号店\tR6.6.{1 + number % 28}" for number in range(1, 41))
ASKED = {
    "name": "マイバッグ推進",
    "form": "scheme",
    "document_kind": "agreement",
    "items": "(1) 啓発\n(2) 広報",
}


@pytest.fixture
def series() -> Series:
    return create_series(a_municipality(), name="涼み処", facts={"title": "涼み処の協定"}, actor=None)


def at(series: Series, what: str = "") -> str:
    return f"/desk/series/{series.public_id}/{what}"


def checked(clerk, series, **typed):
    """The answer to 確かめる."""
    return clerk.post(at(series, "add/"), {"do": "check", **typed})


def add(clerk, series, text: str):
    """Checked and added, as the page sends it."""
    form = checked(clerk, series, lines=text).context
    lines = form["form"].initial["lines"]
    return clerk.post(
        at(series, "add/"), {"do": "add", "lines": lines, "checked": form["checked"]}, follow=True
    )


def test_a_series_is_made_with_its_facts_and_its_text(clerk):
    division = a_division(name="環境課")
    file = SimpleUploadedFile("ひな形.pdf", b"%PDF-1.7")
    more = {"division": division.public_id, "main_field": "environment.bags", "document": file}
    answer = clerk.post("/desk/series/new/", {**ASKED, **more})
    series = Series.objects.get()
    assert answer["Location"] == at(series, "add/")
    assert (series.name, series.division, str(series.document)) == ("マイバッグ推進", division, "ひな形.pdf")
    assert series.facts["items"] == ["(1) 啓発", "(2) 広報"]
    shown = b"".join(clerk.get(at(series, "document/")))
    assert shown == b"%PDF-1.7"


def test_the_same_name_twice_is_refused_with_everything_typed_still_there(clerk, series):
    answer = clerk.post("/desk/series/new/", {**ASKED, "name": "涼み処", "purpose": "夏を涼しく"})
    assert answer.status_code == 422
    assert "同じ名称の同文協定がすでにあります" in answer.content.decode()
    assert "夏を涼しく" in answer.content.decode()


def test_a_pasted_list_is_shown_line_by_line_before_it_is_added(clerk, series):
    an_agreement(partners=("見本薬局",))
    shown = checked(
        clerk, series, lines="見本薬局\tR6.6.1\n新しい店\t令和6年13月1日\n別の店\tR6.6.2"
    ).content.decode()
    assert "3行を読みました。加えられるのは2行です。" in shown
    assert "知っている相手方" in shown and "新しい相手方" in shown and "加えられません" in shown
    assert "2件を加える" in shown
    assert Agreement.objects.count() == 1


def test_forty_partners_are_added_and_counted_apart(clerk, series):
    shown = add(clerk, series, FORTY).content.decode()
    assert "40件の協定を加えました。" in shown
    assert "<strong>40<small>件</small></strong>" in shown
    assert "<strong>1<small>件</small></strong>文面" in shown
    assert "<strong>40<small>者</small></strong>相手方" in shown


def test_a_list_typed_over_after_it_was_checked_is_checked_again(clerk, series):
    form = checked(clerk, series, lines="見本薬局\tR6.6.1").context
    answer = clerk.post(
        at(series, "add/"), {"do": "add", "lines": "別の店\tR6.6.1", "checked": form["checked"]}
    )
    assert "1行を読みました" in answer.content.decode()
    assert not Agreement.objects.exists()


def test_one_day_serves_all_lines_that_have_none(clerk, series):
    form = checked(clerk, series, lines="見本薬局\n見本書店\tR7.1.1", signed="R6.6.1").context
    assert form["form"].initial["lines"].splitlines()[0].startswith("見本薬局\t2024-06-01")
    clerk.post(
        at(series, "add/"),
        {"do": "add", "lines": form["form"].initial["lines"], "checked": form["checked"]},
    )
    assert set(Agreement.objects.values_list("signed_on", flat=True)) == {date(2024, 6, 1), date(2025, 1, 1)}


def test_a_sheet_is_read_by_its_headings(clerk, series):
    rows = [["番号", "店舗名称", "締結日"], [1, "見本薬局", "R6.6.1"], [2, "見本書店", "2024/6/2"]]
    file = SimpleUploadedFile("一覧.xlsx", xlsx([Grid("一覧", rows)]))
    shown = checked(clerk, series, sheet=file).content.decode()
    assert "2行を読みました。加えられるのは2行です。" in shown
    assert "見本薬局" in shown and "番号" not in shown.split("<tbody>")[1].split("</tbody>")[0]


def test_a_file_that_is_no_sheet_is_answered_with_a_sentence(clerk, series):
    answer = checked(clerk, series, sheet=SimpleUploadedFile("一覧.xlsx", b"%PDF-1.7 ..."))
    assert answer.status_code == 422
    assert "PDFです" in answer.content.decode()


@pytest.mark.parametrize("typed", [{}, {"lines": " \n "}])
def test_an_empty_list_is_answered_with_a_sentence(clerk, series, typed):
    answer = checked(clerk, series, **typed)
    assert answer.status_code == 422
    assert "相手方が一つもありません" in answer.content.decode()


def test_the_addition_is_taken_back_from_the_page(clerk, series):
    add(clerk, series, FORTY)
    address = at(series, f"additions/{SeriesAddition.objects.get().public_id}/undo/")
    assert address in clerk.get(at(series)).content.decode()
    shown = clerk.post(address, follow=True).content.decode()
    assert "40件の追加を取り消しました。" in shown and "まだ相手方がありません" in shown
    assert not Agreement.objects.exists()


def test_who_is_withdrawn_stands_there_as_ended_from_the_next_day(clerk, series):
    add(clerk, series, "見本薬局\tR6.6.1\n見本書店\tR6.6.1")
    end(Agreement.objects.first(), on=date(2025, 3, 31), reason=EndReason.BY_NOTICE, actor=None)
    assert "2025/03/31 (R7.3.31)まで(一方の通知)" in clerk.get(at(series)).content.decode()
    assert (
        "<strong>2<small>者</small></strong>相手方"
        in clerk.get(at(series, "?on=2025-03-31")).content.decode()
    )
    assert (
        "<strong>1<small>者</small></strong>相手方"
        in clerk.get(at(series, "?on=2025-04-01")).content.decode()
    )


def test_one_is_taken_out_and_stays_in_the_register(clerk, series):
    add(clerk, series, "見本薬局\tR6.6.1")
    agreement = Agreement.objects.get()
    shown = clerk.post(at(series, f"agreements/{agreement.public_id}/out/"), follow=True).content.decode()
    assert "同文協定から外しました" in shown
    assert Agreement.objects.get().series is None


def test_who_answers_for_the_series_adds_and_others_are_told_why_not(client, series):
    Series.objects.update(division=a_division(name="環境課"))
    client.force_login(a_user(role=Role.RESPONSIBLE, division=a_division(), sign_in_name="bosai"))
    sentence = "この同文協定は、環境課か総括課の担当者だけが変更できます。"
    assert sentence in client.get(at(series, "add/")).content.decode()
    assert client.post(at(series, "add/"), {"lines": "見本薬局"}).status_code == 403


def test_another_towns_series_is_not_there(clerk):
    theirs = create_series(a_municipality("011002"), name="よそ", facts={}, actor=None)
    assert clerk.get(at(theirs)).status_code == 404
    assert "よそ" not in clerk.get("/desk/series/").content.decode()


def test_an_empty_list_of_series_says_what_to_do(clerk):
    assert "同文協定はまだありません" in clerk.get("/desk/series/").content.decode()
