"""What a division does with an inquiry: its answer, and asking for more time."""

from functools import partial

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.desk.procedures.inquiries.answering_form import AnswerForm
from renkei.desk.procedures.inquiries.finding import afterwards, the_asked
from renkei.desk.procedures.inquiries.forms import MoreTimeForm
from renkei.desk.procedures.verbs import Asked, ProcedureVerb, verb_page
from renkei.desk.staff import StaffRequest, staff_page, today
from renkei.procedures.models import InquiredDivision, Procedure
from renkei.procedures.permissions import why_not_answer
from renkei.procedures.services import answering
from renkei.procedures.services.claiming import ChangedMeanwhile


@staff_page
def answer(request: StaffRequest, asked_id: str) -> HttpResponse:
    one = the_asked(request, asked_id)
    verb = ProcedureVerb(
        title=_("庁内照会への回答(%(division)s)") % {"division": one.division},
        lead=_("連携事項ごとに、課が参加できるかを答えます。締め切られるまでは改められます。"),
        button=_("回答を改める") if one.answered_at else _("回答する"),
        done=_("回答しました。窓口の課に知らせました。"),
        form=AnswerForm,
        act=partial(_answer, one, _seen(request, one)),
        why_not=partial(_why_not_answer, one),
        template="desk/procedures/inquiries/answer.html",
    )
    items = list(one.inquiry.standing_items())
    more = {"asked": one, "items": items, "is_late": one.is_late(today()), "back": _back(one)}
    shown = verb_page(request, one.inquiry.procedure, verb, more=more, asked=one, items=items)
    return afterwards(shown, "desk:inquiry_answer", one.public_id)


def _answer(one: InquiredDivision, seen: int, asked: Asked) -> None:
    facts = {"person": asked.given["person"], "remarks": asked.given["remarks"]}
    one.version = seen
    try:
        answering.answer(one, asked.form.answers, **facts, by=asked.user, at=timezone.now())
    except ChangedMeanwhile:
        one.refresh_from_db(fields=["version", "answered_at", "answered_by", "person", "remarks"])
        raise


def _seen(request: StaffRequest, one: InquiredDivision) -> int:
    """The answer's version that the person had before their eyes."""
    written = request.POST.get("answered", "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else one.version


def _why_not_answer(one: InquiredDivision, user: User, procedure: Procedure, *, day: object) -> str | None:
    return why_not_answer(user, one, day=today())


def _back(one: InquiredDivision) -> str:
    return reverse("desk:procedure_inquiries", args=[one.inquiry.procedure.public_id])


@staff_page
def more_time(request: StaffRequest, asked_id: str) -> HttpResponse:
    one = the_asked(request, asked_id)
    verb = ProcedureVerb(
        title=_("回答の期限の延長を頼む"),
        lead=_("窓口の課に、いつまで待ってほしいかを理由とともに知らせます。答えはメールで届きます。"),
        button=_("延長を頼む"),
        done=_("延長の希望を窓口の課に知らせました。"),
        form=MoreTimeForm,
        act=lambda asked: answering.ask_for_time(one, **asked.given, by=asked.user, at=timezone.now()),
        why_not=partial(_why_not_answer, one),
    )
    back = reverse("desk:inquiry_answer", args=[one.public_id])
    shown = verb_page(request, one.inquiry.procedure, verb, more={"back": back})
    return afterwards(shown, "desk:inquiry_answer", one.public_id)
