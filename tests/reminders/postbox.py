"""A real mail server that can be told to refuse, to wait, or to drop the line; and a strict reader of what it got."""

import base64
import binascii
import contextlib
import quopri
import re
from collections.abc import Callable, Iterator

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from machine.postgres import free_port

ENCODED = re.compile(r"=\?([^?]+)\?([bBqQ])\?([^?]*)\?=")


class Postbox:
    """What the server received, and how it answers: by receiver, or to everybody."""

    def __init__(self) -> None:
        self.received: list[tuple[str, bytes]] = []
        self.answers: dict[str, str] = {}
        self.drops_after_taking = False
        self.when_taken: Callable[[], None] = lambda: None

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.answers.get(address, "")
        if answer.startswith(("4", "5")):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.received.append((envelope.rcpt_tos[0], bytes(envelope.original_content or b"")))
        self.when_taken()
        if self.drops_after_taking:
            server.transport.abort()
        return "250 OK"

    @property
    def receivers(self) -> list[str]:
        return [address for address, _content in self.received]

    @property
    def message_ids(self) -> list[str]:
        return [headers_of(content)["message-id"] for _address, content in self.received]


@contextlib.contextmanager
def served(postbox: Postbox, port: int) -> Iterator[None]:
    """The server, while the block lasts."""
    controller = Controller(postbox, hostname="127.0.0.1", port=port, ready_timeout=10)
    controller.start()
    try:
        yield
    finally:
        controller.stop()


def a_port() -> int:
    return free_port()


def headers_of(content: bytes) -> dict[str, str]:
    """The headers as a strict reader of RFC 5322 and RFC 2047 sees them; what breaks a rule fails."""
    head = content.split(b"\r\n\r\n", 1)[0]
    assert b"\n" not in head.replace(b"\r\n", b"")
    found: dict[str, str] = {}
    for line in head.decode("ascii").split("\r\n"):
        assert len(line) <= 78, line
    for line in re.sub(r"\r\n(?=[ \t])", "", head.decode("ascii")).split("\r\n"):
        name, _colon, value = line.partition(":")
        assert name.lower() not in found
        found[name.lower()] = decoded(value.strip())
    return found


def decoded(value: str) -> str:
    """Encoded words in letters: each at most 75 long, each whole characters of UTF-8; the space between two is none."""
    joined = re.sub(r"(\?=)\s+(=\?)", r"\1\2", value)

    def word(found: re.Match[str]) -> str:
        charset, way, text = found.groups()
        assert len(found[0]) <= 75, found[0]
        assert charset.lower() == "utf-8"
        if way in "bB":
            return base64.b64decode(text, validate=True).decode("utf-8")
        return quopri.decodestring(text.replace("_", " ")).decode("utf-8")

    return ENCODED.sub(word, joined)


def parts_of(content: bytes) -> dict[str, str]:
    """The texts of a message by their type, read by hand: boundary, headers, base64."""
    body = content.split(b"\r\n\r\n", 1)[1]
    boundary = re.search(r'boundary="?([^";\s]+)', headers_of(content)["content-type"])
    pieces = body.split(b"--" + boundary[1].encode())[1:-1] if boundary else [content]
    found = {}
    for piece in pieces:
        headers = headers_of(piece.lstrip(b"\r\n"))
        text = piece.lstrip(b"\r\n").split(b"\r\n\r\n", 1)[1]
        assert headers["content-transfer-encoding"] == "base64"
        assert re.search(r'charset="?utf-8', headers["content-type"])
        with contextlib.suppress(binascii.Error):
            found[headers["content-type"].split(";")[0]] = base64.b64decode(text).decode("utf-8")
    return found
