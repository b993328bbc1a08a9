"""Letters of the outbox: written once for their key, sent again or cancelled by a person."""

from datetime import datetime
from typing import Required, TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements.services import Refused
from renkei.audit.services import record
from renkei.municipalities.models import Municipality
from renkei.reminders import events
from renkei.reminders.models import Channel, Letter, LetterKind, LetterState

LONGEST_SUBJECT, LONGEST_NAME = 400, 60


class Given(TypedDict, total=False):
    """What a letter is made of."""

    kind: Required[LetterKind]
    subject: Required[str]
    plain: Required[str]
    now: Required[datetime]
    html: str
    calendar: str
    person: User | None
    address: str
    name: str
    channel: Channel


class LetterRefused(Refused):
    """The letter cannot be sent again or cancelled; str() says why."""


def write_letter(municipality: Municipality, *, key: str, **given: Unpack[Given]) -> Letter:
    """Write a letter once for its key, inside the transaction of its cause; it leaves after the commit.

    To a person (their mail address), or to an address. A key that was used before gives the letter of that time.
    """
    known = Letter.objects.of(municipality).filter(key=key).first()
    if known:
        return known
    letter = unsent_letter(municipality, key=key, **given)
    try:
        with transaction.atomic():
            letter.save(force_insert=True)
    except IntegrityError:  # another machine was first
        return Letter.objects.of(municipality).get(key=key)
    return letter


def unsent_letter(municipality: Municipality, *, key: str, **given: Unpack[Given]) -> Letter:
    """A letter that is not stored yet, for who writes many at once."""
    person = given.get("person")
    to = given.get("address") or (person.email if person else "")
    called = given.get("name") or (person.name if person else "")
    return Letter(
        municipality=municipality,
        key=key,
        channel=given.get("channel", Channel.MAIL),
        kind=given["kind"],
        person=person,
        # A partner's name may be longer than an envelope is wide.
        name=called if len(called) <= LONGEST_NAME else f"{called[: LONGEST_NAME - 1]}…",
        address=to,
        subject=" ".join(given["subject"].split())[:LONGEST_SUBJECT],
        plain=given["plain"],
        html=given.get("html", ""),
        calendar=given.get("calendar", ""),
        state=LetterState.WAITING if to else LetterState.FAILED,
        error="" if to else _no_address(called),
        written_at=given["now"],
        next_try_at=given["now"],
    )


@transaction.atomic
def resend(letter: Letter, *, actor: User, now: datetime) -> Letter:
    """Send a letter again that failed or was cancelled, to the person's present address; one that waits, now."""
    if letter.kind == LetterKind.INVITATION and not letter.plain:
        raise LetterRefused(_("招待の手紙は中身を残していません。もう一度招待してください。"))
    address = letter.person.email if letter.person and letter.channel == Channel.MAIL else letter.address
    if not address:
        raise LetterRefused(_no_address(letter.name))
    again = (LetterState.FAILED, LetterState.CANCELLED, LetterState.WAITING)
    done = Letter.objects.filter(pk=letter.pk, state__in=again).update(
        state=LetterState.WAITING, address=address, next_try_at=now, attempts=0, doubts=0, error=""
    )
    if not done:
        raise LetterRefused(_("いま送っているか、すでに送った手紙です。画面を読み直してください。"))
    record(events.LETTER_RESENT, actor, letter, municipality=letter.municipality)
    return letter


@transaction.atomic
def cancel(letter: Letter, *, actor: User) -> Letter:
    """Cancel a letter that has not left the machine."""
    stopped = (LetterState.WAITING, LetterState.FAILED)
    if not Letter.objects.filter(pk=letter.pk, state__in=stopped).update(state=LetterState.CANCELLED):
        raise LetterRefused(
            _("いま送っているか、すでに送ったか、取りやめた手紙です。画面を読み直してください。")
        )
    record(events.LETTER_CANCELLED, actor, letter, municipality=letter.municipality)
    return letter


def _no_address(name: str) -> str:
    return _("%(name)sさんのメールアドレスが登録されていません。登録してから送り直してください。") % {
        "name": name
    }
