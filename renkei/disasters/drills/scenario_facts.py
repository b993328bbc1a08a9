"""A scenario of a drill and a planned drill, as they are written."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from renkei.disasters.models import Scenario, ScenarioNeed
from renkei.disasters.vocabulary import DisasterFunction, Hazard, Urgency

LONGEST_DRILL = 24 * 60
"""Minutes: what comes up later belongs to another drill."""


@dataclass(frozen=True)
class ScriptedFacts:
    """Something that is needed so many minutes after the beginning."""

    minute: int
    function: str
    goods: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    place: str = ""
    urgency: str = Urgency.NOW

    @classmethod
    def of(cls, need: ScenarioNeed) -> "ScriptedFacts":
        """What a kept one says."""
        return cls(**{name: getattr(need, name) for name in cls.__dataclass_fields__})


@dataclass(frozen=True)
class ScenarioFacts:
    """A course of events with what comes up in it."""

    title: str
    hazard: str = Hazard.EARTHQUAKE
    situation: str = ""
    needs: tuple[ScriptedFacts, ...] = ()

    @classmethod
    def of(cls, scenario: Scenario) -> "ScenarioFacts":
        """What a kept one says."""
        needs = tuple(ScriptedFacts.of(one) for one in scenario.needs.all())
        return cls(scenario.title, scenario.hazard, scenario.situation, needs)


@dataclass(frozen=True)
class DrillFacts:
    """A drill in the plan; without `calls_partners` it is played among the town's own people."""

    scenario: Scenario
    title: str
    planned_on: date
    aim: str = ""
    calls_partners: bool = True


def earthquake() -> ScenarioFacts:
    """A sample: the first two hours of an earthquake right below the town."""
    return ScenarioFacts(
        title="直下型地震の最初の2時間",
        hazard=Hazard.EARTHQUAKE,
        situation=(
            "平日の午前3時、市の直下で震度6強の地震が起きた。市の半分で停電し、断水が広がっている。\n"
            "庁舎の固定電話はつながりにくい。避難所に人が集まり始めている。"
        ),
        needs=(
            _needed(5, DisasterFunction.FOOD_WATER, "飲料水", 2000, "本", "第一避難所"),
            _needed(10, DisasterFunction.DAILY_GOODS, "毛布", 500, "枚", "第一避難所"),
            _needed(20, DisasterFunction.FUEL, "発電機のための軽油", 400, "L", "本庁舎"),
            _needed(30, DisasterFunction.EQUIPMENT, "仮設トイレ", 20, "基", "中央公園"),
            _needed(45, DisasterFunction.MEDICAL, "医師・看護師の派遣", 2, "班", "第二避難所"),
            _needed(60, DisasterFunction.CIVIL_WORKS, "倒れた家の撤去と道路啓開", None, "", "国道と橋の間"),
            _needed(75, DisasterFunction.WELFARE, "福祉避難所への受入れ", 15, "人", "第二避難所から"),
            _needed(90, DisasterFunction.FOOD_WATER, "そのまま食べられる食料", 1500, "食", "第二避難所"),
        ),
    )


def snow() -> ScenarioFacts:
    """A sample: heavy snow, and no electricity in half of the town."""
    return ScenarioFacts(
        title="大雪と停電の半日",
        hazard=Hazard.SNOW,
        situation=(
            "前日からの大雪で国道が通れず、郊外の地区が孤立している。夕方、倒木で郊外が停電した。\n"
            "気温は氷点下12度。暖房の使えない家から、避難の相談が続いている。"
        ),
        needs=(
            _needed(5, DisasterFunction.FUEL, "避難所の暖房のための灯油", 1000, "L", "郊外の避難所"),
            _needed(15, DisasterFunction.CIVIL_WORKS, "除雪と倒木の撤去", None, "", "郊外への市道"),
            _needed(25, DisasterFunction.DAILY_GOODS, "毛布・使い捨てカイロ", 300, "組", "郊外の避難所"),
            _needed(40, DisasterFunction.EQUIPMENT, "発電機", 5, "台", "郊外の避難所"),
            _needed(55, DisasterFunction.STRANDED, "立ち往生した車の人の休憩場所", 40, "人", "国道沿い"),
            _needed(
                70, DisasterFunction.COMMUNICATIONS, "携帯電話の充電と公衆電話", None, "", "郊外の避難所"
            ),
        ),
    )


SAMPLES = {"earthquake": earthquake, "snow": snow}


def _needed(
    minute: int, function: str, goods: str, quantity: int | None, unit: str, place: str
) -> ScriptedFacts:
    return ScriptedFacts(
        minute, function, goods, None if quantity is None else Decimal(quantity), unit, place
    )
