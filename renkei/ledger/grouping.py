"""One agreement over several rows: titles broken over rows, parties that run down, signings that go on."""

import re
from collections.abc import Sequence

from renkei.ledger.columns import Columns
from renkei.ledger.rows import TableRow
from renkei.ledger.sections import looks_like_title
from renkei.rules.cells import tidy

LONGEST_TITLE = 5
"""Rows over which a title may be broken."""

_GOES_ON = re.compile(
    r"(?:[のをにがはとや、・,及並]|における|に関する|及び|並びに|に係る|ための|する|[(（「][^)）」]*)$"
)


class Grouping:
    """Puts rows of a table together that are one agreement."""

    def __init__(self, columns: Columns, rows: Sequence[TableRow]) -> None:
        self.columns = columns
        self.rows = list(rows)
        self.has_title = any(column.meaning == "title" for column in columns)
        self.titles = next((column for column in columns if column.meaning == "title"), None)

    def groups(self) -> list[list[TableRow]]:
        """The rows, those of one agreement together, in the order of the file."""
        groups: list[list[TableRow]] = []
        place = 0
        while place < len(self.rows):
            row = self.rows[place]
            if broken := self._broken_title(place):
                taken = self._rows_begun_before(groups, broken)
                groups.append([*taken, *broken])
                place += len(broken)
                continue
            if groups and self._goes_on(groups[-1], row):
                groups[-1].append(row)
            else:
                taken = self._rows_begun_before(groups, [row]) if row.owns(self.columns, "title") else []
                groups.append([*taken, row])
            place += 1
        return [group for group in groups if group]

    def _broken_title(self, place: int) -> list[TableRow]:
        """The rows over which one title is broken; none where the title stands in one row."""
        if self.titles is None or self.titles.contents.titles < 0.4:
            return []
        taken: list[TableRow] = []
        for row in self.rows[place : place + LONGEST_TITLE]:
            if not row.owns(self.columns, "title") or (taken and row.number != taken[-1].number + 1):
                return []
            taken.append(row)
            if looks_like_title(row.cells[self.titles.index]):
                return taken if len(taken) > 1 and self._is_one(taken) else []
        return []

    def _is_one(self, rows: list[TableRow]) -> bool:
        assert self.titles is not None
        days = sum(row.owns(self.columns, "signed") for row in rows)
        numbers = sum(row.owns(self.columns, "number") for row in rows)
        if days > 1 or numbers > 1 or any(row.section != rows[0].section for row in rows):
            return False
        open_end = all(_GOES_ON.search(tidy(row.cells[self.titles.index])) for row in rows[:-1])
        return open_end or (days == 1 and self.titles.contents.titles >= 0.6)

    def _goes_on(self, group: list[TableRow], row: TableRow) -> bool:
        """Parties that run down: no title, no day, no number of its own under a row that has them."""
        if not self.has_title or row.section != group[-1].section:
            return False
        if row.owns(self.columns, "title", "signed", "number", "purpose", "term"):
            return False
        if not row.owns(self.columns, "partners", "first_party", "second_party", "notes", "other", "contact"):
            return False
        head = next((one for one in group if one.owns(self.columns, "title")), None)
        return head is not None and any(
            one.owns(self.columns, "signed", "number") for one in group if one.owns(self.columns, "title")
        )

    def _rows_begun_before(self, groups: list[list[TableRow]], rows: list[TableRow]) -> list[TableRow]:
        """Rows of the group before that begin this one: they hold the contact that its own rows lack."""
        if not groups or any(row.owns(self.columns, "contact") for row in rows):
            return []
        before = groups[-1]
        for place in range(len(before) - 1, 0, -1):
            if before[place].owns(self.columns, "title", "signed"):
                return []
            if before[place].owns(self.columns, "contact"):
                groups[-1] = before[:place]
                return before[place:]
        return []
