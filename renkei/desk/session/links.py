"""Coming in by a link: an invitation, or a forgotten password."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from renkei.accounts.links import SignInLink, link_of
from renkei.accounts.passkeys import PasskeyRefused, ask_for_new
from renkei.accounts.second_factor import has_second_factor
from renkei.desk.session.entering import let_in, site_of, visit_of
from renkei.desk.session.forms import ForgottenForm, NewPasswordForm
from renkei.desk.session.letters import hand_over
from renkei.desk.session.sign_in import ASKED, answered, stop_half_way
from renkei.people.services.factors import FactorRefused
from renkei.people.services.invitations import (
    InvitationRefused,
    enter_by_link,
    enter_by_link_with_passkey,
    forgotten_link,
)
from renkei.people.services.sign_in import How, LockedOut

GONE = 410


@sensitive_post_parameters()
@never_cache
def page(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a password or make a passkey; the link is used by that."""
    link = link_of(token, at=timezone.now())
    if link is None:
        return render(
            request, "desk/session/link_gone.html", {"title": gettext_lazy("使えないリンク")}, status=GONE
        )
    form = NewPasswordForm(None if "answer" in request.POST else request.POST or None)
    if request.method == "POST":
        try:
            if "answer" in request.POST:
                return _with_passkey(request, link)
            if form.is_valid():
                user = enter_by_link(link, password=form.cleaned_data["new_password"], at=timezone.now())
                return stop_half_way(request, user, How.LINK, "") or let_in(request, user, How.LINK, "")
        except (InvitationRefused, FactorRefused) as refusal:
            form.add_error(None, str(refusal)) if form.is_bound else messages.error(request, str(refusal))
    context = {
        "title": gettext_lazy("サインインの準備"), "form": form, "link": link, "person": link.user, "token": token,
        "may_make_passkey": not has_second_factor(link.user),
    }  # fmt: skip
    return render(request, "desk/session/link.html", context, status=422 if form.errors else 200)


@require_POST
@never_cache
def passkey_asked(request: HttpRequest, token: str) -> JsonResponse:
    """What the browser is asked so that it makes the first passkey of whoever is invited."""
    link = link_of(token, at=timezone.now())
    if link is None or has_second_factor(link.user):
        raise Http404
    asked, request.session[ASKED] = ask_for_new(link.user, site_of(request))
    return JsonResponse(asked)


def _with_passkey(request: HttpRequest, link: SignInLink) -> HttpResponse:
    try:
        answer, remembered = answered(request)
    except PasskeyRefused as nothing:
        raise FactorRefused(_("パスキーを登録できませんでした。もう一度押してください。")) from nothing
    user = enter_by_link_with_passkey(link, answer, remembered, site_of(request), at=timezone.now())
    return let_in(request, user, How.LINK_AND_PASSKEY, reverse("desk:security_codes"), proved=True)


@never_cache
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link by mail; the answer is the same for every name. Without mail there is no such page."""
    if not settings.EMAIL_HOST:
        raise Http404
    form = ForgottenForm(request.POST or None)
    if form.is_valid():
        try:
            link = forgotten_link(form.cleaned_data["username"], visit_of(request))
            if link:
                hand_over(link, request.build_absolute_uri(reverse("desk:sign_in_link", args=[link.token])))
            messages.success(
                request,
                _(
                    "この名前の職員がいてメールアドレスが登録されていれば、リンクを送りました。1時間使えます。"
                ),
            )
            return redirect("desk:sign_in")
        except LockedOut as refusal:
            form.add_error(None, str(refusal))
    context = {
        "title": gettext_lazy("パスワードを忘れたとき"), "form": form, "button": gettext_lazy("リンクを送る"),
        "lead": gettext_lazy("登録されているメールアドレスに、パスワードを決め直すリンクを送ります。"),
    }  # fmt: skip
    return render(request, "desk/session/form.html", context, status=422 if form.errors else 200)
