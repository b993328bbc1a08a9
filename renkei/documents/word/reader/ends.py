"""Tracked ends of paragraphs: they join on one side what stands apart on the other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from renkei.documents.word.reader.runs import SAME, Fate
from renkei.documents.word.told import Piece, WordParagraph
from renkei.rules.redline import Mark
from renkei.rules.written_numbers import printed_before


@dataclass(frozen=True)
class Segment:
    """What stands between two ends of paragraphs, and the fate of the end behind it."""

    pieces: tuple[Piece, ...]
    end: Fate
    new_number: str = ""
    former_number: str = ""
    remarks: tuple[int, ...] = ()

    @property
    def mark(self) -> Mark | None:
        """The mark of the end: SAME where a paragraph ends on both sides, None where it ends on neither."""
        return self.end.mark

    def is_wholly(self, mark: Mark | None) -> bool:
        """Whether it is only on the side of this mark."""
        return mark is not None and all(piece.mark == mark for piece in self.pieces)


def joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Neighbours with the same fate as one."""
    for (mark, author, at), same in groupby(pieces, lambda one: (one.mark, one.author, one.at)):
        if text := "".join(one.text for one in same):
            yield Piece(text, mark, author, at)


def paragraphs(group: Sequence[Segment]) -> Iterator[WordParagraph]:
    """The paragraphs of segments of which only the last ends on both sides.

    What was put in or taken out as a whole becomes a paragraph of its own; where a paragraph was really split or
    two were joined, the end between them stays within the paragraph, as a tracked line break.
    """
    if not group:
        return
    left = [*group[:-1], replace(group[-1], end=SAME)]
    while len(left) > 1 and left[0].is_wholly(left[0].mark):
        yield _whole(left[0], left.pop(0).mark)
    behind: list[WordParagraph] = []
    while len(left) > 1 and left[-1].is_wholly(left[-2].mark):
        behind.insert(0, _whole(left.pop(), left[-1].mark))
    yield _one(left)
    yield from behind


def _whole(segment: Segment, mark: Mark | None) -> WordParagraph:
    number = segment.former_number if mark == Mark.REMOVED else segment.new_number
    return WordParagraph(segment.pieces, number, mark or Mark.SAME, segment.remarks)


def _one(segments: Sequence[Segment]) -> WordParagraph:
    pieces = list(segments[0].pieces)
    for place, segment in enumerate(segments[1:], start=1):
        before = segments[place - 1]
        if before.mark is not None:
            printed = printed_before(_number(segments[place:], before.mark))
            pieces.append(Piece(f"\n{printed}", before.mark, before.end.author, before.end.at))
        pieces += segment.pieces
    remarks = sorted({number for one in segments for number in one.remarks})
    return WordParagraph(tuple(joined(pieces)), _number(segments, Mark.INSERTED), Mark.SAME, tuple(remarks))


def _number(segments: Sequence[Segment], side: Mark) -> str:
    """The number of the line that begins here: that of the paragraph whose end is the line's end on this side."""
    ends = next((one for one in segments if one.mark in (Mark.SAME, side)), segments[-1])
    return ends.former_number if side == Mark.REMOVED else ends.new_number
