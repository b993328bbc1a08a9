"""Proving once more who sits there, before what lets people in is changed."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from renkei.accounts.passkeys import PasskeyRefused, proved_by
from renkei.accounts.second_factor import has_app
from renkei.desk.session.entering import CONFIRMED, safe_next, site_of, visit_of
from renkei.desk.session.forms import CodeForm, ConfirmForm
from renkei.desk.session.sign_in import answered
from renkei.desk.staff import StaffRequest, staff_page
from renkei.people.services.sign_in import SignInRefused, prove_password, prove_second_factor

P = ParamSpec("P")
LASTS = 5 * 60


def confirmed_page(
    *, fresh: bool = False
) -> Callable[
    [Callable[Concatenate[StaffRequest, P], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, P], HttpResponseBase],
]:
    """A staff page for somebody who has just proved who it is; `fresh`: for this very address, not by signing in."""

    def decorate(
        view: Callable[Concatenate[StaffRequest, P], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def guarded(request: StaffRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not is_confirmed(request, fresh=fresh):
                return asked_to_confirm(request)
            return view(request, *args, **kwargs)

        return staff_page(guarded)

    return decorate


def asked_to_confirm(request: StaffRequest) -> HttpResponse:
    """On to the page that asks once more who it is, and back here."""
    return redirect(f"{reverse('desk:security_confirm')}?{urlencode({'next': request.path})}")


def is_confirmed(request: StaffRequest, *, fresh: bool) -> bool:
    """Whether the person proved within five minutes who it is, for this address or by signing in."""
    moments = request.session.get(CONFIRMED, {})
    known = [moments.get(request.path, 0), 0 if fresh else moments.get("*", 0)]
    return bool(timezone.now().timestamp() - max(known) < LASTS)


@sensitive_post_parameters("password", "code")
@staff_page
def page(request: StaffRequest) -> HttpResponse:
    """Password, code or passkey; then on to what was wanted."""
    wanted = safe_next(request, request.POST.get("next", request.GET.get("next", "")))
    user = request.user
    with_password = user.has_usable_password()
    form = (ConfirmForm if with_password else CodeForm)(
        None if "answer" in request.POST else request.POST or None
    )
    refusal = None
    if request.method == "POST":
        try:
            if "answer" in request.POST:
                _prove_passkey(request)
            elif form.is_valid() and with_password:
                prove_password(user, form.cleaned_data["password"], visit_of(request))
            elif form.is_valid():
                prove_second_factor(user, form.cleaned_data["code"], visit_of(request))
            if "answer" in request.POST or form.is_valid():
                request.session[CONFIRMED] = {
                    **request.session.get(CONFIRMED, {}),
                    wanted: timezone.now().timestamp(),
                }
                return redirect(wanted)
        except SignInRefused as wrong:
            refusal = str(wrong)
        except PasskeyRefused:
            refusal = str(gettext_lazy("パスキーで確かめられませんでした。もう一度試してください。"))
    context = {
        "title": gettext_lazy("本人の確認"), "form": form, "next": wanted, "refusal": refusal,
        "has_form": with_password or has_app(user), "has_passkey": user.passkeys.exists(),
    }  # fmt: skip
    return render(
        request, "desk/session/confirm.html", context, status=422 if refusal or form.errors else 200
    )


def _prove_passkey(request: StaffRequest) -> None:
    answer, remembered = answered(request)
    proved = proved_by(answer, remembered, site_of(request), at=timezone.now())
    if proved.user_id != request.user.pk:
        raise PasskeyRefused("The key belongs to somebody else.")
