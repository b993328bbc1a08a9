"""Letters of Word's picture fonts (Symbol, Wingdings) as the letters that look like them."""

UNKNOWN = "〓"
"""The type founder's sign for a letter that is not at hand."""

_SHAPES = {
    0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "□", 0x71: "□", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9F: "・",
    0xA1: "○", 0xA7: "■", 0xA8: "□", 0xAB: "★", 0xB7: "・", 0xD8: "➢", 0xE0: "→", 0xFC: "✓", 0xFB: "✗", 0xFE: "☑",
}  # fmt: skip


def shape(code: str) -> str:
    """The letter of a `w:sym`, by its code in hexadecimal digits; UNKNOWN where no common letter looks like it."""
    try:
        number = int(code, 16)
    except ValueError:
        return UNKNOWN
    return _of(number) if number <= 0x10FFFF else UNKNOWN


def shaped(text: str) -> str:
    """A text whose letters of private use are replaced by what they look like."""
    return "".join(_of(ord(letter)) for letter in text)


def _of(number: int) -> str:
    if 0xF000 <= number <= 0xF0FF:
        return _SHAPES.get(number - 0xF000, UNKNOWN)
    if number < 0x20 or 0xD800 <= number <= 0xDFFF or 0xE000 <= number <= 0xF8FF:
        return UNKNOWN
    return chr(number)
