"""The day of the yearly check: changing it, and opening a closed check again until another one."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from renkei.agreements.services import Refused
from renkei.desk.contact_campaigns.check_page import site_of, the_campaign
from renkei.desk.contact_campaigns.forms import USUAL_TIME, DueForm, ReopenForm
from renkei.desk.form_page import now
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today
from renkei.disasters.checks.progress import progress
from renkei.disasters.models import ContactCampaign, ContactCheck
from renkei.disasters.permissions import why_not_lead
from renkei.disasters.services import checking

Act = Callable[[dict[str, Any]], list[ContactCheck]]


@staff_page
def due(request: StaffRequest, public_id: str) -> HttpResponse:
    campaign = the_campaign(request, public_id)
    form = DueForm(request.POST or None, initial={"due_on": campaign.due_on})

    def act(given: dict[str, Any]) -> list[ContactCheck]:
        return checking.change_due(
            campaign, given["due_on"], actor=request.user, at=now(), site=site_of(request)
        )

    lead = _("期限を変えると、催促の日も動きます。リンクは、締めるまで使えます。")
    return _shown_or_done(
        request, campaign, form, act, title=_("期限を変える"), lead=lead, done=_("期限を変えました。")
    )


@staff_page
def reopen(request: StaffRequest, public_id: str) -> HttpResponse:
    campaign = the_campaign(request, public_id)
    form = ReopenForm(request.POST or None, initial={"due_on": today() + USUAL_TIME})

    def act(given: dict[str, Any]) -> list[ContactCheck]:
        return checking.reopen_check(
            campaign,
            given["due_on"],
            reason=given["reason"],
            actor=request.user,
            at=now(),
            site=site_of(request),
        )

    lead = _("開き直すと、前に送ったリンクがまた使え、紙と電話の回答も入力できます。催促も始まります。")
    return _shown_or_done(
        request, campaign, form, act, title=_("開き直す"), lead=lead, done=_("連絡体制調査を開き直しました。")
    )


def _shown_or_done(
    request: StaffRequest,
    campaign: ContactCampaign,
    form: forms.Form,
    act: Act,
    *,
    title: str,
    lead: str,
    done: str,
) -> HttpResponse:
    stop_if(why_not_lead(request.user, day=today()))
    if request.method == "POST" and form.is_valid():
        try:
            untold = act(form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            if untold:
                messages.warning(request, _untold(untold))
            return redirect("desk:contact_campaign", campaign.public_id)
    waiting = list(campaign.checks.open().select_related("organisation__merged_into"))
    context = {
        "title": title,
        "lead": lead,
        "campaign": campaign,
        "form": form,
        "mailed": sum(bool(one.email) for one in waiting),
        "untold": [one for one in waiting if not one.email],
        "newcomers": len(progress(campaign, today()).newcomers) if campaign.closed_at else 0,
    }
    return render(request, "desk/contact_campaigns/due.html", context, status=422 if form.errors else 200)


def _untold(checks: list[ContactCheck]) -> str:
    said = _(
        "メールのない相手方%(count)s者は、前の期限しか知りません。電話で伝えるか、調査票を印刷し直して送ってください。"
    )
    return said % {"count": len(checks)}
