"""What the coordinators do: opening, reminding, another day, closing, reopening, publishing the year."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from renkei.agreements.services import Refused
from renkei.desk.campaigns.campaign_page import now, the_campaign, tried
from renkei.desk.campaigns.forms import CloseForm, DueForm, OpenForm, ReopenForm, WithdrawForm, YearForm
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.initiatives.campaign_plan import plan
from renkei.initiatives.models import Campaign
from renkei.initiatives.permissions import why_not_conduct
from renkei.initiatives.progress import progress
from renkei.initiatives.services import campaign_publicity, campaigns
from renkei.rules.japanese_calendar import fiscal_year
from renkei.ui.verbs import VerbWords

OPEN = VerbWords(
    title=gettext_lazy("実績調査を始める"),
    lead=gettext_lazy(
        "一つの年度の実績を、すべての課と相手方に一度に尋ねます。始めると、案内のメールが届きます。"
    ),
    button=gettext_lazy("実績調査を始める"),
    done=gettext_lazy("実績調査を始めました。各課と相手方に案内を送ります。"),
    form=OpenForm,
)
DUE = VerbWords(
    title=gettext_lazy("期限を変える"),
    lead=gettext_lazy("まだ回答のない課と相手方に、新しい期限をメールで知らせます。"),
    button=gettext_lazy("期限を変える"),
    done=gettext_lazy("期限を変えました。まだ回答のない人に知らせます。"),
    form=DueForm,
)
CLOSE = VerbWords(
    title=gettext_lazy("実績調査を締める"),
    lead=gettext_lazy(
        "締めると、回答を受け付けません。回答のない行は「未回答」のまま記録に残ります。後から開き直せます。"
    ),
    button=gettext_lazy("実績調査を締める"),
    done=gettext_lazy("実績調査を締めました。"),
    form=CloseForm,
)
REOPEN = VerbWords(
    title=gettext_lazy("実績調査を開き直す"),
    lead=gettext_lazy("もう一度回答を受け付けます。回答のない課と相手方に、理由と新しい期限を知らせます。"),
    button=gettext_lazy("開き直す"),
    done=gettext_lazy("実績調査を開き直しました。"),
    form=ReopenForm,
)
WITHDRAW = VerbWords(
    title=gettext_lazy("年度の実績の公開をやめる"),
    lead=gettext_lazy(
        "公開ページから、この年度の実績のページがなくなります。承認された一つ一つの実績は変わりません。"
    ),
    button=gettext_lazy("公開をやめる"),
    done=gettext_lazy("公開をやめました。"),
    form=WithdrawForm,
)


@staff_page
def new(request: StaffRequest) -> HttpResponse:
    day, reason = today(), why_not_conduct(request.user, day=today())
    stop_if(reason if request.method == "POST" else None)
    year = _year(request)
    form = OpenForm(request.POST or None, day=day, initial={"year": year, "asks_partners": True})
    if form.is_valid():
        given = form.cleaned_data
        try:
            campaign = campaigns.open_campaign(
                town(request),
                fiscal_year=given["year"],
                due_on=given["due_on"],
                request=given["request"],
                asks_partners=given["asks_partners"],
                actor=request.user,
                at=now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, str(OPEN.done))
            return redirect("desk:campaign", campaign.public_id)
    context: dict[str, Any] = {
        "title": OPEN.title,
        "verb": OPEN,
        "reason": reason,
        "form": form,
        "years": YearForm(day=day, initial={"year": year}),
        "year": year,
        "plan": plan(town(request), year, on=day),
        "known": Campaign.objects.of(town(request)).filter(fiscal_year=year).first(),
    }
    return render(request, "desk/campaigns/new.html", context, status=422 if form.errors else 200)


def _year(request: StaffRequest) -> int:
    """The year that was asked for; else the one that has just ended."""
    form = YearForm(request.POST or request.GET or None, day=today())
    form.full_clean()
    chosen = form.cleaned_data.get("year") if form.is_bound else None
    return chosen or fiscal_year(today()) - 1


def _verb(
    request: StaffRequest,
    campaign: Campaign,
    verb: VerbWords,
    act: Callable[[Mapping[str, Any]], object],
    **more: Any,
) -> HttpResponse:
    reason = why_not_conduct(request.user, day=today())
    stop_if(reason if request.method == "POST" else None)
    form: forms.Form = verb.form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            campaign.refresh_from_db()
        else:
            messages.success(request, str(verb.done))
            return redirect("desk:campaign", campaign.public_id)
    context = {
        "title": verb.title,
        "verb": verb,
        "reason": reason,
        "form": form,
        "campaign": campaign,
        **more,
    }
    return render(request, "desk/campaigns/verb.html", context, status=422 if form.errors else 200)


@staff_page
def due(request: StaffRequest, public_id: str) -> HttpResponse:
    campaign = the_campaign(request, public_id)

    def act(given: Mapping[str, Any]) -> object:
        return campaigns.change_due_day(campaign, given["due_on"], actor=request.user, at=now())

    return _verb(request, campaign, DUE, act)


@staff_page
def close(request: StaffRequest, public_id: str) -> HttpResponse:
    campaign = the_campaign(request, public_id)

    def act(given: Mapping[str, Any]) -> object:
        return campaigns.close_campaign(campaign, note=given["note"], actor=request.user, at=now())

    waiting = [one for one in progress(campaign).divisions if one.share.waiting]
    return _verb(request, campaign, CLOSE, act, waiting=waiting)


@staff_page
def reopen(request: StaffRequest, public_id: str) -> HttpResponse:
    campaign = the_campaign(request, public_id)

    def act(given: Mapping[str, Any]) -> object:
        return campaigns.reopen_campaign(campaign, **given, actor=request.user, at=now())

    return _verb(request, campaign, REOPEN, act)


@staff_page
def withdraw(request: StaffRequest, public_id: str) -> HttpResponse:
    campaign = the_campaign(request, public_id)

    def act(given: Mapping[str, Any]) -> object:
        return campaign_publicity.withdraw_year(campaign, **given, actor=request.user, at=now())

    return _verb(request, campaign, WITHDRAW, act)


@staff_page
@require_POST
def remind(request: StaffRequest, public_id: str) -> HttpResponse:
    campaign = the_campaign(request, public_id)
    stop_if(why_not_conduct(request.user, day=today()))
    try:
        count = campaigns.remind_now(campaign, actor=request.user, at=now())
        messages.success(request, _("まだ回答のない%(count)s人に催促を送ります。") % {"count": count})
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:campaign", campaign.public_id)


def _pressed(
    request: StaffRequest, public_id: str, act: Callable[..., object], sentence: str | Promise
) -> HttpResponse:
    campaign = the_campaign(request, public_id)
    stop_if(why_not_conduct(request.user, day=today()))
    tried(request, lambda: act(campaign, actor=request.user, at=now()), str(sentence))
    return redirect("desk:campaign", campaign.public_id)


@staff_page
@require_POST
def propose(request: StaffRequest, public_id: str) -> HttpResponse:
    return _pressed(request, public_id, campaign_publicity.propose_year, _("公開の承認を求めました。"))


@staff_page
@require_POST
def approve(request: StaffRequest, public_id: str) -> HttpResponse:
    return _pressed(
        request, public_id, campaign_publicity.approve_year, _("年度の実績の公開を承認しました。")
    )
