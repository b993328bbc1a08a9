"""The process that opens a foreign file: `python -m renkei.ledger.reading_child PATH`.

It binds its own memory and time, so that a hostile file can end only this process. It writes JSON lines: remarks,
then a line for each sheet and lines of rows; or one line with the sentence of a refusal.
"""

import json
import resource
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from renkei.ledger.file_kinds import NotALedger, kind_of
from renkei.ledger.text_files import LONGEST_CELL, decoded, rows_of
from renkei.ledger.xlsx_parts import MOST_COLUMNS, MOST_ROWS, TOO_MANY_COLUMNS, TOO_MANY_ROWS

MEMORY = 768 * 1024 * 1024
SECONDS = 20
LARGEST_ANSWER = 256 * 1024 * 1024
MOST_CELLS = 600_000
MOST_CHARACTERS = 10_000_000
LEAST_CELLS_OF_A_ROW = 5
"""A whole file may hold so much that its meaning is found within a minute; a short row costs as much as five cells."""
ROWS_A_LINE = 1000
TOO_LONG_CELL = (
    '32,767文字を超える欄があります。その欄を分けるか、引用符(")の閉じ忘れがないか確かめてください。'
)
TOO_MUCH = "表が大きすぎます(欄60万個・1千万字まで読めます)。年度や部署で分けて、別々に取り込んでください。"
NO_MEMORY = (
    "大きすぎて開けないファイルです。台帳の表だけを新しいブックに写して保存し、もう一度選んでください。"
)
_SAID_BY_NAME = {
    "xlsx": {"xlsx", "xlsm", "xltx", "xltm"},
    "xlsb": {"xlsb"},
    "xls": {"xls", "xlt"},
    "ods": {"ods", "ots"},
    "text": {"csv", "tsv", "txt", "tab", ""},
}
_KIND_NAMES = {
    "xlsx": "Excelブック(.xlsx)",
    "xlsb": "Excelバイナリブック(.xlsb)",
    "xls": "古いExcelブック(.xls)",
    "ods": "OpenDocumentの表(.ods)",
    "text": "文字の表(CSVなど)",
}


def bind() -> None:
    """Bound memory, processor time and answer of this process."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_ANSWER, LARGEST_ANSWER))


def sheets(path: Path, kind: str) -> Iterator[dict[str, Any]]:
    """The file's remarks, then its sheets."""
    if kind == "text":
        text, remarks = decoded(path.read_bytes())
        rows, more = rows_of(text)
        yield {"remarks": remarks + more}
        yield {"name": "", "rows": rows}
        return
    from renkei.ledger.workbooks import sheets_of

    yield from sheets_of(path, kind)


@dataclass
class Bounds:
    """How much a whole file has held so far."""

    cells: int = 0
    characters: int = 0

    def count(self, row: list[str]) -> None:
        """Refuse what is out of bounds."""
        length = sum(map(len, row))
        self.cells += max(len(row), LEAST_CELLS_OF_A_ROW)
        self.characters += length
        if len(row) > MOST_COLUMNS:
            raise NotALedger(TOO_MANY_COLUMNS)
        if length > LONGEST_CELL and max(map(len, row)) > LONGEST_CELL:
            raise NotALedger(TOO_LONG_CELL)
        if self.cells > MOST_CELLS or self.characters > MOST_CHARACTERS:
            raise NotALedger(TOO_MUCH)


def trimmed(rows: list[list[str]], bounds: Bounds) -> list[list[str]]:
    """Rows without blank cells at their ends and without blank rows at the end; refuses what is out of bounds."""
    for row in rows:
        while row and not row[-1].strip():
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    if len(rows) > MOST_ROWS:
        raise NotALedger(TOO_MANY_ROWS)
    for row in rows:
        bounds.count(row)
    return rows


def lines(path: Path, name: str) -> Iterator[dict[str, Any]]:
    """What is written to the output, one JSON object a line."""
    kind = kind_of(path)
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    extra = (
        []
        if extension in _SAID_BY_NAME[kind]
        else [f"名前は「.{extension}」ですが、中身は{_KIND_NAMES[kind]}なので、そのように読みました。"]
    )
    bounds = Bounds()
    for sheet in sheets(path, kind):
        if "name" not in sheet:
            yield {"remarks": extra + sheet["remarks"]}
            continue
        rows = trimmed(sheet.pop("rows"), bounds)
        yield {"sheet": sheet}
        for start in range(0, len(rows), ROWS_A_LINE):
            yield {"rows": rows[start : start + ROWS_A_LINE]}
    yield {"end": True}


def said(line: dict[str, Any]) -> str:
    """One line of the answer; NUL is dropped, since no database keeps it."""
    written = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
    if r"\u0000" in written:
        written = json.dumps(_without_nul(line), ensure_ascii=False, separators=(",", ":"))
    return written + "\n"


def _without_nul(told: Any) -> Any:
    if isinstance(told, str):
        return told.replace("\x00", "")
    if isinstance(told, dict):
        return {_without_nul(name): _without_nul(value) for name, value in told.items()}
    return [_without_nul(one) for one in told] if isinstance(told, list | tuple) else told


def main() -> None:
    bind()
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    try:
        for line in lines(Path(sys.argv[1]), sys.argv[2]):
            sys.stdout.write(said(line))
    except NotALedger as refusal:
        sys.stdout.write(said({"refused": str(refusal)}))
    except MemoryError:
        sys.stdout.write(said({"refused": NO_MEMORY}))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
