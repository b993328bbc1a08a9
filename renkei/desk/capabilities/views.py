"""What partners do in a disaster: the list, and the page of one."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from renkei.agreements.models import Agreement
from renkei.audit.models import Entry
from renkei.audit.words import changes_of
from renkei.desk.capabilities.forms import CapabilitiesForm
from renkei.desk.staff import StaffRequest, staff_page, today, town
from renkei.disasters.capabilities.finding import CONFIRMED_FOR, capabilities_found
from renkei.disasters.models import Capability
from renkei.disasters.permissions import why_not_prepare
from renkei.disasters.vocabulary import CapabilityState
from renkei.partners.models import Organisation
from renkei.rules.terms import months_before

ON_A_PAGE = 50
HISTORY = 30
WORDS = ("q", "function", "certainty", "hours", "state", "checked", "place", "partner", "agreement")


def asked_of(request: StaffRequest) -> dict[str, str]:
    """The words of the address that narrow the list."""
    return {word: request.GET.get(word, "")[:100] for word in WORDS}


def the_capability(request: StaffRequest, public_id: str) -> Capability:
    """What was promised to the person's own town, or 404."""
    mine = Capability.objects.of(town(request)).select_related(
        "municipality",
        "agreement__division",
        "agreement__municipality",
        "organisation__merged_into",
        "written_by",
    )
    return get_object_or_404(mine, public_id=public_id)


@staff_page
def listing(request: StaffRequest) -> HttpResponse:
    asked = asked_of(request)
    found = capabilities_found(town(request), asked, day=today())
    shown = found.select_related("agreement", "organisation__merged_into").prefetch_related("places")
    mine = Capability.objects.of(town(request))
    context: dict[str, Any] = {
        "title": _("支援内容"),
        "form": CapabilitiesForm(request.GET or None, town=town(request)),
        "page": Paginator(shown, ON_A_PAGE).get_page(request.GET.get("page")),
        "about": about(request, asked),
        "is_narrowed": any(asked.values()),
        "asked": request.GET.urlencode(),
        "fresh_from": months_before(today(), CONFIRMED_FOR),
        "proposed": mine.filter(state=CapabilityState.PROPOSED).count(),
    }
    return render(request, "desk/capabilities/listing.html", context)


def about(request: StaffRequest, asked: dict[str, str]) -> list[tuple[str, str, str]]:
    """The agreement and the partner that the address names: the word, its value, and the name to show."""
    found: list[tuple[str, str, str]] = []
    if wanted := asked["agreement"]:
        titles = Agreement.objects.of(town(request)).filter(public_id=wanted).values_list("title", flat=True)
        found.append(("agreement", wanted, titles.first() or wanted))
    if wanted := asked["partner"]:
        names = Organisation.objects.of(town(request)).filter(public_id=wanted).values_list("name", flat=True)
        found.append(("partner", wanted, names.first() or wanted))
    return found


@staff_page
def page(request: StaffRequest, public_id: str) -> HttpResponse:
    capability = the_capability(request, public_id)
    told = Entry.objects.of(town(request)).about(
        subject_type="disasters.capability", subject_id=capability.public_id
    )
    context = {
        "title": str(capability),
        "capability": capability,
        "places": capability.places.all(),
        "fresh_from": months_before(today(), CONFIRMED_FOR),
        "reason": why_not_prepare(request.user, capability.agreement, day=today()),
        "history": [(one, changes_of(one)) for one in told[:HISTORY]],
    }
    return render(request, "desk/capabilities/page.html", context)
