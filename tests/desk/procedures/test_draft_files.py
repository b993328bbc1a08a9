"""Versions as files at the desk: Word and PDF of one, the changes between two, the attached tables on the page."""

import io
import zipfile
from dataclasses import replace
from urllib.parse import unquote

import docx
import pytest
from django.urls import reverse
from docx_plus.revisions import read_revisions

from renkei.documents.contents import AgreementText
from renkei.procedures.models import Procedure
from tests.documents.texts import GOODS
from tests.drafting_factories import a_procedure_to_draft
from tests.factories import a_division, a_user
from tests.procedure_factories import a_correspondent
from tests.review_factories import LIST, TEXT, a_version

pytestmark = pytest.mark.django_db
TEXT_OF_PAPER = replace(TEXT, tables=(GOODS,))


@pytest.fixture
def procedure(clerk) -> Procedure:
    return a_procedure_to_draft(division=a_division())


def page(name: str, procedure: Procedure, *ids: str) -> str:
    return reverse(f"desk:procedure_{name}", args=[procedure.public_id, *ids])


def opened(answer) -> docx.document.Document:
    assert answer["X-Content-Type-Options"] == "nosniff"
    return docx.Document(io.BytesIO(answer.content))


def test_a_version_is_received_as_word_that_knows_which_version_it_is(clerk, procedure):
    version = a_version(procedure, TEXT_OF_PAPER)
    shown = clerk.get(page("draft", procedure, version.public_id)).content.decode()
    address = page("draft_word", procedure, version.public_id)
    assert address in shown
    assert '<th scope="col">品目</th>' in shown
    answer = clerk.get(address)
    assert f"協定書(案) 第1版 {procedure.title}.docx" in unquote(answer["Content-Disposition"])
    assert [one.text for one in opened(answer).paragraphs][:3] == [TEXT.title, TEXT.preamble, "（目的）"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        custom = archive.read("docProps/custom.xml").decode()
    assert version.public_id in custom
    assert version.digest in custom
    printed = clerk.get(page("draft_pdf", procedure, version.public_id))
    assert (printed["Content-Type"], printed.content[:5]) == ("application/pdf", b"%PDF-")


def test_the_changes_between_two_versions_are_received_as_tracked_changes_of_the_maker(clerk, procedure):
    old = a_version(procedure, TEXT_OF_PAPER)
    purpose, *rest = TEXT.articles
    changed = replace(
        TEXT_OF_PAPER, articles=(replace(purpose, text=purpose.text.replace("市民", "住民")), *rest)
    )
    new = a_version(procedure, changed, made_from=old, made_by_user=a_user(sign_in_name="b"))
    asked = f"?old={new.public_id}&new={old.public_id}"
    shown = clerk.get(page("draft_compare", procedure) + asked).content.decode()
    address = page("draft_redline", procedure)
    assert f"{address}?old={old.public_id}&amp;new={new.public_id}" in shown
    answer = clerk.get(address + asked)
    assert "第2版(第1版からの変更履歴)" in unquote(answer["Content-Disposition"])
    told = [(one.author, one.revision_type, one.text) for one in read_revisions(opened(answer))]
    assert told == [(new.maker, "deletion", "市"), (new.maker, "insertion", "住")]


def test_a_list_or_a_version_of_another_procedure_is_no_such_file(clerk, procedure):
    version, listed = a_version(procedure, AgreementText("協定書")), a_version(procedure, LIST)
    other = a_procedure_to_draft(author=a_correspondent(email="b@example.com"))
    for name in ("draft_word", "draft_pdf"):
        assert clerk.get(page(name, procedure, listed.public_id)).status_code == 404
        assert clerk.get(page(name, other, version.public_id)).status_code == 404
    for asked in (f"?old={version.public_id}&new={version.public_id}", ""):
        assert clerk.get(page("draft_redline", other) + asked).status_code == 404
    assert (
        clerk.get(
            page("draft_redline", procedure) + f"?old={listed.public_id}&new={listed.public_id}"
        ).status_code
        == 404
    )


def test_letters_that_no_paper_can_show_are_named_and_the_word_file_is_still_had(clerk, procedure):
    strange = a_version(procedure, replace(TEXT, preamble="".join(map(chr, range(0x12000, 0x12020)))))
    address = page("draft_pdf", procedure, strange.public_id)
    shown = clerk.get(address, follow=True).content.decode()
    assert "WordかExcelで受け取ってください" in shown
    assert clerk.get(page("draft_word", procedure, strange.public_id)).status_code == 200
