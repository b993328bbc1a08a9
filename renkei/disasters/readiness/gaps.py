"""What a town wants to have in a disaster and does not have (足りない支援), need by need."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.disasters.contacts.chains import sure_at_night
from renkei.disasters.readiness.facts import contacts_on
from renkei.disasters.readiness.judging import function_name
from renkei.disasters.readiness.town import TownFacts
from renkei.disasters.vocabulary import (
    Certainty,
    DisasterFunction,
    HazardPosition,
    Hours,
)
from renkei.municipalities.models import Municipality

BETWEEN = re.compile("[、,,・//;;]|及び|並びに|または|又は")
"""What stands between the goods of one capability."""
AT_NIGHT = (Hours.ALWAYS, Hours.ARRANGED)
CAN_WAIT = (
    DisasterFunction.MONEY,
    DisasterFunction.COUNSELLING,
    DisasterFunction.PUPILS,
    DisasterFunction.VOLUNTEERS,
    DisasterFunction.HYGIENE,
    DisasterFunction.HOUSING,
    DisasterFunction.WASTE,
    DisasterFunction.INSTALLATIONS,
)
"""What nobody asks for before the morning."""
GOODS = (
    DisasterFunction.FOOD_WATER,
    DisasterFunction.DAILY_GOODS,
    DisasterFunction.MEDICINES,
    DisasterFunction.FUEL,
    DisasterFunction.EQUIPMENT,
)
"""What is counted, so that a quantity can be kept ready."""


class GapKind(models.TextChoices):
    """In which way something is lacking, the worst first."""

    NONE = "none", gettext_lazy("相手方がいない")
    GOODS = "goods", gettext_lazy("品目の相手方がいない")
    SINGLE = "single", gettext_lazy("一者だけ")
    NIGHT = "night", gettext_lazy("夜間に応じない")
    QUANTITY = "quantity", gettext_lazy("数量の確保がない")
    HAZARD = "hazard", gettext_lazy("危険区域の中だけ")


@dataclass(frozen=True)
class Gap:
    """Something that is lacking for a function, or for goods of it, with how many partners there are."""

    function: str
    kind: GapKind
    sentence: str
    partners: int = 0
    goods: str = ""

    @property
    def label(self) -> str:
        """燃料の供給."""
        return function_name(self.function)


@dataclass
class Provided:
    """Who does something: partners in all, awake or called at night, with a guaranteed quantity, outside and inside."""

    partners: int = 0
    awake: int = 0
    night: int = 0
    guaranteed: int = 0
    outside: int = 0
    inside: int = 0


def gaps_of(town: TownFacts) -> list[Gap]:
    """What is lacking of what the town wants, function by function in their order."""
    provided = _provided(town)
    goods = _goods_without_partner(town, provided)
    found: list[Gap] = []
    for function in town.wanted:
        found += _gaps(function, provided[function])
        found += goods.get(function, [])
    return found


def _gaps(function: str, one: Provided) -> Iterator[Gap]:
    """The town's gaps in one function."""
    if not one.partners:
        yield Gap(function, GapKind.NONE, _("応じる相手方がいません。"))
        return
    if one.partners == 1:
        yield Gap(function, GapKind.SINGLE, _("相手方が一者だけです。"), one.partners)
    if not one.night and function not in CAN_WAIT:
        yield Gap(function, GapKind.NIGHT, _night(one), one.partners)
    if not one.guaranteed and function in GOODS:
        yield Gap(function, GapKind.QUANTITY, _("数量を確保している相手方がいません。"), one.partners)
    if one.inside and not one.outside:
        sentence = _("拠点の分かっている相手方は、危険区域の中だけです。")
        yield Gap(function, GapKind.HAZARD, sentence, one.partners)


def _night(one: Provided) -> str:
    if not one.awake:
        return _("夜間に応じる相手方がいません。")
    return _(
        "夜間に応じる相手方がいません(24時間か時間外相談の相手方%(count)s者の、夜間の連絡先が確かめられていません)。"
    ) % {"count": one.awake}


def _provided(town: TownFacts) -> dict[str, Provided]:
    """Counted by function, each partner once."""
    reached = night_partners(town.town, town.day)
    rows = town.capabilities().order_by().values("function", "who").annotate(
        awake=Count("pk", filter=Q(hours__in=AT_NIGHT)),
        guaranteed=Count("pk", filter=Q(certainty=Certainty.GUARANTEED)),
        outside=Count("places", filter=Q(places__hazard=HazardPosition.OUTSIDE)),
        inside=Count("places", filter=Q(places__hazard=HazardPosition.INSIDE)),
    )  # fmt: skip
    found: dict[str, Provided] = defaultdict(Provided)
    for row in rows:
        one = found[row["function"]]
        one.partners += 1
        one.awake += bool(row["awake"])
        one.night += bool(row["awake"]) and row["who"] in reached
        one.guaranteed += bool(row["guaranteed"])
        one.outside += bool(row["outside"])
        one.inside += bool(row["inside"])
    return found


def night_partners(town: Municipality, day: date) -> set[int]:
    """Partners of whom somebody can be called at night, on a number that was verified within a year."""
    night = sure_at_night(contacts_on(day).filter(municipality=town), day)
    who = night.order_by().annotate(who=Coalesce("organisation__merged_into", "organisation"))
    return set(who.values_list("who", flat=True))


def _goods_without_partner(town: TownFacts, provided: dict[str, Provided]) -> dict[str, list[Gap]]:
    """What was asked for by name and stands in nobody's capability of that function."""
    asked = [one for one in town.asked_for if one.goods and provided[one.function].partners]
    if not asked:
        return {}
    functions = {one.function for one in asked}
    promised: dict[str, set[str]] = defaultdict(set)
    rows = town.capabilities().filter(function__in=functions).order_by()
    for function, goods in rows.values_list("function", "goods").distinct():
        promised[function] |= {plain(one) for one in BETWEEN.split(goods)}
    found: dict[str, list[Gap]] = defaultdict(list)
    for one in asked:
        if not _stands_in(plain(one.goods), promised[one.function]):
            sentence = _("「%(goods)s」と書かれた支援内容がありません。") % {"goods": one.goods}
            found[one.function].append(
                Gap(one.function, GapKind.GOODS, sentence, provided[one.function].partners, one.goods)
            )
    return found


def _stands_in(goods: str, promised: set[str]) -> bool:
    return any(one and (goods in one or one in goods) for one in promised)


def plain(text: str) -> str:
    """For comparing goods: one width, small letters, no blanks."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
