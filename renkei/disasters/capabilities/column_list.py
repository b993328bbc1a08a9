"""The list that towns publish, coming back: one line for each agreement, a ○ under each of eight kinds of help."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from renkei.agreements.models import Agreement
from renkei.disasters.capabilities.reading import KIND, MARK
from renkei.disasters.vocabulary import PUBLISHED_COLUMNS
from renkei.documents.tables import tables_of
from renkei.municipalities.models import Municipality
from renkei.rules.names import folded_name
from renkei.rules.written_cells import restored

LOOKED_THROUGH, FEWEST_COLUMNS = 20, 3
TITLES = ("協定の名称", "協定名称", "協定名", "協定等の名称")
PARTNERS = re.compile(r"^(?:協定(?:の)?)?(?:相手方|締結先|協定先)")
BETWEEN, PLACE = re.compile(r"[、，,\n]"), re.compile(r"\([^()]*\)\s*$")
"""Between partners of one line; and the prefecture that stands behind one."""


@dataclass(frozen=True)
class Line:
    """An agreement as the list has it; `told` as the import of ledgers would keep what stands in the columns."""

    number: int
    title: str
    partners: str
    told: Mapping[str, str]

    @property
    def remarks(self) -> list[str]:
        """Each column with a ○ as a kind, each with words as a cell."""
        marked = [name for name, cell in self.told.items() if MARK.match(cell)]
        said = [f"{name}: {cell}" for name, cell in self.told.items() if name not in marked]
        return [*(f"{KIND}: {name}" for name in marked), *said]


def lines_in(content: bytes) -> list[Line]:
    """The lines of such a list, in which anything is said; none where the file is something else."""
    for table in tables_of(content):
        for place in range(min(LOOKED_THROUGH, len(table.rows))):
            if found := _lines_below(table.rows, place):
                return found
    return []


def _lines_below(rows: Sequence[Sequence[str]], place: int) -> list[Line]:
    """Below a head of one row, or of two, where the eight stand under a common head."""
    for depth in (1, 2):
        heads: dict[str, int] = {}
        for row in rows[place : place + depth]:
            for column, cell in enumerate(row):
                if name := _head(cell):
                    heads.setdefault(name, column)
        if "title" in heads and len(heads.keys() & {*PUBLISHED_COLUMNS}) >= FEWEST_COLUMNS:
            below = enumerate(rows[place + depth :], start=place + depth + 1)
            return [line for number, row in below if (line := _line(number, row, heads))]
    return []


def _head(cell: str) -> str:
    name = "".join(unicodedata.normalize("NFKC", cell).split())
    if name in TITLES:
        return "title"
    if PARTNERS.search(name):
        return "partners"
    return next((one for one in PUBLISHED_COLUMNS if unicodedata.normalize("NFKC", one) == name), "")


def _line(number: int, row: Sequence[str], heads: Mapping[str, int]) -> Line | None:
    cells = {
        name: restored(row[column].replace("\r\n", "\n").strip()) if column < len(row) else ""
        for name, column in heads.items()
    }
    told = {name: cells[name] for name in PUBLISHED_COLUMNS if cells.get(name)}
    if not cells["title"] or not told:
        return None
    return Line(number, cells["title"], cells.get("partners", ""), told)


def matched(town: Municipality, lines: Iterable[Line]) -> tuple[dict[Agreement, list[Line]], list[Line]]:
    """The town's agreements with their lines, by title and partner; and the lines of which none or several are."""
    lines = list(lines)
    named: dict[str, list[Agreement]] = {}
    titled = Agreement.objects.of(town).filter(title__in={one.title for one in lines})
    parties = "parties__organisation__merged_into"
    for agreement in titled.select_related("municipality").prefetch_related(parties, "items"):
        named.setdefault(agreement.title, []).append(agreement)
    found: dict[Agreement, list[Line]] = {}
    missing = []
    for line in lines:
        fitting = [one for one in named.get(line.title, []) if _has(one, line.partners)]
        if len(fitting) == 1:
            found.setdefault(fitting[0], []).append(line)
        else:
            missing.append(line)
    return found, missing


def _has(agreement: Agreement, partners: str) -> bool:
    """Whether one of the named is a party; where nobody is named, the title says enough."""
    told = [one for one in BETWEEN.split(unicodedata.normalize("NFKC", partners)) if one.strip()]
    names = {folded_name(one) for cell in told for one in (cell, PLACE.sub("", cell))}
    return not told or any(folded_name(one) in names for one in _names(agreement))


def _names(agreement: Agreement) -> Iterator[str]:
    for party in agreement.parties.all():
        if party.organisation:
            yield from (party.name_as_signed, (party.organisation.merged_into or party.organisation).name)
