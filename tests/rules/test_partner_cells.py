"""A cell of partners: split only where it is certain, brackets read for what they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renkei.rules.partner_cells import read_partners


def names(cell: str) -> list[str]:
    return [partner.name for partner in read_partners(cell).partners]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("甲府市、水戸市,横浜市", ["甲府市", "水戸市", "横浜市"]),
        ("所沢市・東村山市・清瀬市", ["所沢市", "東村山市", "清瀬市"]),
        ("(株)ヤマイチ・(株)ローソン", ["(株)ヤマイチ", "(株)ローソン"]),
        ("(株)Clover・(株)REHA・LIBERO", ["(株)Clover", "(株)REHA・LIBERO"]),
        ("大和リース株式会社(大阪府)及び青山社中株式会社(東京都)", ["大和リース株式会社", "青山社中株式会社"]),
        ("大和建設業協会小樽支部と全日本不動産協会北海道本部の2団体", ["大和建設業協会小樽支部", "全日本不動産協会北海道本部"]),
        ("北海道 道内 72 市町", ["北海道", "道内72市町"]),
        ("上越市長、十日町市長妙高市長", ["上越市", "十日町市", "妙高市"]),
        ("㈳北海道警備業協会\n(北海道札幌市)", ["㈳北海道警備業協会"]),
        ("株式会社甲\n株式会社乙", ["株式会社甲", "株式会社乙"]),
        ("社会福祉法人\n見本福祉会", ["社会福祉法人見本福祉会"]),
        ("金融機関2社((株)静岡銀行、掛川信用金庫)", ["(株)静岡銀行", "掛川信用金庫"]),
    ],
)  # fmt: skip
def test_a_list_is_split(cell, expected):
    assert names(cell) == expected


@pytest.mark.parametrize(
    "cell",
    [
        "株式会社セブン-イレブン・ジャパン",
        "マレーシア・サバ州野生生物局",
        "台湾・台北市立動物園",
        "IPU・環太平洋大学",
        "福岡県石油商業・協同組合",
        "独立行政法人雇用・能力開発機構",
        "警視庁小松川・葛西・小岩警察署",
        "御殿場市・小山町広域行政組合",
        "米国グランド フォークス市",
        "県内全市町",
        "東海道53次協定加盟自治体",
        "富士フイルム Co.,Ltd.",
        "東日本電信電話㈱北海道支店",
    ],
)
def test_what_only_looks_like_a_list_stays_one_name(cell):
    assert names(cell) == [cell]


@pytest.mark.parametrize(
    ("cell", "attribute", "expected"),
    [
        ("(株)健食(豊岡市)代表取締役社長 吹田 猛", "remark", "豊岡市"),
        ("(株)健食(豊岡市)代表取締役社長 吹田 猛", "signatory", "代表取締役社長 吹田 猛"),
        ("札幌弁護士会(清水智会長)", "signatory", "清水智会長"),
        ("吾妻町(現東吾妻町)", "remark", "現東吾妻町"),
        ("矢祭町(やまつりまち)", "remark", "やまつりまち"),
        ("県内全市町(29市12町間での協定)", "remark", "29市12町間での協定"),
        ("北空知圏振興協議会(深川市・沼田町)", "remark", "深川市・沼田町"),
        ("愛川町(以下「甲」という。)", "letter", "甲"),
        ("甲 栃木県知事 福田富一", "signatory", "知事 福田富一"),
        ("東京都知事", "signatory", "知事"),
        ("医療法人あけぼの会「老健平成苑」", "unit", "老健平成苑"),
    ],
)
def test_what_stands_beside_a_name_goes_where_it_belongs(cell, attribute, expected):
    partner = read_partners(cell).partners[0]
    assert getattr(partner, attribute) == expected
    assert expected not in partner.name or attribute == "letter"


@pytest.mark.parametrize(
    "name", ["(株)ローソン", "㈱ローソン", "( 株)ローソン", "(一社)見本協会", "ローソン(株)"]
)
def test_a_legal_form_in_brackets_stays_with_the_name(name):
    assert names(name) == [name]


def test_a_day_in_the_last_bracket_is_the_signing_day():
    read = read_partners("群馬県前橋市、吾妻町(現東吾妻町) (昭和49年12月24日)")
    assert [partner.name for partner in read.partners] == ["群馬県前橋市", "吾妻町"]
    assert read.signed == "昭和49年12月24日"


def test_a_wrong_number_of_partners_is_told():
    read = read_partners("札幌弁護士会・札幌司法書士会の4団体")
    assert read.remarks == ("相手方の数が「4」と書かれていますが、読めた名前は2です。",)


@given(st.text(alphabet="甲乙市町村会社(株)（）「」、・及びと 長\n0123年月日※", max_size=60))
def test_any_text_can_be_read_and_no_name_is_empty(text):
    assert all(partner.name for partner in read_partners(text).partners)


@given(
    st.lists(
        st.sampled_from(["甲府市", "水戸市", "横浜市", "株式会社見本", "見本医師会"]),
        min_size=1,
        max_size=6,
        unique=True,
    )
)
def test_names_joined_by_commas_come_apart_again(listed):
    assert names("、".join(listed)) == listed


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("神奈川 県", ["神奈川県"]),
        ("大阪　市", ["大阪市"]),
        ("舞 鶴市", ["舞鶴市"]),
        ("神奈川 県、大阪 市", ["神奈川県", "大阪市"]),
        ("社会福祉法人見本会 見本園", ["社会福祉法人見本会 見本園"]),
        ("見本 太郎", ["見本 太郎"]),
    ],
)
def test_a_blank_that_the_layout_put_into_the_name_of_a_town_is_lost(cell, read):
    assert names(cell) == read
