"""Text tables: which encoding, which separator, which rows. CSV and TSV as they arrive from Excel and elsewhere."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Literal

from renkei.ledger.file_kinds import WHAT_TO_DO, NotALedger
from renkei.rules.written_cells import restored

SEPARATORS = ",\t;|"
LONGEST_CELL = 32_767
_NAMES = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "cp932": "シフトJIS(CP932)",
    "shift_jis_2004": "シフトJIS(2004)",
    "euc_jp": "EUC-JP",
    "euc_jis_2004": "EUC-JP",
    "iso2022_jp_ext": "JIS(ISO-2022-JP)",
}
_HALF_KANA = re.compile("[｡-ﾟ]")
_JAPANESE = re.compile("[ぁ-んァ-ヶー、。々一-龥]")
_ODD = re.compile("[\ue000-\uf8ff\x80-\x9f\x01-\x08\x0e-\x1f]")
_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


def decoded(content: bytes) -> tuple[str, list[str]]:
    """The text, and remarks on how it was read. Raises NotALedger if it is no text."""
    encoding = _by_mark(content)
    if encoding:
        text = content.decode(encoding, errors="replace")
    else:
        encoding, text = _by_trying(content)
    text = text.removeprefix("\ufeff")
    controls = len(_CONTROLS.findall(text))
    if controls * 100 > len(text):
        raise NotALedger(f"文字の入った表ではありません。{WHAT_TO_DO}")
    remarks = [f"文字コードは{_NAMES.get(encoding, encoding)}として読みました。"]
    if lost := len(_UNREADABLE.findall(text)):
        remarks.append(f"読めない文字や外字が{lost}か所あります。もとのファイルと見比べてください。")
    return text.replace("\x00", ""), remarks


def _by_mark(content: bytes) -> str | None:
    if content.startswith(b"\xef\xbb\xbf"):
        return "utf-8"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b"\x1b$" in content[:4096] and max(content[:4096]) < 0x80:
        return "iso2022_jp_ext"
    head = content[:2000]
    for name, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if (
            len(head) > 3
            and zeros.count(0) * 4 > len(zeros)
            and zeros.count(0) > 2 * (head.count(0) - zeros.count(0))
        ):
            return name
    return None


def _by_trying(content: bytes) -> tuple[str, str]:
    try:
        return "utf-8", content.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(content) - 3 and error.start:
            return "utf-8", content[: error.start].decode("utf-8")
    found = []
    for encoding in ("cp932", "euc_jp", "euc_jis_2004", "shift_jis_2004"):
        try:
            found.append((encoding, content.decode(encoding)))
        except UnicodeDecodeError as error:
            if error.start >= len(content) - 2:
                found.append((encoding, content[: error.start].decode(encoding)))
    if not found:
        names = ("utf-8", "cp932", "euc_jp")
        return max(
            ((name, content.decode(name, errors="replace")) for name in names), key=lambda one: _looks(one[1])
        )
    return max(found, key=lambda one: _looks(one[1]))


def _looks(text: str) -> float:
    """How much a text looks like Japanese: wrong encodings give half-width kana and odd characters."""
    sample = text[:200_000]
    bad = len(_ODD.findall(sample)) + sample.count("\ufffd") * 3 + len(_HALF_KANA.findall(sample))
    return len(_JAPANESE.findall(sample)) - 2 * bad


def separator_of(text: str) -> str:
    """The separator by which the first rows fall into columns most evenly; a comma where there is none."""
    lines = text[:100_000]
    told = re.match(r"sep=(.)\r?\n", lines)
    if told:
        return told.group(1)
    return max(SEPARATORS, key=lambda separator: (_evenness(lines, separator), -SEPARATORS.index(separator)))


def _evenness(lines: str, separator: str) -> float:
    widths = [
        len(row) for row, _index in zip(_records(lines, separator), range(200), strict=False) if any(row)
    ]
    several = [width for width in widths if width > 1]
    if not several:
        return 0.0
    _width, often = Counter(several).most_common(1)[0]
    return (len(several) / len(widths)) * (0.5 + 0.5 * often / len(several))


def _records(text: str, separator: str, *, quoted: bool = True) -> Iterator[list[str]]:
    csv.field_size_limit(1 << 30)
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, quoting=quoting)


def rows_of(text: str) -> tuple[list[list[str]], list[str]]:
    """The rows of a text table, line breaks inside quoted cells kept, and remarks."""
    separator = separator_of(text)
    rows = [[restored(cell) for cell in row] for row in _records(text, separator)]
    if any(len(cell) > LONGEST_CELL for row in rows for cell in row) and text.count('"') % 2:
        rows = list(_records(text, separator, quoted=False))
        return rows, ['閉じていない引用符(")があるため、引用符を文字として読みました。']
    return rows, []
