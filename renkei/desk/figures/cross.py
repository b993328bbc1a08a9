"""Cross tables: the question as a form, the table, its downloads."""

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from renkei.desk.figures.forms import question_form
from renkei.desk.figures.work import refused
from renkei.desk.staff import StaffRequest, staff_page, today, town
from renkei.reports.charts import described
from renkei.reports.cross import Cross, cross
from renkei.reports.cross_files import FILES
from renkei.reports.cross_words import CrossRefused, Question, question_from
from renkei.reports.models import SavedQuestion
from renkei.reports.permissions import why_not_change_question
from renkei.ui.downloads import made_answer

LISTS = {
    "agreements": "desk:agreements", "initiatives": "desk:initiatives", "results": "desk:results",
}  # fmt: skip


@staff_page
def page(request: StaffRequest) -> HttpResponse:
    saved = [
        (one, why_not_change_question(request.user, one, day=today()) is None)
        for one in SavedQuestion.objects.seen_by(request.user).select_related("owner")
    ]
    form = question_form(request.GET, town(request), today())
    context = {"title": _("クロス集計"), "saved": saved, "form": form}
    question = _question(request, form)
    if question is None:
        return render(request, "desk/figures/cross.html", context, status=422)
    table = cross(town(request), question)
    context |= {"table": table, "question": question, "listed_at": _listed_at(table)}
    context["sentence"] = described(table.rows, question.caption, unit=question.count_unit)
    return render(request, "desk/figures/cross.html", context)


@staff_page
def download(request: StaffRequest, kind: str) -> HttpResponse:
    if kind not in FILES:
        raise Http404
    try:
        question = question_from(dict(request.GET.lists()), today())
    except CrossRefused as refusal:
        return refused(str(refusal))
    return made_answer(FILES[kind](cross(town(request), question)), f"cross-{today().isoformat()}.{kind}")


def _question(request: StaffRequest, form: forms.Form) -> Question | None:
    """The question of the address; None where it cannot be asked, and then the form says why."""
    try:
        return question_from(dict(request.GET.lists()), today())
    except CrossRefused as refusal:
        form.add_error(refusal.name if refusal.name in form.fields else None, str(refusal))
        return None


def _listed_at(table: Cross) -> str:
    """Where the list is that each number opens."""
    if table.listed == "ended":
        return reverse("desk:work_movements_part", args=["ended"])
    return reverse(LISTS[table.listed]) if table.listed else ""
