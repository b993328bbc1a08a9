"""The catalogue of real clauses T1–T23: what towns and their partners wrote, and the days that follow."""
# ruff: noqa: E501 – a clause is read in one piece

import os
from datetime import date
from pathlib import Path

import pytest

from renkei.rules.clauses import read_clause

A, B, U, N = "automatic", "by_agreement", "until_notice", "none"

# id, source, clause in our own words with the real key phrase, signed;
# first, last, other last, kind, months, deadline, second term
CATALOGUE = [
    ("T1", "大和市 H28.9.20",
     "この協定の有効期間は、締結の日から１年間とする。ただし、満了の３か月前までにどちらからも意思表示がないときは、満了の翌日からさらに１年間更新する。",
     "2016-09-20", "2016-09-21", "2017-09-20", "2017-09-19", A, 12, "2017-06-20", ("2017-09-21", "2018-09-20")),
    ("T2", "国立市・武蔵村山市 H30.4.25",
     "有効期間は、締結の日から起算して１年とする。満了の３か月前までに意思表示がないときは、更に１年間更新し、以後も同様とする。",
     "2018-04-25", "2018-04-25", "2019-04-24", None, A, 12, "2019-01-24", ("2019-04-25", "2020-04-24")),
    ("T3", "国分寺市・昭島市 H30.4.25",
     "有効期間は、締結の日から１年間とする。満了の３箇月前までに意思表示がないときは、更に１年間更新し、以後も同様とする。",
     "2018-04-25", "2018-04-26", "2019-04-25", "2019-04-24", A, 12, "2019-01-25", ("2019-04-26", "2020-04-25")),
    ("T4", "多摩市・日野市・稲城市 H29.7.26",
     "期間は、この協定の締結の日から１年間とし、満了の３か月前までに解約の申出がないときは、更に１年間継続するものとし、以後この例による。",
     "2017-07-26", "2017-07-27", "2018-07-26", "2018-07-25", A, 12, "2018-04-26", ("2018-07-27", "2019-07-26")),
    ("T5", "調布市・狛江市 H29.3.31",
     "有効期間は締結の日から１年間とし、期間満了の３か月前までに甲、乙又は丙のいずれからも申出がないときは、さらに１年間に限り"
     "更新されたものとみなす。その後も同様とする。",
     "2017-03-31", "2017-04-01", "2018-03-31", "2018-03-30", A, 12, "2017-12-31", ("2018-04-01", "2019-03-31")),
    ("T6", "世田谷区 H29.12.12",
     "有効期間は、締結の日から１年間とし、満了の３月前までに申出がないときは、当初の有効期間満了の日の翌日から１年間延長する。"
     "ただし、甲乙協議の上、この協定を解除することができる。",
     "2017-12-12", "2017-12-13", "2018-12-12", "2018-12-11", A, 12, "2018-09-12", ("2018-12-13", "2019-12-12")),
    ("T7", "赤磐市 R2.12.11",
     "有効期間は、締結の日から令和３年３月31日までとする。満了の３か月前までに申出がないときは、１年間更新し、以後も同様とする。",
     "2020-12-11", "2020-12-11", "2021-03-31", None, A, 12, "2020-12-31", ("2021-04-01", "2022-03-31")),
    ("T8", "仙台市・山形市 H28.11.2",
     "有効期間は、締結の日から平成29年３月31日までとし、満了の１か月前までに双方から申出がないときは、自動的に１年間更新する。",
     "2016-11-02", "2016-11-02", "2017-03-31", None, A, 12, "2017-02-28", ("2017-04-01", "2018-03-31")),
    ("T9", "香取市 R2.4.1",
     "有効期間は締結の日から１年間とする。満了から３か月前までに申出がない場合は、同じ条件で１年間更新し、以降も同様とする。",
     "2020-04-01", "2020-04-02", "2021-04-01", "2021-03-31", A, 12, "2021-01-01", ("2021-04-02", "2022-04-01")),
    ("T10", "大崎市×宮城大学 H19.3.22",
     "有効期間は締結日から４年間とし、改廃の申し入れがないときは１年更新とする。",
     "2007-03-22", "2007-03-23", "2011-03-22", "2011-03-21", A, 12, None, ("2011-03-23", "2012-03-22")),
    ("T11", "三原市×県立広島大学 H18.4.7",
     "有効期間は締結日から３年間としますが、その後双方から異論が出ない場合は１年毎に更新します。",
     "2006-04-07", "2006-04-08", "2009-04-07", "2009-04-06", A, 12, None, ("2009-04-08", "2010-04-07")),
    ("T12", "三原市×環太平洋大学 H31.2.27",
     "有効期間は締結日から５年間とし、申し出がないときは１年間更新するものとし、以後同様とします。",
     "2019-02-27", "2019-02-28", "2024-02-27", "2024-02-26", A, 12, None, ("2024-02-28", "2025-02-27")),
    ("T13", "特別区長会×京都府市長会・町村会",
     "有効期間は締結の日から1年間とし、1か月前までにいずれからも通知がない限り、満了の翌日から1年毎に自動的に更新する。",
     None, None, None, None, A, 12, None, None),
    ("T14", "新潟県", "有効期間は１年とし、意思表示がなければ同一条件で更新する。",
     None, None, None, None, A, 12, None, None),
    ("T15", "栃木県×建設産業団体連合会 H17.10.26", "平成17年10月26日締結 毎年自動更新",
     None, None, None, None, A, 12, None, None),
    ("T16", "刈谷市 定住自立圏", "期間 令和3年4月1日から令和13年3月31日まで",
     "2021-03-26", "2021-04-01", "2031-03-31", None, N, None, None, None),
    ("T17", "円山動物園×霧多布湿原トラスト", "有効期間を3年とする。",
     "2015-07-01", "2015-07-02", "2018-07-01", "2018-06-30", N, None, None, None),
    ("T18", "越谷市 案 2020",
     "この協定は締結の日から効力を有し、文書で終了を通知しない限り有効とする。２ 終了しようとするときは、１か月前までに通知する。",
     "2020-06-01", "2020-06-01", None, None, U, None, None, None),
    ("T19", "調布市×狛江市 消防 S45.4.18", "附則\n　この協定は、昭和45年４月20日から効力を生ずる。",
     "1970-04-18", "1970-04-20", None, None, N, None, None, None),
    ("T20", "福山市×三原市 連携協約",
     "この連携協約は、締結の日から効力を生じ、議会の議決を経て廃止を求める通知があったときは、その効力を失う。",
     "2015-03-25", "2015-03-25", None, None, "assembly", None, None, None),
]  # fmt: skip


@pytest.mark.parametrize(
    "clause, signed, first, last, other, kind, months, deadline, second",
    [pytest.param(*row[2:], id=f"{row[0]}-{row[1]}") for row in CATALOGUE],
)
def test_the_catalogue_of_real_clauses(clause, signed, first, last, other, kind, months, deadline, second):
    read = read_clause(clause, signed=date.fromisoformat(signed) if signed else None).as_json()
    assert read["readable"], read["explanation"]
    assert (read["first_day"], read["last_day"]) == (first, last)
    assert (read["other_reading"]["last_day"] if read["other_reading"] else None) == other
    assert read["renewal"] == {"kind": kind, "months": months}
    assert read["notice_deadline"] == deadline
    assert (tuple(read["next_terms"][0]) if read["next_terms"] else None) == second
    assert len(read["next_terms"]) == (5 if second else 0)


def test_t9_gives_both_readings_with_the_reason():
    clause = "この協定の有効期間は、締結の日から1年間とする。"
    read = read_clause(clause, signed=date(2020, 4, 1)).as_json()
    assert read["last_day"] == "2021-04-01"
    assert read["other_reading"]["last_day"] == "2021-03-31"
    assert "民法138条" in read["other_reading"]["reason"]


def test_t20_and_t16_do_not_renew_themselves():
    for clause in [row[2] for row in CATALOGUE if row[0] in ("T16", "T18", "T19", "T20")]:
        assert read_clause(clause, signed=date(1970, 4, 18)).next_terms == ()


def test_t21_ends_the_former_agreement_not_this_one():
    clause = (
        "平成24年11月22日に締結した「避難場所の利用に関する協定」は、本協定締結の前日を以ってその効力を失う。"
    )
    read = read_clause(clause, signed=date(2020, 3, 1))
    assert not read.readable and read.last_day is None
    assert "前の協定" in read.explanation and "令和2年2月29日" in read.explanation


@pytest.mark.parametrize(
    "clause",
    [
        pytest.param("開設期間は、災害発生の日から7日以内とする。ただし、延長できる。", id="立科町"),
        pytest.param("施設の使用期間は、発災から7日以内とする。", id="大阪市城東区"),
        pytest.param("（使用期間）第５条　使用期間は、災害発生の日から７日以内とする。", id="都立国際高校"),
    ],
)
def test_t22_periods_of_use_are_not_the_agreements_term(clause):
    read = read_clause(clause, signed=date(2020, 3, 1))
    assert not read.readable
    assert "使う期間" in read.explanation


@pytest.mark.parametrize(
    "spelling",
    ["満了から3か月前", "満了の３ヶ月前", "満了の3箇月前", "満了の３月前", "満了の3ケ月前", "満了の三カ月前", "満了の3ヵ月前", "満了の三箇月前",
     "満了の３ｹ月前", "満了日の3 か月前", "満了する日の3個月前", "満了の日から起算して3か月前", "満了前3か月"],
)  # fmt: skip
def test_t23_every_spelling_of_three_months_before_means_the_same(spelling):
    clause = f"有効期間は、締結の日から1年間とする。期間{spelling}までに申出がないときは、更に1年間更新する。"
    assert read_clause(clause, signed=date(2016, 9, 20)).notice_deadline == date(2017, 6, 20)


DOCUMENT = Path(__file__).parents[2] / "docs" / "reference" / "terms.md"
EXAMPLE_DAYS = ("T16", "T17", "T18", "T20")  # the source gives no day of signing
KINDS = {A: "自動", B: "協議", U: "通知まで", "assembly": "議決", N: "なし"}


def row_of(row):
    name, source, _, signed, first, last, other, kind, months, deadline, second = row
    term = f"{first or '不明'}〜{last or ('不明' if kind == A else '定めなし')}"
    cells = [
        name,
        source,
        f"{signed}(例)" if name in EXAMPLE_DAYS else signed or "不明",
        term,
        other or "—",
        deadline or "—",
        f"{KINDS[kind]}{f' {months}か月' if months else ''}",
    ]
    return f"| {' | '.join([*cells, '〜'.join(second) if second else '—'])} |"


def table():
    head = [
        "| 番号 | 出典 | 締結日 | はじめの期間 | 初日を数える読み方 | 通知の期限 | 更新 | 次の期間 |",
        "|" + " --- |" * 8,
    ]
    apart = [
        "| T21 | 石狩市 | — | この協定の期間ではない(前の協定は締結日の前日まで) | — | — | — | — |",
        "| T22 | 立科町ほか | — | 施設を使う期間であり、協定の期間ではない | — | — | — | — |",
        "| T23 | 香取市ほか | — | 「3か月前」の書き方の違い。どれも同じ意味に読む | — | — | — | — |",
    ]
    return "\n".join([*head, *(row_of(row) for row in CATALOGUE), *apart])


def test_the_reference_shows_this_catalogue():
    """With RENKEI_WRITE_DOCS=1 the table in the reference is written anew."""
    before, shown, after = (
        DOCUMENT.read_text(encoding="utf-8")
        .replace("<!-- end -->", "<!-- catalogue -->")
        .split("<!-- catalogue -->")
    )
    if os.environ.get("RENKEI_WRITE_DOCS"):
        DOCUMENT.write_text(f"{before}<!-- catalogue -->\n{table()}\n<!-- end -->{after}", encoding="utf-8")
        shown = f"\n{table()}\n"
    assert shown.strip() == table()
