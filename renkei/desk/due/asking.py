"""What the page of deadlines is asked: until when, whose, of which kind."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.http import QueryDict
from django.utils.translation import gettext as _

from renkei.agreements.deadlines import Due, DueKind, due_between
from renkei.agreements.models import Agreement
from renkei.agreements.vocabulary import Decision
from renkei.municipalities.divisions import Lineage
from renkei.municipalities.models import Division, Municipality
from renkei.ui.days import asked_day

DISTANCES = (30, 90, 180)
USUAL = 90
FARTHEST = 366 * 3
STATES = ("open", "decided")


@dataclass(frozen=True)
class Asked:
    """The question, and what could not be read of it."""

    day: date
    until: date
    within: int | None
    until_text: str
    division: str
    kind: str
    state: str
    refusal: str = ""


def asked(given: Mapping[str, str], day: date) -> Asked:
    """From an address; what is unknown becomes the default."""
    number = given.get("within", "")
    within = int(number) if number in {str(one) for one in DISTANCES} else USUAL
    text = given.get("until", "")
    until, refusal = asked_day(text, None)
    if until is not None and not day <= until <= day + timedelta(days=FARTHEST):
        refusal = _("今日から3年のうちの日を入れてください。例: 令和9年3月31日")
        until = None
    kind, state = given.get("kind", ""), given.get("state", "")
    return Asked(
        day=day,
        until=until or day + timedelta(days=within),
        within=None if until else within,
        until_text=text,
        division=given.get("division", ""),
        kind=kind if kind in DueKind else "",
        state=state if state in STATES else "",
        refusal=refusal,
    )


@dataclass(frozen=True)
class Line:
    """One thing that falls due, with the division that answers and what the person sends when they choose it."""

    due: Due
    division: Division | None

    @property
    def chosen_as(self) -> str:
        """Which term of which agreement, in the version that was seen."""
        return f"{self.due.agreement.public_id}:{self.due.term_ends_on}:{self.due.agreement.version}"

    @property
    def is_declined(self) -> bool:
        """Whether a person decided that it ends."""
        return self.due.decided is not None and self.due.decided.decision == Decision.DECLINE


@dataclass
class Counted:
    """How many there are: in each distance, for each division, of each kind, open and decided."""

    by_distance: dict[int, int] = field(default_factory=dict)
    by_division: list[tuple[Division, int]] = field(default_factory=list)
    by_kind: list[tuple[DueKind, int]] = field(default_factory=list)
    open: int = 0
    decided: int = 0


def lines_of(municipality: Municipality, question: Asked) -> tuple[list[Line], Counted]:
    """What falls due, the nearest first, and the counts; each count is that of the list which its link opens."""
    lineage = Lineage(municipality)
    farthest = max(question.until, question.day + timedelta(days=max(DISTANCES)))
    found = due_between(Agreement.objects.of(municipality), question.day, farthest)
    every = [Line(due, lineage.divisions.get(due.division_id or 0)) for due in found]
    every = sorted(_without_repeats(every), key=lambda line: (line.due.on, line.due.agreement.pk))
    counted = Counted()
    for distance in DISTANCES:
        near = question.day + timedelta(days=distance)
        counted.by_distance[distance] = sum(line.due.on <= near and _fits(line, question) for line in every)
    inside = [line for line in every if line.due.on <= question.until]
    divisions = Counter(
        line.division for line in inside if line.division and _fits(line, question, "division")
    )
    counted.by_division = sorted(divisions.items(), key=lambda pair: str(pair[0]))
    kinds = Counter(line.due.kind for line in inside if _fits(line, question, "kind"))
    counted.by_kind = [(kind, kinds[kind]) for kind in DueKind if kinds[kind]]
    states = [line for line in inside if _fits(line, question, "state")]
    counted.decided = sum(line.due.decided is not None for line in states)
    counted.open = len(states) - counted.decided
    return [line for line in inside if _fits(line, question)], counted


def _fits(line: Line, question: Asked, but: str = "") -> bool:
    """Whether the line answers the question, apart from one filter."""
    return (
        (but == "division" or question.division in ("", getattr(line.division, "public_id", None)))
        and (but == "kind" or question.kind in ("", line.due.kind))
        and (but == "state" or question.state in ("", "open" if line.due.decided is None else "decided"))
    )


def _without_repeats(lines: Iterable[Line]) -> list[Line]:
    """A declined term stands once, at its notice, and not at its end again."""
    lines = list(lines)
    notices = {
        (line.due.agreement.pk, line.due.term_ends_on) for line in lines if line.due.kind == DueKind.NOTICE
    }
    return [
        line
        for line in lines
        if line.due.kind == DueKind.NOTICE
        or not line.is_declined
        or (line.due.agreement.pk, line.due.term_ends_on) not in notices
    ]


def kept_in_address(given: QueryDict) -> str:
    """The question as an address, to come back to the same list."""
    kept = given.copy()
    for name in ("page", "chosen"):
        kept.pop(name, None)
    return kept.urlencode()
