"""A need: who can help, put it right, it is met or dropped."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from renkei.desk.form_page import Page, now, shown_or_done
from renkei.desk.incidents.forms import NeedEndForm, NeedForm, initial_of
from renkei.desk.incidents.records import sees_contacts, the_need, why_not
from renkei.desk.staff import StaffRequest, staff_page, today, town
from renkei.desk.versions import version_seen
from renkei.disasters.contacts.chains import TELEPHONES
from renkei.disasters.incidents.ranking import Candidate, rank, together
from renkei.disasters.incidents.remaining import coverage
from renkei.disasters.models import Need
from renkei.disasters.services.needs import change_need, drop_need, meet_need, open_need_again
from renkei.disasters.vocabulary import DisasterFunction, NeedState
from renkei.municipalities.public_id import new_public_id
from renkei.ui.verbs import VerbWords

SHOWN = 8
"""As many partners as stand on the page; the rest comes with one press: a page of thirty takes twice as long."""
CHANGE = VerbWords(
    title=_("要るものを直す"),
    lead=_("聞いたとおりに直すと、相手方を並べ直します。"),
    button=_("この内容で探し直す"),
    done=_("直しました。"),
    form=NeedForm,
)
END = VerbWords(
    title=_("要るものを片づける"),
    lead=_("届いて足りたときは「充足」、要らなくなったときは「取下げ」にします。"),
    button=_("この状態にする"),
    done=_("状態を変えました。"),
    form=NeedEndForm,
)


@staff_page
def page(request: StaffRequest, public_id: str) -> HttpResponse:
    """Partners ranked, each with its reasons, whom to call, and a button for how the call ended."""
    need = the_need(request, public_id)
    ranked = [] if need.incident.closed_at else rank(need, town=town(request), at=now())
    offered = [(one, new_public_id(), place) for place, one in enumerate(ranked, start=1)]
    all_together = together(need, ranked)
    named = {one.organisation.pk for one in all_together.candidates} if all_together else set()
    calls = need.calls.valid().select_related("organisation").order_by("-at")[:5]
    named |= {one.organisation_id for one in calls}
    is_whole = "all" in request.GET
    shown = [one for one in offered if is_whole or one[2] <= SHOWN or one[0].organisation.pk in named]
    requests = list(need.requests.select_related("organisation"))
    context = {
        "title": f"{need} {need.amount}".strip(),
        "need": need,
        "incident": need.incident,
        "shown": shown,
        "more_count": len(offered) - len(shown),
        "ranked_count": len(ranked),
        "together": all_together,
        "requests": requests,
        "coverage": coverage(need, requests),
        "calls": calls,
        "first_channel": _first_channel(need, [one for one, _once, _place in shown]),
        "day": today(),
        "sees_contacts": sees_contacts(request),
        "reason": why_not(request),
    }
    return render(request, "desk/incidents/need.html", context)


def _first_channel(need: Need, shown: list[Candidate]) -> int | None:
    """The number to call first, where what was written leads to; None where the kind of help is to be chosen."""
    if need.function == DisasterFunction.OTHER:
        return None
    channels = (one for candidate in shown for contact in candidate.chain for one in contact.channels.all())
    return next((one.pk for one in channels if one.kind in TELEPHONES), None)


@staff_page
def change(request: StaffRequest, public_id: str) -> HttpResponse:
    """Put right what was read from the line."""
    need = the_need(request, public_id)

    def act(form: NeedForm, _once: str) -> Need:
        need.version = version_seen(request, need.version)
        return change_need(need, form.facts(need.said), actor=request.user, at=now())

    initial = initial_of(need)
    if not sees_contacts(request):
        del initial["told_by"]
    page = _page(request, need, CHANGE, act, _call_address)
    return shown_or_done(request, page, {"town": town(request), "initial": initial}, version=need.version)


@staff_page
def end(request: StaffRequest, public_id: str) -> HttpResponse:
    """Met, dropped, or needed again."""
    need = the_need(request, public_id)

    def act(form: NeedEndForm, _once: str) -> Need:
        need.version = version_seen(request, need.version)
        state, user = form.cleaned_data["state"], request.user
        if state == NeedState.MET:
            return meet_need(need, actor=user, at=now())
        if state == NeedState.DROPPED:
            return drop_need(need, reason=form.cleaned_data["reason"], actor=user, at=now())
        return open_need_again(need, actor=user, at=now())

    def onward(ended: Need) -> str:
        incident = reverse("desk:incident", args=[need.incident.public_id])
        return _call_address(ended) if ended.state == NeedState.OPEN else incident

    page = _page(request, need, END, act, onward)
    return shown_or_done(request, page, {"need": need}, version=need.version)


def _call_address(need: Need) -> str:
    return f"{reverse('desk:need', args=[need.public_id])}#call"


def _page(
    request: StaffRequest,
    need: Need,
    verb: VerbWords,
    act: Callable[[Any, str], object],
    onward: Callable[[Need], str],
) -> Page:
    return Page(
        verb=verb,
        reason=why_not(request),
        back=reverse("desk:need", args=[need.public_id]),
        act=act,
        beside={"incident": need.incident, "need": need},
        template="desk/incidents/verb.html",
        onward=onward,
    )
