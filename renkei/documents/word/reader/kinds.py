"""What a file that is no .docx is, and what to do with it."""

from collections.abc import Collection


class WordRefused(ValueError):
    """The file cannot be read; str() says in Japanese what is wrong and what to do."""


SAVE_AS = "Wordの形式(.docx)で保存し直してください。"
BROKEN = f"開けないファイルです。壊れているか、Wordの文書ではありません。Wordで開けるか確かめ、{SAVE_AS}"
NO_WORD = f"Wordの文書ではありません。本文をWordで開き、{SAVE_AS}"

OLD_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first letters of the files of Office before 2007, and of files of today that are encrypted."""

_BEGINNINGS = (
    (b"%PDF", f"PDFです。Wordの文書を選んでください。手元にPDFしかないときは、Wordで開いて{SAVE_AS}"),
    (b"{\\rtf", f"リッチテキスト(.rtf)です。{SAVE_AS}"),
    (b"<", f"XMLかHTMLで保存されたファイルです。Wordで開き、{SAVE_AS}"),
    (b"\xef\xbb\xbf<", f"XMLかHTMLで保存されたファイルです。Wordで開き、{SAVE_AS}"),
)
_OLD_KINDS = (
    (
        "EncryptedPackage",
        "パスワードで保護された(暗号化された)ファイルです。Wordで開き、「ファイル」→「情報」→「文書の保護」で"
        "パスワードを消して、保存し直してください。",
    ),
    ("WordDocument", f"古い形式のWord文書(.doc)です。{SAVE_AS}"),
)
_OTHERS = (
    (("xl/workbook.xml", "xl/workbook.bin"), "Excelのブック"),
    (("ppt/presentation.xml",), "PowerPointのスライド"),
)


def other_kind(content: bytes) -> str:
    """The sentence about a file that is no archive; empty for one that is."""
    if not content:
        return "中身のないファイルです。Wordの文書を選び直してください。"
    if content.startswith(OLD_FILE):
        named = (told for stream, told in _OLD_KINDS if stream.encode("utf-16-le") in content)
        return next(named, f"古い形式のファイルです。Wordで開き、{SAVE_AS}")
    for beginning, told in _BEGINNINGS:
        if content.lstrip()[: len(beginning)] == beginning:
            return told
    return "" if content.startswith(b"PK") else NO_WORD


def told_of_archive(names: Collection[str], mimetype: str) -> str:
    """The sentence about an archive that is no Word file."""
    if mimetype.startswith("application/vnd.oasis.opendocument"):
        kind = ".odt" if "text" in mimetype else "OpenDocument"
        return f"OpenDocumentの形式({kind})です。{SAVE_AS}"
    for parts, name in _OTHERS:
        if any(part in names for part in parts):
            return f"{name}です。協定書の本文を入れたWordの文書を選んでください。"
    return BROKEN if "[Content_Types].xml" in names else NO_WORD
