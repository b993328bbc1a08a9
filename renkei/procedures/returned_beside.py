"""A draft that came back as its page shows it: each clause with its numbered changes, and the comments beside it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from renkei.documents.contents import AgreementText
from renkei.procedures.comparing import Compared
from renkei.procedures.models import ReturnedChange, ReturnedDraft, ReturnedRemark
from renkei.procedures.models.returned import ChangeKind
from renkei.procedures.rekeying import Stretch, stretches
from renkei.procedures.returned_changes import clauses_between, label_of
from renkei.rules.redline import Mark, Run

T = TypeVar("T", ReturnedChange, ReturnedRemark)


@dataclass(frozen=True)
class Shown:
    """Runs of a clause; `number` is that of the change they are, 0 where they are the same on both sides."""

    runs: Sequence[Run]
    number: int = 0
    public_id: str = ""


@dataclass(frozen=True)
class ReturnedClause:
    """A clause with what changed in it and what was remarked; `clause` is None for what no clause is found for."""

    clause: Compared | None
    label: str
    heading: Sequence[Shown]
    text: Sequence[Shown]
    changes: Sequence[ReturnedChange]
    remarks: Sequence[ReturnedRemark]
    anchor: str

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing to look at."""
        return not self.changes and not self.remarks

    @property
    def shows_heading(self) -> bool:
        """Whether its heading reads otherwise; else the label says it."""
        told = self.clause.difference if self.clause else None
        return bool(told and told.is_reworded and any(run.mark != Mark.SAME for run in told.heading))

    @property
    def left(self) -> int:
        """How many of its changes wait for a decision."""
        return sum(not one.resolution for one in self.changes)

    @property
    def key(self) -> str:
        """By which its changes are decided together."""
        return self.changes[0].clause if self.changes else ""


def clauses_of_returned(returned: ReturnedDraft) -> list[ReturnedClause]:
    """All clauses in the order of the text that came back."""
    sent, came = AgreementText.read(returned.version.content), AgreementText.read(returned.content)
    changes, remarks = list(returned.changes.all()), list(returned.remarks.all())
    found, seen = [], set()
    for place, clause in enumerate(clauses_between(sent, came)):
        seen.add(clause.key)
        found.append(_of_clause(clause, changes, remarks, f"clause-{place}"))
    rest = _rest(changes, seen), _rest(remarks, seen)
    return [*found, ReturnedClause(None, "", (), (), *rest, "clause-rest")] if any(rest) else found


def _rest(records: Iterable[T], seen: set[str]) -> list[T]:
    return [one for one in records if one.clause not in seen]


def _of_clause(
    clause: Compared, changes: Sequence[ReturnedChange], remarks: Sequence[ReturnedRemark], anchor: str
) -> ReturnedClause:
    mine = [one for one in changes if one.clause == clause.key]
    told = clause.difference
    return ReturnedClause(
        clause,
        label_of(clause),
        list(_shown(told.heading, [one for one in mine if one.part == "heading"])),
        list(_shown(told.text, [one for one in mine if one.part != "heading"])),
        mine,
        [one for one in remarks if one.clause == clause.key],
        anchor,
    )


def _shown(told: Sequence[Run], changes: Sequence[ReturnedChange]) -> Iterator[Shown]:
    """The runs, each stretch of changes under its number; a clause that changed as a whole has one."""
    whole = next((one for one in changes if one.part in ("", "whole") and one.kind != ChangeKind.MOVED), None)
    if whole:
        yield Shown(told, whole.position + 1, whole.public_id)
        return
    single = {one.place: one for one in changes if one.part}
    place = 0
    for one in stretches(told):
        if isinstance(one, Stretch):
            found, place = single.get(place), place + 1
            pieces = (Run(Mark.REMOVED, one.before), Run(Mark.INSERTED, one.after))
            shown = [run for run in pieces if run.text]
            yield Shown(shown, found.position + 1, found.public_id) if found else Shown(shown)
        else:
            yield Shown([Run(Mark.SAME, one)])
