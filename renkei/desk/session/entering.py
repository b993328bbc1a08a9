"""From where somebody comes, and letting somebody in."""

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from renkei.accounts.models import User
from renkei.accounts.passkeys import Site
from renkei.accounts.second_factor import PROVED
from renkei.accounts.standing import STANDING, standing_of
from renkei.desk.drafts import keep_carried
from renkei.people.services.sign_in import How, Visit, signed_in
from renkei.ui.network import network_address

BACKEND = "django.contrib.auth.backends.ModelBackend"
HALF_WAY = "half_way"
CONFIRMED = "confirmed"


def visit_of(request: HttpRequest) -> Visit:
    """The address that asks, as far as the proxies in front are known, the browser's own name, and now."""
    return Visit(
        at=timezone.now(), address=network_address(request), device=request.headers.get("User-Agent", "")
    )


def site_of(request: HttpRequest) -> Site:
    """What passkeys are bound to."""
    origin = f"{request.scheme}://{request.get_host()}"
    return Site(host=request.get_host().rpartition(":")[0] or request.get_host(), origin=origin)


def safe_next(request: HttpRequest, asked: str) -> str:
    """Where the person wanted to go, if that is a page of ours; otherwise the first page."""
    is_ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    # "desk" or "x" alone would be taken for the name of a page by `redirect`.
    if is_ours and "/" in asked:
        return asked
    return resolve_url(settings.LOGIN_REDIRECT_URL)


def let_in(request: HttpRequest, user: User, how: How, wanted: str, *, proved: bool = False) -> HttpResponse:
    """Open a session under a new key, tell it, and go where the person wanted to go; `proved`: by two factors."""
    visit = visit_of(request)
    _open(request, user, how, visit, proved=proved)
    request.session[CONFIRMED] = {"*": visit.at.timestamp()}
    keep_carried(request)  # what was typed before the session lapsed comes back as a draft
    return redirect(safe_next(request, wanted))


def stay_signed_in(request: HttpRequest, user: User, how: How) -> None:
    """After all sessions of the person ended: go on in this one, under a new key."""
    _open(request, user, how, visit_of(request), proved=bool(request.session.get(PROVED)))


def _open(request: HttpRequest, user: User, how: How, visit: Visit, *, proved: bool) -> None:
    login(request, user, backend=BACKEND)
    if not request.session.session_key:
        request.session.create()
    request.session[PROVED] = proved
    request.session[STANDING] = standing_of(user, timezone.localdate(visit.at))
    signed_in(user, request.session.session_key or "", how, visit)
