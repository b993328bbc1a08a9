"""A need said in one line is read back as what, how much, where and how urgently."""

from decimal import Decimal

import pytest

from renkei.disasters.incidents.saying import read_need
from renkei.disasters.models import District
from renkei.disasters.vocabulary import DisasterFunction as F
from renkei.disasters.vocabulary import Urgency

DISTRICTS = [District(name="東光地区"), District(name="中央避難所"), District(name="東")]


@pytest.mark.parametrize(
    ("said", "function", "goods", "quantity", "unit", "district", "urgency"),
    [
        ("水 2,000本 東光地区", F.FOOD_WATER, "水", 2000, "本", "東光地区", Urgency.NOW),
        ("水　２，０００本　東光地区", F.FOOD_WATER, "水", 2000, "本", "東光地区", Urgency.NOW),
        ("東光に毛布を五百枚", F.DAILY_GOODS, "毛布", 500, "枚", "東光地区", Urgency.NOW),
        ("二千三百五十本の水", F.FOOD_WATER, "水", 2350, "本", "", Urgency.NOW),
        ("灯油 1万2千L", F.FUEL, "灯油", 12000, "L", "", Urgency.NOW),
        ("約３万食のおにぎりを明日", F.FOOD_WATER, "おにぎり", 30000, "食", "", Urgency.LATER),
        ("トラック 3台 今日中に", F.TRANSPORT, "トラック", 3, "台", "", Urgency.TODAY),
        ("500mlペットボトル水 ２千本", F.FOOD_WATER, "500mlペットボトル水", 2000, "本", "", Urgency.NOW),
        ("3日分の食料 200人分 中央避難所", F.FOOD_WATER, "3日分の食料", 200, "人分", "中央避難所", Urgency.NOW),
        ("毛布500 東光", F.DAILY_GOODS, "毛布", 500, "", "東光地区", Urgency.NOW),
        ("おむつ 300", F.DAILY_GOODS, "おむつ", 300, "", "", Urgency.NOW),
        ("軽油 ドラム缶5本", F.FUEL, "軽油、ドラム缶", 5, "本", "", Urgency.NOW),
        ("けが人が多い 医者", F.MEDICAL, "けが人が多い、医者", None, "", "", Urgency.NOW),
        ("水が出ない", F.UTILITIES, "水が出ない", None, "", "", Urgency.NOW),
        ("水が足りません", F.FOOD_WATER, "水", None, "", "", Urgency.NOW),
        ("はしご 2台", F.EQUIPMENT, "はしご", 2, "台", "", Urgency.NOW),
        ("なにか変なもの 3つ", F.OTHER, "なにか変なもの", 3, "つ", "", Urgency.NOW),
    ],
)  # fmt: skip
def test_a_line_is_read(said, function, goods, quantity, unit, district, urgency):
    read = read_need(said, DISTRICTS)
    assert (read.function, read.goods, read.unit, read.urgency) == (function, goods, unit, urgency)
    assert read.quantity == (None if quantity is None else Decimal(quantity))
    assert str(read.district or "") == district
    assert read.facts.said == " ".join(said.split())


def test_a_place_that_is_no_district_stays_a_place_and_what_is_not_understood_is_said():
    read = read_need("毛布 50枚 神楽小学校 よろしく", DISTRICTS)
    assert (read.place, read.unread, read.goods) == ("神楽小学校", "よろしく", "毛布")
