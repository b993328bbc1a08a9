"""Moving an initiative from an idea to its end."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.audit.actors import Actor
from renkei.audit.services import record
from renkei.initiatives import events
from renkei.initiatives.models import Initiative
from renkei.initiatives.refusals import InitiativeRefused
from renkei.initiatives.services.writing import claim, differences, told
from renkei.initiatives.vocabulary import InitiativeState as State

MOVES: Mapping[State, tuple[State, ...]] = {
    State.IDEA: (State.PLANNED, State.RUNNING, State.ENDED),
    State.PLANNED: (State.RUNNING, State.PAUSED, State.ENDED, State.IDEA),
    State.RUNNING: (State.PAUSED, State.ENDED),
    State.PAUSED: (State.RUNNING, State.ENDED),
    State.ENDED: (State.RUNNING,),
}
"""State → states that may follow; an end and what goes back on it want a reason."""


def wants_reason(before: State, after: State) -> bool:
    """Whether the move has to be explained."""
    return State.ENDED in (before, after) or after == State.PAUSED


@transaction.atomic
def move(initiative: Initiative, state: State, *, on: date, reason: str = "", actor: Actor) -> Initiative:
    """Move the initiative on; an end holds from the day on, which is its last (inclusive)."""
    before_state = State(initiative.state)
    if state not in MOVES[before_state]:
        raise InitiativeRefused(
            _("「%(before)s」の取組を「%(after)s」にすることはできません。画面を読み直してください。")
            % {"before": before_state.label, "after": State(state).label}
        )
    if wants_reason(before_state, state) and not reason.strip():
        raise InitiativeRefused(_("理由を書いてください。例: 目的を達したため"))
    if state == State.ENDED and on < initiative.begins_on:
        raise InitiativeRefused(_("終える日は、始める日と同じ日か、それより後の日にしてください。"))
    before = told(initiative)
    claim(initiative)
    is_end = state == State.ENDED
    initiative.state = state
    initiative.ends_on, initiative.end_reason = (on, reason) if is_end else (None, "")
    initiative.save(update_fields=["state", "ends_on", "end_reason"])
    record(
        events.INITIATIVE_MOVED,
        actor,
        initiative,
        municipality=initiative.municipality,
        reason=reason,
        changes=differences(before, told(initiative)),
        state=State(state).label,
    )
    return initiative
