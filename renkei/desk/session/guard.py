"""At every request to the desk: whether the session still holds, and whether a second factor is wanted first."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.accounts.second_factor import PROVED, has_second_factor, must_have_second_factor
from renkei.accounts.sittings import Sitting, leave, see, sit_down
from renkei.accounts.standing import STANDING, standing_of
from renkei.desk.session.entering import visit_of

NO_ACTIVITY = {"session_left", "field_register", "field_worker"}
"""What a page asks by itself; nobody did anything."""

WITHOUT_SECOND_FACTOR = {
    "sign_in", "sign_out", "session_left", "session_extend", "security", "security_app", "security_confirm",
    "security_passkey", "security_passkey_asked", "security_codes",
}  # fmt: skip
"""The addresses that lead to a second factor; whoever must have one and has none sees nothing else."""


class Guard:
    """Stands before every view of the desk; what a view asks comes later."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.has_header("Cache-Control") and _is_signed_in(request):
            add_never_cache_headers(response)  # refusals and pages that are not there name the person too
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        found = request.resolver_match
        if found is None or found.app_name != "desk" or not isinstance(request.user, User):
            return None
        moment = timezone.now()
        if not _goes_on(request, request.user, moment, found.url_name or ""):
            _sign_out(request)
            return None
        return _led_to_second_factor(request, request.user, found.url_name or "", moment)


def _is_signed_in(request: HttpRequest) -> bool:
    """Whether the answer was made for a person; one that was made for everybody is not asked for whom."""
    return bool(request.session.accessed and SESSION_KEY in request.session)


def _sign_out(request: HttpRequest) -> None:
    leave(request.session.session_key)
    logout(request)


def _goes_on(request: HttpRequest, user: User, moment: datetime, name: str) -> bool:
    """Whether the session holds: the person still works here, and was not away too long."""
    day = timezone.localdate(moment)
    if user.has_left(day):
        return False
    began_as = request.session.get(STANDING)
    if began_as is not None and began_as != standing_of(user, day):
        messages.info(request, _("役割が変わったので、もう一度サインインしてください。"))
        return False
    key = request.session.session_key or ""
    sitting = Sitting.objects.filter(session_key=key, user=user).first()
    if sitting is None:
        visit = visit_of(request)
        sitting = sit_down(user.pk, key, device=visit.device, address=visit.address, at=moment)
    if moment - sitting.seen_at > timedelta(seconds=settings.IDLE_SECONDS):
        return False
    if name not in NO_ACTIVITY:
        see(sitting, at=moment)
    left = settings.IDLE_SECONDS - int((moment - sitting.seen_at).total_seconds())
    request.idle = {"left": left, "warning": settings.IDLE_WARNING_SECONDS}  # type: ignore[attr-defined]
    return True


def _led_to_second_factor(
    request: HttpRequest, user: User, name: str, moment: datetime
) -> HttpResponse | None:
    if request.session.get(PROVED) or not must_have_second_factor(user, day=timezone.localdate(moment)):
        return None
    if has_second_factor(user):
        # Signed in before the rule or the factor was there: the person signs in again and proves it.
        _sign_out(request)
        return None
    return None if name in WITHOUT_SECOND_FACTOR else redirect("desk:security")
