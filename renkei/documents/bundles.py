"""Many papers at once: as one zip to keep, and as one PDF to print on both sides."""

import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import IO

Named = tuple[str, bytes]
"""A file's name and what is in it."""


def zipped(files: Iterable[Named], into: IO[bytes], *, at: datetime) -> None:
    """Write the files as one zip, their names in UTF-8; what they hold is packed already and is not packed again."""
    with zipfile.ZipFile(into, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name, at.timetuple()[:6]), content)


def unzipped(archive: IO[bytes]) -> dict[str, bytes]:
    """The files of a zip that we made ourselves."""
    with zipfile.ZipFile(archive) as opened:
        return {one.filename: opened.read(one) for one in opened.infolist()}


def printed_together(papers: Iterable[bytes]) -> bytes:
    """One PDF of them all; an empty page follows a paper of an odd number of pages, so that each begins a sheet."""
    import io

    import pypdfium2

    together = pypdfium2.PdfDocument.new()
    for content in papers:
        with pypdfium2.PdfDocument(content) as paper:
            together.import_pages(paper)
            if len(paper) % 2:
                width, height = paper.get_page_size(len(paper) - 1)
                together.new_page(width, height)
    made = io.BytesIO()
    together.save(made)
    together.close()
    return made.getvalue()
