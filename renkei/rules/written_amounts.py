"""Amounts as clerks write them: 1,200人, １，２００, 約3万5千円, 1.5時間."""

import re
import unicodedata
from decimal import Decimal

EXAMPLE = "例: 1200、1,200、１，２００、1.5、3万"
LARGEST = Decimal(10) ** 13
_NOTHING_TO_SAY = re.compile(r"^(?:約|およそ|計|合計|延べ|のべ|全|¥|\\)+")
_PART = re.compile(r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(億|万|千|百)?")
_UNIT = re.compile(r"^[^\d+\-,.]{0,12}$")
_TIMES = {"億": 10**8, "万": 10**4, "千": 1000, "百": 100, "": 1}


class UnreadableAmount(ValueError):
    """The text is no amount; str() says why and what to do."""


def amount(text: str) -> Decimal:
    """The number that a text says, whatever its width, commas and unit; raises UnreadableAmount.

    Several numbers in one text (「3回、120人」), ranges and signs are no amount: nobody could tell which was meant.
    """
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).replace("、", ",")
    rest, total, last = _NOTHING_TO_SAY.sub("", plain), Decimal(0), None
    while found := _PART.match(rest):
        times = _TIMES[found[2] or ""]
        if last is not None and times >= last:
            break
        total, last, rest = total + Decimal(found[1].replace(",", "")) * times, times, rest[found.end() :]
        if times == 1:
            break
    if last is None or not _UNIT.match(rest):
        raise UnreadableAmount(
            f"「{text.strip()[:40]}」は数として読めません。数を一つだけ入れてください。{EXAMPLE}"
        )
    if total >= LARGEST:
        raise UnreadableAmount(f"「{text.strip()[:40]}」は大きすぎます。桁を確かめてください。")
    return total


def grouped(number: Decimal) -> str:
    """The number with commas and without needless zeros: 1,200 or 1.5."""
    shown = f"{number:,f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown
