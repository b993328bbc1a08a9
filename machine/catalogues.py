"""Compiles the catalogues of translated sentences (.po → .mo) that are newer than their compiled form."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def stale(root: Path) -> list[Path]:
    """The .po files without an .mo that is at least as new."""
    return [
        po
        for po in sorted(root.glob("renkei/*/locale/*/LC_MESSAGES/*.po"))
        if not (mo := po.with_suffix(".mo")).exists() or mo.stat().st_mtime < po.stat().st_mtime
    ]


def compile_catalogues(root: Path = ROOT) -> int:
    """Write each stale catalogue's .mo beside it, whole or not at all; the number written."""
    found = stale(root)
    if found:
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        for po in found:
            with po.open("rb") as text:
                catalogue = read_po(text)
            unfinished = po.with_suffix(f".{os.getpid()}.unfinished")
            with unfinished.open("wb") as compiled:
                write_mo(compiled, catalogue)
            unfinished.replace(po.with_suffix(".mo"))
    return len(found)


if __name__ == "__main__":
    compile_catalogues()
