"""Bringing a new agreement into the register by hand."""

from typing import Any

from django.contrib import messages
from django.core.signing import BadSignature, Signer
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.accounts.models import Role, User
from renkei.agreements import services
from renkei.agreements.models import Agreement
from renkei.agreements.permissions import why_not_register
from renkei.desk import drafts
from renkei.desk.agreements.kept_form import NewForm
from renkei.desk.agreements.verbs import unseen_remarks
from renkei.desk.rows import pressed
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.desk.typed import put_back, typed_in
from renkei.municipalities.public_id import new_public_id

KEYS = Signer(salt="agreement_new")
"""The form carries the id of the agreement to be, signed, so that it is made once and nobody chooses an id."""


@staff_page
def new(request: StaffRequest) -> HttpResponse:
    reason = why_not_register(request.user, day=today())
    if request.method == "POST":
        stop_if(reason)
        return pressed_page(request) if "do" in request.POST else sent_page(request)
    form, key = NewForm(**options(request)), new_key()
    offer = drafts.offered_draft(request, form)
    typed = drafts.used_draft(request)
    if typed is not None:
        put_back(form, typed)
        key = key_in(typed.get("key", [""])[-1])
    return shown(request, form, key, reason=reason, draft=offer)


def options(request: StaffRequest) -> dict[str, Any]:
    """What can be chosen, the town as the first party, and the person's own division."""
    own = own_division(request.user)
    own_row = {"name": town(request).name, "letter": "甲", "is_town": True}
    return {
        "town": town(request),
        "day": today(),
        "held_by": own,
        "initial": {"division": own or "", "source": "", "form": "individual", "document_kind": "agreement"},
        "parties": [own_row, {"letter": "乙"}],
    }


def own_division(user: User) -> int | None:
    """The division for which the person works as a responsible clerk; None where it is none or several."""
    held = user.assignments.holding_on(today()).filter(role=Role.RESPONSIBLE, division__isnull=False)
    found = {*held.values_list("division", flat=True)}
    return found.pop() if len(found) == 1 else None


def new_key() -> str:
    return KEYS.sign(new_public_id())


def key_in(text: str) -> str:
    """The signed key that a form carries; a new one where somebody meddled with it."""
    try:
        KEYS.unsign(text)
    except BadSignature:
        return new_key()
    return text


def sent_page(request: StaffRequest) -> HttpResponse:
    """Register what was sent, once, or say what stands against it."""
    form, key = NewForm(request.POST, **options(request)), key_in(request.POST.get("key", ""))
    form.own_id = KEYS.unsign(key)
    if form.is_valid() and not unseen_remarks(form, request):
        try:
            facts = form.facts(form.own_id, today())
            agreement = services.register_once(facts, municipality=town(request), actor=request.user)
            drafts.sent(request)
            messages.success(request, said_of(agreement))
            return redirect("desk:agreement", agreement.public_id)
        except services.AlreadyRegistered as refusal:
            key = new_key()
            form.add_error(None, str(refusal))
        except services.Refused as refusal:
            form.add_error(None, str(refusal))
    return shown(request, form, key, status=422)


def said_of(agreement: Agreement) -> str:
    """That it is registered, and whether it is shown to everyone."""
    if agreement.is_published:
        return _("「%(title)s」を台帳に登録し、公開しました。") % {"title": agreement.title}
    return _("「%(title)s」を台帳に登録しました。まだ公開していません。") % {"title": agreement.title}


def pressed_page(request: StaffRequest) -> HttpResponse:
    """A button inside the form was pressed: another row, the clause read."""
    form = NewForm(**options(request))
    put_back(form, pressed(form, typed_in(request.POST), request.POST["do"]))
    return shown(request, form, key_in(request.POST.get("key", "")))


def shown(request: StaffRequest, form: NewForm, key: str, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page with the form."""
    context = {"title": gettext_lazy("協定を台帳に登録する"), "form": form, "key": key, **more}
    return render(request, "desk/agreements/new.html", context, status=status)
