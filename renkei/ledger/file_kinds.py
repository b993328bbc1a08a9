"""What kind of file is this? Judged by its first bytes and its parts, never by its name."""

import zipfile
from pathlib import Path

from renkei.ledger.compound_files import SIGN, BrokenContainer, Container

READABLE = ("xlsx", "xlsb", "xls", "ods", "text")
WHAT_TO_DO = "ExcelかCSVにして、もう一度選んでください。"
BROKEN = (
    "壊れているか、途中で切れたファイルです。もとのファイルを開いて保存し直してから、もう一度選んでください。"
)
LOCKED = "パスワードのかかったファイルです。パスワードを外して保存してから、もう一度選んでください。"

_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDFです。"),
    (b"\x89PNG", "画像(PNG)です。"),
    (b"\xff\xd8\xff", "画像(JPEG)です。"),
    (b"GIF8", "画像(GIF)です。"),
    (b"II*\x00", "画像(TIFF)です。"),
    (b"MM\x00*", "画像(TIFF)です。"),
    (b"BM", "画像(BMP)です。"),
    (b"{\\rtf", "リッチテキスト(RTF)です。"),
    (b"\x1f\x8b", "圧縮されたファイル(gzip)です。"),
    (b"7z\xbc\xaf", "圧縮されたファイル(7-Zip)です。"),
    (b"Rar!", "圧縮されたファイル(RAR)です。"),
    (b"MZ", "実行ファイルです。"),
    (b"\x7fELF", "実行ファイルです。"),
    (b"MIME-Version:", "ホームページの形(MHTML)のファイルです。"),
    (b"SQLite format 3", "データベースのファイルです。"),
)
_OLE_STREAMS: tuple[tuple[str, str], ...] = (
    ("EncryptedPackage", "パスワードのかかったExcelファイルです。Excelで開き、パスワードを外して保存してから、もう一度選んでください。"),
    ("WordDocument", f"Wordの文書です。表を{WHAT_TO_DO}"),
    ("PowerPoint Document", f"PowerPointの資料です。表を{WHAT_TO_DO}"),
)  # fmt: skip
_BARE_XLS = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
_MARKUP: tuple[tuple[bytes, str], ...] = (
    (b"urn:schemas-microsoft-com:office:spreadsheet", "古いXML形式の表です。Excelで開き、「Excelブック(.xlsx)」として保存し直してください。"),
    (b"<html", "ホームページ(HTML)の形のファイルです。Excelで開き、「Excelブック(.xlsx)」として保存し直してください。"),
    (b"<!doctype", "ホームページ(HTML)またはXMLのファイルです。Excelで開き、「Excelブック(.xlsx)」として保存し直してください。"),
    (b"<?xml", f"XMLのファイルです。{WHAT_TO_DO}"),
)  # fmt: skip


class NotALedger(ValueError):
    """The file cannot be read as a ledger; str() says what it is and what to do."""


def kind_of(path: Path) -> str:
    """One of READABLE; raises NotALedger with a sentence for everything else."""
    with path.open("rb") as file:
        start = file.read(4096)
    if not start:
        raise NotALedger("中身のないファイルです。台帳の入ったファイルを選んでください。")
    if start.startswith(b"PK"):
        return _kind_of_zip(path)
    if start.startswith(SIGN):
        return _kind_of_ole(path)
    _refuse_known(start)
    _refuse_markup(start.lstrip(b"\xef\xbb\xbf \r\n\t").lower())
    return "xls" if start.startswith(_BARE_XLS) and b"\x00" in start else "text"


def _refuse_known(start: bytes) -> None:
    for sign, sentence in _STARTS:
        if start.startswith(sign) and not (sign in (b"BM", b"MZ") and b"\x00" not in start):
            raise NotALedger(sentence + WHAT_TO_DO)


def _refuse_markup(lowered: bytes) -> None:
    if lowered.startswith(b"<"):
        for sign, sentence in _MARKUP:
            if sign in lowered:
                raise NotALedger(sentence)


def _kind_of_zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = {name.replace("\\", "/").lower() for name in archive.namelist()}
            mimetype = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise NotALedger(BROKEN) from error
    if b"opendocument.spreadsheet" in mimetype:
        return "ods"
    if any(name.endswith("xl/workbook.bin") for name in names):
        return "xlsb"
    if any(name.endswith("xl/workbook.xml") for name in names):
        return "xlsx"
    return _refuse_zip(names, mimetype)


def _refuse_zip(names: set[str], mimetype: bytes) -> str:
    if any(name.startswith("word/") for name in names) or b"opendocument.text" in mimetype:
        raise NotALedger(f"文書(Wordなど)のファイルです。表を{WHAT_TO_DO}")
    if any(name.startswith("ppt/") for name in names):
        raise NotALedger(f"PowerPointの資料です。表を{WHAT_TO_DO}")
    if "content.xml" in names:
        return "ods"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    if any(name.endswith(".iwa") or name == "index.zip" for name in names):
        raise NotALedger("Numbersのファイルです。「書き出す」でExcelかCSVにして、もう一度選んでください。")
    raise NotALedger("圧縮されたファイル(ZIP)です。中の台帳を取り出し、一つずつ選んでください。")


def _kind_of_ole(path: Path) -> str:
    try:
        names = Container(path.read_bytes()).entries
    except BrokenContainer as error:
        raise NotALedger(BROKEN) from error
    for stream, sentence in _OLE_STREAMS:
        if stream in names:
            raise NotALedger(sentence)
    return "xls"
