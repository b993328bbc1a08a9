"""The capabilities as a workbook: out with every column in words, and back in as checked rows."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from renkei.agreements.models import Agreement
from renkei.disasters.capabilities.checks import (
    facts_of,
    partner_of,
    partners_of,
    refuse_ended,
    refuse_unfitting,
)
from renkei.disasters.capabilities.columns import AGREEMENT, COLUMNS, FILLED, KEY, PARTNER
from renkei.disasters.capabilities.facts import CapabilityFacts
from renkei.disasters.models import Capability
from renkei.disasters.refusals import CapabilityRefused
from renkei.disasters.table_file import workbook
from renkei.disasters.vocabulary import (
    CapabilitySource,
    Certainty,
    CostBearer,
    DisasterFunction,
    Hours,
    HowToAsk,
)
from renkei.documents.tables import tables_of
from renkei.municipalities.models import Municipality
from renkei.rules.names import folded_name
from renkei.rules.written_cells import restored

MOST_ROWS = 2_000
LOOKED_THROUGH = 20
Cells = Mapping[str, str]


def capability_workbook(capabilities: Iterable[Capability]) -> bytes:
    """All that is known of each, in words."""
    choices = {
        "function": DisasterFunction,
        "certainty": Certainty,
        "hours": Hours,
        "cost_bearer": CostBearer,
        "how_to_ask": HowToAsk,
    }
    lists = {
        place: [str(label) for label in choices[one.key].labels]
        for place, one in enumerate(COLUMNS)
        if one.key in choices
    }
    heads = [(one.head, one.width) for one in COLUMNS]
    return workbook(heads, ([one.write(row) for one in COLUMNS] for row in capabilities), lists)


@dataclass
class SheetRow:
    """A row that came back: its number and cells, what it changes or adds, and what stands in its way."""

    number: int
    cells: Cells
    agreement: Agreement | None = None
    capability: Capability | None = None
    facts: CapabilityFacts | None = None
    problems: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        """What the row is about, for a person's eyes."""
        return " ".join(filter(None, (self.cells.get("function"), self.cells.get("goods"))))


def rows_of(content: bytes) -> list[tuple[int, dict[str, str]]]:
    """The rows below our heads that hold anything, by the keys of their columns; refused without the heads."""
    known = {_folded(one.head): one.key for one in COLUMNS}
    for table in tables_of(content):
        for place, row in enumerate(table.rows[:LOOKED_THROUGH]):
            heads = {
                column: known[_folded(cell)] for column, cell in enumerate(row) if _folded(cell) in known
            }
            if {AGREEMENT.key, "function"} <= set(heads.values()):
                return _below(table.rows, place, heads)
    raise CapabilityRefused(
        _(
            "見出し(協定名、支援の種類)が見つかりません。「Excelで取り出す」のファイルに書き込んで、選んでください。協定の一覧は、台帳の取込みで登録してから「文から読み取る」で案にできます。"
        )
    )


def _below(
    rows: Sequence[Sequence[str]], place: int, heads: Mapping[int, str]
) -> list[tuple[int, dict[str, str]]]:
    found = []
    for number, row in enumerate(rows[place + 1 :], start=place + 2):
        cells = {
            key: restored(cell.replace("\r\n", "\n").replace("_x000D_", "").strip())
            for column, key in heads.items()
            for cell in (row[column] if column < len(row) else "",)
        }
        if any(cells.values()):
            found.append((number, cells))
    if len(found) > MOST_ROWS:
        raise CapabilityRefused(_("行は%s行までです。分けて取り込んでください。") % MOST_ROWS)
    return found


def checked(town: Municipality, rows: Sequence[tuple[int, Cells]]) -> list[SheetRow]:
    """Each row with what it would do, or with its problems; nothing is written."""
    keys = {cells.get(KEY.key, "") for _number, cells in rows} - {""}
    mine = Capability.objects.of(town).filter(public_id__in=keys)
    known = {
        one.public_id: one
        for one in mine.select_related("agreement__municipality", "organisation__merged_into", "municipality")
    }
    titles = {cells.get(AGREEMENT.key, "") for _number, cells in rows}
    agreements: dict[str, list[Agreement]] = {}
    for agreement in Agreement.objects.of(town).filter(_named(titles, rows)).select_related("municipality"):
        for name in {agreement.title, agreement.numbered} - {""}:
            agreements.setdefault(name, []).append(agreement)
    seen: set[str] = set()
    return [_checked(number, cells, known, agreements, seen) for number, cells in rows]


def _named(titles: set[str], rows: Sequence[tuple[int, Cells]]) -> Q:
    numbered = any(cells.get("agreement_number") for _number, cells in rows)
    return Q(title__in=titles) | Q(number__isnull=False) if numbered else Q(title__in=titles)


def _checked(
    number: int,
    cells: Cells,
    known: Mapping[str, Capability],
    agreements: Mapping[str, list[Agreement]],
    seen: set[str],
) -> SheetRow:
    row = SheetRow(number, cells)
    try:
        if key := cells.get(KEY.key, ""):
            row.capability = _known(key, known, seen)
            row.agreement = row.capability.agreement
        else:
            row.agreement = _agreement(cells, agreements)
        row.facts = _facts(cells, row)
    except CapabilityRefused as refusal:
        row.problems.append(str(refusal))
    return row


def _known(key: str, known: Mapping[str, Capability], seen: set[str]) -> Capability:
    if key in seen:
        raise CapabilityRefused(_("同じ番号の行が上にあります。写して足すときは、番号を空けてください。"))
    seen.add(key)
    if key not in known:
        raise CapabilityRefused(
            _("番号「%s」の支援内容がありません。新しく足す行なら、番号を空けてください。") % key[:20]
        )
    refuse_ended(known[key])
    return known[key]


def _agreement(cells: Cells, agreements: Mapping[str, list[Agreement]]) -> Agreement:
    """By its number, else by its title; of several of one title the one with the partner."""
    number, title = cells.get("agreement_number", ""), cells.get(AGREEMENT.key, "")
    found = agreements.get(number) or agreements.get(title) or []
    if not found:
        raise CapabilityRefused(
            _("協定「%s」が見つかりません。登録した協定名のとおりに書いてください。") % (number or title)[:60]
        )
    partner = folded_name(cells.get(PARTNER.key, ""))
    fitting = [one for one in found if any(folded_name(each.name) == partner for each in partners_of(one))]
    if len(found) == 1:
        return found[0]
    if len(fitting) == 1:
        return fitting[0]
    raise CapabilityRefused(
        _("同じ名前の協定が%s件あります。協定番号か相手方を書いてください。") % len(found)
    )


def _facts(cells: Cells, row: SheetRow) -> CapabilityFacts:
    assert row.agreement
    told: dict[str, Any] = {one.key: one.read(cells.get(one.key, "")) for one in FILLED if one.read}
    # An emptied cell takes away what was there; a column that did not come back takes nothing.
    absent = told.keys() - cells.keys()
    if row.capability and absent:
        kept = facts_of(row.capability)
        told |= {name: getattr(kept, name) for name in absent}
    if told["quantity"] is not None and not cells.get("certainty") and told["certainty"] == Certainty.NONE:
        told["certainty"] = Certainty.ESTIMATED  # a number of which nothing more is said
    partner = partner_of(row.agreement, _partner(row.agreement, cells.get(PARTNER.key, "")))
    facts = CapabilityFacts(**told, organisation_id=partner.pk, source=CapabilitySource.SHEET)
    refuse_unfitting(facts)
    return facts


def _partner(agreement: Agreement, name: str) -> int | None:
    if not name:
        return None
    for one in partners_of(agreement):
        if folded_name(one.name) == folded_name(name):
            return one.merged_into_id or one.pk
    raise CapabilityRefused(_("相手方「%s」は、この協定の当事者ではありません。") % name[:40])


def _folded(cell: str) -> str:
    return "".join(unicodedata.normalize("NFKC", cell).split())
