"""サインインの設定: one's own password, app, passkeys, recovery codes and devices."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from renkei.accounts.passkeys import PasskeyRefused, ask_for_new
from renkei.accounts.second_factor import PROVED, has_app, has_second_factor, must_have_second_factor
from renkei.accounts.totp import address_for_app, new_secret
from renkei.desk.session.confirming import asked_to_confirm, confirmed_page, is_confirmed
from renkei.desk.session.entering import CONFIRMED, site_of, stay_signed_in, visit_of
from renkei.desk.session.forms import AppForm, PasswordForm
from renkei.desk.session.sign_in import ASKED, answered
from renkei.desk.staff import StaffRequest, staff_page, today, town
from renkei.people.services.access import end_session, end_sessions
from renkei.people.services.factors import (
    FactorRefused,
    add_app,
    add_passkey,
    change_password,
    remove_app,
    remove_passkey,
    renew_recovery_codes,
)
from renkei.people.services.sign_in import How, SignInRefused, prove_password
from renkei.rules.two_dimensional_code import picture_of

SECRET = "new_app"  # noqa: S105 – the name under which a session keeps it until the app has shown a code


@staff_page
def page(request: StaffRequest) -> HttpResponse:
    user = request.user
    seen = timezone.now() - timedelta(seconds=settings.IDLE_SECONDS)
    has_two = has_second_factor(user)
    context = {
        "title": gettext_lazy("サインインの設定"),
        "has_app": has_app(user),
        "has_second_factor": has_two,
        "passkeys": user.passkeys.all(),
        "codes_left": user.recovery_codes.filter(used_at=None).count(),
        "must": not has_two and must_have_second_factor(user, day=today()),
        "sittings": user.sittings.seen_since(seen),
        "this_session": request.session.session_key,
    }
    return render(request, "desk/session/security.html", context)


@sensitive_post_parameters()
@staff_page
def password(request: StaffRequest) -> HttpResponse:
    """A new password; all other devices are signed out."""
    user = request.user
    form = PasswordForm(request.POST or None)
    if not user.has_usable_password():
        form.fields.pop("old_password")
        if not is_confirmed(request, fresh=False):
            return asked_to_confirm(request)
    if form.is_valid():
        try:
            if "old_password" in form.cleaned_data:
                prove_password(user, form.cleaned_data["old_password"], visit_of(request))
            change_password(user, form.cleaned_data["new_password"], actor=user)
            stay_signed_in(request, user, How.PASSWORD)
            messages.success(request, _("パスワードを変えました。ほかの端末はサインアウトしました。"))
            return redirect("desk:security")
        except (SignInRefused, FactorRefused) as refusal:
            form.add_error(None, str(refusal))
    context = {
        "title": gettext_lazy("パスワードの変更"), "form": form, "button": gettext_lazy("パスワードを変える"),
    }  # fmt: skip
    return render(request, "desk/session/form.html", context, status=422 if form.errors else 200)


@sensitive_variables("secret")
@confirmed_page()
def app(request: StaffRequest) -> HttpResponse:
    """Set up an authenticator app: a picture to read, and the first code to prove it."""
    if has_app(request.user):
        messages.info(request, _("認証アプリはもう登録されています。"))
        return redirect("desk:security")
    secret = request.session.setdefault(SECRET, new_secret())
    form = AppForm(request.POST or None)
    if form.is_valid():
        try:
            add_app(request.user, secret, form.cleaned_data["code"], at=timezone.now())
            request.session.pop(SECRET)
            request.session[PROVED] = True
            messages.success(request, _("認証アプリを登録しました。"))
            return _on_to_codes(request)
        except FactorRefused as refusal:
            form.add_error("code", str(refusal))
    issuer = _("連携 %(town)s") % {"town": town(request)}
    address = address_for_app(secret, issuer=issuer, name=request.user.sign_in_name)
    context = {
        "title": gettext_lazy("認証アプリの登録"), "form": form, "picture": picture_of(address),
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
    }  # fmt: skip
    return render(request, "desk/session/app.html", context, status=422 if form.errors else 200)


def _on_to_codes(request: StaffRequest) -> HttpResponse:
    """After the first factor the recovery codes; they are shown by a press, not by an address."""
    has_codes = request.user.recovery_codes.filter(used_at=None).exists()
    return redirect("desk:security" if has_codes else "desk:security_codes")


@confirmed_page(fresh=True)
def app_remove(request: StaffRequest) -> HttpResponse:
    """Take the app away; asked once more who it is."""
    if request.method == "POST":
        remove_app(request.user, actor=request.user)
        _used(request)
        messages.success(request, _("認証アプリを外しました。"))
        return redirect("desk:security")
    return _asked_to_remove(request, _("認証アプリ"))


@confirmed_page()
@require_POST
def passkey_asked(request: StaffRequest) -> JsonResponse:
    """What the browser is asked so that it makes a passkey."""
    asked, request.session[ASKED] = ask_for_new(request.user, site_of(request))
    return JsonResponse(asked)


@confirmed_page()
def passkey(request: StaffRequest) -> HttpResponse:
    """Make a passkey."""
    refusal = ""
    if request.method == "POST":
        try:
            answer, remembered = answered(request)
            name = request.POST.get("name", "").strip()[:40] or _("パスキー")
            add_passkey(request.user, answer, remembered, site_of(request), name=name, at=timezone.now())
            request.session[PROVED] = True
            messages.success(request, _("パスキーを登録しました。次からはこれだけでサインインできます。"))
            return _on_to_codes(request)
        except PasskeyRefused:
            refusal = _("パスキーを登録できませんでした。もう一度押してください。")
        except FactorRefused as wrong:
            refusal = str(wrong)
    context = {"title": gettext_lazy("パスキーの登録"), "refusal": refusal}
    return render(request, "desk/session/passkey.html", context, status=422 if refusal else 200)


@confirmed_page(fresh=True)
def passkey_remove(request: StaffRequest, public_id: str) -> HttpResponse:
    """Take a passkey away; asked once more who it is."""
    passkey = get_object_or_404(request.user.passkeys, public_id=public_id)
    if request.method == "POST":
        try:
            remove_passkey(request.user, public_id, actor=request.user)
            messages.success(request, _("パスキー「%(name)s」を外しました。") % {"name": passkey.name})
        except FactorRefused as refusal:
            messages.error(request, str(refusal))
        _used(request)
        return redirect("desk:security")
    return _asked_to_remove(request, passkey.name)


def _asked_to_remove(request: StaffRequest, what: str) -> HttpResponse:
    context = {"title": gettext_lazy("サインインの方法を外す"), "what": what}
    return render(request, "desk/session/remove.html", context)


def _used(request: StaffRequest) -> None:
    """A confirmation is good for one removal."""
    moments = dict(request.session.get(CONFIRMED, {}))
    moments.pop(request.path, None)
    request.session[CONFIRMED] = moments


@confirmed_page()
def codes(request: StaffRequest) -> HttpResponse:
    """Make recovery codes; they are shown in this one answer and nowhere else."""
    made: list[str] = []
    if request.method == "POST":
        try:
            made = renew_recovery_codes(request.user)
        except FactorRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("desk:security")
    file = "\r\n".join([_("連携 %(town)s 予備コード") % {"town": town(request)}, *made, ""])
    context = {
        "title": gettext_lazy("予備コード"), "codes": made, "file": file,
        "had": request.user.recovery_codes.filter(used_at=None).exists(),
    }  # fmt: skip
    return render(request, "desk/session/codes.html", context)


@staff_page
@require_POST
def sitting_end(request: StaffRequest, public_id: str) -> HttpResponse:
    """Sign out one of one's own devices."""
    if not end_session(request.user, public_id, actor=request.user):
        raise Http404
    messages.success(request, _("その端末をサインアウトしました。"))
    return redirect("desk:security")


@staff_page
@require_POST
def others_end(request: StaffRequest) -> HttpResponse:
    """Sign out everywhere else."""
    end_sessions(request.user, actor=request.user)
    request.user.refresh_from_db()
    stay_signed_in(request, request.user, How.GOING_ON)
    messages.success(request, _("ほかの端末をすべてサインアウトしました。"))
    return redirect("desk:security")
