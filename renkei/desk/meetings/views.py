"""Regular meetings: the list, the page of one, and what a year of meetings still lacks."""

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from renkei.agreements.models import Agreement
from renkei.agreements.vocabulary import Form, Side
from renkei.audit.models import Entry
from renkei.desk.meetings.verbs import the_meeting
from renkei.desk.staff import StaffRequest, staff_page, today, town
from renkei.initiatives.meeting_checks import remarks_on
from renkei.initiatives.meeting_plan import without_meeting
from renkei.initiatives.models import FollowUp, RegularMeeting
from renkei.initiatives.models.meeting import RegularMeetingQuerySet
from renkei.initiatives.permissions import why_not_change_meeting, why_not_settle
from renkei.rules.japanese_calendar import fiscal_year, fiscal_year_name

ON_A_PAGE = 50
EVENTS_SHOWN = 10
LONGEST_QUERY = 200


@staff_page
def listing(request: StaffRequest) -> HttpResponse:
    """What comes and what lacks its minutes stand above everything that was held."""
    day = today()
    found = _asked(request)
    past = found.filter(Q(held_on__lt=day) | ~Q(state="planned")).exclude(
        pk__in=found.unrecorded(day).values("pk")
    )
    context = {
        "title": gettext_lazy("定例協議"),
        "q": request.GET.get("q", "")[:LONGEST_QUERY],
        "coming": _shown(found.coming(day)),
        "unrecorded": _shown(found.unrecorded(day)),
        "page": Paginator(_shown(past.order_by("-held_on", "-pk")), ON_A_PAGE).get_page(
            request.GET.get("page")
        ),
        "open_count": FollowUp.objects.of(town(request)).open().count(),
        "agreement": Agreement.objects.of(town(request))
        .filter(public_id=request.GET.get("agreement", "")[:12])
        .first(),
        "day": day,
    }
    return render(request, "desk/meetings/listing.html", context)


def _asked(request: StaffRequest) -> RegularMeetingQuerySet:
    """The town's meetings, narrowed by words (title, agreement, partner) and by an agreement."""
    own = meetings = RegularMeeting.objects.of(town(request))
    words, agreement = request.GET.get("q", "")[:LONGEST_QUERY].split(), request.GET.get("agreement", "")
    for word in words:
        meetings = meetings.filter(
            Q(title__icontains=word)
            | Q(pk__in=own.filter(agreements__title__icontains=word).values("pk"))
            | Q(pk__in=own.filter(attendees__organisation__name__icontains=word).values("pk"))
        )
    return meetings.filter(agreements__public_id=agreement[:12]) if agreement else meetings


def _shown(meetings: "QuerySet[RegularMeeting]") -> "QuerySet[RegularMeeting]":
    return meetings.select_related("division").prefetch_related("agreements")


@staff_page
def page(request: StaffRequest, public_id: str) -> HttpResponse:
    meeting, day = the_meeting(request, public_id), today()
    people = list(meeting.attendees.select_related("user", "correspondent", "organisation"))
    reason = why_not_change_meeting(request.user, meeting, day=day)
    told = Entry.objects.of(town(request)).about(
        subject_type=meeting._meta.label_lower, subject_id=meeting.public_id
    )
    context = {
        "title": meeting.title,
        "meeting": meeting,
        "agreements": meeting.agreements.prefetch_related("parties__organisation"),
        "people": sorted(people, key=lambda one: one.side == Side.PARTNER),
        "day": day,
        "strangers": [one for one in people if one.side == Side.PARTNER and one.correspondent is None],
        "is_coming": meeting.is_coming(day),
        "is_unrecorded": meeting.is_unrecorded(day),
        "remarks": remarks_on(meeting) if meeting.is_coming(day) else [],
        "follow_ups": _follow_ups(request, meeting.follow_ups.all()),
        "events": told[:EVENTS_SHOWN],
        "reason": reason,
        "next": RegularMeeting.objects.of(town(request)).filter(repeats_from=meeting).first(),
    }
    return render(request, "desk/meetings/page.html", context)


def _follow_ups(
    request: StaffRequest, found: "QuerySet[FollowUp]"
) -> list[tuple[FollowUp, bool, str | None]]:
    """Each with whether it is late, and why the person may not settle it."""
    related = found.select_related(
        "meeting__municipality", "meeting__division", "division", "organisation", "initiative"
    )
    day = today()
    return [(one, one.is_late(day), why_not_settle(request.user, one, day=day)) for one in related]


@staff_page
def follow_ups(request: StaffRequest) -> HttpResponse:
    """What was taken on at meetings and is open, the most urgent first; the person's own divisions, or all."""
    found = FollowUp.objects.of(town(request)).open()
    whose = request.GET.get("whose", "")
    divisions = request.user.assignments.holding_on(today()).values("division")
    if whose == "mine":
        found = found.filter(Q(division__in=divisions) | Q(division=None, meeting__division__in=divisions))
        found = found.filter(side=Side.TOWN)
    elif whose in (Side.TOWN, Side.PARTNER):
        found = found.filter(side=whose)
    shown = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    related = found.filter(pk__in=[one.pk for one in shown])
    context = {
        "title": gettext_lazy("会議で決めたこと"),
        "page": shown,
        "follow_ups": _follow_ups(request, related),
        "whose": whose,
        "choices": [
            ("", gettext_lazy("すべて")),
            ("mine", gettext_lazy("私の課")),
            (Side.TOWN.value, gettext_lazy("市がすること")),
            (Side.PARTNER.value, gettext_lazy("相手方がすること")),
        ],
    }
    return render(request, "desk/meetings/follow_ups.html", context)


@staff_page
def year(request: StaffRequest) -> HttpResponse:
    """The agreements in force of which no meeting was held or is planned this fiscal year."""
    day = today()
    asked = request.GET.get("form", Form.COMPREHENSIVE)
    agreements = Agreement.objects.of(town(request)).in_force_on(day).with_everything()
    if asked in Form.values:
        agreements = agreements.filter(form=asked)
    rows = without_meeting(agreements.order_by("title", "pk"), fiscal_year(day), day)
    context = {
        "title": gettext_lazy("会議の予定がない協定"),
        "year": fiscal_year_name(fiscal_year(day)),
        "page": Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page")),
        "form": asked if asked in Form.values else "",
        "forms": Form.choices,
        "total": agreements.count(),
    }
    return render(request, "desk/meetings/year.html", context)
