"""A night at the desk: two presses begin it, a need is said in one line, one press notes a call."""

import pytest
from django.urls import reverse
from django.utils import timezone

from renkei.accounts.models import Role
from renkei.disasters.models import Call, HelpRequest, Incident, Need
from renkei.disasters.vocabulary import RequestState
from tests.disaster_factories import a_capability, a_contact, a_district, the_partner
from tests.factories import a_user, an_agreement

pytestmark = pytest.mark.django_db


def sent(client, address, **given):
    """Where the page leads after it was sent."""
    answer = client.post(address, given)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return answer["Location"]


def text(client, address):
    return client.get(address).content.decode()


def test_from_the_alarm_to_the_arrival(client):
    agreement = an_agreement()
    a_capability(agreement)
    a_contact(agreement, channels=(("mobile", "090-0000-0001"), ("satellite", "8816-0000-0001")))
    a_district(agreement.municipality)
    client.force_login(a_user(role=Role.DISASTER_OFFICER))
    assert reverse("desk:incident_new") in text(client, reverse("desk:home"))
    once = {"once": "0000000000ab", "kind": "drill", "hazard": "earthquake"}
    page = sent(client, reverse("desk:incident_new"), **once)
    assert sent(client, reverse("desk:incident_new"), **once) == page
    assert Incident.objects.count() == 1
    assert "これは訓練です" in text(client, page)
    assert page in text(client, reverse("desk:home")), "a band on the first page"
    assert client.post(page, {"said": ""}).status_code == 422
    need, _, part = sent(client, page, said="水 2,000本 東光地区").partition("#")
    shown = text(client, need)
    assert "数量を確保済み(2,000本)" in shown
    assert f'<a id="{part}" href="tel:09000000001"' in shown, "the number to call has the focus"
    press = {"partner": the_partner(agreement).public_id, "agreement": agreement.public_id}
    card = f"p-{press['partner']}"
    assert sent(client, f"{need}call/", **press, press="no_answer") == f"{need}#{card}", "another number"
    shown = text(client, need)
    assert f'id="{card}"' in shown
    assert "1回つながらなかった" in shown
    assert sent(client, f"{need}call/", **press, press="busy") == f"{need}#call", "the first one on the page"
    accepted = sent(client, f"{need}call/", **press, press="accepted", once="0000000000ac")
    assert sent(client, f"{need}call/", **press, press="accepted", once="0000000000ac") == accepted
    assert Call.objects.count() == 3
    request = accepted.removesuffix("#next")
    assert text(client, request).count('id="next"') == 1
    change = f"{request}change/"
    assert "希望する日時" in text(client, change)
    asked = HelpRequest.objects.get()
    told = {"quantity": "2,000", "unit": "本", "wanted": "昼まで", "version": asked.version}
    assert sent(client, change, **told) == request
    assert "昼まで" in text(client, request)
    assert sent(client, request, kind="arrived", quantity="1,500") == accepted
    assert f'id="next" href="{need}#call">不足分をほかの相手方に頼む' in text(client, request)
    assert 'class="is-good" name="kind" value="arrived"' in text(client, request), "the rest comes next"
    sent(client, request, kind="arrived", quantity="500")
    assert f'id="next" href="{need}end/">「充足」にする' in text(client, request)
    for arrived in HelpRequest.objects.get().steps.filter(kind="arrived"):
        sent(client, reverse("desk:help_request_step_void", args=[arrived.public_id]))
    assert HelpRequest.objects.get().state == RequestState.ACCEPTED
    sent(client, reverse("desk:incident_call_void", args=[Call.objects.earliest("pk").public_id]))
    assert "取消し済み" in text(client, f"{page}calls/")
    assert sent(client, f"{need}end/", state="met", version=Need.objects.get().version) == page
    assert "片づいたもの 1件" in text(client, page)
    sent(client, f"{need}end/", state="open", version=Need.objects.get().version)
    Incident.objects.update(closed_at=timezone.now())
    shown = text(client, need)
    assert "終えた訓練の記録です" in shown
    assert 'name="press"' not in shown, "nobody is called for what is over"


def test_a_reader_sees_the_need_without_numbers_and_presses_nothing(client):
    agreement = an_agreement()
    a_capability(agreement)
    a_contact(agreement)
    clerk = a_user()
    client.force_login(clerk)
    page = sent(client, reverse("desk:incident_new"), kind="real", hazard="flood")
    need = sent(client, page, said="水 100本").removesuffix("#call")
    client.force_login(a_user(role=Role.READER, sign_in_name="etsuran"))
    shown = text(client, need)
    assert "数量を確保済み" in shown
    assert "090-0000-0001" not in shown
    assert 'name="press"' not in shown
    refused = client.post(f"{need}call/", {"partner": the_partner(agreement).public_id, "press": "busy"})
    assert refused.status_code == 403
