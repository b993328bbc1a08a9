"""The sentences of an agreement with the headings above them, amounts of goods in them, and their conditions."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from renkei.disasters.vocabulary import Certainty, CostBearer, DisasterFunction, Hours, HowToAsk

Sentence = tuple[str, str]
"""The heading of the article, and what is said in it."""
SKIPPED = re.compile(
    r"費用|経費|代金|価格|対価|負担|支払|期間|効力|協議|秘密|守秘|報告|損害|補償|賠償|解除|連絡|疑義|暴力団|個人情報|訓練|"
    r"平常時|平時|会議|雑則|引渡|引取|運搬|手続|公表|責任者|情報交換|情報の交換|従事者|保険"
)
MOST_SENTENCES = 2_000
_ARTICLE = re.compile(r"^第\s*[\d一二三四五六七八九十百]+\s*条(?:の\d+)?\s*(?:\(([^()]{1,30})\))?\s*")
_HEADING = re.compile(r"^\(([^()\d]{2,30})\)$")
_NEW = re.compile(r"^(?:第\s*[\d一二三四五六七八九十]+|\(|\d+\s|[①-⑳ア-ン]\s|[・○●◆■]|別[表紙記]|附則|様式)")
_WHOLE = re.compile(r"(?:。|協定書?|覚書|細目|要領|申合せ)$")
_UNIT = (
    r"本|枚|台|個|箱|ケース|セット|食|人分|人|名|袋|缶|リットル|L|l|kl|KL|キロリットル|トン|t|kg|キログラム|基|張|組|着|"
    r"棟|室|戸|床|か所|箇所|ヶ所|店舗|機|隻|両|巻|ロール|パック|杯|体|件|回線|立方メートル|㎥|m3"
)
_AMOUNT = re.compile(
    rf"[\s:(はをが約概ねおよそ最大,、]*?(\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?\s*({_UNIT})(?![A-Za-z])"
)
_CONTAINER = re.compile(
    r"\s*\((?:\d+\s*(?:ミリリットル|ml|mL|ML|cc|グラム|g)|\d{1,2}(?:\.\d+)?\s*(?:リットル|L|l|キログラム|kg))[^()]{0,10}\)"
)
"""飲料水(500ml), (2リットル入り): how large one is, and not how many there are."""
_LEAD = re.compile(r"(?:要請|連絡)[^。]{0,20}?(?:から|後)[^。]{0,6}?(\d{1,3})\s*時間以内")
_FORM = re.compile(r"別記様式(?:第\s*\d+\s*号)?|様式(?:第\s*)?\s*\d+(?:\s*号)?|第\s*\d+\s*号様式|別紙様式")
_ASKED_BY = re.compile(r"災害対策本部長|(?:市|町|村|区|県)長")
_CHANNEL = re.compile(r"電話|口頭|FAX|ファクシミリ|電子メール|無線|文書|書面|要請書")


@dataclass(frozen=True)
class Amount:
    """So much of some goods, and what the number is worth."""

    function: DisasterFunction
    goods: str
    quantity: Decimal
    unit: str
    certainty: str
    quote: str


def sentences_in(text: str) -> list[Sentence]:
    """The sentences with the heading of their article; lines that a page has broken are put together again."""
    heading, found = "", []
    for line in _whole_lines(text):
        if alone := _HEADING.match(line):
            heading = alone[1]
            continue
        article = _ARTICLE.match(line)
        if article:
            heading = article[1] or heading
        elif line.startswith(("別表", "別紙")):
            heading = line[:20]
        said = line[article.end() :] if article else line
        found += [(heading, one.strip()) for one in said.split("。") if one.strip()]
    return found[:MOST_SENTENCES]


def _whole_lines(text: str) -> Iterator[str]:
    kept = ""
    for line in (one.strip() for one in text.splitlines()):
        if not line:
            continue
        if kept and not _NEW.match(line) and not _WHOLE.search(kept) and len(kept) > 20:
            kept += line
            continue
        if kept:
            yield kept
        kept = line
    if kept:
        yield kept


def amounts_in(sentence: str, goods: Sequence[tuple[str, DisasterFunction]]) -> list[Amount]:
    """Goods with the number that follows them: 飲料水 2,000本, 毛布(500枚), 水(2リットル) 300本."""
    certainty = (
        Certainty.GUARANTEED if re.search(r"確保|備蓄|預託|保有する|常時", sentence) else Certainty.ESTIMATED
    )
    found = []
    for name, function in goods:
        at = sentence.find(name) + len(name)
        if size := _CONTAINER.match(sentence, at):
            at = size.end()
        if amount := _AMOUNT.match(sentence, at):
            quantity = Decimal(amount[1].replace(",", ""))
            if quantity:
                found.append(Amount(function, name, quantity, amount[2], certainty, sentence))
    return found


def terms_of(sentences: Iterable[Sentence], letters: Mapping[str, bool]) -> dict[str, Any]:
    """The conditions that hold for all that the text promises, by the columns of a capability.

    `letters` says of 甲, 乙 whether it is the town itself.
    """
    found: dict[str, Any] = {}
    channels: list[str] = []
    for heading, sentence in sentences:
        for told in (_cost(heading, sentence, letters), _limits(sentence), _paper(sentence)):
            found |= {name: value for name, value in told.items() if name not in found}
        channels += _channels(heading, sentence)
    return found | _asking(channels) if "how_to_ask" not in found else found


def _cost(heading: str, sentence: str, letters: Mapping[str, bool]) -> dict[str, Any]:
    if not re.search(r"費用|経費|対価|代金", f"{heading}{sentence}"):
        return {}
    bearer = _bearer(sentence, letters)
    return {"cost_bearer": bearer, "cost_note": sentence[:200]} if bearer else {}


def _bearer(sentence: str, letters: Mapping[str, bool]) -> str:
    if re.search(r"無償|相手方の負担", sentence):
        return CostBearer.PARTNER
    if re.search(r"(?:それぞれ|双方)[^。]{0,10}負担", sentence):
        return CostBearer.SHARED
    if who := re.search(
        r"([甲乙丙丁]|市|町|村|区)[がの](?:全額)?負担|負担[はを]、?([甲乙丙丁]|市|町|村|区)", sentence
    ):
        letter = who[1] or who[2]
        if letter in "市町村区":
            return CostBearer.TOWN
        if letter in letters:
            return CostBearer.TOWN if letters[letter] else CostBearer.PARTNER
    return CostBearer.LATER if re.search(r"協議", sentence) else ""


def _channels(heading: str, sentence: str) -> list[str]:
    return _CHANNEL.findall(sentence) if "要請" in f"{heading}{sentence}" else []


def _asking(channels: Sequence[str]) -> dict[str, Any]:
    """How help is asked for: by telephone, with a paper afterwards, or by a paper alone."""
    told = dict.fromkeys(channels)
    if not told:
        return {}
    how = HowToAsk.UNKNOWN
    if {"文書", "書面", "要請書"} & told.keys():
        how = HowToAsk.DOCUMENT
    if {"電話", "口頭", "無線"} & told.keys():
        how = HowToAsk.PHONE_FIRST
    return {"how_to_ask": how, "asking_channel": "・".join(told)[:200]}


def _paper(sentence: str) -> dict[str, Any]:
    """The form on which is asked, and who asks; or that nobody has to ask."""
    if re.search(r"要請を待たず|自らの判断|自主的に(?:出動|応援|実施|活動)", sentence):
        return {"how_to_ask": HowToAsk.BY_ITSELF}
    if "要請" not in sentence:
        return {}
    form, who = _FORM.search(sentence), _ASKED_BY.search(sentence)
    told = {"asking_form": form[0] if form else "", "asked_by": who[0] if who else ""}
    return {name: said for name, said in told.items() if said}


def _limits(sentence: str) -> dict[str, Any]:
    """Hours, time to arrival, and how far the promise goes."""
    told: dict[str, Any] = {}
    if re.search(r"24時間|昼夜を問わず|休日・夜間を問わず", sentence):
        told["hours"] = Hours.ALWAYS
    elif re.search(r"(?:業務|営業|勤務|開庁)時間内", sentence):
        told["hours"] = Hours.OFFICE
    if lead := _LEAD.search(sentence):
        told["lead_hours"] = Decimal(lead[1])
    if re.search(
        r"可能な(?:範囲|限り)|できる限り|支障のない(?:範囲|限り)|特別の理由がない限り|優先的に", sentence
    ):
        told["conditions"] = sentence[:400]
    return told
