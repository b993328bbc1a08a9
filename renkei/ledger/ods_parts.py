"""Days in an OpenDocument sheet that show only their month: the value is a full day, the text beside it is not."""

import re
import zipfile
from xml.parsers import expat

from renkei.ledger.file_kinds import NotALedger

LARGEST_CONTENT = 200 * 1024 * 1024
_DATE_STYLE = re.compile(rb"<number:date-style\b.*?</number:date-style>", re.DOTALL)
_DAY_SHOWN = re.compile(r"(?:月|[./\-])\s*[0-9]{1,2}\s*(?:日|$|\()")
_YEAR_ONLY = re.compile(r"^\D*[0-9元]+\s*年?$")
_REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="([0-9]{4,})"')


def months_of_ods(archive: zipfile.ZipFile) -> dict[str, dict[tuple[int, int], str]]:
    """For each sheet, the cells whose text shows only month or year; empty unless a style without day is used."""
    part = archive.getinfo("content.xml")
    if part.file_size > LARGEST_CONTENT:
        raise NotALedger(
            "広げると大きすぎるファイルです。台帳の表だけを新しいブックに写して保存し、もう一度選んでください。"
        )
    content = archive.read(part)
    if all(b"<number:day" in style for style in _DATE_STYLE.findall(content)):
        return {}
    return _Reader().read(content)


class _Reader:
    """Walks through the cells, counting repeated rows and columns."""

    def __init__(self) -> None:
        self.sheets: dict[str, dict[tuple[int, int], str]] = {}
        self.sheet: dict[tuple[int, int], str] = {}
        self.row = self.column = -1
        self.row_step = self.column_step = 1
        self.is_day = False
        self.text: list[str] = []

    def read(self, content: bytes) -> dict[str, dict[tuple[int, int], str]]:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text.append
        parser.Parse(content, True)
        return self.sheets

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self.sheet = self.sheets.setdefault(attributes.get("table:name", ""), {})
            self.row, self.row_step = -1, 1
        elif name == "table:table-row":
            self.row += self.row_step
            self.row_step = int(attributes.get("table:number-rows-repeated", "1"))
            self.column, self.column_step = -1, 1
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self.column += self.column_step
            self.column_step = int(attributes.get("table:number-columns-repeated", "1"))
            self.is_day = attributes.get("office:value-type") == "date"
            self.text.clear()

    def end(self, name: str) -> None:
        if name != "table:table-cell" or not self.is_day:
            return
        shown = "".join(self.text).strip()
        if shown and not _DAY_SHOWN.search(shown):
            self.sheet[self.row, self.column] = "year" if _YEAR_ONLY.match(shown) else "month"
