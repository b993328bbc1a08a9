"""What a partner does with results: reports, confirms, sends back, corrects, takes back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from renkei.agreements.services import Refused
from renkei.counter.results.views import result_context, the_result
from renkei.counter.uploads import count_refused, why_not_upload
from renkei.counter.visitor import VisitorRequest, now, own_page, stop_if, today, visitor_page
from renkei.documents.services import DocumentRefused
from renkei.initiatives.at_counter import initiatives_of
from renkei.initiatives.models import Result
from renkei.initiatives.narrowing import is_year
from renkei.initiatives.permissions import why_not_report
from renkei.initiatives.result_given import facts_given, offered, papers_given
from renkei.initiatives.services import confirming, correcting, reporting
from renkei.municipalities.public_id import carried_or_new
from renkei.ui.result_form import AskedResult, ReasonForm, ResultForm
from renkei.ui.verbs import VerbWords

NEW = VerbWords(
    title=_("実績を報告する"),
    lead=_("行ったことを一つずつ報告します。市の担当課が確かめます。"),
    button=_("この実績を市に報告する"),
    done=_("実績を市に報告しました。市の担当課が確かめます。"),
    form=ResultForm,
)
CONFIRM = VerbWords(
    title=_("実績を確認する"),
    lead=_("市が報告した実績です。間違いがなければ確認してください。違うところがあれば差し戻してください。"),
    button=_("間違いがないので確認する"),
    done=_("実績を確認しました。ありがとうございました。"),
    form=forms.Form,
)
SEND_BACK = VerbWords(
    title=_("実績を差し戻す"),
    lead=_("市の担当課に、どこを直すとよいかを伝えます。"),
    button=_("市に差し戻す"),
    done=_("市に差し戻しました。"),
    form=ReasonForm,
)
CORRECT = VerbWords(
    title=_("報告した実績を訂正する"),
    lead=_("直したところは前と後が記録に残り、市の担当課がもう一度確かめます。"),
    button=_("訂正して報告する"),
    done=_("訂正を市に報告しました。"),
    form=ResultForm,
)
TAKE_BACK = VerbWords(
    title=_("報告した実績を取り消す"),
    lead=_("二重に報告した、行っていなかった、などのときに使います。"),
    button=_("取り消す"),
    done=_("実績を取り消しました。"),
    form=ReasonForm,
    is_danger=True,
)


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page with a form: its words, why the person may not, what it does, where it goes afterwards."""

    verb: VerbWords
    reason: str | None
    act: Callable[[Any, str], object]
    back: str
    context: Mapping[str, Any]
    template: str = "counter/results/act.html"


def shown_or_done(request: VisitorRequest, page: Page, **form_options: Any) -> HttpResponse:
    """Show the form or do what it says; a file that is refused counts against the session."""
    once = carried_or_new(request.POST.get("once", ""))
    context = {
        **page.context,
        "title": page.verb.title,
        "verb": page.verb,
        "reason": page.reason,
        "once": once,
    }
    context["back"] = way_back(request, page.back)
    if request.method != "POST":
        return render(request, page.template, context | {"form": page.verb.form(**form_options)})
    stop_if(page.reason)
    if request.FILES:
        stop_if(why_not_upload(request))
    form = page.verb.form(request.POST, request.FILES, **form_options)
    if _done(page, form, once):
        messages.success(request, str(page.verb.done))
        return redirect(context["back"])
    if any(name.startswith("file") for name in form.errors):
        count_refused(request)
    return render(request, page.template, context | {"form": form}, status=422)


def _done(page: Page, form: forms.Form, once: str) -> bool:
    if not form.is_valid():
        return False
    try:
        page.act(form, once)
    except (Refused, DocumentRefused) as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def way_back(request: VisitorRequest, otherwise: str) -> str:
    """The page of this town's counter from which the person came, if the address or the form carries it."""
    asked = request.POST.get("next", "") or request.GET.get("next", "")
    return own_page(request.town, asked) if asked else otherwise


@visitor_page
def new(request: VisitorRequest, public_id: str) -> HttpResponse:
    mine = initiatives_of(request.visitor).select_related(
        "agreement__division", "agreement__municipality", "municipality", "division", "item"
    )
    initiative = get_object_or_404(mine, public_id=public_id)
    year = request.GET.get("year", "")

    def act(form: Any, once: str) -> object:
        given = form.cleaned_data
        return reporting.report(
            initiative,
            facts_given(given, initiative),
            by=request.visitor,
            at=now(),
            public_id=once,
            papers=papers_given(given),
        )

    page = Page(
        verb=NEW,
        reason=why_not_report(request.visitor, initiative.agreement, day=today()),
        act=act,
        back=reverse("counter:work_agreement", args=[request.town.code, initiative.agreement.public_id]),
        context={
            "town": request.town,
            "visitor": request.visitor,
            "initiative": initiative,
            "agreement": initiative.agreement,
        },
        template="counter/results/new.html",
    )
    chosen = int(year) if is_year(year) else None
    asked = AskedResult(**offered(initiative, today(), is_internal=False, year=chosen))
    return shown_or_done(request, page, asked=asked)


def _shown(
    request: VisitorRequest, result: Result, verb: VerbWords, act: Any, **form_options: Any
) -> HttpResponse:
    written = request.POST.get("version", "")
    if written.isascii() and written.isdigit() and len(written) < 10:
        result.version = int(written)
    page = Page(
        verb=verb,
        reason=why_not_report(request.visitor, result.agreement, day=today()),
        act=act,
        back=reverse("counter:result", args=[request.town.code, result.public_id]),
        context=result_context(request, result),
    )
    return shown_or_done(request, page, **form_options)


@visitor_page
def confirm(request: VisitorRequest, public_id: str) -> HttpResponse:
    result = the_result(request, public_id)

    def act(_form: Any, _once: str) -> object:
        return confirming.confirm(result, by=request.visitor, at=now())

    return _shown(request, result, CONFIRM, act)


@visitor_page
def send_back(request: VisitorRequest, public_id: str) -> HttpResponse:
    result = the_result(request, public_id)

    def act(form: Any, _once: str) -> object:
        return confirming.send_back(result, form.cleaned_data["reason"], by=request.visitor, at=now())

    return _shown(request, result, SEND_BACK, act)


@visitor_page
def correct(request: VisitorRequest, public_id: str) -> HttpResponse:
    result = the_result(request, public_id)

    def act(form: Any, _once: str) -> object:
        given = form.cleaned_data
        facts = facts_given(given, result.initiative, result)
        return correcting.correct(result, facts, by=request.visitor, at=now(), reason=given["reason"])

    asked = AskedResult(**offered(result.initiative, today(), is_internal=False, result=result))
    return _shown(request, result, CORRECT, act, asked=asked)


@visitor_page
def take_back(request: VisitorRequest, public_id: str) -> HttpResponse:
    result = the_result(request, public_id)

    def act(form: Any, _once: str) -> object:
        return correcting.take_back(result, by=request.visitor, at=now(), reason=form.cleaned_data["reason"])

    return _shown(request, result, TAKE_BACK, act)
