"""What falls due: the list, deciding about many of it, and taking that back."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from renkei.agreements import services
from renkei.agreements.models import BulkChange
from renkei.agreements.services import Choice, Wish
from renkei.agreements.services.decide import FOR_MANY, RENEWALS
from renkei.agreements.vocabulary import Decision
from renkei.desk.due.asking import asked, kept_in_address, lines_of
from renkei.desk.staff import StaffRequest, staff_page, today, town
from renkei.ui.forms import DayField

PAGE = 50


class WishForm(forms.Form):
    """What is decided about all that were chosen."""

    decision = forms.ChoiceField(
        label=gettext_lazy("選んだ協定の更新"),
        choices=[(one.value, one.label) for one in FOR_MANY],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("「自動更新に任せる」か「更新しない」を選んでください。")},
    )
    notified_on = DayField(
        label=gettext_lazy("相手方に通知した日"),
        required=False,
        help_text=gettext_lazy("更新しないときに入れます。同じ日にすべての相手方へ通知した場合です。"),
    )
    note = forms.CharField(
        label=gettext_lazy("判断の理由"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def wish(self) -> Wish:
        """What was asked, as the service takes it."""
        told = self.cleaned_data
        decision = Decision(told["decision"])
        notified_on = told["notified_on"] if decision == Decision.DECLINE else None
        return Wish(decision, notified_on=notified_on, note=told["note"])


@staff_page
def page(request: StaffRequest) -> HttpResponse:
    question = asked(request.GET, today())
    lines, counted = lines_of(town(request), question)
    shown = Paginator(lines, PAGE).get_page(request.GET.get("page"))
    prefetch_related_objects([line.due.agreement for line in shown], "parties")
    context = {
        "title": gettext_lazy("期限"),
        "door": "desk",
        "question": question,
        "counted": counted,
        "page": shown,
        "total": len(lines),
        "is_all_chosen": request.GET.get("chosen") == "all",
        "kept": kept_in_address(request.GET),
        "form": WishForm(),
    }
    return render(request, "desk/due/page.html", context, status=422 if question.refusal else 200)


@staff_page
def decide(request: StaffRequest) -> HttpResponse:
    """First what would become of each; once confirmed, the act."""
    choices = chosen(request.POST)
    form = WishForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"title": gettext_lazy("更新の判断の確認"), "form": form}
    context["back"] = request.POST.get("back", "")
    context["written"] = request.POST.getlist("chosen")
    if request.method == "POST" and not choices:
        form.add_error(None, _("協定が選ばれていません。期限の一覧で協定を選んでください。"))
    if form.is_valid():
        try:
            if request.POST.get("confirmed") == "yes":
                act = services.decide_many(choices, form.wish(), actor=request.user, day=today())
                messages.success(request, said(act))
                return redirect("desk:due_act", act.public_id)
            planned = services.plan(choices, form.wish(), actor=request.user, day=today())
            context["planned"] = planned
            context["decision"] = form.wish().decision.label
            context["ready"] = sum(not one.refusal for one in planned)
        except services.Refused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "desk/due/decide.html", context, status=422 if form.errors else 200)


@staff_page
def act(request: StaffRequest, public_id: str) -> HttpResponse:
    """What was decided in one act, and the button that takes it back."""
    acts = BulkChange.objects.of(town(request)).filter(fact=RENEWALS).select_related("actor")
    decided = get_object_or_404(acts, public_id=public_id)
    status = 200
    if request.method == "POST":
        try:
            decided = services.undo_many(decided, actor=request.user, day=today())
            messages.success(request, said_undone(decided))
            return redirect("desk:due_act", public_id)
        except services.Refused as refusal:
            messages.error(request, str(refusal))
            status = 422
    context = {"title": gettext_lazy("まとめた更新の判断"), "act": decided, "rows": rows_of(decided)}
    return render(request, "desk/due/act.html", context, status=status)


def rows_of(decided: BulkChange) -> list[dict[str, object]]:
    """The rows of the act with days and words."""
    return [
        row
        | {
            "term_ends_on": date.fromisoformat(row["term_ends_on"]),
            "decision": Decision(row["decision"]).label,
        }
        for row in decided.rows
    ]


def said(decided: BulkChange) -> str:
    """How many were decided and how many left out."""
    left_out = sum(bool(row["refusal"]) for row in decided.rows)
    count = len(decided.rows) - left_out
    sentence = ngettext("%(count)s件を判断しました。", "%(count)s件を判断しました。", count) % {
        "count": count
    }
    if left_out:
        sentence += _("%(count)s件は判断しませんでした。理由は下のとおりです。") % {"count": left_out}
    return sentence


def said_undone(decided: BulkChange) -> str:
    """That they were taken back, and how many were not."""
    if left := sum(bool(row["left"]) for row in decided.rows):
        return _("まとめた判断を取り消しました。%(left)s件は取り消せませんでした。理由は下のとおりです。") % {
            "left": left
        }
    return _("まとめた判断を取り消しました。期間は元のとおりです。")


def chosen(sent: QueryDict) -> list[Choice]:
    """The chosen terms; what is no choice of the list is passed over."""
    found = []
    for text in sent.getlist("chosen"):
        public_id, _colon, rest = text.partition(":")
        ends_on, _colon, version = rest.partition(":")
        try:
            found.append(Choice(public_id, date.fromisoformat(ends_on), int(version[:9])))
        except ValueError:
            continue
    return list(dict.fromkeys(found))
