"""The figures of a day, with their names and the lists behind them."""

import json
from datetime import date
from urllib.parse import parse_qs

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from renkei.agreements.audience import Audience
from renkei.agreements.models import Agreement, Series
from renkei.agreements.vocabulary import Form
from renkei.municipalities.models import DivisionSuccession
from renkei.partners.models import PartnerKind
from renkei.reports.book import book_on
from renkei.reports.downloads import csv_text, json_text
from renkei.reports.figures import PeriodRefused, default_since, register_on, year_series
from renkei.reports.services import rebuild
from renkei.search.asking import asked
from renkei.search.finding import find_all
from tests.factories import a_division, a_municipality, an_agreement

pytestmark = pytest.mark.django_db

DAY = date(2024, 6, 1)


def staff(code: str = "012041") -> Audience:
    return Audience.staff(a_municipality(code))


def told(rows) -> dict[str, int]:
    return {row.label: row.count for row in rows}


@pytest.mark.parametrize(
    "on, since",
    [
        ("2024-06-01", "2023-06-02"), ("2024-02-29", "2023-03-01"), ("2025-02-28", "2024-02-29"),
        ("2024-12-31", "2024-01-01"), ("0001-01-01", "0001-01-01"),
    ],
)  # fmt: skip
def test_the_period_is_the_year_up_to_the_day(on, since):
    assert default_since(date.fromisoformat(on)) == date.fromisoformat(since)


@pytest.mark.parametrize(
    "signed, counted",
    [
        ("2023-06-01", 0), ("2023-06-02", 1), ("2024-06-01", 1), ("2023-06", 0), ("2023-07", 1), ("2024-05", 1),
        ("2023", 0), (None, 0),
    ],
)  # fmt: skip
def test_signed_in_the_period_is_what_certainly_lies_in_it(signed, counted):
    an_agreement(signed=signed, starts="2023-01-01", published=True)
    for audience in (staff(), Audience.public(), Audience(None, internal=True)):
        assert register_on(audience, DAY).signed == counted


def test_an_agreement_of_two_fields_below_one_counts_once_above():
    an_agreement(fields=("environment.bags", "environment.waste", "education"))
    found = register_on(staff(), DAY).by_field
    assert told(found) == {"環境": 1, "教育・学習・人材育成": 1}
    assert told(next(row for row in found if row.below).below) == {
        "レジ袋削減・マイバッグ": 1,
        "廃棄物処理・リサイクル": 1,
    }


def test_what_has_no_field_and_no_division_is_said():
    an_agreement()
    figures = register_on(staff(), DAY)
    assert told(figures.by_field) == {"分野なし": 1}
    assert told(figures.by_division) == {"担当課なし": 1}


def test_a_division_answers_for_those_it_took_over_on_the_day():
    old = a_division(name="防災対策課", closed_on=date(2019, 3, 31))
    new = a_division(name="防災課", opened_on=date(2019, 4, 1))
    DivisionSuccession.objects.create(predecessor=old, successor=new, on=date(2019, 4, 1))
    an_agreement(signed="2015-04-01", division=old)
    an_agreement(signed="2018-04-01", division=new)
    assert told(register_on(staff(), date(2019, 3, 31)).by_division) == {"防災対策課": 2}
    assert told(register_on(staff(), date(2019, 4, 1)).by_division) == {"防災課": 2}
    assert register_on(staff(), DAY).by_division[0].asked == f"division={old.pk}&division={new.pk}"


def test_the_largest_stands_first_and_years_in_their_order():
    for form, signed in (
        ("individual", "2020-01-01"),
        ("scheme", "2010-01-01"),
        ("scheme", None),
        ("scheme", "2010-05"),
    ):
        an_agreement(form=Form(form), signed=signed, starts="2010-01-01")
    figures = register_on(staff(), DAY)
    assert list(told(figures.by_form)) == ["参加型協定", "個別連携協定"]
    assert told(figures.by_year) == {"2010年(平成22年)": 2, "2020年(令和2年)": 1, "締結年不明": 1}


def test_texts_and_agreements_and_partners_are_counted_apart():
    series = Series.objects.create(municipality=a_municipality(), name="マイバッグ推進に関する協定")
    for number in range(3):
        an_agreement(partners=(f"見本{number}", "見本組合"), series_id=series.pk)
    an_agreement(partners=("見本組合",))
    book = book_on(staff(), DAY)
    assert (book.figures.total, book.figures.texts, book.partners) == (4, 2, 4)
    assert told(book.figures.by_series) == {"マイバッグ推進に関する協定": 3}


def test_what_is_not_published_and_what_is_of_another_town_is_not_counted():
    an_agreement(published=True)
    an_agreement(municipality=a_municipality("131016"), published=True)
    an_agreement(municipality=a_municipality("131016"))
    figures = [register_on(who, DAY).total for who in
               (staff(), staff("131016"), Audience.public(a_municipality("131016")), Audience.public())]  # fmt: skip
    assert figures == [1, 2, 1, 2]


def test_each_figure_counts_the_list_behind_it():
    division = a_division()
    for number in range(4):
        an_agreement(
            partners=(f"見本{number}",), signed=f"20{10 + number}-04-01", division=division if number else None,
            fields=("disaster.support", "health")[: 1 + number % 2], form=list(Form)[number % 2],
        )  # fmt: skip
    figures = register_on(staff(), DAY)
    rows = [row for table in figures.tables.values() for one in table for row in (one, *one.below)]
    assert len(rows) > 10
    for row in rows:
        params = {**parse_qs(row.asked), "state": ["in_force"]}
        assert len(find_all(asked(params, audience=staff(), day=DAY))) == row.count, row


def test_a_period_that_begins_after_the_day_is_refused():
    with pytest.raises(PeriodRefused, match="同じ日か、それより前"):
        register_on(staff(), DAY, since=date(2024, 6, 2))


def test_a_series_of_years_begins_with_the_first_agreement_and_knows_leap_days():
    an_agreement(signed="2021-03-01")
    an_agreement(signed="2023-03-01")
    points = year_series(staff(), date(2024, 2, 29))
    assert [(point.on.isoformat(), point.count, point.signed) for point in points] == [
        ("2022-02-28", 1, 1), ("2023-02-28", 1, 0), ("2024-02-29", 2, 1),
    ]  # fmt: skip
    assert year_series(staff("131016"), DAY) == []


def test_names_for_programs_stay_japanese():
    an_agreement(fields=("disaster.support",), division=a_division(name="=1+1"))
    with translation.override("en"):
        answer = json.loads(json_text(staff(), DAY))
        table = csv_text(staff(), DAY)
    assert answer["by_field"] == {"防災・災害対策": 1}
    assert answer["by_year"] == {"2024": 1}
    assert list(answer) == [
        "on",
        "since",
        "total",
        "signed",
        "by_form",
        "by_field",
        "by_partner_kind",
        "by_division",
        "by_year",
    ]
    assert table.startswith("\ufeff基準日,")
    assert "\r\n2024-06-01,2023-06-02,担当課,'=1+1,,1\r\n" in table


def test_what_bypassed_the_services_is_found_when_everything_is_made_anew():
    an_agreement()
    Agreement.objects.update(form=Form.COMPREHENSIVE)
    assert rebuild() == 1
    assert told(register_on(staff(), DAY).by_form) == {"包括連携協定": 1}
    assert rebuild() == 0


def test_the_words_say_what_stands_out():
    division = a_division(name="動物園")
    for number in range(12):
        an_agreement(partners=(f"見本{number}",), fields=("disaster.support",))
    for number in range(10):
        an_agreement(partners=(f"見本{number}大学",), fields=("research.zoo",), division=division)
    sentences = [remark.sentence for remark in book_on(staff(), DAY).remarks]
    assert "最も多い分野は「防災・災害対策」で、12件(全体の55%)です。" in sentences[0]
    assert sentences[1].startswith("「動物園」の10件は、「研究・調査」の分野のほとんどを占めます。")
    assert str(PartnerKind.UNIVERSITY.label) in sentences[1]


@pytest.mark.parametrize("day", ["R6.6.1", "令和６年６月１日", "2024/6/1", "20240601"])
def test_the_command_reads_the_day_in_any_spelling(day, capsys):
    an_agreement(published=True)
    call_command("register", "--on", day, "--json")
    answer = json.loads(capsys.readouterr().out)
    assert (answer["on"], answer["since"], answer["total"], answer["signed"]) == (
        "2024-06-01",
        "2023-06-02",
        1,
        1,
    )


def test_the_command_counts_all_towns_together_and_says_so(capsys):
    an_agreement(division=a_division(name="防災課"))
    an_agreement(municipality=a_municipality("131016"), published=True)
    call_command("register", "--on", "2024-06-01")
    text = capsys.readouterr().out
    assert "2自治体の合計" in text
    assert "有効な協定  2件" in text
    assert "旭川市 防災課" in text
    call_command("register", "--on", "2024-06-01", "--public", "--json")
    assert json.loads(capsys.readouterr().out)["total"] == 1
    call_command("register", "--on", "2024-06-01", "--municipality", "12041", "--json")
    assert json.loads(capsys.readouterr().out)["by_division"] == {"防災課": 1}


@pytest.mark.parametrize(
    "arguments, sentence",
    [
        (["--on", "R6.6.31"], "という日はありません"), (["--on", "2024-06"], "日まで書いてください"),
        (["--since", "いつか"], "--since"), (["--municipality", "999999"], "--municipality"),
        (["--on", "2024-06-01", "--since", "2024-06-02"], "同じ日か、それより前"), ([], "まだありません"),
    ],
)  # fmt: skip
def test_the_command_refuses_in_a_sentence(arguments, sentence):
    if arguments:
        a_municipality()
    with pytest.raises(CommandError, match=sentence):
        call_command("register", *arguments)
