"""Word files for tests, written by hand as the programs of the world write them."""

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/wordprocessingml/main"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
SPACES = (
    f'xmlns:w="{MAIN}" xmlns:r="{OFFICE}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
)
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """An archive of these parts."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return written.getvalue()


def relations(*told: tuple[str, str, str], mode: str = "") -> str:
    """A part of relations: id, kind, target."""
    inner = "".join(
        f'<Relationship Id="{number}" Type="{OFFICE}/{kind}" Target={quoteattr(target)}{mode}/>'
        for number, kind, target in told
    )
    return f'<Relationships xmlns="{RELATIONS}">{inner}</Relationships>'


def word_parts(body: str, more: Mapping[str, str] | None = None) -> dict[str, str | bytes]:
    """The parts of a Word file with this body; `more` by kind (comments, numbering …), each without its namespaces."""
    kinds = dict(more or {})
    told = [(f"r{place}", kind, f"{kind}.xml") for place, kind in enumerate(kinds)]
    return {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relations(("m", "officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": relations(*told),
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
        **{f"word/{kind}.xml": part.replace(">", f" {SPACES}>", 1) for kind, part in kinds.items()},
    }


def word(body: str, **more: str) -> bytes:
    """A Word file with this body."""
    return archive(word_parts(body, more))


def r(text: str, tag: str = "t") -> str:
    """A run."""
    return f'<w:r><w:{tag} xml:space="preserve">{escape(text)}</w:{tag}></w:r>'


def p(inner: str, properties: str = "") -> str:
    """A paragraph."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def ins(inner: str, author: str = "鈴木", tag: str = "ins") -> str:
    """A tracked insertion."""
    return f'<w:{tag} w:id="1" w:author="{author}" w:date="2024-06-01T09:00:00Z">{inner}</w:{tag}>'


def gone(inner: str, author: str = "鈴木") -> str:
    """A tracked removal."""
    return ins(inner, author, "del")


def end(*tags: str) -> str:
    """The properties of a paragraph whose end was put in or taken out."""
    marks = "".join(f'<w:{tag} w:id="2" w:author="鈴木" w:date="2024-06-01T09:00:00Z"/>' for tag in tags)
    return f"<w:rPr>{marks}</w:rPr>"
