"""The yearly check of contacts by a link without an account: what the town has, its confirmation, its correction."""

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from renkei.agreements.services import Refused
from renkei.counter.entry.windows import coordinating_division
from renkei.counter.visitor import CounterRequest, now, today, town_page
from renkei.disasters.checks.answer import (
    CheckAnswer,
    answer_from,
    capabilities_of,
    capability_words,
    contacts_of,
)
from renkei.disasters.checks.form import form_facts
from renkei.disasters.checks.papers import check_pdf, paper_name
from renkei.disasters.contacts.chains import chain_of_town
from renkei.disasters.models import ContactCheck
from renkei.disasters.services.check_visits import TooOften, count_answer, visited
from renkei.disasters.services.checking import answer_check
from renkei.disasters.vocabulary import HowVerified
from renkei.ui.check_form import AnsweredByForm, CheckForm
from renkei.ui.downloads import made_answer
from renkei.ui.network import network_address

P = ParamSpec("P")
GONE, TOO_MANY = 410, 429


def check_page(
    view: Callable[Concatenate[CounterRequest, ContactCheck, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """A page for whoever has the link; a forged one, one of a closed campaign and another town's say the same."""

    @town_page
    def found(request: CounterRequest, /, token: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            check = visited(token, town=request.town, place=network_address(request), at=now())
        except TooOften as refusal:
            return _gone(request, TOO_MANY, str(refusal))
        if check is None:
            return _gone(request, GONE)
        return view(request, check, *args, **kwargs)

    return found


def _gone(request: HttpRequest, status: int, sentence: str = "") -> HttpResponse:
    town = request.town  # type: ignore[attr-defined]
    context = {"title": _("使えないリンク"), "town": town, "sentence": sentence}
    return render(
        request,
        "counter/disasters/check_gone.html",
        context | {"window": coordinating_division(town)},
        status=status,
    )


@check_page
def page(request: CounterRequest, check: ContactCheck) -> HttpResponse:
    """What the town has, and the button for it; nothing is said by opening the page."""
    form = AnsweredByForm(request.POST or None, initial={"by_name": check.answered_by})
    if request.method == "POST" and form.is_valid():
        answer = CheckAnswer(is_unchanged=True)
        if _taken(check, answer, form):
            return redirect("counter:contact_check_done", request.town.code, _token(request))
    return _shown(request, check, "check", form)


@check_page
def change(request: CounterRequest, check: ContactCheck) -> HttpResponse:
    """Correcting contacts and what can be supplied."""
    facts = form_facts(check, today())
    form = CheckForm(request.POST or None, facts=facts, initial={"by_name": check.answered_by})
    if request.method == "POST" and form.is_valid():
        answer = answer_from(form.contacts.rows, form.supplies.answers, form.cleaned_data["note"])
        if _taken(check, answer, form):
            return redirect("counter:contact_check_done", request.town.code, _token(request))
    return _shown(request, check, "check_change", form)


def _taken(check: ContactCheck, answer: CheckAnswer, form: Any) -> bool:
    try:
        count_answer(check, at=now())
        answer_check(
            check,
            answer,
            how=HowVerified.LINK,
            by_name=form.cleaned_data["by_name"],
            actor=None,
            at=now(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@check_page
def done(request: CounterRequest, check: ContactCheck) -> HttpResponse:
    """What the town now has; it may be changed until the check is closed."""
    return _shown(request, check, "check_done", None)


@check_page
def paper(request: CounterRequest, check: ContactCheck) -> HttpResponse:
    """The same as a paper, with the town's own contacts, for the partner to keep or to send back."""
    return made_answer(check_pdf([check], day=today(), at=now()).content, paper_name(check, "pdf"))


def _token(request: HttpRequest) -> str:
    assert request.resolver_match
    return str(request.resolver_match.kwargs["token"])


def _shown(request: CounterRequest, check: ContactCheck, template: str, form: Any) -> HttpResponse:
    partner = check.partner
    context = {
        "title": str(check.campaign),
        "town": request.town,
        "token": _token(request),
        "check": check,
        "form": form,
        "partner": partner,
        "contacts": contacts_of(request.town, partner),
        "supplies": [capability_words(one) for one in capabilities_of(request.town, partner)],
        "ours": chain_of_town(request.town, at=now()),
    }
    is_wrong = form is not None and bool(form.errors)
    return render(request, f"counter/disasters/{template}.html", context, status=422 if is_wrong else 200)
