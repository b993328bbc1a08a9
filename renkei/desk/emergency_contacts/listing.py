"""緊急連絡先: which partners can be called, and whose contacts are old; the list, and the numbers as Excel."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from renkei.desk.emergency_contacts.owners import TOWN, the_owner
from renkei.desk.form_page import now
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.disasters.contacts.lines import NONE, PartnerLine, lines_of, tally
from renkei.disasters.contacts.sheet import WIDTHS, rows
from renkei.disasters.contacts.state import ContactState
from renkei.disasters.permissions import why_not_see_contacts
from renkei.disasters.services.contacts import tell_downloaded
from renkei.rules.names import folded_name
from renkei.rules.text_tables import A4, workbook
from renkei.ui.downloads import made_answer

ON_A_PAGE = 100
STATES = [
    (NONE, gettext_lazy("連絡先なし")),
    *((str(one.value), one.label) for one in (ContactState.FAILED, ContactState.NEVER, ContactState.OLD)),
    (str(ContactState.VERIFIED.value), ContactState.VERIFIED.label),
]


def narrowed(request: StaffRequest, lines: list[PartnerLine]) -> list[PartnerLine]:
    """Those that the address asks for; the longest unverified first."""
    asked = request.GET
    name, states, division = (
        folded_name(asked.get("q", "")[:100]),
        asked.getlist("state"),
        asked.get("division", ""),
    )
    if name:
        lines = [one for one in lines if name in one.partner.folded_name]
    if states:
        lines = [one for one in lines if one.state in states]
    if division:
        lines = [one for one in lines if division in {each.public_id for each in one.divisions}]
    if asked.get("night"):
        lines = [one for one in lines if not one.is_reached_at_night]
    return lines


@staff_page
@require_safe
def listing(request: StaffRequest) -> HttpResponse:
    every = lines_of(town(request), today())
    found, counts = narrowed(request, every), tally(every)
    context = {
        "title": gettext_lazy("緊急連絡先"),
        "page": Paginator(found, ON_A_PAGE).get_page(request.GET.get("page")),
        "count": len(found),
        "states": [(key, label, counts[key]) for key, label in STATES],
        "asleep": sum(not one.is_reached_at_night for one in every),
        "divisions": sorted({each for one in every for each in one.divisions}, key=str),
        "asked": request.GET,
        "chosen": request.GET.getlist("state"),
        "query": request.GET.urlencode(),
        "is_narrowed": any(request.GET.get(name) for name in ("q", "state", "division", "night")),
        "own": len(the_owner(request, TOWN).in_use),
        "day": today(),
        "unseen": why_not_see_contacts(request.user, day=today()),
    }
    return render(request, "desk/emergency_contacts/listing.html", context)


@staff_page
@require_safe
def download(request: StaffRequest) -> HttpResponse:
    stop_if(why_not_see_contacts(request.user, day=today()))
    lines = narrowed(request, lines_of(town(request), today()))
    told = rows(lines, the_owner(request, TOWN).in_use, day=today(), at=now())
    with workbook(told, _("緊急連絡先"), WIDTHS, paper=A4) as file:
        content = file.read()
    tell_downloaded(town(request), sum(len(one.contacts) for one in lines), what="Excel", actor=request.user)
    return made_answer(content, f"緊急連絡先_{today():%Y%m%d}.xlsx")
