"""What a paper says, in short lines: to look at before it is made."""

from collections.abc import Iterator

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

MOST_LINES = 12


def outline(publication: Publication) -> list[tuple[str, list[str], int]]:
    """Each part's heading with its first lines, and how many more there are."""
    told = []
    for part in publication.parts:
        lines = [line for block in part.blocks for line in lines_of(block)]
        told.append((part.heading, lines[:MOST_LINES], max(0, len(lines) - MOST_LINES)))
    return told


def lines_of(block: Block) -> Iterator[str]:
    """A block as lines of text; a table by its caption and rows, a chart or picture by what it shows."""
    if isinstance(block, Paragraph):
        yield block.text
    elif isinstance(block, Bullets):
        yield from ("　" * one.level + f"{one.mark} {one.text}".strip() for one in block.items)
    elif isinstance(block, Numbers):
        yield from (f"{name} {value}" for name, value in block.pairs)
    elif isinstance(block, Table):
        yield from ("　".join(str(cell) for cell in row) for row in (block.heads, *block.rows))
    elif isinstance(block, Flow):
        yield " → ".join(str(step) for step in block.steps)
    elif isinstance(block, Chart):
        yield block.caption
    elif isinstance(block, Picture):
        yield block.description
