"""Letters that a change asks for: a room below the outbox posts them inside its transaction, the outbox writes them.

`posted` is sent with `municipality`, `letter` and `now`; the outbox, which stands on a floor above, writes the letter
once for its key, in the same transaction: a change that is rolled back sends no letter, and one that is committed
loses none. Letters are composed in plain words here; addresses of pages come from `municipalities.pages`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from django.dispatch import Signal

from renkei.municipalities.models import Municipality

posted = Signal()
_quiet = ContextVar("quiet", default=False)


@dataclass(frozen=True, kw_only=True)
class PostedLetter:
    """A letter to one address; `key` is unique in the town: with a key that was used before nothing is written.

    `paragraphs` are plain text; `links` are pairs of what stands behind an address and the address. A secret letter
    carries a link that lets somebody in: nobody but the receiver may read it, and its text is not kept once sent.
    `calendar` is a meeting in the words of calendars (RFC 5546), with its METHOD: mail programs offer to take it in.
    """

    key: str
    address: str
    name: str
    subject: str
    paragraphs: tuple[str, ...]
    links: tuple[tuple[str, str], ...] = ()
    is_secret: bool = False
    calendar: str = ""


@contextmanager
def no_letters() -> Iterator[None]:
    """Nothing is posted inside: for a past that is written down afterwards, whose letters nobody is to get now."""
    before = _quiet.set(True)
    try:
        yield
    finally:
        _quiet.reset(before)


def is_quiet() -> bool:
    """Whether nothing is posted: then nobody need be looked up who would get a letter."""
    return _quiet.get()


def post(municipality: Municipality, letter: PostedLetter, *, now: datetime) -> None:
    """Post a letter inside the transaction of its cause; without an address nothing is written."""
    if letter.address and not is_quiet():
        posted.send(sender=PostedLetter, municipality=municipality, letter=letter, now=now)
