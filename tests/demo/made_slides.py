"""The text of slides as they are read aloud: from the PowerPoint file and from its PDF, and lines made comparable."""

import io
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

REFERENCE = Path(__file__).parent / "reference_2024.txt"
BEGINS = re.compile(r"^(?:[■●・※①②]|\([1-6]\)|【)")
ALSO_BEGIN = (
    "連携の目的", "本市が抱える課題", "協働による取組", "連携のイメージ", "連携協定の形態", "特定の分野を対象",
    "市の窓口", "幅広い分野を対象", "包括連携協定締結の流れ", "令和6年6月1日現在", "(令和5年6月2日以降",
    "1企業等から", "2市は,", "多様な主体との連携・協働", "多様化,複雑化", "連携協定の締結は,",
)  # fmt: skip
"""How the lines of the town's text begin that no mark begins."""


def plain(text: str) -> str:
    """Widths and blanks do not count: the text mixes them."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def reference_lines() -> list[str]:
    """The town's own lines, joined where its slides broke them."""
    lines: list[str] = []
    for line in REFERENCE.read_text(encoding="utf-8").replace("●", "\n●").splitlines():
        words = plain(line)
        if not words:
            continue
        if BEGINS.match(words) or words.startswith(ALSO_BEGIN):
            lines.append(words)
        else:
            lines[-1] += words
    return lines


def words_of_pptx(content: bytes) -> list[str]:
    """Each paragraph of each slide in its order, with the mark that stands before it; tables cell by cell."""
    from pptx import Presentation

    return [
        words
        for slide in Presentation(io.BytesIO(content)).slides
        for shape in slide.shapes
        for words in _of_shape(shape)
        if plain(words)
    ]


def _of_shape(shape) -> Iterator[str]:
    if shape.shape_type is not None and hasattr(shape, "shapes"):
        for one in shape.shapes:
            yield from _of_shape(one)
    elif getattr(shape, "has_table", False) and shape.has_table:
        for row in shape.table.rows:
            yield from (cell.text for cell in row.cells)
    elif shape.has_text_frame:
        yield from (_mark(paragraph) + paragraph.text for paragraph in shape.text_frame.paragraphs)


def _mark(paragraph) -> str:
    marks = paragraph._p.xpath("./a:pPr/a:buChar/@char")
    return marks[0] if marks else ""


def missing_and_extra(expected: list[str], told: str) -> tuple[list[str], str]:
    """The lines that do not stand in the text in their order, and what stands between those that do."""
    told, place = plain(told), 0
    missing, extra = [], ""
    for line in expected:
        found = told.find(line, place)
        if found < 0:
            missing.append(line)
            continue
        extra += told[place:found] + "|"
        place = found + len(line)
    return missing, extra + told[place:]
