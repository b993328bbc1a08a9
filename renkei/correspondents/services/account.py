"""What a partner's person says of themselves and signs in with; each change is told."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from renkei.accounts.passkeys import PasskeyRefused, Site, keep_passkey
from renkei.audit.events import Event
from renkei.audit.services import record
from renkei.correspondents import events
from renkei.correspondents.models import Correspondent, CounterPasskey
from renkei.correspondents.refusals import CorrespondentRefused

COLUMNS = ("name", "organisation_name", "unit", "phone")


@transaction.atomic
def describe(person: Correspondent, facts: Mapping[str, str]) -> Correspondent:
    """Keep what the person says of themselves; it opens nothing."""
    changes = {
        f"correspondents.correspondent.{name}": (getattr(person, name), facts[name])
        for name in COLUMNS
        if getattr(person, name) != facts[name]
    }
    if changes:
        Correspondent.objects.of(person.municipality).filter(pk=person.pk).update(
            **{name: facts[name] for name in COLUMNS}
        )
        person.refresh_from_db()
        _told(events.DESCRIBED, person, changes=changes)
    return person


@transaction.atomic
def choose_password(person: Correspondent, password: str) -> Correspondent:
    """Keep a new password; every session of the person ends, since each is bound to the password."""
    try:
        validate_password(password)
    except ValidationError as weak:
        raise CorrespondentRefused(" ".join(weak.messages)) from weak
    people = Correspondent.objects.of(person.municipality)
    people.filter(pk=person.pk).update(password=make_password(password))
    _told(events.PASSWORD_CHOSEN, person)
    person.refresh_from_db()
    return person


@transaction.atomic
def add_passkey(
    person: Correspondent,
    answer: Mapping[str, Any],
    remembered: Mapping[str, Any],
    site: Site,
    *,
    name: str,
    at: datetime,
) -> CounterPasskey:
    """Keep a passkey that the browser has made."""
    try:
        with transaction.atomic():
            passkey: CounterPasskey = keep_passkey(person, answer, remembered, site, name=name, at=at)
    except (PasskeyRefused, IntegrityError) as refusal:
        raise CorrespondentRefused(
            _("パスキーを登録できませんでした。もう一度試すか、別の端末や鍵を使ってください。")
        ) from refusal
    _told(events.PASSKEY_ADDED, person)
    return passkey


@transaction.atomic
def remove_passkey(person: Correspondent, public_id: str) -> None:
    """Take one passkey away; a link by mail always remains as a way in."""
    if person.passkeys.filter(public_id=public_id).delete()[0]:
        _told(events.PASSKEY_REMOVED, person)


@transaction.atomic
def end_other_sessions(person: Correspondent) -> Correspondent:
    """All sessions of the person end; the one that asks begins anew."""
    person.end_sessions()
    person.refresh_from_db()
    return person


def _told(event: Event, person: Correspondent, **more: Any) -> None:
    record(event, person.as_actor, person, municipality=person.municipality, **more)
