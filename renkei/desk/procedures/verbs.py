"""The page of a verb of a procedure: load, check, form, one service call, answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from renkei.accounts.models import User
from renkei.agreements.services import Refused
from renkei.audit.models import Entry
from renkei.desk import drafts
from renkei.desk.rows import pressed
from renkei.desk.staff import StaffRequest, stop_if, today, town
from renkei.desk.typed import put_back, typed_in
from renkei.desk.versions import version_seen
from renkei.municipalities.public_id import carried_or_new
from renkei.procedures.models import Procedure
from renkei.procedures.permissions import why_not_conduct
from renkei.procedures.services import ChangedMeanwhile
from renkei.ui.verbs import VerbWords

TOLD_SHOWN = 5


@dataclass(frozen=True, kw_only=True)
class ProcedureVerb(VerbWords):
    """What one page says, asks and does; `act` calls one service with the cleaned form and may raise a refusal.

    The form carries `version`, the state that the person saw, and `once`, the id of what it makes: a form that is
    sent twice makes one record. `back` names the page to go to afterwards: "hearing" is `desk:procedure_hearing`.
    """

    act: Callable[["Asked"], object]
    back: str = ""
    template: str = "desk/procedures/verb.html"
    why_not: Callable[..., str | None] = why_not_conduct


@dataclass(frozen=True)
class Asked:
    """What a verb is asked to do."""

    procedure: Procedure
    user: User
    once: str
    form: Any = field(repr=False)

    @property
    def given(self) -> Mapping[str, Any]:
        """What the form says."""
        cleaned: Mapping[str, Any] = self.form.cleaned_data
        return cleaned


def the_procedure(request: StaffRequest, public_id: str) -> Procedure:
    """The person's own town's procedure, or 404."""
    mine = Procedure.objects.of(town(request)).select_related(
        "municipality", "division", "organisation", "agreement", "proposal"
    )
    return get_object_or_404(mine, public_id=public_id)


def page_address(procedure: Procedure, page: str = "") -> str:
    """A page of the procedure at the desk; its own page where none is named."""
    return reverse(f"desk:procedure_{page}" if page else "desk:procedure", args=[procedure.public_id])


def verb_page(
    request: StaffRequest,
    procedure: Procedure,
    verb: ProcedureVerb,
    *,
    more: Mapping[str, Any] | None = None,
    **form_options: Any,
) -> HttpResponse:
    """Show the form, or do what it says; who may not is told why before and after pressing.

    Somebody faster is named with what they did, and everything typed is still there.
    """
    reason = verb.why_not(request.user, procedure, day=today())
    if request.method == "POST":
        stop_if(reason)
        procedure.version = version_seen(request, procedure.version)
        if "do" in request.POST:  # a button inside the form: another row, a row further up
            form = verb.form(**form_options)
            put_back(form, pressed(form, typed_in(request.POST), request.POST["do"]))
            return _shown(request, procedure, verb, form, {"reason": reason, **(more or {})}, 200)
        form = verb.form(request.POST, request.FILES, **form_options)
        told = _done_or_refused(request, Asked(procedure, request.user, once_of(request), form), verb)
        if told is None:
            return redirect(page_address(procedure, verb.back))
        return _shown(request, procedure, verb, form, {"reason": reason, "told": told, **(more or {})}, 422)
    form = verb.form(**form_options)
    offer = drafts.offered_draft(request, form)
    typed = drafts.used_draft(request)
    if typed is not None:
        put_back(form, typed)
    return _shown(request, procedure, verb, form, {"reason": reason, "draft": offer, **(more or {})}, 200)


def _done_or_refused(request: StaffRequest, asked: Asked, verb: ProcedureVerb) -> list[Entry] | None:
    """None when it is done; otherwise the form says why not, and what others did meanwhile is given."""
    form, procedure = asked.form, asked.procedure
    if not form.is_valid():
        return []
    seen = procedure.version
    try:
        verb.act(asked)
    except ChangedMeanwhile as refusal:
        form.add_error(None, str(refusal))
        procedure.refresh_from_db()
        return list(told_about(procedure)[:TOLD_SHOWN])
    except Refused as refusal:
        procedure.version = seen  # taken and given back: what was refused has changed nothing
        form.add_error(None, str(refusal))
        return []
    drafts.sent(request)
    messages.success(request, str(verb.done))
    return None


def _shown(
    request: StaffRequest,
    procedure: Procedure,
    verb: ProcedureVerb,
    form: forms.Form,
    more: Mapping[str, Any],
    status: int,
) -> HttpResponse:
    context: dict[str, Any] = {"title": verb.title, "verb": verb, "procedure": procedure, "form": form}
    context |= {"once": once_of(request), "today": today(), "back": page_address(procedure, verb.back)}
    return render(request, verb.template, context | {**more}, status=status)


def once_of(request: StaffRequest) -> str:
    """The id of what the form makes: the one that it carries, or a new one."""
    return carried_or_new(request.POST.get("once", ""))


def told_about(procedure: Procedure) -> "QuerySet[Entry]":
    """What was told about the procedure, the newest first."""
    told = Entry.objects.of(procedure.municipality)
    return told.about(subject_type=procedure._meta.label_lower, subject_id=procedure.public_id)
