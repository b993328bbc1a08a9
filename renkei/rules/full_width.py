"""Digits as a town's papers print them in a sentence: ３２９件, not 329件."""

WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
NARROW = str.maketrans("０１２３４５６７８９", "0123456789")


def full_width(text: str) -> str:
    """The text with its digits full-width: 令和６年６月１日."""
    return text.translate(WIDE)


def half_width(text: str) -> str:
    """The text with its digits half-width."""
    return text.translate(NARROW)
