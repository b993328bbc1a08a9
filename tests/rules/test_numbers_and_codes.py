"""Corporate numbers, codes of local governments, and numbers in kanji."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renkei.rules import corporate_number as corporate
from renkei.rules import municipality_code as town_code
from renkei.rules.corporate_number import UnreadableCorporateNumber, corporate_number, is_corporate_number
from renkei.rules.kanji_numbers import arabic
from renkei.rules.municipality_code import UnreadableCode, is_municipality_code, municipality_code

TABLE = Path(__file__).parents[2] / "renkei" / "municipalities" / "local_governments.csv"
with TABLE.open(encoding="utf-8", newline="") as lines:
    ROWS = list(csv.DictReader(lines))
CODES = {row["code"] for row in ROWS}
TWELVE = st.text(alphabet="0123456789", min_size=12, max_size=12)


def read_or_refused(reader, text, **known):
    """What the reader makes of the text, or its sentence of refusal."""
    try:
        return reader(text, **known)
    except ValueError as refusal:
        return str(refusal)


# --- corporate numbers ---


def test_the_tax_agencys_own_example_has_the_check_digit_8():
    """国税庁「検査用数字について」: 700110005901 gives 8, its own number is 7000012050002."""
    assert corporate.check_digit("700110005901") == "8"
    assert is_corporate_number("7000012050002")


@given(twelve=TWELVE, wrong=st.integers(1, 9))
def test_only_one_first_digit_is_right(twelve, wrong):
    right = corporate.check_digit(twelve)
    assert corporate_number(right + twelve) == right + twelve
    other = str((int(right) + wrong) % 10)
    assert not is_corporate_number(other + twelve)


@given(twelve=TWELVE, place=st.integers(0, 11), more=st.integers(1, 8))
def test_one_miswritten_digit_is_found_unless_it_is_nine_away(twelve, place, more):
    digit = (int(twelve[place]) + more) % 10
    miswritten = twelve[:place] + str(digit) + twelve[place + 1 :]
    if abs(digit - int(twelve[place])) != 9:
        assert corporate.check_digit(miswritten) != corporate.check_digit(twelve)


@pytest.mark.parametrize(
    "written",
    [
        "7000012050002",
        " 7000012050002 ",
        "７０００012050002",
        "7-0000-1205-0002",
        "7 0000 1205 0002",
        "'7000012050002",
    ],
)
def test_full_width_blanks_and_hyphens_are_accepted(written):
    assert corporate_number(written) == "7000012050002"


@pytest.mark.parametrize(
    "written, sentence",
    [
        ("7.00001E+12", "桁が失われています"),
        ("7.00001e12", "桁が失われています"),
        ("T7000012050002", "適格請求書"),
        ("700012050002", "12桁"),
        ("70000120500021", "14桁"),
        ("8000012050002", "検査数字"),
        ("株式会社見本", "数字ではありません"),
        ("", "数字ではありません"),
        ("7000012050002.0", "数字ではありません"),
        ("²000012050002", "13桁の数字"),
    ],
)
def test_what_is_no_corporate_number_is_refused_with_a_sentence(written, sentence):
    with pytest.raises(UnreadableCorporateNumber, match=sentence):
        corporate_number(written)


@given(text=st.text(max_size=30))
def test_any_text_is_thirteen_digits_or_refused(text):
    found = read_or_refused(corporate_number, text)
    assert found.endswith("。") or len(found) == 13


# --- codes of local governments ---


def test_every_code_of_the_table_has_its_check_digit():
    assert len(ROWS) == len(CODES) == 1788
    assert [row["name"] for row in ROWS if not is_municipality_code(row["code"])] == []


def test_the_table_has_all_prefectures_and_municipalities_with_their_reading():
    kinds = [row["kind"] for row in ROWS]
    assert kinds.count("prefecture") == 47
    assert kinds.count("special_ward") == 23
    assert kinds.count("designated_city") == 20
    assert len(kinds) - kinds.count("prefecture") == 1741
    assert [row["name"] for row in ROWS if not row["name_kana"]] == []
    assert {row["prefecture"] for row in ROWS} == {row["name"] for row in ROWS if row["kind"] == "prefecture"}
    assert ("012041", "旭川市", "あさひかわし") in {
        (row["code"], row["name"], row["name_kana"]) for row in ROWS
    }


def test_a_lost_leading_zero_is_restored_or_the_doubt_is_told():
    for code in sorted(code for code in CODES if code.startswith("0")):
        found = read_or_refused(municipality_code, code[1:], known=CODES)
        assert found == code or ("どちらとも読めます" in found and code in found)


def test_five_digits_without_a_check_digit_become_six_or_the_doubt_is_told():
    for code in sorted(CODES):
        found = read_or_refused(municipality_code, code[:5], known=CODES)
        assert found == code or ("どちらとも読めます" in found and code in found)


@pytest.mark.parametrize("written", ["012041", "０１２０４１", " 012041 ", "'012041", "01204-1", "012041.0"])
def test_a_code_is_read_however_a_sheet_writes_it(written):
    assert municipality_code(written) == "012041"


@pytest.mark.parametrize(
    "written, sentence",
    [
        ("012042", "検査数字"),
        ("482041", "都道府県の番号"),
        ("1.2E+04", "桁が失われています"),
        ("旭川市", "団体コードとして読めません"),
        ("", "団体コードとして読めません"),
        ("1234", "4桁"),
        ("12203", "どちらとも読めます"),
    ],
)
def test_what_is_no_code_is_refused_with_a_sentence(written, sentence):
    with pytest.raises(UnreadableCode, match=sentence):
        municipality_code(written, known=CODES)


@given(code=st.sampled_from(sorted(CODES)), place=st.integers(0, 4), more=st.integers(1, 9))
def test_one_miswritten_digit_of_a_code_changes_its_check_digit(code, place, more):
    digit = str((int(code[place]) + more) % 10)
    miswritten = code[:place] + digit + code[place + 1 : 5]
    weighted = (int(digit) - int(code[place])) * (6 - place)
    if weighted % 11 not in (1, 10):  # remainders 0 and 10 share the check digit 1
        assert town_code.check_digit(miswritten) != code[5]


# --- kanji numbers ---


def in_kanji(number):
    said = ""
    for unit, letter in ((1000, "千"), (100, "百"), (10, "十")):
        times, number = divmod(number, unit)
        if times:
            said += ("" if times == 1 else "〇一二三四五六七八九"[times]) + letter
    return said + ("〇一二三四五六七八九"[number] if number else "")


@given(number=st.integers(1, 9999))
def test_every_number_comes_back_from_kanji_and_from_digits(number):
    assert arabic(in_kanji(number)) == number
    assert arabic("".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))) == number
    assert arabic("".join("０１２３４５６７８９"[int(digit)] for digit in str(number))) == number


@pytest.mark.parametrize("text", ["", " ", "年", "十a", "1年", "一.二", "-1"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValueError, match="。"):
        arabic(text)
