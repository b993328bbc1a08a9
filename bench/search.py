"""`./run bench search`: the whole search page against Datasette, Django admin's search and a plain GROUP BY.

Our page is the public site's own: HTML with 20 rows, total, all facets, highlights. Cold: nothing of the index in
memory, as after a start or a merge; warm: the same question again.
"""

import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from bench import _peers
from bench._databases import arguments, on_each_database, prepare

WORDS = {
    "災害": "common", "防災": "common", "包括": "less common", "カヌー": "rare", "物資の供給": "phrase",
    "災害時における": "phrase in very many",
}  # fmt: skip
DAY = "2026-11-26"


@dataclass(frozen=True)
class Times:
    """Seconds."""

    cold: float
    warm: float
    database: float


def main() -> int:
    options = arguments("search", (__doc__ or "").split("\n")[0]).parse_args()
    if not options.inside:
        return on_each_database("bench.search", options)
    prepare(options.size)
    table: Path = options.folder / f"datasette-{options.size}.sqlite3"
    _peers.a_table_for_datasette(table)
    with _peers.a_datasette(table) as datasette:
        measure(options.inside, options.size, datasette)
    return 0


def forget() -> None:
    """As after a start: nothing of the index in memory."""
    from renkei.search import blocks, index

    index._latest.clear()
    blocks._latest.clear()


def measure(database: str, size: int, datasette: _peers.Datasette) -> None:
    floor = _peers.fastest(_peers.plain_count, 3)
    print(
        f"\nsearch page, {size:,} agreements, {database}; floor: plain GROUP BY of one facet {floor * 1e3:.0f} ms"
    )
    print(
        f"{'':16}{'found':>9}{'cold':>9}{'warm':>9}{'database':>10}{'of floor':>9}{'Datasette':>17}{'admin':>17}"
    )
    for word, kind in WORDS.items():
        total, own = ours(word)
        peer = _peers.fastest(partial(datasette.page, [word]), 2)
        assert datasette.total([word]) == total, "Datasette finds something else"
        admin = _peers.fastest(partial(_peers.admin_search, word), 1)
        print(
            f"{word:{16 - len(word)}}{total:>9,}{own.cold * 1e3:>6.0f} ms{own.warm * 1e3:>6.1f} ms"
            f"{own.database * 1e3:>7.1f} ms{own.database / floor:>9.2f}{peer * 1e3:>8.0f} ms {peer / own.warm:>4.0f}×"
            f"{admin * 1e3:>8.0f} ms {admin / own.warm:>4.0f}×  {kind}",
            flush=True,
        )


def ours(word: str) -> tuple[int, Times]:
    """Total and times of our page; `database` is all of its finding and reading, without the HTML."""
    from datetime import date

    from django.test import Client

    from renkei.agreements.audience import Audience
    from renkei.search.asking import Asked
    from renkei.search.listing import listing

    client = Client(HTTP_HOST="127.0.0.1")
    address = f"/agreements/?{urlencode({'q': word, 'on': DAY})}"

    def page() -> None:
        answer = client.get(address)
        assert answer.status_code == 200
        assert "<mark" in answer.content.decode(), "no highlights"

    page()
    forget()
    cold = _peers.fastest(page, 1)
    question = Asked(word, Audience.public(), date.fromisoformat(DAY))
    times = Times(cold, _peers.fastest(page, 7), _peers.fastest(lambda: listing(question), 7))
    return listing(question).found.total, times


if __name__ == "__main__":
    sys.exit(main())
