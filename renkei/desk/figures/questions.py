"""Saved questions: saved, renamed, shared, deleted."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from renkei.desk.figures.forms import QuestionForm
from renkei.desk.figures.work import refused
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today
from renkei.reports.cross_words import CrossRefused, question_from
from renkei.reports.models import SavedQuestion
from renkei.reports.permissions import why_not_change_question
from renkei.reports.questions import QuestionRefused, delete_question, rename_question, save_question

LONGEST_ASKED = 4000


@staff_page
def new(request: StaffRequest) -> HttpResponse:
    """Keep the question that the address asks."""
    said = (request.POST or request.GET).get("asked", "")[:LONGEST_ASKED]
    try:
        question = question_from(dict(QueryDict(said).lists()), today())
    except CrossRefused as refusal:
        return refused(str(refusal))
    form = QuestionForm(request.POST or None, initial={"name": question.caption})
    if form.is_valid():
        try:
            save_question(
                form.cleaned_data["name"],
                question.asked,
                is_shared=form.cleaned_data["is_shared"],
                actor=request.user,
            )
            messages.success(request, _("集計を保存しました。「クロス集計」のページからいつでも開けます。"))
            return redirect(f"{reverse('desk:cross')}?{question.asked}")
        except QuestionRefused as refusal:
            form.add_error("name", str(refusal))
    context = {
        "title": _("集計を保存する"),
        "form": form,
        "asked": question.asked,
        "caption": question.caption,
    }
    return render(request, "desk/figures/question.html", context, status=422 if form.errors else 200)


@staff_page
def edit(request: StaffRequest, public_id: str) -> HttpResponse:
    saved = _the_question(request, public_id)
    reason = why_not_change_question(request.user, saved, day=today())
    form = QuestionForm(request.POST or None, initial={"name": saved.name, "is_shared": saved.is_shared})
    if request.method == "POST":
        stop_if(reason)
    if form.is_valid():
        try:
            asked = form.cleaned_data
            rename_question(saved, asked["name"], is_shared=asked["is_shared"], actor=request.user)
            messages.success(request, _("保存した集計を直しました。"))
            return redirect(f"{reverse('desk:cross')}?{saved.asked}")
        except QuestionRefused as refusal:
            form.add_error("name", str(refusal))
    context = {
        "title": _("保存した集計"),
        "form": form,
        "saved": saved,
        "reason": reason,
        "asked": saved.asked,
        "caption": saved.name,
    }
    return render(request, "desk/figures/question.html", context, status=422 if form.errors else 200)


@staff_page
@require_POST
def delete(request: StaffRequest, public_id: str) -> HttpResponse:
    saved = _the_question(request, public_id)
    stop_if(why_not_change_question(request.user, saved, day=today()))
    delete_question(saved, actor=request.user)
    messages.success(request, _("保存した集計を削除しました。数字は変わりません。"))
    return redirect("desk:cross")


def _the_question(request: StaffRequest, public_id: str) -> SavedQuestion:
    """The person's own, or one that is shared in the town; 404 otherwise."""
    return get_object_or_404(SavedQuestion.objects.seen_by(request.user), public_id=public_id)
