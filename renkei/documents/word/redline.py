"""An agreement with true tracked changes: laid out as the agreement itself, each change with who made it."""

from collections.abc import Mapping, Sequence

from renkei.documents.contents import AgreementText
from renkei.documents.sheets import kind_of_line, signing_lines
from renkei.documents.word.markup import paragraph, run
from renkei.documents.word.package import package
from renkei.documents.word.remarks import SaidBeside, around, remark_parts
from renkei.documents.word.tables import changed_table
from renkei.documents.word.tracks import By, Hand, Marked, Piece, Tracks, marked
from renkei.documents.word.writing import SEAL, SIGNED_WITHOUT_PAPER, STYLES, blank_day
from renkei.rules.redline import Difference, Mark, Run, new_text, old_text, runs
from renkei.rules.written_numbers import article_number

TITLE, PREAMBLE, CLOSING, PARTIES = ":title", ":preamble", ":closing", ":parties"


def one_hand(author: str, at: str = "") -> By:
    """All changes by the same."""
    hand = Hand(author, at)
    return lambda _difference, _part, _place: hand


def redline_word(
    differences: Sequence[Difference],
    *,
    old: AgreementText,
    new: AgreementText,
    town: str,
    by: By,
    remarks: Sequence[SaidBeside] = (),
    properties: Mapping[str, str] | None = None,
) -> bytes:
    """The new text as a .docx in which every difference to the old one is a tracked change.

    Accepting all gives the new text, refusing all the old one; another number of an article is no change.
    """
    body = Redline(old, new, by, remarks).body(differences)
    return package(body, title=new.title, town=town, properties=properties, comments=remark_parts(remarks))


class Redline:
    """Writes the body of one file."""

    def __init__(self, old: AgreementText, new: AgreementText, by: By, remarks: Sequence[SaidBeside]) -> None:
        self.old, self.new, self.by = old, new, by
        self.tracks = Tracks()
        self.old_numbers = {one.key: article_number(place) for place, one in enumerate(old.articles, start=1)}
        self.new_numbers = {one.key: article_number(place) for place, one in enumerate(new.articles, start=1)}
        self.letters = {f"{one.letter}　" for one in (*old.parties, *new.parties) if one.letter}
        self.waiting: dict[str, list[int]] = {}
        for number, one in enumerate(remarks):
            self.waiting.setdefault(one.clause, []).append(number)

    def body(self, differences: Sequence[Difference]) -> str:
        """All clauses; remarks whose clause is not there stand beside the title."""
        known = {key for one in differences for key in (one.old_key, one.new_key) if key}
        strays = [number for key in [*self.waiting] if key not in known for number in self.waiting.pop(key)]
        self.waiting[TITLE] = sorted([*strays, *self.waiting.pop(TITLE, [])])
        return "".join(self.clause(one, is_old) for one, is_old in in_places(differences))

    def clause(self, one: Difference, is_old: bool) -> str:
        """A difference at its new place; with `is_old` one that goes, or moves, at its old place."""
        key = one.new_key or one.old_key
        kind = {TITLE: self.title, PREAMBLE: self.preamble, CLOSING: self.closing, PARTIES: self.parties}
        if key in kind:
            return kind[key](one)
        whole = Mark.REMOVED if is_old else Mark.INSERTED if one.is_inserted or one.is_moved else None
        if one.new_key in self._tables(self.new) or one.old_key in self._tables(self.old):
            return self.table(one, whole)
        return self.article(one, whole)

    @staticmethod
    def _tables(text: AgreementText) -> dict[str, object]:
        return {table.key: table for table in text.tables}

    def title(self, one: Difference) -> str:
        return self.paragraphs(one, ["AgreementTitle"], self.pieces(one, "text"))

    def preamble(self, one: Difference) -> str:
        return self.paragraphs(one, ["Preamble"], self.pieces(one, "text"))

    def closing(self, one: Difference) -> str:
        return self.paragraphs(one, ["Closing", "Preamble"], self.pieces(one, "text"), is_tied=True)

    def article(self, one: Difference, whole: Mark | None) -> str:
        """Heading and text, with the number as it is in the new text; of what goes the old one."""
        end = whole or Mark.SAME
        hand = self.by(one, "", 0)
        moving = one.is_moved and not one.is_reworded
        heading = self.article_heading(one, whole)
        gone = whole == Mark.REMOVED
        number = self.old_numbers.get(one.old_key, "") if gone else self.new_numbers.get(one.new_key, "")
        pieces = [Piece(f"{number}　", end, hand), *self.pieces(one, "text", whole)]
        lines = [*heading, *marked(pieces, end, hand)]
        styles = [*["ArticleHeading"] * len(heading), "Article" if heading else "ArticleAlone"]
        body = self.written(one, styles, lines, moving=moving)
        if moving and whole:
            return self.tracks.moved(body, f"move{one.new_place}", whole, hand)
        return body

    def article_heading(self, one: Difference, whole: Mark | None) -> list[Marked]:
        """The line of the heading in its brackets; one that only one side has comes or goes with its brackets."""
        if not one.heading or (whole and not self.pieces(one, "heading", whole)):
            return []
        end = whole or Mark.SAME
        if not new_text(one.heading):
            end = Mark.REMOVED
        elif not old_text(one.heading):
            end = whole or Mark.INSERTED
        hand = self.by(one, "heading", 0)
        pieces = [Piece("（", end, hand), *self.pieces(one, "heading", whole), Piece("）", end, hand)]
        return [Marked(pieces, end, hand)]

    def parties(self, one: Difference) -> str:
        """The day and the blocks in which each party signs."""
        day = paragraph("SigningDay", run(blank_day()))
        told = runs(
            *("\n".join(map("\n".join, map(signing_lines, text.parties))) for text in (self.old, self.new))
        )
        hand = self.by(one, "text", 0)
        lines = marked([Piece(each.text, each.mark, hand) for each in told], Mark.SAME, hand)
        heads = [any(line.shown.startswith(letter) for letter in self.letters) for line in lines]
        styles = ["Signing" if is_head else "SigningMore" for is_head in heads]
        if not SIGNED_WITHOUT_PAPER.search(self.new.closing):
            for place, line in enumerate(lines):
                if line.shown and (place == len(lines) - 1 or heads[place + 1]):
                    line.pieces.append(
                        Piece(SEAL, line.end if line.is_only(line.end) else Mark.SAME, line.hand)
                    )
        return day + self.written(one, styles, lines, is_tied=True)

    def table(self, one: Difference, whole: Mark | None) -> str:
        """An attached table: its title, and row by row."""
        end = whole or Mark.SAME
        hand = self.by(one, "", 0)
        title = self.pieces(one, "heading", whole)
        old = next((each for each in self.old.tables if each.key == one.old_key), None)
        new = next((each for each in self.new.tables if each.key == one.new_key), None)
        shown = changed_table(
            self.tracks,
            old.rows if old and whole != Mark.INSERTED else (),
            new.rows if new and whole != Mark.REMOVED else (),
            self.by(one, "text", 0),
        )
        head = self.written(one, ["TableTitle"], marked(title, end, hand))
        return head + shown + paragraph("AfterTable", "")

    def pieces(self, one: Difference, part: str, whole: Mark | None = None) -> list[Piece]:
        """The runs of heading or text with who made each; with `whole` one side of them, all with that fate."""
        runs: Sequence[Run] = one.heading if part == "heading" else one.text
        if whole:
            side = old_text(runs) if whole == Mark.REMOVED else new_text(runs)
            return [Piece(side, whole, self.by(one, "", 0))] if side else []
        found: list[Piece] = []
        place = -1
        for before, each in zip([None, *runs], runs, strict=False):
            if each.mark == Mark.SAME:
                found.append(Piece(each.text))
                continue
            place += before is None or before.mark == Mark.SAME
            found.append(Piece(each.text, each.mark, self.by(one, part, place)))
        return found

    def paragraphs(
        self, one: Difference, styles: Sequence[str], pieces: list[Piece], *, is_tied: bool = False
    ) -> str:
        return self.written(one, styles, marked(pieces, Mark.SAME, self.by(one, "", 0)), is_tied=is_tied)

    def written(
        self,
        one: Difference,
        styles: Sequence[str],
        lines: Sequence[Marked],
        *,
        is_tied: bool = False,
        moving: bool = False,
    ) -> str:
        """Paragraphs in their styles, the last style for all that follow; remarks beside the first of them."""
        found = ""
        for place, line in enumerate(lines):
            inner = self.tracks.inner(line.pieces, moving=moving)
            if not place:
                inner = around(inner, self.waiting.pop(one.new_key, []) + self.waiting.pop(one.old_key, []))
            style = styles[place] if place < len(styles) else STYLES_OF_MORE.get(styles[-1], styles[-1])
            if style == "Article" and place >= len(styles):
                style = STYLES[kind_of_line(line.shown)]
            end = self.tracks.end(line.end, line.hand, moving=moving)
            found += paragraph(style, inner, is_tied=is_tied and place < len(lines) - 1, mark=end)
        return found


STYLES_OF_MORE = {"ArticleAlone": "Article"}
"""The style of further paragraphs where it is another than that of the first."""


def in_places(differences: Sequence[Difference]) -> list[tuple[Difference, bool]]:
    """Every difference at its new place, those that go or move also where they stood (then True).

    What stays keeps one order on both sides; whatever went stands after its neighbour of before, so that refusing
    everything gives the old order back.
    """
    found = [(one, False) for one in differences if not one.is_removed]
    gone = [one for one in differences if one.is_removed or one.is_moved]
    for one in sorted(gone, key=lambda each: each.old_place or 0):
        before = [
            place
            for place, (other, is_old) in enumerate(found)
            if other.old_place is not None
            and (is_old or not other.is_moved)
            and other.old_place < (one.old_place or 0)
        ]
        found.insert(before[-1] + 1 if before else 0, (one, True))
    return found
