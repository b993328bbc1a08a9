"""Writing a chain: rows that are added, moved and taken out by buttons, without a script."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.agreements.models import Agreement
from renkei.desk.emergency_contacts.forms import ChainForm
from renkei.desk.emergency_contacts.owners import Owner, the_agreement_with, the_owner
from renkei.desk.form_page import now
from renkei.desk.rows import pressed
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today
from renkei.desk.typed import put_back, typed_in
from renkei.disasters.contacts.checks import lacks_night
from renkei.disasters.contacts.facts import facts_of
from renkei.disasters.contacts.people import known_people
from renkei.disasters.refusals import ContactRefused
from renkei.disasters.services.contacts import stamp_of, the_chain, write_chain
from renkei.municipalities.models import Division


@staff_page
def edit(request: StaffRequest, public_id: str, agreement_id: str = "") -> HttpResponse:
    owner = the_owner(request, public_id)
    agreement = the_agreement_with(request, owner, agreement_id) if agreement_id else None
    reason = owner.why_not_write(request, agreement)
    if request.method == "POST":
        stop_if(reason)
        return (
            _pressed(request, owner, agreement) if "do" in request.POST else _sent(request, owner, agreement)
        )
    form = None if reason else form_of(owner, agreement)
    return shown(request, owner, agreement, form, reason=reason)


def form_of(owner: Owner, agreement: Agreement | None, sent: Any = None) -> ChainForm:
    """The chain as it is, or as it was sent, with whom else is known of the partner."""
    chain = list(the_chain(owner.town, owner.partner, agreement))
    return ChainForm(
        sent,
        chain=[facts_of(one) for one in chain],
        known=known_people(owner.partner, chain) if owner.partner else (),
        divisions=() if owner.partner else list(Division.objects.of(owner.town).existing_on(today())),
        day=today(),
        initial={"seen": stamp_of(chain)},
    )


def _pressed(request: StaffRequest, owner: Owner, agreement: Agreement | None) -> HttpResponse:
    form = form_of(owner, agreement)
    put_back(form, pressed(form, typed_in(request.POST), request.POST["do"]))
    form.focus()
    return shown(request, owner, agreement, form)


def _sent(request: StaffRequest, owner: Owner, agreement: Agreement | None) -> HttpResponse:
    form = form_of(owner, agreement, request.POST)
    if form.is_valid():
        told = form.facts
        try:
            write_chain(
                owner.partner,
                told,
                agreement=agreement,
                actor=request.user,
                at=now(),
                town=owner.town,
                seen=form.cleaned_data["seen"],
            )
        except ContactRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("緊急連絡先を保存しました。"))
            if lacks_night(told) and told:
                messages.warning(
                    request, _("夜間につながる番号がありません。夜間・休日の連絡先を尋ねてください。")
                )
            return redirect(owner.page)
    return shown(request, owner, agreement, form, status=422)


def shown(
    request: StaffRequest,
    owner: Owner,
    agreement: Agreement | None,
    form: ChainForm | None,
    *,
    status: int = 200,
    reason: str | None = None,
) -> HttpResponse:
    """The page with the form; who may not write is told why and sees no number."""
    context = {
        "title": gettext_lazy("緊急連絡先を書く"),
        "owner": owner,
        "agreement": agreement,
        "form": form,
        "reason": reason,
    }
    return render(request, "desk/emergency_contacts/edit.html", context, status=status)
