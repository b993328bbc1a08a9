"""Planning a regular meeting, changing it, and planning the next one."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements.models import Agreement
from renkei.agreements.vocabulary import Side
from renkei.correspondents.models import Correspondent
from renkei.desk import drafts
from renkei.desk.meetings.choosing import choose, chosen_agreements, new_address
from renkei.desk.meetings.planning_form import RegularMeetingForm
from renkei.desk.meetings.verbs import MeetingVerb, page_address, the_meeting, verb_page
from renkei.desk.staff import StaffRequest, staff_page, today, town
from renkei.initiatives.meeting_facts import Invitee, RegularMeetingFacts
from renkei.initiatives.meeting_parties import (
    holders_of,
    organisations_of,
    proposed_clerks,
    proposed_partners,
)
from renkei.initiatives.models import RegularMeeting
from renkei.initiatives.next_meeting import next_facts
from renkei.initiatives.permissions import why_not_change_meeting, why_not_meet
from renkei.initiatives.services import meetings as services
from renkei.municipalities.models import Division

PLANNED = ("title", "held_on", "begins_at", "ends_at", "place", "agenda", "division")


@staff_page
def new(request: StaffRequest) -> HttpResponse:
    """Without agreements they are chosen first."""
    chosen = _chosen(request)
    if request.method != "POST" and (not chosen or not (request.GET.get("ready") or _has_draft(request))):
        return choose(request, chosen, new_address())
    day = today()
    division = next(iter(holders_of(chosen, day)), None)
    facts = RegularMeetingFacts(
        title=_title(chosen, day),
        held_on=day,
        agreements=chosen,
        division=division,
        attendees=[
            Invitee.clerk(request.user),
            *(Invitee.of_partner(one) for one in proposed_partners(town(request), chosen)),
        ],
    )

    def plan(form: Any, once: str) -> str:
        meeting = services.plan_meeting(
            town(request),
            form.facts,
            actor=request.user,
            at=timezone.now(),
            public_id=once,
            was_held=form.cleaned_data["was_held"],
        )
        return page_address(meeting)

    verb = MeetingVerb(
        title=_("定例協議を予定する"),
        lead=_("保存しても、まだだれにも知らせません。次のページで「案内を送る」を押すと届きます。"),
        button=_("保存する"),
        done=_("会議を保存しました。案内は、まだ送っていません。"),
        form=RegularMeetingForm,
        act=plan,
        back=new_address(),
        reason=why_not_meet(request.user, None, chosen, day=day) if chosen else None,
    )
    options = _options(request, facts, chosen, division)
    options["initial"] = {**options["initial"], "held_on": None}
    return verb_page(request, verb, **options)


def _chosen(request: StaffRequest) -> list[Agreement]:
    """As the form, the address, or a draft names them."""
    asked = request.POST if request.method == "POST" else request.GET
    ids = asked.getlist("agreement")
    if not ids and (typed := drafts.used_draft(request)):
        ids = typed.get("agreement", [])
    return chosen_agreements(request, ids, request.GET.getlist("series"))


def _has_draft(request: StaffRequest) -> bool:
    return drafts.used_draft(request) is not None


def _title(agreements: Sequence[Agreement], day: date) -> str:
    """The partner's meeting where there is one partner, else a meeting about the agreement."""
    partners = organisations_of(agreements)
    if len(partners) == 1:
        return _("%(partner)sとの定例協議") % {"partner": partners[0].name}
    return _("連携協議会") if len(agreements) != 1 else _("「%(title)s」定例協議") % {"title": agreements[0]}


@staff_page
def change(request: StaffRequest, public_id: str) -> HttpResponse:
    meeting, day = the_meeting(request, public_id), today()
    asked = _chosen(request)
    chosen = [*{one.pk: one for one in (*_agreements(meeting), *asked)}.values()]

    def act(form: Any, once: str) -> str:
        services.change(meeting, form.facts, actor=request.user, at=timezone.now())
        return page_address(meeting)

    lead = _("直す前の内容は、できごとの記録に残ります。")
    if meeting.invited_at and meeting.is_coming(day):
        lead += _("日時・場所・議題を直すと、案内した人みんなにメールで知らせ、予定表も直ります。")
    verb = MeetingVerb(
        title=_("会議の内容を直す"),
        lead=lead,
        button=_("直す"),
        done=_("会議の内容を直しました。"),
        form=RegularMeetingForm,
        act=act,
        back=page_address(meeting),
        reason=why_not_change_meeting(request.user, meeting, day=day),
        meeting=meeting,
    )
    people = [Invitee.of(one) for one in _people(meeting)]
    facts = RegularMeetingFacts(
        agreements=_agreements(meeting),
        attendees=people,
        **{name: getattr(meeting, name) for name in PLANNED},
    )
    return verb_page(request, verb, is_new=False, **_options(request, facts, chosen, meeting.division))


@staff_page
def plan_next(request: StaffRequest, public_id: str) -> HttpResponse:
    meeting, day = the_meeting(request, public_id), today()
    facts = next_facts(meeting, day)

    def act(form: Any, once: str) -> str:
        planned = services.plan_next(
            meeting, form.facts, actor=request.user, at=timezone.now(), public_id=once
        )
        return page_address(planned)

    verb = MeetingVerb(
        title=_("次の回を予定する"),
        lead=_("一年後の同じ曜日を入れてあります。片づいていないことは、議題の初めに入っています。"),
        button=_("保存する"),
        done=_("次の回を保存しました。案内は、まだ送っていません。"),
        form=RegularMeetingForm,
        act=act,
        back=page_address(meeting),
        reason=why_not_change_meeting(request.user, meeting, day=day),
    )
    chosen = list(facts.agreements)
    return verb_page(request, verb, is_new=False, **_options(request, facts, chosen, facts.division))


def _agreements(meeting: RegularMeeting) -> list[Agreement]:
    return list(
        meeting.agreements.select_related("municipality", "division", "series").order_by("title", "pk")
    )


def _people(meeting: RegularMeeting) -> list[Any]:
    return list(meeting.attendees.select_related("user", "correspondent", "organisation__merged_into"))


def _options(
    request: StaffRequest, facts: RegularMeetingFacts, chosen: list[Agreement], present: Division | None
) -> dict[str, Any]:
    """What the form offers: everybody who is proposed, and whoever is on the list already, ticked."""
    clerks, partners, others = _split(facts.attendees)
    proposed = [*proposed_clerks(town(request), chosen, today()), request.user, *clerks]
    known = [*proposed_partners(town(request), chosen), *partners]
    initial = {name: getattr(facts, name) for name in PLANNED}
    initial["agreement"] = [one.public_id for one in chosen]
    initial["clerks"] = [one.public_id for one in clerks]
    initial["partners"] = [one.public_id for one in partners]
    return {
        "town": town(request),
        "day": today(),
        "agreements": chosen,
        "clerks": [*{one.pk: one for one in proposed}.values()],
        "partners": [*{one.pk: one for one in known}.values()],
        "organisations": organisations_of(chosen),
        "others": others,
        "present": present,
        "initial": initial,
    }


def _split(
    people: Sequence[Invitee],
) -> tuple[list[User], list[Correspondent], list[dict[str, str]]]:
    """Clerks and partners' people who are known here, and rows for the others."""
    clerks = [one.user for one in people if one.user is not None]
    partners = [one.correspondent for one in people if one.correspondent is not None]
    others = [
        {
            "side": one.organisation.public_id if one.organisation else Side.TOWN.value,
            "name": one.name,
            "email": one.email,
        }
        for one in people
        if one.user is None and one.correspondent is None
    ]
    return clerks, partners, others
