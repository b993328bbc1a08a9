"""Corporate numbers (法人番号): thirteen digits, the first of which checks the other twelve."""

import re
import unicodedata

_LENGTH = 13
_SCIENTIFIC = re.compile(r"[0-9]+(?:\.[0-9]+)?[eE]\+?[0-9]+")
EXAMPLE = "法人番号は13桁の数字です。国税庁の法人番号公表サイトで確かめてください。"


class UnreadableCorporateNumber(ValueError):
    """The text is no corporate number; str() says why and what to do."""


def check_digit(twelve_digits: str) -> str:
    """The digit in front of the twelve: 9 less the remainder by 9 of their weighted sum (法人番号の指定に関する省令2条)."""
    total = sum(int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(twelve_digits)))
    return str(9 - total % 9)


def corporate_number(text: str) -> str:
    """The thirteen digits that a text says (full width, blanks and hyphens accepted); raises UnreadableCorporateNumber.

    Nothing is repaired: a number shown as 1.45E+12 has lost its digits.
    """
    plain = unicodedata.normalize("NFKC", text).strip().lstrip("'")
    digits = re.sub(r"[\s\-‐‑–—−ー]", "", plain)
    if reason := _why_not_digits(plain, digits):
        raise UnreadableCorporateNumber(reason)
    if check_digit(digits[1:]) != digits[0]:
        raise UnreadableCorporateNumber(
            f"「{digits}」は検査数字(1桁目)が合いません。写し違いがあるようです。{EXAMPLE}"
        )
    return digits


def is_corporate_number(text: str) -> bool:
    """Whether the text says a corporate number whose check digit is right."""
    try:
        corporate_number(text)
    except UnreadableCorporateNumber:
        return False
    return True


def _why_not_digits(plain: str, digits: str) -> str | None:
    if _SCIENTIFIC.fullmatch(plain):
        return f"「{plain}」は表計算で桁が失われています。推測では直せません。元の番号を文字列で入れてください。{EXAMPLE}"
    if re.fullmatch(r"[Tt][0-9]{13}", digits):
        return f"「{plain}」は適格請求書の登録番号の形です。法人であれば、先頭のTを除いて入れてください。{EXAMPLE}"
    if not re.fullmatch(r"[0-9]+", digits):
        return f"「{plain[:40]}」は数字ではありません。{EXAMPLE}"
    if len(digits) == _LENGTH - 1:
        return f"「{digits}」は12桁です。会社法人等番号であれば、その前に検査数字が1桁つきます。{EXAMPLE}"
    if len(digits) != _LENGTH:
        return f"「{digits[:40]}」は{len(digits)}桁です。{EXAMPLE}"
    return None
