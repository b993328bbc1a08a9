"""The process that opens a foreign file: `python -m renkei.ledger.reading_child PATH`.

It binds its own memory and time, so that a hostile file can end only this process. It writes JSON lines: remarks, then a
line for each sheet and lines of rows; or one line with the sentence of a refusal.
"""

import json
import resource
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from renkei.ledger.file_kinds import NotALedger, kind_of
from renkei.ledger.text_files import LONGEST_CELL, decoded, rows_of
from renkei.ledger.xlsx_parts import MOST_COLUMNS, MOST_ROWS, TOO_MANY_COLUMNS, TOO_MANY_ROWS

MEMORY = 768 * 1024 * 1024
SECONDS = 20
MOST_CELLS = 5_000_000
MOST_CHARACTERS = 100_000_000
ROWS_A_LINE = 1000
_SAID_BY_NAME = {
    "xlsx": {"xlsx", "xlsm", "xltx", "xltm"},
    "xlsb": {"xlsb"},
    "xls": {"xls", "xlt"},
    "ods": {"ods", "ots"},
    "text": {"csv", "tsv", "txt", "tab", ""},
}
_KIND_NAMES = {"xlsx": "Excelブック(.xlsx)", "xlsb": "Excelバイナリブック(.xlsb)", "xls": "古いExcelブック(.xls)", "ods": "OpenDocumentの表(.ods)", "text": "文字の表(CSVなど)"}  # fmt: skip


def bind() -> None:
    """Bound memory and processor time of this process."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


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


def trimmed(rows: list[list[str]]) -> list[list[str]]:
    """Rows without blank cells at their ends and without blank rows at the end; refuses what is out of bounds."""
    cells = characters = 0
    for row in rows:
        while row and not row[-1].strip():
            row.pop()
        cells += len(row)
        characters += sum(map(len, row))
        if len(row) > MOST_COLUMNS:
            raise NotALedger(TOO_MANY_COLUMNS)
        if row and max(map(len, row)) > LONGEST_CELL:
            raise NotALedger(
                '32,767文字を超える欄があります。その欄を分けるか、引用符(")の閉じ忘れがないか確かめてください。'
            )
    while rows and not rows[-1]:
        rows.pop()
    if len(rows) > MOST_ROWS:
        raise NotALedger(TOO_MANY_ROWS)
    if cells > MOST_CELLS or characters > MOST_CHARACTERS:
        raise NotALedger("文字の量が多すぎます。年度や部署で分けて、別々に取り込んでください。")
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
    for sheet in sheets(path, kind):
        if "name" not in sheet:
            yield {"remarks": extra + sheet["remarks"]}
            continue
        rows = trimmed(sheet.pop("rows"))
        yield {"sheet": sheet}
        for start in range(0, len(rows), ROWS_A_LINE):
            yield {"rows": rows[start : start + ROWS_A_LINE]}
    yield {"end": True}


def main() -> None:
    bind()
    write = sys.stdout.write
    try:
        for line in lines(Path(sys.argv[1]), sys.argv[2]):
            write(json.dumps(line, ensure_ascii=True, separators=(",", ":")) + "\n")
    except NotALedger as refusal:
        write(json.dumps({"refused": str(refusal)}) + "\n")
    except MemoryError:
        write(
            json.dumps(
                {
                    "refused": "大きすぎて開けないファイルです。台帳の表だけを新しいブックに写して保存し、もう一度選んでください。"
                }
            )
            + "\n"
        )
    sys.stdout.flush()


if __name__ == "__main__":
    main()
