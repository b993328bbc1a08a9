"""The lines of a Word file, each with the block it stands in: as they are new, or as they were before the changes."""

from collections.abc import Iterator

from renkei.documents.recognising_lines import ReadLine
from renkei.documents.word.told import WordParagraph, WordTable, WordText
from renkei.rules.redline import Mark


def read_lines(word: WordText, *, former: bool = False) -> Iterator[tuple[int, ReadLine]]:
    """Each line with the place of its block; tracked changes accepted, or refused for the former text."""
    gone = Mark.INSERTED if former else Mark.REMOVED
    for place, block in enumerate(word.blocks):
        if isinstance(block, WordTable):
            yield from ((place, ReadLine(row)) for row in _rows(block))
        elif block.mark != gone:
            yield from ((place, line) for line in _lines(block, former))


def _lines(paragraph: WordParagraph, former: bool) -> Iterator[ReadLine]:
    first, *more = (paragraph.former if former else paragraph.text).split("\n")
    yield ReadLine(first, paragraph.number)
    yield from (ReadLine(line) for line in more)


def _rows(table: WordTable) -> Iterator[str]:
    """Rows with tabs between the cells, also where all of them are empty: such a row is there to be filled in."""
    for row in table.rows:
        yield "\t".join(cell.replace("\t", "　") for cell in row)
