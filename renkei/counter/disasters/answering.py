"""A partner answers what the town asked for in a disaster: by the letter's link, without an account."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from renkei.agreements.services import Refused
from renkei.counter.visitor import CounterRequest, now, town_page
from renkei.disasters.incidents.answer_links import request_of
from renkei.disasters.models import HelpRequest
from renkei.disasters.services.answering import LinkAnswer, LinkGone, answer_by_link, why_not_answer
from renkei.disasters.vocabulary import StepKind
from renkei.municipalities.public_id import carried_or_new
from renkei.ui.amounts import AmountField
from renkei.ui.public_forms import LineField, PublicForm

GONE = 410
CHOICES = (
    (StepKind.ACCEPTED.value, _("全部できます")),
    (StepKind.PARTLY.value, _("一部できます")),
    (StepKind.DECLINED.value, _("できません")),
)


class AnswerForm(PublicForm):
    """Whether, how much, when or why not, and who says so."""

    kind = forms.ChoiceField(
        label=_("できますか"),
        choices=CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": _("「全部できます」「一部できます」「できません」から選んでください。")},
    )
    quantity = AmountField(
        label=_("できる数量"), required=False, help_text=_("一部できるときに入れてください。例: 500")
    )
    when = LineField(
        label=_("到着の見込み"), required=False, max_length=100, help_text=_("例: きょう 午前6時ごろ")
    )
    note = forms.CharField(
        label=_("できない理由・伝えること"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    by_name = LineField(
        label=_("回答する方の部署と氏名"),
        max_length=100,
        help_text=_("確認のため、市から折り返し電話します。"),
    )

    @property
    def answer(self) -> LinkAnswer:
        """As the service takes it."""
        told: dict[str, Any] = self.cleaned_data
        kind = StepKind(told["kind"])
        quantity = told["quantity"] if kind == StepKind.PARTLY else None
        return LinkAnswer(kind, told["by_name"], quantity, told["when"], told["note"])


@town_page
def answer(request: CounterRequest, token: str) -> HttpResponse:
    """What is asked, and the three answers; a link that works no more says the same whatever the reason."""
    at = now()
    asked = request_of(token, at=at)
    if asked is None or asked.incident.municipality_id != request.town.pk:
        return gone(request)
    form = AnswerForm(request.POST if request.method == "POST" else None, at=at)
    once, done = carried_or_new(request.POST.get("once", "")), False
    if form.is_valid():
        try:
            answer_by_link(token, form.answer, at=at, public_id=once)
            done = True
        except LinkGone:
            return gone(request)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return shown(request, asked, form, once, done=done)


def shown(
    request: CounterRequest, asked: HelpRequest, form: AnswerForm, once: str, *, done: bool
) -> HttpResponse:
    """The page; a former answer stands above the form."""
    context = {
        "title": _("要請への回答"),
        "town": request.town,
        "asked": asked,
        "incident": asked.incident,
        "need": asked.need,
        "form": form,
        "once": once,
        "done": done,
        "why_not": why_not_answer(asked),
        "former": asked.steps.filter(came_by_link=True, is_void=False).last(),
    }
    return render(request, "counter/disasters/answer.html", context, status=422 if form.errors else 200)


def gone(request: CounterRequest) -> HttpResponse:
    """Forged, late, replaced, of another town, or of an incident that has ended: one sentence."""
    context = {"title": _("使えないリンク"), "town": request.town}
    return render(request, "counter/disasters/answer_gone.html", context, status=GONE)
