"""The text of a kept document, page by page: what is read, and what is told of the rest."""

import io
import subprocess
import sys
import zipfile
from datetime import timedelta

import pytest
import xlsxwriter
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from docx import Document as WordFile

from renkei.documents import page_texts, text_child
from renkei.documents.daily import read_left_over
from renkei.documents.models import TextReading
from renkei.documents.services import forget, keep
from renkei.documents.signatures.reports import examine
from renkei.documents.text_reading import read
from renkei.documents.vocabulary import ReadingState
from renkei.rules.kanji_radicals import without_radicals
from tests.documents.pdfs import a_pdf, a_scan
from tests.documents.test_keeping import office
from tests.factories import a_municipality

READ, NO_TEXT, REFUSED = ReadingState.READ, ReadingState.NO_TEXT, ReadingState.REFUSED


def kept(content, name="協定書.pdf"):
    return keep(content, name=name, municipality=a_municipality())


def pages(document):
    return dict(document.page_texts.values_list("page", "text"))


def a_word_file():
    made, written = WordFile(), io.BytesIO()
    made.add_paragraph("見守り協定書")
    made.add_table(1, 2).rows[0].cells[1].text = "毛布"
    made.save(written)
    return written.getvalue()


def a_workbook():
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        book.add_worksheet("別表").write_row(0, 0, ["毛布", 100])
        book.add_worksheet("連絡先").write(3, 2, "防災課")
    return written.getvalue()


def a_presentation():
    """Two slides, the second file shown first."""
    relations = "".join(f'<Relationship Id="r{n}" Target="slides/slide{n}.xml"/>' for n in (1, 2))
    written = io.BytesIO(office("ppt/presentation.xml", filling=b"""<p xmlns:r="r">
        <sldId r:id="r2"/><sldId r:id="r1"/></p>"""))  # fmt: skip
    with zipfile.ZipFile(written, "a") as archive:
        archive.writestr("ppt/_rels/presentation.xml.rels", f"<x>{relations}</x>")
        for number, text in ((1, "終わりに"), (2, "連携の概要")):
            archive.writestr(f"ppt/slides/slide{number}.xml", f"<s><p><r><t>{text}</t></r></p></s>")
    return written.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(lambda: a_pdf("第１条　目的", "", "第９条　期間"), {1: "第１条　目的", 3: "第９条　期間"}, id="PDF"),
        pytest.param(
            lambda: a_pdf("令和 3 年 3 月 31 日まで\n2 甲は、2 人"),
            {1: "令和3年3月31日まで\n2 甲は、2 人"},
            id="PDF of an office program",
        ),
        pytest.param(a_word_file, {1: "見守り協定書\n\t毛布"}, id="Word"),
        pytest.param(a_workbook, {1: "別表\n毛布\t100", 2: "連絡先\n防災課"}, id="Excel"),
        pytest.param(a_presentation, {1: "連携の概要", 2: "終わりに"}, id="PowerPoint"),
    ],
)  # fmt: skip
def test_the_text_is_read_page_by_page(content, said):
    document = kept(content())
    reading = read(document)
    assert (reading.state, reading.by_ocr) == (READ, False)
    assert pages(document) == said
    assert ("3ページのうち1ページには文字がありません" in reading.told) is (3 in said)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "state", "told"),
    [
        pytest.param(a_scan(2), NO_TEXT, "", id="scan"),
        pytest.param(b"\xff\xd8\xff\xe0...", NO_TEXT, "", id="picture"),
        pytest.param(b"%PDF-1.7\n%%EOF\n", REFUSED, "こわれているか", id="broken PDF"),
        pytest.param(office("xl/workbook.xml"), REFUSED, "こわれているか", id="broken workbook"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", REFUSED, "古い形式", id="old Office"),
    ],
)
def test_what_holds_no_text_is_told_and_not_an_error(content, state, told):
    document = kept(content)
    reading = read(document)
    assert reading.state == state
    assert told in reading.told
    assert not pages(document)


@pytest.mark.django_db
def test_it_is_read_when_it_is_kept_and_again_only_when_asked(capsys):
    document = kept(a_pdf("第１条　目的"))
    asked = {
        (one.task_path.rpartition(".")[2], *one.args_kwargs["args"]) for one in DBTaskResult.objects.all()
    }
    assert ("read_text", document.pk) in asked
    call_command("read_documents")
    assert "文書1件を読み取りました(本文あり1件" in capsys.readouterr().out
    call_command("read_documents")
    assert "文書0件" in capsys.readouterr().out
    document.page_texts.update(text="")
    call_command("read_documents", again=True)
    assert pages(document) == {1: "第１条　目的"}
    forget(document)
    assert not TextReading.objects.exists()


@pytest.mark.django_db
def test_a_scan_is_read_where_an_engine_is_named_and_that_is_said(settings, tmp_path):
    document = kept(a_scan(2))
    assert read(document).state == NO_TEXT
    settings.OCR = str(tmp_path / "engine")
    assert read(document).state == NO_TEXT, "there is no such program"
    engine = tmp_path / "engine"
    engine.write_text('#!/bin/sh\necho "$(head -c 4 "$1" | tail -c 3) $2 $3 $4: 第１条 ⽬的"\n')
    engine.chmod(0o700)
    call_command("read_documents")
    reading = TextReading.objects.get()
    assert (reading.state, reading.by_ocr, reading.pages) == (READ, True, 2)
    assert pages(document) == {1: "PNG stdout -l jpn: 第１条 目的", 2: "PNG stdout -l jpn: 第１条 目的"}
    engine.write_text("#!/bin/sh\nexit 1\n")
    assert read(document).state == NO_TEXT, "an engine that fails leaves the scan a scan"


def lines(monkeypatch, *texts, count=None, **bounds):
    for name, value in bounds.items():
        monkeypatch.setattr(text_child, name, value)
    found = page_texts.Pages(count or len(texts), iter(texts))
    monkeypatch.setattr(text_child, "pages_of", lambda _path, _kind: found)
    return list(text_child.answer("x", page_texts.PDF))


def test_of_a_long_document_the_beginning_is_kept_and_that_is_told(monkeypatch):
    *some, last = lines(monkeypatch, "一", "二", "三", KEPT_PAGES=2)
    assert [one["text"] for one in some] == ["一", "二"]
    assert last["pages"] == 3 and "2ページ目までの本文だけ" in last["told"]
    *some, last = lines(monkeypatch, "一二三", "四五六", "七", KEPT_LETTERS=4)
    assert "".join(one["text"] for one in some) == "一二三四"
    assert "2ページ目までの本文だけ" in last["told"]


def test_five_thousand_pages_are_the_most(monkeypatch):
    assert lines(monkeypatch, "一", count=5_000)
    with pytest.raises(page_texts.Unreadable, match="5,000ページを超える文書"):
        lines(monkeypatch, "一", count=5_001)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("令和６年⽇⽉年", "令和６年日月年"),
        ("⽯狩市⻑　⼾⽥", "石狩市長　戸田"),
        ("⻘⾊の⻝料", "青色の食料"),
        ("㈱髙﨑", "㈱髙﨑"),
    ],
)
def test_radicals_become_the_kanji_they_stand_for_and_nothing_else_changes(written, meant):
    assert without_radicals(written) == meant


@pytest.mark.django_db
def test_text_and_signatures_whose_reading_was_broken_off_are_read_the_next_day():
    document = kept(a_pdf("第１条"))
    DBTaskResult.objects.all().delete()
    for days, asked in ((0, 0), (1, 2)):
        day = timezone.localdate(document.kept_at) + timedelta(days=days)
        read_left_over(None, municipality=document.municipality, day=day)
        assert DBTaskResult.objects.count() == asked
    read(document), examine(document)
    read_left_over(None, municipality=document.municipality, day=day)
    assert DBTaskResult.objects.count() == 2


def test_the_pages_told_before_the_process_is_ended_are_there():
    code = """
import os
from renkei.documents.text_child import told
def pages():
    yield {"page": 1, "text": "x"}
    os.kill(os.getpid(), 9)
told(pages())
"""
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, env={})
    assert (ended.returncode, ended.stdout) == (-9, b'{"page":1,"text":"x"}\n')
