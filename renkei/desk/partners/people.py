"""相手方の担当者: who comes to the counter for a partner, and who of its procedures' people may."""

from collections.abc import Callable
from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.accounts.models import User
from renkei.correspondents.models import Correspondent, CorrespondentQuerySet
from renkei.correspondents.permissions import why_not_accept
from renkei.correspondents.refusals import CorrespondentRefused
from renkei.correspondents.services.accepting import accept, make_responsible
from renkei.correspondents.services.closing import close, restore
from renkei.desk.partners.verbs import the_partner
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.partners.models import Organisation
from renkei.procedures.models import Participant


class PersonForm(forms.Form):
    """A person, what is to be done, and why."""

    person = forms.CharField(max_length=12)
    act = forms.ChoiceField(
        choices=[(one, one) for one in ("accept", "responsible", "close", "restore")],
        error_messages={"invalid_choice": gettext_lazy("画面のボタンから選んでください。")},
    )


Act = Callable[[Correspondent, Organisation, User, datetime], object]
ACTS: dict[str, tuple[Act, Promise]] = {
    "accept": (accept, gettext_lazy("担当者として認めました。本人にメールで知らせます。")),
    "responsible": (
        lambda person, _partner, by, at: make_responsible(person, by, at),
        gettext_lazy("責任者を決めました。本人にメールで知らせます。"),
    ),
    "close": (
        lambda person, _partner, by, at: close(person, by, at),
        gettext_lazy("利用を止めました。下の「利用を止めた人」から元に戻せます。"),
    ),
    "restore": (
        lambda person, _partner, by, at: restore(person, by, at),
        gettext_lazy("利用を元に戻しました。"),
    ),
}


def acceptable(request: StaffRequest, partner: Organisation) -> CorrespondentQuerySet:
    """People of this partner's procedures whom the town has not yet accepted for any partner."""
    in_its_procedures = Participant.objects.filter(procedure__organisation=partner, left_at=None)
    waiting = Correspondent.objects.of(town(request)).active().filter(organisation=None)
    return waiting.filter(pk__in=in_its_procedures.values("correspondent"))


@staff_page
def page(request: StaffRequest, public_id: str) -> HttpResponse:
    partner = the_partner(request, public_id)
    reason = why_not_accept(request.user, partner, day=today())
    people = Correspondent.objects.of(town(request)).belonging_to(partner)
    waiting = acceptable(request, partner)
    status = 200
    if request.method == "POST":
        stop_if(reason)
        form = PersonForm(request.POST)
        if form.is_valid():
            found = get_object_or_404(people | waiting, public_id=form.cleaned_data["person"])
            return _done(request, partner, found, form.cleaned_data["act"])
        messages.error(request, _("誰をどうするかを、画面のボタンから選んでください。"))
        status = 422
    context = {
        "title": gettext_lazy("相手方の担当者"),
        "partner": partner,
        "people": people.filter(closed_at=None).order_by("-is_responsible", "name", "pk"),
        "ended": people.exclude(closed_at=None).order_by("-closed_at"),
        "waiting": waiting.order_by("name", "pk"),
        "reason": reason,
    }
    return render(request, "desk/partners/people.html", context, status=status)


def _done(request: StaffRequest, partner: Organisation, person: Correspondent, name: str) -> HttpResponse:
    act, words = ACTS[name]
    try:
        act(person, partner, request.user, timezone.now())
        messages.success(request, str(words))
    except CorrespondentRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:partner_people", partner.public_id)
