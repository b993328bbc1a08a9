"""The desk's pages of the yearly check: beginning it, telephoning, typing what came back, who may see numbers."""

import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from renkei.accounts.models import Role
from renkei.disasters.checks.return_address import return_address
from renkei.disasters.models import Capability, ContactCampaign, ContactCheck, EmergencyContact
from renkei.disasters.vocabulary import CheckState
from renkei.reminders.models import Letter
from tests.disaster_factories import a_capability, a_contact, a_contact_check
from tests.factories import a_division, a_user, an_agreement

pytestmark = pytest.mark.django_db
CHANNELS = (("mobile", "090-0000-0001"), ("mail", "kinkyu@example.com"))


@pytest.fixture
def agreement():
    made = an_agreement(form="disaster", division=a_division())
    a_contact(made, channels=CHANNELS)
    a_capability(made)
    an_agreement(title="応援の協定", form="mutual_aid", partners=("富良野町",))
    return made


@pytest.fixture
def window(agreement) -> Client:
    client = Client()
    client.force_login(a_user(role=Role.DISASTER_OFFICER, sign_in_name="bosai"))
    return client


def page_of(client: Client, name: str, *args: str) -> str:
    return client.get(reverse(f"desk:{name}", args=args)).content.decode()


def test_from_the_plan_to_the_end_of_a_check(window: Client, agreement):
    plan = page_of(window, "contact_campaign_new")
    assert "メールアドレスのない相手方 1者" in plan
    sent = {"year": ContactCampaign.__name__, "due_on": "", "request": ""}
    assert window.post(reverse("desk:contact_campaign_new"), sent).status_code == 422
    form = window.get(reverse("desk:contact_campaign_new")).context["form"]
    sent = {
        "year": form.initial["year"],
        "due_on": form.initial["due_on"].isoformat(),
        "request": "夜の番号も",
    }
    window.post(reverse("desk:contact_campaign_new"), sent)
    campaign = ContactCampaign.objects.get()
    assert "夜の番号も" in Letter.objects.get(address="kinkyu@example.com").plain
    shown = page_of(window, "contact_campaign", campaign.public_id)
    assert "きょう電話する相手方" in shown
    assert "返送先に、市の住所・電話・メールが入りません" in shown
    office = a_division(name="防災課", is_coordinating=True)
    ways = (("phone", "0166-00-9001"), ("mail", "bosai@example.jp"), ("other", "旭川市6条通9丁目"))
    a_contact(agreement, organisation=None, division=office, reached_when="day", channels=ways)
    assert "調査票の返送先に" not in page_of(window, "contact_campaign", campaign.public_id)
    back = return_address(campaign.municipality, timezone.localdate())
    assert back.words == "旭川市防災課　旭川市6条通9丁目　電話 0166-00-9001　メール bosai@example.jp"
    assert "富良野町" in shown
    paper = window.get(reverse("desk:contact_campaign_papers", args=[campaign.public_id]))
    assert paper.content.startswith(b"%PDF")
    assert "回答のない相手方が2者" in page_of(window, "home")
    due = reverse("desk:contact_campaign_due", args=[campaign.public_id])
    later = (campaign.due_on + timedelta(days=7)).isoformat()
    assert "自分で知らせる相手方 1者" in window.get(due).content.decode()
    told = window.post(due, {"version": campaign.version, "due_on": later}, follow=True).content.decode()
    assert "前の期限しか知りません" in told
    campaign.refresh_from_db()
    assert campaign.due_on.isoformat() == later
    close = reverse("desk:contact_campaign_close", args=[campaign.public_id])
    assert window.post(close, {"version": campaign.version, "note": ""}).status_code == 422
    window.post(close, {"version": campaign.version, "note": "残りは来年度に。"})
    assert "締めました" in page_of(window, "contact_campaign", campaign.public_id)
    again = reverse("desk:contact_campaign_reopen", args=[campaign.public_id])
    version = campaign.version + 1
    assert window.post(again, {"version": version, "due_on": later, "reason": ""}).status_code == 422
    sent = {"version": version, "due_on": later, "reason": "後から届いた"}
    assert "加わった相手方" not in page_of(window, "contact_campaign", campaign.public_id)
    an_agreement(title="後から結んだ協定", form="disaster", partners=("新しい相手",))
    assert "後に加わった相手方 1者" in window.get(again).content.decode()
    assert "加わった相手方" not in page_of(window, "contact_campaign", campaign.public_id), "closed: not yet"
    shown = window.post(again, sent, follow=True).content.decode()
    assert "回答待ち" in shown
    assert "後に加わった相手方 1者" in shown
    join = reverse("desk:contact_campaign_join", args=[campaign.public_id])
    shown = window.post(join, {"version": version + 1}, follow=True).content.decode()
    assert "紙・電話で尋ねる1者" in shown
    assert "後に加わった相手方" not in shown
    assert ContactCampaign.objects.running().exists()


def test_a_call_is_logged_and_what_was_said_is_typed(window: Client, agreement):
    check = a_contact_check(agreement)
    call = reverse("desk:contact_check_call", args=[check.public_id])
    shown = page_of(window, "contact_check_call", check.public_id)
    assert 'href="tel:09000000001"' in shown
    assert "いまも 飲料水 2,000本" in shown
    assert window.post(call, {"outcome": "reached", "version": 1}).status_code == 422
    window.post(call, {"called": "090-0000-0001", "outcome": "no_answer", "version": 1})
    assert check.calls.get().contact == EmergencyContact.objects.get()
    assert (
        window.post(call, {"called": "090-0000-0001", "outcome": "no_answer", "version": 1}).status_code
        == 422
    )
    answer = reverse("desk:contact_check_answer", args=[check.public_id])
    typed = {"how": "telephone", "version": 2, "unchanged": "1", "short-by_name": "佐藤"}
    assert window.post(answer, typed).status_code == 302
    check.refresh_from_db()
    assert (check.state, check.answered_how, check.written_by.sign_in_name) == (
        "confirmed",
        "telephone",
        "bosai",
    )


def test_a_paper_that_came_back_is_typed_in_with_its_scan(window: Client, agreement):
    check, contact, water = (
        a_contact_check(agreement),
        EmergencyContact.objects.get(),
        Capability.objects.get(),
    )
    scan = BytesIO(b"%PDF-1.7")
    scan.name = "戻った.pdf"
    typed = {
        "how": "paper", "version": 1, "by_name": "佐藤", "file": scan, "contact-known": contact.public_id,
        f"contact-{contact.public_id}-unit": "総務部長", f"contact-{contact.public_id}-name": "新任 三郎",
        f"contact-{contact.public_id}-kind0": "mobile", f"contact-{contact.public_id}-value0": "090-0000-0003",
        f"contact-{contact.public_id}-reached_when": "always", f"supply-{water.public_id}-says": "ended",
    }  # fmt: skip
    address = reverse("desk:contact_check_answer", args=[check.public_id])
    more = window.post(address, typed | {"more": "new-"})
    assert more.status_code == 200
    assert 'value="新任 三郎"' in more.content.decode()
    assert "もう一度選んでください" in more.content.decode(), "a browser does not send a file twice"
    scan.seek(0)
    assert window.post(address, typed).status_code == 302
    check = ContactCheck.objects.get()
    assert (check.state, str(check.paper)) == (CheckState.CORRECTED, "戻った.pdf")
    shown = page_of(window, "contact_check", check.public_id)
    assert "約束されていた支援が減りました" in shown
    assert "新任 三郎" in shown
    word = window.get(reverse("desk:contact_check_word", args=[check.public_id])).content
    text = zipfile.ZipFile(BytesIO(word)).read("word/document.xml").decode()
    assert "新任 三郎" in text


def test_numbers_are_for_those_who_may_have_to_call(agreement):
    check, client = a_contact_check(agreement), Client()
    client.force_login(a_user(role=Role.READER, sign_in_name="reader"))
    overview = page_of(client, "contact_campaign", check.campaign.public_id)
    assert "株式会社見本" in overview
    assert "kinkyu@example.com" not in overview
    for name in ("contact_check", "contact_check_call", "contact_check_pdf", "contact_check_answer"):
        assert client.get(reverse(f"desk:{name}", args=[check.public_id])).status_code == 403
