"""Drafts at the desk: kept by a script while a person types, offered on return, forgotten once the form is sent."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.accounts.drafts import DraftRefused, draft_of, drafts_of, forget_draft, keep_draft
from renkei.desk.lapsed import carried, is_ours
from renkei.desk.parts import Part, parts_of
from renkei.desk.staff import StaffRequest, staff_page
from renkei.desk.typed import Typed, from_json, typed_in, typed_of

USE = "use"


@dataclass(frozen=True)
class Line:
    """One thing that differs: what it is, what was typed, and what the form holds now."""

    label: str
    typed: str
    now: str


@dataclass(frozen=True)
class Offer:
    """A draft that says something else than the form."""

    address: str
    kept_at: datetime
    lines: list[Line]


@staff_page
def drafts(request: StaffRequest) -> HttpResponse:
    """The person's drafts; the script and the buttons send what to do with one of them."""
    if request.method == "POST":
        return _done(request)
    context = {"title": gettext_lazy("書きかけの一覧"), "drafts": drafts_of(request.user)}
    return render(request, "desk/drafts/listing.html", context)


def _done(request: StaffRequest) -> HttpResponse:
    address = request.POST.get("draft_address", "")
    if not is_ours(address):
        return HttpResponse(_("どの画面の書きかけかが分かりません。"), status=422)
    if request.POST.get("do") == "discard":
        forget_draft(request.user, address)
        messages.success(request, _("書きかけを捨てました。"))
        return HttpResponseRedirect(address)
    try:
        keep_draft(request.user, address, typed_in(request.POST))
    except DraftRefused as refusal:
        return HttpResponse(str(refusal), status=422)
    return HttpResponse(status=204)


def used_draft(request: StaffRequest) -> Typed | None:
    """What the person typed before and wants back in the form; None where that is not asked."""
    if request.method != "GET" or request.GET.get("draft") != USE:
        return None
    draft = draft_of(request.user, request.path)
    return from_json(draft.content) if draft else None


def offered_draft(request: StaffRequest, form: forms.Form) -> Offer | None:
    """The draft of this page if it says something else than the form that is about to be shown."""
    if request.method != "GET" or request.GET.get("draft") == USE:
        return None
    draft = draft_of(request.user, request.path)
    if draft is None:
        return None
    kept, now = from_json(draft.content), typed_of(form)
    lines = [_line(part, kept, now) for part in parts_of(form) if part.differs(kept, now)]
    return Offer(request.path, draft.kept_at, lines) if lines else None


def _line(part: Part, kept: Typed, now: Typed) -> Line:
    return Line(part.label, part.shown(kept), part.shown(now))


def sent(request: StaffRequest) -> None:
    """The form of this page was sent and is done: its draft is forgotten."""
    forget_draft(request.user, request.path)


def keep_carried(request: HttpRequest) -> None:
    """Keep what came with a sign-in as the person's draft; whoever signs a person in calls this afterwards.

    Nothing is done for a sign-in that carries nothing. The address to go on to (`next`) asks for the draft by itself.
    """
    address, typed = carried(request)
    if request.user.is_authenticated and address and typed:
        try:
            keep_draft(request.user, address, typed)
        except DraftRefused as refusal:
            messages.warning(request, str(refusal))
