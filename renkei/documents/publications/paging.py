"""Which blocks stand on which slide: measured in lines, so that nothing runs over the edge in any program.

A full-width letter is as wide as it is high; a narrow one is half of it. The unit is a line of the body's usual size.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

from renkei.documents.publications.content import (
    Block,
    Bullet,
    Bullets,
    Chart,
    Flow,
    Numbers,
    Paragraph,
    Part,
    Picture,
    Publication,
    Table,
)

LINES = 13.0
LETTERS = 42
TABLE_LETTERS = 58
TABLE_LINE = 0.7
FLOW_LINES, CHART_LINES, NUMBER_LINES = 8.0, 11.0, 4.0
NUMBERS_IN_A_ROW = 4
STEPS_IN_A_ROW = 5
STEP = 0.25
USUAL = 20
LARGER = (28, 24)
"""Sizes in points: what fits on one slide in larger letters is set in them."""
SENTENCE_END = "。"


@dataclass(frozen=True)
class Piece:
    """A part of a block that is never torn, and its height; `tied` ones stay with the next.

    `head` is the height of a table's head, which stands above the first of its rows on each slide.
    """

    block: Block
    height: float
    tied: bool = False
    head: float = 0.0


@dataclass(frozen=True)
class Slide:
    """One slide: its title, with its place among those of the same part, and what stands below."""

    title: str
    blocks: tuple[Block, ...]
    size: int = USUAL


def slides_of(publication: Publication) -> list[Slide]:
    """All slides after the cover."""
    return [slide for part in publication.parts for slide in _of_part(part)]


def _of_part(part: Part) -> Iterator[Slide]:
    shown = tuple(one for block in part.blocks for one in _below_its_caption(block))
    for size in LARGER:
        if _fits(shown, size):
            yield Slide(part.heading, shown, size)
            return
    pages = _balanced([piece for block in shown for piece in pieces_of(block)]) or [[]]
    told = [tuple(joined(page)) for page in pages]
    size = next((size for size in LARGER if all(_fits(blocks, size) for blocks in told)), USUAL)
    for number, blocks in enumerate(told, start=1):
        title = f"{part.heading}({number}/{len(pages)})" if len(pages) > 1 else part.heading
        yield Slide(title, blocks, size)


def _below_its_caption(block: Block) -> Iterator[Block]:
    """A table's caption is a line of its own on a slide."""
    if isinstance(block, Table) and block.caption:
        yield Paragraph(block.caption, "heading")
        yield replace(block, caption="")
    else:
        yield block


def _fits(blocks: Sequence[Block], size: int) -> bool:
    """Whether text goes on one slide in letters of the size; tables and drawings keep theirs."""
    is_text = all(isinstance(block, Paragraph | Bullets) for block in blocks)
    return is_text and height_of(blocks, size) <= LINES * USUAL / size


def height_of(blocks: Sequence[Block], size: int) -> float:
    """How high the blocks of one slide are, in lines of the size."""
    pieces = [piece for block in blocks for piece in pieces_of(block, size)]
    return sum(_height(piece, pieces[place - 1] if place else None) for place, piece in enumerate(pieces))


def _height(piece: Piece, before: Piece | None) -> float:
    """The height of a piece below another one on the same slide."""
    goes_on = before is not None and _is_of_one_table(before.block, piece.block)
    return piece.height + (0.0 if goes_on else piece.head)


def _is_of_one_table(first: Block, second: Block) -> bool:
    """Whether both are rows below the same head; a caption is another table's."""
    if not isinstance(first, Table) or not isinstance(second, Table):
        return False
    return replace(first, rows=()) == replace(second, rows=())


def _balanced(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """As few pages as can be; of these the ones that begin with a head, and are filled most evenly."""
    fewest = _filled(pieces, LINES)
    if len(fewest) < 2:
        return fewest
    found = [fewest]
    limit = sum(piece.height for piece in pieces) / len(fewest)
    while limit < LINES:
        even = _filled(pieces, limit)
        if len(even) == len(fewest):
            found.append(even)
        limit += STEP
    return min([*found[1:], fewest], key=_torn)


def _torn(pages: Sequence[Sequence[Piece]]) -> int:
    """How many pages begin below the head of their lines."""
    return sum(
        isinstance(page[0].block, Bullets) and page[0].block.items[0].level > 0 for page in pages if page
    )


def _filled(pieces: Sequence[Piece], limit: float) -> list[list[Piece]]:
    pages: list[list[Piece]] = []
    left = 0.0
    for place, piece in enumerate(pieces):
        following = _height(pieces[place + 1], piece) if piece.tied and place + 1 < len(pieces) else 0.0
        if not pages or _height(piece, pages[-1][-1]) + following > left:
            pages.append([])
            left = limit
        left -= _height(piece, pages[-1][-1] if pages[-1] else None)
        pages[-1].append(piece)
    return pages


def joined(page: Sequence[Piece]) -> list[Block]:
    """The blocks of a page: neighbours that were torn out of one list or table are one again."""
    blocks: list[Block] = []
    for piece in page:
        last, one = blocks[-1] if blocks else None, piece.block
        if isinstance(last, Bullets) and isinstance(one, Bullets):
            blocks[-1] = Bullets(last.items + one.items)
        elif isinstance(last, Table) and isinstance(one, Table) and _is_of_one_table(last, one):
            blocks[-1] = replace(last, rows=last.rows + one.rows)
        else:
            blocks.append(one)
    return blocks


def pieces_of(block: Block, size: int = USUAL) -> list[Piece]:
    """A block as pieces that are never torn, measured in lines of the size."""
    letters = LETTERS * USUAL / size
    if isinstance(block, Paragraph):
        is_head = block.style == "heading"
        found = [(text, lines(text, letters)) for text in _in_parts(block.text)]
        return [Piece(replace(block, text=text), high + 0.4, tied=is_head) for text, high in found]
    if isinstance(block, Bullets):
        return _of_list(block, letters)
    if isinstance(block, Table):
        return _of_table(block)
    if isinstance(block, Numbers):
        rows = [
            block.pairs[at : at + NUMBERS_IN_A_ROW] for at in range(0, len(block.pairs), NUMBERS_IN_A_ROW)
        ]
        return [Piece(Numbers(row), NUMBER_LINES) for row in rows]
    if isinstance(block, Flow):
        steps = [block.steps[at : at + STEPS_IN_A_ROW] for at in range(0, len(block.steps), STEPS_IN_A_ROW)]
        return [Piece(Flow(row), FLOW_LINES) for row in steps]
    return _of_drawing(block)


def _of_drawing(block: Chart | Picture) -> list[Piece]:
    return [Piece(block, CHART_LINES)]


def _of_list(block: Bullets, letters: float) -> list[Piece]:
    pieces = []
    for place, one in enumerate(block.items):
        parts = _in_parts(one.text)
        for number, text in enumerate(parts):
            bullet = Bullet(text, one.level, one.mark if not number else "")
            following = block.items[place + 1].level if place + 1 < len(block.items) else 0
            height = lines(text, letters - 2 - 2 * one.level) * (1.0 if not one.level else 0.92) + 0.25
            pieces.append(Piece(Bullets((bullet,)), height, tied=following > one.level))
    return pieces


def _of_table(table: Table) -> list[Piece]:
    widths = letters_of(table)
    head = row_lines(table.heads, widths)
    most = max(2, int((LINES - head - 1) / TABLE_LINE))
    rows = [part for row in table.rows for part in _row_in_parts(row, widths, most)]
    return [Piece(replace(table, rows=(row,)), row_lines(row, widths), head=head) for row in rows] or [
        Piece(table, 0.0, head=head)
    ]


def _row_in_parts(row: Sequence[str], widths: Sequence[float], most: int) -> Iterator[tuple[str, ...]]:
    """A row that is higher than a slide goes on in further rows."""
    left = list(row)
    while max((lines(cell, wide) for cell, wide in zip(left, widths, strict=False)), default=1) > most:
        kept = [_fitting(cell, wide, most) for cell, wide in zip(left, widths, strict=False)]
        yield tuple(kept)
        left = [cell[len(part) :] for cell, part in zip(left, kept, strict=False)]
    yield tuple(left)


def _fitting(cell: str, letters: float, most: int) -> str:
    """The beginning of a cell that goes on so many lines."""
    count = len(cell)
    while lines(cell[:count], letters) > most:
        count = min(count - 1, int(count * most / lines(cell[:count], letters)) + 1)
    return cell[:count]


def letters_of(table: Table) -> list[float]:
    """How many letters fit into each column."""
    shares = table.widths or tuple(1.0 for _head in table.heads)
    return [TABLE_LETTERS * share / sum(shares) - 1.5 for share in shares]


def row_lines(row: Sequence[str], widths: Sequence[float]) -> float:
    """The height of a row of a table."""
    most = max((lines(cell, wide) for cell, wide in zip(row, widths, strict=False)), default=1)
    return most * TABLE_LINE + 0.25


def lines(text: str, letters: float) -> int:
    """Over how many lines the text goes."""
    return sum(max(1, ceil(width(line) / max(letters, 1))) for line in text.split("\n")) if text else 1


def width(text: str) -> float:
    """In full-width letters."""
    return sum(0.55 if letter.isascii() else 1 for letter in text)


def _in_parts(text: str) -> list[str]:
    """A text that is longer than a slide, torn after sentences, or anywhere where a sentence is as long."""
    most = int(LETTERS * (LINES - 1))
    if width(text) + text.count("\n") * LETTERS <= most:
        return [text]
    parts, left = [], text
    while left:
        piece = left[: most // 2]
        end = piece.rfind(SENTENCE_END) + 1
        cut = end if end and len(left) > len(piece) else len(piece)
        parts.append(left[:cut])
        left = left[cut:]
    return parts
