"""Reading agreements for what partners do: proposals beside the words they were read from, taken over by a person."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from renkei.agreements.models import Agreement, AgreementQuerySet
from renkei.agreements.services import Refused
from renkei.desk.form_page import now
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.disasters.capabilities.agreement_texts import texts_of
from renkei.disasters.capabilities.finding import nothing_known
from renkei.disasters.models import Capability
from renkei.disasters.permissions import why_not_prepare, why_not_prepare_of
from renkei.disasters.refusals import CapabilityRefused
from renkei.disasters.services.capabilities import accept_proposals, drop_proposals
from renkei.disasters.services.proposals import propose
from renkei.initiatives.models import Initiative

ON_A_PAGE = 50
AT_ONCE = 300
"""Agreements that are read by one press."""


@staff_page
def page(request: StaffRequest) -> HttpResponse:
    wanted = request.GET.get("agreement", "")[:12]
    mine = Agreement.objects.of(town(request)).select_related("municipality", "division")
    agreement = get_object_or_404(mine, public_id=wanted) if wanted else None
    reason = why_not(request, agreement)
    if request.method == "POST":
        stop_if(reason)
        try:
            messages.success(request, _done(request, agreement))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect(request.get_full_path())
    context: dict[str, Any] = {
        "title": _("協定の文から支援内容を読み取る"),
        "agreement": agreement,
        "reason": reason,
        "page": shown_page(request, agreement),
        "waiting": 0 if agreement else without_any(request).count(),
    }
    return render(request, "desk/capabilities/proposals.html", context)


def why_not(request: StaffRequest, agreement: Agreement | None) -> str | None:
    """Of one agreement its clerks may read; all at once only those who prepare the whole town."""
    if agreement:
        return why_not_prepare(request.user, agreement, day=today())
    return why_not_prepare_of(request.user, None, today())


def shown_page(request: StaffRequest, agreement: Agreement | None) -> "Page[Capability]":
    """The proposals that wait, of the agreement or of all, agreement by agreement."""
    waiting = Capability.objects.of(town(request)).proposed().order_by("agreement", "function", "pk")
    if agreement:
        waiting = waiting.about(agreement)
    waiting = waiting.select_related("agreement", "organisation__merged_into", "municipality")
    return Paginator(waiting, ON_A_PAGE).get_page(request.GET.get("page"))


def without_any(request: StaffRequest) -> AgreementQuerySet:
    """The agreements for disasters of which nothing is known."""
    return nothing_known(town(request), today())


def _done(request: StaffRequest, agreement: Agreement | None) -> str:
    do = request.POST.get("do")
    if do == "read":
        return _read(request, [agreement] if agreement else _next(request))
    chosen = _chosen(request)
    if do == "accept":
        count = accept_proposals(chosen, actor=request.user, at=now())
        return (
            _("%s件の案を採りました。相手方に確かめたら、それぞれの頁で「確かめた」を記録してください。")
            % count
        )
    return _("%s件の案を採らないことにしました。") % drop_proposals(chosen, actor=request.user, at=now())


def _next(request: StaffRequest) -> list[Agreement]:
    """The next agreements to read, after those that were read in this session without finding anything."""
    after = int(request.session.get("capabilities_read", 0))
    waiting = without_any(request).order_by("pk").select_related("municipality")
    found = list(waiting.filter(pk__gt=after)[:AT_ONCE]) or list(waiting[:AT_ONCE])
    request.session["capabilities_read"] = found[-1].pk if found else 0
    return found


def _read(request: StaffRequest, agreements: Sequence[Agreement]) -> str:
    texts: dict[int, list[str]] = defaultdict(list, texts_of(agreements))
    work = (
        Initiative.objects.of(town(request))
        .filter(agreement__in=agreements)
        .order_by("agreement", "position")
    )
    for key, title, part in work.values_list("agreement", "title", "partner_part"):
        texts[key].append(f"{title}。{part}")
    told = propose(agreements, texts, actor=request.user, at=now())
    if not told.proposals:
        return _("%s件の協定を読みました。新しい案はありませんでした。") % told.read
    return _("%(read)s件の協定を読み、%(found)s件の案を作りました。") % {
        "read": told.read,
        "found": told.proposals,
    }


def _chosen(request: StaffRequest) -> list[Capability]:
    """The ticked proposals in the versions that the person saw; what others changed meanwhile is refused."""
    word = "shown" if request.POST.get("every") else "chosen"
    seen = dict(one.rpartition("-")[::2] for one in request.POST.getlist(word)[:ON_A_PAGE])
    mine = Capability.objects.of(town(request)).select_related("agreement", "municipality")
    found = list(mine.filter(public_id__in=seen))
    if any(str(one.version) != seen[one.public_id] for one in found):
        raise CapabilityRefused(_("ほかの人が先に変えた案があります。画面を読み直してください。"))
    for one in found:
        stop_if(why_not_prepare(request.user, one.agreement, day=today()))
    return found
