"""Paragraphs, runs and tables in WordprocessingML, as strings."""

import unicodedata
from collections.abc import Callable, Sequence

from renkei.documents.contents import AttachedTable
from renkei.documents.word.letters import escaped, printable

TEXT_WIDTH = 9070
"""Between the margins, in twentieths of a point (160 mm)."""
NARROWEST = 1100
WIDEST_LETTERS = 24


def run(text: str, tag: str = "w:t") -> str:
    """Letters in a row; a tab is a tab, a line end a line break."""
    return f"<w:r>{inside_run(text, tag)}</w:r>" if text else ""


def inside_run(text: str, tag: str = "w:t") -> str:
    """What stands in a run; `tag` is w:delText for letters that are taken out."""
    told = escaped(text).replace("\t", "\0<w:tab/>\0").replace("\n", "\0<w:br/>\0")
    return "".join(
        part if part.startswith("<w:") else f'<{tag} xml:space="preserve">{part}</{tag}>'
        for part in told.split("\0")
        if part
    )


def paragraph(style: str, inner: str, *, is_tied: bool = False, mark: str = "") -> str:
    """A paragraph of one of our styles; `is_tied` keeps it on the page of the next, `mark` tracks its end."""
    tied = "<w:keepNext/>" if is_tied else ""
    fate = f"<w:rPr>{mark}</w:rPr>" if mark else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{tied}{fate}</w:pPr>{inner}</w:p>'


def table(one: AttachedTable) -> str:
    """An attached table with its borders; its first row is repeated on each page."""
    count = max((len(row) for row in one.rows), default=0)

    def told(place: int, row: Sequence[str], widths: Sequence[int]) -> str:
        style = "TableCell" if place else "TableHead"
        texts = [*row, *[""] * (len(widths) - len(row))]
        return "".join(
            cell(width, paragraph(style, run(text))) for width, text in zip(widths, texts, strict=True)
        )

    return framed(
        one.rows,
        count,
        lambda widths: [(told(place, row, widths), "") for place, row in enumerate(one.rows)],
    )


def cell(width: int, paragraphs: str) -> str:
    """A cell of a table."""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{paragraphs}</w:tc>'


def framed(
    rows: Sequence[Sequence[str]],
    count: int,
    written: Callable[[Sequence[int]], Sequence[tuple[str, str]]],
) -> str:
    """A table with lines around its cells: `written` gives of each row its cells and the track of its fate."""
    if not count:
        return ""
    widths = column_widths(rows, count)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    told = "".join(
        f"<w:tr><w:trPr><w:cantSplit/>{'' if place else '<w:tblHeader/>'}{mark}</w:trPr>{cells}</w:tr>"
        for place, (cells, mark) in enumerate(written(widths))
    )
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{told}</w:tbl>"
    )


def column_widths(rows: Sequence[Sequence[str]], count: int) -> list[int]:
    """Columns as wide as what stands in them asks for, together as wide as the text."""
    asked = [
        max((_width(row[place]) for row in rows if place < len(row)), default=1) for place in range(count)
    ]
    asked = [min(max(one, 2), WIDEST_LETTERS) for one in asked]
    least = min(NARROWEST, TEXT_WIDTH // count)
    spare = TEXT_WIDTH - least * count
    widths = [least + int(spare * one / sum(asked)) for one in asked]
    widths[-1] += TEXT_WIDTH - sum(widths)
    return widths


def _width(text: str) -> float:
    """The longest line of a cell in full-width letters."""
    lines = printable(text).split("\n")
    return max(
        sum(1 if unicodedata.east_asian_width(one) in "WFA" else 0.5 for one in line) for line in lines
    )
