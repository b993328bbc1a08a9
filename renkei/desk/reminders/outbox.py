"""The outbox: what was written, where it stands, and why it did not go."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.reminders import mail
from renkei.reminders.models import DailyWork, Letter, LetterState
from renkei.reminders.permissions import why_not_open_outbox
from renkei.reminders.services import LetterRefused, cancel, resend

LETTERS_ON_A_PAGE = 50


@staff_page
def outbox(request: StaffRequest) -> HttpResponse:
    stop_if(why_not_open_outbox(request.user, None, today()))
    asked = request.GET.get("state", "")
    letters = Letter.objects.of(town(request))
    shown = letters.filter(state=asked) if asked in LetterState.values else letters
    context = {
        "title": _("送信箱"),
        "page": Paginator(shown, LETTERS_ON_A_PAGE).get_page(request.GET.get("page")),
        "state": asked,
        "states": [(state, letters.filter(state=state).count()) for state in LetterState],
        "mail_is_set_up": mail.is_set_up(),
        "work": DailyWork.objects.of(town(request)).latest_done(),
    }
    return render(request, "desk/reminders/outbox.html", context)


@staff_page
def letter(request: StaffRequest, public_id: str) -> HttpResponse:
    one = _the_letter(request, public_id)
    context = {
        "title": one.subject,
        "letter": one,
        "can_be_resent": one.state in (LetterState.FAILED, LetterState.CANCELLED, LetterState.WAITING),
        "can_be_cancelled": one.state in (LetterState.FAILED, LetterState.WAITING),
    }
    return render(request, "desk/reminders/letter.html", context)


@staff_page
@require_POST
def letter_resend(request: StaffRequest, public_id: str) -> HttpResponse:
    one = _the_letter(request, public_id)
    try:
        resend(one, actor=request.user, now=timezone.now())
        messages.success(request, _("もう一度送ります。送られると、状態が「送信済み」に変わります。"))
    except LetterRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:letter", one.public_id)


@staff_page
@require_POST
def letter_cancel(request: StaffRequest, public_id: str) -> HttpResponse:
    one = _the_letter(request, public_id)
    try:
        cancel(one, actor=request.user)
        messages.success(request, _("手紙を取りやめました。「もう一度送る」で戻せます。"))
    except LetterRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:letter", one.public_id)


def _the_letter(request: StaffRequest, public_id: str) -> Letter:
    """The town's own letter, or 404; 403 with the reason for those who may not open the outbox."""
    one = get_object_or_404(Letter.objects.of(town(request)).select_related("person"), public_id=public_id)
    stop_if(why_not_open_outbox(request.user, None, today()))
    return one
