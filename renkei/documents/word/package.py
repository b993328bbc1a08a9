"""The Word file itself: our styles and settings, and what is written into them, as one archive.

Written by hand and not with a library: nothing stands in it that we did not put there (no name of the server, no
clock, no other language's defaults), and the same text gives the same bytes.
"""

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from renkei.documents.word.letters import escaped

PARTS = Path(__file__).parent / "parts"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGES = "http://schemas.openxmlformats.org/package/2006"
TYPES = {
    "/word/document.xml": f"{WORD}.document.main+xml",
    "/word/styles.xml": f"{WORD}.styles+xml",
    "/word/settings.xml": f"{WORD}.settings+xml",
    "/word/fontTable.xml": f"{WORD}.fontTable+xml",
    "/word/footer1.xml": f"{WORD}.footer+xml",
    "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    "/docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
}
OF_COMMENTS = {
    "/word/comments.xml": f"{WORD}.comments+xml",
    "/word/commentsExtended.xml": f"{WORD}.commentsExtended+xml",
}
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{OFFICE}/relationships" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
)
SECTION = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1701" w:right="1418" w:bottom="1418" w:left="1418" w:header="851" w:footer="680" '
    'w:gutter="0"/><w:docGrid w:type="lines" w:linePitch="380"/></w:sectPr>'
)
"""A4 with margins of 30 mm above and 25 mm on the other sides."""
RUNNING_SECTION = (
    SECTION.replace("<w:sectPr>", '<w:sectPr><w:headerReference w:type="default" r:id="rIdHeader"/>')
    .replace(
        '<w:footerReference w:type="default" r:id="rId4"/>',
        '<w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="first" r:id="rId4"/>',
    )
    .replace("<w:docGrid", "<w:titlePg/><w:docGrid")
)
CLOSE = {
    'w:top="1701"': 'w:top="1021"',
    'w:bottom="1418"': 'w:bottom="1021"',
    'w:line="380"': 'w:line="262"',
    'w:line="320"': 'w:line="240"',
    '<w:docGrid w:type="lines" w:linePitch="380"/>': "",
    '<w:kern w:val="2"/><w:sz w:val="22"/>': '<w:kern w:val="2"/><w:sz w:val="18"/>',
    '<w:rPr><w:sz w:val="20"/>': '<w:rPr><w:sz w:val="17"/>',
}
"""What a closely set page changes."""


def package(
    body: str,
    *,
    title: str,
    town: str,
    properties: Mapping[str, str] | None = None,
    comments: tuple[str, str] | None = None,
    more_styles: str = "",
    pictures: Sequence[bytes] = (),
    running: tuple[str, str] | None = None,
    is_close: bool = False,
) -> bytes:
    """A Word file of a body in WordprocessingML; `comments` are the two parts that hold remarks.

    `more_styles` stand beside ours; `pictures` are PNG, and the body names them rIdPicture1, rIdPicture2, ….
    `running` are words that stand above each page but the first, and below each page before its number.
    `is_close` sets lines closely on a page with narrow margins, for a sheet that is one page.
    """
    types = TYPES | (OF_COMMENTS if comments else {})
    parts = {
        "[Content_Types].xml": _types(types),
        "_rels/.rels": _package_links(),
        "docProps/core.xml": _core(title, town),
        "docProps/app.xml": _application(town),
        "docProps/custom.xml": _custom(properties or {}),
        "word/_rels/document.xml.rels": _document_links(bool(comments), len(pictures)),
        "word/document.xml": f"{HEAD}<w:document {NAMESPACES}><w:body>{body}{SECTION}</w:body></w:document>",
    }
    if comments:
        parts |= {"word/comments.xml": comments[0], "word/commentsExtended.xml": comments[1]}
    for one in ("styles", "settings", "fontTable", "footer1"):
        parts[f"word/{one}.xml"] = (PARTS / f"{one}.xml").read_text(encoding="utf-8")
    if running:
        _run_along(parts, *running)
    parts["word/styles.xml"] = parts["word/styles.xml"].replace("</w:styles>", f"{more_styles}</w:styles>")
    if is_close:
        for wide, narrow in CLOSE.items():
            for name in ("word/styles.xml", "word/document.xml"):
                parts[name] = parts[name].replace(wide, narrow)
    drawn = {f"word/media/picture{place}.png": picture for place, picture in enumerate(pictures, start=1)}
    return _archive({**parts, **drawn})


def _run_along(parts: dict[str, str], above: str, below: str) -> None:
    """Words above each page but the first, which has its title, and below each page before its number."""
    types = parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = types.replace(
        "</Types>", f'<Override PartName="/word/header1.xml" ContentType="{WORD}.header+xml"/></Types>'
    )
    links = parts["word/_rels/document.xml.rels"]
    link = f'<Relationship Id="rIdHeader" Type="{OFFICE}/relationships/header" Target="header1.xml"/>'
    parts["word/_rels/document.xml.rels"] = links.replace("</Relationships>", f"{link}</Relationships>")
    parts["word/document.xml"] = parts["word/document.xml"].replace(SECTION, RUNNING_SECTION)
    style = '<w:pPr><w:pStyle w:val="Footer"/><w:jc w:val="left"/></w:pPr>'
    parts["word/header1.xml"] = f"{HEAD}<w:hdr {NAMESPACES}><w:p>{style}{_words(above)}</w:p></w:hdr>"
    footer = parts["word/footer1.xml"]
    tabbed = (
        '<w:pPr><w:pStyle w:val="Footer"/><w:tabs><w:tab w:val="right" w:pos="9070"/></w:tabs>'
        f'<w:jc w:val="left"/></w:pPr>{_words(below)}<w:r><w:tab/></w:r>'
    )
    parts["word/footer1.xml"] = footer.replace('<w:pPr><w:pStyle w:val="Footer"/></w:pPr>', tabbed)


def _words(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escaped(text)}</w:t></w:r>'


def _archive(parts: Mapping[str, str | bytes]) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w") as archive:
        for name, text in parts.items():
            entry = ZipInfo(name)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, text if isinstance(text, bytes) else text.encode())
    return written.getvalue()


def _types(types: Mapping[str, str]) -> str:
    told = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in types.items())
    return (
        f'{HEAD}<Types xmlns="{PACKAGES}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{told}</Types>'
    )


def _links(links: list[tuple[str, str]]) -> str:
    told = "".join(
        f'<Relationship Id="rId{place}" Type="{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(links, start=1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGES}/relationships">{told}</Relationships>'


def _package_links() -> str:
    of_office = f"{OFFICE}/relationships"
    return _links(
        [
            (f"{of_office}/officeDocument", "word/document.xml"),
            (f"{PACKAGES}/relationships/metadata/core-properties", "docProps/core.xml"),
            (f"{of_office}/extended-properties", "docProps/app.xml"),
            (f"{of_office}/custom-properties", "docProps/custom.xml"),
        ]
    )


def _document_links(with_comments: bool, pictures: int) -> str:
    of_office = f"{OFFICE}/relationships"
    links = [(f"{of_office}/{one}", f"{one}.xml") for one in ("styles", "settings", "fontTable")]
    links += [(f"{of_office}/footer", "footer1.xml")]
    if with_comments:
        extended = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
        links += [(f"{of_office}/comments", "comments.xml"), (extended, "commentsExtended.xml")]
    drawn = "".join(
        f'<Relationship Id="rIdPicture{place}" Type="{of_office}/image" Target="media/picture{place}.png"/>'
        for place in range(1, pictures + 1)
    )
    return _links(links).replace("</Relationships>", f"{drawn}</Relationships>")


def _core(title: str, town: str) -> str:
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGES}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escaped(title)}</dc:title><dc:creator>{escaped(town)}</dc:creator>"
        f"<dc:language>ja-JP</dc:language><cp:lastModifiedBy>{escaped(town)}</cp:lastModifiedBy></cp:coreProperties>"
    )


def _application(town: str) -> str:
    kind = f"{OFFICE}/extended-properties"
    return f'{HEAD}<Properties xmlns="{kind}"><Company>{escaped(town)}</Company></Properties>'


def _custom(properties: Mapping[str, str]) -> str:
    told = "".join(
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" '
        f'pid="{number}" name={quoteattr(name)}><vt:lpwstr>{escaped(text)}</vt:lpwstr></property>'
        for number, (name, text) in enumerate(properties.items(), start=2)
    )
    return (
        f'{HEAD}<Properties xmlns="{OFFICE}/custom-properties" xmlns:vt="{OFFICE}/docPropsVTypes">'
        f"{told}</Properties>"
    )
