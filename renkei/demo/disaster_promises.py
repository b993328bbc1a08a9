"""What the demo town's partners do in a disaster: made up, plainly, and with gaps as real towns have them."""

from dataclasses import dataclass
from decimal import Decimal

from renkei.disasters.vocabulary import (
    Certainty,
    CostBearer,
    DisasterFunction,
    HazardPosition,
    Hours,
    HowToAsk,
)

F, C, H, A = DisasterFunction, Certainty, Hours, HowToAsk


@dataclass(frozen=True)
class Promise:
    """One thing that the first `partners` of a group do; the n-th promises `base` and n times `step` of it.

    Every `certain`-th promise is a guaranteed one (0: none), every `nightly`-th holds around the clock.
    """

    title: str
    function: DisasterFunction
    goods: str
    partners: int
    base: int = 0
    step: int = 0
    unit: str = ""
    certain: int = 0
    nightly: int = 0
    lead: str = "6"
    how: HowToAsk = A.PHONE_FIRST
    form: str = "災害時の協力の要請書(様式第1号)"
    cost: CostBearer = CostBearer.TOWN


# fmt: off
PROMISES = (
    Promise("災害時における応急対策業務に関する協定", F.CIVIL_WORKS, "重機と作業員による応急復旧", 24,
            4, 1, "班", nightly=3, lead="3"),
    Promise("災害時における物資の供給に関する協定", F.FOOD_WATER, "飲料水(2リットル)", 16,
            400, 100, "本", certain=5, nightly=4),
    Promise("災害時における物資の供給に関する協定", F.DAILY_GOODS, "毛布", 12, 100, 20, "枚", certain=6, nightly=6),
    Promise("災害時における物資の供給に関する協定", F.FOOD_WATER, "そのまま食べられるパン", 8, 300, 50, "食"),
    Promise("災害時における輸送業務の協力に関する協定", F.TRANSPORT, "4トントラックと運転手", 10,
            2, 1, "台", nightly=2, lead="4"),
    Promise("災害時における医療救護活動に関する協定", F.MEDICAL, "医療救護班の派遣", 7, 1, 0, "班", nightly=2, lead="3",
            cost=CostBearer.LATER),
    Promise("災害時における通信の確保に関する協定", F.COMMUNICATIONS, "公衆電話と充電場所の設置", 3, nightly=1,
            cost=CostBearer.PARTNER),
    # Nobody of them answers at night: the readiness page has to say so.
    Promise("災害時における燃料等の供給に関する協定", F.FUEL, "軽油・灯油", 7, 1000, 500, "L", certain=3, lead="5"),
    Promise("災害時における水の供給に関する協定", F.FOOD_WATER, "飲料水(500ミリリットル)", 5,
            1000, 200, "本", certain=2, nightly=2, lead="8", cost=CostBearer.PARTNER),
    Promise("福祉避難所の設置運営に関する協定", F.WELFARE, "福祉避難所への受入れ", 12, 5, 1, "人", nightly=2, lead="12"),
    Promise("災害時における相互応援に関する協定", F.STAFF, "職員の派遣", 9, 5, 1, "人", nightly=1, lead="24",
            how=A.DOCUMENT, cost=CostBearer.LATER),
    Promise("災害時における放送の協力に関する協定", F.PUBLIC_INFORMATION, "緊急の放送", 5, nightly=2, lead="0.5",
            cost=CostBearer.PARTNER),
    Promise("災害時におけるドローンの活用に関する協定", F.SURVEY, "ドローンによる被災状況の撮影", 2, 1, 0, "班", lead="4",
            how=A.UNKNOWN, form="", cost=CostBearer.UNKNOWN),
    # The only one with toilets: one partner on whom everything hangs.
    Promise("災害時における通信の確保に関する協定", F.EQUIPMENT, "仮設トイレ", 1, 20, 0, "基", certain=1, lead="10"),
    # Three supermarkets give water, blankets and their places: what would fail together if one of them does not open.
    Promise("災害時における物資の供給に関する協定", F.SHELTER, "駐車場の一時避難場所としての開放", 3, nightly=1, lead="1",
            cost=CostBearer.PARTNER),
)
DISTRICTS = (
    ("中央地区", "43.76500", "142.36000"), ("新旭川地区", "43.78000", "142.40000"),
    ("東光地区", "43.75000", "142.40500"), ("豊岡地区", "43.76400", "142.41500"),
    ("神楽地区", "43.74700", "142.35500"), ("緑が丘地区", "43.72800", "142.36800"),
    ("西神楽地区", "43.67200", "142.39900"), ("神居地区", "43.75600", "142.32300"),
    ("春光地区", "43.79600", "142.37000"), ("末広地区", "43.80700", "142.37200"),
    ("永山地区", "43.81400", "142.43500"), ("東旭川地区", "43.76900", "142.46800"),
    ("東鷹栖地区", "43.83600", "142.40000"), ("江丹別地区", "43.87000", "142.24000"),
)
"""The city's districts, each with a point somewhere in it: near enough to say which partner is nearer."""
# fmt: on
PLACED = (F.FOOD_WATER, F.DAILY_GOODS, F.FUEL, F.TRANSPORT, F.CIVIL_WORKS, F.WELFARE, F.EQUIPMENT)
FAR = "市外の倉庫"


def certainty(one: Promise, number: int) -> Certainty:
    """What the quantity of the n-th partner is worth."""
    if not one.base:
        return Certainty.NONE
    is_certain = one.certain and number % one.certain == 0
    return Certainty.GUARANTEED if is_certain else Certainty.ESTIMATED


def hours(one: Promise, number: int) -> Hours:
    """When the n-th partner acts."""
    if one.nightly and number % one.nightly == 0:
        return Hours.ALWAYS
    return Hours.UNKNOWN if one.how == A.UNKNOWN else Hours.OFFICE


def quantity(one: Promise, number: int) -> Decimal | None:
    """How much the n-th partner promises."""
    return Decimal(one.base + one.step * (number % 7)) if one.base else None


def hazard(number: int) -> HazardPosition:
    """Where the n-th partner's place lies on the hazard map."""
    places = (HazardPosition.INSIDE, HazardPosition.OUTSIDE, HazardPosition.UNKNOWN, HazardPosition.OUTSIDE)
    return places[number % 4]
