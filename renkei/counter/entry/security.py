"""あなたについて and サインインの設定: what a person says of themselves, password, passkeys, sessions."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from renkei.accounts.passkeys import PasskeyRefused, ask_for_new
from renkei.correspondents.refusals import CorrespondentRefused
from renkei.correspondents.services import account
from renkei.correspondents.services.signing_in import prove_password
from renkei.counter.entry.coming import ASKED, How, answered, came_lately, site_of
from renkei.counter.entry.entering import status_of
from renkei.counter.entry.forms import AboutForm, PasswordForm
from renkei.counter.visitor import VisitorRequest, let_in, now, own_page, visitor_page


@visitor_page
def about(request: VisitorRequest) -> HttpResponse:
    """Name, company, division and telephone: asked once, changed at any time."""
    visitor = request.visitor
    wanted = request.POST.get("next", request.GET.get("next", ""))
    written = {name: getattr(visitor, name) for name in account.COLUMNS}
    form = AboutForm(request.POST or None, initial=written, visitor=visitor)
    if form.is_valid():
        account.describe(visitor, {**written, **form.cleaned_data})
        return redirect(own_page(request.town, wanted))
    context = {
        "title": gettext_lazy("あなたについて"), "town": request.town, "visitor": visitor, "form": form, "next": wanted,
    }  # fmt: skip
    return render(request, "counter/entry/about.html", context, status=422 if form.errors else 200)


@visitor_page
def page(request: VisitorRequest) -> HttpResponse:
    """How the person signs in."""
    context = {
        "title": gettext_lazy("サインインの設定"),
        "town": request.town,
        "visitor": request.visitor,
        "passkeys": request.visitor.passkeys.all(),
    }
    return render(request, "counter/entry/security.html", context)


@sensitive_post_parameters()
@visitor_page
def password(request: VisitorRequest) -> HttpResponse:
    """A new password; all other sessions end."""
    visitor = request.visitor
    asks_old = bool(visitor.password) and not came_lately(request, How.LINK)
    form = PasswordForm(request.POST or None, asks_old=asks_old)
    status = 422 if request.method == "POST" else 200
    if form.is_valid():
        if not asks_old and not came_lately(request):
            return _asked_again(request)
        try:
            if asks_old:
                prove_password(visitor, form.cleaned_data["old_password"], now())
            let_in(request, account.choose_password(visitor, form.cleaned_data["new_password"]))
            messages.success(request, _("パスワードを決めました。ほかの端末では、入り直しが要ります。"))
            return redirect("counter:security", request.town.code)
        except CorrespondentRefused as refusal:
            form.add_error(None, str(refusal))
            status = status_of(refusal)
    context = {
        "title": gettext_lazy("パスワード"), "town": request.town, "visitor": visitor, "form": form,
        "asks_old": asks_old,
    }  # fmt: skip
    return render(request, "counter/entry/choose_password.html", context, status=status)


def _asked_again(request: VisitorRequest) -> HttpResponse:
    """Who came in a while ago comes in again before a way of signing in changes."""
    messages.info(request, _("安全のため、窓口に入り直してから続けてください。"))
    settings = reverse("counter:security", args=[request.town.code])
    carried = urlencode({"again": "", "next": settings})
    return redirect(f"{reverse('counter:enter', args=[request.town.code])}?{carried}")


@require_POST
@visitor_page
def passkey_asked(request: VisitorRequest) -> HttpResponse:
    """What the browser is asked so that it makes a passkey."""
    asked, request.session[ASKED] = ask_for_new(request.visitor, site_of(request))
    return JsonResponse(asked)


@visitor_page
def passkey(request: VisitorRequest) -> HttpResponse:
    """Make a passkey."""
    refusal = ""
    if request.method == "POST":
        if not came_lately(request):
            return _asked_again(request)
        try:
            answer, remembered = answered(request)
            name = " ".join(request.POST.get("name", "").split())[:40] or _("パスキー")
            account.add_passkey(request.visitor, answer, remembered, site_of(request), name=name, at=now())
            messages.success(request, _("パスキーを登録しました。次からはこれだけで入れます。"))
            return redirect("counter:security", request.town.code)
        except PasskeyRefused:
            refusal = _("パスキーを登録できませんでした。もう一度押してください。")
        except CorrespondentRefused as wrong:
            refusal = str(wrong)
    context = {
        "title": gettext_lazy("パスキーの登録"), "town": request.town, "visitor": request.visitor, "refusal": refusal,
    }  # fmt: skip
    return render(request, "counter/entry/passkey.html", context, status=422 if refusal else 200)


@require_POST
@visitor_page
def passkey_remove(request: VisitorRequest, public_id: str) -> HttpResponse:
    """Take one of one's own passkeys away."""
    passkey = get_object_or_404(request.visitor.passkeys, public_id=public_id)
    if not came_lately(request):
        return _asked_again(request)
    account.remove_passkey(request.visitor, public_id)
    messages.success(request, _("パスキー「%(name)s」を外しました。") % {"name": passkey.name})
    return redirect("counter:security", request.town.code)


@require_POST
@visitor_page
def others_end(request: VisitorRequest) -> HttpResponse:
    """Sign out everywhere else."""
    let_in(request, account.end_other_sessions(request.visitor))
    messages.success(request, _("ほかの端末では、窓口を出ました。"))
    return redirect("counter:security", request.town.code)
