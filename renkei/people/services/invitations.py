"""Inviting people: whoever is invited chooses the password; nobody hands one out."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.accounts import lock_out
from renkei.accounts.links import Purpose, SignInLink, make_link, use_link
from renkei.accounts.models import Assignment, Role, User
from renkei.accounts.passkeys import Site
from renkei.accounts.second_factor import has_second_factor
from renkei.accounts.sittings import end_all
from renkei.audit.services import record
from renkei.municipalities.models import Division, Municipality
from renkei.people import sign_in_events as events
from renkei.people.services.factors import add_passkey
from renkei.people.services.sign_in import How, LockedOut, Visit

FORGOTTEN_LIMIT = 3


class InvitationRefused(ValueError):
    """The invitation cannot be made or taken; str() says why and what to do."""


@transaction.atomic
def invite(
    *,
    municipality: Municipality,
    sign_in_name: str,
    name: str,
    role: Role,
    starts_on: date,
    actor: User | None,
    at: datetime,
    email: str = "",
    division: Division | None = None,
) -> SignInLink:
    """Add a person with a role from a day on, and make the link with which the person comes in first."""
    if division is not None and division.municipality_id != municipality.pk:
        raise InvitationRefused(_("ほかの自治体の課です。"))
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                sign_in_name.strip(), name=name.strip(), email=email, municipality=municipality
            )
    except IntegrityError as taken:
        raise InvitationRefused(
            _("サインイン名「%(name)s」はすでに使われています。別の名前にしてください。")
            % {"name": sign_in_name}
        ) from taken
    Assignment.objects.create(user=user, division=division, role=role, starts_on=starts_on)
    record(events.INVITED, actor, user, municipality=municipality, role=role.label)
    return make_link(user.pk, municipality.pk, Purpose.INVITATION, at=at)


@transaction.atomic
def new_link(user: User, *, actor: User | None, at: datetime, purpose: Purpose | None = None) -> SignInLink:
    """A fresh link for somebody whose invitation ran out, or who cannot sign in any more."""
    if not user.is_active:
        raise InvitationRefused(_("使えない職員です。先に使えるようにしてから、リンクを作ってください。"))
    wanted = purpose or (Purpose.RESET if user.last_login else Purpose.INVITATION)
    link = make_link(user.pk, user.municipality_id, wanted, at=at)
    record(events.LINK_MADE, actor, user, municipality=user.municipality, purpose=wanted.label)
    return link


@transaction.atomic
def enter_by_link(link: SignInLink, *, password: str | None, at: datetime) -> User:
    """Take the link and set the password; without one where a passkey was made."""
    user = link.user
    if password is not None:
        try:
            validate_password(password, user)
        except ValidationError as weak:
            raise InvitationRefused(" ".join(weak.messages)) from weak
    if not use_link(link, at=at):
        raise InvitationRefused(_("このリンクは使い終わっています。管理者に新しいリンクを頼んでください。"))
    if password is not None:
        user.set_password(password)
        user.save(update_fields=["password"])
    _tell(link)
    user.refresh_from_db()
    return user


@transaction.atomic
def enter_by_link_with_passkey(
    link: SignInLink, answer: Mapping[str, Any], remembered: Mapping[str, Any], site: Site, *, at: datetime
) -> User:
    """Take the link with a passkey in place of a password; whoever has a factor already proves that instead."""
    if has_second_factor(link.user):
        raise InvitationRefused(_("パスキーか認証アプリが登録されています。パスワードを決め直してください。"))
    add_passkey(link.user, answer, remembered, site, name=_("はじめのパスキー"), at=at)
    return enter_by_link(link, password=None, at=at)


def forgotten_link(name: str, visit: Visit) -> SignInLink | None:
    """A link for whoever has forgotten the password and has a mail address; counted, so that nobody is flooded."""
    key = lock_out.key_of("forgotten", name)
    from_there = lock_out.key_of("forgotten from", visit.address)
    if not (
        lock_out.take_a_try(from_there, limit=settings.TRIES_PER_ADDRESS, at=visit.at)
        and lock_out.take_a_try(key, limit=FORGOTTEN_LIMIT, at=visit.at)
    ):
        raise LockedOut
    make_password(name)  # beside this hash, writing a letter or none takes no time
    user = User.objects.filter(sign_in_name=name, is_active=True).exclude(email="").first()
    if user is None or user.has_left(timezone.localdate(visit.at)):
        return None
    return new_link(user, actor=None, at=visit.at, purpose=Purpose.RESET)


def _tell(link: SignInLink) -> None:
    user = link.user
    if link.purpose == Purpose.RESET:
        end_all([user.pk])
        record(events.PASSWORD_CHANGED, user, user, municipality=user.municipality)
    else:
        record(events.JOINED, user, user, municipality=user.municipality, how=How.LINK.label)
