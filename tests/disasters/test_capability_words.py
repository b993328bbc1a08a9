"""Words of agreements and calls for help, and the places of what is promised; no database is asked."""

from decimal import Decimal

import pytest

from renkei.disasters.capabilities.district_facts import MOST_ROWS, districts_in, rows_of_text
from renkei.disasters.capabilities.facts import PlaceFacts
from renkei.disasters.capabilities.proposing import functions_in, goods_in
from renkei.disasters.capabilities.reading_terms import amounts_in
from renkei.disasters.places import UnreadablePlace, coordinates, distance_km
from renkei.disasters.vocabulary import DisasterFunction as F
from renkei.disasters.vocabulary import published_column

CITY_HALL = PlaceFacts("旭川市役所", "", Decimal("43.77060"), Decimal("142.36500"))
SAPPORO = PlaceFacts("札幌市役所", "", Decimal("43.06200"), Decimal("141.35440"))


@pytest.mark.parametrize(
    ("text", "functions"),
    [
        ("水 2,000本 東光地区", [F.FOOD_WATER]),
        ("飲料水及び毛布の供給", [F.FOOD_WATER, F.DAILY_GOODS]),
        ("ガソリン、軽油、灯油、ＬＰガス", [F.FUEL]),
        ("発電機と仮設トイレ", [F.EQUIPMENT]),
        ("ドローンによる情報収集", [F.SURVEY]),
        ("浸水した道の排水", []),
        ("応急給水に関する覚書", [F.UTILITIES]),
        ("大規模災害時における消防用水等の確保に関する協定書", [F.RESCUE]),
        ("市内の緊急輸送路の交通誘導、避難場所の警備等", [F.SECURITY]),
        ("水道水とトイレの提供", [F.FOOD_WATER, F.EQUIPMENT]),
        ("器材のレンタル、備蓄品の共同利用", [F.EQUIPMENT, F.DAILY_GOODS]),
        ("応急対策活動の相互応援", [F.STAFF]),
        ("港での船舶消火", [F.RESCUE]),
        ("救援物資等の輸送、物資の供給", [F.TRANSPORT, F.DAILY_GOODS]),
        ("緊急消防援助隊の活動拠点の確保", [F.SHELTER]),
        ("役務と物資の提供", [F.STAFF, F.DAILY_GOODS]),
        ("避難場所広告付看板に関する協定", [F.INSTALLATIONS]),
        ("福祉避難所", [F.WELFARE]),
        ("トイレットペーパー等の提供・物資運搬", [F.DAILY_GOODS, F.TRANSPORT]),
        ("災害時における貨物自動車輸送の協力に関する協定", [F.TRANSPORT]),
        ("職員 10人 庁舎", [F.STAFF]),
        ("包括連携協定", []),
    ],
)
def test_the_longest_word_says_which_function_is_meant(text, functions):
    assert functions_in(text) == functions


def test_goods_are_told_apart_from_deeds():
    assert goods_in("毛布と水の輸送") == [("毛布", F.DAILY_GOODS), ("水", F.FOOD_WATER)]


def test_every_function_counts_under_one_published_column():
    assert {published_column(one) for one in F} == {
        "職員派遣", "物資供給", "物資運搬・輸送", "医療救護", "災害広報", "避難収容", "ライフライン復旧", "その他",
    }  # fmt: skip


def test_distance_is_as_the_crow_flies_and_unknown_without_a_place():
    there = distance_km(CITY_HALL, SAPPORO)
    assert there == pytest.approx(113.5, abs=1)
    assert distance_km(CITY_HALL, CITY_HALL) == 0
    assert distance_km(CITY_HALL, PlaceFacts("倉庫")) is None


@pytest.mark.parametrize(
    "text",
    ["43.7706, 142.365", "４３．７７０６、１４２．３６５", "北緯43.7706度 東経142.365度", "43.7706 142.365"],
)
def test_coordinates_are_read_in_every_width(text):
    assert coordinates(text) == (Decimal("43.77060"), Decimal("142.36500"))


@pytest.mark.parametrize(
    ("text", "why"), [("40.7, -74.0", "日本の外"), ("142.365, 43.7706", "逆"), ("北海道", "読めません")]
)
def test_a_place_outside_japan_is_refused_with_a_sentence(text, why):
    with pytest.raises(UnreadablePlace, match=why):
        coordinates(text)


def test_a_pasted_list_of_places_names_the_problem_of_each_row():
    rows = districts_in(
        rows_of_text(
            "名称\t種類\t所在地\t緯度\t経度\n東光小学校\t指定避難所\t東光1条\t43.75\t142.39\n"
            "謎の場所\t要塞\t\t\t\n東光小学校\t避難所\t\t\t\n海の上\t地区\t\t10\t10"
        )
    )
    assert [bool(one.problems) for one in rows] == [False, True, True, True]
    assert rows[0].facts
    assert (rows[0].facts.kind, rows[0].facts.latitude) == ("shelter", Decimal("43.75000"))
    assert "要塞" in rows[1].problems[0]
    assert "日本の外" in rows[3].problems[0]


def test_a_list_that_is_too_long_says_where_the_rest_begins():
    rows = districts_in([["名称"], *([f"地区{number}"] for number in range(MOST_ROWS + 5))])
    assert len(rows) == MOST_ROWS + 1
    assert [one.number for one in rows if one.problems] == [MOST_ROWS + 2]
    assert "2,000行まで" in rows[-1].problems[0]


@pytest.mark.parametrize(
    "said, amounts",
    [
        ("飲料水(500ml) 2,000本を供給する", ["2000本"]),
        ("飲料水(2リットル入り)を供給する", []),
        ("毛布(500枚)を供給する", ["500枚"]),
        ("灯油(2,000リットル)を供給する", ["2000リットル"]),
    ],
)
def test_how_large_one_bottle_is_says_not_how_many_there_are(said, amounts):
    assert [f"{one.quantity}{one.unit}" for one in amounts_in(said, goods_in(said))] == amounts
