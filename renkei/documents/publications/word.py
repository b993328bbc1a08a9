"""A paper as a Word file: named styles, contents with links, repeated heads of tables, pictures told in words."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from renkei.documents.publications.content import (
    Block,
    Bullets,
    Chart,
    Flow,
    Numbers,
    Paragraph,
    Picture,
    Publication,
    Table,
)
from renkei.documents.publications.paging import NUMBERS_IN_A_ROW
from renkei.documents.publications.pdf import BOOK
from renkei.documents.publications.pictures import png_of, size_of
from renkei.documents.publications.word_markup import bookmarked, drawing, linked, page_break, shaded
from renkei.documents.word.letters import printable
from renkei.documents.word.markup import TEXT_WIDTH, cell, paragraph, run
from renkei.documents.word.package import package
from renkei.rules.japanese_calendar import japanese_date

STYLES = {"": "PaperText", "lead": "PaperLead", "note": "PaperNote", "heading": "Heading2"}
MOST_WIDE, MOST_HIGH = 150, 110
"""The most room of a picture, in millimetres."""


def publication_word(publication: Publication, *, is_close: bool = False) -> bytes:
    """The .docx of a publication, with contents where it has many chapters; `is_close` for a sheet of one page."""
    writer = _Writer()
    is_book = len(publication.parts) >= BOOK and not is_close
    parts = _titles(publication, is_book=is_book)
    if is_book:
        parts += [page_break(), *_contents([part.heading for part in publication.parts])]
    for number, part in enumerate(publication.parts, start=1):
        parts.append(paragraph("Heading1", bookmarked(number, run(part.heading))))
        parts += [writer.written(block) for block in part.blocks]
    body = "".join(parts)
    return package(
        body,
        title=publication.title,
        town=publication.town,
        more_styles=_styles(),
        pictures=writer.pictures,
        running=None if is_close else (publication.title, f"{publication.town}　{_day(publication)}"),
        is_close=is_close,
    )


def _day(publication: Publication) -> str:
    return f"{japanese_date(publication.day)} 現在"


def _titles(publication: Publication, *, is_book: bool) -> list[str]:
    """Title, town and day: a cover where it is a book, else the head of the first page."""
    title, day = ("CoverTitle", "CoverLine") if is_book else ("PaperTitle", "PaperDay")
    told = [paragraph(title, run(publication.title))]
    if publication.subtitle:
        told.append(paragraph("PaperSubtitle", run(publication.subtitle)))
    if is_book:
        return [*told, paragraph(day, run(publication.town)), paragraph(day, run(_day(publication)))]
    return [*told, paragraph(day, run(f"{_day(publication)}　{publication.town}"))]


@cache
def _styles() -> str:
    return (Path(__file__).parent / "styles.xml").read_text(encoding="utf-8")


def _contents(headings: Sequence[str]) -> list[str]:
    """The chapters with links to them; their pages are told by the PDF, which counts them."""
    lines = [
        paragraph("PaperText", linked(number, heading)) for number, heading in enumerate(headings, start=1)
    ]
    return [paragraph("PaperLead", run("目次")), *lines, page_break()]


class _Writer:
    """Writes blocks, and keeps the pictures that they show."""

    def __init__(self) -> None:
        self.pictures: list[bytes] = []

    def written(self, block: Block) -> str:
        """A block as WordprocessingML."""
        if isinstance(block, Paragraph):
            return paragraph(STYLES.get(block.style, "PaperText"), run(block.text))
        if isinstance(block, Bullets):
            return "".join(
                paragraph("PaperBulletBelow" if one.level else "PaperBullet", run(f"{one.mark}\t{one.text}"))
                for one in block.items
            )
        if isinstance(block, Table):
            return _table(block)
        if isinstance(block, Numbers):
            return _numbers(block)
        if isinstance(block, Flow):
            return _flow(block)
        return self._drawn(block)

    def _drawn(self, block: Chart | Picture) -> str:
        if isinstance(block, Chart):
            return self._picture(png_of(block.svg), block.caption) + _table(block.table)
        return self._picture(block.content, block.description)

    def _picture(self, content: bytes, words: str) -> str:
        png, wide, high = size_of(content)
        self.pictures.append(png)
        scale = min(MOST_WIDE / wide, MOST_HIGH / high)
        shown = drawing(len(self.pictures), words, wide * scale, high * scale)
        return paragraph("PaperPicture", shown) + paragraph("PaperCaption", run(words))


def _table(table: Table) -> str:
    """A table: its head stands on each page, no row is torn, numbers stand to the right."""
    shares = table.widths or tuple(1.0 for _head in table.heads)
    widths = [int(TEXT_WIDTH * share / sum(shares)) for share in shares]
    rows = [_row(table.heads, widths, ["PaperTableHead"] * len(widths), is_head=True)]
    styles = ["PaperNumber" if place in table.numeric else "PaperCell" for place in range(len(widths))]
    rows += [_row(row, widths, styles) for row in table.rows]
    caption = paragraph("PaperCaption", run(table.caption), is_tied=True) if table.caption else ""
    return caption + _framed(rows, widths)


def _row(row: Sequence[str], widths: Sequence[int], styles: Sequence[str], *, is_head: bool = False) -> str:
    texts = [*row, *[""] * (len(widths) - len(row))]
    cells = "".join(
        (shaded if is_head else cell)(wide, paragraph(style, run(printable(text))))
        for wide, style, text in zip(widths, styles, texts, strict=False)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if is_head else ''}</w:trPr>{cells}</w:tr>"


def _framed(rows: Sequence[str], widths: Sequence[int]) -> str:
    grid = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
        + paragraph("PaperNote", "")
    )


def _numbers(numbers: Numbers) -> str:
    """Big figures side by side, what they count above them."""
    told = []
    for at in range(0, len(numbers.pairs), NUMBERS_IN_A_ROW):
        row = numbers.pairs[at : at + NUMBERS_IN_A_ROW]
        widths = [TEXT_WIDTH // len(row)] * len(row)
        names = _row([name for name, _value in row], widths, ["PaperTableHead"] * len(row), is_head=True)
        values = _row([value for _name, value in row], widths, ["PaperFigure"] * len(row))
        told.append(_framed([names, values], widths))
    return "".join(told)


def _flow(flow: Flow) -> str:
    """Steps below each other, with arrows between them."""
    steps: list[str] = []
    for place, step in enumerate(flow.steps):
        if place:
            steps.append(paragraph("PaperPicture", run("↓")))
        steps.append(_framed([_row([step], [TEXT_WIDTH], ["PaperText"])], [TEXT_WIDTH]))
    return "".join(steps)
