"""What a mail server receives, read by a second reader that knows the rules and nothing of our writer."""

from email.utils import parsedate_to_datetime

import pytest

from renkei.reminders.models import Letter
from renkei.reminders.sending import send_some
from tests.reminders.postbox import decoded, headers_of, parts_of
from tests.reminders.writing import a_letter

pytestmark = pytest.mark.django_db
LONG = (
    "災害時における物資の供給に関する協定、廃棄物の収集運搬に関する協定および髙橋・𠮷田の見守りに関する協定 "
    * 4
)
SUBJECTS = [
    "Plain ASCII",
    "【連携】あと7日「災害時における協定」",
    "〜―‐①㈱髙﨑𠮷野家🏯",
    LONG.strip(),
    "A" * 300,
    "改行\r\nBcc: everybody@example.com\r\n\r\n本文",
]
NAMES = ["見本 花子", 'O\'Brien, "Pat" <x@y>', "長い" * 30, "髙𠮷", "ab" * 30]


def one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def received(postbox, now):
    """Sends one letter and gives what came."""

    def send(**given: object) -> bytes:
        postbox.received.clear()
        a_letter(now, **given)
        assert send_some(now) == 1, Letter.objects.first().error
        return postbox.received[0][1]

    return send


@pytest.mark.parametrize("subject", SUBJECTS, ids=range(len(SUBJECTS)))
def test_a_subject_arrives_as_it_was_written(received, subject):
    content = received(subject=subject)
    assert headers_of(content)["subject"] == one_line(subject)[:400]
    assert b"iso-2022-jp" not in content.lower()


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_name_arrives_as_it_was_written(received, name):
    to = headers_of(received(name=name[:60]))["to"]
    assert to.endswith("<uke0@town.example.jp>")
    shown = to.removesuffix("<uke0@town.example.jp>").strip().removeprefix('"').removesuffix('"')
    assert shown.replace("\\", "") == one_line(name[:60])


def test_a_subject_that_looks_encoded_is_not_decoded(received):
    content = received(subject="=?utf-8?b?5pel5pys?= のような件名")
    assert headers_of(content)["subject"] == "= ?utf-8?b?5pel5pys? = のような件名"


def test_what_a_machine_has_to_know_stands_in_the_headers(received, now):
    content = received()
    headers = headers_of(content)
    letter = Letter.objects.get()
    assert headers["message-id"] == f"<{letter.public_id}@town.example.jp>"
    assert headers["auto-submitted"] == "auto-generated"
    assert headers["from"] == "連携 <renkei@town.example.jp>"
    assert parsedate_to_datetime(headers["date"]) == now
    assert headers["date"].endswith("+0900")
    assert "list-unsubscribe" not in headers
    assert content.isascii()


def test_both_texts_arrive_whole(received):
    plain, html = "一行目\n.\n..点で始まる行\nFrom ここ\n" + "長い行" * 400, "<p>𠮷野&amp;<b>髙</b></p>"
    parts = parts_of(received(plain=plain, html=html))
    assert parts["text/plain"].replace("\r\n", "\n").rstrip("\n") == plain
    assert parts["text/html"].strip() == html


def test_the_reader_refuses_a_character_cut_in_two():
    with pytest.raises(UnicodeDecodeError):
        decoded("=?utf-8?b?5pel5pw=?= =?utf-8?b?rA==?=")
