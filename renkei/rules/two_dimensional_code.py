"""Two-dimensional codes as a picture that paper and screens show, and a telephone reads without any network."""

from dataclasses import dataclass

QUIET = 4
"""Light squares around the code, without which it is not read."""


@dataclass(frozen=True)
class Picture:
    """Dark squares as an SVG path in a square of `size` units, its quiet edge included."""

    size: int
    path: str


def picture_of(text: str) -> Picture:
    """The picture of a text: one run of dark squares after the other (JIS X 0510, ISO/IEC 18004)."""
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.main import QRCode

    # One mask for all of them: choosing the best of eight takes eight times as long, for what is read as well.
    code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET, mask_pattern=2)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    return Picture(len(rows), "".join(_runs(row, y) for y, row in enumerate(rows)))


def _runs(row: list[bool], y: int) -> str:
    """The dark runs of one line."""
    found, start = "", None
    for x, is_dark in enumerate([*row, False]):
        if is_dark and start is None:
            start = x
        elif not is_dark and start is not None:
            found += f"M{start} {y}h{x - start}v1h{start - x}z"
            start = None
    return found
