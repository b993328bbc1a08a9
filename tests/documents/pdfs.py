"""PDFs of the tests' own: pages of text, and pages that hold only a picture of it."""

import io
import json
from functools import cache
from pathlib import Path

from PIL import Image

SOURCE = b"""
#set page(width: 210mm, height: 297mm)
#set text(font: "Noto Serif JP", size: 10.5pt)
#let pages = json(bytes(sys.inputs.pages))
#for (place, lines) in pages.enumerate() {
  if place > 0 { pagebreak() }
  for line in lines { block(line) }
}
"""


@cache
def a_pdf(*pages: str) -> bytes:
    """A PDF with a page for each text; a line of the text is a line on the page."""
    import pylopdf_fonts_jp
    import typst

    compiler = typst.Compiler(
        SOURCE,
        font_paths=[str(Path(pylopdf_fonts_jp.__file__).parent)],
        ignore_system_fonts=True,
        sys_inputs={"pages": json.dumps([page.split("\n") for page in pages], ensure_ascii=False)},
    )
    return compiler.compile(format="pdf")


def a_scan(pages: int = 1) -> bytes:
    """A PDF of pictures: no letter in it."""
    written = io.BytesIO()
    paper = [Image.new("L", (300, 420), "white") for _page in range(pages)]
    paper[0].save(written, "PDF", save_all=True, append_images=paper[1:])
    return written.getvalue()
