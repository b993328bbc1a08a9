"""A person of a partner writes a proposal page by page at the counter, and meets nobody else's."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from renkei.procedures.models import Procedure, Proposal
from renkei.procedures.services import proposing, receive
from renkei.procedures.vocabulary import Source
from renkei.reminders.models import Letter
from tests.factories import a_municipality
from tests.procedure_factories import AT, a_correspondent, a_partner, a_proposal, visit

pytestmark = pytest.mark.django_db
EVIL = "<script>alert(1)</script>\"'=cmd|"
COMPANY = {
    "partner_name": "見本製薬株式会社",
    "partner_kind": "company",
    "corporate_number": "9000012040001",
    "address": "見本市一条通1丁目",
    "representative": "代表取締役社長 見本 太郎",
}
PAGES = {
    "company": COMPANY,
    "contact": {"contact_name": "山田", "contact_phone": "0166-00-0000", "contact_email": "hanako@example.com"},
    "content": {
        "title": "熱中症の予防", "wished_form": "individual", "fields": ["health"], "purpose": EVIL, "items": "健康\n防災",
    },
    "resources": {"initiatives": "店頭で呼びかける。"},
    "declarations": {"is_no_gang": "on", "is_lawful": "on", "is_no_charge": "on"},
}  # fmt: skip


@pytest.fixture
def author():
    return a_correspondent()


@pytest.fixture
def window(client: Client, author) -> Client:
    return visit(client, author)


def at(page: str, *more: object) -> str:
    return reverse(f"counter:{page}", args=["012041", *more])


def begun(window: Client) -> Proposal:
    answer = window.post(at("proposal_begin"), {"once": "draft0000001"})
    assert answer.headers["Location"] == at("proposal", "draft0000001")
    return Proposal.objects.get()


def test_who_has_not_come_in_is_led_to_the_entrance_and_back(client):
    a_municipality()
    answer = client.get(at("proposal_begin"))
    assert answer.headers["Location"] == f"{at('enter')}?next=%2Fcounter%2F012041%2Fpropose%2F"


def test_page_by_page_to_the_receipt(window):
    draft = begun(window)
    page = at("proposal_part", draft.public_id, "company")
    for name, typed in PAGES.items():
        page = at("proposal_part", draft.public_id, name)
        answer = window.post(page, {**typed, "do": "next"})
        assert answer.status_code == 302, answer.content.decode()
    assert answer.headers["Location"] == at("proposal_check", draft.public_id)
    checked = window.get(answer.headers["Location"]).content.decode()
    assert "まだ埋まっていません" not in checked
    assert EVIL not in checked
    assert "&lt;script&gt;" in checked
    sent = window.post(answer.headers["Location"])
    assert sent.headers["Location"] == at("proposal_sent", draft.public_id)
    assert "受付第1号" in window.get(sent.headers["Location"]).content.decode()
    procedure = Procedure.objects.get()
    assert EVIL not in window.get(at("procedure_proposal", procedure.public_id)).content.decode()
    again = window.post(at("proposal_check", draft.public_id))
    assert again.headers["Location"] == at("proposal_sent", draft.public_id)
    assert "受付第1号" in window.get(at("proposals")).content.decode()


def test_a_line_that_cannot_be_read_is_answered_and_the_others_are_kept(window):
    draft = begun(window)
    page = at("proposal_part", draft.public_id, "company")
    answer = window.post(page, {**COMPANY, "corporate_number": "123", "do": "next"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>エラー:" in shown
    assert "「123」は3桁です" in shown
    assert 'value="123"' in shown
    draft.refresh_from_db()
    assert (draft.address, draft.corporate_number) == ("見本市一条通1丁目", "")


def test_what_is_needed_may_be_left_for_later_but_not_at_the_end(window):
    draft = begun(window)
    assert window.post(at("proposal_part", draft.public_id, "content"), {"do": "next"}).status_code == 302
    answer = window.post(at("proposal_check", draft.public_id))
    assert answer.status_code == 422
    assert "まだ提出できません" in answer.content.decode()
    assert "?back=check#id_purpose" in answer.content.decode()
    change = at("proposal_part", draft.public_id, "contact") + "?back=check"
    back = window.post(change, {**PAGES["contact"], "do": "next"})
    assert back.headers["Location"] == at("proposal_check", draft.public_id)


def test_it_is_left_in_the_middle_and_found_again(window):
    draft = begun(window)
    answer = window.post(at("proposal_part", draft.public_id, "company"), {**COMPANY, "do": "later"})
    assert answer.headers["Location"] == at("proposals")
    assert at("proposal", draft.public_id) in window.get(at("proposals")).content.decode()
    assert at("proposal", draft.public_id) in window.get(at("proposal_begin")).content.decode()
    assert Letter.objects.filter(subject__contains="書きかけの提案").count() == 1
    assert "途中(あと" in window.get(at("proposal", draft.public_id)).content.decode()


def test_it_is_dropped_after_asking_once(window):
    draft = begun(window)
    asked = window.get(at("proposal_drop", draft.public_id)).content.decode()
    assert "書くのをやめます" in asked
    assert Proposal.objects.get().dropped_at is None
    window.post(at("proposal_drop", draft.public_id))
    assert window.get(at("proposal", draft.public_id)).status_code == 404


def test_files_are_added_several_at_once_refused_by_name_and_handed_out_as_attachments(window):
    draft = begun(window)
    page = at("proposal_files", draft.public_id)
    good, other, bad = (
        SimpleUploadedFile(name, content)
        for name, content in (("一.pdf", b"%PDF-1.7"), ("二.pdf", b"%PDF-1.4"), ("三.html", b"<script>"))
    )
    answer = window.post(page, {"papers": [good, other, bad], "do": "add"})
    assert answer.status_code == 422
    assert "「三.html」" in answer.content.decode()
    assert [one.document.name for one in draft.enclosures.all()] == ["一.pdf", "二.pdf"]
    document = draft.enclosures.first().document
    handed = window.get(at("proposal_file", draft.public_id, document.public_id))
    assert handed.headers["Content-Disposition"].startswith("attachment")
    assert handed.headers["X-Content-Type-Options"] == "nosniff"
    assert b"".join(handed.streaming_content) == b"%PDF-1.7"
    window.post(at("proposal_file_remove", draft.public_id, document.public_id))
    assert draft.enclosures.count() == 1


def test_a_colleague_reads_what_was_sent_and_only_its_author_is_handed_the_files(window, author):
    partner = a_partner()
    type(author).objects.filter(pk=author.pk).update(organisation=partner)
    author.refresh_from_db()
    proposal = a_proposal(author=author)
    document = proposing.enclose(proposal, b"%PDF-1.7", name="企画書.pdf", at=AT).document
    procedure = receive(proposal, source=Source.COUNTER, by=author, at=AT)
    Procedure.objects.filter(pk=procedure.pk).update(organisation=partner)
    colleague = visit(Client(), a_correspondent(email="jiro@example.com", organisation=partner))
    shown = colleague.get(at("procedure_proposal", procedure.public_id)).content.decode()
    assert "市民の健康を守る。" in shown
    assert "企画書.pdf" in shown
    address = at("proposal_file", proposal.public_id, document.public_id)
    assert address not in shown
    assert colleague.get(address).status_code == 404
    mine = visit(Client(), author).get(at("procedure_proposal", procedure.public_id)).content.decode()
    assert address in mine


def test_of_anybody_elses_proposal_no_page_is_there(window):
    theirs = a_proposal(author=a_correspondent(email="other@example.com", company="他社"))
    document = proposing.enclose(theirs, b"%PDF-1.7", name="秘密.pdf", at=AT).document
    pages = {
        name: [theirs.public_id] for name in ("proposal", "proposal_check", "proposal_sent", "proposal_drop")
    }
    pages |= {"proposal_files": [theirs.public_id], "proposal_part": [theirs.public_id, "company"]}
    pages |= {
        name: [theirs.public_id, document.public_id] for name in ("proposal_file", "proposal_file_remove")
    }
    for name, given in pages.items():
        answers = {window.get(at(name, *given)).status_code, window.post(at(name, *given)).status_code}
        assert answers <= {404, 405}, name
    mine = begun_beside(window, theirs)
    assert window.get(at("proposal_file", mine.public_id, document.public_id)).status_code == 404
    assert "他社" not in window.get(at("proposals")).content.decode()


def begun_beside(window: Client, other: Proposal) -> Proposal:
    window.post(at("proposal_begin"), {"once": "draft0000009"})
    return Proposal.objects.exclude(pk=other.pk).get()
