"""Days in both calendars: every spelling comes back as the day it was, and what is no day is refused."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renkei.rules import eras as era_table
from renkei.rules.japanese_calendar import (
    PartialDay,
    UnreadableDay,
    era_of,
    find_days,
    fiscal_year,
    fiscal_year_name,
    holiday_name,
    is_working_day,
    japanese_date,
    japanese_year,
    read_day,
    register_era,
    short_japanese_date,
)

FIRST, LAST = date(1873, 1, 1), date(2100, 12, 31)
KANJI = "〇一二三四五六七八九"


def kanji(number):
    tens, ones = divmod(number, 10)
    return {0: "", 1: "十"}.get(tens, f"{KANJI[tens % 10]}十") + (KANJI[ones] if ones else "")


def wide(text):
    return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)


def era_and_year(day):
    era = era_of(day)
    return era, day.year - era.first.year + 1


def in_kanji(day):
    era, year = era_and_year(day)
    if year > 99:
        return japanese_date(day)
    return f"{era.name}{'元' if year == 1 else kanji(year)}年{kanji(day.month)}月{kanji(day.day)}日"


SPELLINGS = [
    japanese_date,
    short_japanese_date,
    lambda day: wide(japanese_date(day)),
    lambda day: wide(short_japanese_date(day)),
    in_kanji,
    lambda day: day.isoformat(),
    lambda day: f"{day.year}/{day.month}/{day.day}",
    lambda day: f"{day:%Y%m%d}",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: short_japanese_date(day).replace(".", "/"),
    lambda day: f"{japanese_year(day)} {day.month}月 {day.day}日",
]


@pytest.mark.once
def test_every_day_from_1873_to_2100_comes_back_from_its_spelling():
    """Each day in one spelling; eleven spellings, so each month and weekday meets each of them."""
    day, wrong = FIRST, []
    while day <= LAST:
        written = SPELLINGS[day.toordinal() % len(SPELLINGS)](day)
        if read_day(written).day.exact != day:
            wrong.append((day, written))
        day += timedelta(days=1)
    assert wrong == []


@given(day=st.dates(FIRST, LAST), spelling=st.sampled_from(SPELLINGS))
def test_any_day_in_any_spelling_comes_back_without_a_remark(day, spelling):
    found = read_day(spelling(day))
    assert (found.day.exact, found.remarks) == (day, ())


@given(day=st.dates(FIRST, LAST))
def test_a_month_or_year_alone_stays_as_inexact_as_it_is(day):
    month = PartialDay(day.year, day.month)
    assert read_day(f"{day.year}年{day.month}月").day == month
    assert read_day(f"{day.year}年").day == PartialDay(day.year)


@pytest.mark.parametrize(
    "written, day",
    [
        pytest.param("明治6年1月1日", "1873-01-01", id="first-solar-day"),
        pytest.param("明治45年7月30日", "1912-07-30", id="last-of-Meiji"),
        pytest.param("大正元年7月30日", "1912-07-30", id="first-of-Taisho-the-same-day"),
        pytest.param("大正15年12月25日", "1926-12-25", id="last-of-Taisho"),
        pytest.param("昭和元年12月25日", "1926-12-25", id="first-of-Showa-the-same-day"),
        pytest.param("昭和64年1月7日", "1989-01-07", id="last-of-Showa"),
        pytest.param("平成元年1月8日", "1989-01-08", id="first-of-Heisei"),
        pytest.param("平成31年4月30日", "2019-04-30", id="last-of-Heisei"),
        pytest.param("令和元年5月1日", "2019-05-01", id="first-of-Reiwa"),
        pytest.param("令和1年5月1日", "2019-05-01", id="year-one"),
        pytest.param("H17.8.31", "2005-08-31", id="ledger"),
        pytest.param("S50/8/18", "1975-08-18", id="ledger-slash"),
        pytest.param("R6.6.1", "2024-06-01", id="letter"),
    ],
)
def test_days_at_the_borders_of_eras(written, day):
    found = read_day(written)
    assert found.day.iso == day
    assert found.remarks == ()


@pytest.mark.parametrize(
    "written, day",
    [
        ("平成31年5月1日", "2019-05-01"),
        ("平成32年3月31日", "2020-03-31"),
        ("昭和64年1月8日", "1989-01-08"),
        ("令和元年4月30日", "2019-04-30"),
        ("大正15年12月26日", "1926-12-26"),
    ],
)
def test_a_day_written_in_the_wrong_era_is_taken_with_a_remark(written, day):
    found = read_day(written)
    assert found.day.iso == day
    assert len(found.remarks) == 1 and found.remarks[0].endswith("。")


def impossible():
    """More than two hundred days that no calendar has, each made from a rule."""
    for year in (1900, 2019, 2021, 2023, 2100):
        yield from (f"{year}年2月29日", f"{year}-02-30", f"{year}/2/31")
    for month in (2, 4, 6, 9, 11):
        yield from (f"{era}{month}月31日" for era in ("昭和50年", "平成10年", "令和6年", "2024年"))
    for number in (13, 14, 20, 99):
        yield from (f"{start}{number}月1日" for start in ("昭和50年", "平成10年", "令和6年", "2024年"))
        yield from (f"{letter}{number}.1" for letter in ("S50.", "H10.", "R6."))
        yield f"2024-{number}-01"
    for number in (32, 33, 40, 99):
        yield from (f"{start}1月{number}日" for start in ("昭和50年", "平成10年", "令和6年", "2024年"))
        yield from (f"{letter}1.{number}" for letter in ("S50.", "H10.", "R6."))
    for era in ("明治", "大正", "昭和", "平成", "令和"):
        yield from (f"{era}0年1月1日", f"{era}6年0月1日", f"{era}6年1月0日", f"{era}年月日", f"{era}年1月1日")
    yield from (f"昭和{year}年4月1日" for year in range(85, 100))
    yield from (f"大正{year}年4月1日" for year in range(36, 50))
    yield from (f"平成{year}年4月1日" for year in range(52, 70))
    yield from (f"明治{year}年1月1日" for year in range(1, 6))
    yield from (f"{era}2年3月3日" for era in ("慶応", "元治", "文久", "万延", "安政", "嘉永", "天保"))
    yield from ("", " ", "不明", "未定", "令和", "年月日", "4月1日", "6/1", "31日", "－", "なし", "平成年")
    yield from (
        "20240230",
        "20241301",
        "00000000",
        "20240100",
        "99999999",
        "1872-12-31",
        "1867/1/1",
        "0000-00-00",
    )
    yield from (
        "令和6年6月1日、令和7年6月1日",
        "H10.4.1 H11.4.1",
        "2024/6/1～2025/5/31",
        "令和6年度",
        "平成20年代",
    )
    yield from ("2024.6.1.1", "R6..6.1", "西暦令和6年6月1日頃から12", "第6回", "約束の日", "X6.6.1")


IMPOSSIBLE = sorted(set(impossible()))


def test_there_are_more_than_two_hundred_impossible_days():
    assert len(IMPOSSIBLE) > 200


@pytest.mark.parametrize("written", IMPOSSIBLE)
def test_what_is_no_day_is_refused_with_a_sentence(written):
    with pytest.raises(UnreadableDay, match=r"。$"):
        read_day(written)


def test_the_next_era_is_one_line(monkeypatch):
    monkeypatch.setattr(era_table, "_eras", [*era_table.eras()])
    register_era("見本", "Z", date(2050, 4, 1))
    assert japanese_date(date(2050, 3, 31)) == "令和32年3月31日"
    assert japanese_date(date(2050, 4, 1)) == "見本元年4月1日"
    assert read_day("見本2年1月1日").day.iso == "2051-01-01"
    assert read_day("Z2.1.1").day.iso == "2051-01-01"
    assert read_day("令和32年4月1日").remarks != ()
    assert [found.day.iso for found in find_days("期間は見本3年3月31日まで")] == ["2052-03-31"]


@pytest.mark.parametrize(
    "name, letter, first",
    [("令和", "Z", date(2050, 4, 1)), ("見本", "R", date(2050, 4, 1)), ("見本", "Z", date(2019, 5, 1))],
    ids=["same name", "same letter", "not later"],
)
def test_an_era_that_does_not_follow_is_refused(monkeypatch, name, letter, first):
    monkeypatch.setattr(era_table, "_eras", [*era_table.eras()])
    with pytest.raises(ValueError, match="加えられません"):
        register_era(name, letter, first)


@pytest.mark.parametrize(
    "day, year, name",
    [
        ("2024-03-31", 2023, "令和5年度"),
        ("2024-04-01", 2024, "令和6年度"),
        ("2019-04-01", 2019, "令和元年度"),
        ("1989-04-01", 1989, "平成元年度"),
        ("1988-04-01", 1988, "昭和63年度"),
    ],
)
def test_the_fiscal_year_starts_on_the_first_of_april(day, year, name):
    assert fiscal_year(date.fromisoformat(day)) == year
    assert fiscal_year_name(year) == name


@pytest.mark.parametrize(
    "day, name",
    [
        ("2024-01-01", "元日"),
        ("2024-02-23", "天皇誕生日"),
        ("2019-12-23", None),  # 天皇誕生日 lay on it until 2018, and on no day of 2019
        ("2019-05-01", "天皇の即位の日"),
        ("2021-07-23", "スポーツの日"),  # moved for the Olympic Games
        ("2024-09-23", "秋分の日 振替休日"),
        ("2015-09-22", "国民の休日"),
        ("2024-06-03", None),
    ],
)
def test_holidays_follow_the_law_of_their_year(day, name):
    found = holiday_name(date.fromisoformat(day))
    assert (found is None) == (name is None)
    assert name is None or name.split()[-1] in found


@pytest.mark.parametrize(
    "day, works",
    [
        ("2024-12-27", True),
        ("2024-12-29", False),
        ("2024-12-31", False),
        ("2025-01-03", False),
        ("2025-01-06", True),
        ("2024-06-01", False),
        ("2024-05-06", False),
    ],
)
def test_offices_are_closed_on_weekends_holidays_and_at_new_year(day, works):
    assert is_working_day(date.fromisoformat(day)) is works


def read_or_refused(text):
    try:
        return read_day(text)
    except UnreadableDay as refusal:
        return str(refusal)


@given(text=st.text(alphabet="令和平成昭大明治元年月日0123456789０６一二十./-~()RHSTM 頃改正", max_size=60))
def test_whatever_a_cell_says_it_is_a_day_or_a_refusal(text):
    found = read_or_refused(text)
    if isinstance(found, str):
        assert found.endswith("。")
    else:
        assert found.day.last >= FIRST
        assert 0 <= found.start < found.end <= len(text)


@pytest.mark.parametrize("iso", ["2016-09-20", "2016-09", "2016"])
def test_a_partial_day_keeps_its_iso_form(iso):
    assert PartialDay.from_iso(iso).iso == iso


@pytest.mark.parametrize(
    "text", ["2016-13", "2016-02-30", "2016-9-1", "16-09-20", "2016-09-20T00:00", "", "二〇一六"]
)
def test_what_is_no_partial_day_is_refused(text):
    with pytest.raises(ValueError):
        PartialDay.from_iso(text)


@given(day=st.dates(FIRST, LAST))
def test_a_partial_day_covers_exactly_the_days_it_can_mean(day):
    exact, month, year = PartialDay.of(day), PartialDay(day.year, day.month), PartialDay(day.year)
    assert exact.first == exact.last == exact.exact == day
    assert month.exact is None and year.exact is None
    assert year.first <= month.first <= day <= month.last <= year.last
    assert (month.last + timedelta(days=1)).day == 1 and year.last == date(day.year, 12, 31)
