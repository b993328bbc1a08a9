"""Two versions beside each other: which clauses differ, and by which letters, as the pages of both doors show it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from renkei.documents.contents import AgreementText
from renkei.documents.sheets import signing_lines
from renkei.procedures.contents import InitiativeList
from renkei.procedures.models import DraftVersion
from renkei.procedures.reading import parts_of
from renkei.procedures.vocabulary import DraftKind
from renkei.rules.redline import Clause, Difference, Mark, Run, differences
from renkei.rules.written_numbers import article_number

Named = tuple[str, Clause]
"""A clause with its place in words: 第３条."""


@dataclass(frozen=True)
class Compared:
    """A clause of a comparison: where it stands on both sides, and what became of it."""

    old_place: str
    new_place: str
    difference: Difference

    @property
    def key(self) -> str:
        """The key of the clause, by which a page finds it again."""
        return self.difference.new_key or self.difference.old_key

    @property
    def place(self) -> str:
        """Where it stands now; where it stood, if it is gone."""
        return self.new_place or self.old_place

    @property
    def was(self) -> str:
        """Where it stood before, if that is another place."""
        return self.old_place if self.new_place and self.old_place not in ("", self.new_place) else ""

    @property
    def state(self) -> str:
        """What became of it, as a word of the page's marks: same, inserted, removed, moved, reworded."""
        told = self.difference
        if told.is_inserted:
            return "inserted"
        if told.is_removed:
            return "removed"
        if told.is_reworded:
            return "reworded"
        return "moved" if told.is_moved else "same"

    @property
    def before(self) -> tuple["Piece", ...]:
        """The old side by itself."""
        return pieces(self.difference, Mark.REMOVED)

    @property
    def after(self) -> tuple["Piece", ...]:
        """The new side by itself."""
        return pieces(self.difference, Mark.INSERTED)


@dataclass(frozen=True)
class Piece:
    """Runs of the heading or of the text."""

    is_heading: bool
    runs: tuple[Run, ...]


def pieces(told: Difference, *marks: Mark) -> tuple[Piece, ...]:
    """Heading and text with the runs that are the same on both sides and those of the marks."""
    kept = (Mark.SAME, *marks)
    both = (Piece(True, told.heading), Piece(False, told.text))
    shown = (Piece(one.is_heading, tuple(run for run in one.runs if run.mark in kept)) for one in both)
    return tuple(one for one in shown if one.runs)


@dataclass(frozen=True)
class Comparison:
    """All clauses of two versions, in the order of the new one."""

    clauses: tuple[Compared, ...]

    @property
    def changed(self) -> list[Compared]:
        """The clauses that are not the same."""
        return [one for one in self.clauses if not one.difference.is_same]

    @property
    def figures(self) -> list[tuple[str, int]]:
        """How many clauses came, went, were reworded and moved, in words; none that is zero."""
        words = {
            "reworded": _("直した"),
            "inserted": _("加えた"),
            "removed": _("削った"),
            "moved": _("動かした"),
        }
        counts = {state: sum(one.state == state for one in self.clauses) for state in words}
        return [(word, counts[state]) for state, word in words.items() if counts[state]]


def compared(old: DraftVersion, new: DraftVersion) -> Comparison:
    """Two versions of the same kind."""
    if new.kind == DraftKind.TEXT:
        return compared_texts(AgreementText.read(old.content), AgreementText.read(new.content))
    return compared_lists(InitiativeList.read(old.content), InitiativeList.read(new.content))


def compared_texts(old: AgreementText, new: AgreementText) -> Comparison:
    """Two texts by article; title, preamble, closing words and parties count as clauses."""
    return _comparison(_clauses(old), _clauses(new))


def compared_lists(old: InitiativeList, new: InitiativeList) -> Comparison:
    """Two lists of initiatives by item and row."""
    return _comparison(_rows(old), _rows(new))


def _comparison(old: Sequence[Named], new: Sequence[Named]) -> Comparison:
    told = differences([clause for _name, clause in old], [clause for _name, clause in new])
    return Comparison(
        tuple(
            Compared(
                old[one.old_place][0] if one.old_place is not None else "",
                new[one.new_place][0] if one.new_place is not None else "",
                one,
            )
            for one in told
        )
    )


def _clauses(text: AgreementText) -> list[Named]:
    parties = "\n".join(line for one in text.parties for line in signing_lines(one))
    around = [
        (_("結び"), Clause(":closing", "", text.closing)),
        (_("当事者"), Clause(":parties", "", parties)),
    ]
    return [
        (_("表題"), Clause(":title", "", text.title)),
        (_("前文"), Clause(":preamble", "", text.preamble)),
        *(
            (article_number(place), Clause(one.key, one.heading, one.text))
            for place, one in enumerate(text.articles, start=1)
        ),
        *around,
        *(
            (one.title, Clause(one.key, one.title, "\n".join("\t".join(row) for row in one.rows)))
            for one in text.tables
        ),
    ]


def _rows(initiatives: InitiativeList) -> list[Named]:
    found: list[Named] = []
    for place, heading in enumerate(initiatives.items, start=1):
        found.append((_("連携事項(%(place)s)") % {"place": place}, Clause(f":item:{heading}", heading, "")))
        for number, row in enumerate((row for row in initiatives.rows if row.item == place), start=1):
            told = "\n".join(f"{label}: {value}" for label, value in parts_of(row))
            name = _("(%(place)s)の取組%(number)s") % {"place": place, "number": number}
            found.append((name, Clause(row.key, row.title, told)))
    return found
