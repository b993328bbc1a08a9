"""Every paper of ours is whole, and a town's own template takes its place."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from docx import Document

from renkei.audit.models import Entry
from renkei.documents.filling import fields_in_word
from renkei.documents.models import Template
from renkei.documents.papers.builtin import BUILTIN
from renkei.documents.papers.fields import Blank, empty_in, with_blanks
from renkei.documents.papers.kinds import FIELDS, PRINTED_AS_TEXT
from renkei.documents.papers.making import paper_word, sample_word, sender_of
from renkei.documents.papers.services import retire_template, upload_template
from renkei.documents.papers.templates_in_use import our_template, word_template
from renkei.documents.printing import word_pdf
from renkei.documents.services import DocumentRefused
from renkei.documents.vocabulary import PaperKind
from tests.documents.test_filling import a_template
from tests.factories import a_municipality, a_user

AT = datetime(2026, 6, 1, tzinfo=UTC)


def words_of(content: bytes) -> str:
    """All letters of a Word file, tables and foot too."""
    word = Document(io.BytesIO(content))
    parts = [word.element.body, *(section.footer._element for section in word.sections)]
    return "\n".join(text for part in parts for text in part.itertext())


def test_every_paper_has_fields_and_a_template_or_is_the_text_itself():
    assert set(FIELDS) == set(BUILTIN) == set(PaperKind) - set(PRINTED_AS_TEXT)


@pytest.mark.parametrize("kind", list(FIELDS))
def test_a_paper_of_ours_is_filled_without_a_gap_in_word_and_in_print(kind):
    template = our_template(kind)
    known = {name for field in FIELDS[kind] for name in field.names}
    asked = set(fields_in_word(template))
    needed = {field.name for field in FIELDS[kind] if field.is_needed}
    assert asked <= known
    assert needed - {"自治体名"} <= asked
    styles = {style.name for style in Document(io.BytesIO(template)).styles}
    assert {"Heading 1", "Heading 2", "Table Grid"} <= styles and len(styles) < 20
    word = sample_word(template, kind)
    text = words_of(word)
    assert "{" not in text and "}" not in text
    for field in FIELDS[kind]:
        if field.name in asked and field.example:
            assert field.example.splitlines()[0] in text, field.name
    made = word_pdf(word, title=str(kind.label), town="みどり市")
    assert made.content.startswith(b"%PDF-")
    assert made.missing == ()


@pytest.mark.parametrize("kind", list(FIELDS))
def test_a_paper_of_which_nothing_is_known_has_room_to_write(kind):
    text = words_of(sample_word_of_nothing(kind))
    assert "{" not in text
    assert "None" not in text
    assert empty_in(FIELDS[kind], {}) == [field.name for field in FIELDS[kind] if not field.is_extra]


def sample_word_of_nothing(kind: PaperKind) -> bytes:
    from renkei.documents.filling import fill_word

    return fill_word(our_template(kind), with_blanks(FIELDS[kind], {}))


def test_room_to_write_is_nothing_to_an_if_and_something_on_paper():
    assert not Blank("令和　　年")
    assert str(Blank("令和　　年")) == "令和　　年"


def test_the_sender_is_whoever_signs_for_the_town():
    town = a_municipality_in_memory()
    assert sender_of(town) == "見本市長"
    assert sender_of(town, "見本市長 見本 太郎") == "見本市長 見本 太郎"
    assert sender_of(town, "市長 見本 太郎") == "見本市長 見本 太郎"
    assert sender_of(town, "教育長 見本 太郎") == "見本市　教育長 見本 太郎"


def a_municipality_in_memory():
    from renkei.municipalities.models import Municipality

    return Municipality(code="012041", name="見本市", kind="city")


OWN = a_template("{{ 相手方の名称 }}様 {{ 件名 }} {{ 受付番号 }} {{ 自治体名 }} {{ 発信者 }} 市の様式")


@pytest.mark.django_db
def test_a_town_brings_its_own_template_a_newer_one_and_goes_back_to_ours():
    town, actor = a_municipality(), a_user()
    other = a_municipality("011002")
    told = {"相手方の名称": "見本商店", "件名": "見守り"}
    first = upload_template(
        town, PaperKind.RECEIPT, OWN, name="町.docx", note="様式第1号", at=AT, actor=actor
    )
    assert "見本商店様 見守り" in words_of(paper_word(town, PaperKind.RECEIPT, told))
    assert "市の様式" not in words_of(paper_word(other, PaperKind.RECEIPT, told))
    assert word_template(town, PaperKind.COVER) == our_template(PaperKind.COVER)
    second = upload_template(
        town, PaperKind.RECEIPT, our_template(PaperKind.RECEIPT), name="新.docx", at=AT + timedelta(days=1), actor=actor
    )  # fmt: skip
    assert list(Template.objects.of(town).in_use()) == [second]
    retire_template(second, at=AT + timedelta(days=2), actor=actor)
    retire_template(second, at=AT + timedelta(days=3), actor=actor)
    assert word_template(town, PaperKind.RECEIPT) == our_template(PaperKind.RECEIPT)
    with Template.objects.get(pk=first.pk).document.content.open("rb") as kept:
        assert kept.read() == OWN
    assert [entry.event for entry in Entry.objects.of(town).order_by("number")] == [
        "template.uploaded", "template.uploaded", "template.retired",
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content, why",
    [
        pytest.param(a_template("{{ 宛名 }}"), r"宛名。使えるのは 文書番号、発信日、相手方の名称", id="an unknown field"),
        pytest.param(a_template("{{ 件名|upper }}"), "使えない書き方", id="a program"),
        pytest.param(b"%PDF-1.7", "Word文書", id="a PDF"),
        pytest.param(
            a_template("{%p if 件名 %}", rows=("a", "{%p endif %}")), "閉じていない", id="an if across a table"
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_a_template_is_refused_and_nothing_changes(content, why):
    town = a_municipality()
    with pytest.raises(DocumentRefused, match=why):
        upload_template(town, PaperKind.RECEIPT, content, name="x.docx", at=AT, actor=a_user())
    assert not Template.objects.exists()
