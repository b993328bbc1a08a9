"""What reminders listen to, inside the transaction of the change: changed agreements, and letters that are posted."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from renkei.agreements.changes import changed
from renkei.municipalities.models import Municipality
from renkei.municipalities.post import PostedLetter, posted
from renkei.reminders.composing import Content, Line, Section
from renkei.reminders.models import LetterKind
from renkei.reminders.services.letters import write_letter
from renkei.reminders.tasks import refresh_in_background


def agreements_changed(sender: Any, ids: list[int], **kwargs: Any) -> None:
    """Ask for their deadlines to be looked at once the change is committed."""
    if ids:
        refresh_in_background.enqueue(list(ids))


def letter_posted(
    sender: Any, municipality: Municipality, letter: PostedLetter, now: datetime, **kwargs: Any
) -> None:
    """Write the letter that a change asks for."""
    links = tuple(Line(text, address) for text, address in letter.links if address)
    content = Content(
        subject=letter.subject,
        name=letter.name,
        lead="\n\n".join(letter.paragraphs),
        sections=(Section(_("開くページ"), links),) if links else (),
        closing="",
        signed_by=_("%(town)s(連携協定の窓口)") % {"town": municipality},
    )
    write_letter(
        municipality,
        kind=LetterKind.INVITATION if letter.is_secret else LetterKind.PROCEDURE,
        key=letter.key,
        subject=content.subject,
        plain=content.plain,
        html=content.html,
        calendar=letter.calendar,
        address=letter.address,
        name=letter.name,
        now=now,
    )


def connect() -> None:
    """Listen once."""
    posted.connect(letter_posted, dispatch_uid="reminders.posted")
    changed.connect(agreements_changed, dispatch_uid="reminders")
