"""The move table: which step may follow which, who moves it, what must exist, and which event tells it.

Everything else asks this table: the services that move, the buttons on the page, the diagram of the manual.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from renkei.agreements.vocabulary import Side
from renkei.audit.events import Event
from renkei.procedures import events
from renkei.procedures.models import Procedure
from renkei.procedures.steps import Need, coordination, drafting, negotiation, proposal, review, signing
from renkei.procedures.vocabulary import STEPS, Stage

STEP_MODULES: Mapping[Stage, ModuleType] = {
    Stage.PROPOSAL: proposal,
    Stage.COORDINATION: coordination,
    Stage.NEGOTIATION: negotiation,
    Stage.DRAFTING: drafting,
    Stage.REVIEW: review,
    Stage.SIGNING: signing,
}


@dataclass(frozen=True)
class Move:
    """One way on: its name and words, from where to where, whose it is, what must exist, which event tells it."""

    name: str
    words: str | Promise
    start: Stage
    to: Stage
    event: Event
    side: Side = Side.TOWN
    needs: tuple[Need, ...] = ()
    wants_reason: bool = False
    tells_partner: bool = True


def moves_through(steps: Sequence[Stage]) -> list[Move]:
    """All moves of a procedure that goes through these steps, in the order in which a page offers them."""
    return [
        *_forward(steps),
        *(
            _back(later, earlier)
            for later in steps
            for earlier in steps
            if steps.index(earlier) < steps.index(later)
        ),
        *(move for step in steps for move in _ends(step)),
    ]


def _forward(steps: Sequence[Stage]) -> list[Move]:
    following = [*steps[1:], Stage.CONCLUDED]
    return [
        Move(
            name="conclude" if after == Stage.CONCLUDED else "advance",
            words=_("締結を終える") if after == Stage.CONCLUDED else after.label,
            start=step,
            to=after,
            event=events.CONCLUDED if after == Stage.CONCLUDED else events.ADVANCED,
            needs=STEP_MODULES[step].NEEDS,
        )
        for step, after in zip(steps, following, strict=True)
    ]


def _back(later: Stage, earlier: Stage) -> Move:
    return Move("send_back", earlier.label, later, earlier, events.SENT_BACK, wants_reason=True)


def _ends(step: Stage) -> list[Move]:
    ends = [
        Move("decline", _("見送る"), step, Stage.DECLINED, events.DECLINED, wants_reason=True),
        Move(
            "withdraw",
            _("取り下げる"),
            step,
            Stage.WITHDRAWN,
            events.WITHDRAWN,
            side=Side.PARTNER,
            wants_reason=True,
        ),
        Move(
            "record_withdrawal",
            _("相手方の取下げを記録する"),
            step,
            Stage.WITHDRAWN,
            events.WITHDRAWAL_RECORDED,
            wants_reason=True,
        ),
    ]
    if step in (Stage.PROPOSAL, Stage.COORDINATION, Stage.NEGOTIATION):
        words = _("協定によらない連携にする")
        ends.append(
            Move(
                "without_agreement",
                words,
                step,
                Stage.WITHOUT_AGREEMENT,
                events.WITHOUT_AGREEMENT,
                wants_reason=True,
            )
        )
    return ends


MOVES = tuple(moves_through(STEPS))
"""The whole table, with no step switched off."""


def moves_of(procedure: Procedure) -> list[Move]:
    """The moves that lead on from where the procedure stands, whoever makes them."""
    return [move for move in moves_through(procedure.steps) if move.start == procedure.stage]


def move_to(procedure: Procedure, name: str, to: str) -> Move | None:
    """The move of this name to this step from where the procedure stands, or None."""
    return next((move for move in moves_of(procedure) if (move.name, move.to) == (name, to)), None)
