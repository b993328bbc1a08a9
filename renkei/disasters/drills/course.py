"""What the record of a drill's incident says: which scripted needs came up, and what was done about each."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import F, Q

from renkei.disasters.amounts import told_amount
from renkei.disasters.drills.scoring_facts import Course, Played
from renkei.disasters.models import Call, Capability, Drill, Incident, Need, ScenarioNeed, Step
from renkei.disasters.vocabulary import CallOutcome, StepKind
from renkei.municipalities.public_id import ALPHABET, LENGTH

ANSWERS = (StepKind.ACCEPTED, StepKind.PARTLY, StepKind.DECLINED)
PROMISES = (StepKind.ACCEPTED, StepKind.PARTLY)


@dataclass(frozen=True)
class Cue:
    """A scripted need in a running drill: when it comes up, and the need that was written for it."""

    scripted: ScenarioNeed
    due_at: datetime
    need: Need | None

    def is_due(self, at: datetime) -> bool:
        """Whether it has come up."""
        return self.due_at <= at


def need_id(drill: Drill, scripted: ScenarioNeed) -> str:
    """The id of the need that is written for the scripted one: pressed twice, it is the same need."""
    digest = hashlib.sha256(f"{drill.public_id}:{scripted.pk}".encode()).digest()
    return "".join(ALPHABET[byte & 31] for byte in digest[:LENGTH])


def cues_of(drill: Drill) -> list[Cue]:
    """All scripted needs of a drill that has begun, each with its need: the pressed one, or one alike typed by hand."""
    incident = drill.incident
    if incident is None:
        return []
    scripted = list(drill.scenario.needs.all())
    written = {one.public_id: one for one in incident.needs.select_related("district").order_by("number")}
    pressed = {one.pk: written.pop(need_id(drill, one), None) for one in scripted}
    return [_cue(incident, one, pressed[one.pk], written) for one in scripted]


def _cue(incident: Incident, scripted: ScenarioNeed, need: Need | None, others: dict[str, Need]) -> Cue:
    due_at = incident.opened_at + timedelta(minutes=scripted.minute)
    if need is None:
        found = (one for one in others.values() if _is_alike(one, scripted, due_at))
        if need := next(found, None):
            del others[need.public_id]
    return Cue(scripted, due_at, need)


def _is_alike(need: Need, scripted: ScenarioNeed, due_at: datetime) -> bool:
    """Somebody typed it instead of pressing it: the same help, not long before it was due."""
    return need.function == scripted.function and need.opened_at >= due_at - timedelta(minutes=5)


def course_of(drill: Drill, *, at: datetime | None = None) -> Course:
    """The course so far, or until the incident was closed; what had not come up by then does not count."""
    incident = drill.incident
    if incident is None:
        return Course()
    cues = cues_of(drill)
    end = incident.closed_at or at
    due = [one for one in cues if end is None or one.is_due(end) or one.need]
    calls = list(incident.calls.valid().select_related("organisation__merged_into", "contact"))
    # As everywhere, an answer by a link counts once somebody called back.
    told = Q(came_by_link=False) | Q(at__lte=F("request__called_back_at"))
    steps = list(
        Step.objects.filter(told, request__incident=incident, is_void=False).select_related(
            "request__capability"
        )
    )
    able = _able(drill, calls, steps)
    return Course(
        needs=[_played(one, calls, steps, able) for one in due],
        calls=len(calls),
        reached=sum(one.outcome == CallOutcome.REACHED for one in calls),
        by_hand=sum(one.was_offline for one in calls) + sum(one.was_offline for one in steps),
        unreached=unreached(calls),
        not_due=len(cues) - len(due),
    )


def _able(drill: Drill, calls: Sequence[Call], steps: Sequence[Step]) -> set[tuple[int, str]]:
    """Who of those called or asked can do what, as organisation and function."""
    asked = {one.organisation_id for one in calls} | {one.request.organisation_id for one in steps}
    found = Capability.objects.of(drill.municipality).current().filter(organisation__in=asked)
    return set(found.values_list("organisation", "function"))


def _played(cue: Cue, calls: Iterable[Call], steps: Iterable[Step], able: set[tuple[int, str]]) -> Played:
    words = f"{cue.scripted} {told_amount(cue.scripted.quantity, cue.scripted.unit)}".strip()
    if cue.need is None:
        return Played(words, cue.scripted.minute, cue.due_at, cue.scripted.quantity)
    own_calls = [one for one in calls if _is_about(one, cue.need)]
    own_steps = [one for one in steps if one.request.need_id == cue.need.pk]
    asked = {one.organisation_id for one in own_calls} | {one.request.organisation_id for one in own_steps}
    # What holds now of each request: a promise that was corrected or called off does not count twice.
    promises = {one.request_id: one.request.promised for one in own_steps if one.kind in PROMISES}
    told = [one for one in promises.values() if one is not None]
    return Played(
        words,
        cue.scripted.minute,
        cue.due_at,
        cue.need.quantity,
        is_written=True,
        is_found=any((one, cue.need.function) in able for one in asked),
        called_at=_first(one.at for one in own_calls),
        reached_at=_first(one.at for one in own_calls if one.outcome == CallOutcome.REACHED),
        answered_at=_first(one.at for one in own_steps if one.kind in ANSWERS),
        promised=sum(told, Decimal(0)) if told else None,
        is_promised=bool(promises),
    )


def _is_about(call: Call, need: Need) -> bool:
    return call.need_id == need.pk


def _first(instants: Iterable[datetime]) -> datetime | None:
    return min(instants, default=None)


def unreached(calls: Iterable[Call]) -> tuple[str, ...]:
    """Partners whom no call reached, each with the numbers that were tried and how the last call ended."""
    by_partner: dict[str, list[Call]] = defaultdict(list)
    for one in calls:
        by_partner[str(one.organisation.merged_into or one.organisation)].append(one)
    return tuple(
        f"{name}({_tried(theirs)})"
        for name, theirs in by_partner.items()
        if all(one.outcome != CallOutcome.REACHED for one in theirs)
    )


def _tried(calls: Sequence[Call]) -> str:
    """The people and numbers that were tried, each once."""
    return "、".join(
        dict.fromkeys(
            f"{one.contact or one.called or ''} {CallOutcome(one.outcome).label}".strip() for one in calls
        )
    )
