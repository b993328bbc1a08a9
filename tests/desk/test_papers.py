"""Papers at the desk: made of what is known, from the town's own template once it has one, never another town's."""

import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.translation import override

from renkei.accounts.models import Role
from renkei.agreements.facts import RenewalFacts
from renkei.agreements.papers import papers_of as papers_of_agreement
from renkei.agreements.services import end
from renkei.agreements.vocabulary import EndReason, Form, RenewalKind
from renkei.documents.models import Template
from renkei.documents.vocabulary import PaperKind
from renkei.procedures.models import Meeting
from renkei.procedures.papers.fields import papers_of
from renkei.procedures.services.inquiring import inquire
from renkei.procedures.vocabulary import Stage
from tests.documents.test_filling import a_template
from tests.documents.test_papers import words_of
from tests.factories import a_division, a_municipality, a_user, an_agreement
from tests.procedure_factories import AT, TODAY, a_procedure
from tests.signing_factories import an_agreed_one, prepare
from tests.talk_factories import a_talk

pytestmark = pytest.mark.django_db

LETTER = "{{ 件名 }} {{ 受付番号 }} {{ 自治体名 }} {{ 発信者 }} 市の様式"


def word(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("町の通知.docx", a_template(text))


def with_a_program(text: str) -> SimpleUploadedFile:
    written = io.BytesIO(a_template(text))
    with zipfile.ZipFile(written, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    return SimpleUploadedFile("町の通知.docx", written.getvalue())


def kinds(papers) -> list[str]:
    return [paper.kind for paper in papers]


def test_a_template_that_lacks_something_is_kept_after_a_second_look(clerk: Client):
    address = "/desk/papers/receipt/"
    shown = clerk.post(address, {"file": word(LETTER), "note": "様式第1号"})
    assert shown.status_code == 422
    assert "このひな形には「相手方の名称」がありません" in shown.content.decode()
    assert not Template.objects.exists()
    form = shown.context["form"]
    clerk.post(address, {name: form[name].value() for name in ("looked_at", "name", "note")})
    own = Template.objects.get()
    assert (own.document.name, own.note) == ("町の通知.docx", "様式第1号")
    assert "市の様式" in words_of(b"".join(clerk.get(f"{address}templates/{own.public_id}/")))
    assert "市の様式" in words_of(clerk.get(f"{address}example.docx").content)
    assert "市の様式" not in words_of(clerk.get(f"{address}ours.docx").content)
    assert clerk.get(f"{address}example.pdf").content.startswith(b"%PDF-")
    clerk.post(address, {"back_to_ours": "yes"})
    assert "市の様式" not in words_of(clerk.get(f"{address}example.docx").content)
    assert "町の通知.docx" in clerk.get(address).content.decode()


def test_what_cannot_be_a_template_is_refused_with_what_can_stand_there(clerk: Client):
    for sent in (
        {"file": word("{{ 宛名 }}")},
        {"file": word(LETTER + "{{ 件名|safe }}")},
        {"looked_at": "x"},
        {},
    ):
        assert clerk.post("/desk/papers/receipt/", sent).status_code == 422
    shown = clerk.post("/desk/papers/receipt/", {"file": word("{{ 宛名 }}")}).content.decode()
    assert "宛名。使えるのは 文書番号、発信日" in shown
    for text in (LETTER, f"{LETTER} {{{{ 相手方の名称 }}}}"):
        refused = clerk.post("/desk/papers/receipt/", {"file": with_a_program(text)}).content.decode()
        assert "マクロ" in refused and "このまま登録する" not in refused
    assert not Template.objects.exists()
    assert clerk.get("/desk/papers/agreement/").status_code == 404


def test_only_the_coordinating_division_changes_what_all_write_with(client: Client):
    client.force_login(a_user(role=Role.RESPONSIBLE, division=a_division(), sign_in_name="tanto2"))
    assert "総括課の担当者だけ" in client.get("/desk/papers/receipt/").content.decode()
    assert client.post("/desk/papers/receipt/", {"file": word(LETTER)}).status_code == 403
    assert client.post("/desk/papers/receipt/", {"back_to_ours": "yes"}).status_code == 403


def test_another_towns_template_is_neither_seen_nor_used(clerk: Client):
    theirs = a_user(municipality=a_municipality("011002"), sign_in_name="theirs")
    other = Client()
    other.force_login(theirs)
    theirs_only = (
        "{{ 件名 }}{{ 相手方の名称 }}{{ 自治体名 }}{{ 発信者 }}{% for 行 in 送付するもの %}{% endfor %}他町"
    )
    other.post("/desk/papers/cover/", {"file": word(theirs_only)})
    own = Template.objects.get()
    assert clerk.get(f"/desk/papers/cover/templates/{own.public_id}/").status_code == 404
    assert "他町" not in words_of(clerk.get("/desk/papers/cover/example.docx").content)


def test_a_procedure_offers_the_papers_of_the_steps_it_has_reached(clerk: Client):
    division = a_division(name="健康課")
    procedure = a_procedure(division=division, stage=Stage.COORDINATION)
    assert kinds(papers_of(procedure, day=TODAY)) == [PaperKind.RECEIPT]
    inquiry = inquire(
        procedure, text="参加できますか。", items=list(procedure.items.all()), divisions=[division],
        due_on=TODAY, by=a_user(sign_in_name="sokatsu"), at=AT, public_id="inquiry00001",
    )  # fmt: skip
    receipt, asked = papers_of(procedure, day=TODAY, clerk="見本 花子")
    assert receipt.empty == ["文書番号", "相手方の代表者"]
    assert asked.about == "健康課"
    address = f"/desk/procedures/{procedure.public_id}/papers/"
    assert "文書番号、相手方の代表者" in clerk.get(address).content.decode()
    made = clerk.get(f"{address}inquiry.docx?of={asked.of}")
    assert made["X-Content-Type-Options"] == "nosniff"
    assert "健康課長　様" in words_of(made.content)
    assert "令和8年6月1日" in words_of(made.content)
    assert clerk.get(f"{address}inquiry.pdf?of={asked.of}").content.startswith(b"%PDF-")
    assert clerk.get(f"{address}inquiry.docx?of={inquiry.public_id}").status_code == 404
    assert clerk.get(f"{address}receipt.exe").status_code == 404


def test_minutes_hold_nothing_that_is_only_for_the_town(clerk: Client):
    division, person = a_division(), a_user(sign_in_name="sokatsu")
    a_talk(division, person)
    meeting = Meeting.objects.exclude(minutes="").get()
    meeting.points.create(
        procedure=meeting.procedure, text="予算の上限", is_agreed=True, is_internal=True, written_at=AT
    )
    (minutes,) = [one for one in papers_of(meeting.procedure, day=TODAY) if one.kind == PaperKind.MINUTES]
    text = words_of(minutes.word(meeting.procedure.municipality))
    assert "講座は年2回。" in text and "講座は年2回" in text
    assert "予算" not in text


def test_the_papers_of_the_signing_say_what_was_planned_and_who_signs(clerk: Client):
    procedure = an_agreed_one(a_division())
    prepare(procedure, a_user(sign_in_name="sokatsu"))
    by_kind = {one.kind: one for one in papers_of(procedure, day=TODAY)}
    town = procedure.municipality
    programme = words_of(by_kind[PaperKind.CEREMONY].word(town))
    assert "令和8年6月1日 午前10時" in programme and "市長応接室" in programme
    with override("en"):  # whoever reads the pages in English writes to the partner in Japanese all the same
        papers = papers_of(procedure, day=TODAY)
    cover = words_of(papers[-1].word(town))
    assert "代表取締役 見本 次郎　様" in cover and "2部" in cover and "市長 見本 太郎" in cover
    press = words_of(by_kind[PaperKind.PRESS].word(town))
    assert "見本製薬株式会社" in press and "取材をお待ちしています" in press
    assert by_kind[PaperKind.CEREMONY].empty == []


AUTOMATIC = RenewalFacts(RenewalKind.AUTOMATIC, months=12, notice_months=1)


def test_an_agreement_offers_what_fits_its_day_to_each_partner(clerk: Client):
    day = date(2025, 1, 15)
    agreement = an_agreement(
        partners=("株式会社見本", "見本商店"), starts="2024-04-01", ends="2025-03-31", renewal=AUTOMATIC,
        form=Form.DISASTER,
    )  # fmt: skip
    papers = [one for one in papers_of_agreement(agreement, day=day) if one.about.startswith("見本商店")]
    assert kinds(papers) == [PaperKind.REQUEST, PaperKind.REQUEST, PaperKind.RENEWAL, PaperKind.COVER]
    renewal = words_of(papers[2].word(agreement.municipality))
    assert "令和7年4月1日から令和8年3月31日まで" in renewal and "令和7年2月28日" in renewal
    assert "要請日" in papers[1].empty and "要請日" not in papers[0].empty
    assert "令和　　年　　月　　日" in words_of(papers[1].word(agreement.municipality))
    end(agreement, on=date(2025, 1, 31), reason=EndReason.BY_BOTH, actor=None)
    agreement.refresh_from_db()
    papers = papers_of_agreement(agreement, day=date(2025, 2, 1))
    (ending, *_others) = [one for one in papers if one.kind == PaperKind.ENDING]
    text = words_of(ending.word(agreement.municipality))
    assert "令和7年1月31日" in text and "合意による終了" in text
    assert PaperKind.REQUEST not in kinds(papers)
    address = f"/desk/agreements/{agreement.public_id}/papers/"
    assert "終了通知" in clerk.get(address).content.decode()
    assert "令和7年1月31日" in words_of(clerk.get(f"{address}ending.docx?of={ending.of}").content)
