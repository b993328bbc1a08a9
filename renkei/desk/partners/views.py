"""Partners: the list with search by any name, and the page of a partner."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from renkei.agreements.audience import Audience
from renkei.agreements.holdings import holdings
from renkei.agreements.models import Agreement, PartnerMerge
from renkei.agreements.seen import in_force_by_partner, partners_in_force_on
from renkei.audit.models import Entry
from renkei.audit.words import Change, changes_of
from renkei.desk.partners.verbs import the_partner
from renkei.desk.staff import StaffRequest, staff_page, today, town
from renkei.partners.models import Organisation, PartnerKind
from renkei.partners.permissions import why_not_change
from renkei.rules.corporate_number import is_corporate_number
from renkei.ui.days import asked_day

PARTNERS_ON_A_PAGE = 50
AGREEMENTS_ON_A_PAGE = 20
TOLD = 50


@staff_page
def listing(request: StaffRequest) -> HttpResponse:
    q, kind = request.GET.get("q", "")[:100], request.GET.get("kind", "")
    on, audience = request.GET.get("on", ""), Audience.staff(town(request))
    day, refusal = asked_day(on, today())
    partners = (
        partners_in_force_on(audience, day) if on else Organisation.objects.of(town(request)).unmerged()
    )
    partners = partners.with_name_containing(q).in_kana_order()
    if kind in PartnerKind:
        partners = partners.filter(kind=kind)
    page = Paginator(partners.prefetch_related("names"), PARTNERS_ON_A_PAGE).get_page(request.GET.get("page"))
    counts = in_force_by_partner([one.pk for one in page], audience, day)
    context = {
        "title": _("相手方"),
        "door": "desk",
        "q": q,
        "kind": kind,
        "kinds": PartnerKind.choices,
        "page": page,
        "rows": [(partner, counts.get(partner.pk, 0)) for partner in page],
        "day": day,
        "on": on,
        "refusal": refusal,
        "is_filtered": bool(q or kind or on),
    }
    return render(request, "desk/partners/listing.html", context, status=422 if refusal else 200)


def history(partner: Organisation) -> list[tuple[Entry, list[Change]]]:
    """What was told about the partner, newest first, with what changed in words."""
    told = Entry.objects.of(partner.municipality).about(
        subject_type=partner._meta.label_lower, subject_id=partner.public_id
    )
    return [(entry, changes_of(entry)) for entry in told[:TOLD]]


@staff_page
def page(request: StaffRequest, public_id: str) -> HttpResponse:
    partner = the_partner(request, public_id)
    if partner.merged_into:
        messages.info(
            request, gettext("「%(name)s」の記録は、この記録にまとめられています。") % {"name": partner}
        )
        return redirect("desk:partner", partner.merged_into.public_id)
    day, refusal = asked_day(request.GET.get("on", ""), today())
    agreements = Agreement.objects.of(town(request)).with_partner(partner)
    context = {
        "title": partner.name,
        "door": "desk",
        "partner": partner,
        "name_then": partner.name_on(day),
        "has_right_number": is_corporate_number(partner.corporate_number),
        "day": day,
        "on": request.GET.get("on", ""),
        "refusal": refusal,
        "holdings": holdings(agreements, day),
        "merges": PartnerMerge.objects.of(town(request)).filter(kept=partner, undone_at=None),
        "why_not_change": why_not_change(request.user, partner, day=today()),
        "history": history(partner),
        "page": Paginator(agreements.with_everything(), AGREEMENTS_ON_A_PAGE).get_page(
            request.GET.get("page")
        ),
    }
    return render(request, "desk/partners/page.html", context, status=422 if refusal else 200)
