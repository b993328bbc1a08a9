"""The page of a verb: load, check, form, one service call, answer. The same for every change of one agreement."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements.models import Agreement
from renkei.agreements.permissions import why_not_change
from renkei.agreements.services import ChangedMeanwhile, Refused
from renkei.desk import drafts
from renkei.desk.agreements import two_editors
from renkei.desk.agreements.two_editors import Meeting, Seen
from renkei.desk.rows import pressed
from renkei.desk.staff import StaffRequest, stop_if, today, town
from renkei.desk.typed import Typed, put_back, typed_in, typed_of
from renkei.ui.verbs import VerbWords


@dataclass(frozen=True, kw_only=True)
class Verb(VerbWords):
    """What one page says, asks and does; `act` calls one service and may raise a refusal.

    With `options` the form shows the agreement as it stands (they are what the form is made with), so that two
    editors can be shown what each of them typed.
    """

    act: Callable[[Agreement, dict[str, Any], User], object]
    options: Callable[[Agreement], dict[str, Any]] | None = None
    template: str = "desk/agreements/verb.html"
    more: Mapping[str, Any] = field(default_factory=dict)
    """What a template of its own shows besides the form."""

    def made(self, agreement: Agreement, sent: tuple[Any, Any], given: dict[str, Any]) -> forms.Form:
        """The form for the agreement as it stands."""
        return self.form(*sent, **(self.options(agreement) if self.options else given))


@dataclass(frozen=True)
class Opened:
    """A verb's page in front of a person."""

    request: StaffRequest
    agreement: Agreement
    verb: Verb
    reason: str | None
    given: dict[str, Any]

    def empty(self) -> forms.Form:
        """The form as it is when nothing was typed."""
        return self.verb.made(self.agreement, (None, None), self.given)

    def shown(self, form: forms.Form, seen: Seen, status: int = 200, **more: Any) -> HttpResponse:
        """The page with the form."""
        context: dict[str, Any] = {"title": self.verb.title, "verb": self.verb, "agreement": self.agreement}
        context["form"] = form
        context |= {"reason": self.reason, "seen": seen, "keeps_base": self.verb.options is not None}
        return render(self.request, self.verb.template, context | {**self.verb.more} | more, status=status)


def the_agreement(request: StaffRequest, public_id: str) -> Agreement:
    """The person's own town's agreement, or 404."""
    return get_object_or_404(Agreement.objects.of(town(request)).with_everything(), public_id=public_id)


def verb_page(request: StaffRequest, agreement: Agreement, verb: Verb, **form_options: Any) -> HttpResponse:
    """Show the form, or do what it says; who may not is told why before and after pressing."""
    reason = why_not_change(request.user, agreement, day=today())
    opened = Opened(request, agreement, verb, reason, form_options)
    if request.method == "POST":
        stop_if(reason)
        return rearranged_page(opened) if "do" in request.POST else sent_page(opened)
    form = opened.empty()
    seen = Seen.now(agreement, typed_of(form))
    offer = drafts.offered_draft(request, form)
    typed = drafts.used_draft(request)
    if typed is not None:
        put_back(form, typed)
        seen = Seen.sent(two_editors.as_sent(typed), seen)
    return opened.shown(form, seen, draft=offer)


def sent_page(opened: Opened) -> HttpResponse:
    """Do what the form says, or say what stands against it with everything typed still there."""
    request, agreement, verb = opened.request, opened.agreement, opened.verb
    seen = Seen.sent(request.POST, Seen.now(agreement, typed_of(opened.empty())))
    agreement.version = seen.version
    form = verb.made(agreement, (request.POST or None, request.FILES or None), opened.given)
    if form.is_valid() and not unseen_remarks(form, request):
        try:
            verb.act(agreement, form.cleaned_data, request.user)
            drafts.sent(request)
            messages.success(request, str(verb.done))
            return redirect("desk:agreement", agreement.public_id)
        except ChangedMeanwhile:
            return met_page(opened, form, seen)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return opened.shown(form, seen, 422 if form.is_bound else 200)


def unseen_remarks(form: forms.Form, request: StaffRequest) -> bool:
    """Whether there is something to think about that the person was not yet shown."""
    remarks = getattr(form, "remarks", [])
    return not {*remarks} <= {*request.POST.getlist("remark")}


def met_page(opened: Opened, form: forms.Form, seen: Seen) -> HttpResponse:
    """Somebody was faster: who changed what, both values beside each other, and everything typed still there."""
    agreement = the_agreement(opened.request, opened.agreement.public_id)
    again = replace(opened, agreement=agreement)
    if opened.verb.options is None:
        form.add_error(
            None, _("ほかの人が先に変更しました。下の変更を確かめ、よければもう一度押してください。")
        )
        told = Meeting(two_editors.told_since(agreement, seen), [], [])
        return again.shown(form, replace(seen, version=agreement.version), 422, meeting=told)
    fresh = again.empty()
    mine, theirs = typed_in(opened.request.POST), typed_of(fresh)
    meeting, typed, met = two_editors.met_by(fresh, mine, theirs, seen, agreement)
    put_back(fresh, typed)
    return again.shown(fresh, met, 422, meeting=meeting)


def rearranged_page(opened: Opened) -> HttpResponse:
    """A button inside the form was pressed: another row, the other's value, the clause read."""
    form, do = opened.empty(), opened.request.POST["do"]
    theirs: Typed = typed_of(form)
    seen = Seen.sent(opened.request.POST, Seen.now(opened.agreement, theirs))
    typed = pressed(form, typed_in(opened.request.POST), do)
    if do.startswith("take-"):
        typed = two_editors.take(form, do.removeprefix("take-"), typed, theirs)
    meeting = two_editors.still_met(form, typed, theirs, seen, opened.agreement)
    put_back(form, typed)
    return opened.shown(form, seen, meeting=meeting)
