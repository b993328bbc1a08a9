"""Which way each agreement, text and person of a division goes that has several divisions after it."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from renkei.agreements.models import Field
from renkei.desk.divisions.plans import plan_to_change
from renkei.desk.staff import StaffRequest, staff_page
from renkei.handovers.moving import Moving, Preview
from renkei.people.models.reorganisation import Reorganisation
from renkei.people.services import plans
from renkei.people.services.divisions import way_of

ON_A_PAGE = 100
KINDS = ("agreements", "series", "people")


@staff_page
def page(request: StaffRequest, public_id: str, division_id: str) -> HttpResponse:
    plan = plan_to_change(request, public_id)
    moving = the_moving(plan, division_id)
    refusal = ""
    if request.method == "POST":
        try:
            save(request, plan, moving)
            messages.success(request, _("行き先を保存しました。"))
            moving = the_moving(plan, division_id)
        except plans.ReorganisationRefused as found:
            plan.refresh_from_db()
            refusal = str(found)
    context = context_of(plan, moving, request.GET.get("page"))
    return render(
        request,
        "desk/reorganisations/ways.html",
        context | {"refusal": refusal},
        status=422 if refusal else 200,
    )


def the_moving(plan: Reorganisation, division_id: str) -> Moving:
    """What moves out of the division; 404 where nothing is to be chosen."""
    for moving in Preview(plan).movings:
        if moving.change.division.public_id == division_id and moving.change.is_a_choice:
            return moving
    raise Http404


def context_of(plan: Reorganisation, moving: Moving, number: Any) -> dict[str, Any]:
    """The agreements of one page, the texts and people, each with its way."""
    found = Paginator(moving.agreements.with_everything().order_by("title", "pk"), ON_A_PAGE).get_page(number)
    return {
        "title": _("%(division)sの行き先") % {"division": moving.change.division},
        "plan": plan,
        "moving": moving,
        "page": found,
        "words": list(dict.fromkeys([moving.change.main, *moving.change.into])),
        "day": plan.on,
        "agreements": [(one, moving.way_of("agreements", one.public_id)) for one in found],
        "series": [(one, moving.way_of("series", one.public_id)) for one in moving.series],
        "people": [(one, way_of(one, moving.change, plan)) for one in moving.people],
        "fields": fields_of(moving),
    }


def fields_of(moving: Moving) -> list[Field]:
    """The fields to which agreements of the division belong."""
    return list(Field.objects.filter(pk__in=moving.agreements.order_by().values("field_links__field")))


def save(request: StaffRequest, plan: Reorganisation, moving: Moving) -> None:
    """Keep what was chosen, for all agreements of a field or for each."""
    if request.POST.get("do") == "field":
        chosen = {"agreements": by_field(request.POST, moving)}
    else:
        chosen = {kind: one_by_one(request.POST, moving, kind) for kind in KINDS}
    for kind, ways in chosen.items():
        plans.choose(plan, kind, ways, actor=request.user)


def by_field(sent: Mapping[str, str], moving: Moving) -> dict[str, str]:
    """All agreements of the division that belong to the field go the same way."""
    words, field = sent.get("field-way", ""), sent.get("field", "")
    if words not in moving.change.into or not field:
        raise plans.ReorganisationRefused(_("分野と行き先を選んでください。"))
    of_field = moving.agreements.filter(field_links__field__slug=field).order_by()
    return dict.fromkeys(of_field.values_list("public_id", flat=True), words)


def one_by_one(sent: Mapping[str, str], moving: Moving, kind: str) -> dict[str, str]:
    """What was chosen for each of a kind, and differs; what is not the division's is left out."""
    own = {
        "agreements": lambda: set(moving.agreements.order_by().values_list("public_id", flat=True)),
        "series": lambda: {one.public_id for one in moving.series},
        "people": lambda: {str(one.pk) for one in moving.people},
    }[kind]()
    ways = {
        name.removeprefix(f"{kind}-"): words for name, words in sent.items() if name.startswith(f"{kind}-")
    }
    return {
        name: words
        for name, words in ways.items()
        if name in own and words in moving.change.into and words != moving.way_of(kind, name)
    }
