"""A clerk writes down a proposal that came by telephone, and reads every proposal as it was sent."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from renkei.accounts.models import Role
from renkei.procedures.models import Procedure
from renkei.procedures.services import proposing, receive
from renkei.procedures.vocabulary import Source
from tests.factories import a_municipality, a_user
from tests.procedure_factories import AT, a_proposal

pytestmark = pytest.mark.django_db
TOLD = {
    "source": "telephone",
    "partner_name": "見本製薬株式会社",
    "contact_name": "山田 花子",
    "contact_phone": "０１６６−００−００００",
    "title": "熱中症の予防に関する連携",
    "once": "telephone001",
}


@pytest.fixture
def clerk(client: Client) -> Client:
    client.force_login(a_user())
    return client


def test_it_is_received_once_with_the_papers_that_came(clerk):
    for _press in range(2):
        papers = SimpleUploadedFile("企画書.pdf", b"%PDF-1.7")
        answer = clerk.post(reverse("desk:proposal_new"), {**TOLD, "papers": [papers]})
        assert answer.headers["Location"] == reverse("desk:procedure", args=["telephone001"])
    procedure = Procedure.objects.get()
    shown = clerk.get(reverse("desk:procedure_proposal", args=[procedure.public_id])).content.decode()
    assert "0166-00-0000" in shown
    document = procedure.proposal.enclosures.get().document
    address = reverse("desk:procedure_enclosure", args=[procedure.public_id, document.public_id])
    assert address in shown
    handed = clerk.get(address)
    assert handed.headers["Content-Disposition"].startswith("attachment")
    assert b"".join(handed.streaming_content) == b"%PDF-1.7"


def test_what_lacks_is_said_at_its_field_and_what_was_typed_stays(clerk):
    answer = clerk.post(reverse("desk:proposal_new"), {**TOLD, "title": "", "address": "見本市"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_title"' in shown
    assert 'value="見本市"' in shown
    no_way = clerk.post(reverse("desk:proposal_new"), {**TOLD, "contact_phone": ""})
    assert "電話番号かメールアドレスのどちらか" in no_way.content.decode()


def test_who_only_reads_takes_in_nothing(client):
    client.force_login(a_user(role=Role.READER, sign_in_name="reader"))
    assert "担当者だけができます" in client.get(reverse("desk:proposal_new")).content.decode()
    assert client.post(reverse("desk:proposal_new"), TOLD).status_code == 403
    assert not Procedure.objects.exists()


def test_a_partners_words_are_shown_as_words_and_its_files_to_its_own_town_only(clerk):
    proposal = a_proposal(purpose="<script>alert(1)</script>", title="=cmd|' /C calc'!A0<b>")
    document = proposing.enclose(proposal, b"%PDF-1.7", name="<b>企画書</b>.pdf", at=AT).document
    procedure = receive(proposal, source=Source.COUNTER, by=proposal.author, at=AT)
    shown = clerk.get(reverse("desk:procedure_proposal", args=[procedure.public_id])).content.decode()
    assert "&lt;script&gt;alert(1)" in shown
    assert "<b>" not in shown
    stranger = Client()
    stranger.force_login(a_user(municipality=a_municipality("011002"), sign_in_name="stranger"))
    for name, given in (("procedure_proposal", []), ("procedure_enclosure", [document.public_id])):
        address = reverse(f"desk:{name}", args=[procedure.public_id, *given])
        assert stranger.get(address).status_code == 404
