"""Letters about results: one for a person, a day, an agreement and a cause, so that a busy day fills no mailbox."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.initiatives.models import Result
from renkei.initiatives.people import clerks_of, partners_of, people_of
from renkei.municipalities.pages import counter_page, desk_page
from renkei.municipalities.post import PostedLetter, is_quiet, post


def tell_partners(
    result: Result, cause: str, subject: str, paragraphs: Sequence[str], *, at: datetime
) -> None:
    """A letter to the people of the partners whom the result is about."""
    if is_quiet():
        return
    town, day = result.municipality, timezone.localdate(at)
    address = counter_page(f"{town.code}/work/{result.agreement.public_id}/")
    for person in people_of(partners_of(result.agreement, day, result.organisation), town):
        _post(result, cause, (person.email, str(person)), (subject, paragraphs), address, at)


def tell_division(
    result: Result, cause: str, subject: str, paragraphs: Sequence[str], *, at: datetime
) -> None:
    """A letter to the clerks of the division that answers for the result."""
    if is_quiet():
        return
    address = desk_page(f"results/?agreement={result.agreement.public_id}&state={result.state}")
    for person in clerks_of(result.division, result.municipality, timezone.localdate(at)):
        _post(result, cause, (person.email, person.name), (subject, paragraphs), address, at)


def _post(
    result: Result,
    cause: str,
    to: tuple[str, str],
    words: tuple[str, Sequence[str]],
    address: str,
    at: datetime,
) -> None:
    (email, name), (subject, paragraphs) = to, words
    about = _("協定: %(title)s") % {"title": result.agreement.title}
    letter = PostedLetter(
        key=f"result:{cause}:{result.agreement.public_id}:{timezone.localdate(at):%Y%m%d}:{email}"[:120],
        address=email,
        name=name,
        subject=f"【連携】{subject}",
        paragraphs=(*paragraphs, about),
        links=((_("実績のページ"), address),),
    )
    post(result.municipality, letter, now=at)
