"""Signing in and out, and the first page."""

from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from renkei.agreements.audience import Audience
from renkei.desk.session.forms import SignInForm
from renkei.desk.staff import StaffRequest, staff_page, today, town
from renkei.ledger.models import Batch, BatchState
from renkei.reports.figures import register_on


class SignIn(LoginView):
    """Sign-in name and password."""

    template_name = "desk/session/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_invalid(self, form: Any) -> HttpResponse:
        answer = super().form_invalid(form)
        answer.status_code = 422
        return answer


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("desk:sign_in")


@staff_page
def home(request: StaffRequest) -> HttpResponse:
    day = today()
    return render(
        request,
        "desk/session/home.html",
        {
            "title": _("今日の台帳"),
            "town": town(request),
            "day": day,
            "figures": register_on(Audience.staff(town(request)), day),
            "batches": Batch.objects.of(town(request)).filter(state=BatchState.READY)[:5],
        },
    )
