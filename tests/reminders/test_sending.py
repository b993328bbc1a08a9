"""The sender against a real mail server: refusing, down, slow, dropping the line, and back again."""

import contextlib
import socket
import threading
import time
from datetime import timedelta

import pytest

from renkei.accounts.models import Role
from renkei.reminders.models import Letter, LetterKind, LetterState
from renkei.reminders.sending import CLAIM_LASTS, MOST_ATTEMPTS, send_some, take_back
from tests.factories import a_user
from tests.reminders.postbox import Postbox, served
from tests.reminders.writing import a_letter

pytestmark = pytest.mark.django_db


def states() -> list[str]:
    return list(Letter.objects.order_by("pk").values_list("state", flat=True))


def test_a_letter_is_sent_once(postbox, now):
    a_letter(now, address="hanako@town.example.jp")
    assert send_some(now) == 1
    assert send_some(now + timedelta(days=1)) == 0
    assert postbox.receivers == ["hanako@town.example.jp"]
    sent = Letter.objects.get()
    assert (sent.state, sent.sent_at, sent.attempts, sent.doubts) == (LetterState.SENT, now, 1, 0)


def test_without_a_mail_server_letters_wait_to_be_read(now, settings):
    settings.EMAIL_HOST = ""
    a_letter(now)
    assert send_some(now) == 0
    assert states() == [LetterState.WAITING]
    assert Letter.objects.get().attempts == 0


def test_a_refused_address_is_told_and_does_not_stop_the_others(postbox, now):
    postbox.answers["gone@town.example.jp"] = "550 5.1.1 No such person"
    refused = a_letter(now, address="gone@town.example.jp")
    a_letter(now)
    assert send_some(now) == 1
    refused.refresh_from_db()
    assert refused.state == LetterState.FAILED
    assert "550 5.1.1 No such person" in refused.error
    assert "アドレスを確かめ" in refused.error
    assert len(postbox.received) == 1


def test_a_full_mailbox_is_tried_again_later(postbox, now):
    postbox.answers["full@town.example.jp"] = "452 4.2.2 Mailbox full"
    letter = a_letter(now, address="full@town.example.jp")
    send_some(now)
    letter.refresh_from_db()
    assert (letter.state, letter.doubts) == (LetterState.WAITING, 0)
    assert letter.next_try_at == now + timedelta(minutes=1)
    postbox.answers.clear()
    assert send_some(now + timedelta(seconds=59)) == 0
    assert send_some(now + timedelta(minutes=1)) == 1


def test_while_the_server_is_down_everything_waits_longer_each_time_and_is_sent_once_when_it_is_back(
    mail_port, now
):
    for _number in range(70):
        a_letter(now)
    moment, waits = now, []
    for _attempt in range(8):
        assert send_some(moment) == 0
        following = Letter.objects.values_list("next_try_at", flat=True).distinct().get()
        waits.append((following - moment) // timedelta(minutes=1))
        moment = following
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]
    assert "つながりません" in Letter.objects.first().error
    postbox = Postbox()
    with served(postbox, mail_port):
        assert send_some(moment) == 50
        assert send_some(moment) == 20
    assert len(set(postbox.receivers)) == len(postbox.received) == 70
    assert set(states()) == {LetterState.SENT}


def test_after_a_week_a_person_has_to_look(mail_port, now):
    a_letter(now)
    Letter.objects.update(attempts=MOST_ATTEMPTS - 1)
    send_some(now)
    letter = Letter.objects.get()
    assert letter.state == LetterState.FAILED
    assert "一週間" in letter.error


def test_a_line_lost_after_the_letter_was_taken_is_tried_once_more_under_the_same_id_and_then_flagged(
    postbox, now
):
    postbox.drops_after_taking = True
    letter = a_letter(now)
    send_some(now)
    letter.refresh_from_db()
    assert (letter.state, letter.doubts) == (LetterState.WAITING, 1)
    send_some(letter.next_try_at)
    letter.refresh_from_db()
    assert letter.state == LetterState.FAILED
    assert "届いたかどうか分かりません" in letter.error
    send_some(now + timedelta(days=30))
    assert len(postbox.received) == 2
    assert len(set(postbox.message_ids)) == 1


def test_a_letter_that_a_killed_program_had_claimed_comes_back(postbox, now):
    letter = a_letter(now)
    assert Letter.objects.claim(letter, now)
    assert send_some(now + CLAIM_LASTS) == 0
    assert send_some(now + CLAIM_LASTS + timedelta(seconds=1)) == 1
    assert len(postbox.received) == 1


def test_a_letter_claimed_twice_by_killed_programs_is_flagged_and_not_sent_again(postbox, now):
    letter = a_letter(now)
    moment = now
    for _time in range(2):
        assert Letter.objects.claim(letter, moment)
        moment += CLAIM_LASTS + timedelta(seconds=1)
        take_back(moment)
    assert send_some(moment) == 0
    assert states() == [LetterState.FAILED]
    assert "二度試しました" in Letter.objects.get().error


def test_of_two_senders_one_has_the_letter(now):
    letter = a_letter(now)
    same = Letter.objects.get()
    assert Letter.objects.claim(letter, now)
    assert not Letter.objects.claim(same, now)


def test_a_sender_whose_claim_was_taken_back_writes_nothing_down(now):
    letter = a_letter(now)
    assert Letter.objects.claim(letter, now)
    send_some(now + CLAIM_LASTS * 2)
    assert not Letter.objects.settle(letter, state=LetterState.SENT)
    assert states() == [LetterState.WAITING]


def test_a_server_that_never_answers_holds_nobody_longer_than_its_time(mail_port, now, settings):
    settings.EMAIL_TIMEOUT = 1
    for _number in range(3):
        a_letter(now)
    with a_tarpit(mail_port):
        began = time.monotonic()
        assert send_some(now) == 0
    assert time.monotonic() - began < 10
    assert set(states()) == {LetterState.WAITING}
    assert set(Letter.objects.values_list("doubts", flat=True)) == {0}


@contextlib.contextmanager
def a_tarpit(port: int):
    """A server that takes the line and says nothing."""
    listening = socket.create_server(("127.0.0.1", port))
    taken: list[socket.socket] = []

    def take() -> None:
        with contextlib.suppress(OSError):
            while True:
                taken.append(listening.accept()[0])

    thread = threading.Thread(target=take, daemon=True)
    thread.start()
    try:
        yield
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(5)
        for one in taken:
            one.close()


def test_somebody_without_an_address_is_named(now):
    person = a_user(role=Role.RESPONSIBLE)
    letter = a_letter(now, address="", name="", person=person)
    assert letter.state == LetterState.FAILED
    assert "見本 花子さんのメールアドレスが登録されていません" in letter.error


def test_an_address_that_mail_cannot_carry_is_refused_with_a_sentence(postbox, now):
    a_letter(now, address="花子@town.example.jp")
    send_some(now)
    letter = Letter.objects.get()
    assert letter.state == LetterState.FAILED
    assert "半角の英数字" in letter.error
    assert postbox.received == []


def test_an_invitation_leaves_nothing_behind_once_it_is_sent(postbox, now):
    a_letter(now, kind=LetterKind.INVITATION, plain="https://town.example.jp/secret")
    send_some(now)
    assert Letter.objects.get().plain == ""
    assert len(postbox.received) == 1


def test_a_batch_that_takes_long_ends_before_its_claims_look_left_behind(postbox, now, monkeypatch):
    for _number in range(3):
        a_letter(now)
    monkeypatch.setattr("renkei.reminders.sending.BATCH_SECONDS", 0)
    assert [send_some(now) for _time in range(4)] == [1, 1, 1, 0]
    assert len(set(postbox.receivers)) == 3


def test_a_sender_that_is_to_end_begins_no_further_letter(postbox, now):
    for _number in range(3):
        a_letter(now)
    assert send_some(now, is_ended=lambda: len(postbox.received) == 2) == 2
    assert states() == [LetterState.SENT, LetterState.SENT, LetterState.WAITING]


def test_what_waits_for_somebody_who_left_stays_here_and_is_shown(postbox, now):
    left = a_user()
    left.email = "left@town.example.jp"
    left.save()
    letter = a_letter(now, person=left, address=left.email, name=left.name, kind=LetterKind.REMINDER)
    type(left).objects.filter(pk=left.pk).update(is_active=False)
    assert send_some(now) == 0
    letter.refresh_from_db()
    assert letter.state == LetterState.FAILED and "いま連携を使っていない" in letter.error
    assert postbox.received == []


@pytest.mark.parametrize(
    "address",
    [
        "@",
        "花子",
        "a b@town.example.jp",
        "a@b@c",
        "<x>@town.example.jp",
        "a@",
        "a..b@x.jp",
        "x@" + "a" * 70 + ".jp",
    ],
)
def test_a_letter_that_cannot_be_written_down_stops_no_other(postbox, now, address):
    a_letter(now, address=address)
    a_letter(now, address="hanako@town.example.jp")
    send_some(now)
    assert "hanako@town.example.jp" in postbox.receivers
    poor = Letter.objects.order_by("pk").first()
    assert poor.state in (LetterState.FAILED, LetterState.SENT)
    assert poor.state == LetterState.SENT or poor.error
