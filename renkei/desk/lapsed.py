"""A form sent after the session has lapsed: the sign-in page carries what was typed, without a script."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from renkei.accounts import provider, saml
from renkei.desk.session.forms import SignInForm
from renkei.desk.typed import Typed, as_text, from_text, typed_in

SIGNED_OUT = 403


def asked_to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page; what was typed goes with the person and comes back afterwards as a draft."""
    typed = typed_in(request.POST) if request.method == "POST" else {}
    if not typed:
        return redirect_to_login(request.get_full_path())
    address = typed_at(request)
    context = {
        "title": _("サインイン"),
        "form": SignInForm(),
        "next": f"{address}?draft=use",
        "typed": as_text(typed),
        "typed_at": address,
        "has_files": bool(request.FILES),
        "has_provider": provider.configured() is not None,
        "has_saml": saml.is_configured(),
        "has_mail": bool(settings.EMAIL_HOST),
    }
    return render(request, "desk/session/sign_in.html", context, status=SIGNED_OUT)


def typed_at(request: HttpRequest) -> str:
    """The page on which it was typed: mostly the address itself, else the one that the form stood on."""
    came_from = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure()):
        return urlsplit(came_from).path or request.path
    return request.path


def carried(request: HttpRequest) -> tuple[str, Typed]:
    """The page and what was typed there, as a sign-in carries it; empty where it carries nothing."""
    address = request.POST.get("typed_at", "")
    return (address, from_text(request.POST.get("typed", ""))) if is_ours(address) else ("", {})


def is_ours(address: str) -> bool:
    """Whether it is a path on this site, however a browser may read it."""
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
