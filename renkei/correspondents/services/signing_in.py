"""Coming to the counter with a password or a passkey: counted before the password is looked at, as at the desk."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from renkei.accounts import lock_out
from renkei.accounts.passkeys import PasskeyRefused, Site, proved_among
from renkei.audit.services import record
from renkei.correspondents import events
from renkei.correspondents.models import Correspondent, CounterPasskey
from renkei.correspondents.refusals import EntryRefused, TooOften
from renkei.municipalities.models import Municipality


def key_of_password(town: Municipality, email: str) -> str:
    """Under what wrong passwords of a mail address are counted."""
    return lock_out.key_of("counter", f"{town.code}:{email}")


def sign_in_with_password(
    town: Municipality, email: str, password: str, at: datetime, *, place: str = ""
) -> Correspondent:
    """The person of this address and password; an unknown address costs as much work and gets the same answer."""
    named, from_there = key_of_password(town, email), lock_out.key_of("counter-from", place)
    if not (
        lock_out.take_a_try(from_there, limit=settings.TRIES_PER_ADDRESS, at=at)
        and lock_out.take_a_try(named, at=at)
    ):
        raise TooOften
    person = (
        Correspondent.objects.of(town).active().with_address(email).select_related("organisation").first()
    )
    if not _is_right(person, password) or person is None:
        _tell_failure(person, _("パスワード"))
        raise EntryRefused(
            _(
                "メールアドレスかパスワードが違います。確かめてもう一度入れるか、メールのリンクで入ってください。"
            )
        )
    lock_out.give_back(from_there, lock_out.forgive(named))
    _tell(person, _("パスワード"))
    return person


def _is_right(person: Correspondent | None, password: str) -> bool:
    """Whether it is the person's password; where there is none to compare with, the same work is done."""
    if person is None or not person.password or person.confirmed_at is None:
        make_password(password)
        return False
    return person.has_password(password)


def prove_password(person: Correspondent, password: str, at: datetime) -> None:
    """Take the password of somebody who has come in already; counted like any other."""
    named = key_of_password(person.municipality, person.email)
    if not lock_out.take_a_try(named, at=at):
        raise TooOften
    if not _is_right(person, password):
        _tell_failure(person, _("パスワード"))
        raise EntryRefused(
            _("いまのパスワードが違います。忘れたときは、メールのリンクで入り直してください。")
        )
    lock_out.forgive(named)


def sign_in_with_passkey(
    town: Municipality, answer: Mapping[str, Any], remembered: Mapping[str, Any], site: Site, at: datetime
) -> Correspondent:
    """The person of this town whose passkey the browser's answer proves."""
    mine = CounterPasskey.objects.filter(
        correspondent__municipality=town, correspondent__closed_at=None
    ).select_related("correspondent__organisation", "correspondent__municipality")
    try:
        person = proved_among(mine, answer, remembered, site, at=at).correspondent
    except PasskeyRefused as refusal:
        raise EntryRefused(
            _("パスキーで入れませんでした。もう一度試すか、メールのリンクで入ってください。")
        ) from refusal
    _tell(person, _("パスキー"))
    return person


@transaction.atomic
def _tell(person: Correspondent, how: str) -> None:
    record(events.ENTERED, person.as_actor, person, municipality=person.municipality, how=how)


@transaction.atomic
def _tell_failure(person: Correspondent | None, how: str) -> None:
    """Tell the town of a person whose address was used; of one that nobody has there is nothing to tell."""
    if person:
        record(events.SIGN_IN_FAILED, None, person, municipality=person.municipality, how=how)
