"""What python-calamine does not tell of an OpenDocument sheet: days without day, merged and hidden cells."""

import re
import zipfile
from xml.parsers import expat

from renkei.ledger.file_kinds import LOCKED, NotALedger
from renkei.ledger.xlsx_parts import HAS_DOCTYPE, TOO_LARGE, TOO_MANY_COLUMNS, TOO_MANY_ROWS, SheetParts

LARGEST_CONTENT = 200 * 1024 * 1024
LAST_ROW, LAST_COLUMN = 200_000, 500
_DAY_SHOWN = re.compile(r"(?:月|[./\-])\s*[0-9]{1,2}\s*(?:日|$|\()")
_YEAR_ONLY = re.compile(r"^\D*[0-9元]+\s*年?$")


def check_ods(archive: zipfile.ZipFile) -> None:
    """Refuse what is locked, or repeats its cells beyond bounds."""
    names = archive.namelist()
    if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise NotALedger(LOCKED)
    parts_of_ods(archive)


def parts_of_ods(archive: zipfile.ZipFile) -> dict[str, SheetParts]:
    """For each sheet, the cells whose text shows only month or year, merged ranges and hidden rows."""
    part = archive.getinfo("content.xml")
    if part.file_size > LARGEST_CONTENT:
        raise NotALedger(TOO_LARGE)
    return _Reader().read(archive.read(part))


class _Reader:
    """Walks through the cells, counting repeated rows and columns."""

    def __init__(self) -> None:
        self.sheets: dict[str, SheetParts] = {}
        self.sheet = SheetParts()
        self.row = self.column = -1
        self.row_step = self.column_step = 1
        self.has_value = self.is_day = False
        self.text: list[str] = []

    def read(self, content: bytes) -> dict[str, SheetParts]:
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self.doctype
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text.append
        parser.buffer_text = True
        parser.Parse(content, True)
        return self.sheets

    def doctype(self, *_said: object) -> None:
        raise NotALedger(HAS_DOCTYPE)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self.sheet = self.sheets.setdefault(attributes.get("table:name", ""), SheetParts())
            self.row, self.row_step = -1, 1
        elif name == "table:table-row":
            self.row += self.row_step
            self.row_step = int(attributes.get("table:number-rows-repeated", "1"))
            self.column, self.column_step = -1, 1
            if attributes.get("table:visibility", "visible") != "visible" and self.row_step < LAST_ROW:
                self.sheet.hidden_rows += range(self.row, self.row + self.row_step)
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self.start_cell(attributes)

    def start_cell(self, attributes: dict[str, str]) -> None:
        self.column += self.column_step
        self.column_step = int(attributes.get("table:number-columns-repeated", "1"))
        self.has_value = "office:value-type" in attributes
        self.is_day = attributes.get("office:value-type") == "date"
        self.text.clear()
        down = int(attributes.get("table:number-rows-spanned", "1"))
        right = int(attributes.get("table:number-columns-spanned", "1"))
        if down > 1 or right > 1:
            last = (self.row + down - 1, self.column + right - 1)
            self.sheet.merged.append(((self.row, self.column), last))

    def end(self, name: str) -> None:
        if name not in ("table:table-cell", "table:covered-table-cell"):
            return
        shown = "".join(self.text).strip()
        if shown or self.has_value:
            self.refuse_far()
        if self.is_day and shown and not _DAY_SHOWN.search(shown):
            precision = "year" if _YEAR_ONLY.match(shown) else "month"
            for row in range(self.row, self.row + self.row_step):
                for column in range(self.column, self.column + self.column_step):
                    self.sheet.months[row, column] = precision

    def refuse_far(self) -> None:
        if self.row + self.row_step > LAST_ROW:
            raise NotALedger(TOO_MANY_ROWS)
        if self.column + self.column_step > LAST_COLUMN:
            raise NotALedger(TOO_MANY_COLUMNS)
