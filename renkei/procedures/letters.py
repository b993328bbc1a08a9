"""Letters of a procedure: to the partner's people, to a division, to a person; posted inside the change."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.municipalities.models import Division
from renkei.municipalities.pages import counter_page, desk_page
from renkei.municipalities.post import PostedLetter, is_quiet, post
from renkei.procedures.models import Procedure
from renkei.procedures.people import addresses_of, clerks_of, participants

LONGEST_KEY = 120


def tell_partner(
    procedure: Procedure, key: str, subject: str, paragraphs: Sequence[str], *, at: datetime, page: str = ""
) -> None:
    """A letter to each of the partner's people who take part; `page` is a page of the procedure at the counter.

    Where nobody takes part at the counter (a proposal by telephone), to the address that the proposal names.
    """
    if is_quiet():
        return
    town = procedure.municipality
    address = counter_page(f"{town.code}/procedures/{procedure.public_id}/{page}")
    if not participants(procedure):
        address = ""
    for email, name in addresses_of(procedure):
        _post(procedure, f"{key}:{email}", email, name, (subject, paragraphs), address, at)


def tell_division(
    procedure: Procedure,
    division: Division | None,
    key: str,
    subject: str,
    paragraphs: Sequence[str],
    *,
    at: datetime,
    page: str = "",
    beside: str = "",
) -> None:
    """A letter to the clerks of a division (the coordinators where it has none); `page` is of the procedure's desk.

    `beside` is a page of the desk that does not lie under the procedure's own, as "procedures/answers/…/".
    """
    if is_quiet():
        return
    day = timezone.localdate(at)
    for person in clerks_of(division, procedure.municipality, day):
        tell_person(procedure, person, key, subject, paragraphs, at=at, page=page, beside=beside)


def tell_person(
    procedure: Procedure,
    person: User,
    key: str,
    subject: str,
    paragraphs: Sequence[str],
    *,
    at: datetime,
    page: str = "",
    beside: str = "",
) -> None:
    """A letter to one clerk."""
    address = desk_page(beside or f"procedures/{procedure.public_id}/{page}")
    _post(procedure, f"{key}:{person.pk}", person.email, person.name, (subject, paragraphs), address, at)


def _key(whole: str) -> str:
    """A key that fits its column; a long mail address at its end still tells one receiver from another."""
    if len(whole) <= LONGEST_KEY:
        return whole
    return hashlib.sha256(whole.encode()).hexdigest()


def _post(
    procedure: Procedure,
    key: str,
    email: str,
    name: str,
    words: tuple[str, Sequence[str]],
    address: str,
    at: datetime,
) -> None:
    subject, paragraphs = words
    about = _("件名: %(title)s(%(receipt)s)") % {"title": procedure.title, "receipt": procedure.receipt}
    letter = PostedLetter(
        key=_key(f"procedure:{procedure.public_id}:{key}"),
        address=email,
        name=name,
        subject=f"【連携】{subject}",
        paragraphs=(*paragraphs, about),
        links=((_("手続のページ"), address),),
    )
    post(procedure.municipality, letter, now=at)
