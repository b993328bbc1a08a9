"""The process that opens a foreign workbook: `python -m renkei.documents.table_child PATH`.

It binds its own memory and time, so that a hostile file can end only this process. It writes JSON lines: each sheet's
name with its rows of text, then the end; or the sentence of a refusal. Values only: nothing in the file is run.
"""

import json
import sys
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from renkei.documents.bounded import MEGABYTE, Bounds, bind
from renkei.documents.cell_texts import cell_text

BOUNDS = Bounds(memory=768 * MEGABYTE, seconds=20, patience=40, answer=32 * MEGABYTE)
MOST_SHEETS = 20
MOST_ROWS = 20_000
MOST_COLUMNS = 100
MOST_LETTERS = 5_000_000
BROKEN = "開けないファイルです。壊れているか、パスワードがかかっています。Excelで開いて保存し直してから、もう一度選んでください。"
TOO_LARGE = "大きすぎる表です(2万行・100列・20シートまで)。ほかの表を消してから、もう一度選んでください。"


class NoTable(ValueError):
    """The file cannot be read as a table; str() says why and what to do."""


def answer(path: Path) -> Iterator[dict[str, Any]]:
    """What is written to the output, one JSON object a line."""
    from python_calamine import CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(str(path))
    except Exception as error:
        raise NoTable(BROKEN) from error
    if len(book.sheet_names) > MOST_SHEETS:
        raise NoTable(TOO_LARGE)
    letters = 0
    for name in book.sheet_names:
        rows = _rows(book, name)
        letters += sum(len(cell) for row in rows for cell in row)
        if letters > MOST_LETTERS:
            raise NoTable(TOO_LARGE)
        yield {"sheet": name, "rows": rows}
    yield {"end": True}


def _rows(book: Any, name: str) -> list[list[str]]:
    from python_calamine import WorksheetNotFound

    try:
        sheet = book.get_sheet_by_name(name)
    except WorksheetNotFound:
        return []  # a chart's sheet holds no rows
    except Exception as error:
        raise NoTable(BROKEN) from error
    if sheet.total_height > MOST_ROWS or sheet.total_width > MOST_COLUMNS:
        raise NoTable(TOO_LARGE)
    return [
        [cell_text(cell).replace("\x00", "") for cell in row]
        for row in sheet.to_python(skip_empty_area=False)
    ]


def main() -> None:
    bind(BOUNDS)
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    try:
        for line in answer(Path(sys.argv[1])):
            sys.stdout.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
    except NoTable as refusal:
        sys.stdout.write(json.dumps({"refused": str(refusal)}, ensure_ascii=False) + "\n")
    except MemoryError:
        sys.stdout.write(json.dumps({"refused": TOO_LARGE}, ensure_ascii=False) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
