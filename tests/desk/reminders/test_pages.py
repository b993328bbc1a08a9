"""The pages about reminders: settings, outbox, calendars, and what the first page says."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from renkei.accounts.models import Role
from renkei.audit.models import Entry
from renkei.reminders.models import DigestChoice, Feed, Letter, LetterKind, LetterState, ReminderSettings
from renkei.reminders.services import refresh
from tests.factories import a_division, a_municipality, a_user
from tests.reminders.writing import a_letter, an_ending

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)


def sent(client: Client, name: str, *given: str, **fields: str) -> str:
    """Posts the form, follows, and gives the page."""
    answer = client.post(reverse(f"desk:{name}", args=given), fields, follow=True)
    return answer.content.decode()


def settings_form(**given: str) -> dict[str, str]:
    return {
        "distances": "１８０、60 14日前",
        "escalation_days": "１０",
        "chat_address": "",
        "version": "0",
        **given,
    }


def test_distances_are_taken_in_any_spelling_and_told(clerk):
    page = sent(clerk, "reminder_settings", **settings_form())
    assert "督促の設定を変えました" in page
    assert 'value="180、60、14"' in page
    held = ReminderSettings.objects.get()
    assert (held.distances, held.escalation_days) == ([180, 60, 14], 10)
    told = Entry.objects.get(event="reminders.settings_changed")
    assert told.changes["reminders.remindersettings.distances"] == [[180, 90, 30, 7], [180, 60, 14]]
    assert "reminders.remindersettings.chat_address" not in told.changes


def test_the_secret_of_the_chats_address_is_not_told(clerk, settings):
    settings.WEBHOOK_HOSTS = ["chat.example.jp"]
    for version, secret in enumerate(("abcdefgh", "ijklmnop")):
        address = f"https://chat.example.jp/hooks/{secret}"
        sent(clerk, "reminder_settings", **settings_form(chat_address=address, version=str(version)))
    told = Entry.objects.filter(event="reminders.settings_changed").latest("number")
    before, after = told.changes["reminders.remindersettings.chat_address"]
    assert before != after and before.startswith("chat.example.jp (")
    assert "abcdefgh" not in str(told.changes) and "ijklmnop" not in str(told.changes)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"distances": ""}, "一つ以上入れてください"),
        ({"distances": "ずっと前"}, "例: 180、90、30、7"),
        ({"distances": "5000"}, "0から1095まで"),
        ({"distances": "1 2 3 4 5 6 7 8 9 10 11"}, "10個"),
        ({"escalation_days": " "}, "例: 14"),
        ({"escalation_days": "7、8"}, "日数を一つだけ"),
        ({"chat_address": "https://chat.example.jp/x"}, "RENKEI_WEBHOOK_HOSTSにchat.example.jpを足す"),
        ({"version": "7"}, "ほかの人が先に設定を変えました"),
    ],
)
def test_what_cannot_be_set_is_answered_with_what_to_do(clerk, wrong, said):
    answer = clerk.post(reverse("desk:reminder_settings"), settings_form(**wrong))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not ReminderSettings.objects.exists()


def test_of_two_who_set_at_once_the_second_is_told(clerk):
    sent(clerk, "reminder_settings", **settings_form())
    assert "ほかの人が先に設定を変えました" in sent(
        clerk, "reminder_settings", **settings_form(distances="90")
    )
    assert ReminderSettings.objects.get().distances == [180, 60, 14]


def test_a_reader_sees_the_settings_with_the_reason_why_not(reader):
    page = reader.get(reverse("desk:reminder_settings")).content.decode()
    assert "管理者か総括課の担当者だけが変えられます" in page
    assert reader.post(reverse("desk:reminder_settings"), settings_form()).status_code == 403


def test_the_outbox_says_what_waits_what_failed_and_what_to_set(clerk, settings):
    settings.EMAIL_HOST = ""
    a_letter(NOW, subject="待つ手紙")
    a_letter(NOW, subject="戻った手紙")
    Letter.objects.filter(subject="戻った手紙").update(state=LetterState.FAILED, error="550 いません")
    page = clerk.get(reverse("desk:outbox")).content.decode()
    assert "RENKEI_MAIL_HOST" in page
    assert "550 いません" in page
    failed = clerk.get(reverse("desk:outbox"), {"state": "failed"}).content.decode()
    assert "戻った手紙" in failed
    assert "待つ手紙" not in failed
    assert (
        "この状態の手紙はありません" in clerk.get(reverse("desk:outbox"), {"state": "sent"}).content.decode()
    )


def test_a_letter_is_cancelled_and_sent_again(clerk):
    letter = a_letter(NOW, plain="一行目\n<b>二行目</b>")
    page = clerk.get(reverse("desk:letter", args=[letter.public_id])).content.decode()
    assert "&lt;b&gt;二行目" in page
    assert "取りやめました" in sent(clerk, "letter_cancel", letter.public_id)
    assert "取りやめた手紙です" in sent(clerk, "letter_cancel", letter.public_id)
    assert "もう一度送ります" in sent(clerk, "letter_resend", letter.public_id)
    assert Letter.objects.get().state == LetterState.WAITING


def test_the_text_of_an_invitation_is_shown_to_nobody(clerk):
    letter = a_letter(NOW, kind=LetterKind.INVITATION, plain="https://town.example.jp/secret")
    assert "secret" not in clerk.get(reverse("desk:letter", args=[letter.public_id])).content.decode()


def test_another_towns_letter_does_not_exist(clerk):
    letter = a_letter(NOW)
    Letter.objects.update(municipality=a_municipality("011002"))
    assert clerk.get(reverse("desk:letter", args=[letter.public_id])).status_code == 404


def test_an_address_is_made_shown_and_renewed(clerk, client):
    assert "まだありません。" in clerk.get(reverse("desk:calendars")).content.decode()
    page = sent(clerk, "calendar_renew", of="me")
    old = reverse("desk:calendar_feed", args=[(feed := Feed.objects.get()).public_id, feed.secret])
    assert f"http://testserver{old}" in page
    page = sent(clerk, "calendar_renew", of="me")
    assert old not in page
    assert Client().get(old).status_code == 410


def test_who_may_make_which_address():
    division, other = a_division(name="防災課"), a_division(name="環境課")
    person = a_user(role=Role.RESPONSIBLE, division=division, sign_in_name="bosai")
    window = Client()
    window.force_login(person)
    answers = {
        of: window.post(reverse("desk:calendar_renew"), {"of": of}).status_code
        for of in ("me", division.public_id, other.public_id, "town", "nowhere")
    }
    assert list(answers.values()) == [302, 302, 403, 403, 404]
    page = window.get(reverse("desk:calendars")).content.decode()
    assert "防災課" in page
    assert "環境課" not in page


def test_the_digest_is_switched_off_and_on(clerk):
    assert "いまは受け取っていません" in sent(clerk, "digest_choice", is_wanted="no")
    assert not DigestChoice.objects.get().is_wanted
    assert "いまは受け取っています" in sent(clerk, "digest_choice", is_wanted="yes")


def test_the_first_page_says_what_falls_due_ten_lines_at_most(clerk):
    day = timezone.localdate()
    division = a_division()
    for number in range(12):
        an_ending((day + timedelta(days=number + 1)).isoformat(), title=f"協定{number:02}", division=division)
    an_ending((day + timedelta(days=40)).isoformat(), title="まだ先の協定")
    refresh(a_municipality(), day, NOW)
    page = clerk.get(reverse("desk:home")).content.decode()
    shown = page[page.index("今日のしごと") :]
    assert shown.count("防災課の判断を待っています") == 10
    assert shown.index("協定00") < shown.index("協定09")
    assert "ほかに2件あります" in shown
    assert "まだ先の協定" not in shown


def test_the_first_page_names_letters_that_did_not_go(clerk):
    a_letter(NOW, address="", name="見本 花子")
    assert "送れない手紙が1通あります" in clerk.get(reverse("desk:home")).content.decode()


def test_the_first_page_of_a_reader_has_nothing_to_decide(reader):
    day = timezone.localdate()
    an_ending((day + timedelta(days=3)).isoformat(), title="近い協定")
    refresh(a_municipality(), day, NOW)
    page = reader.get(reverse("desk:home")).content.decode()
    assert "判断を待っている期限は、いまはありません" in page
