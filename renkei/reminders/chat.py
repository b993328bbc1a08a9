"""Letters to a chat: a text posted to an address that the town set and the operator allowed."""

import http.client
import ipaddress
import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from renkei.reminders.delivery import Doubtful, NotNow, Rejected
from renkei.reminders.models import Letter

WITHIN_SECONDS = 10
"""For each step: connecting, and each piece of the answer."""

AT_MOST_SECONDS = 30
"""For the whole: a chat that answers a letter at a time would hold the outbox for ever."""

LATER = {408, 425, 429}


def why_not_address(address: str) -> str | None:
    """None if letters may be posted to the address; otherwise the sentence to show."""
    try:
        parts = urlsplit(address)
        host, _port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return _("アドレスとして読めません。例: https://chat.example.jp/hooks/abc")
    if not host or not (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))):
        return _("https:// で始まるアドレスを入れてください。例: https://chat.example.jp/hooks/abc")
    if host not in settings.WEBHOOK_HOSTS:
        return _(
            "%(host)sへの送信は許されていません。サーバーの管理者に、"
            "環境変数RENKEI_WEBHOOK_HOSTSに%(host)sを足すよう頼んでください。"
        ) % {"host": host}
    if parts.username is not None or not address.isascii() or not address.isprintable() or " " in address:
        return _(
            "アドレスに使えない文字(空白、全角の文字、@)があります。チャットで作ったアドレスをそのまま入れてください。"
        )
    return None


def is_loopback(host: str) -> bool:
    """Whether the host is this machine itself."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def deliver(letter: Letter) -> None:
    """Post the text; no redirection is followed, so that nothing else is ever asked."""
    if reason := why_not_address(letter.address):
        raise Rejected(reason)
    opened = _opened(letter.address)
    try:
        status = _posted(opened, letter)
    finally:
        opened.close()
    if status in LATER or status >= 500:
        raise NotNow(
            _("チャットがいまは受け取れないと答えました(%(status)s)。あとで自動で送ります。")
            % {"status": status}
        )
    if not 200 <= status < 300:
        raise Rejected(
            _("チャットが断りました(%(status)s)。督促の設定の「チャットの受け口」を確かめてください。")
            % {"status": status}
        )


def _opened(address: str) -> http.client.HTTPConnection:
    parts = urlsplit(address)
    host, port = parts.hostname or "", parts.port
    opened: http.client.HTTPConnection
    if parts.scheme == "https":
        trusted = ssl.create_default_context()
        opened = http.client.HTTPSConnection(host, port, timeout=WITHIN_SECONDS, context=trusted)
    else:
        opened = http.client.HTTPConnection(host, port, timeout=WITHIN_SECONDS)
    try:
        opened.connect()
    except OSError as error:
        opened.close()
        raise NotNow(
            _("チャット(%(host)s)につながりません(%(error)s)。つながり次第、自動で送ります。")
            % {"host": host, "error": error}
        ) from error
    return opened


def _posted(opened: http.client.HTTPConnection, letter: Letter) -> int:
    parts = urlsplit(letter.address)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {"Content-Type": "application/json; charset=utf-8"}
    try:
        with _cut_in_the_end(opened):
            opened.request(
                "POST", path, json.dumps({"text": letter.plain}, ensure_ascii=False).encode(), headers
            )
            return opened.getresponse().status
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise Doubtful(
            _("チャットに渡した後、答えがありませんでした(%(error)s)。") % {"error": error}
        ) from error


@contextmanager
def _cut_in_the_end(opened: http.client.HTTPConnection) -> Iterator[None]:
    """Inside, the line is cut when the time for the whole is over."""
    timer = threading.Timer(AT_MOST_SECONDS, _cut, [opened.sock])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _cut(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
