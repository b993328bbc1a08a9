"""From the bytes of a file to rows of text. The file is opened by a process of its own (reading_child)."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

LARGEST = 50 * 1024 * 1024
SECONDS = 40
ROOT = Path(__file__).resolve().parents[2]
TOO_SLOW = (
    "開くのに時間がかかりすぎるファイルです。台帳の表だけを新しいブックに写して、もう一度選んでください。"
)
BROKEN = "開けないファイルです。壊れているか、大きすぎます。台帳の表だけを新しいブックに写して保存し、もう一度選んでください。"


class LedgerRefused(ValueError):
    """The file cannot be read; str() says in Japanese what is wrong and what to do."""


@dataclass
class Sheet:
    """One sheet: rows of text as written, merged ranges ((top, left), (bottom, right)) from 0, remarks."""

    name: str
    rows: list[list[str]]
    merged: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@dataclass
class Book:
    """A file as sheets of text; a text file is one sheet without a name."""

    sheets: list[Sheet]
    remarks: list[str]


def read_sheets(content: bytes, file_name: str) -> Book:
    """Open a file of any known kind, judged by its content. Raises LedgerRefused; bounded in time and memory."""
    if len(content) > LARGEST:
        raise LedgerRefused(
            "50MBを超えるファイルは読めません。年度や部署で分けて、別々に取り込んでください。"
        )
    if not content:
        raise LedgerRefused("中身のないファイルです。台帳の入ったファイルを選んでください。")
    with tempfile.NamedTemporaryFile(prefix="ledger-") as kept, tempfile.TemporaryFile() as answer:
        kept.write(content)
        kept.flush()
        _ask_child(kept.name, Path(file_name.replace("\x00", "")).name[-200:], answer)
        answer.seek(0)
        return _book(_told(answer))


def _ask_child(path: str, name: str, answer: IO[bytes]) -> None:
    """The child writes its answer to a file, whose size the child's own bounds limit; so memory here is bounded too."""
    module = "renkei.ledger.reading_child"
    command = [sys.executable, "-m", module, path, name.encode("utf-8", "replace").decode()]
    try:
        subprocess.run(  # noqa: S603 – our own module, arguments as a list
            command,
            cwd=ROOT,
            env={"PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"},
            stdin=subprocess.DEVNULL,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise LedgerRefused(TOO_SLOW) from error
    except (OSError, ValueError) as error:
        raise LedgerRefused(BROKEN) from error


def _told(answer: IO[bytes]) -> Iterator[dict[str, Any]]:
    for line in answer:
        if not line.endswith(b"\n"):
            raise LedgerRefused(BROKEN)
        yield json.loads(line)


def _book(lines: Iterable[dict[str, Any]]) -> Book:
    book, is_whole = Book([], []), False
    for line in lines:
        if "refused" in line:
            raise LedgerRefused(line["refused"])
        if "remarks" in line:
            book.remarks += line["remarks"]
        elif "sheet" in line:
            book.sheets.append(_sheet(line["sheet"]))
        elif "rows" in line:
            book.sheets[-1].rows += line["rows"]
        is_whole = "end" in line
    if not is_whole:
        raise LedgerRefused(BROKEN)
    return book


def _sheet(said: dict[str, Any]) -> Sheet:
    merged = [((top, left), (bottom, right)) for (top, left), (bottom, right) in said.get("merged", [])]
    return Sheet(said["name"], [], merged, said.get("hidden_rows", []), said.get("remarks", []))


def filled(sheet: Sheet) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold anything, with their number from 0."""
    return ((number, row) for number, row in enumerate(sheet.rows) if any(cell.strip() for cell in row))
