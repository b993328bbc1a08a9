"""Coming in: by a link to a mail address, with a password, or with a passkey."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from renkei.accounts.passkeys import PasskeyRefused, ask_for_any
from renkei.correspondents.links import link_of
from renkei.correspondents.models import Purpose
from renkei.correspondents.refusals import CorrespondentRefused, FloodedToday, TooOften
from renkei.correspondents.services.entering import ask_to_enter, enter_by_link
from renkei.correspondents.services.signing_in import sign_in_with_passkey, sign_in_with_password
from renkei.counter.entry.coming import ASKED, How, answered, asked_from, come_in, site_of
from renkei.counter.entry.forms import EnterForm, PasswordSignInForm
from renkei.counter.entry.windows import coordinating_division
from renkei.counter.visitor import CounterRequest, leave, now, own_page, town_page, visitor_of
from renkei.ui.network import network_address

GONE, TOO_MANY = 410, 429


def status_of(refusal: Exception) -> int:
    """Too many tries have a status of their own."""
    return TOO_MANY if isinstance(refusal, TooOften | FloodedToday) else 422


@town_page
def enter(request: CounterRequest) -> HttpResponse:
    """One field, the mail address; the answer is the same for every address."""
    wanted = request.POST.get("next", request.GET.get("next", ""))
    if visitor_of(request, request.town) and "again" not in request.GET and request.method == "GET":
        return redirect(own_page(request.town, wanted))
    form = EnterForm(request.POST or None, at=now())
    status = 422 if request.method == "POST" else 200
    if form.is_valid():
        try:
            ask_to_enter(
                request.town,
                form.cleaned_data["email"],
                Purpose.ENTER,
                own_page(request.town, wanted),
                now(),
                place=network_address(request),
                site=asked_from(request),
            )
            return redirect("counter:enter_sent", request.town.code)
        except CorrespondentRefused as refusal:
            form.add_error(None, str(refusal))
            status = status_of(refusal)
    return _shown(request, "counter/entry/enter.html", form, wanted, status)


def _shown(
    request: CounterRequest, template: str, form: EnterForm | PasswordSignInForm, wanted: str, status: int
) -> HttpResponse:
    context = {
        "title": _("窓口に入る"),
        "town": request.town,
        "form": form,
        "next": wanted,
        "carried": urlencode({"next": wanted}) if wanted else "",
        "has_mail": bool(settings.EMAIL_HOST),
        "window": coordinating_division(request.town),
    }
    return render(request, template, context, status=status)


@town_page
def sent(request: CounterRequest) -> HttpResponse:
    """What to do now; it says the same to everybody."""
    context = {
        "title": _("リンクを送りました"),
        "town": request.town,
        "window": coordinating_division(request.town),
    }
    return render(request, "counter/entry/sent.html", context)


@sensitive_post_parameters("password")
@town_page
def password(request: CounterRequest) -> HttpResponse:
    """Address and password."""
    wanted = request.POST.get("next", request.GET.get("next", ""))
    form = PasswordSignInForm(request.POST or None)
    status = 422 if request.method == "POST" else 200
    if form.is_valid():
        given = form.cleaned_data
        try:
            person = sign_in_with_password(
                request.town, given["email"], given["password"], now(), place=network_address(request)
            )
            return come_in(request, person, How.PASSWORD, wanted)
        except CorrespondentRefused as refusal:
            form.add_error(None, str(refusal))
            status = status_of(refusal)
    return _shown(request, "counter/entry/password.html", form, wanted, status)


@town_page
def link(request: CounterRequest, token: str) -> HttpResponse:
    """A link from a mail: opening it shows a button, since mail scanners open links too; pressing it lets in."""
    found = link_of(token, at=now())
    if found is None or found.municipality_id != request.town.pk:
        return _gone(request)
    if request.method == "POST":
        try:
            used = enter_by_link(token, now())
        except CorrespondentRefused:
            return _gone(request)
        return come_in(request, used.correspondent, How.LINK, used.target)
    context = {"title": _("窓口に入る"), "town": request.town, "email": found.correspondent.email}
    return render(request, "counter/entry/link.html", context | {"partner": found.organisation})


def _gone(request: CounterRequest) -> HttpResponse:
    context = {"title": _("使えないリンク"), "town": request.town}
    return render(request, "counter/entry/link_gone.html", context, status=GONE)


@require_POST
@town_page
def passkey_asked(request: CounterRequest) -> HttpResponse:
    """What the browser asks its passkeys."""
    asked, request.session[ASKED] = ask_for_any(site_of(request))
    return JsonResponse(asked)


@require_POST
@town_page
def passkey(request: CounterRequest) -> HttpResponse:
    """Come in with what the passkey answered."""
    try:
        answer, remembered = answered(request)
        person = sign_in_with_passkey(request.town, answer, remembered, site_of(request), now())
    except (PasskeyRefused, CorrespondentRefused):
        messages.error(
            request, _("パスキーで入れませんでした。もう一度試すか、メールのリンクで入ってください。")
        )
        return redirect(f"{reverse('counter:enter', args=[request.town.code])}?again")
    return come_in(request, person, How.PASSKEY, request.POST.get("next", ""))


@require_POST
@town_page
def out(request: CounterRequest) -> HttpResponse:
    """Leave the counter."""
    leave(request, request.town)
    messages.success(request, _("窓口を出ました。"))
    return redirect("counter:enter", request.town.code)
