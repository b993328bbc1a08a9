"""Attached tables with tracked changes: rows that came and went, cells that were reworded."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from renkei.documents.word.markup import cell, framed, paragraph
from renkei.documents.word.tracks import Hand, Piece, Tracks, marked
from renkei.rules.redline import Mark, Run, runs

Row = tuple[str, ...]
Rows = Sequence[Row]


def changed_table(tracks: Tracks, old: Rows, new: Rows, hand: Hand) -> str:
    """A table of both sides' rows, each change by one hand."""
    count = max((len(row) for row in (*old, *new)), default=0)
    if not count:
        return ""

    told = list(_rows(old, new))

    def cells(place: int, widths: Sequence[int]) -> str:
        mark, texts = told[place]
        style = "TableCell" if place else "TableHead"
        padded = [*texts, *[()] * (len(widths) - len(texts))]
        return "".join(
            cell(width, "".join(_paragraphs(tracks, style, letters, mark, hand)))
            for width, letters in zip(widths, padded, strict=True)
        )

    return framed(
        (*old, *new),
        count,
        lambda widths: [
            (cells(place, widths), tracks.end(mark, hand)) for place, (mark, _texts) in enumerate(told)
        ],
    )


def _paragraphs(
    tracks: Tracks, style: str, letters: tuple[Run, ...], mark: Mark, hand: Hand
) -> Iterator[str]:
    pieces = [Piece(one.text, one.mark, hand) for one in letters]
    for line in marked(pieces, mark, hand):
        yield paragraph(style, tracks.inner(line.pieces), mark=tracks.end(line.end, line.hand))


def _rows(old: Rows, new: Rows) -> Iterator[tuple[Mark, tuple[tuple[Run, ...], ...]]]:
    """The rows of both sides in order, each with its fate and the runs of its cells."""
    for code, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        before, after = old[first:last], new[start:end]
        if code == "equal":
            yield from ((Mark.SAME, _alone(row, Mark.SAME)) for row in before)
            continue
        both = min(len(before), len(after))
        for one, other in zip(before[:both], after[:both], strict=True):
            yield Mark.SAME, _reworded(one, other)
        yield from ((Mark.REMOVED, _alone(row, Mark.REMOVED)) for row in before[both:])
        yield from ((Mark.INSERTED, _alone(row, Mark.INSERTED)) for row in after[both:])


def _alone(row: Row, mark: Mark) -> tuple[tuple[Run, ...], ...]:
    return tuple((Run(mark, text),) if text else () for text in row)


def _reworded(one: Row, other: Row) -> tuple[tuple[Run, ...], ...]:
    count = max(len(one), len(other))
    wide, wider = (row + ("",) * (count - len(row)) for row in (one, other))
    return tuple(runs(before, after) for before, after in zip(wide, wider, strict=True))
