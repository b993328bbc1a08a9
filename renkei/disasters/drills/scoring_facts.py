"""What a drill is scored from: plain facts about each scripted need, read from the record of its incident."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True)
class Played:
    """One scripted need, and what came of it: an instant is None where it did not happen."""

    words: str
    minute: int
    due_at: datetime
    quantity: Decimal | None = None
    is_written: bool = False
    is_found: bool = False
    called_at: datetime | None = None
    reached_at: datetime | None = None
    answered_at: datetime | None = None
    promised: Decimal | None = None
    is_promised: bool = False


@dataclass(frozen=True)
class Course:
    """What a drill's record says; `unreached` are those whom no call reached, in words."""

    needs: Sequence[Played] = ()
    calls: int = 0
    reached: int = 0
    by_hand: int = 0
    unreached: tuple[str, ...] = ()
    not_due: int = 0
