"""What the window does with inquiries: the list, a new one, further divisions, deadlines, closing and reopening."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from renkei.agreements.services import Refused
from renkei.desk.procedures.inquiries.finding import the_asked, the_inquiry
from renkei.desk.procedures.inquiries.forms import (
    CloseForm,
    DeadlineForm,
    DivisionsForm,
    InquiryForm,
    ReasonForm,
    ReopenForm,
)
from renkei.desk.procedures.verbs import Asked, ProcedureVerb, page_address, the_procedure, verb_page
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.desk.versions import version_seen
from renkei.municipalities.divisions import Lineage
from renkei.municipalities.models import Division
from renkei.procedures.matrix import matrix_of, proposed_in, summary_of
from renkei.procedures.models import InquiredDivision, Inquiry, Procedure
from renkei.procedures.permissions import why_not_conduct
from renkei.procedures.services import answering, closing, inquiring
from renkei.procedures.whom_to_ask import not_asked_yet, proposed_divisions, usual_deadline
from renkei.rules.japanese_calendar import japanese_date


@staff_page
def listing(request: StaffRequest, public_id: str) -> HttpResponse:
    procedure, day = the_procedure(request, public_id), today()
    context = {
        "title": gettext_lazy("庁内照会"),
        "procedure": procedure,
        "inquiries": [
            (inquiry, _lines(request, inquiry, day))
            for inquiry in procedure.inquiries.select_related("sent_by", "closed_by").prefetch_related(
                "items"
            )
        ],
        "day": day,
        "reason": why_not_conduct(request.user, procedure, day=day),
    }
    return render(request, "desk/procedures/inquiries/listing.html", context)


@dataclass(frozen=True)
class Line:
    """A division that was asked: whether it is late, and whether it is the person's own to answer."""

    asked: InquiredDivision
    is_late: bool
    is_mine: bool


def _lines(request: StaffRequest, inquiry: Inquiry, day: date) -> list[Line]:
    lineage = Lineage(town(request))
    lines = []
    for one in inquiry.divisions.select_related("division", "answered_by"):
        now = lineage.on(one.division_id, day)
        is_mine = one.is_waited_for and request.user.works_for(now, day=day)
        lines.append(Line(one, one.is_late(day), is_mine))
    return lines


@staff_page
def new(request: StaffRequest, public_id: str) -> HttpResponse:
    procedure, day = the_procedure(request, public_id), today()
    reasons = proposed_divisions(procedure, day)
    items = list(procedure.items.filter(dropped_reason="").select_related("division"))
    return verb_page(
        request,
        procedure,
        NEW,
        items=items,
        text=_proposed_text(procedure),
        divisions=Division.objects.of(town(request)).existing_on(day),
        reasons=reasons,
        chosen=[item.division for item in items if item.division in reasons],
        due_on=usual_deadline(procedure, day),
    )


def _proposed_text(procedure: Procedure) -> str:
    facts = {"partner": procedure.partner_name, "title": procedure.title}
    return (
        _(
            "%(partner)sから「%(title)s」の提案がありました。次の連携事項について、貴課が参加できるか、条件、"
            "考えられる取組を回答してください。提案の内容は手続のページで読めます。"
        )
        % facts
    )


def _inquire(asked: Asked) -> None:
    inquiring.inquire(asked.procedure, **asked.given, by=asked.user, at=timezone.now(), public_id=asked.once)


NEW = ProcedureVerb(
    title=gettext_lazy("庁内照会をする"),
    lead=gettext_lazy("関係する課に、連携事項ごとに参加できるかを尋ねます。課の担当者にメールが届きます。"),
    button=gettext_lazy("照会する"),
    done=gettext_lazy("照会しました。課の担当者にメールで知らせました。"),
    form=InquiryForm,
    act=_inquire,
    back="inquiries",
)


@staff_page
def add(request: StaffRequest, public_id: str, inquiry_id: str) -> HttpResponse:
    procedure, day = the_procedure(request, public_id), today()
    inquiry = the_inquiry(procedure, inquiry_id)
    verb = ProcedureVerb(
        title=_("照会先を加える"),
        lead=_("同じ照会を、ほかの課にもします。加えた課にだけメールが届きます。"),
        button=_("加える"),
        done=_("照会先を加え、メールで知らせました。"),
        form=DivisionsForm,
        act=lambda asked: inquiring.ask_further(inquiry, **asked.given, by=asked.user, at=timezone.now()),
        back="inquiries",
    )
    reasons = proposed_divisions(procedure, day)
    due_on = max(inquiry.due_on, usual_deadline(procedure, day))
    divisions = not_asked_yet(inquiry, day)
    return verb_page(request, procedure, verb, divisions=divisions, reasons=reasons, due_on=due_on)


@staff_page
@require_POST
def urge(request: StaffRequest, public_id: str, inquiry_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    inquiry = the_inquiry(procedure, inquiry_id)
    stop_if(why_not_conduct(request.user, procedure, day=today()))
    procedure.version = version_seen(request, procedure.version)
    try:
        reminded = inquiring.urge(inquiry, by=request.user, at=timezone.now())
        names = "、".join(str(one.division) for one in reminded)
        messages.success(request, _("%(divisions)sに催促のメールを送りました。") % {"divisions": names})
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(page_address(procedure, "inquiries"))


@staff_page
def take_back(request: StaffRequest, asked_id: str) -> HttpResponse:
    one = the_asked(request, asked_id)
    verb = ProcedureVerb(
        title=_("%(division)sへの照会を取り消す") % {"division": one.division},
        lead=_("回答は要らなくなったことを、理由とともに課に知らせます。"),
        button=_("取り消す"),
        done=_("照会を取り消し、課に知らせました。"),
        form=ReasonForm,
        act=lambda asked: inquiring.take_back(one, **asked.given, by=asked.user, at=timezone.now()),
        back="inquiries",
        is_danger=True,
    )
    return verb_page(request, one.inquiry.procedure, verb)


@staff_page
def deadline(request: StaffRequest, asked_id: str) -> HttpResponse:
    one = the_asked(request, asked_id)
    lead = _("いまの期限は%(day)sです。") % {"day": japanese_date(one.due_on)}
    if one.extension_asked:
        facts = {"day": japanese_date(one.extension_asked), "reason": one.extension_reason}
        lead += _("%(day)sまでの延長を希望しています(理由: %(reason)s)。") % facts
    verb = ProcedureVerb(
        title=_("%(division)sの回答の期限を決める") % {"division": one.division},
        lead=lead,
        button=_("期限を決める"),
        done=_("期限を決め、課に知らせました。"),
        form=DeadlineForm,
        act=partial(_set_deadline, one),
        back="inquiries",
    )
    return verb_page(request, one.inquiry.procedure, verb, asked=one)


def _set_deadline(one: InquiredDivision, asked: Asked) -> None:
    words = asked.given["words"]
    answering.set_deadline(one, due_on=asked.form.day, words=words, by=asked.user, at=timezone.now())


@staff_page
def close(request: StaffRequest, public_id: str, inquiry_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    inquiry = the_inquiry(procedure, inquiry_id)
    matrix = matrix_of(procedure, inquiry)
    verb = ProcedureVerb(
        title=_("照会を締め切って取りまとめる"),
        lead=_("回答を一つの文にまとめ、取組の案と担当課を決めます。締め切ると、課は回答を改められません。"),
        button=_("締め切る"),
        done=_("照会を締め切り、取りまとめました。"),
        form=CloseForm,
        act=partial(_close, inquiry, _seen(request, inquiry)),
        back="inquiries",
        template="desk/procedures/inquiries/close.html",
    )
    more: dict[str, Any] = {"inquiry": inquiry, "matrix": matrix, "seen": closing.state_of(inquiry)}
    told = {"matrix": matrix, "summary": summary_of(matrix), "proposed": proposed_in(matrix)}
    return verb_page(request, procedure, verb, more=more, **told)


def _seen(request: StaffRequest, inquiry: Inquiry) -> int:
    """The state of the answers that the person had before their eyes."""
    written = request.POST.get("seen", "")
    known = written.isascii() and written.isdigit() and len(written) < 10
    return int(written) if known else closing.state_of(inquiry)


def _close(inquiry: Inquiry, seen: int, asked: Asked) -> None:
    closing.close(
        inquiry,
        summary=asked.given["summary"],
        chosen=asked.given.get("chosen", ()),
        responsible=asked.form.responsible,
        seen=seen,
        by=asked.user,
        at=timezone.now(),
    )


@staff_page
def reopen(request: StaffRequest, public_id: str, inquiry_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    inquiry = the_inquiry(procedure, inquiry_id)
    verb = ProcedureVerb(
        title=_("照会を再開する"),
        lead=_("課は、また回答を書いたり改めたりできます。すべての照会先に理由と新しい期限を知らせます。"),
        button=_("再開する"),
        done=_("照会を再開し、課に知らせました。"),
        form=ReopenForm,
        act=lambda asked: closing.reopen(inquiry, **asked.given, by=asked.user, at=timezone.now()),
        back="inquiries",
    )
    return verb_page(request, procedure, verb, due_on=usual_deadline(procedure, today()))
