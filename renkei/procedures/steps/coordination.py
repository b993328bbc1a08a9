"""Step 2, 庁内調整: what the divisions answer, and the fairness checklist."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.agreements.vocabulary import Side
from renkei.municipalities.divisions import Lineage
from renkei.procedures.models import CheckLine, InquiredDivision, Procedure
from renkei.procedures.steps import Awaited, Need, Task, TaskState
from renkei.procedures.vocabulary import CheckAnswer, Stage
from renkei.rules.japanese_calendar import japanese_date


def _asked(procedure: Procedure) -> list[InquiredDivision]:
    """The divisions whose inquiry nobody took back, read through the procedure: a list can fetch them at once."""
    found = [one for inquiry in procedure.inquiries.all() for one in inquiry.divisions.all()]
    return [one for one in found if not one.taken_back_reason]


def _lines(procedure: Procedure) -> list[CheckLine]:
    return [line for line in procedure.checks.all() if line.stage == Stage.COORDINATION]


def _no_answers(procedure: Procedure, day: date) -> str | None:
    inquiries = list(procedure.inquiries.all())
    if not inquiries:
        return _("関係する課に照会してください。")
    if not any(inquiry.is_open for inquiry in inquiries):
        return None
    asked = [one for one in _asked(procedure) if one.inquiry.is_open]
    waiting = [one for one in asked if one.is_waited_for]
    if waiting:
        facts = {"asked": len(asked), "answered": len(asked) - len(waiting)}
        return (
            _(
                "庁内照会の回答を待っています(%(asked)s課のうち%(answered)s課が回答)。そろったら締め切ってください。"
            )
            % facts
        )
    return _("庁内照会の回答がそろいました。締め切って取りまとめてください。")


def _no_checklist(procedure: Procedure, day: date) -> str | None:
    if all(line.answer for line in _lines(procedure)):
        return None
    return _("公平性などの点検の項目に、すべて結果を入れてください。")


NEEDS = (
    Need("answers", gettext_lazy("庁内照会の回答"), _no_answers, "inquiries"),
    Need("checklist", gettext_lazy("公平性などの点検"), _no_checklist, "checks"),
)


def tasks(procedure: Procedure, day: date) -> Iterable[Task]:
    """The lines of this step on the procedure's page."""
    inquiries, asked = list(procedure.inquiries.all()), _asked(procedure)
    answered = [one for one in asked if one.answered_at]
    state = TaskState.UNDER_WAY if inquiries else TaskState.TO_DO
    if inquiries and not any(inquiry.is_open for inquiry in inquiries):
        state = TaskState.DONE
    facts = {"asked": len(asked), "answered": len(answered)}
    note = _("%(asked)s課のうち%(answered)s課が回答") % facts if inquiries else ""
    yield Task(gettext_lazy("庁内照会"), state, note, "inquiries")
    if inquiries:
        yield Task(gettext_lazy("回答の一覧表"), state, "", "matrix")
    yield _checks(procedure)
    if inquiries:
        yield Task(gettext_lazy("決裁の資料"), state, "", "decision_paper")


def _checks(procedure: Procedure) -> Task:
    """The checklist: how far it is, and in plain words how many problems were found."""
    lines = _lines(procedure)
    done = [line for line in lines if line.answer]
    problems = [line for line in lines if line.answer == CheckAnswer.PROBLEM]
    state = TaskState.UNDER_WAY if done else TaskState.TO_DO
    note = _("%(all)s項目のうち%(done)s項目") % {"all": len(lines), "done": len(done)}
    if problems:
        note = _("%(note)s・問題がある項目が%(count)s件") % {"note": note, "count": len(problems)}
    state = TaskState.DONE if len(done) == len(lines) else state
    return Task(gettext_lazy("公平性などの点検"), state, note, "checks", is_problem=bool(problems))


def awaits(procedure: Procedure, day: date) -> Iterable[Awaited]:
    """Each division that has not answered, by its day; of the window, to decide on a later day that one asked for."""
    waiting = [one for one in _asked(procedure) if one.is_waited_for]
    if not waiting:
        return
    lineage = procedure.lineage or Lineage(procedure.municipality)
    window = lineage.on(procedure.division_id, day) if procedure.division_id else None
    for one in waiting:
        yield Awaited(
            _("庁内照会に回答してください。"),
            Side.TOWN,
            "inquiries",
            by=one.due_on,
            division=lineage.on(one.division_id, day),
            key=one.public_id,
        )
        if one.extension_asked:
            facts = {"division": one.division, "day": japanese_date(one.extension_asked)}
            yield Awaited(
                _("%(division)sが%(day)sまでの延長を希望しています。期限を決めてください。") % facts,
                Side.TOWN,
                "inquiries",
                by=one.due_on,
                division=window,
                key=f"deadline-{one.public_id}",
            )
