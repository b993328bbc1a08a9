"""Whole agreements, unknown days, traps of the calendar, what the explanation says, and texts nobody foresaw."""
# ruff: noqa: E501 – a clause is read in one piece

import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renkei.rules.clauses import read_clause
from renkei.rules.japanese_calendar import PartialDay
from renkei.rules.terms import RenewalKind

AGREEMENT = """災害時における物資の供給に関する協定書

見本市（以下「甲」という。）と株式会社見本（以下「乙」という。）は、次のとおり協定を締結する。

（目的）
第１条　この協定は、災害時における物資の供給に関し必要な事項を定める。
（要請）
第２条　甲は、災害が発生したときは、乙に物資の供給を要請することができる。
２　前項の要請は、文書により行う。ただし、緊急を要する場合は、口頭で要請し、後日文書を提出する。
（避難所の開設期間）
第３条　避難所の開設期間は、災害発生の日から７日以内とする。ただし、必要があるときは延長することができる。
（支払）
第４条　甲は、請求書を受理した日から30日以内に支払うものとする。
（秘密の保持）
第５条　乙は、知り得た秘密を漏らしてはならない。この協定の有効期間が満了した後も、同様とする。
（連絡責任者）
第６条　甲及び乙は、連絡責任者の名簿を毎年更新するものとする。
（解除）
第７条　甲又は乙は、相手方がこの協定に違反したときは、この協定を解除することができる。
（有効期間）
第８条　この協定の有効期間は、締結の日から令和７年３月31日
までとする。
２　前項の期間満了の日の１か月前までに、甲乙いずれからも
書面による解約の申出がないときは、この協定は更に１年間更新されたものと
みなし、その後も同様とする。
（協議）
第９条　この協定に定めのない事項は、甲乙協議の上、決定する。

この協定の締結を証するため、本書２通を作成し、甲乙記名押印の上、各自その１通を保有する。

　　令和６年６月１日

　　　甲　見本県見本市本町１丁目１番地
　　　　　見本市長　見本　太郎
"""


def read(clause, signed="2024-06-01", **known):
    return read_clause(clause, signed=date.fromisoformat(signed) if signed else None, **known)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(AGREEMENT, id="heading-before-the-article"),
        pytest.param(AGREEMENT.replace("（有効期間）\n第８条", "第８条（有効期間）"), id="heading-after-it"),
        pytest.param(AGREEMENT.replace("（有効期間）\n第８条", "第八条"), id="no-heading-kanji-number"),
        pytest.param(AGREEMENT.replace("\n", "\r\n"), id="windows-line-ends"),
        pytest.param(
            AGREEMENT.replace("　　令和６年６月１日", "　　令和　年　月　日"),
            id="blank-signing-day-elsewhere",
        ),
    ],
)
def test_the_term_article_is_found_in_a_whole_agreement(text):
    found = read(text).as_json()
    assert found["readable"], found["explanation"]
    assert (found["first_day"], found["last_day"]) == ("2024-06-01", "2025-03-31")
    assert found["renewal"] == {"kind": "automatic", "months": 12}
    assert found["notice_deadline"] == "2025-02-28"
    assert found["next_terms"][4] == ["2029-04-01", "2030-03-31"]


def test_a_renewal_in_the_next_article_belongs_to_the_term():
    text = (
        "第８条　この協定の有効期間は、締結の日から１年とする。\n"
        "第９条　双方から申出がないときは、さらに１年間更新する。\n第10条　費用は、甲の負担とする。"
    )
    assert read(text).renewal.kind is RenewalKind.AUTOMATIC


def test_the_second_paragraph_of_an_article_without_heading_counts():
    text = "第８条　この協定の有効期間は、締結の日から１年とする。\n２　双方から申出がないときは、同じ期間更新する。\n第９条　以上"
    assert read(text).renewal.months == 12


@pytest.mark.parametrize(
    "beside",
    [
        "ただし、甲乙協議の上、この協定を解除することができる。",
        "２ 前項の規定にかかわらず、有効期間中であっても、１か月前までに通知することにより解約することができる。",
        "ただし、有効期間満了前であっても、甲乙協議の上、内容を変更することができる。",
        "なお、第５条の秘密保持義務は、本協定の終了後も３年間存続する。",
        "本協定終了後も、第６条の規定は、なお効力を有する。",
        "甲乙は、期間が満了したときは、速やかに実績を報告するものとする。",
        "甲乙協議の上、有効期間を短縮することができる。",
        "平成24年11月22日に締結した「見本に関する協定」は、本協定締結の前日をもってその効力を失う。",
    ],
)
def test_sentences_beside_the_term_leave_it_alone(beside):
    found = read(f"この協定の有効期間は、締結の日から令和7年3月31日までとする。{beside}")
    assert found.readable, found.explanation
    assert (found.last_day, found.renewal.kind) == (date(2025, 3, 31), RenewalKind.NONE)


@pytest.mark.parametrize(
    "clause",
    [
        "この協定は締結の日から施行する。有効期間は3年とし、第5条の規定は終了後も有効に存続する。",
        "この協定は締結の日から施行する。期間は3年とし、期間満了の際は実績を報告するものとする。",
        "有効期間は1年とする。前条の期間満了後も、申出がない限り、前条の規定はなお効力を有する。",
        "有効期間は1年とする。甲のみが申し出たときは、この限りでない。",
        "有効期間は、甲については1年間、乙については2年間とする。",
        "有効期間は、1年間の試行期間の後、3年間とする。",
        "有効期間は令和6年4月1日から令和7年3月31日まで及び令和8年4月1日から令和9年3月31日までとする。",
        "有効期間は1年とする。特段の事情がない限り更新しない。",
        "有効期間は1年とする。更新するときは、1か月前までに申し出るものとする。",
        "有効期間は1年とする。甲が更新の可否を決定する。",
    ],
)
def test_words_that_tell_the_term_are_never_dropped(clause):
    assert not read(clause).readable


@pytest.mark.parametrize(
    "ending, last", [("令和7年3月31日に", date(2025, 3, 31)), ("3年で", date(2027, 6, 1))]
)
def test_an_end_told_by_its_verb_is_an_end_of_the_term(ending, last):
    assert (
        read(f"この協定は、締結の日から施行する。この協定は、{ending}終了するものとする。").last_day == last
    )


# --- unknown days ---


def test_without_the_day_of_signing_only_what_does_not_need_it_is_computed():
    measured = read("締結の日から1年間とし、満了の1か月前までに申出がないときは1年間更新する。", signed=None)
    assert measured.readable
    assert (measured.first_day, measured.last_day, measured.notice_deadline, measured.next_terms) == (
        None,
        None,
        None,
        (),
    )
    fixed = read(
        "締結の日から令和7年3月31日までとし、満了の1か月前までに申出がないときは1年間更新する。", signed=None
    )
    assert (fixed.first_day, fixed.last_day, fixed.notice_deadline) == (
        None,
        date(2025, 3, 31),
        date(2025, 2, 28),
    )
    assert len(fixed.next_terms) == 5


@pytest.mark.parametrize("known", [PartialDay(2016, 9), PartialDay(2016)])
def test_a_signing_day_known_by_month_gives_unknown_never_the_first_of_the_month(known):
    found = read_clause("有効期間は、締結の日から1年間とする。", signed=known)
    assert found.readable and found.first_day is None and found.last_day is None
    assert "までしか分かっていません" in found.explanation


def test_the_day_of_effect_may_be_given_from_outside():
    clause = "有効期間は、効力発生の日から起算して1年間とする。"
    assert read(clause).last_day is None
    assert read(clause, effective=date(2024, 7, 1)).last_day == date(2025, 6, 30)


def test_the_clause_itself_may_write_the_day_of_signing():
    assert read("有効期間は、締結の日（令和6年6月1日）から1年間とする。", signed=None).last_day == date(
        2025, 6, 1
    )


# --- traps of the calendar ---


@pytest.mark.parametrize(
    "clause, signed, first, last, other",
    [
        ("締結の日から1年間", "2019-02-28", "2019-03-01", "2020-02-29", "2020-02-27"),
        ("締結の日から起算して1年", "2020-02-29", "2020-02-29", "2021-02-28", None),
        ("締結の日から起算して6か月", "2024-08-31", "2024-08-31", "2025-02-28", None),
        ("締結の日から6か月", "2024-08-31", "2024-09-01", "2025-02-28", "2025-02-28"),
        ("締結の日から1年間", "2024-12-31", "2025-01-01", "2025-12-31", "2025-12-30"),
        ("締結の日の属する年度の末日まで", "2025-03-31", "2025-03-31", "2025-03-31", None),
        ("締結の日の属する年度の末日まで", "2025-04-01", "2025-04-01", "2026-03-31", None),
        ("締結の日から平成33年3月31日まで", "2018-04-01", "2018-04-01", "2021-03-31", None),
    ],
)
def test_traps_of_the_calendar(clause, signed, first, last, other):
    found = read(clause, signed=signed).as_json()
    assert (found["first_day"], found["last_day"]) == (first, last)
    assert (found["other_reading"]["last_day"] if found["other_reading"] else None) == other


@pytest.mark.parametrize(
    "end, months, deadline",
    [
        ("2021年2月28日", 1, "2021-01-28"),
        ("2024年4月30日", 3, "2024-01-30"),
        ("2021年3月31日", 3, "2020-12-31"),
    ],
)
def test_the_safe_deadline_is_shown_and_said(end, months, deadline):
    clause = f"締結の日から{end}までとし、満了の{months}か月前までに申出がないときは、1年間更新する。"
    found = read(clause, signed="2020-04-01")
    assert found.notice_deadline == date.fromisoformat(deadline)
    assert ("早い方" in found.explanation) is (deadline != "2020-12-31")


# --- the explanation ---


def test_the_explanation_is_one_sentence_with_articles_days_renewal_and_what_happens():
    clause = "締結の日から1年間とし、満了の1か月前までに申出がないときは、更に1年間更新し、以後も同様とする。"
    said = read(clause).explanation
    assert said.count("。") == 1 and said.endswith("ます。")
    for part in (
        "民法140条",
        "143条",
        "令和6年6月2日",
        "令和7年6月1日",
        "令和7年5月1日",
        "自動的に更新されます",
    ):
        assert part in said


def test_a_deadline_on_a_day_off_stays_and_is_warned_of():
    found = read(
        "締結の日から令和3年3月31日までとし、満了の3か月前までに申出がないときは1年間更新する。",
        signed="2020-12-11",
    )
    assert found.notice_deadline == date(2020, 12, 31)
    assert "閉庁日" in found.explanation


def test_a_term_without_a_start_is_said_to_count_from_signing():
    assert "起点が書かれていない" in read("有効期間を3年とする。").explanation


def test_a_ledger_remark_without_a_first_term_says_what_is_not_known():
    found = read("毎年自動更新")
    assert found.readable and found.first_day is None and found.next_terms == ()
    assert "分かりません" in found.explanation


# --- texts nobody foresaw ---

PIECES = [
    "有効期間は", "締結の日から", "起算して", "1年間", "令和7年3月31日", "まで", "とし、", "とする。", "ただし、", "満了の", "3か月前までに",
    "甲又は乙から", "申出が", "ないときは", "あったときは", "更に", "更新する", "更新しない", "自動的に", "以後も同様とする。", "協議の上",
    "することができる", "この限りでない。", "2回を限度", "効力を生じ", "翌日", "第1条", "(", ")", "の属する年度の末日", "議会の議決", "2月30日",
    "災害", "99999999999", "9999年12月31日", "定めない", "に限り", "令和　年　月　日", "~", "\n２ ", "終了する", "最長3年", "経過した日",
]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(
    pieces=st.lists(st.sampled_from(PIECES), max_size=14),
    signed=st.none() | st.dates(date(1950, 1, 1), date(2100, 1, 1)),
)
def test_whatever_is_written_the_answer_holds_together(pieces, signed):
    found = read_clause("".join(pieces), signed=signed)
    assert found.explanation.endswith("。") and not re.search("[\ue000-\uefff]", found.explanation)
    if found.first_day and found.last_day:
        assert found.first_day <= found.last_day
    if found.last_day and found.notice_deadline:
        assert found.notice_deadline <= found.last_day
    before = found.last_day
    for term in found.next_terms:
        assert term.first == before + timedelta(days=1) and term.last >= term.first
        before = term.last


@settings(max_examples=200, deadline=None)
@given(
    text=st.text(
        alphabet="第1条年月日間(。)、締結の日から効力有期は令和\n ①〇一十元/R.~甲乙市更新ないときaＡﾊ",
        max_size=80,
    )
)
def test_any_text_gets_an_answer(text):
    assert read_clause(text, signed=date(2024, 6, 1)).explanation


@given(signed=st.dates(date(1950, 1, 1), date(2100, 1, 1)), years=st.integers(1, 30))
def test_strict_and_inclusive_readings_differ_by_at_most_two_days(signed, years):
    clause = f"締結の日から{years}年間とし、1か月前までに申出がないときは1年間更新する。"
    found = read_clause(clause, signed=signed)
    assert timedelta(0) <= found.last_day - found.other_reading.last_day <= timedelta(days=2)
    assert found.first_day == signed + timedelta(days=1)
    assert len(found.next_terms) == 5


# pieces that made a pattern try every way to cut them; a pattern that does so again would keep this test for minutes
HOSTILE = [
    "第1条", "令和6年", "2 ", "1", "一", "(", ")", "の", "満了", "終了", "期間が満了", "甲又は乙", "第1条(有効期間)",
    "終了した後秘密", "締結した協定", "更新", "旧協定",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_texts_made_of_one_piece_again_and_again_are_refused(piece):
    whole = (piece * 49_000)[:49_000]
    in_one_sentence = f"有効期間は{whole}とする。"
    in_many = "".join(f"有効期間は{whole[:900]}とする。" for _ in range(50))
    for text in (whole, in_one_sentence, in_many):
        assert not read_clause(text, signed=date(2024, 6, 1)).readable


def test_a_text_of_more_than_fifty_thousand_letters_is_refused_with_the_limit():
    assert "50,000字まで" in read_clause("あ" * 50_001).explanation


def test_a_term_in_a_very_long_agreement_is_still_found():
    rest = "".join(f"第{number}条 甲は、乙に協力を要請することができる。\n" for number in range(1, 1500))
    found = read_clause(
        f"{rest}第1500条 この協定の有効期間は、締結の日から1年間とする。", signed=date(2024, 6, 1)
    )
    assert found.last_day == date(2025, 6, 1)
