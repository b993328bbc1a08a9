"""A proposal is its author's own paper until it is sent; then it is received once, complete and within the bounds."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage

from renkei.correspondents.models import CounterLink
from renkei.documents.models import Document
from renkei.procedures.forgetting import forget_drafts
from renkei.procedures.models import Participant, Procedure, ProcedureSettings, Proposal
from renkei.procedures.proposal_form import LINES, lacking
from renkei.procedures.services import proposing
from renkei.procedures.services.proposing import ProposalRefused
from renkei.procedures.services.taking import take_in
from renkei.procedures.vocabulary import Source
from renkei.reminders.models import Letter
from tests.factories import a_municipality, a_user
from tests.procedure_factories import AT, a_correspondent, a_partner, a_procedure, a_proposal

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 "
WHOLE = {
    "partner_kind": "company",
    "address": "見本市一条通1丁目",
    "representative": "代表取締役社長 見本 太郎",
    "contact_phone": "０１６６ー００ー００００",
    "initiatives": "店頭で熱中症の予防を呼びかける。",
}


def a_draft(author=None, key="draft0000001"):
    author = author or a_correspondent()
    return proposing.begin(author.municipality, author=author, at=AT, public_id=key)


def a_whole_one(**facts):
    return a_proposal(**{**WHOLE, "contact_phone": "0166-00-0000", **facts})


def test_what_is_known_of_the_author_is_filled_in_and_nobody_else_sees_the_draft():
    partner = a_partner()
    partner.corporate_number, partner.address = "9000012040001", "見本市一条通1丁目"
    partner.save()
    draft = a_draft(a_correspondent(organisation=partner, phone="0166-00-0000"))
    assert (draft.contact_email, draft.contact_phone) == ("hanako@example.com", "0166-00-0000")
    assert (draft.corporate_number, draft.partner_kind) == ("9000012040001", "company")
    colleague = a_correspondent(email="jiro@example.com", organisation=partner)
    assert not Proposal.objects.of(draft.municipality).seen_by(colleague).exists()
    assert not Procedure.objects.seen_by(colleague).exists()


def test_a_form_sent_twice_begins_one_draft_and_a_sixth_draft_is_refused():
    author = a_correspondent()
    for number in range(proposing.MOST_DRAFTS):
        a_draft(author, f"draft000000{number}")
    assert a_draft(author, "draft0000001").public_id == "draft0000001"
    with pytest.raises(ProposalRefused, match="5件"):
        a_draft(author, "draft0000009")


def test_begun_and_dropped_again_and_again_is_refused_at_the_eleventh_time():
    author = a_correspondent()
    for number in range(proposing.MOST_BEGUN_A_DAY):
        proposing.drop(a_draft(author, f"draft{number:07}"), at=AT)
    with pytest.raises(ProposalRefused, match="一日に10件"):
        a_draft(author)


def test_many_drafts_from_one_network_address_are_refused(monkeypatch):
    monkeypatch.setattr(proposing, "MOST_FROM_A_NETWORK", 1)
    hanako, jiro = a_correspondent(), a_correspondent(email="jiro@example.com")
    given = {"at": AT, "network": "192.0.2.1"}
    proposing.begin(hanako.municipality, author=hanako, public_id="draft0000001", **given)
    with pytest.raises(ProposalRefused, match="30分"):
        proposing.begin(jiro.municipality, author=jiro, public_id="draft0000002", **given)


def test_what_is_typed_is_read_forgivingly_and_holds_no_line_end_that_could_enter_a_letter():
    draft = a_draft()
    typed = {
        "corporate_number": "９００００１２ ０４０００１",
        "contact_phone": "（０１６６）００－００００　内線１２",
        "title": "夏の\r\nBcc: all@example.com",
        "purpose": "一行目\r\n二行目\u202e\0",
        "items": "健康\n\n 防災 \n",
        "fields": ["health", "nonsense"],
    }
    written = proposing.write(draft, typed, at=AT)
    assert written.corporate_number == "9000012040001"
    assert written.contact_phone == "0166-00-0000 内線12"
    assert written.title == "夏の Bcc: all@example.com"
    assert written.purpose == "一行目\n二行目"
    assert (written.items, written.fields) == (["健康", "防災"], ["health"])


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("corporate_number", "8000012040001", "検査数字"),
        ("contact_phone", "後で", "市外局番"),
        ("contact_email", "hanako@", "メールアドレスの形"),
        ("title", "あ" * 201, "200字まで"),
        ("purpose", "あ" * 4001, "4000字まで"),
        ("items", "\n".join("あ" * 31), "30件まで"),
        ("partner_kind", "spy", "一覧から"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence(name, typed, words):
    with pytest.raises(ProposalRefused, match=words):
        proposing.write(a_draft(), {name: typed}, at=AT)


def test_it_is_sent_once_and_only_when_nothing_needed_is_lacking():
    draft = a_whole_one(is_no_gang=False)
    assert [line.name for _part, line in lacking(draft)] == ["is_no_gang"]
    with pytest.raises(ProposalRefused, match="暴力団排除の確認"):
        proposing.send(draft, by=draft.author, at=AT)
    proposing.write(draft, {"is_no_gang": True}, at=AT)
    procedure = proposing.send(draft, by=draft.author, at=AT)
    assert proposing.send(draft, by=draft.author, at=AT) == procedure
    assert [one.heading for one in procedure.items.all()] == draft.items
    with pytest.raises(ProposalRefused, match="提出したか"):
        proposing.write(draft, {"title": "別の件名"}, at=AT)


def test_no_more_than_five_are_sent_on_one_day():
    author = a_correspondent()
    for _number in range(proposing.MOST_SENT_A_DAY):
        proposing.send(a_whole_one(author=author), by=author, at=AT)
    with pytest.raises(ProposalRefused, match="明日"):
        proposing.send(a_whole_one(author=author), by=author, at=AT)
    assert proposing.send(a_whole_one(author=author), by=author, at=AT + timedelta(days=1)).number == 6


def test_a_town_that_takes_none_at_its_counter_begins_none_and_receives_none():
    draft = a_whole_one()
    ProcedureSettings.objects.create(municipality=draft.municipality, takes_proposals=False)
    for act in (lambda: a_draft(draft.author), lambda: proposing.send(draft, by=draft.author, at=AT)):
        with pytest.raises(ProposalRefused, match="受け付けていません"):
            act()


def test_files_are_kept_and_taken_out_with_their_bytes(django_capture_on_commit_callbacks):
    draft = a_draft()
    kept = proposing.enclose(draft, PDF, name="案内.pdf", at=AT)
    place = kept.document.content.name
    with pytest.raises(ProposalRefused, match=r"「悪い\.exe」.*どれでもない"):
        proposing.enclose(draft, b"MZ", name="悪い.exe", at=AT)
    with django_capture_on_commit_callbacks(execute=True):
        proposing.take_out(kept, at=AT)
    assert not Document.objects.exists()
    assert not default_storage.exists(place)


@pytest.mark.parametrize(
    ("limit", "value", "words"),
    [("LARGEST_FILE", 5, "20MB"), ("LARGEST_TOGETHER", 15, "50MB"), ("MOST_FILES", 1, "1件まで")],
)
def test_a_file_beyond_the_bounds_is_refused(monkeypatch, limit, value, words):
    draft = a_draft()
    proposing.enclose(draft, PDF, name="一つ目.pdf", at=AT)
    monkeypatch.setattr(proposing, limit, value)
    with pytest.raises(ProposalRefused, match=words):
        proposing.enclose(draft, PDF, name="二つ目.pdf", at=AT)
    assert draft.enclosures.count() == 1


def test_the_way_back_is_sent_once_a_day_and_leads_to_the_draft(settings):
    settings.COUNTER_ADDRESS = "https://renkei.example"
    draft = a_draft()
    for _press in range(2):
        proposing.keep_for_later(draft, at=AT)
    letter = Letter.objects.get()
    assert letter.address == "hanako@example.com"
    assert f"https://renkei.example/counter/012041/proposals/{draft.public_id}/" in letter.plain


def test_untouched_for_a_year_it_is_erased_and_a_month_before_the_author_is_told(
    django_capture_on_commit_callbacks,
):
    sent = a_procedure(author=a_correspondent(email="sent@example.com"))
    draft = a_draft()
    place = proposing.enclose(draft, PDF, name="案内.pdf", at=AT).document.content.name
    forget_drafts(None, draft.municipality, AT + timedelta(300))
    assert not Letter.objects.filter(address="hanako@example.com").exists()
    for days in (340, 364):
        forget_drafts(None, draft.municipality, AT + timedelta(days))
    told = Letter.objects.filter(address="hanako@example.com")
    assert "令和9年6月1日に消えます" in told.get().plain
    with django_capture_on_commit_callbacks(execute=True):
        forget_drafts(None, draft.municipality, AT + timedelta(366))
    assert not Proposal.objects.filter(pk=draft.pk).exists()
    assert not default_storage.exists(place)
    assert Proposal.objects.get() == sent.proposal


def test_dropped_it_is_gone_for_the_author_at_once_and_erased_a_month_later():
    draft = a_draft()
    proposing.drop(draft, at=AT)
    assert not Proposal.objects.of(draft.municipality).seen_by(draft.author).exists()
    with pytest.raises(ProposalRefused, match="やめた"):
        proposing.send(draft, by=draft.author, at=AT)
    forget_drafts(None, draft.municipality, AT + timedelta(days=29))
    assert Proposal.objects.exists()
    forget_drafts(None, draft.municipality, AT + timedelta(days=31))
    assert not Proposal.objects.exists()


TOLD = {
    "partner_name": "見本製薬株式会社",
    "contact_name": "山田 花子",
    "title": "熱中症の予防に関する連携",
    "contact_phone": "0166-00-0000",
}


def test_a_clerk_takes_one_in_by_telephone_and_whoever_has_a_mail_address_is_invited():
    clerk = a_user()
    facts = {**TOLD, "contact_email": "hanako@example.com"}
    given = {"source": Source.TELEPHONE, "by": clerk, "at": AT, "public_id": "telephone001"}
    procedure = take_in(facts, **given, files=[("企画書.pdf", PDF)])
    assert take_in(facts, **given) == procedure
    assert (procedure.receipt, procedure.source) == ("令和8年度 受付第1号", Source.TELEPHONE)
    assert procedure.proposal.taken_by == clerk
    assert procedure.proposal.enclosures.get().document.name == "企画書.pdf"
    invited = Participant.objects.get(procedure=procedure).correspondent
    assert (invited.email, invited.confirmed_at) == ("hanako@example.com", None)
    link = CounterLink.objects.get(correspondent=invited)
    assert link.target == f"/counter/012041/procedures/{procedure.public_id}/"
    assert Letter.objects.filter(address="hanako@example.com", plain__contains="受付第1号").count() == 1


def test_a_clerk_needs_a_name_a_title_and_a_way_to_reach_them():
    given = {"source": Source.VISIT, "by": a_user(), "at": AT, "public_id": "telephone001"}
    for left_out in ("partner_name", "contact_name", "title", "contact_phone"):
        with pytest.raises(ProposalRefused, match="入れてください"):
            take_in({**TOLD, left_out: ""}, **given)
    assert not Procedure.objects.exists()
    assert take_in(TOLD, **given).participants.count() == 0


def test_every_column_that_a_person_fills_is_asked_on_exactly_one_line():
    asked = [line.name for line in LINES]
    columns = {field.name for field in Proposal._meta.concrete_fields}
    own = {"id", "municipality", "public_id", "procedure", "author", "taken_by"}
    moments = {"begun_at", "saved_at", "sent_at", "dropped_at"}
    assert sorted(asked) == sorted(columns - own - moments)


def test_another_towns_author_is_another_person():
    mine = a_draft()
    other = a_correspondent(municipality=a_municipality("011002"))
    assert not Proposal.objects.of(mine.municipality).seen_by(other).exists()
