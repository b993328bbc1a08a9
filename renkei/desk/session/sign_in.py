"""Signing in: password, then a second factor where the person has one; or a passkey alone."""

import json
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from renkei.accounts import provider, saml
from renkei.accounts.models import User
from renkei.accounts.passkeys import PasskeyRefused, ask_for_any, proved_by
from renkei.accounts.second_factor import has_app, has_second_factor
from renkei.desk.drafts import keep_carried
from renkei.desk.session.entering import HALF_WAY, let_in, safe_next, site_of, visit_of
from renkei.desk.session.forms import CodeForm, SignInForm
from renkei.people.services.sign_in import (
    How,
    SignInRefused,
    person_half_way,
    prove_second_factor,
    sign_in_with_password,
)

HALF_WAY_LASTS = 10 * 60
ASKED = "passkey_asked"


@sensitive_post_parameters("password")
@csrf_protect
@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """Name and password; whoever is signed in already goes on."""
    wanted = request.POST.get("next", request.GET.get("next", ""))
    if request.user.is_authenticated:
        keep_carried(request)  # signed in meanwhile in another window
        return redirect(safe_next(request, wanted))
    form = SignInForm(request.POST or None)
    if form.is_valid():
        try:
            user = sign_in_with_password(
                form.cleaned_data["username"], form.cleaned_data["password"], visit_of(request)
            )
            return _after_password(request, user, wanted)
        except SignInRefused as refusal:
            form.add_error(None, str(refusal))
    context = {
        "title": gettext_lazy("サインイン"), "form": form, "next": wanted,
        "has_provider": provider.configured() is not None, "has_saml": saml.is_configured(),
        "has_mail": bool(settings.EMAIL_HOST), **carried_by(request),
    }  # fmt: skip
    return render(request, "desk/session/sign_in.html", context, status=422 if form.errors else 200)


def carried_by(request: HttpRequest) -> dict[str, str]:
    """What was typed before a session lapsed, as the sign-in page carries it."""
    return {name: request.POST.get(name, "") for name in ("typed", "typed_at")}


def _after_password(request: HttpRequest, user: User, wanted: str) -> HttpResponse:
    return stop_half_way(request, user, How.PASSWORD, wanted) or let_in(request, user, How.PASSWORD, wanted)


def stop_half_way(request: HttpRequest, user: User, how: How, wanted: str) -> HttpResponse | None:
    """Who has a second factor proves it on the next page; nobody is signed in until then."""
    if not has_second_factor(user):
        return None
    request.session.cycle_key()
    request.session[HALF_WAY] = {
        "user": user.public_id, "how": how.value, "next": wanted, "at": timezone.now().timestamp(),
        "ended": user.sessions_ended, **carried_by(request),
    }  # fmt: skip
    return redirect("desk:sign_in_second")


def _half_way(request: HttpRequest) -> tuple[User, dict[str, Any]] | None:
    """Who has come half-way in this session, not too long ago."""
    remembered = request.session.get(HALF_WAY)
    if not remembered or timezone.now().timestamp() - remembered["at"] > HALF_WAY_LASTS:
        return None
    user = person_half_way(remembered["user"], remembered["ended"])
    return (user, remembered) if user else None


@sensitive_post_parameters("code")
@never_cache
def second(request: HttpRequest) -> HttpResponse:
    """The second step: a code of the app, a recovery code or a passkey."""
    found = _half_way(request)
    if found is None:
        messages.error(request, _("時間がたちました。もう一度サインインしてください。"))
        return redirect("desk:sign_in")
    user, remembered = found
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            prove_second_factor(user, form.cleaned_data["code"], visit_of(request))
            request.session.pop(HALF_WAY, None)
            how = How(remembered["how"]).then(How.CODE)
            return let_in(request, user, how, remembered["next"], proved=True)
        except SignInRefused as refusal:
            form.add_error(None, str(refusal))
    context = {
        "title": gettext_lazy("サインインの確認"), "form": form, "person": user, "has_app": has_app(user),
        "has_passkey": user.passkeys.exists(), "typed": remembered["typed"], "typed_at": remembered["typed_at"],
    }  # fmt: skip
    return render(request, "desk/session/second.html", context, status=422 if form.errors else 200)


@require_POST
@never_cache
def passkey_asked(request: HttpRequest) -> JsonResponse:
    """What the browser asks its passkeys: any of this site, or those of the person who has come half-way."""
    found = _half_way(request)
    asked, remembered = ask_for_any(site_of(request), found[0] if found else None)
    request.session[ASKED] = remembered
    return JsonResponse(asked)


@require_POST
@never_cache
def passkey(request: HttpRequest) -> HttpResponse:
    """Sign in with what the passkey answered."""
    found, wanted = _half_way(request), request.POST.get("next", "")
    try:
        answer, remembered = answered(request)
        proved = proved_by(answer, remembered, site_of(request), at=timezone.now())
    except PasskeyRefused:
        return _not_let_in(request)
    user = proved.user
    if not user.is_active or user.has_left(timezone.localdate()) or (found and found[0].pk != user.pk):
        return _not_let_in(request)
    request.session.pop(HALF_WAY, None)
    how = How(found[1]["how"]).then(How.PASSKEY) if found else How.PASSKEY
    return let_in(request, user, how, found[1]["next"] if found else wanted, proved=True)


def answered(request: HttpRequest) -> tuple[dict[str, Any], dict[str, Any]]:
    """The browser's answer and what was asked; a question is answered once."""
    remembered = request.session.pop(ASKED, None)
    try:
        answer = json.loads(request.POST.get("answer", ""))
    except ValueError as wrong:
        raise PasskeyRefused("No JSON.") from wrong
    if not isinstance(answer, dict) or not remembered:
        raise PasskeyRefused("Nothing was asked.")
    return answer, remembered


def _not_let_in(request: HttpRequest) -> HttpResponse:
    messages.error(
        request,
        _("パスキーでサインインできませんでした。もう一度試すか、パスワードでサインインしてください。"),
    )
    return redirect("desk:sign_in")
