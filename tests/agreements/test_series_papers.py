"""Papers of a whole series at once: named for each partner, put together once, whatever happens to the worker."""

import io
import zipfile
from datetime import UTC, date, datetime, timedelta

import pypdfium2
import pytest
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult
from docx import Document as Word

from renkei.agreements.daily import go_on_with_papers
from renkei.agreements.facts import PartyFacts
from renkei.agreements.member_lines import members_of_text
from renkei.agreements.models import Agreement, Series, SeriesPapers
from renkei.agreements.series_fields import Order
from renkei.agreements.series_papers import AGREEMENT, COVER, PapersFacts, going_on, unsigned
from renkei.agreements.services import (
    Refused,
    add_partners,
    attach,
    create_series,
    join,
    leave,
    unregister_many,
)
from renkei.agreements.services.series_papers import (
    forget_old_papers,
    make_next,
    order_again,
    order_papers,
    put_together,
)
from renkei.agreements.tasks import make_series_papers
from renkei.documents.models import Document
from renkei.partners.models import Organisation
from tests.factories import a_municipality, a_user

pytestmark = pytest.mark.django_db

DAY, AT = date(2026, 11, 26), datetime(2026, 11, 26, 3, tzinfo=UTC)
CLAUSE = "この協定の有効期間は、締結の日から起算して１年間とする。"
FACTS = PapersFacts(
    makes=(AGREEMENT, COVER),
    subject="watching",
    day="2026-12-01",
    sent_on="2026-11-26",
    number="福第{番号}号",
    first_number=12,
    signatory="見本市長　見本 一郎",
    address="見本市本町1丁目1番1号",
)


def a_series(names: str, **facts: object) -> Series:
    series = create_series(
        a_municipality(),
        name="見守り",
        facts={"title": "見守りに関する協定", "clause": CLAUSE, **facts},
        actor=None,
    )
    add_partners(series, members_of_text(names), day=DAY, actor=None)
    Organisation.objects.update(address="見本市本町2丁目")
    return series


def a_word(*paragraphs: str) -> bytes:
    made, word = io.BytesIO(), Word()
    for one in paragraphs:
        word.add_paragraph(one)
    word.save(made)
    return made.getvalue()


def ordered(series: Series, facts: PapersFacts = FACTS, **more: object) -> SeriesPapers:
    return order_papers(series, facts, going_on(series, DAY), at=AT, actor=None, **more)


def all_made(papers: SeriesPapers) -> SeriesPapers:
    """Worked off to the end, as the task does it."""
    order = Order(papers)
    while make_next(order, at=AT):
        pass
    put_together(papers, at=AT)
    papers.refresh_from_db()
    return papers


def files_in(papers: SeriesPapers) -> dict[str, bytes]:
    with papers.archive.open("rb") as kept, zipfile.ZipFile(kept) as opened:
        assert all(one.flag_bits & 0x800 for one in opened.infolist())
        return {one.filename: opened.read(one) for one in opened.infolist()}


def texts_in(word: bytes) -> str:
    return "\n".join(one.text for one in Word(io.BytesIO(word)).paragraphs)


def pages_of(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as opened:
        return [page.get_textpage().get_text_bounded() for page in opened]


def test_each_partner_has_an_agreement_and_a_letter_of_its_own():
    papers = all_made(ordered(a_series("株式会社見本\n見本商店/本町店\n見本商店/本町店 ")))
    files = files_in(papers)
    assert sorted(files)[:4] == [
        "001 株式会社見本 協定書.docx",
        "001 株式会社見本 協定書.pdf",
        "001 株式会社見本 送付状.docx",
        "001 株式会社見本 送付状.pdf",
    ]
    assert "002 見本商店／本町店 協定書.docx" in files
    agreement = texts_in(files["001 株式会社見本 協定書.docx"])
    assert "{{" not in agreement
    assert agreement.startswith("見守りに関する協定書\n"), "the title of the register, not of the usual text"
    for words in ("株式会社見本", CLAUSE, "令和8年12月1日", "見本市長　見本 一郎"):
        assert words in agreement
    letter = "".join(pages_of(files["002 見本商店／本町店 送付状.pdf"]))
    assert "福第13号" in letter and "見本商店/本町店" in letter


def test_the_print_begins_each_paper_on_a_new_sheet_agreements_first():
    papers = all_made(ordered(a_series("株式会社見本\n見本商店")))
    with papers.printout.open("rb") as kept:
        files, pages = files_in(papers), pages_of(kept.read())
    wanted: list[str] = []
    for name in sorted(
        (one for one in files if one.endswith(".pdf")), key=lambda one: ("送付状" in one, one)
    ):
        own = pages_of(files[name])
        wanted += own + [""] * (len(own) % 2)
    assert pages == wanted


def test_a_killed_worker_leaves_its_partner_to_the_next_and_nothing_is_made_twice():
    papers = ordered(a_series("株式会社一\n株式会社二\n株式会社三"))
    order = Order(papers)
    make_next(order, at=AT)
    first = papers.partners.get(position=1)
    papers.partners.filter(position=2).update(tries=1)  # begun, and its worker was killed
    assert all_made(papers).ended_at == AT
    assert papers.partners.get(position=1).made_at == first.made_at
    assert [one.tries for one in papers.partners.all()] == [1, 2, 1]
    assert len(files_in(papers)) == 12
    archive = papers.archive.name
    put_together(SeriesPapers.objects.get(), at=AT + timedelta(hours=1))
    assert SeriesPapers.objects.get().archive.name == archive
    assert [one.files for one in papers.partners.all()] == ["", "", ""]


def test_papers_that_end_the_program_each_time_are_left_out_and_told():
    papers = ordered(a_series("株式会社一\n株式会社二"))
    papers.partners.filter(position=1).update(tries=3)
    all_made(papers)
    left = papers.partners.failed().get()
    assert left.name == "株式会社一" and "続けて止まりました" in left.problem
    assert len(files_in(papers)) == 4


@pytest.mark.django_db(transaction=True)
def test_a_worker_goes_on_where_a_killed_one_stopped_and_the_steps_end():
    names = "\n".join(f"見本商店第{number}号店" for number in range(1, 8))
    papers = ordered(a_series(names), PapersFacts(makes=(COVER,)))
    make_series_papers.func(papers.pk)  # a first step, whose worker is killed over the next partner
    papers.partners.filter(position=6).update(tries=1)
    call_command("db_worker", batch=True, verbosity=0, startup_delay=False)
    papers.refresh_from_db()
    assert papers.ended_at and len(files_in(papers)) == 14
    assert [one.tries for one in papers.partners.all()] == [1, 1, 1, 1, 1, 2, 1]


def test_a_letter_that_cannot_be_printed_is_named_and_only_its_pdf_is_left_out():
    papers = all_made(ordered(a_series("株式会社\ue000\n見本商店")))
    one, other = papers.partners.all()
    assert "印刷できない文字があります: \ue000(U+E000)。" in one.remark and "印刷" not in other.remark
    assert one.kinds == ["agreement.docx", "cover.docx"] and len(files_in(papers)) == 6


def test_what_is_left_empty_on_the_letter_is_told_for_each_partner():
    series = a_series("見本商店")
    Organisation.objects.update(address="")
    assert "送付状の次の欄は空いています" in all_made(ordered(series)).partners.get().remark
    assert "相手方の所在地" in SeriesPapers.objects.get().partners.get().remark


def test_a_word_file_with_fields_makes_the_agreements_and_goes_with_its_order():
    word = a_word("{{ 相手方の名称 }}と{{ 市の名称 }}", "{{ 期間の文 }}", "対象 {{ 対象 }}")
    facts = PapersFacts(more={"対象": "市内全域"})
    papers = ordered(a_series("株式会社見本"), facts, template=("ひな形.docx", word))
    again = order_again(all_made(papers), at=AT + timedelta(days=1), actor=None)
    assert (
        texts_in(files_in(all_made(again))["001 株式会社見本 協定書.docx"])
        == f"株式会社見本と旭川市\n{CLAUSE}\n対象 市内全域"
    )
    assert forget_old_papers(a_municipality(), day=DAY + timedelta(days=31)) == 1
    assert Document.objects.filter(pk=papers.template_id).exists()
    assert forget_old_papers(a_municipality(), day=DAY + timedelta(days=32)) == 1
    assert not SeriesPapers.objects.exists() and not Document.objects.exists()
    assert not again.archive.storage.exists(again.archive.name)


@pytest.mark.parametrize(
    "facts, words",
    [
        (PapersFacts(makes=()), "作る文書が選ばれていません"),
        (PapersFacts(more={"対象": ""}), "差し込めない項目があります: 所管。使えるのは 全当事者、"),
    ],
    ids=["nothing chosen", "an unknown field"],
)
def test_what_cannot_be_made_is_refused_before_anything_is(facts, words, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    word = ("ひな形.docx", a_word("{{ 対象 }}と{{ 所管 }}"))
    with pytest.raises(Refused, match=words):
        ordered(a_series("株式会社見本"), facts, template=word)
    with pytest.raises(Refused, match="Word文書"):
        ordered(a_series2(), PapersFacts(), template=("ひな形.pdf", b"%PDF-1.7"))
    assert not SeriesPapers.objects.exists() and not Document.objects.exists()
    assert not [one for one in tmp_path.rglob("*") if one.is_file()]


def a_series2() -> Series:
    """Another series, of one partner, without a clause on the term."""
    series = create_series(a_municipality(), name="別の同文協定", facts={}, actor=None)
    add_partners(series, members_of_text("別の店"), day=DAY, actor=None)
    return series


def test_a_text_that_names_term_and_items_needs_those_of_the_series():
    with pytest.raises(Refused, match="期間の条文、連携事項が要りますが"):
        ordered(a_series2(), PapersFacts(subject="comprehensive"))


def test_partners_with_a_paper_already_and_those_who_ended_are_told_apart():
    series = a_series("株式会社一\n株式会社二")
    signed = Agreement.objects.get(parties__name_as_signed="株式会社一")
    attach(signed, content=b"%PDF-1.7", name="協定書.pdf", actor=a_user())
    assert [str(one.parties.last()) for one in unsigned(going_on(series, DAY))] == ["株式会社二"]


def test_who_has_left_signs_nothing_and_gets_no_letter():
    series = a_series("株式会社一")
    agreement = series.agreements.get()
    join(agreement, [PartyFacts(name="株式会社二", letter="丙")], on=DAY, actor=None)
    leave(agreement, agreement.parties.get(name_as_signed="株式会社一"), on=DAY, actor=None)
    papers = order_papers(series, FACTS, going_on(series, DAY + timedelta(days=1)), at=AT, actor=None)
    files = files_in(all_made(papers))
    words = texts_in(files["001 株式会社二 協定書.docx"]) + texts_in(files["001 株式会社二 送付状.docx"])
    assert "株式会社二" in words and "株式会社一" not in words


def test_the_numbers_of_letters_stay_when_an_agreement_is_removed_meanwhile():
    papers = ordered(a_series("株式会社一\n株式会社二"))
    gone, left = (one.agreement for one in papers.partners.all())
    unregister_many([gone])
    assert Order(papers).common(left)["文書番号"] == "福第13号"


def test_an_order_that_stands_still_is_asked_for_again_the_next_day():
    papers = ordered(a_series("株式会社一"))
    for day, asked in ((DAY, 0), (DAY + timedelta(days=1), 1)):
        go_on_with_papers(None, municipality=papers.municipality, day=day)
        assert DBTaskResult.objects.filter(task_path=make_series_papers.module_path).count() == asked
