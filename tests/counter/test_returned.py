"""Changed Word files at the counter: sent back, and what became of them once the town has decided."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from renkei.agreements.vocabulary import Side
from renkei.counter import uploads
from renkei.documents.word.opening import open_word
from renkei.documents.word.writing import agreement_word
from renkei.municipalities.public_id import new_public_id
from renkei.procedures.models import Procedure, ReturnedDraft
from renkei.procedures.services.returning import answer_remark, decide_all
from renkei.procedures.services.taking_up import set_aside, take_up
from renkei.procedures.vocabulary import Resolution, Stage
from tests.factories import a_user
from tests.procedure_factories import AT, a_correspondent, a_partner, visit
from tests.returned_factories import CAME, a_returned
from tests.review_factories import a_drafted_procedure

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return a_correspondent(organisation=a_partner())


@pytest.fixture
def procedure(author) -> Procedure:
    found = a_drafted_procedure(author=author)
    found.versions.filter(kind="text").update(shared_at=AT)
    return found


def address(page: str, procedure: Procedure, *more: str) -> str:
    return reverse(
        f"counter:procedure_{page}", args=[procedure.municipality.code, procedure.public_id, *more]
    )


def send(client, procedure: Procedure, content: bytes):
    typed = {
        "once": new_public_id(),
        "note": "費用の所です。",
        "file": SimpleUploadedFile("案.docx", content),
    }
    return client.post(address("returned", procedure), typed)


def test_a_changed_file_is_sent_back_from_the_page_of_drafts(client, author, procedure):
    visit(client, author)
    assert address("returned", procedure) in client.get(address("drafts", procedure)).content.decode()
    word = agreement_word(CAME, town="見本市")
    assert send(client, procedure, word).status_code == 302
    one = ReturnedDraft.objects.get()
    assert (one.side, one.correspondent, one.changes.count()) == (Side.PARTNER, author, 2)
    refused = send(client, procedure, b"no word file")
    assert refused.status_code == 422
    assert "費用の所です。" in refused.content.decode()
    Procedure.objects.filter(pk=procedure.pk).update(stage=Stage.NEGOTIATION)
    assert "段階" in send(client, procedure, word).content.decode()


def test_only_so_many_refused_files_are_looked_at_in_a_day(client, author, procedure, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_REFUSED", 2)
    visit(client, author)
    told = [send(client, procedure, b"no word file").content.decode() for _sent in range(3)]
    assert ["受け取れないファイルが続きました" in page for page in told] == [False, False, True]
    good = agreement_word(CAME, town="見本市")
    assert send(client, procedure, good).status_code == 422
    assert not procedure.returned_drafts.exists()


def test_what_became_of_each_change_is_shown_once_the_town_has_ended_its_work(client, author, procedure):
    visit(client, author)
    clerk, returned = a_user(), a_returned(procedure, by=author)
    inside = a_returned(procedure, by=clerk, public_id="returned0002", side=Side.TOWN)
    costs, use = returned.changes.all()
    decide_all(returned, [costs], Resolution.REFUSED, answer="予算がありません。", by=clerk, at=AT, seen=1)
    decide_all(returned, [use], Resolution.ADOPTED, by=clerk, at=AT, seen=2)
    answer_remark(returned.remarks.get(), "ご相談します。", by=clerk, at=AT, seen=3)
    page = address("returned_draft", procedure, returned.public_id)
    before = client.get(page).content.decode()
    assert "市が扱いを決めています" in before
    assert "予算がありません。" not in before
    redline = address("returned_redline", procedure, returned.public_id)
    assert "予算がありません。" not in str(open_word(client.get(redline).content).remarks)
    take_up(returned, by=clerk, at=AT, public_id="nextversion1", seen=4)
    after = client.get(page).content.decode()
    assert "修正2件のうち1件を反映します" in after
    assert all(words in after for words in ("予算がありません。", "ご相談します。"))
    assert clerk.name not in after
    assert "予算がありません。" in str(open_word(client.get(redline).content).remarks)
    assert "1件を反映" in client.get(address("returned", procedure)).content.decode()
    assert client.get(address("returned_draft", procedure, inside.public_id)).status_code == 404


def test_what_is_set_aside_says_why(client, author, procedure):
    visit(client, author)
    returned = a_returned(procedure, by=author)
    set_aside(returned, reason="協議の後にもう一度お送りください。", by=a_user(), at=AT, seen=1)
    shown = client.get(address("returned_draft", procedure, returned.public_id)).content.decode()
    assert "取り上げないことになりました" in shown
    assert "もう一度お送りください" in shown
    assert "扱いを決めていない" not in shown


def test_what_nobody_decided_before_the_procedure_ended_is_not_promised_any_more(client, author, procedure):
    visit(client, author)
    returned = a_returned(procedure, by=author)
    Procedure.objects.filter(pk=procedure.pk).update(stage=Stage.WITHDRAWN)
    shown = client.get(address("returned_draft", procedure, returned.public_id)).content.decode()
    assert "扱いを決める前に手続が終わりました" in shown
    assert "メールでもお知らせします" not in shown
    assert "扱いを決める前に手続が終わった" in client.get(address("returned", procedure)).content.decode()
