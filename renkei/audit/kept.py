"""Ends of chains as they leave the machine: one line each, in a mail, on paper or in a backup; and read again."""

import email
import email.policy
import json
import re
from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _

SIGN = "renkei-head"
LINE = re.compile(rf"{SIGN}\s+(\d{{6}})\s+(\d+)\s+([0-9a-f]{{64}})")
QUOTED = re.compile(r"^[>\s|]+", re.MULTILINE)
HEADER = re.compile(rb"\A(?:From |[A-Za-z][A-Za-z0-9-]*:)")


class KeptHead(NamedTuple):
    """The end of a chain at some time: municipality code, number and digest of its last entry."""

    code: str
    number: int
    digest: str

    @property
    def line(self) -> str:
        """As it leaves the machine."""
        return f"{SIGN} {self.code} {self.number} {self.digest}"


class HeadsRefused(ValueError):
    """No end of a chain can be read there; str() says what to give."""


def as_text(heads: Iterable[KeptHead]) -> str:
    """One line for each chain."""
    return "".join(f"{head.line}\n" for head in heads)


def read_heads(content: bytes) -> list[KeptHead]:
    """All heads in a mail as saved, in a text, or in the JSON of earlier versions; refuses what holds none."""
    text = _text_of(content)
    found = [KeptHead(code, int(number), digest) for code, number, digest in LINE.findall(text)]
    found = found or _from_json(text)
    if not found:
        raise HeadsRefused(
            _(
                "末尾の控え(「%(sign)s」で始まる行)が見つかりません。届いたメールか、audit_headの出力をそのまま渡してください。"
            )
            % {"sign": SIGN}
        )
    return found


def _text_of(content: bytes) -> str:
    """The readable text: the plain part of a mail where it is one, marks of quoting taken away."""
    text = content.decode("utf-8", errors="replace")
    if HEADER.match(content):
        message = email.message_from_bytes(content, policy=email.policy.default)
        plain = message.get_body(("plain", "html"))
        if plain is not None and message["Content-Type"]:
            text = str(plain.get_content())
    return QUOTED.sub("", text)


def _from_json(text: str) -> list[KeptHead]:
    try:
        kept = json.loads(text)
        return [KeptHead(str(code), int(number), str(digest)) for code, (number, digest) in kept.items()]
    except (ValueError, TypeError, AttributeError):
        return []
