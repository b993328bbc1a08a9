"""Two-dimensional codes on the town's papers: a telephone reads them without any network."""

from renkei.rules.telephone import dialled
from renkei.rules.two_dimensional_code import picture_of


def telephone_code(number: str) -> str:
    """The code that dials the number, as SVG; "" for what no telephone dials."""
    digits = dialled(number)
    # In capital letters the code needs half the room, and every telephone reads both.
    return code_svg(f"TEL:{digits}") if digits else ""


def code_svg(text: str) -> str:
    """The code of a text as SVG."""
    code = picture_of(text)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {code.size} {code.size}"'
        f' width="{code.size}" height="{code.size}"><path d="{code.path}" fill="#000"/></svg>'
    )
