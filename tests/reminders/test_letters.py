"""Letters of the outbox: once for their key, sent again or cancelled by a person, and told."""

from datetime import timedelta

import pytest

from renkei.audit.models import Entry
from renkei.reminders.models import Letter, LetterKind, LetterState
from renkei.reminders.services import LetterRefused, cancel, resend
from tests.factories import a_user
from tests.reminders.writing import a_letter

pytestmark = pytest.mark.django_db


def test_a_key_is_used_once_in_a_town(now):
    first = a_letter(now, key="same", subject="一通目")
    second = a_letter(now, key="same", subject="二通目")
    assert first.pk == second.pk
    assert Letter.objects.get().subject == "一通目"


def test_a_name_longer_than_the_outbox_holds_is_cut_and_shows_that_it_was(now):
    letter = a_letter(now, name="見本" * 150)
    letter.refresh_from_db()
    assert letter.name == "見本" * 29 + "見…"
    assert a_letter(now, name="見本" * 30).name == "見本" * 30, "what fits stays whole"


@pytest.mark.parametrize("state", [LetterState.FAILED, LetterState.CANCELLED, LetterState.WAITING])
def test_what_did_not_leave_can_be_sent_again_to_the_persons_present_address(now, state):
    actor = a_user()
    actor.email = "new@town.example.jp"
    actor.save()
    letter = a_letter(now, address="", person=actor)
    Letter.objects.update(
        state=state, attempts=9, doubts=2, address="old@town.example.jp", error="断られました"
    )
    resend(letter, actor=actor, now=now + timedelta(hours=1))
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.doubts, letter.error) == (LetterState.WAITING, 0, 0, "")
    assert letter.address == "new@town.example.jp"
    assert Entry.objects.last().sentence == "見本 花子が手紙「期限のお知らせ」をもう一度送ることにしました"


@pytest.mark.parametrize("state", [LetterState.SENT, LetterState.SENDING])
def test_what_left_or_is_leaving_is_neither_sent_again_nor_cancelled(now, state):
    letter = a_letter(now)
    Letter.objects.update(state=state)
    told = Entry.objects.count()
    for verb in (
        lambda: resend(letter, actor=a_user(), now=now),
        lambda: cancel(letter, actor=letter.person),
    ):
        with pytest.raises(LetterRefused, match="画面を読み直して"):
            verb()
    assert Letter.objects.get().state == state
    assert Entry.objects.count() == told


def test_a_cancelled_letter_is_not_sent(now):
    letter = a_letter(now)
    cancel(letter, actor=a_user())
    assert not Letter.objects.to_send_at(now + timedelta(days=1)).exists()


def test_an_invitation_that_was_sent_is_not_sent_again(now):
    letter = a_letter(now, kind=LetterKind.INVITATION, plain="")
    with pytest.raises(LetterRefused, match="もう一度招待"):
        resend(letter, actor=a_user(), now=now)


def test_a_person_without_an_address_is_named_again(now):
    letter = a_letter(now, address="", person=a_user())
    with pytest.raises(LetterRefused, match="メールアドレスが登録されていません"):
        resend(letter, actor=letter.person, now=now)
