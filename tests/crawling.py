"""Following every link of a door, and filling every text of a record with the same words."""

import re
from collections.abc import Iterable
from html import unescape
from urllib.parse import urldefrag, urljoin, urlsplit

from django.db import models
from django.test import Client

LINK = re.compile(r"""(?:href|action)=["']([^"']*)["']""")
KEPT = {
    "public_id",
    "code",
    "digest",
    "content",
    "media_type",
    "signed_as",
    "letter",
    "version",
    "corporate_number",
}


def crawl(client: Client, starts: Iterable[str], most: int = 400) -> dict[str, str]:
    """Address → text of all pages and downloads that links lead to; forms are not sent."""
    found: dict[str, str] = {}
    waiting = list(starts)
    while waiting and len(found) < most:
        address = waiting.pop(0)
        if address in found:
            continue
        answer = client.get(address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        found[address] = content.decode("utf-8", "replace")
        if answer["Content-Type"].startswith("text/html"):
            waiting += [link for link in links(found[address], address) if link not in found]
    assert not waiting, f"more than {most} pages"
    return found


def links(text: str, address: str) -> list[str]:
    """The addresses of the same site that a page leads to; filters on filters are followed once."""
    found = []
    for link in LINK.findall(text):
        target = urldefrag(urljoin(address, unescape(link))).url
        parts = urlsplit(target)
        if (
            not parts.netloc
            and parts.query.count("=") <= 1
            and not parts.path.startswith(("/static/", "/language/"))
        ):
            found.append(target)
    return found


def fill_with(words: str, *records: models.QuerySet) -> int:
    """Put the words into every text of the records; says how many texts."""
    filled = 0
    for rows in records:
        texts = [
            field.name
            for field in rows.model._meta.fields
            if isinstance(field, models.CharField | models.TextField)
            and not field.choices
            and field.name not in KEPT
        ]
        filled += len(texts) * rows.update(**dict.fromkeys(texts, words))
        if rows.model._meta.label == "agreements.Agreement":
            rows.update(remarks=[words])
    return filled
