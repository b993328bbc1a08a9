"""Looking after another person's signing in: unlock, devices, lost factors, a fresh link, in or out at all."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.accounts.second_factor import has_app
from renkei.desk.session.letters import hand_over
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.people.services import access
from renkei.people.services.factors import take_factors_away
from renkei.people.services.invitations import InvitationRefused, new_link
from renkei.people.sign_in_permissions import why_not_look_after, why_not_unlock

SHOWN_LINK = "shown_link"
NOT_FOR_ONESELF = {"factors", "link"}
"""Here nobody proves again who it is; on the pages of one's own sign-in one does."""


@staff_page
def page(request: StaffRequest, public_id: str) -> HttpResponse:
    person = get_object_or_404(User.objects.of(town(request)), public_id=public_id)
    if request.method == "POST":
        return _done(request, person)
    moment = timezone.now()
    why_not = why_not_look_after(request.user, day=today())
    stop_if(why_not and why_not_unlock(request.user, day=today()))
    context = {
        "title": _("%(name)s さんのサインイン") % {"name": person.name},
        "person": person,
        "is_locked_out": access.is_locked_out(person, at=moment),
        "has_app": has_app(person),
        "passkey_count": person.passkeys.count(),
        "may_look_after": why_not is None,
        "is_self": person.pk == request.user.pk,
        "sittings": person.sittings.seen_since(moment - timedelta(seconds=settings.IDLE_SECONDS)),
        "shown_link": _link_to_show(request, person),
    }
    return render(request, "desk/session/person.html", context)


def show_once(request: StaffRequest, person: User, address: str) -> None:
    """Let the next page about this very person show the link."""
    request.session[SHOWN_LINK] = {person.public_id: address}


def _link_to_show(request: StaffRequest, person: User) -> str | None:
    """The link that waits for this person; another's stays where it is."""
    if person.public_id not in request.session.get(SHOWN_LINK, {}):
        return None
    address: str = request.session.pop(SHOWN_LINK)[person.public_id]
    return address


def _done(request: StaffRequest, person: User) -> HttpResponse:
    """Do what the pressed button says, and come back."""
    act = request.POST.get("act", "")
    stop_if((why_not_unlock if act == "unlock" else why_not_look_after)(request.user, day=today()))
    if act in NOT_FOR_ONESELF and person.pk == request.user.pk:
        messages.error(request, _("自分のことは、本人の確認のある「サインインの設定」で変えてください。"))
        return redirect("desk:security")
    try:
        if act in ACTS:
            messages.success(request, ACTS[act](request, person))
        else:
            messages.error(request, _("何をするか分かりませんでした。もう一度押してください。"))
    except (access.AccessRefused, InvitationRefused) as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:person_sign_in", person.public_id)


def _unlock(request: StaffRequest, person: User) -> str:
    access.unlock(person, actor=request.user)
    return _("サインインの停止を解きました。")


def _end(request: StaffRequest, person: User) -> str:
    access.end_session(person, request.POST.get("sitting", ""), actor=request.user)
    return _("その端末をサインアウトしました。")


def _end_all(request: StaffRequest, person: User) -> str:
    access.end_sessions(person, actor=request.user)
    return _("すべての端末をサインアウトしました。")


def _take_factors(request: StaffRequest, person: User) -> str:
    take_factors_away(person, actor=request.user)
    return _(
        "認証アプリ・パスキー・予備コードを外しました。本人と確かめたうえで、新しいリンクを渡してください。"
    )


def _link(request: StaffRequest, person: User) -> str:
    link = new_link(person, actor=request.user, at=timezone.now())
    address = request.build_absolute_uri(reverse("desk:sign_in_link", args=[link.token]))
    if hand_over(link, address):
        return _("%(mail)s にリンクを送りました。") % {"mail": person.email}
    show_once(request, person, address)
    return _("リンクを作りました。下のリンクを、本人に確かに届く方法で渡してください。")


def _deactivate(request: StaffRequest, person: User) -> str:
    access.deactivate(person, actor=request.user, day=today(), reason=request.POST.get("reason", "")[:200])
    return _("使えなくしました。すべての端末もサインアウトしました。")


def _reactivate(request: StaffRequest, person: User) -> str:
    access.reactivate(person, actor=request.user, at=timezone.now())
    return _("また使えるようにしました。")


ACTS: dict[str, Callable[[StaffRequest, User], str]] = {
    "unlock": _unlock, "end": _end, "end_all": _end_all, "factors": _take_factors, "link": _link,
    "deactivate": _deactivate, "reactivate": _reactivate,
}  # fmt: skip
