"""Results as rows of the yearly book's tables, with figures, value and costs where some of them were told."""

from collections.abc import Iterable, Iterator, Sequence

from renkei.documents.publications.content import Table
from renkei.initiatives.models import Result
from renkei.reports.papers.sheet_facts import figures_of
from renkei.rules.written_amounts import grouped

HEADS = ("協定", "取組", "行ったこと", "数値", "効果額・費用")
SHARES = (7.0, 5.0, 8.0, 4.6, 5.6)


def results_table(named: Iterable[tuple[str, Result]], town: str) -> Table:
    """Results, each with the agreement's name where that is not said above; a column that nobody filled is left out."""
    rows = [(name, *_told(one, town)) for name, one in named]
    kept = [place for place in range(len(HEADS)) if any(row[place] for row in rows)]
    shares = tuple(SHARES[place] for place in kept)
    return Table(_of(HEADS, kept), tuple(_of(row, kept) for row in rows), shares)


def _of(row: Sequence[str], kept: Sequence[int]) -> tuple[str, ...]:
    return tuple(row[place] for place in kept)


def _told(one: Result, town: str) -> tuple[str, ...]:
    return one.initiative.title, one.what, figures_of(one.figures.all()), "\n".join(_amounts(one, town))


def _amounts(one: Result, town: str) -> Iterator[str]:
    """The value with its formula, and who bore which costs; nothing where nobody told it."""
    if one.value is not None:
        yield f"効果額 {one.value:,}円"
        if one.value_quantity is not None and one.value_price is not None:
            yield f"({grouped(one.value_quantity)}{one.value_unit}×{one.value_price:,}円)"
    for who, cost in ((town, one.town_cost), ("相手方", one.partner_cost)):
        if cost is not None:
            yield f"{who}の費用\n{cost:,}円"
