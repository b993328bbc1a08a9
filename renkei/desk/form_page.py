"""A page with a form that makes or changes one record: load, check, form, one service call, answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from renkei.agreements.services import Refused
from renkei.desk import drafts
from renkei.desk.staff import StaffRequest, stop_if
from renkei.desk.typed import put_back
from renkei.desk.versions import version_seen
from renkei.documents.services import DocumentRefused
from renkei.municipalities.public_id import carried_or_new
from renkei.ui.verbs import VerbWords


@dataclass(frozen=True, kw_only=True)
class Page:
    """Where a form is shown: its words, why the person may not, where it leads back to, what stands beside it."""

    verb: VerbWords
    reason: str | None
    back: str
    act: Callable[[Any, str], object]
    beside: Mapping[str, Any]
    template: str = "desk/results/verb.html"
    onward: Callable[[Any], str] | None = None
    """The page of what was made, where that is where the work goes on."""


def shown_or_done(
    request: StaffRequest, page: Page, form_options: Mapping[str, Any], *, version: int = 0
) -> HttpResponse:
    """Show the form, or do what it says; who may not is told why before and after pressing.

    `act` takes the cleaned form and the id of what it makes, so that a double click makes one.
    """
    make = page.verb.form
    once = carried_or_new(request.POST.get("once", ""))
    context: dict[str, Any] = {
        "title": page.verb.title,
        "verb": page.verb,
        "reason": page.reason,
        "once": once,
    }
    context |= {"back": way_back(request, page.back), "version": version, **page.beside}
    if request.method != "POST":
        form = make(**form_options)
        offer, typed = drafts.offered_draft(request, form), drafts.used_draft(request)
        if typed is not None:
            put_back(form, typed)
        return render(request, page.template, context | {"form": form, "draft": offer})
    stop_if(page.reason)
    form = make(request.POST, request.FILES, **form_options)
    is_done, made = _done(page, form, once)
    if is_done:
        drafts.sent(request)
        messages.success(request, str(page.verb.done))
        # The form carries the way back as well: only another page than the usual one was meant by somebody.
        is_usual = context["back"] == page.back
        return redirect(page.onward(made) if page.onward and is_usual else context["back"])
    context["version"] = version_seen(request, version)
    return render(request, page.template, context | {"form": form}, status=422)


def _done(page: Page, form: forms.Form, once: str) -> tuple[bool, object]:
    """Whether it was done, and what the service handed back."""
    if not form.is_valid():
        return False, None
    try:
        return True, page.act(form, once)
    except (Refused, DocumentRefused) as refusal:
        form.add_error(None, str(refusal))
        return False, None


def way_back(request: StaffRequest, otherwise: str) -> str:
    """The page of ours from which the person came, if the address or the form carries it."""
    asked = request.POST.get("next", "") or request.GET.get("next", "")
    is_ours = asked.startswith("/desk/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if is_ours else otherwise


def now() -> datetime:
    """The moment: taken here, at the door, and passed down."""
    return timezone.now()
