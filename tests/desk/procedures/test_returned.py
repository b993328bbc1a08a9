"""Drafts that came back, at the desk: received, decided change by change, taken up into the next version."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from renkei.accounts.models import User
from renkei.agreements.vocabulary import Side
from renkei.documents.contents import AgreementText
from renkei.documents.word.opening import open_word
from renkei.documents.word.writing import agreement_word
from renkei.municipalities.public_id import new_public_id
from renkei.procedures.models import Procedure, ReturnedDraft
from renkei.procedures.models.review import Comment
from renkei.procedures.services.commenting import Said, comment
from renkei.procedures.vocabulary import Resolution
from tests.factories import a_division, a_user
from tests.procedure_factories import AT
from tests.returned_factories import CAME, REMARK, a_returned_one
from tests.review_factories import TEXT, a_drafted_procedure, a_round

pytestmark = pytest.mark.django_db


def page(name: str, procedure: Procedure, *ids: str) -> str:
    return reverse(f"desk:procedure_{name}", args=[procedure.public_id, *ids])


def word_of(text: AgreementText, **properties: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("案(修正).docx", agreement_word(text, town="見本市", properties=properties))


@pytest.fixture
def returned(clerk) -> ReturnedDraft:
    return a_returned_one(a_division())["returned"]


def decided(client, returned: ReturnedDraft, resolution: Resolution, **given: object):
    returned.refresh_from_db()
    address = page("returned_decide", returned.procedure, returned.public_id)
    typed = {"scope": "change", "resolution": resolution, "version": returned.row_version, **given}
    return client.post(address, typed)


def said_in_a_round(returned: ReturnedDraft, *, by: User) -> Comment:
    """What the partner says in a round that was opened beside the draft that came back."""
    one = a_round(returned.procedure, by=by)
    words = Said(version=one.text, clause="costs", text="費用の分担は。", proposed="")
    return comment(one, words, by=returned.correspondent, at=AT, public_id="comment00001")


def test_a_file_that_came_by_mail_is_received_for_the_partner_and_compared(clerk):
    procedure = a_drafted_procedure()
    version = procedure.versions.get(kind="text")
    address = page("returned", procedure)
    assert "受け取って比べる" in clerk.get(address).content.decode()
    once = new_public_id()
    typed = {"version": "", "once": once, "origin": "partner", "note": "郵送で届いた"}
    refused = clerk.post(address, {**typed, "file": SimpleUploadedFile("x.docx", b"no word file")})
    assert refused.status_code == 422
    assert "郵送で届いた" in refused.content.decode()
    stranger = {"file": word_of(CAME), "origin": "nobody"}
    assert clerk.post(address, {**typed, **stranger}).status_code == 422
    not_sent = clerk.post(address, {**typed, "file": word_of(CAME)})
    assert "見せた" in not_sent.content.decode()
    for _pressed in range(2):
        file = word_of(CAME, RenkeiVersion=version.public_id)
        assert clerk.post(address, {**typed, "file": file}).status_code == 302
    one = procedure.returned_drafts.get()
    assert (one.side, one.version, one.changes.count()) == (Side.PARTNER, version, 2)
    assert one.public_id == once


def test_the_page_shows_each_change_where_it_stands_and_what_nobody_recorded(clerk, returned):
    shown = clerk.get(page("returned_draft", returned.procedure, returned.public_id)).content.decode()
    assert "修正2件のうち0件の扱いが決まりました" in shown
    assert "変更履歴に残っていない変更が2件あります" in shown
    assert "乙協議して定め" in shown
    assert REMARK in shown
    listed = clerk.get(page("returned", returned.procedure)).content.decode()
    assert "2件のうち0件" in listed
    assert (
        "戻ってきた修正2件の扱いを決めてください"
        in clerk.get(page("returned", returned.procedure)[:-9]).content.decode()
    )


def test_changes_are_decided_one_by_one_and_the_page_goes_on_to_the_next(clerk, returned):
    costs, use = returned.changes.all()
    refused = decided(clerk, returned, Resolution.REFUSED, which=costs.public_id, answer="")
    assert refused.status_code == 422
    assert "理由を" in refused.content.decode()
    went = decided(clerk, returned, Resolution.REFUSED, which=costs.public_id, answer="予算がない。")
    assert went["Location"].endswith(f"#change-{use.public_id}")
    stale = clerk.post(
        page("returned_decide", returned.procedure, returned.public_id),
        {"scope": "left", "resolution": "adopted", "version": 1},
    )
    assert (stale.status_code, "先に変更しました" in stale.content.decode()) == (422, True)
    assert decided(clerk, returned, Resolution.ADOPTED, which="0" * 12).status_code == 404
    take_up = page("returned_take_up", returned.procedure, returned.public_id)
    assert "1件あります" in clerk.get(take_up).content.decode()
    assert decided(clerk, returned, Resolution.ADOPTED, scope="left").status_code == 302
    remark = returned.remarks.get()
    answered = {"which": remark.public_id, "answer": "ご相談します。", "version": 3}
    address = page("returned_answer", returned.procedure, returned.public_id)
    assert clerk.post(address, answered)["Location"].endswith(f"#remark-{remark.public_id}")
    assert "反映するのは1件です" in clerk.get(take_up).content.decode()
    said = said_in_a_round(returned, by=a_user(sign_in_name="kakunin"))
    assert "扱いを決めていない意見があります" in clerk.get(take_up).content.decode()
    said.delete()
    sent = clerk.post(take_up, {"version": "", "once": new_public_id(), "seen": 4})
    assert sent["Location"] == page("drafts", returned.procedure)
    newest = returned.procedure.versions.get(kind="text", number=2)
    text = AgreementText.read(newest.content)
    assert [one.text for one in text.articles[:3]] == [one.text for one in TEXT.articles]
    assert text.articles[3].heading == "名称"
    told = open_word(clerk.get(page("returned_redline", returned.procedure, returned.public_id)).content)
    assert {one.text for one in told.remarks} >= {REMARK, "ご相談します。", "修正1: 反映しない\n予算がない。"}
    file = clerk.get(page("returned_file", returned.procedure, returned.public_id))
    assert b"".join(file.streaming_content)[:2] == b"PK"


def test_a_return_is_set_aside_with_a_reason(clerk, returned):
    address = page("returned_set_aside", returned.procedure, returned.public_id)
    typed = {"version": "", "once": new_public_id(), "seen": 1}
    assert clerk.post(address, {**typed, "reason": ""}).status_code == 422
    assert clerk.post(address, {**typed, "reason": "別の案で進めるため"}).status_code == 302
    shown = clerk.get(page("returned_draft", returned.procedure, returned.public_id)).content.decode()
    assert "別の案で進めるため" in shown
    assert "反映しない・回答だけする" not in shown


def test_a_press_that_was_sent_twice_is_no_mistake_of_whoever_pressed(clerk, returned):
    first, _other = returned.changes.all()
    typed = {"version": 1, "resolution": Resolution.ADOPTED}
    address = page("returned_decide", returned.procedure, returned.public_id)
    for scope, which, version in (("change", first.public_id, 1), ("left", "", 2)):
        for _pressed in range(2):
            answer = clerk.post(address, {**typed, "scope": scope, "which": which, "version": version})
            assert answer.status_code == 302
    assert not returned.changes.undecided().exists()
    assert clerk.post(address, {**typed, "scope": "change", "which": "nosuchchange"}).status_code == 404
