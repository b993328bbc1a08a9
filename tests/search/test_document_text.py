"""Words in attached documents: who finds them, on which page they stand, and what that costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from renkei.agreements.models import Attachment
from renkei.agreements.services import attach, detach, withdraw
from renkei.documents.changes import text_read
from renkei.documents.models import PageText, TextReading
from renkei.documents.text_reading import read
from renkei.search import attached, merging
from renkei.search.finding import find_all
from renkei.search.listing import listing
from renkei.search.merging import merge
from renkei.search.models import Text
from renkei.search.rebuilding import rebuild
from tests.documents.pdfs import a_pdf
from tests.factories import a_user, an_agreement
from tests.search.reference import ask
from tests.search.test_recall import stored

pytestmark = pytest.mark.django_db

FIRST = "見守り協定書\n第１条　この協定は、高齢者の異変を早期に発\n見することを目的とする。"
LINE_END = "\n"
SECOND = "第２条　乙は、Safety\nCheck と⽑布の運搬を行う。"


def with_document(
    pages=(FIRST, SECOND), *, is_published=False, agreement=None, name="協定書.pdf"
) -> Attachment:
    """An attachment whose pages have been read; the pages are given, so that no file has to be opened."""
    held = agreement or an_agreement(title="甲乙丙", published=True)
    one = attach(held, b"%PDF-1.7 x", name=name, actor=None, is_published=is_published)
    TextReading.objects.create(document=one.document, state="read", pages=len(pages))
    PageText.objects.bulk_create(
        PageText(document=one.document, page=place, text=text) for place, text in enumerate(pages, start=1)
    )
    text_read.send(sender=PageText, ids=[one.document_id])
    return one


def found(text, *, internal=True):
    return find_all(ask(text, internal=internal))


def hits(text, *, internal=True):
    rows = listing(ask(text, internal=internal)).rows
    return [(hit.name, hit.text, hit.place) for row in rows for hit in row.hits]


def test_a_document_is_found_from_the_moment_it_was_read():
    one = attach(an_agreement(), a_pdf(FIRST, SECOND), name="協定書.pdf", actor=None)
    assert merge() and not found("毛布")
    read(one.document)
    assert found("毛布") == [one.agreement_id], "before it is merged"
    merge()
    assert found("毛布") == [one.agreement_id]


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        pytest.param("早期に発見する", True, id="broken over two lines"),
        pytest.param("第2条", True, id="in another width"),
        pytest.param('"safety check"', True, id="Latin words over two lines"),
        pytest.param("safetycheck", False, id="Latin words are not run together"),
        pytest.param("する第2条", False, id="two pages are not run together"),
        pytest.param("発見 毛布", True, id="words on two pages"),
        pytest.param("発見 -毛布", False, id="a word that must not be there"),
    ],
)
def test_words_of_a_document_are_found_as_a_person_reads_them(words, is_found):
    one = with_document()
    for bring in (lambda: None, merge, rebuild):
        bring()
        assert found(words) == ([one.agreement_id] if is_found else [])


def test_a_hit_names_document_and_page_and_quotes_it():
    with_document()
    with_document(["毛布の一覧"], name="別表.docx", agreement=an_agreement(title="甲と毛布"))
    assert hits("発見 毛布") == [
        ("協定書.pdf 1ページ", f"見守り協定書{FIRST[7:].replace(LINE_END, '')}", "#page=1"),
        ("協定書.pdf 2ページ", "第２条　乙は、Safety Check と⽑布の運搬を行う。", "#page=2"),
    ]
    assert hits("毛布")[1:] == [], "where the title says it, the document is not quoted"


def test_published_and_other_documents_are_told_apart():
    shown = with_document(["公開の毛布"], is_published=True)
    with_document(["庁内の毛布"], agreement=shown.agreement)
    for bring in (lambda: None, merge, rebuild):
        bring()
        assert found("公開の毛布", internal=False) and found("公開の毛布") and found("庁内の毛布")
        assert not found("庁内の毛布", internal=False)
    assert [text for _name, text, _place in hits("毛布", internal=False)] == ["公開の毛布"]
    withdraw(shown.agreement, actor=None)
    assert not found("公開の毛布", internal=False)


def test_a_document_that_was_taken_off_is_not_searched():
    one = with_document()
    merge()
    detach(one, at=timezone.now(), actor=None)
    assert not found("毛布")
    read(one.document)
    assert merge() and not found("毛布")
    rebuild()
    assert not found("毛布")


def test_the_index_kept_up_to_date_is_the_index_built_anew(monkeypatch):
    monkeypatch.setattr(merging, "MOST_LETTERS", 30)
    monkeypatch.setattr(merging, "FEW", 1)
    for text in ("毛布", "水", "食料"):
        with_document([text * 20, FIRST])
    assert merge() and Text.objects.count() == 1, "each merge takes up a bounded number of letters"
    while merge():
        pass
    kept = stored()
    rebuild()
    assert kept == stored()


def test_of_a_very_long_text_the_beginning_is_searched_and_quoted(monkeypatch):
    monkeypatch.setattr(attached, "MOST_LETTERS", 9_000)
    with_document(["無" * 7_990 + "毛布", "無" * 1_006 + "水一食料"], name="長い.pdf")
    assert found("毛布") and found("水一") and not found("食料")
    assert hits("毛布") == [("長い.pdf 1ページ", f"…{'無' * 50}毛布", "#page=1")]


def test_a_page_of_results_asks_as_often_for_many_documents_as_for_one(django_assert_num_queries):
    with_document()
    rebuild()
    hits("毛布")
    with CaptureQueriesContext(connection) as one:
        assert len(hits("毛布")) == 1
    for _more in range(6):
        with_document([FIRST, SECOND, "毛布"])
    rebuild()
    hits("毛布")
    with django_assert_num_queries(len(one)):
        assert len(hits("毛布")) == 7


def test_the_page_leads_to_the_page_of_the_document_at_both_doors(client):
    one = with_document(["公開の毛布"], is_published=True)
    with_document(["庁内の毛布カナリア"], agreement=one.agreement)
    hidden = with_document(["公開の毛布カナリア"], is_published=True, agreement=an_agreement())
    rebuild()
    address = reverse("portal:document", args=[one.agreement.public_id, one.document.public_id])
    page = client.get("/agreements/?q=毛布").content.decode()
    assert f'<a href="{address}#page=1">協定書.pdf 1ページ</a>: 公開の<mark>毛布</mark>' in page
    assert (
        "カナリア" not in page and "0件の協定" in client.get("/agreements/?q=毛布カナリア").content.decode()
    )
    client.force_login(a_user())
    page = client.get("/desk/agreements/?q=毛布カナリア").content.decode()
    address = reverse("desk:document", args=[hidden.agreement.public_id, hidden.document.public_id])
    assert f'<a href="{address}#page=1">' in page
