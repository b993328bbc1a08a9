"""From the bytes of a workbook to rows of text; the file is opened by a process of its own (table_child)."""

import json
import tempfile
from dataclasses import dataclass

from renkei.documents.bounded import ask
from renkei.documents.hostile import DocumentRefused
from renkei.documents.services import look_at
from renkei.documents.table_child import BOUNDS, BROKEN

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NOT_A_WORKBOOK = "Excelブック(.xlsx)ではないファイルです。Excelで「Excelブック(.xlsx)」として保存し直してから、もう一度選んでください。"


@dataclass(frozen=True)
class Table:
    """One sheet of a workbook: its name and its rows as text; days are written as 2016-09-20."""

    name: str
    rows: list[list[str]]


def tables_of(content: bytes) -> list[Table]:
    """The sheets of a workbook; raises DocumentRefused with a sentence for everything else."""
    if look_at(content)[0] != XLSX:
        raise DocumentRefused(NOT_A_WORKBOOK)
    with tempfile.NamedTemporaryFile(prefix="table-", suffix=".xlsx") as kept:
        kept.write(content)
        kept.flush()
        told = ask("renkei.documents.table_child", kept.name, bounds=BOUNDS)
    if not told.is_whole:
        raise DocumentRefused(BROKEN)
    found: list[Table] = []
    for line in map(json.loads, told.content.splitlines()):
        if "refused" in line:
            raise DocumentRefused(line["refused"])
        if "sheet" in line:
            found.append(Table(line["sheet"], line["rows"]))
    return found
