"""Numbers as Japanese texts write them."""

import unicodedata

DIGITS = {letter: value for value, letter in enumerate("〇一二三四五六七八九")} | {
    "零": 0, "壱": 1, "弐": 2, "参": 3, "拾": 10, "両": 2,
}  # fmt: skip
UNITS = {"十": 10, "拾": 10, "百": 100, "千": 1000}


def arabic(text: str) -> int:
    """The number of a text such as 12, １２, 十二, 一二 or 二〇一六; raises ValueError otherwise."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain.isdigit():
        return int(plain)
    if plain and not any(letter in UNITS for letter in plain):
        return int("".join(str(DIGITS[letter]) for letter in _known(plain)))
    total = current = 0
    for letter in _known(plain):
        if letter in UNITS:
            total += (current or 1) * UNITS[letter]
            current = 0
        else:
            current = DIGITS[letter]
    if not plain:
        raise ValueError("数がありません。")
    return total + current


def _known(text: str) -> str:
    for letter in text:
        if letter not in DIGITS and letter not in UNITS:
            raise ValueError(f"「{text}」は数として読めません。")
    return text
