"""Reading a need said in one line: 「水 2,000本 東光地区」 is what, how much and where."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from renkei.disasters.capabilities.proposing import words_in
from renkei.disasters.incidents.need_facts import NeedFacts
from renkei.disasters.models import District
from renkei.disasters.vocabulary import DisasterFunction, Urgency
from renkei.rules.kanji_numbers import DIGITS, arabic
from renkei.rules.written_amounts import UnreadableAmount, amount

UNITS = (
    "リットル", "キロリットル", "キログラム", "ケース", "パック", "セット", "ダース", "トン", "ロール", "チーム", "日分", "人分",
    "食分", "世帯", "本", "枚", "個", "箱", "台", "人", "名", "食", "缶", "袋", "張", "棟", "部", "足", "着", "基", "床", "室",
    "式", "便", "件", "組", "梱", "体", "頭", "匹", "帖", "束", "巻", "班", "隊", "杯", "つ", "か所", "ヶ所", "箇所", "kL", "kl", "kg", "KL",
    "L", "l", "t", "m3", "立米", "両",
)  # fmt: skip
_KANJI = "".join(DIGITS) + "十拾百千"
_UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
_QUANTITY = re.compile(
    rf"(?:約|およそ)?(?P<number>\d[\d,]*(?:\.\d+)?[億万千百]*(?:\d[\d,]*[千百]?)*|[{_KANJI}]+万?[{_KANJI}]*)\s*"
    rf"(?P<unit>{_UNIT})(?![A-Za-z\d])(?:分|ほど|くらい|ぐらい|程度)?"
)
_BARE = re.compile(r"(?<![\d.,])\d[\d,]*(?=$|[\s、。をがはに])")
"""A number without a unit, as in 毛布500."""
_URGENT = (
    (Urgency.NOW, re.compile("大至急|至急|すぐに|すぐ|いますぐ|今すぐ|緊急|ただちに|直ちに")),
    (Urgency.TODAY, re.compile("今日中に?|きょう中に?|本日中に?|今晩|今夜|夕方まで(?:に)?|昼まで(?:に)?")),
    (Urgency.LATER, re.compile("明日以降|明日|あす|あした|明後日|あさって|来週|今週中に?|後日")),
)
_NOISE = re.compile(
    r"(?:が|を|は|に|へ|で|まで|から|宛て?)?(?:とても|全然|まったく)?"
    r"(?:足りません|足りない|不足して(?:いる|います)?|不足|ほしい|欲しい|必要(?:です)?|いります|要ります|いる|要る"
    r"|お願い(?:します|いたします)?|ください|下さい|頼みます|頼む|だけ|ある|です)*[。!?]*$"
)
_PLACE = re.compile(
    r"(?:小学校|中学校|小中学校|高校|高等学校|学校|体育館|公民館|会館|集会所|避難所|センター|病院|診療所|公園|役場|市役所"
    r"|支所|出張所|庁舎|園|駅|ホーム|広場|プラザ|町|丁目|番地|地区|\d条|\d条通)$"
)
_TAKEN = "\x02"
"""Stands where something was taken out of the text: a particle behind it belongs to what was taken."""
_PARTICLE = re.compile(f"^{_TAKEN}(?:が|を|は|に|へ|の|で|と|も|分)?")
_ASIDE = re.compile(r"[、,。;/・\s]+")


@dataclass(frozen=True)
class SaidNeed:
    """What was understood; `unread` is what was not, for a person to look at."""

    said: str
    function: DisasterFunction
    goods: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    district: District | None = None
    place: str = ""
    urgency: Urgency = Urgency.NOW
    unread: str = ""

    @property
    def facts(self) -> NeedFacts:
        """As a need is written."""
        names = ("function", "goods", "quantity", "unit", "district", "place", "urgency", "said")
        return NeedFacts(**{name: getattr(self, name) for name in names}, note="")


def read_need(text: str, districts: Iterable[District]) -> SaidNeed:
    """What, how much, where and how urgently; digits of any width and kanji numbers are read."""
    said = " ".join(text.split())[:300]
    rest = unicodedata.normalize("NFKC", said)
    urgency, rest = _urgency(rest)
    district, rest = _district(rest, districts)
    quantity, unit, rest = _quantity(rest)
    goods, places, unread = [], [], []
    functions: list[DisasterFunction] = []
    for part in _ASIDE.split(rest):
        word = _NOISE.sub("", _PARTICLE.sub("", part))
        if not word:
            continue
        found = words_in(word)
        if _PLACE.search(word) and (not found or functions):
            places.append(word)
        elif found:
            functions += [function for _word, function in found]
            goods.append(word)
        else:
            unread.append(word)
    if not goods and unread:
        goods, unread = unread[:1], unread[1:]
    function = functions[0] if functions else DisasterFunction.OTHER
    goods_said = "、".join(goods)[:200]
    place, left = " ".join(places)[:200], " ".join(unread)
    return SaidNeed(said, function, goods_said, quantity, unit, district, place, urgency, left)


def _urgency(text: str) -> tuple[Urgency, str]:
    """How urgent; where nobody says, at once."""
    for urgency, words in _URGENT:
        if words.search(text):
            return urgency, words.sub(f" {_TAKEN}", text)
    return Urgency.NOW, text


def _district(text: str, districts: Iterable[District]) -> tuple[District | None, str]:
    """The district with the longest name in the text; 東光 is 東光地区 as well."""
    named: list[tuple[str, District]] = []
    for one in districts:
        name = unicodedata.normalize("NFKC", one.name)
        short = name.removesuffix("地区")
        named += [(name, one)] + ([(short, one)] if len(short) > 1 else [])
    for name, one in sorted(named, key=lambda pair: -len(pair[0])):
        if name in text:
            return one, text.replace(name, f" {_TAKEN}", 1)
    return None, text


def _quantity(text: str) -> tuple[Decimal | None, str, str]:
    """The first number with a unit; 500ml is none, 二千本 is. How many days it is for is no quantity beside another."""
    told = sorted(_QUANTITY.finditer(text), key=lambda found: found["unit"] == "日分")
    for found in told:
        number = _number(found["number"])
        if number is not None:
            return number, found["unit"], f"{text[: found.start()]} {_TAKEN}{text[found.end() :]}"
    return _bare_quantity(text)


def _bare_quantity(text: str) -> tuple[Decimal | None, str, str]:
    """毛布500 is so many of what stands before the number."""
    for found in _BARE.finditer(text):
        before = _ASIDE.split(text[: found.start()].rstrip())[-1]
        if words_in(before) and (number := _number(found[0])) is not None:
            return number, "", f"{text[: found.start()]} {_TAKEN}{text[found.end() :]}"
    return None, "", text


def _number(text: str) -> Decimal | None:
    try:
        return amount(text)
    except UnreadableAmount:
        pass
    before, has_ten_thousands, after = text.partition("万")
    try:
        high = arabic(before) * 10_000 if has_ten_thousands else 0
        return Decimal(high + (arabic(after if has_ten_thousands else before) if after or not high else 0))
    except ValueError:
        return None
