"""Blocks as plain values, as a Typst template of ours reads them; each says its kind."""

from typing import Any

from renkei.documents.publications.content import (
    Block,
    Bullets,
    Chart,
    Flow,
    Numbers,
    Paragraph,
    Picture,
    Table,
)
from renkei.documents.word.letters import printable

MOST_ALOUD = 20
FORMATS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}


def plain(block: Block) -> dict[str, Any]:
    """A block as values."""
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "style": block.style, "text": printable(block.text)}
    if isinstance(block, Bullets):
        items = [
            {
                "text": printable(one.text),
                "level": one.level,
                "mark": printable(one.mark),
                "typed": len(one.mark) > 1,
            }
            for one in block.items
        ]
        return {"kind": "bullets", "items": items}
    if isinstance(block, Numbers):
        return {"kind": "numbers", "pairs": [[printable(one) for one in pair] for pair in block.pairs]}
    if isinstance(block, Flow):
        return {"kind": "flow", "steps": [list(step_of(one)) for one in block.steps]}
    if isinstance(block, Table):
        return table(block)
    return _drawn(block)


def table(told: Table) -> dict[str, Any]:
    """A table as values."""
    return {
        "kind": "table",
        "heads": [printable(one) for one in told.heads],
        "rows": [[printable(cell) for cell in row] for row in told.rows],
        "widths": list(told.widths or [1 for _head in told.heads]),
        "numeric": list(told.numeric),
        "caption": printable(told.caption),
    }


def step_of(step: str) -> tuple[str, str]:
    """A step's first words, which are set larger, and the rest."""
    head, _blank, more = printable(step).replace("\n", "　", 1).partition("　")
    return head, more


def _drawn(block: Chart | Picture) -> dict[str, Any]:
    if isinstance(block, Chart):
        words = printable(block.caption)
        return {"kind": "picture", "format": "svg", "content": block.svg, "words": words, "alt": words}
    words = printable(block.description)
    return {
        "kind": "picture",
        "format": FORMATS[block.media_type],
        "content": list(block.content),
        "words": words,
        "alt": words,
    }


def told_aloud(chart: Chart) -> str:
    """A chart in words with its figures, for those who hear a slide, where no table follows it."""
    rows = chart.table.rows[:MOST_ALOUD]
    figures = "、".join(" ".join(row) for row in rows)
    return printable(f"{chart.caption}。{figures}{'など' if len(chart.table.rows) > len(rows) else ''}")
