"""People: the list as of a day, the page of a person, and the table of who may do what."""

import csv
import io
from datetime import date

from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.accounts.models import Assignment, AssignmentQuerySet, Role, User
from renkei.accounts.rights_table import table
from renkei.audit.models import Entry, EntryQuerySet
from renkei.audit.permissions import read_by, why_not_read_all
from renkei.desk.staff import StaffRequest, staff_page, today, town
from renkei.municipalities.models import Division
from renkei.people.permissions import why_not_manage
from renkei.ui.days import asked_day
from renkei.ui.downloads import headers_of

ON_A_PAGE = 50
TOLD_ON_A_PAGE = 30


def the_person(request: StaffRequest, public_id: str) -> User:
    """A person of the own town, or 404."""
    return get_object_or_404(User.objects.of(town(request)), public_id=public_id)


@staff_page
def listing(request: StaffRequest) -> HttpResponse:
    day, refusal = asked_day(request.GET.get("on", ""), today())
    q, role, state = (request.GET.get(name, "")[:100] for name in ("q", "role", "state"))
    divisions = Division.objects.of(town(request)).existing_on(day)
    division = divisions.filter(public_id=request.GET.get("division", "")[:12]).first()
    people = User.objects.of(town(request)).with_name_containing(q)
    people = people.filter(is_active=state != "closed") if state != "all" else people
    if role in Role or division:
        people = people.holding(role=role if role in Role else "", division=division, day=day)
    page = Paginator(people.prefetch_related(held_on(day)), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": gettext_lazy("職員"),
        "page": page,
        "q": q,
        "role": role,
        "state": state,
        "division": division,
        "roles": Role.choices,
        "divisions": divisions,
        "day": day,
        "on": request.GET.get("on", ""),
        "refusal": refusal,
        "is_filtered": bool(q or role or division or state),
        "sees_sign_ins": why_not_read_all(request.user, day=today()) is None,
        "reason": why_not_manage(request.user, day=today()),
    }
    return render(request, "desk/people/listing.html", context, status=422 if refusal else 200)


def held_on(day: date) -> "Prefetch[str, AssignmentQuerySet, str]":
    """What people hold on the day, read for all of them at once."""
    held = Assignment.objects.holding_on(day).select_related("division", "deputy_for")
    return Prefetch("assignments", queryset=held, to_attr="held")


@staff_page
def person(request: StaffRequest, public_id: str) -> HttpResponse:
    found = the_person(request, public_id)
    day = today()
    assignments = found.assignments.select_related("division", "deputy_for").order_by("-starts_on", "-pk")
    holding = set(found.assignments.holding_on(day).values_list("pk", flat=True))
    deputies = Assignment.objects.filter(deputy_for=found, user__municipality=town(request)).until(day)
    told = told_about(request, found)
    context = {
        "title": found.name,
        "person": found,
        "day": day,
        "now": [one for one in assignments if one.pk in holding],
        "later": [one for one in assignments if one.starts_on > day],
        "former": [one for one in assignments if one.pk not in holding and one.starts_on <= day],
        "deputies": deputies.select_related("user", "division", "deputy_for").order_by("starts_on"),
        "page": Paginator(told, TOLD_ON_A_PAGE).get_page(request.GET.get("page")),
        "is_self": found.pk == request.user.pk,
        "sees_history": why_not_read_all(request.user, day=day) is None,
        "reason": why_not_manage(request.user, day=day),
    }
    return render(request, "desk/people/person.html", context)


def told_about(request: StaffRequest, person: User) -> EntryQuerySet:
    """What was told about the person and what the person did, as far as the reader may know; newest first."""
    is_self = person.pk == request.user.pk
    entries = Entry.objects.of(town(request)) if is_self else read_by(request.user, day=today())
    about = Q(subject_type=User._meta.label_lower, subject_id=person.public_id)
    return entries.filter(about | Q(actor=person)).order_by("-number")


@staff_page
def rights(request: StaffRequest) -> HttpResponse:
    context = {
        "title": gettext_lazy("だれが何をできるか"),
        "lines": table(today()),
        "roles": list(Role),
        "day": today(),
    }
    return render(request, "desk/people/rights.html", context)


@staff_page
def rights_csv(request: StaffRequest) -> HttpResponse:
    text = io.StringIO("\ufeff", newline="")
    text.seek(0, io.SEEK_END)
    writer = csv.writer(text)
    writer.writerow(["対象", "できること", "役割", "立場", "可否", "できない理由"])
    for line in table(today()):
        for answer in line.answers:
            may = _("できない") if answer.reason else _("できる")
            told = (line.right.about, line.right.words, answer.role.label, answer.standing_words, may)
            writer.writerow([*map(str, told), answer.reason or ""])
    return HttpResponse(text.getvalue(), headers=headers_of("csv", today(), "rights"))
