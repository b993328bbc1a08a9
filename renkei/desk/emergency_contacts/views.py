"""One partner's contacts, or the town's own: the chain by day and by night, verifying it, and printing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from renkei.agreements.models import Agreement
from renkei.desk.emergency_contacts.forms import VerifyForm
from renkei.desk.emergency_contacts.owners import TOWN, Owner, the_owner
from renkei.desk.form_page import now
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.disasters.agreements import for_disasters
from renkei.disasters.contacts.chains import for_hour, in_use_with_channels, is_night, is_reached_at_night
from renkei.disasters.contacts.state import ContactState
from renkei.disasters.models import EmergencyContact
from renkei.disasters.permissions import why_not_see_contacts
from renkei.disasters.refusals import ContactRefused
from renkei.disasters.services.contacts import note_failure, verify_contacts
from renkei.disasters.vocabulary import HowVerified


@staff_page
def page(request: StaffRequest, public_id: str = TOWN) -> HttpResponse:
    owner = the_owner(request, public_id)
    if owner.key != public_id:
        return redirect(owner.page)
    return shown(request, owner)


def shown(request: StaffRequest, owner: Owner, status: int = 200, **more: Any) -> HttpResponse:
    """The page; who may not see contacts sees how many there are, how many are verified, and why no more."""
    contacts, unseen = owner.in_use, why_not_see_contacts(request.user, day=today())
    verified = [one for one in contacts if one.is_verified(today())]
    context: dict[str, Any] = {
        "title": _("%sの緊急連絡先") % owner.partner if owner.partner else gettext_lazy("市の緊急連絡先"),
        "owner": owner,
        "day": today(),
        "count": len(contacts),
        "verified": len(verified),
        "night": is_reached_at_night(contacts),
        "unseen": unseen,
        "agreements": _agreements(request, owner),
    }
    if not unseen:
        context |= _numbers(request, owner, contacts)
    return render(request, "desk/emergency_contacts/page.html", context | more, status=status)


def _numbers(request: StaffRequest, owner: Owner, contacts: list[EmergencyContact]) -> dict[str, Any]:
    is_now_night = is_night(now())
    reason = owner.why_not_write(request)
    return {
        "chain": for_hour(contacts, None, partner=owner.partner, at=now()),
        "is_night": is_now_night,
        "failed": [one for one in contacts if one.state(today()) == ContactState.FAILED],
        "reason": reason,
        "verifying": None if reason or not contacts else verify_form(contacts),
        "ended": list(owner.every.exclude(ended_on=None).order_by("-ended_on")[:20]),
        "history": owner.history,
    }


def _agreements(request: StaffRequest, owner: Owner) -> list[Agreement]:
    """The partner's agreements for disasters, each of which may have a chain of its own."""
    if owner.partner is None:
        return []
    return list(for_disasters(town(request), today()).with_partner(owner.partner).order_by("title"))


def verify_form(contacts: list[EmergencyContact], sent: Any = None) -> VerifyForm:
    """With all contacts ticked; those that were not reached the last time are not."""
    choices = [(one.public_id, f"{one}({one.get_reached_when_display()})") for one in contacts]
    return VerifyForm(sent, choices=choices, day=today())


@staff_page
@require_POST
def verify(request: StaffRequest, public_id: str) -> HttpResponse:
    owner = the_owner(request, public_id)
    stop_if(owner.why_not_write(request))
    contacts = owner.in_use
    form = verify_form(contacts, request.POST)
    if form.is_valid():
        asked = form.cleaned_data
        chosen = [one for one in contacts if one.public_id in asked["contacts"]]
        try:
            how = HowVerified(asked["how"])
            verify_contacts(chosen, on=asked["on"], how=how, by=asked["by"], actor=request.user)
        except ContactRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%s件の連絡先を確かめたと記録しました。") % len(chosen))
            return redirect(owner.page)
    return shown(request, owner, 422, verifying=form, form=form)


@staff_page
@require_POST
def failed(request: StaffRequest, public_id: str, contact_id: str) -> HttpResponse:
    owner = the_owner(request, public_id)
    stop_if(owner.why_not_write(request))
    contact = get_object_or_404(in_use_with_channels(owner.every), public_id=contact_id)
    try:
        note_failure(contact, on=today(), note=request.POST.get("note", ""), actor=request.user)
        messages.success(request, _("「%s」につながらなかったと記録しました。") % contact)
    except ContactRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(owner.page)


@staff_page
def paper(request: StaffRequest, public_id: str) -> HttpResponse:
    """The chain on a page of A4, by night and by day."""
    stop_if(why_not_see_contacts(request.user, day=today()))
    owner = the_owner(request, public_id)
    contacts = owner.in_use
    context = {
        "title": _("緊急連絡先 %s") % owner,
        "owner": owner,
        "day": today(),
        "contacts": for_hour(contacts, None, partner=owner.partner, at=now()),
        "night": is_reached_at_night(contacts),
    }
    return render(request, "desk/emergency_contacts/paper.html", context)
