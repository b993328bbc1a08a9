"""What a Word file of ours consists of, block by block, as it is printed."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from renkei.documents.paper import PaperRefused
from renkei.documents.word.cells import fill, goes_on, goes_on_at, span
from renkei.documents.word.looks import Look, Looks, of_letters, points
from renkei.documents.word.ours import open_ours, qn
from renkei.documents.word.page_numbers import Field

UNPRINTED = tuple(
    qn(f"w:{name}")
    for name in ("drawing", "pict", "object", "footnoteReference", "endnoteReference", "ins", "del")
)
SIDES = ("top", "bottom", "left", "right")
USUAL_LINE = 1.6
SPACE_ABOVE_TABLE = 4.0
JOINER = "\u200d"
"""Joins pictures to one; between letters that the font does not have it can neither be shown nor be missed."""


def blocks_of(content: bytes) -> dict[str, Any]:
    """Paper, head, foot and blocks of the file; raises PaperRefused for what we cannot print."""
    told = open_ours(content)
    if any(next(part.iter(*UNPRINTED), None) is not None for part in told.printed):
        raise PaperRefused(unprinted())
    reading = Reading(Looks(told.styles), _pitch(told.body))
    size, margin = told.section.find(qn("w:pgSz")), told.section.find(qn("w:pgMar"))
    return {
        "width": points(size.get(qn("w:w"))),
        "height": points(size.get(qn("w:h"))),
        "margins": {side: points(margin.get(qn(f"w:{side}"))) for side in SIDES},
        "head": list(reading.blocks(told.head)),
        "foot": list(reading.blocks(told.foot)),
        "blocks": list(reading.blocks(told.body)),
    }


def _pitch(body: Any) -> float:
    """The height of a line of the file's grid."""
    grid = next(body.iter(qn("w:docGrid")), None)
    if grid is None or grid.get(qn("w:type")) in (None, "default"):
        return 0
    return points(grid.get(qn("w:linePitch"), "0"))


class Reading:
    """Reads the blocks of one file."""

    def __init__(self, looks: Looks, pitch: float) -> None:
        self.looks, self.pitch = looks, pitch

    def blocks(self, parent: Any) -> Iterator[dict[str, Any]]:
        """Paragraphs and tables in their order, each with its distance to the one before."""
        after, new_page = 0.0, False
        for one in parent:
            if one.tag == qn("w:p"):
                block = self.paragraph(one)
                block["gap"] += after
                block["new_page"] |= new_page
                after = block.pop("after")
                *before, last = pages(block)
                yield from before
                new_page = bool(before) and not last["runs"]
                if not new_page:
                    yield last
            elif one.tag == qn("w:tbl"):
                yield {**self.table(one), "gap": after, "new_page": new_page}
                after, new_page = 0.0, False
            elif one.tag == qn("w:sdt"):
                yield from self.blocks(one.find(qn("w:sdtContent")))

    def paragraph(self, told: Any) -> dict[str, Any]:
        """A paragraph with its letters."""
        look = self.looks.of_paragraph(told.find(qn("w:pPr")))
        if look.get("numbered"):
            raise PaperRefused(unprinted())
        line = look.get("line") or self._usual_line(look)
        runs = list(self.runs(told, look))
        return {
            "kind": "paragraph",
            "level": look.get("level", 0) if look.get("level", 0) <= 3 and _says_anything(runs) else 0,
            "align": look.get("align", "left"),
            "left": look.get("left", 0),
            "right": look.get("right", 0),
            "first": look.get("first", 0),
            "gap": look.get("before", 0),
            "after": look.get("after", 0),
            "lead": max(0, line - look["size"]),
            "size": look["size"],
            "tied": bool(look.get("tied")),
            "whole": bool(look.get("whole")),
            "new_page": bool(look.get("new_page")),
            "runs": runs,
        }

    def _usual_line(self, look: Look) -> float:
        lines = look.get("lines") or 1
        return float(lines * (self.pitch or look["size"] * USUAL_LINE))

    def runs(self, told: Any, look: Look) -> Iterator[dict[str, Any]]:
        """Letters, line ends, tabs, page numbers."""
        field = Field()
        for one in told.iter(qn("w:r"), qn("w:fldSimple")):
            if one.tag == qn("w:fldSimple"):
                field = Field(one.get(qn("w:instr"), ""), is_simple=True)
                yield from field.number(look)
                continue
            own = one.find(qn("w:rPr"))
            letters = look | (of_letters(own) if own is not None else {})
            for part in one:
                if field.takes(part):
                    yield from field.number(letters)
                elif not field.is_page or (field.is_simple and one.getparent().tag != qn("w:fldSimple")):
                    yield from _letters(part, letters, look)

    def table(self, told: Any) -> dict[str, Any]:
        """A table with its columns; cells over several columns or rows stay so."""
        columns = [points(one.get(qn("w:w"), "1000")) for one in told.find(qn("w:tblGrid"))]
        rows = told.findall(qn("w:tr"))
        heads = 0
        for row in rows:
            if next(row.iter(qn("w:tblHeader")), None) is None:
                break
            heads += 1
        return {
            "kind": "table",
            "lead": SPACE_ABOVE_TABLE,
            "columns": columns,
            "lines": self.looks.of_table(told.find(qn("w:tblPr"))),
            "heads": heads,
            "rows": [self._cells(rows, place) for place in range(len(rows))],
        }

    def _cells(self, rows: list[Any], place: int) -> list[dict[str, Any]]:
        found = []
        column = 0
        whole = next(rows[place].iter(qn("w:cantSplit")), None) is not None
        for cell in rows[place].findall(qn("w:tc")):
            wide = span(cell)
            if not goes_on(cell):
                height = 1
                while place + height < len(rows) and goes_on_at(rows[place + height], column):
                    height += 1
                blocks = list(self.blocks(cell))
                pad = max((one.get("lead", 0) for one in blocks), default=0) / 2 + 1
                found.append(
                    {
                        "span": wide,
                        "height": height,
                        "blocks": blocks,
                        "pad": pad,
                        "fill": fill(cell),
                        "whole": whole,
                    }
                )
            column += wide
        return found


def pages(block: dict[str, Any]) -> list[dict[str, Any]]:
    """A paragraph as it is parted by breaks of the page."""
    found = [{**block, "runs": []}]
    for run in block["runs"]:
        if run["kind"] == "new_page":
            found.append({**block, "runs": [], "new_page": True, "gap": 0})
        else:
            found[-1]["runs"].append(run)
    return found


def unprinted() -> str:
    """The sentence for a file that we cannot print."""
    return _(
        "このWordファイルには、ここでPDFにできないもの(図、自動の番号、脚注、変更履歴など)があります。"
        "Wordのファイルを受け取り、WordでPDFとして保存してください。"
    )


def _says_anything(runs: list[dict[str, Any]]) -> bool:
    return any(run.get("text", "").strip() for run in runs)


def _letters(part: Any, letters: Look, look: Look) -> Iterator[dict[str, Any]]:
    if part.tag == qn("w:t") and part.text:
        yield {
            "kind": "text",
            "text": part.text.replace(JOINER, ""),
            "size": letters["size"],
            "bold": bool(letters.get("bold")),
            "underlined": bool(letters.get("underlined")),
            "gothic": bool(letters.get("gothic")),
        }
    elif part.tag == qn("w:tab"):
        yield {"kind": "fill" if look.get("right_tab") else "tab"}
    elif part.tag in (qn("w:br"), qn("w:cr")):
        yield {"kind": "new_page" if part.get(qn("w:type")) == "page" else "break"}
    elif part.tag == qn("w:noBreakHyphen"):
        yield {
            "kind": "text",
            "text": "‑",
            "size": letters["size"],
            "bold": False,
            "underlined": False,
            "gothic": False,
        }
