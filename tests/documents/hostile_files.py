"""Hand-made files: Office archives, PDFs and pictures with one thing wrong, and their harmless neighbours."""

import io
import struct
import zipfile
import zlib

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
BODY = f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>第１条</w:t></w:r></w:p></w:body></w:document>'


def types(overrides=(), defaults=()):
    """What the archive says that its parts are."""
    told = [f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides]
    told += [f'<Default Extension="{name}" ContentType="{kind}"/>' for name, kind in defaults]
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    return f'<Types xmlns="{space}">{"".join(told)}</Types>'


def relations(*told):
    """Relations of a part: kind, target, and whether it is outside."""
    lines = [
        f'<Relationship Id="r{n}" Type="{R}/{kind}" Target="{target}"'
        + (' TargetMode="External"/>' if outside else "/>")
        for n, (kind, target, outside) in enumerate(told)
    ]
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{"".join(lines)}</Relationships>'


def archive(parts, packing=zipfile.ZIP_DEFLATED):
    """A zip of the parts, in their order; a list of pairs may name a part twice."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", packing) as made:
        for name, content in parts.items() if isinstance(parts, dict) else parts:
            made.writestr(name, content)
    return written.getvalue()


def word(more=None, *, body=BODY, overrides=(), defaults=(), main=MAIN):
    """A Word file with more parts."""
    told = types([("word/document.xml", main), *overrides], [("xml", "application/xml"), *defaults])
    return archive({"[Content_Types].xml": told, "word/document.xml": body, **(more or {})})


def linked(*told):
    """A Word file whose text has these relations."""
    return word({"word/_rels/document.xml.rels": relations(*told)})


def field(*runs):
    """A Word file with a field, its instruction cut into these runs."""
    pieces = "".join(f"<w:r><w:instrText>{run}</w:instrText></w:r>" for run in runs)
    return word(body=BODY.replace("<w:body>", f"<w:body><w:p>{pieces}</w:p>"))


def excel(more=None, overrides=()):
    """A workbook with more parts."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    told = types([("xl/workbook.xml", kind), *overrides])
    return archive({"[Content_Types].xml": told, "xl/workbook.xml": "<workbook/>", **(more or {})})


def with_chart(workbook):
    """A Word file with a chart that carries its figures as a workbook."""
    return word(
        {
            "word/charts/chart1.xml": "<c/>",
            "word/charts/_rels/chart1.xml.rels": relations(("package", "../embeddings/Sheet1.xlsx", False)),
            "word/embeddings/Sheet1.xlsx": workbook,
        }
    )


def lying(field_at, value):
    """A Word file in whose directory a number of the text's entry is changed."""
    made = bytearray(word())
    entry = made.index(b"PK\x01\x02", made.index(b"PK\x01\x02") + 1)
    struct.pack_into("<I", made, entry + field_at, value)
    return bytes(made)


def encrypted_entry():
    """A Word file whose parts say that they are encrypted."""
    made = bytearray(word())
    place = made.index(b"PK\x01\x02")
    made[place + 8] |= 1
    return bytes(made)


def overlapping():
    """Two names for one and the same bytes."""
    made = word({"word/a.xml": "<a/>", "word/b.xml": "<a/>"})
    first, second = made.index(b"word/a.xml") - 30, made.index(b"word/b.xml") - 30
    entry = made.rindex(b"word/b.xml") - 46
    changed = bytearray(made)
    struct.pack_into("<I", changed, entry + 42, first)
    assert struct.unpack_from("<I", made, entry + 42)[0] == second
    return bytes(changed)


def pdf(*objects, more=b"", trailer=b""):
    """A PDF of one empty page and further objects; catalogue entries go to `more`."""
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R " + more + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
        *objects,
    ]
    written, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(bodies, 1):
        places.append(len(written))
        written += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1) + table
    end += b"trailer<</Size %d/Root 1 0 R" % (len(places) + 1) + trailer + b">>\nstartxref\n%d\n%%%%EOF\n"
    return bytes(written + end % len(written))


def packed_object(body):
    """A PDF in which an object is packed in a compressed stream."""
    packed = zlib.compress(b"9 0 " + body)
    head = b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n" % len(packed)
    return pdf(head + packed + b"\nendstream")


def many_pages(count):
    """A PDF that has as many pages."""
    kids = b" ".join(b"3 0 R" for _ in range(count))
    made = pdf()
    return made.replace(b"/Kids[3 0 R]/Count 1", b"/Kids[" + kids + b"]/Count %d" % count)


def png(width, height):
    """A picture's head, with the size that it says it has."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))


def jpeg(width, height):
    """A JPEG's head, with a comment before its frame."""
    comment = b"\xff\xfe\x00\x06abcd"
    return b"\xff\xd8" + comment + b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", height, width) + b"\x03" * 12


def old(name=""):
    """An old Office file with a stream of that name."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504 + name.encode("utf-16-le").ljust(128, b"\x00")
