"""PDF from plain facts: tagged, archivable, every letter printed, or those that cannot be are named."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from django.utils.translation import gettext as _

STANDARDS: list[Literal["a-2a", "ua-1"]] = ["a-2a", "ua-1"]
MOST_MISSING = 20
# No font of ours has the letter; or it is a town's own letter (外字), which PDF/A has no place for.
MISSING = re.compile(r'the (?:text|PDF contains the codepoint) `"(.+?)"`', re.DOTALL)
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
SUBSTITUTE = "〓"


class PaperRefused(ValueError):
    """The paper cannot be made; str() says what stands in the way."""


@dataclass(frozen=True)
class Paper:
    """A PDF, and the letters that the font does not have: in their place stands 〓."""

    content: bytes
    missing: tuple[str, ...] = ()


def paper(template: Path, facts: Mapping[str, Any]) -> Paper:
    """A PDF/A-2a and PDF/UA-1 from a Typst template of ours; `facts` are data to it and never markup.

    The template reads `facts.missing`, the letters that could not be printed, and names them.
    """
    import typst

    source = template.read_bytes()
    told = json.dumps(facts, ensure_ascii=False)
    missing: list[str] = []
    while len(missing) <= MOST_MISSING:
        try:
            return Paper(_compiled(source, told, missing), tuple(missing))
        except typst.TypstError as error:
            letters = _undisplayable(str(error))
            if not letters or set(letters) <= set(missing):
                raise
            for letter in letters:
                told = told.replace(letter, SUBSTITUTE)
            missing += [letter for letter in letters if letter not in missing]
    raise PaperRefused(
        _("印刷できない文字が多すぎます(%(letters)s など)。WordかExcelで受け取ってください。")
        % {"letters": "".join(missing[:10])}
    )


def _compiled(source: bytes, told: str, missing: list[str]) -> bytes:
    import typst

    inputs = {
        "facts": told,
        "missing": json.dumps([_named(letter) for letter in missing], ensure_ascii=False),
    }
    compiler: Any = typst.Compiler(source, font_paths=kept_fonts(), sys_inputs=inputs)
    made: bytes = compiler.compile(format="pdf", pdf_standards=STANDARDS)
    return made


@cache
def kept_fonts() -> Any:
    """Our fonts, looked through once in a process: doing it for every paper took as long as a short one's layout."""
    import pylopdf_fonts_jp
    import typst

    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[str(Path(pylopdf_fonts_jp.__file__).parent)],
    )


def _undisplayable(error: str) -> list[str]:
    """The letters that the error names; a combining one comes with the letter that it stands on."""
    found = MISSING.search(error)
    text = ESCAPED.sub(lambda code: chr(int(code[1], 16)), found[1]) if found else ""
    return [letter for letter in text if letter != SUBSTITUTE]


def _named(letter: str) -> str:
    return f"U+{ord(letter):04X}"
