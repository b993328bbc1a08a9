"""An old agreement from its file: what is proposed and from where, what a person confirms, and that nothing is lost."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from docx import Document as WordFile

from renkei.accounts.models import Draft, Role
from renkei.agreements.from_document import lines_of, read_agreement
from renkei.agreements.models import Agreement, Attachment, BroughtDocument
from renkei.agreements.services.from_document import bring
from renkei.audit.models import Entry
from renkei.documents.models import Document, PageText
from renkei.documents.recognising import ReadLine
from renkei.documents.tasks import read_text
from renkei.partners.models import Organisation
from tests.desk.agreements.forms import as_a_browser_sends
from tests.documents.pdfs import a_pdf, a_scan
from tests.factories import a_division, a_municipality, a_user, an_agreement

LISTING = "/desk/agreements/new/from-document/"
FIRST = """災害時における物資の供給に関する協定書
旭川市（以下「甲」という。）と株式会社北の店（以下「乙」という。）は、災害時における物資の供給に関し、次のとおり協定を締結する。
（目的）
第１条　この協定は、市内に災害が発生した場合において、甲が乙に物資の供給を要請する手続を定めることを目的とする。
（協力事項）
第２条　甲及び乙は、次の事項について協力する。
（１）物資の供給に関すること。
（２）避難所の運営に関すること。"""
SECOND = """（有効期間）
第３条　この協定の有効期間は、締結の日から起算して１年間とする。ただし、期間満了の日の３か月前までに甲又は乙から書面による終了の申出がないときは、有効期間は、満了の日の翌日から１年間更新されるものとし、以後も同様とする。
この協定の締結を証するため、本書２通を作成し、甲乙記名押印の上、各自その１通を保有する。
令和６年４月１日
甲　旭川市７条通９丁目
　　旭川市
　　旭川市長　見本　一郎
乙　旭川市宮下通１丁目
　　株式会社北の店
　　代表取締役　見本　次郎"""


def lines(*pages):
    """The pages as a PDF has them: lines of forty letters at most."""
    return [
        ReadLine(line[at : at + 40], page=number)
        for number, page in enumerate(pages, start=1)
        for line in page.split("\n")
        for at in range(0, len(line), 40)
    ]


def test_each_fact_is_proposed_with_the_place_it_was_read_from():
    read = read_agreement(lines(FIRST, SECOND), town="旭川市")
    places = {one.name: (one.value, one.place.page, one.place.clause, one.place.quote) for one in read.found}
    assert places["協定名"][:3] == ("災害時における物資の供給に関する協定書", 1, "表題")
    assert places["締結日"] == ("令和6年4月1日", 2, "締結日の記載", "令和６年４月１日")
    assert places["相手方"] == ("乙 株式会社北の店(代表取締役　見本　次郎)", 2, "署名欄", "株式会社北の店")
    assert places["連携事項"][:3] == (
        "物資の供給に関すること。、避難所の運営に関すること。", 1, "第2条(協力事項)",
    )  # fmt: skip
    value, page, clause, quote = places["はじめの期間"]
    assert (page, clause) == (2, "第3条(有効期間)") and quote.startswith("この協定の有効期間は、締結の日から")
    assert "令和6年(2024年)4月1日" in value and "令和7年(2025年)3月31日" in value
    assert places["更新"][0] == "自動更新、12か月ずつ、通知は満了の3か月前まで"
    assert places["自分の自治体"][3] == "旭川市", "not the line of the address, which begins with it too"
    assert [party.is_town for party in read.facts.parties] == [True, False]
    assert read.missing == ()


def test_what_is_not_found_is_named_and_never_guessed():
    blank = SECOND.replace("令和６年４月１日", "令和　　年　　月　　日")
    read = read_agreement(lines(FIRST, blank), town="旭川市")
    assert read.facts.signed is None and read.facts.term is None
    assert read.missing == ("締結日", "期間の始まりと終わり")
    assert read_agreement(lines("ご案内", "会議を開きます。"), town="旭川市").missing == (
        "相手方", "締結日", "期間の条文", "更新の定め",
    )  # fmt: skip


def test_the_term_is_found_in_a_text_without_headings():
    bare = lines(
        FIRST.replace("（目的）\n", "").replace("（協力事項）\n", ""), SECOND.replace("（有効期間）\n", "")
    )
    read = read_agreement(bare, town="旭川市")
    assert read.clause.startswith("この協定の有効期間は") and read.facts.renewal.notice_months == 3


@pytest.fixture
def clerk(client):
    client.force_login(a_user(role=Role.RESPONSIBLE, division=a_division()))
    return client


def brought(client, content, name="協定書.pdf"):
    """The address of the page that the clerk stands on after the file was sent."""
    answer = client.post(LISTING, {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


@pytest.mark.django_db
def test_a_pdf_becomes_an_agreement_that_a_person_has_confirmed(clerk):
    known = an_agreement(partners=("株式会社 北の店",)).partners[0].organisation
    address = brought(clerk, a_pdf(FIRST, SECOND))
    answer = clerk.get(address)
    page = answer.content.decode()
    assert "2ページ 第3条(有効期間)" in " ".join(page.split()) and "見つからなかったもの" not in page
    assert known.public_id in page, "the partner of this name is proposed"
    sent = as_a_browser_sends(answer)
    assert sent["title"] == "災害時における物資の供給に関する協定書" and sent["notice_months"] == "3"
    answer = clerk.post(address, sent | {"title": "物資の供給に関する協定", "publishes_document": "on"})
    agreement = Agreement.objects.get(title="物資の供給に関する協定")
    assert answer["Location"] == reverse("desk:agreement", args=[agreement.public_id])
    assert [party.organisation for party in agreement.partners] == [
        known
    ] and Organisation.objects.count() == 1
    assert (agreement.signed_as, agreement.renewal_rule.months) == ("2024-04-01", 12)
    kept = agreement.attachments.get()
    assert (kept.document.name, kept.is_published) == ("協定書.pdf", True)
    assert not BroughtDocument.objects.exists()
    assert clerk.post(address, sent)["Location"] == answer["Location"], "sent twice, it is registered once"
    assert clerk.get(address).status_code == 404
    events = set(Entry.objects.values_list("event", flat=True))
    assert {"agreement.document_brought", "agreement.registered", "agreement.attached"} <= events


@pytest.mark.django_db
def test_a_word_file_is_read_as_well_and_knows_no_pages():
    made, written = WordFile(), BytesIO()
    for line in (FIRST + "\n" + SECOND).split("\n"):
        made.add_paragraph(line)
    made.save(written)
    here = a_municipality()
    one = bring(written.getvalue(), name="a.docx", municipality=here, at=timezone.now(), actor=None)
    read = read_agreement(lines_of(one.document), town="旭川市")
    assert read.facts == read_agreement(lines(FIRST, SECOND), town="旭川市").facts and not read.missing
    assert {fact.place.page for fact in read.found} == {None}


@pytest.mark.django_db
def test_a_scan_is_said_to_be_one_and_registered_by_hand(clerk):
    address = brought(clerk, a_scan(2), "昔.pdf")
    answer = clerk.get(address)
    page = answer.content.decode()
    assert "文字のない画像(スキャン)の文書です" in page
    sent = as_a_browser_sends(answer) | {"title": "昔の協定", "party-1-name": "北町内会"}
    agreement = Agreement.objects.get(public_id=clerk.post(address, sent)["Location"].split("/")[-2])
    page = clerk.get(reverse("desk:agreement", args=[agreement.public_id])).content.decode()
    assert "昔.pdf" in page and "この文書の言葉では検索できません" in page


@pytest.mark.django_db
def test_whoever_goes_away_finds_the_file_again_or_drops_it(clerk):
    address = brought(clerk, a_pdf(FIRST, SECOND))
    assert address in clerk.get(LISTING).content.decode()
    told = {"draft_address": address, "title": "書きかけ"}
    assert clerk.post(reverse("desk:drafts"), told).status_code == 204
    assert "書きかけ" in clerk.get(address).content.decode()
    assert b"".join(clerk.get(f"{address}file/")).startswith(b"%PDF")
    assert clerk.post(f"{address}drop/")["Location"] == LISTING
    assert not Document.objects.exists() and not PageText.objects.exists() and not Draft.objects.exists()
    assert clerk.post(f"{address}drop/").status_code == 404


@pytest.mark.django_db
def test_what_is_wrong_with_a_file_or_the_form_is_said_and_the_file_waits_on(clerk):
    assert (
        "PDF・Word・Excel"
        in clerk.post(LISTING, {"file": SimpleUploadedFile("a.txt", b"x")}).content.decode()
    )
    address = brought(clerk, a_pdf(FIRST, SECOND))
    sent = as_a_browser_sends(clerk.get(address))
    answer = clerk.post(address, sent | {"title": ""})
    assert answer.status_code == 422 and "協定名を入れてください" in answer.content.decode()
    pressed = clerk.post(address, sent | {"do": "add-party", "title": "直した題"}).content.decode()
    assert "直した題" in pressed and 'name="party-2-name"' in pressed
    assert BroughtDocument.objects.count() == 1
    Attachment.objects.create(
        agreement=an_agreement(title="先の協定"), document=BroughtDocument.objects.get().document
    )
    assert "同じ文書が、すでに次の協定に添付されています" in clerk.get(address).content.decode()


@pytest.mark.django_db
def test_a_reader_and_another_town_register_nothing(client):
    one = bring(a_pdf(FIRST), name="a.pdf", municipality=a_municipality(), at=timezone.now(), actor=None)
    address = f"{LISTING}{one.document.public_id}/"
    client.force_login(a_user(role=Role.READER, sign_in_name="reader"))
    assert client.get(address).status_code == 200
    assert {client.post(path).status_code for path in (LISTING, address, f"{address}drop/")} == {403}
    client.force_login(a_user(municipality=a_municipality("011002"), sign_in_name="stranger"))
    assert {client.get(path).status_code for path in (address, f"{address}file/")} == {404}
    assert "a.pdf" not in client.get(LISTING).content.decode()


@pytest.mark.django_db
def test_with_an_engine_a_scan_is_read_while_nobody_waits(clerk, settings, tmp_path):
    engine = tmp_path / "engine"
    engine.write_text("#!/bin/sh\necho '見守りに関する協定書'\n")
    engine.chmod(0o700)
    settings.OCR = str(engine)
    address = brought(clerk, a_scan())
    assert "文字認識(OCR)が終わると" in clerk.get(address).content.decode()
    for waiting in DBTaskResult.objects.filter(task_path__endswith="read_text"):
        read_text.call(*waiting.args_kwargs["args"])
    page = clerk.get(address).content.decode()
    assert "機械が絵から読んだ文です" in page and 'value="見守りに関する協定書"' in page
