"""What stands beside each clause on the pages of a round: what changed since the round before, and what was said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from renkei.agreements.vocabulary import Side
from renkei.municipalities.public_id import new_public_id
from renkei.procedures.comparing import Compared, compared
from renkei.procedures.models import Comment, DraftVersion, ReviewRound
from renkei.procedures.reviews import Clause, clause_of, clauses_of, round_before
from renkei.rules.redline import Run, runs


@dataclass(frozen=True)
class Said:
    """A comment with the wording it proposes, as changes to the clause's own."""

    comment: Comment
    proposal: Sequence[Run] = ()

    @property
    def is_of_partner(self) -> bool:
        """Whether the partner said it."""
        return self.comment.side == Side.PARTNER


@dataclass(frozen=True)
class Beside:
    """A clause, what became of it since the round before (None in the first), and what was said about it.

    `anchor` is its place on the page; `once` is the id of the comment that may be written there.
    """

    clause: Clause
    change: Compared | None
    said: Sequence[Said]
    anchor: str
    once: str = field(default_factory=new_public_id)

    @property
    def is_changed(self) -> bool:
        """Whether it reads otherwise, or is new, since the round before."""
        return self.change is not None and not self.change.difference.is_same

    @property
    def is_unresolved(self) -> bool:
        """Whether something that was said about it has no answer yet."""
        return any(not one.comment.resolution for one in self.said)


@dataclass(frozen=True)
class Checked:
    """A version of the round: its clauses, what is gone since the round before, what was said about the whole."""

    version: DraftVersion
    clauses: Sequence[Beside]
    gone: Sequence[Compared]
    about_whole: Sequence[Said]
    before: DraftVersion | None
    once: str = field(default_factory=new_public_id)

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return str(self.version.kind)

    @property
    def is_unresolved(self) -> bool:
        """Whether something that was said about it has no answer yet."""
        about = [*self.about_whole, *(said for one in self.clauses for said in one.said)]
        return any(not one.comment.resolution for one in about)

    @property
    def changes(self) -> int:
        """How many clauses came, went or read otherwise."""
        return len(self.gone) + sum(one.is_changed for one in self.clauses)


def checked(one: ReviewRound, comments: Iterable[Comment]) -> list[Checked]:
    """The versions of the round with those of its comments that the reader may see."""
    seen = list(comments)
    former = round_before(one)
    before = {version.kind: version for version in former.versions} if former else {}
    return [_checked(version, before.get(version.kind), seen) for version in one.versions]


def _checked(version: DraftVersion, before: DraftVersion | None, comments: Sequence[Comment]) -> Checked:
    changes = compared(before, version).clauses if before else ()
    now = {change.key: change for change in changes if not change.difference.is_removed}
    mine = [comment for comment in comments if comment.version_id == version.pk]
    return Checked(
        version,
        [
            _beside(clause, now.get(clause.key), mine, f"{version.kind}-{place}")
            for place, clause in enumerate(clauses_of(version), start=1)
        ],
        [change for change in changes if change.difference.is_removed],
        [Said(comment) for comment in mine if not comment.clause],
        before,
    )


def _beside(clause: Clause, change: Compared | None, comments: Sequence[Comment], anchor: str) -> Beside:
    mine = [comment for comment in comments if comment.clause == clause.key]
    return Beside(clause, change, [Said(comment, _proposal(clause, comment)) for comment in mine], anchor)


def _proposal(clause: Clause, comment: Comment) -> Sequence[Run]:
    if not comment.proposed:
        return ()
    return runs(clause.text if clause.is_worded else "", comment.proposed)


def about_comment(comment: Comment) -> Said:
    """One comment by itself, with its proposal as changes to the clause."""
    clause = clause_of(comment.version, comment.clause)
    return Said(comment, _proposal(clause, comment) if clause else ())
