"""Signing out, and the first page."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from renkei.accounts.sittings import leave
from renkei.agreements.audience import Audience
from renkei.desk.session.waiting_work import waiting_work
from renkei.desk.staff import StaffRequest, staff_page, today, town
from renkei.disasters.models import Incident
from renkei.ledger.models import Batch, BatchState
from renkei.procedures.tasks import first_of_each, tasks_of
from renkei.reminders.today import today_of
from renkei.reports.figures import register_on

WAITING_SHOWN = 10


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    leave(request.session.session_key)
    logout(request)
    return redirect("desk:sign_in")


@staff_page
def home(request: StaffRequest) -> HttpResponse:
    day = today()
    waiting = first_of_each(tasks_of(request.user, day))
    return render(
        request,
        "desk/session/home.html",
        {
            "title": _("今日の台帳"),
            "town": town(request),
            "day": day,
            "incidents": Incident.objects.of(town(request)).running(),
            "figures": register_on(Audience.staff(town(request)), day),
            "work": today_of(request.user, day),
            "waiting_work": waiting_work(request.user, day),
            "waiting": waiting[:WAITING_SHOWN],
            "waiting_more": max(len(waiting) - WAITING_SHOWN, 0),
            "batches": Batch.objects.of(town(request)).filter(state=BatchState.READY)[:5],
        },
    )
