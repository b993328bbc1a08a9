"""Asking by mail and answering by the link: named, until a day, for one request; it counts after a call back."""

from datetime import timedelta
from decimal import Decimal
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from renkei.audit.models import Entry
from renkei.disasters.incidents.answer_links import LASTS, request_of, token_of
from renkei.disasters.incidents.papers import papers_of_request
from renkei.disasters.incidents.step_facts import StepFacts
from renkei.disasters.models import HelpRequest
from renkei.disasters.refusals import RequestRefused
from renkei.disasters.services.answering import LinkAnswer, LinkGone, answer_by_link, confirm_answer
from renkei.disasters.services.closing import close_incident
from renkei.disasters.services.requesting import record_step
from renkei.disasters.services.sending import send_request
from renkei.disasters.situation.board import board
from renkei.disasters.vocabulary import CallOutcome, IncidentKind, StepKind
from renkei.reminders.models import Letter
from tests.disaster_factories import AT, a_need, a_request, an_incident
from tests.factories import a_user, an_agreement

pytestmark = pytest.mark.django_db
TO = "kinkyu@example.co.jp"
YES = LinkAnswer(StepKind.ACCEPTED, "物流課 鈴木", when="6時ごろ")


@pytest.fixture(autouse=True)
def _addresses(settings):
    settings.COUNTER_ADDRESS = "https://renkei.example.jp"


def asked(kind: str = IncidentKind.REAL) -> HelpRequest:
    agreement = an_agreement(partners=("見本商店",))
    return a_request(agreement, a_need(an_incident(kind=kind)), wanted="きょう 18時まで")


def sent(kind: str = IncidentKind.REAL):
    """A request that was mailed, who mailed it, and the token of its link."""
    request, clerk = asked(kind), a_user()
    send_request(request, to=TO, actor=clerk, at=AT)
    request.refresh_from_db()
    return request, clerk, token_of(request, until=AT + LASTS)


def test_the_letter_carries_what_is_asked_and_a_link_and_one_press_sends_one():
    request, clerk = asked(), a_user()
    for wrong in ("", "見本商店", "a@b@c"):
        with pytest.raises(RequestRefused, match="メールアドレスの形"):
            send_request(request, to=wrong, actor=clerk, at=AT)
    for _press in range(2):
        send_request(request, to=TO, actor=clerk, at=AT, public_id="0nce00000000")
    letter = Letter.objects.get()
    text = f"{letter.subject} {letter.plain}"
    for told in (
        "飲料水",
        "2,000本",
        "きょう 18時まで",
        "折り返し電話",
        "https://renkei.example.jp/counter/",
    ):
        assert told in text
    request.refresh_from_db()
    assert (request.state, request.sent_to, request.steps.count()) == ("asked", TO, 1)
    assert "訓練" not in text
    send_request(request, to="other@example.co.jp", actor=clerk, at=AT)
    assert [one.kind for one in request.steps.all()] == ["asked", "note"]


def test_a_drills_letter_says_that_it_is_one():
    sent(IncidentKind.DRILL)
    letter = Letter.objects.get()
    assert letter.subject.startswith("【訓練】")
    assert "実際に運ぶ必要はありません" in letter.plain


def test_an_answer_counts_once_somebody_has_called_back():
    request, clerk, token = sent()
    later = AT + timedelta(minutes=9)
    for _press in range(2):
        answer_by_link(token, YES, at=later, public_id="answer000000")
    request.refresh_from_db()
    seen = board(request.incident, at=later)
    assert (request.state, request.promised) == ("asked", None)
    assert [one.request for one in seen.call_backs] == [request]
    assert seen.needs[0].promised == ""
    with pytest.raises(RequestRefused, match="氏名"):
        confirm_answer(request, spoke_with="", actor=clerk, at=later)
    for _press in range(2):
        confirm_answer(
            request, spoke_with="鈴木", actor=clerk, at=later + timedelta(minutes=1), public_id="called000000"
        )
    called_back = request.calls.get()
    assert (called_back.outcome, called_back.spoke_with) == (CallOutcome.REACHED, "鈴木")
    request.refresh_from_db()
    assert "先に電話で" not in str(papers_of_request(request, day=later.date(), clerk="見本")), "by mail"
    seen = board(request.incident, at=later)
    assert (seen.call_backs, seen.needs[0].promised) == ([], "2,000本")
    with pytest.raises(RequestRefused, match="電話で確かめた回答"):
        answer_by_link(token, LinkAnswer(StepKind.DECLINED, "鈴木"), at=later + timedelta(minutes=2))
    told = Entry.objects.get(event="incidents.link_answered")
    assert "見本商店" in told.sentence
    assert "鈴木" not in "".join(one.sentence for one in Entry.objects.exclude(subject_type="accounts.user"))


def test_forged_late_replaced_and_ended_links_are_all_the_same():
    request, clerk, token = sent()
    other = a_request(an_agreement(partners=("別の商店",)), request.need, sent_to=TO, sent_at=AT)
    stolen = token_of(other, until=AT + LASTS).replace(other.public_id, request.public_id)
    for wrong in (token[:-1], f"{token}a", "", request.public_id, stolen, token.replace(".", ".9", 1)):
        assert request_of(wrong, at=AT) is None
    assert request_of(token, at=AT + LASTS) == request
    with pytest.raises(LinkGone):
        answer_by_link(token, YES, at=AT + LASTS + timedelta(seconds=1))
    send_request(request, to="other@example.co.jp", actor=clerk, at=AT)
    with pytest.raises(LinkGone):
        answer_by_link(token, YES, at=AT)
    request.refresh_from_db()
    fresh = token_of(request, until=AT + LASTS)
    assert request_of(fresh, at=AT) == request
    close_incident(request.incident, actor=clerk, at=AT, knows_open=True)
    assert request_of(fresh, at=AT) is None


def test_half_an_answer_is_refused_with_what_to_do_and_a_cancelled_request_wants_none():
    request, clerk, token = sent()
    for answer, why in (
        (LinkAnswer(StepKind.ACCEPTED, " "), "氏名"),
        (LinkAnswer(StepKind.PARTLY, "鈴木"), "できる数量か内容"),
        (LinkAnswer(StepKind.PARTLY, "鈴木", Decimal(2000)), "2,000本.*「全部できます」"),
        (LinkAnswer(StepKind.PARTLY, "鈴木", Decimal(0)), "「できません」"),
        (LinkAnswer(StepKind.ARRIVED, "鈴木"), "から選んで"),
    ):
        with pytest.raises(RequestRefused, match=why):
            answer_by_link(token, answer, at=AT)
    record_step(request, StepFacts(StepKind.CANCELLED), actor=clerk, at=AT, received_at=AT)
    with pytest.raises(RequestRefused, match="取り消されました"):
        answer_by_link(token, YES, at=AT)
    with pytest.raises(RequestRefused, match="取り消した要請"):
        send_request(HelpRequest.objects.get(pk=request.pk), to=TO, actor=clerk, at=AT)


def test_a_partner_answers_at_the_counter_without_an_account(client, settings):
    settings.FORM_SECONDS = 0
    request, _clerk, _token = sent()
    token = token_of(request, until=timezone.now() + LASTS)
    address = reverse("counter:help_request_answer", args=[request.incident.municipality.code, token])
    assert urlsplit(address).path.endswith(f"{token}/")
    page = client.get(address).content.decode()
    assert "飲料水 2,000本" in page
    form = {"shown_at": client.get(address).context["form"]["shown_at"].value(), "by_name": "物流課 鈴木"}
    answer = client.post(address, form | {"kind": "partly", "quantity": "５００本", "when": "6時"})
    assert "回答を受け取りました" in answer.content.decode()
    step = request.steps.last()
    assert (step.kind, step.quantity, step.told_by) == ("partly", Decimal(500), "物流課 鈴木")
    assert "6時" in step.note
    assert "「一部なら可能との回答」をいただいています" in client.get(address).content.decode()
    assert client.post(address, form).status_code == 422
    for wrong in (address.replace(token, f"{token}x"), address.replace("012041", "011002")):
        assert client.get(wrong).status_code in (404, 410)
