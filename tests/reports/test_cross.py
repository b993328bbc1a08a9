"""Cross tables: each thing once in each row, column and total; hostile questions are refused."""

import io
from datetime import date
from decimal import Decimal
from urllib.parse import parse_qs

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from renkei.accounts.models import Role
from renkei.initiatives.models import Indicator, ResultFigure
from renkei.reports.cross import cross
from renkei.reports.cross_files import csv_of, svg_of, xlsx_of
from renkei.reports.cross_words import CrossRefused, Dimension, Measure, question_from
from renkei.reports.models import SavedQuestion
from renkei.reports.permissions import why_not_change_question
from renkei.reports.questions import QuestionRefused, delete_question, rename_question, save_question
from tests.factories import a_municipality, a_user, an_agreement
from tests.reports.a_year_of_work import DAY, a_year_of_work


def asked(address: str):
    return question_from(parse_qs(address), DAY)


def counted(address: str):
    """The cells of a table by the names of their row and column; the totals under 合計."""
    table = cross(a_municipality(), asked(address))
    cells = {
        (row.label, head.label): cell.count
        for row in table.rows
        for head, cell in zip(table.columns, row.cells, strict=True)
        if cell.count
    }
    rows = {(row.label, "合計"): row.count for row in table.rows}
    return table, {**cells, **rows, ("合計", "合計"): table.total.count}


@pytest.mark.django_db
def test_results_of_several_fields_and_kinds_count_once_in_each_and_once_in_all():
    a_year_of_work()
    table, cells = counted("rows=field&columns=kind&measure=results&first_year=2023&last_year=2023")
    assert cells == {
        ("健康・医療", "企業"): 1, ("健康・医療", "大学・研究機関"): 3, ("健康・医療", "業界団体・組合・協会"): 1,
        ("環境", "企業"): 2, ("防災・災害対策", "企業"): 1,
        ("その他の地域活性化・市民サービス向上", "企業"): 1, ("その他の地域活性化・市民サービス向上", "大学・研究機関"): 2,
        ("その他の地域活性化・市民サービス向上", "業界団体・組合・協会"): 1,
        ("健康・医療", "合計"): 3, ("環境", "合計"): 2, ("防災・災害対策", "合計"): 1,
        ("その他の地域活性化・市民サービス向上", "合計"): 2, ("合計", "合計"): 6,
    }  # fmt: skip
    assert [cell.count for cell in table.totals] == [4, 3, 1]
    assert "合わないことがあります" in table.notes[0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address, total, some",
    [
        (
            "rows=form&measure=in_force&on=2024-06-01",
            5,
            {"包括連携協定": 1, "参加型協定": 1, "個別連携協定": 3},
        ),
        ("rows=year&measure=signed&since=2020-04-01&on=2024-06-01", 4, {"令和2年度": 1, "令和5年度": 1}),
        ("rows=division&measure=ended&since=R5.4.1&on=R6.3.31", 1, {"防災課": 1}),
        ("rows=state&measure=initiatives&first_year=2023", 4, {"実施中": 3, "終了": 1}),
        ("rows=year&measure=initiatives&first_year=2023&last_year=2024", 4, {"令和5年度": 4, "令和6年度": 3}),
        ("rows=kind&measure=partners&first_year=2023", 3, {"企業": 1, "大学・研究機関": 1}),
        ("rows=result&measure=value&first_year=2023", 150_000, {"物品・資材の提供": 150_000}),
        (
            "rows=field_below&measure=results&first_year=2023&field=environment",
            2,
            {"環境 廃棄物処理・リサイクル": 2},
        ),
        ("rows=document&measure=results&first_year=2023&kind=university", 3, {"協定書": 3}),
    ],
)
def test_each_measure_has_its_known_answer(address, total, some):
    a_year_of_work()
    table, cells = counted(address)
    assert table.total.count == total
    assert {name: cells[name, "合計"] for name in some} == some


@pytest.mark.django_db
def test_figures_of_indicators_are_added_up_where_their_unit_is_the_same():
    work = a_year_of_work()
    for position, (name, unit, value) in enumerate(
        (("回収量", "kg", "1.5"), ("別の回収量", "kg", "2"), ("人", "人", "9"))
    ):
        indicator = Indicator.objects.create(
            initiative=work.collected, position=position, name=name, unit=unit
        )
        ResultFigure.objects.create(result=work.valued, indicator=indicator, value=Decimal(value))
    table, cells = counted("rows=form&measure=indicator&unit=kg&first_year=2023")
    assert (cells["参加型協定", "合計"], table.told) == (Decimal("3.5"), (1, 6))
    assert csv_of(table).decode().endswith("\r\n合計,3.5\r\n")


@pytest.mark.django_db
def test_the_files_say_what_the_table_says():
    import openpyxl

    a_year_of_work()
    table, _cells = counted("rows=form&columns=result&measure=results&first_year=2023")
    lines = csv_of(table).decode().split("\r\n")
    assert lines[0] == "\ufeff協定形態,講座・催し,物品・資材の提供,合計(件)"
    assert lines[-2] == "合計,4,2,6"
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_of(table))).active
    assert [cell.value for cell in sheet[3]] == lines[0].removeprefix("\ufeff").split(",")
    assert [cell.value for cell in sheet[8]] == ["合計", 4, 2, 6]
    drawn = svg_of(table)
    assert "<title>取組実績 協定形態×実績の種類(令和5年度)</title>" in drawn
    assert "最も多いのは「包括連携協定」で2件" in drawn


@pytest.mark.django_db
def test_what_is_no_longer_there_is_said_and_finds_nothing():
    a_year_of_work()
    table, _cells = counted("rows=field&measure=results&first_year=2023&division=99999&form=treaty")
    assert [note[:14] for note in table.notes] == ["「担当課」の「99999」は", "「協定形態」の「treaty"]
    assert table.total.count == 0


@pytest.mark.django_db
def test_a_question_is_asked_in_few_statements_however_many_agreements_there_are():
    for number in range(30):
        an_agreement(title=f"協定{number}", partners=(f"見本{number}",))
    for measure in Measure.values:
        rows = "form" if measure != "ended" else "division"
        with CaptureQueriesContext(
            connection,
        ) as statements:
            cross(a_municipality(), asked(f"rows={rows}&columns=field&measure={measure}&unit=人"))
        assert len(statements) <= 9, measure


@pytest.mark.parametrize(
    "address, name",
    [
        ("rows=password", "rows"), ("columns=%00", "columns"), ("measure=drop+table", "measure"),
        ("rows=field&columns=field", "columns"), ("rows=result&measure=in_force", "rows"),
        ("columns=state&measure=ended", "columns"), ("rows=result&measure=initiatives", "rows"),
        ("measure=indicator", "unit"), ("first_year=２０２３", "first_year"), ("first_year=99999", "first_year"),
        ("first_year=2000&last_year=2024", "last_year"), ("first_year=2024&last_year=2023", "last_year"),
        ("measure=in_force&on=R6.6.31", "on"), ("measure=signed&on=2024-06", "on"),
        ("measure=ended&since=2024-06-02&on=2024-06-01", "since"), ("measure=ended&since=0001-01-01", "since"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_with_a_sentence_about_its_place(address, name):
    with pytest.raises(CrossRefused, match="。") as refusal:
        asked(address)
    assert refusal.value.name == name


def test_a_question_comes_back_from_its_address_as_it_was():
    for rows in Dimension.values:
        for measure in Measure.values:
            try:
                question = asked(
                    f"rows={rows}&measure={measure}&unit=人&kind=company&first_year=2022&last_year=2023"
                )
            except CrossRefused:
                continue
            again = question_from(parse_qs(question.asked), date(2030, 1, 1))
            assert (again.asked, again.caption) == (question.asked, question.caption)


@pytest.mark.django_db
def test_a_question_is_kept_renamed_shared_and_deleted():
    owner, other = a_user(role=Role.READER), a_user(role=Role.READER, sign_in_name="etsuran")
    coordinator = a_user(sign_in_name="sokatsu")
    elsewhere = a_user(municipality=a_municipality("131016"), sign_in_name="yoso")
    question = save_question(" 分野別の 実績 ", asked("rows=field").asked, actor=owner)
    assert (question.name, question.is_shared) == ("分野別の 実績", False)
    assert not SavedQuestion.objects.seen_by(other).exists()
    rename_question(question, "分野別", is_shared=True, actor=owner)
    assert [list(SavedQuestion.objects.seen_by(one)) for one in (other, elsewhere)] == [[question], []]
    whys = [why_not_change_question(one, question, day=DAY) for one in (owner, coordinator, other)]
    assert [why is None for why in whys] == [True, True, False]
    for name, sentence in (("分野別", "同じ名前"), ("　", "名前を入れて")):
        with pytest.raises(QuestionRefused, match=sentence):
            save_question(name, "rows=form", actor=owner)
    delete_question(question, actor=coordinator)
    assert not SavedQuestion.objects.exists()
