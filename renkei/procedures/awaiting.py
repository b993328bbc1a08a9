"""What happens next, who must act, and by when: one answer for page, task list, reminders and counter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.agreements.vocabulary import Side
from renkei.municipalities.divisions import Lineage
from renkei.procedures.models import Procedure, ProcedureQuerySet
from renkei.procedures.permissions import window_on
from renkei.procedures.stages import STEP_MODULES, moves_of
from renkei.procedures.steps import Awaited, Task
from renkei.procedures.talks import talked
from renkei.procedures.vocabulary import Stage

TOGETHER = (
    "hearings",
    "items",
    "checks",
    "inquiries__divisions__division",
    "points__owner_division",
    "meetings",
    "questions",
    "versions",
    "returned_drafts__changes",
    "returned_drafts__correspondent__organisation",
    "returned_drafts__user",
    "planned_initiatives__division",
    "rounds__text",
    "rounds__initiatives",
    "rounds__reviewers__division",
    "rounds__reviewers__user",
    "rounds__reviewers__correspondent__organisation",
    "rounds__comments",
    "approvals",
)
"""What the steps look at, read for many procedures at once."""

IN_PUBLIC: dict[Stage, str | Promise] = {
    Stage.PROPOSAL: gettext_lazy("市が提案の内容を確かめ、協定の形と窓口の課を決めています。"),
    Stage.COORDINATION: gettext_lazy("市が庁内で調整しています。"),
    Stage.NEGOTIATION: gettext_lazy("市が協議の準備と取りまとめをしています。"),
    Stage.DRAFTING: gettext_lazy("市が協定書と取組事項の案を作っています。"),
    Stage.REVIEW: gettext_lazy("市が案の確認と修正を進めています。"),
    Stage.SIGNING: gettext_lazy("市が締結の準備をしています。"),
}
"""What the town is at, in words for the partner; what is awaited inside the town is told to nobody outside."""


def together(procedures: ProcedureQuerySet) -> list[Procedure]:
    """The procedures of one town with all that `awaited` looks at, in a number of queries that does not grow."""
    related = procedures.select_related(
        "municipality", "division", "organisation", "proposal", "signing_plan"
    )
    read = list(related.prefetch_related(*TOGETHER))
    lineage = Lineage(read[0].municipality) if read else None
    for procedure in read:
        procedure.lineage = lineage
    return read


def awaited(procedure: Procedure, day: date) -> list[Awaited]:
    """Everything that is waited for now, the earliest day first; nothing once the procedure has ended."""
    if not procedure.is_running:
        return []
    if procedure.is_held:
        return [_while_held(procedure, day)]
    step = STEP_MODULES[Stage(procedure.stage)]
    of_step = [*step.awaits(procedure, day), *_lacking(procedure, day)]
    # A planned meeting or an open question does not keep a procedure where it stands.
    of_step = of_step or [_ready(procedure, day)]
    found = [*of_step, *talked(procedure, day), *questions(procedure, day)]
    return sorted(found, key=lambda one: (one.by is None, one.by or day))


def _while_held(procedure: Procedure, day: date) -> Awaited:
    return Awaited(
        _("保留にしています。続けるかどうかを決めてください。"),
        Side.TOWN,
        "",
        by=procedure.held_until,
        division=window_on(procedure, day),
        key="held",
    )


def _lacking(procedure: Procedure, day: date) -> Iterable[Awaited]:
    """What must exist before the step is left and does not yet: the window's to do, by the step's target day."""
    (forward,) = (move for move in moves_of(procedure) if move.name in ("advance", "conclude"))
    for need in forward.needs:
        if sentence := need.lacking(procedure, day):
            yield Awaited(
                sentence,
                Side.TOWN,
                need.page,
                by=procedure.stage_due_on,
                division=window_on(procedure, day),
                key=need.name,
            )


def questions(procedure: Procedure, day: date) -> Iterable[Awaited]:
    """Questions that one side asked and the other has not answered."""
    for question in procedure.questions.all():
        if question.answered_at or question.withdrawn_at:
            continue
        from_partner = question.side == Side.PARTNER
        yield Awaited(
            _("質問に答えてください: %(text)s") % {"text": str(question)},
            Side.TOWN if from_partner else Side.PARTNER,
            "questions",
            by=question.due_on,
            division=window_on(procedure, day) if from_partner else None,
            key=question.public_id,
        )


def _ready(procedure: Procedure, day: date) -> Awaited:
    (forward,) = (move for move in moves_of(procedure) if move.name in ("advance", "conclude"))
    sentence = _("この段階で要るものはそろいました。「%(to)s」に進めてください。") % {"to": forward.to.label}
    return Awaited(
        sentence,
        Side.TOWN,
        "",
        by=procedure.stage_due_on,
        division=window_on(procedure, day),
        key="ready",
    )


def for_partner(procedure: Procedure, day: date) -> tuple[list[Awaited], Awaited | None]:
    """What waits for the partner, and in public words what the town is at; nothing once the procedure has ended."""
    if not procedure.is_running:
        return [], None
    if procedure.is_held:
        words = _("手続をいったん保留にしています。続けるときに、市から連絡します。")
        return [], Awaited(words, Side.TOWN, "", by=procedure.held_until)
    mine = [one for one in awaited(procedure, day) if one.side == Side.PARTNER]
    words = str(IN_PUBLIC[Stage(procedure.stage)])
    return mine, Awaited(words, Side.TOWN, "", by=procedure.stage_due_on)


def is_stuck(procedure: Procedure, day: date) -> bool:
    """Whether it still stands where it stood on its step's target day, though nobody put it on hold."""
    due = procedure.stage_due_on
    return due is not None and due < day and not procedure.is_held


@dataclass(frozen=True)
class StepView:
    """A step as the procedure's page shows it: passed, present, the one in which it ended, or to come; its tasks."""

    stage: Stage
    is_present: bool
    is_passed: bool
    is_last: bool
    tasks: Sequence[Task]


def steps_of(procedure: Procedure, day: date) -> list[StepView]:
    """The steps of the procedure with their tasks; of one that has ended, those before its last are passed."""
    steps = procedure.steps
    here = _place(procedure, steps)
    return [
        StepView(
            step,
            is_present=place == here and procedure.is_running,
            is_passed=place < here,
            is_last=place == here and not procedure.is_running,
            tasks=list(STEP_MODULES[step].tasks(procedure, day)),
        )
        for place, step in enumerate(steps)
    ]


def _place(procedure: Procedure, steps: Sequence[Stage]) -> int:
    """The place of the step in which it stands, or stood when it ended; after all of them once it is signed."""
    stage = procedure.stage
    if not procedure.is_running and stage != Stage.CONCLUDED:
        stays = list(procedure.passages.all())
        stage = stays[-1].stage if stays else stage
    return steps.index(Stage(stage)) if stage in steps else len(steps)
