"""Steps of one request that contradict each other: both are kept until somebody says which holds."""

from collections.abc import Iterable
from datetime import timedelta

from renkei.disasters.incidents.states import in_time
from renkei.disasters.models import Step
from renkei.disasters.vocabulary import StepKind as Kind

SAME_ARRIVAL = timedelta(hours=2)
"""Two people who note the same arrival do so within this time; later it is another lorry."""
AGAINST: dict[str, tuple[str, ...]] = {
    Kind.ACCEPTED: (Kind.DECLINED,),
    Kind.PARTLY: (Kind.DECLINED,),
    Kind.DECLINED: (Kind.ACCEPTED, Kind.PARTLY),
    Kind.DEPARTED: (Kind.CANCELLED,),
    Kind.ARRIVED: (Kind.CANCELLED, Kind.ARRIVED),
}
"""A step → what, noted before by somebody else, it contradicts."""


def contradictions(steps: Iterable[Step]) -> dict[int, Step]:
    """By the key of each step that contradicts an earlier one: that one; in whatever order they came in."""
    ordered = [one for one in in_time(steps) if not one.is_void]  # type: ignore[attr-defined]
    found: dict[int, Step] = {}
    for place, later in enumerate(ordered):
        assert isinstance(later, Step)
        for earlier in reversed(ordered[:place]):
            assert isinstance(earlier, Step)
            if earlier.kind == Kind.ASKED:
                break  # asked again: what was said before is said anew
            if _contradict(earlier, later):
                found[later.pk] = earlier
                break
    return found


def _contradict(earlier: Step, later: Step) -> bool:
    if earlier.kind not in AGAINST.get(later.kind, ()) or _same_person(earlier, later):
        return False
    if later.kind != earlier.kind:
        return True
    is_same = None in (earlier.quantity, later.quantity) or earlier.quantity == later.quantity
    return is_same and later.at - earlier.at <= SAME_ARRIVAL


def _same_person(one: Step, other: Step) -> bool:
    """Who noted both corrects themselves; an answer by the link was noted by the partner."""
    return one.by_id == other.by_id and one.came_by_link == other.came_by_link
