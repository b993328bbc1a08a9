"""The score of a drill: what its record says about each scripted need; nothing is judged by hand."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from renkei.disasters.drills.course import course_of
from renkei.disasters.drills.scoring_facts import Course, Played
from renkei.disasters.models import Drill

WEIGHTS = {
    "found": (20, gettext_lazy("できる相手方にかけた")),
    "reached": (20, gettext_lazy("電話で話せた")),
    "answered": (20, gettext_lazy("返事(できる・一部・できない)をもらい、記録した")),
    "covered": (20, gettext_lazy("承諾の数量が、必要な数量に足りている(足りない分だけ減る)")),
    "quick": (20, gettext_lazy("返事までの早さ(10分以内で満点、60分で0点)")),
}
"""What each part of a need's hundred points is for."""
QUICK, SLOW = 10, 60
"""Minutes to the answer: up to the first all points for being quick, from the second none."""


@dataclass(frozen=True)
class NeedScore:
    """The points of one need, with the minutes from when it came up; None where it did not happen."""

    words: str
    minute: int
    is_written: bool
    is_found: bool
    to_call: int | None
    to_reach: int | None
    to_answer: int | None
    covered: float
    points: int


@dataclass(frozen=True)
class Score:
    """The score of a drill; `total` is None where nothing had come up yet."""

    total: int | None
    needs: tuple[NeedScore, ...] = ()
    calls: int = 0
    reached: int = 0
    by_hand: int = 0
    unreached: tuple[str, ...] = ()
    not_due: int = 0
    weights: dict[str, int] = field(
        default_factory=lambda: {name: share for name, (share, _) in WEIGHTS.items()}
    )

    @property
    def scripted(self) -> int:
        """How many needs the script has, whether they came up or not."""
        return len(self.needs) + self.not_due

    @property
    def told(self) -> str:
        """The points, and of how many needs where not all came up: a hundred for one of six is no hundred for six."""
        if self.total is None:
            return gettext("得点なし")
        if not self.not_due:
            return gettext("%(points)s点") % {"points": self.total}
        counts = {"points": self.total, "count": len(self.needs), "all": self.scripted}
        return gettext("%(points)s点(%(all)s件のうち出た%(count)s件の平均)") % counts

    def as_json(self) -> dict[str, Any]:
        """As it is kept with the drill: later changes of the records change it no more."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Score":
        """As it was kept."""
        needs = tuple(NeedScore(**one) for one in kept.get("needs", ()))
        told = {name: value for name, value in kept.items() if name in cls.__dataclass_fields__}
        return cls(**{"total": None, **told, "needs": needs, "unreached": tuple(kept.get("unreached", ()))})


def score_of(drill: Drill) -> Score:
    """The kept score of a drill that has ended; of one that is running, as it stands now."""
    return Score.from_json(drill.score) if drill.score else scored(course_of(drill))


def scored(course: Course) -> Score:
    """The score of a course: each need counts the same, whatever its quantity."""
    needs = tuple(scored_need(one) for one in course.needs)
    return Score(
        total=round(sum(one.points for one in needs) / len(needs)) if needs else None,
        needs=needs,
        calls=course.calls,
        reached=course.reached,
        by_hand=course.by_hand,
        unreached=course.unreached,
        not_due=course.not_due,
    )


def scored_need(played: Played) -> NeedScore:
    """The points of one need: its five parts by their weights."""
    to_answer = _minutes(played, played.answered_at)
    parts = {
        "found": float(played.is_found),
        "reached": float(played.reached_at is not None),
        "answered": float(played.answered_at is not None),
        "covered": covered(played),
        "quick": quickness(to_answer),
    }
    return NeedScore(
        words=played.words,
        minute=played.minute,
        is_written=played.is_written,
        is_found=played.is_found,
        to_call=_minutes(played, played.called_at),
        to_reach=_minutes(played, played.reached_at),
        to_answer=to_answer,
        covered=round(parts["covered"], 2),
        points=round(sum(share * parts[name] for name, (share, _words) in WEIGHTS.items())),
    )


def covered(played: Played) -> float:
    """The promised share of what is needed, at most 1; without a quantity a promise is enough."""
    if not played.is_promised:
        return 0.0
    if not played.quantity:
        return 1.0
    # A promise without a quantity is counted as half: nobody knows whether it is enough.
    return min(float(played.promised / played.quantity), 1.0) if played.promised is not None else 0.5


def quickness(minutes: int | None) -> float:
    """1 up to ten minutes, falling to 0 at an hour; 0 without an answer."""
    if minutes is None:
        return 0.0
    return min(max((SLOW - minutes) / (SLOW - QUICK), 0.0), 1.0)


def _minutes(played: Played, at: datetime | None) -> int | None:
    """Whole minutes since it came up; what was done before counts as at once."""
    return None if at is None else max(int((at - played.due_at).total_seconds() // 60), 0)
