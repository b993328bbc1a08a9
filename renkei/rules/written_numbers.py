"""Numbers as agreements print them: one digit in full width, more of them in half width."""

import re

FULL = str.maketrans("0123456789", "０１２３４５６７８９")


def full_width(text: str) -> str:
    """Single digits in full width, as official documents write them (３年, 31日)."""
    return re.sub(r"(?<!\d)\d(?!\d)", lambda digit: digit[0].translate(FULL), text)


def full_number(line: str) -> str:
    """The number with which a line begins in full width, the rest as it is: （１）防災に関すること."""
    return re.sub(r"^（\d+）", lambda number: number[0].translate(FULL), line)


def article_number(place: int) -> str:
    """第１条, 第10条."""
    return f"第{full_width(str(place))}条"


def printed_before(number: str) -> str:
    """An automatic number as it is printed before the words: a blank after it, but not after a bracket."""
    return number if not number or number[-1] in ")）　 " else f"{number}　"
