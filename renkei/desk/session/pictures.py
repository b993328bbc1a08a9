"""The two-dimensional code that an authenticator app reads, as one path of an inline picture."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Picture:
    """Dark squares as an SVG path in a square of `size` units, its quiet edge included."""

    size: int
    path: str


def picture_of(text: str) -> Picture:
    """The picture of a text."""
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.main import QRCode

    code = QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    squares = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    return Picture(len(rows), "".join(squares))
