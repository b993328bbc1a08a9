"""Letters to partners' people; posted inside the transaction of their cause."""

from collections.abc import Sequence
from datetime import datetime

from renkei.correspondents.models import Correspondent
from renkei.municipalities.pages import counter_page
from renkei.municipalities.post import PostedLetter, post


def tell(
    person: Correspondent,
    cause: str,
    subject: str,
    paragraphs: Sequence[str],
    *,
    at: datetime,
    links: Sequence[tuple[str, str]] = (),
    is_secret: bool = False,
) -> None:
    """A letter to the person about one cause; a second one for the same cause is not written."""
    letter = PostedLetter(
        key=f"correspondent:{person.public_id}:{cause}"[:120],
        address=person.email,
        name=str(person),
        subject=f"【連携】{subject}",
        paragraphs=tuple(paragraphs),
        links=tuple(links),
        is_secret=is_secret,
    )
    post(person.municipality, letter, now=at)


def town_page(person: Correspondent, page: str = "") -> str:
    """A page of the person's town at the counter, for a letter; "" where the door's address is not set."""
    return counter_page(f"{person.municipality.code}/{page}")
