"""Step 3, 協議: what both sides agree on, and what is still open."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.procedures.models import Procedure
from renkei.procedures.steps import Awaited, Need, Task, TaskState
from renkei.procedures.talks import standing_of


def _no_agreed(procedure: Procedure, day: date) -> str | None:
    if any(one.is_agreed and not one.dropped_reason for one in procedure.items.all()):
        return None
    return _("相手方と合意した連携事項を一つ以上記録してください。")


def _no_open_points(procedure: Procedure, day: date) -> str | None:
    open_points = sum(one.is_open for one in procedure.points.all())
    if not open_points:
        return None
    return _("残った論点が%(count)s件あります。片づけるか、合意を記録してください。") % {"count": open_points}


NEEDS = (
    Need("agreed", gettext_lazy("合意した連携事項"), _no_agreed, "meetings"),
    Need("open_points", gettext_lazy("残った論点"), _no_open_points, "meetings"),
)


def tasks(procedure: Procedure, day: date) -> Iterable[Task]:
    """The lines of this step on the procedure's page."""
    here = standing_of(procedure, day)
    state = TaskState.DONE if here.held else TaskState.TO_DO
    yield Task(
        _("協議の場"), TaskState.UNDER_WAY if here.unwritten else state, here.meetings_words, "meetings"
    )
    for need in NEEDS:
        lacking = need.lacking(procedure, day)
        note = here.items_words if need.name == "agreed" else here.points_words
        yield Task(need.words, TaskState.TO_DO if lacking else TaskState.DONE, note, need.page)
    waiting = TaskState.UNDER_WAY if here.unanswered else TaskState.DONE
    yield Task(
        _("質問と回答"), waiting if here.asked else TaskState.NOT_NEEDED, here.questions_words, "questions"
    )


def awaits(procedure: Procedure, day: date) -> Iterable[Awaited]:
    """What is waited for while the procedure stands here, besides what is lacking and what the talks wait for."""
    return ()
