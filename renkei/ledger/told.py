"""What one agreement's rows tell, cell by cell: days, partners, fields, and everything else as remarks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from renkei.ledger.columns import Column, Columns
from renkei.ledger.field_words import field_names, fields_of_section, fields_of_title
from renkei.ledger.rows import TableRow
from renkei.rules.brackets import last_bracket
from renkei.rules.cells import is_flag, is_nothing, plain, serial_day, signed_in, tidy
from renkei.rules.partial_days import PartialDay
from renkei.rules.partner_cells import NamedPartner, read_partners

KEPT_AS_REMARKS = ("other", "results", "contact", "municipality", "count")
_DIGIT = re.compile(r"\d|元年")
_LAST_DAY = re.compile(r"期限|終期|満了|終了")
_ITEM = re.compile(r"(?:^|[\n\r。、;；])\s*(?:[(（]?\d{1,2}[)）.．]|[①-⑳⑴-⒇]|[・■●])\s*")


@dataclass
class Told:
    """What is known of an agreement so far."""

    partners: list[NamedPartner] = field(default_factory=list)
    signed: PartialDay | None = None
    remarks: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)

    def remark(self, *sentences: str) -> None:
        """Keep sentences, each once."""
        self.remarks += [one for one in sentences if one and one not in self.remarks]

    def partners_json(self) -> tuple[dict[str, str], ...]:
        """name, and unit, signatory, remark, letter where there are any."""
        return tuple(
            {name: told for name in NamedPartner.__slots__ if (told := getattr(one, name))}
            for one in self.partners
        )


def read_rows(rows: Sequence[TableRow], columns: Columns) -> Told:
    """Partners and days of the rows of one agreement."""
    told = Told()
    for row in rows:
        _partners(row, columns, told)
        _days(row, columns, told)
        told.remark(*row.remarks)
    _persons(rows, columns, told)
    return told


def _partners(row: TableRow, columns: Columns, told: Told) -> None:
    for column in columns.of("partners", "first_party", "second_party"):
        cell = row.cells[column.index]
        if is_nothing(cell) or not cell.strip():
            continue
        read = read_partners(cell)
        letter = plain(column.word)[:1] if column.meaning != "partners" else ""
        for partner in read.partners:
            one = replace(partner, letter=letter) if letter and not partner.letter else partner
            if one.name not in told.names:
                told.names.add(one.name)
                told.partners.append(one)
        told.remark(*read.remarks)
        if read.signed:
            _take_day(read.signed, told)


def _days(row: TableRow, columns: Columns, told: Told) -> None:
    has_first = bool(columns.of("signed"))
    for column in columns.of("signed", "latest_signed"):
        cell = _day_cell(row, column)
        if not cell or is_nothing(cell):
            continue
        if column.meaning == "signed" or (column.meaning == "latest_signed" and not has_first):
            _take_day(cell, told, exact=column.sureness >= 60)
            if column.meaning == "latest_signed":
                told.remark(f"締結日は「{column.header}」の欄の日です。")
        elif column.meaning == "latest_signed":
            _take_latest(cell, column, told)


def _day_cell(row: TableRow, column: Column) -> str:
    """The cell of a day; year, month and day put together where they stand in three columns."""
    cell = row.cells[column.index].strip()
    if not cell or column.month_and_day is None:
        return cell
    parts = [cell.rstrip("年"), *(row.cells[place].strip().rstrip("月日") for place in column.month_and_day)]
    return "".join(part + name for part, name in zip(parts, "年月日", strict=True) if part)


def _take_day(cell: str, told: Told, *, exact: bool = False) -> None:
    read = signed_in(cell)
    day = read.first or (serial_day(cell.strip()) if exact else None)
    if read.first is None and day:
        told.remark(f"締結日の欄の数字「{cell.strip()}」は、表計算ソフトの日付として読みました。")
    else:
        told.remark(*read.remarks)
    if told.signed is None:
        told.signed = day


def without_day(title: str, told: Told) -> str:
    """The title without a signing day in its last bracket, which is taken where nothing else tells the day."""
    found = last_bracket(title)
    if (
        told.signed
        or not found
        or not found[0]
        or signed_in(found[1]).first is None
        or not _DIGIT.search(found[1])
    ):
        return title
    _take_day(found[1], told)
    return found[0]


def _take_latest(cell: str, column: Column, told: Told) -> None:
    latest = signed_in(cell).first
    if latest is None or latest != told.signed:
        told.remark(f"{column.header}: {tidy(cell)}")
    if told.signed is None and latest is not None:
        told.remark("最初の締結日は分かりません。")


def _persons(rows: Sequence[TableRow], columns: Columns, told: Told) -> None:
    """Representatives and addresses go to the partner where there is one; otherwise they stay as remarks."""
    for meaning, attribute in (("signatory", "signatory"), ("address", "remark")):
        for column in columns.of(meaning):
            for cell in dict.fromkeys(row.cells[column.index].strip() for row in rows):
                words = tidy(cell).strip("()（） ")
                if words and len(told.partners) == 1 and not getattr(told.partners[0], attribute):
                    told.partners[0] = replace(told.partners[0], **{attribute: words})
                elif words:
                    told.remark(f"{column.header}: {words}")


def facts_of(title: str, rows: Sequence[TableRow], columns: Columns, told: Told) -> dict[str, Any]:
    """fields, slugs, division, purpose, notes, items, term_text, remarks: everything else that the rows tell."""
    slugs = list(_slugs(rows, columns, told))
    if not slugs and (derived := fields_of_title(title)):
        slugs = list(derived)
        told.remark("分野は協定名の言葉から推しました。")
    for meaning in KEPT_AS_REMARKS:
        told.remark(*_beside(rows, columns, meaning))
    facts: dict[str, Any] = {
        "fields": field_names(tuple(slugs)),
        "slugs": slugs,
        "division": _division(rows[0], columns, told),
        "purpose": "\n".join(_texts(rows, columns, "purpose")),
        "notes": "\n".join(_texts(rows, columns, "notes")),
        "items": [item for text in _texts(rows, columns, "items") for item in _items(text)],
        "term_text": _term(rows, columns),
        "remarks": told.remarks,
    }
    return facts


def _slugs(rows: Sequence[TableRow], columns: Columns, told: Told) -> list[str]:
    found: list[str] = []
    words = [*rows[0].section]
    for column in columns.of("category", "flag"):
        cells = list(
            dict.fromkeys(row.cells[column.index].strip() for row in rows if row.cells[column.index].strip())
        )
        if column.meaning == "category":
            words += cells
        else:
            words += list(_flagged(column, cells, told))
    for word in dict.fromkeys(words):
        found += fields_of_section(word)
        told.remark(f"台帳の区分: {tidy(word)}")
    return list(dict.fromkeys(found))


def _flagged(column: Column, cells: Sequence[str], told: Told) -> Iterator[str]:
    for cell in cells:
        if is_flag(cell) and plain(cell) not in "-×✕✖否無xX不要":
            if fields_of_section(column.word):
                yield column.word
            else:
                told.remark(f"{column.header}: {cell}")
        elif not is_flag(cell) and not is_nothing(cell):
            told.remark(f"{column.header}: {tidy(cell)}")


def _texts(rows: Sequence[TableRow], columns: Columns, meaning: str) -> list[str]:
    texts = [text for row in rows for text in row.of(columns, meaning) if not is_nothing(text)]
    return list(dict.fromkeys(texts))


def _beside(rows: Sequence[TableRow], columns: Columns, meaning: str) -> Iterator[str]:
    """Cells that the register has no place for, with their header."""
    for column in columns.of(meaning):
        for text in dict.fromkeys(row.cells[column.index].strip() for row in rows):
            if text and not is_nothing(text):
                yield f"{column.header}: {tidy(text)}" if column.header else tidy(text)


def _division(row: TableRow, columns: Columns, told: Told) -> str:
    """Department and division as one name; what stands behind in brackets is kept beside."""
    parts = [" ".join(row.first(columns, meaning).split()) for meaning in ("department", "division")]
    if found := last_bracket(parts[1]):
        told.remark(f"担当課: {parts[1]}")
        parts[1] = found[0]
    if parts[0] and parts[1].startswith(parts[0]):
        parts = parts[1:]
    return " ".join(part for part in parts if part and not is_nothing(part))


def _term(rows: Sequence[TableRow], columns: Columns) -> str:
    """What the columns of the term say; a mere day under 終期 or 有効期限 is the last day."""
    words = []
    for column in columns.of("term"):
        for text in dict.fromkeys(row.cells[column.index].strip() for row in rows):
            if not text or is_nothing(text) or is_flag(text):
                continue
            is_end = _LAST_DAY.search(column.header) and signed_in(text).first is not None
            words.append(f"締結の日から{text}まで" if is_end and len(text) < 20 else text)
    return "、".join(words)


def _items(text: str) -> list[str]:
    parts = [part.strip(" 　、。\n\r") for part in _ITEM.split(text)]
    return [part[:300] for part in parts if part]
