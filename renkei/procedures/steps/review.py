"""Step 5, 内容確認・修正: both sides accept the same version."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.agreements.vocabulary import Side
from renkei.municipalities.divisions import Lineage
from renkei.municipalities.models import Division
from renkei.procedures.models import Procedure, Reviewer
from renkei.procedures.models.review import RoundOutcome
from renkei.procedures.permissions import window_on
from renkei.procedures.returning import awaited_returns, returned_tasks
from renkei.procedures.reviews import Standing, current_round, is_newest, last_round, standing_of
from renkei.procedures.steps import Awaited, Need, Task, TaskState
from renkei.procedures.vocabulary import Stage


def _no_accepted(procedure: Procedure, day: date) -> str | None:
    last = last_round(procedure)
    if last and last.outcome == RoundOutcome.AGREED and is_newest(last):
        return None
    if last and last.is_open:
        return _("%(round)sで、必要な人全員が同じ版に同意するまで続けてください。") % {"round": last}
    if last and last.outcome == RoundOutcome.AGREED:
        return _("同意がそろった後に新しい版ができています。次の確認の回を始めてください。")
    return _("確認の回を開き、必要な人全員が同じ版に同意するまで続けてください。")


def _undecided_return(procedure: Procedure, day: date) -> str | None:
    """Nobody goes on to signing while somebody still waits for an answer to what came back."""
    return "".join(f"{one.what}。" for one in awaited_returns(procedure, day)) or None


NEEDS = (
    Need("accepted", gettext_lazy("同じ版への全員の同意"), _no_accepted, "reviews"),
    Need("returned", gettext_lazy("戻ってきた案の扱い"), _undecided_return, "returned"),
)


def tasks(procedure: Procedure, day: date) -> Iterable[Task]:
    """The lines of this step on the procedure's page."""
    last = last_round(procedure)
    note = ""
    state = TaskState.DONE if _no_accepted(procedure, day) is None else TaskState.TO_DO
    if last and last.is_open:
        state, note = TaskState.UNDER_WAY, figures(standing_of(last))
    elif last:
        note = f"{last} {last.get_outcome_display()}"
    yield Task(NEEDS[0].words, state, note, "reviews")
    if procedure.stage != Stage.DRAFTING:
        yield from returned_tasks(procedure)


def figures(standing: Standing) -> str:
    """第2回の確認 同意3/4・未解決の意見2件."""
    facts = {
        "round": standing.round,
        "accepted": standing.accepted,
        "required": len(standing.required),
        "unresolved": standing.unresolved,
    }
    if not standing.unresolved:
        return _("%(round)s 同意%(accepted)s/%(required)s") % facts
    return _("%(round)s 同意%(accepted)s/%(required)s・未解決の意見%(unresolved)s件") % facts


def awaits(procedure: Procedure, day: date) -> Iterable[Awaited]:
    """Each required reviewer who has not accepted, and what the window has to decide or to make."""
    one = current_round(procedure)
    if one is None:
        return
    standing = standing_of(one)
    yield from _of_window(procedure, standing, day)
    for reviewer in standing.missing if standing.is_newest else ():
        yield _of_reviewer(procedure, reviewer, standing, day)


def _of_reviewer(procedure: Procedure, reviewer: Reviewer, standing: Standing, day: date) -> Awaited:
    facts = {"round": standing.round, "name": reviewer}
    if reviewer.name:
        words = _("%(name)sの同意を聞いて記録してください(%(round)s)") % facts
        window = window_on(procedure, day)
        return Awaited(words, Side.TOWN, "reviews", standing.round.due_on, window, key=reviewer.public_id)
    inside = reviewer.side == Side.TOWN
    return Awaited(
        _("案を確かめ、意見を書くか同意してください(%(round)s)") % facts,
        Side.TOWN if inside else Side.PARTNER,
        "review",
        by=standing.round.due_on,
        division=_its_division(procedure, reviewer, day),
        person="" if reviewer.division_id else str(reviewer),
        key=reviewer.public_id,
        user_id=reviewer.user_id,
    )


def _of_window(procedure: Procedure, standing: Standing, day: date) -> Iterable[Awaited]:
    words = None
    facts = {"round": standing.round, "unresolved": standing.unresolved, "adopted": standing.adopted}
    if standing.unresolved:
        words = _("意見%(unresolved)s件の扱いを決めてください(%(round)s)") % facts
    elif not standing.is_newest:
        words = _("新しい版ができています。%(round)sを終え、次の回を始めてください。") % facts
    elif standing.adopted:
        words = _("反映することにした意見%(adopted)s件を入れた版を作ってください(%(round)s)") % facts
    if words:
        yield Awaited(
            words,
            Side.TOWN,
            "reviews",
            by=standing.round.due_on,
            division=window_on(procedure, day),
            key=f"{standing.round.public_id}-window",
        )


def _its_division(procedure: Procedure, reviewer: Reviewer, day: date) -> Division | None:
    """The division that was asked, or who took over from it."""
    division = reviewer.division
    if division is None or division.existed_on(day):
        return division
    return (procedure.lineage or Lineage(procedure.municipality)).on(division.pk, day)
