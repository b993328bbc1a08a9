"""Letters to a chat over a real web server: allowed hosts only, no redirection, and the same care as with mail."""

import contextlib
import json
import socket
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from renkei.reminders.chat import why_not_address
from renkei.reminders.models import Channel, Letter, LetterState
from renkei.reminders.sending import send_some
from tests.reminders.writing import a_letter

pytestmark = pytest.mark.django_db


class Chat(HTTPServer):
    """A chat that answers with a status, or drops the line."""

    def __init__(self) -> None:
        self.received, self.status = [], 200
        super().__init__(("127.0.0.1", 0), Post)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hooks/abc?key=1"


class Post(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received.append((self.path, self.headers["Content-Type"], json.loads(content)))
        if self.server.status == 0:
            self.close_connection = True
            return
        self.send_response(self.server.status)
        self.send_header("Location", f"http://127.0.0.1:{self.server.server_port}/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_POST  # noqa: N815

    def log_message(self, *args: object) -> None:
        """In silence."""


@pytest.fixture
def chat(settings):
    settings.WEBHOOK_HOSTS = ["127.0.0.1"]
    server = Chat()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    with contextlib.suppress(OSError):
        server.shutdown()
    server.server_close()
    thread.join(5)


def a_message(now, chat) -> Letter:
    return a_letter(now, channel=Channel.CHAT, address=chat.address, plain="期限が近い協定が1件あります。")


def test_a_text_is_posted_once(chat, now):
    a_message(now, chat)
    assert send_some(now) == 1
    assert send_some(now + timedelta(days=1)) == 0
    assert chat.received == [
        ("/hooks/abc?key=1", "application/json; charset=utf-8", {"text": "期限が近い協定が1件あります。"})
    ]


@pytest.mark.parametrize(
    ("status", "state"),
    [(404, "failed"), (302, "failed"), (403, "failed"), (429, "waiting"), (500, "waiting"), (503, "waiting")],
)
def test_a_refusal_is_told_and_what_may_pass_is_tried_again(chat, now, status, state):
    letter, chat.status = a_message(now, chat), status
    send_some(now)
    letter.refresh_from_db()
    assert letter.state == state
    assert str(status) in letter.error
    assert [path for path, _kind, _content in chat.received] == ["/hooks/abc?key=1"]


def test_a_lost_answer_is_tried_once_more_and_then_flagged(chat, now):
    letter, chat.status = a_message(now, chat), 0
    for days in range(3):
        send_some(now + timedelta(days=days))
    letter.refresh_from_db()
    assert (letter.state, len(chat.received)) == (LetterState.FAILED, 2)
    assert "届いたかどうか分かりません" in letter.error


def test_a_chat_that_answers_a_letter_at_a_time_is_cut_off(now, settings, monkeypatch):
    settings.WEBHOOK_HOSTS = ["127.0.0.1"]
    monkeypatch.setattr("renkei.reminders.chat.AT_MOST_SECONDS", 0.2)
    with dripping() as port:
        letter = a_letter(now, channel=Channel.CHAT, address=f"http://127.0.0.1:{port}/hooks/abc")
        send_some(now)
    letter.refresh_from_db()
    assert (letter.state, letter.doubts) == (LetterState.WAITING, 1)
    assert "答えがありませんでした" in letter.error


@contextlib.contextmanager
def dripping():
    """A server that sends a piece of its answer again and again and never comes to the end."""
    ended = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            line, _address = server.accept()
            with line, contextlib.suppress(OSError):
                line.sendall(b"HTTP/1.1 ")
                while not ended.wait(0.02):
                    line.sendall(b"x")

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        ended.set()
        thread.join(5)


def test_a_chat_that_is_away_is_tried_again(chat, now):
    letter = a_message(now, chat)
    chat.shutdown()
    chat.server_close()
    send_some(now)
    letter.refresh_from_db()
    assert (letter.state, letter.doubts) == (LetterState.WAITING, 0)
    assert "つながりません" in letter.error


def test_a_host_that_is_not_allowed_any_more_is_never_asked(chat, now, settings):
    letter = a_message(now, chat)
    settings.WEBHOOK_HOSTS = []
    send_some(now)
    letter.refresh_from_db()
    assert letter.state == LetterState.FAILED
    assert "RENKEI_WEBHOOK_HOSTS" in letter.error
    assert chat.received == []


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("https://chat.example.jp/hooks/abc", None),
        ("https://CHAT.example.jp:8443/x", None),
        ("http://127.0.0.1:9/x", None),
        ("http://chat.example.jp/hooks/abc", "https://"),
        ("https://other.example.jp/", "RENKEI_WEBHOOK_HOSTS"),
        ("https://chat.example.jp.other.example/", "RENKEI_WEBHOOK_HOSTS"),
        ("https://chat.example.jp@other.example/", "RENKEI_WEBHOOK_HOSTS"),
        ("http://169.254.169.254/latest", "https://"),
        ("http://[::1]:80/", "RENKEI_WEBHOOK_HOSTS"),
        ("file:///etc/passwd", "https://"),
        ("https://[", "読めません"),
        ("https://chat.example.jp:99999/", "読めません"),
        ("ただの文", "https://"),
        ("https://hanako:" + "secret@chat.example.jp/hooks/abc", "使えない文字"),
        ("https://chat.example.jp/hooks/受け口", "使えない文字"),
        ("https://chat.example.jp/hooks/a b", "使えない文字"),
        ("https://chat.example.jp/hooks/a\r\nHost: other.example", "使えない文字"),
    ],
)
def test_which_addresses_may_be_asked(settings, address, why):
    settings.WEBHOOK_HOSTS = ["chat.example.jp", "127.0.0.1"]
    reason = why_not_address(address)
    assert reason is None if why is None else why in reason
