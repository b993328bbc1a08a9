"""Evaluating an agreement, and beginning what follows."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from renkei.agreements.models import Agreement
from renkei.agreements.services import Refused
from renkei.desk.evaluations.views import the_evaluation
from renkei.desk.form_page import Page, now, shown_or_done
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.desk.versions import version_seen
from renkei.initiatives.evaluating import figures_of
from renkei.initiatives.models import Evaluation, Result
from renkei.initiatives.narrowing import is_year
from renkei.initiatives.permissions import why_not_work
from renkei.initiatives.services import evaluating
from renkei.initiatives.services.evaluating import EvaluationFacts
from renkei.initiatives.vocabulary import Verdict
from renkei.municipalities.public_id import new_public_id
from renkei.procedures.services.following import follow as begin_next
from renkei.procedures.services.following import next_act
from renkei.ui.verbs import VerbWords

LONG = forms.Textarea(attrs={"rows": 4})
LONGEST = 4000


class EvaluationForm(forms.Form):
    """Continue, improve or end, with the reasons."""

    verdict = forms.ChoiceField(
        label=_("評価"),
        choices=Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("続ける、見直して続ける、終える、のどれかを選んでください。")},
    )
    achievements = forms.CharField(label=_("成果"), required=False, widget=LONG, max_length=LONGEST)
    reasons = forms.CharField(
        label=_("理由"),
        widget=LONG,
        max_length=LONGEST,
        error_messages={
            "required": _("評価の理由を書いてください。例: 講座を毎年開き、受講者が増えているため")
        },
    )
    next_steps = forms.CharField(label=_("次に行うこと"), required=False, widget=LONG, max_length=LONGEST)


EVALUATE = VerbWords(
    title=_("協定を評価する"),
    lead=_("この年度に何が行われたかを見て、続けるか、見直すか、終えるかを書きます。後から書き直せます。"),
    button=_("評価を保存する"),
    done=_("評価を保存しました。"),
    form=EvaluationForm,
)


@staff_page
def evaluate(request: StaffRequest, public_id: str, year: int) -> HttpResponse:
    if not is_year(str(year)):
        raise Http404
    mine = Agreement.objects.of(town(request)).select_related("municipality", "division")
    agreement = get_object_or_404(mine.prefetch_related("terms"), public_id=public_id)
    said = Evaluation.objects.of(town(request)).about(agreement)
    known, before = said.filter(fiscal_year=year).first(), said.filter(fiscal_year=year - 1).first()
    seen = known.version if known else 0
    version = version_seen(request, seen)

    def act(form: Any, _once: str) -> object:
        facts = EvaluationFacts(
            **{**form.cleaned_data, "fiscal_year": year, "verdict": Verdict(form.cleaned_data["verdict"])}
        )
        return evaluating.evaluate(agreement, facts, actor=request.user, at=now(), seen=version)

    results = Result.objects.of(town(request)).valid().of_year(year).filter(agreement=agreement)
    page = Page(
        verb=EVALUATE,
        reason=why_not_work(request.user, agreement, day=today()),
        back=f"{reverse('desk:evaluations')}?{urlencode({'year': year})}",
        act=act,
        beside={
            "agreement": agreement,
            "year": year,
            "before": before,
            "results": results.select_related("initiative"),
            "figures": figures_of(agreement, year),
        },
        template="desk/evaluations/write.html",
        onward=lambda made: reverse("desk:evaluation", args=[made.public_id]),
    )
    names = ("verdict", "achievements", "reasons", "next_steps")
    initial = {name: getattr(known, name) for name in names} if known else {}
    return shown_or_done(request, page, {"initial": initial}, version=seen)


@staff_page
@require_POST
def follow(request: StaffRequest, public_id: str) -> HttpResponse:
    evaluation = the_evaluation(request, public_id)
    stop_if(why_not_work(request.user, evaluation.agreement, day=today()))
    following = next_act(evaluation, today())
    try:
        procedure = begin_next(evaluation, by=request.user, at=now(), day=today(), public_id=new_public_id())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:evaluation", evaluation.public_id)
    if procedure:
        messages.success(request, _("見直しの手続を始めました。"))
        return redirect("desk:procedure", procedure.public_id)
    assert following
    carried = {"evaluation": evaluation.public_id}
    if following.term_ends_on:
        carried["term"] = following.term_ends_on.isoformat()
    page = reverse(f"desk:agreement_{following.act}", args=[evaluation.agreement.public_id])
    return redirect(f"{page}?{urlencode(carried)}")
