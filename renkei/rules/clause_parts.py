"""What a clause can say: start, end, length, renewal and notice, each said once."""

from dataclasses import dataclass, field
from datetime import date

from renkei.rules.clause_text import UnreadableClause
from renkei.rules.terms import RenewalKind


@dataclass(frozen=True)
class Length:
    """A length of time as written: months (years are twelve) or days (weeks are seven)."""

    months: int = 0
    days: int = 0


@dataclass(frozen=True)
class Start:
    """Where a term starts: at signing, with the effect, or on a written day; how that day counts."""

    kind: str  # signing, effect, day
    day: date | None = None
    next_day: bool = False
    counted: bool | None = None  # True: the text counts the first day; False: it says that it does not


@dataclass(frozen=True)
class End:
    """Where a term ends: a day, a month and day relative to a base, or when a length has gone by."""

    kind: str  # day, fiscal, calendar, coming, elapsed
    day: date | None = None
    base: Start | None = None
    years: int = 0
    month: int = 3
    monthday: int = 31
    length: Length = Length()
    day_after: bool = False
    fiscal: "End | None" = None


@dataclass
class Clause:
    """Everything that the sentences say about the term, each said once."""

    start: Start | None = None
    effect: Start | None = None
    initial: bool | None = None
    end: End | None = None
    length: Length | None = None
    open_ended: bool = False
    kinds: set[RenewalKind] = field(default_factory=set)
    renewal_length: Length | None = None
    renewal_end: End | None = None
    renewal_from: date | None = None
    renewal_monthday: tuple[int, int] | None = None
    same_length: bool = False
    same_terms: bool = False
    same_after: bool = False
    once: bool = False
    only: bool = False
    times: int | None = None
    limit: Length | None = None
    limit_day: date | None = None
    notice: Length | None = None
    notice_on: date | None = None
    condition: bool = False
    exception: bool = False
    carries_on: bool = False
    ends_on_notice: bool = False
    early_notice: Length | None = None
    terminable: bool = False
    remarks: list[str] = field(default_factory=list)


def unreadable(what: str) -> UnreadableClause:
    return UnreadableClause(f"{what}条文を見て、期間と更新を手で入れてください。")


def said_once(clause: Clause, name: str, value: object, what: str) -> None:
    """Keep what a sentence says, or refuse where another sentence said something else."""
    before = getattr(clause, name)
    if before is not None and before != value:
        raise unreadable(f"{what}が二通り書かれていて、どちらか決められません。")
    setattr(clause, name, value)
