"""Codes of local governments (全国地方公共団体コード): five digits and a check digit, and what Excel does to them."""

import re
import unicodedata
from collections.abc import Container

_WEIGHTS = (6, 5, 4, 3, 2)
_PREFECTURES = 47
_SCIENTIFIC = re.compile(r"[0-9]+(?:\.[0-9]+)?[eE]\+?[0-9]+")
EXAMPLE = "団体コードは6桁です(例: 旭川市 012041)。"


class UnreadableCode(ValueError):
    """The text is no code of a local government; str() says why and what to do."""


def check_digit(five_digits: str) -> str:
    """The sixth digit: 11 less the weighted sum's remainder by 11, its last digit (全国地方公共団体コード仕様)."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, five_digits, strict=True))
    return str((11 - total % 11) % 10)


def is_municipality_code(text: str) -> bool:
    """Whether the text is exactly six digits with a prefecture 01–47 and the right check digit."""
    return (
        re.fullmatch(r"[0-9]{6}", text) is not None
        and 1 <= int(text[:2]) <= _PREFECTURES
        and check_digit(text[:5]) == text[5]
    )


def municipality_code(text: str, known: Container[str] = ()) -> str:
    """The six-digit code that a cell says; raises UnreadableCode.

    Full width, blanks and hyphens are accepted. Of five digits a lost leading zero is restored where the check
    digit then fits, else the check digit is added. With `known` (the codes that exist) only those count, and
    five digits that can mean two of them (12203: 士別市 or 市川市) are refused.
    """
    digits = _digits(text)
    if len(digits) == 6:
        return _checked(digits)
    if len(digits) != 5:
        raise UnreadableCode(f"「{text.strip()[:40]}」は{len(digits)}桁です。{EXAMPLE}")
    candidates = _six_digits(digits)
    if not candidates:
        raise UnreadableCode(f"「{digits}」は5桁で、先頭の0を補っても検査数字が合いません。{EXAMPLE}")
    existing = [code for code in candidates if code in known]
    if len(existing) > 1:
        both = "」か「".join(existing)
        raise UnreadableCode(f"「{digits}」は5桁で、「{both}」のどちらとも読めます。6桁で書いてください。")
    return (existing or candidates)[0]


def _digits(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).strip().lstrip("'")
    if _SCIENTIFIC.fullmatch(plain):
        raise UnreadableCode(
            f"「{plain}」は表計算で桁が失われています。元の台帳で確かめてください。{EXAMPLE}"
        )
    digits = re.sub(r"[\s\-‐‑–—−ー]", "", plain.removesuffix(".0"))
    if not re.fullmatch(r"[0-9]+", digits):
        raise UnreadableCode(f"「{plain[:40]}」は団体コードとして読めません。数字で書いてください。{EXAMPLE}")
    return digits


def _checked(code: str) -> str:
    if is_municipality_code(code):
        return code
    if not 1 <= int(code[:2]) <= _PREFECTURES:
        raise UnreadableCode(f"「{code}」の先頭2桁は都道府県の番号(01〜47)ではありません。{EXAMPLE}")
    raise UnreadableCode(
        f"「{code}」は検査数字(6桁目)が合いません。写し違いがないか確かめてください。{EXAMPLE}"
    )


def _six_digits(five: str) -> list[str]:
    """The codes that five digits can stand for: a zero lost in front, or no check digit behind."""
    zero_lost = f"0{five}"
    without_check = five + check_digit(five)
    body = five[2:]
    found = [zero_lost] if is_municipality_code(zero_lost) and _is_numbered(zero_lost[2:5]) else []
    if is_municipality_code(without_check) and _is_numbered(body):
        found.append(without_check)
    return found


def _is_numbered(number: str) -> bool:
    """Whether the three digits after the prefecture are in use: 000 is the prefecture, others start at 100."""
    return number == "000" or int(number) >= 100
