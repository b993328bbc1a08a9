"""Step 1, 提案・確認: the hearing, who the partner is, the form and the window."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.agreements.vocabulary import Form
from renkei.procedures.models import Procedure
from renkei.procedures.steps import Awaited, Need, Task, TaskState
from renkei.procedures.vocabulary import Kind
from renkei.rules.japanese_calendar import japanese_date


def _no_hearing(procedure: Procedure, day: date) -> str | None:
    if procedure.kind != Kind.NEW or procedure.hearings.exists():
        return None
    return _("提案の内容を相手方に聴き、聴取の記録を残してください。")


def _no_partner(procedure: Procedure, day: date) -> str | None:
    if procedure.organisation_id:
        return None
    return _("提案者がどの相手方かを決めてください(初めての相手なら新しく登録します)。")


def _no_window(procedure: Procedure, day: date) -> str | None:
    if procedure.form and procedure.division_id:
        return None
    return _("協定の形(個別・包括)と窓口の課を決めてください。")


def _no_items(procedure: Procedure, day: date) -> str | None:
    if any(not one.dropped_reason for one in procedure.items.all()):
        return None
    return _("連携事項を一つ以上書いてください。")


NEEDS = (
    Need("hearing", gettext_lazy("聴取の記録"), _no_hearing, "hearing"),
    Need("partner", gettext_lazy("相手方の確認"), _no_partner, "partner"),
    Need("window", gettext_lazy("協定の形と窓口の課"), _no_window, "window"),
    Need("items", gettext_lazy("連携事項"), _no_items, "items"),
)


def tasks(procedure: Procedure, day: date) -> Iterable[Task]:
    """The lines of this step on the procedure's page."""
    notes = _notes(procedure)
    for need in NEEDS:
        state = TaskState.TO_DO if need.lacking(procedure, day) else TaskState.DONE
        if need.name == "hearing" and state == TaskState.DONE and not notes["hearing"]:
            state = TaskState.NOT_NEEDED
        yield Task(need.words, state, notes[need.name], need.page)


def _notes(procedure: Procedure) -> dict[str, str]:
    hearings = list(procedure.hearings.all())
    last = hearings[-1] if hearings else None
    form = Form(procedure.form).label if procedure.form else ""
    standing = sum(not one.dropped_reason for one in procedure.items.all())
    return {
        "hearing": _("%(day)sに聴取") % {"day": japanese_date(last.held_on)} if last else "",
        "partner": procedure.organisation.name if procedure.organisation else procedure.partner_name,
        "window": _("%(form)s・窓口 %(division)s") % {"form": form, "division": procedure.division}
        if form and procedure.division
        else "",
        "items": _("%(count)s件") % {"count": standing} if standing else "",
    }


def awaits(procedure: Procedure, day: date) -> Iterable[Awaited]:
    """What is waited for while the procedure stands here, besides what is lacking and what the talks wait for."""
    return ()
