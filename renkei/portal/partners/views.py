"""Partners of published agreements; individuals are not among them."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from renkei.agreements.audience import Audience
from renkei.agreements.holdings import holdings
from renkei.agreements.models import Agreement
from renkei.agreements.seen import in_force_by_partner, partners_in_force_on, partners_seen_by
from renkei.initiatives.published import results_of_partner, totals
from renkei.partners.models import PartnerKind
from renkei.portal.results.rows import public_results, with_everything
from renkei.portal.towns import audience_of, choose_a_town, today
from renkei.rules.corporate_number import is_corporate_number
from renkei.ui.days import asked_day

PARTNERS_ON_A_PAGE = 50
AGREEMENTS_ON_A_PAGE = 20
NEWEST = 5


def listing(request: HttpRequest) -> HttpResponse:
    audience = audience_of(request)
    if audience.municipality is None:
        return choose_a_town(request, _("相手方"), "portal:partners")
    q, kind = request.GET.get("q", "")[:100], request.GET.get("kind", "")
    on = request.GET.get("on", "")
    day, refusal = asked_day(on, today())
    partners = partners_in_force_on(audience, day) if on else partners_seen_by(audience)
    partners = partners.with_name_containing(q).in_kana_order()
    if kind in PartnerKind:
        partners = partners.filter(kind=kind)
    page = Paginator(partners.prefetch_related("names"), PARTNERS_ON_A_PAGE).get_page(request.GET.get("page"))
    counts = in_force_by_partner([one.pk for one in page], audience, day)
    context = {
        "title": _("相手方"),
        "door": "portal",
        "town": audience.municipality,
        "q": q,
        "kind": kind,
        "kinds": [choice for choice in PartnerKind.choices if choice[0] != PartnerKind.INDIVIDUAL],
        "page": page,
        "rows": [(partner, counts.get(partner.pk, 0)) for partner in page],
        "day": day,
        "on": on,
        "refusal": refusal,
        "is_filtered": bool(q or kind or on),
    }
    return render(request, "portal/partners/listing.html", context, status=422 if refusal else 200)


def page(request: HttpRequest, public_id: str) -> HttpResponse:
    partner = get_object_or_404(partners_seen_by(Audience.public()), public_id=public_id)
    day, refusal = asked_day(request.GET.get("on", ""), today())
    agreements = Agreement.objects.of(partner.municipality).published().with_partner(partner)
    done = results_of_partner(partner)
    context = {
        "title": partner.name,
        "door": "portal",
        "partner": partner,
        "name_then": partner.name_on(day),
        "has_right_number": is_corporate_number(partner.corporate_number),
        "day": day,
        "on": request.GET.get("on", ""),
        "refusal": refusal,
        "done": totals(done),
        "newest": public_results(with_everything(done)[:NEWEST]),
        "holdings": holdings(agreements, day),
        "page": Paginator(agreements.with_everything(), AGREEMENTS_ON_A_PAGE).get_page(
            request.GET.get("page")
        ),
    }
    return render(request, "portal/partners/page.html", context, status=422 if refusal else 200)
