"""The yearly check of contacts: the list, beginning one, how far it is, reminding, closing, papers for all."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from renkei.agreements.services import Refused
from renkei.audit.models import Entry
from renkei.desk.contact_campaigns.check_page import site_of, the_campaign
from renkei.desk.contact_campaigns.forms import CloseForm, OpenForm
from renkei.desk.form_page import now
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.disasters.checks.papers import asked_on_paper, check_pdf
from renkei.disasters.checks.plan import check_plan
from renkei.disasters.checks.progress import progress, to_call
from renkei.disasters.checks.return_address import return_address
from renkei.disasters.models import ContactCampaign
from renkei.disasters.permissions import why_not_lead, why_not_see_contacts
from renkei.disasters.services import checking
from renkei.disasters.vocabulary import CheckState
from renkei.documents.paper import PaperRefused
from renkei.rules.japanese_calendar import fiscal_year_name
from renkei.ui.downloads import made_answer

HISTORY, NEXT = 30, 10


@staff_page
def listing(request: StaffRequest) -> HttpResponse:
    campaigns = list(ContactCampaign.objects.of(town(request)).prefetch_related("checks"))
    context = {
        "title": _("連絡体制調査"),
        "campaigns": [(one, _answered(one), one.checks.all().count()) for one in campaigns],
        "reason": why_not_lead(request.user, day=today()),
        "running": next((one for one in campaigns if one.closed_at is None), None),
        "day": today(),
    }
    return render(request, "desk/contact_campaigns/listing.html", context)


def _answered(campaign: ContactCampaign) -> int:
    return sum(one.is_answered for one in campaign.checks.all())


@staff_page
def new(request: StaffRequest) -> HttpResponse:
    reason = why_not_lead(request.user, day=today())
    stop_if(reason if request.method == "POST" else None)
    form = OpenForm(request.POST or None, day=today())
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            campaign = checking.open_check(
                town(request),
                fiscal_year=given["year"],
                due_on=given["due_on"],
                request=given["request"],
                actor=request.user,
                at=now(),
                site=site_of(request),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("連絡体制調査を始めました。メールのある相手方に、リンクを送ります。"))
            return redirect("desk:contact_campaign", campaign.public_id)
    context = {
        "title": _("連絡体制調査を始める"),
        "reason": reason,
        "form": form,
        "plan": check_plan(town(request), today()),
        "running": ContactCampaign.objects.of(town(request)).running().first(),
    }
    return render(request, "desk/contact_campaigns/new.html", context, status=422 if form.errors else 200)


@staff_page
def page(request: StaffRequest, public_id: str) -> HttpResponse:
    campaign = the_campaign(request, public_id)
    done = progress(campaign, today())
    asked = request.GET.get("state", "")
    told = Entry.objects.of(town(request)).about(
        subject_type="disasters.contactcampaign", subject_id=campaign.public_id
    )
    context: dict[str, Any] = {
        "title": str(campaign),
        "campaign": campaign,
        "progress": done,
        "asked": asked,
        "lines": [one for one in done.lines if not asked or one.check.state == asked],
        "states": [(one.value, one.label, getattr(done.total, one.value)) for one in CheckState],
        "next": [] if campaign.closed_at else to_call(done.lines, campaign, today())[:NEXT],
        "papers": 0
        if campaign.closed_at
        else sum(not one.check.email for one in done.lines if _is_open(one)),
        "day": today(),
        "no_address": return_address(town(request), today()).missing,
        "another": ContactCampaign.objects.of(town(request)).running().exists(),
        "is_late": campaign.closed_at is None and campaign.due_on < today(),
        "reason": why_not_lead(request.user, day=today()),
        "unseen": why_not_see_contacts(request.user, day=today()),
        "history": told[:HISTORY],
    }
    return render(request, "desk/contact_campaigns/page.html", context)


def _is_open(line: Any) -> bool:
    return not line.check.is_answered


@staff_page
@require_POST
def remind(request: StaffRequest, public_id: str) -> HttpResponse:
    campaign = the_campaign(request, public_id)
    stop_if(why_not_lead(request.user, day=today()))
    try:
        count = checking.remind_now(campaign, actor=request.user, at=now(), site=site_of(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%s者に催促のメールを送ります。") % count)
    return redirect("desk:contact_campaign", campaign.public_id)


@staff_page
@require_POST
def join(request: StaffRequest, public_id: str) -> HttpResponse:
    """Asking those, too, who became partners after the check was begun."""
    campaign = the_campaign(request, public_id)
    stop_if(why_not_lead(request.user, day=today()))
    try:
        checks = checking.ask_newcomers(campaign, actor=request.user, at=now(), site=site_of(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        mailed = sum(bool(one.email) for one in checks)
        told = {"mailed": mailed, "others": len(checks) - mailed}
        said = _(
            "後から加わった相手方を調査に加えました(メールでリンクを送る%(mailed)s者、紙・電話で尋ねる%(others)s者)。"
        )
        messages.success(request, said % told)
    return redirect("desk:contact_campaign", campaign.public_id)


@staff_page
def close(request: StaffRequest, public_id: str) -> HttpResponse:
    campaign, reason = the_campaign(request, public_id), why_not_lead(request.user, day=today())
    stop_if(reason)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            checking.close_check(campaign, note=form.cleaned_data["note"], actor=request.user, at=now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("連絡体制調査を締めました。リンクは使えなくなりました。"))
            return redirect("desk:contact_campaign", campaign.public_id)
    context = {
        "title": gettext_lazy("連絡体制調査を締める"),
        "campaign": campaign,
        "form": form,
        "waiting": [one for one in progress(campaign, today()).lines if not one.check.is_answered],
    }
    return render(request, "desk/contact_campaigns/close.html", context, status=422 if form.errors else 200)


@staff_page
def papers(request: StaffRequest, public_id: str) -> HttpResponse:
    """All sheets that go by paper as one PDF, each with its letter before it."""
    campaign = the_campaign(request, public_id)
    stop_if(why_not_see_contacts(request.user, day=today()))
    checks = asked_on_paper(campaign)
    if not checks:
        messages.error(request, _("紙で送る相手方がいません。"))
        return redirect("desk:contact_campaign", campaign.public_id)
    try:
        made = check_pdf(checks, day=today(), at=now(), has_covers=True, site=site_of(request))
    except PaperRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:contact_campaign", campaign.public_id)
    return made_answer(
        made.content, f"連絡体制調査票_{fiscal_year_name(campaign.fiscal_year)}_紙で送る分.pdf"
    )
