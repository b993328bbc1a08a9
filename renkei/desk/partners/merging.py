"""Two records of one partner: which may be one, what merging would move, and taking it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from renkei.agreements import services
from renkei.agreements.models import PartnerMerge
from renkei.agreements.services.merge_partners import merge_plan
from renkei.desk.partners.forms import ReasonForm
from renkei.desk.partners.verbs import the_partner
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.partners.candidates import candidates, candidates_for
from renkei.partners.models import Organisation
from renkei.partners.permissions import why_not_merge

MOST_SHOWN = 200
FOUND_SHOWN = 20


@staff_page
def listing(request: StaffRequest) -> HttpResponse:
    found = candidates(town(request))
    context = {
        "title": gettext_lazy("同じ相手方かもしれない記録"),
        "pairs": found[:MOST_SHOWN],
        "count": len(found),
        "reason": why_not_merge(request.user, day=today()),
    }
    return render(request, "desk/partners/candidates.html", context)


@staff_page
def choose(request: StaffRequest, public_id: str) -> HttpResponse:
    partner = the_partner(request, public_id)
    q = request.GET.get("q", "")[:100]
    found = Organisation.objects.of(town(request)).unmerged().exclude(pk=partner.pk)
    context = {
        "title": gettext_lazy("まとめる記録を選ぶ"),
        "partner": partner,
        "q": q,
        "near": candidates_for(partner),
        "found": found.with_name_containing(q).in_kana_order()[:FOUND_SHOWN] if q.strip() else [],
        "reason": why_not_merge(request.user, day=today()),
    }
    return render(request, "desk/partners/choose.html", context)


@staff_page
def merge(request: StaffRequest, public_id: str, other_id: str) -> HttpResponse:
    kept, merged = the_partner(request, public_id), the_partner(request, other_id)
    reason = why_not_merge(request.user, day=today())
    form = ReasonForm(request.POST if request.method == "POST" else None)
    plan = merge_plan(kept, merged)
    if request.method == "POST":
        stop_if(reason)
        kept.version = seen(request, "kept", kept.version)
        merged.version = seen(request, "merged", merged.version)
    if form.is_valid():
        try:
            services.merge_partners(kept, merged, actor=request.user, reason=form.cleaned_data["reason"])
            messages.success(
                request,
                _("「%(merged)s」の記録をまとめました。このページの下で元に戻せます。") % {"merged": merged},
            )
            return redirect("desk:partner", kept.public_id)
        except services.MergeRefused as refusal:
            form.add_error(None, str(refusal))
    context = {"title": gettext_lazy("二つの記録をまとめる"), "plan": plan, "form": form, "reason": reason}
    return render(request, "desk/partners/merge.html", context, status=422 if form.errors else 200)


@staff_page
@require_POST
def part(request: StaffRequest, public_id: str, merge_id: str) -> HttpResponse:
    kept = the_partner(request, public_id)
    made = get_object_or_404(PartnerMerge.objects.of(town(request)), kept=kept, public_id=merge_id)
    stop_if(why_not_merge(request.user, day=today()))
    try:
        services.part_partners(made, actor=request.user)
        messages.success(request, _("「%(merged)s」の記録を元に戻しました。") % {"merged": made.merged})
    except services.MergeRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:partner", kept.public_id)


def seen(request: StaffRequest, name: str, now: int) -> int:
    """The version of a record that the person had before their eyes."""
    written = request.POST.get(name, "")
    return int(written) if written.isdecimal() and len(written) < 10 else now
