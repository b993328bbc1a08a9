"""How well one capability answers one need: each question gives a share 0…1 and a reason in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from django.utils.translation import gettext as _

from renkei.disasters.amounts import told_amount
from renkei.disasters.capabilities.proposing import words_in
from renkei.disasters.contacts.chains import is_night
from renkei.disasters.models import Capability, Need, SupplyPlace
from renkei.disasters.places import distance_km
from renkei.disasters.vocabulary import Certainty, HazardPosition, Hours, Urgency

UNKNOWN = 0.4
"""What nobody knows is worth less than what is known to be good, and more than what is known to be bad."""
ALIKE = (
    {"水", "飲料水", "飲用水", "ミネラルウォーター", "ペットボトル", "清涼飲料水", "飲料"},
    {"毛布", "布団", "寝具", "寝袋"},
    {"段ボールベッド", "ダンボールベッド", "段ボールベット", "簡易ベッド"},
    {"仮設トイレ", "簡易トイレ", "携帯トイレ", "トイレ", "トイレカー", "トイレトレーラー"},
    {"紙おむつ", "おむつ", "オムツ"},
    {"粉ミルク", "液体ミルク", "ミルク"},
)
"""Goods that serve instead of each other."""
GENERAL = {
    "燃料", "石油", "石油類", "石油燃料", "燃料油", "食料", "食糧", "食料品", "食品", "物資", "物品", "日用品", "生活物資",
    "応急生活物資", "生活必需品", "生活必需物資", "救援物資", "支援物資", "資機材", "資器材", "機材", "レンタル機材",
}  # fmt: skip
"""Words for a whole kind of goods: whoever brings these probably has what is asked."""
IN_TIME = {Urgency.NOW: (3, 12, 24), Urgency.TODAY: (12, 24, 48), Urgency.LATER: (48, 96, 168)}
FAR_KM = 20
"""At this distance a partner counts half as near."""


@dataclass(frozen=True)
class Part:
    """One question's share, and its reason; "" where there is nothing worth saying."""

    share: float
    reason: str = ""


@lru_cache(maxsize=4096)
def words_of(goods: str) -> frozenset[str]:
    """The words of goods and deeds in a text."""
    return frozenset(word for word, _function in words_in(goods))


def of_goods(need: Need, capability: Capability) -> Part:
    """Function and goods: 1 where both fit, 0 where neither does."""
    asked, offered = words_of(need.goods), words_of(capability.goods)
    is_same_function = capability.function == need.function
    if not is_same_function:
        share = 0.6 if asked & offered else 0.0
        return Part(share, _("「%(goods)s」もできる") % {"goods": capability.goods[:30]} if share else "")
    if not asked or _is_alike(asked, offered):
        return Part(1.0)
    if not offered or offered & GENERAL:
        return Part(0.8)
    if asked & GENERAL:
        return Part(0.7, capability.goods[:30])
    return Part(0.3, _("品目が違う(%(goods)s)") % {"goods": capability.goods[:30]})


def _is_alike(asked: frozenset[str], offered: frozenset[str]) -> bool:
    if any(one in other or other in one for one in asked for other in offered):
        return True
    return any(group & asked and group & offered for group in ALIKE)


def covered(need: Need, capability: Capability) -> Decimal | None:
    """How much of the need can be counted on; None where that cannot be compared."""
    counted = capability.counted
    if counted is None or need.quantity is None or need.unit not in ("", capability.unit):
        return None
    return min(counted, need.quantity)


def of_quantity(need: Need, capability: Capability) -> Part:
    """Guaranteed before estimated before none; more than is needed is worth no more."""
    shown = told_amount(capability.quantity, capability.unit)
    if capability.counted is None:
        return Part(0.2, _("数量の約束なし"))
    worth = 1.0 if capability.certainty == Certainty.GUARANTEED else 0.8
    is_sure = capability.certainty == Certainty.GUARANTEED
    words = _("数量を確保済み(%(amount)s)") if is_sure else _("見込み%(amount)s")
    amount = covered(need, capability)
    if amount is None or not need.quantity:
        return Part(worth * 0.6, words % {"amount": shown})
    if amount < need.quantity:
        words = _("%(amount)sまで確保") if is_sure else _("見込み%(amount)sまで")
    return Part(worth * float(amount / need.quantity), words % {"amount": shown})


def of_hours(capability: Capability, at: datetime) -> Part:
    """By day everybody answers; at night who said so."""
    if not is_night(at):
        return Part(1.0)
    return {
        Hours.ALWAYS: Part(1.0, _("夜間も応じる")),
        Hours.ARRANGED: Part(0.6, _("時間外は相談")),
        Hours.OFFICE: Part(0.1, _("業務時間内だけ")),
    }.get(Hours(capability.hours), Part(UNKNOWN, _("夜間に応じるか不明")))


def of_lead(need: Need, capability: Capability) -> Part:
    """How soon it arrives, against how urgent it is."""
    if capability.lead_hours is None:
        return Part(UNKNOWN)
    soon, later, late = IN_TIME[Urgency(need.urgency)]
    hours = capability.lead_hours
    share = 1.0 if hours <= soon else 0.7 if hours <= later else 0.3 if hours <= late else 0.1
    shown = f"{hours:f}".rstrip("0").rstrip(".") if "." in f"{hours:f}" else f"{hours:f}"
    return Part(share, _("約%(hours)s時間で到着") % {"hours": shown})


def nearest(need: Need, places: Iterable[SupplyPlace]) -> tuple[SupplyPlace | None, float | None]:
    """The partner's place that is nearest to the need's district; the first one where no distance is known."""
    listed = list(places)
    known = [(km, place) for place in listed if (km := distance_km(need.district, place)) is not None]
    if known:
        km, place = min(known, key=lambda pair: pair[0])
        return place, km
    return (listed[0] if listed else None), None


def of_distance(need: Need, capability: Capability, km: float | None) -> Part:
    """How near; without coordinates, whether the area that the partner serves names the district."""
    if km is not None:
        return Part(1 / (1 + km / FAR_KM), f"{km:.1f}km" if km < 10 else f"{km:.0f}km")
    if need.district is not None and capability.area and str(need.district) in capability.area:
        return Part(0.8, _("%(district)sに対応") % {"district": need.district})
    return Part(UNKNOWN)


def of_hazard(place: SupplyPlace | None) -> Part:
    """Whether its place lies where harm is expected."""
    if place is not None and place.hazard == HazardPosition.INSIDE:
        return Part(0.0, _("拠点が危険区域の中"))
    return Part(1.0 if place is not None and place.hazard == HazardPosition.OUTSIDE else UNKNOWN)
