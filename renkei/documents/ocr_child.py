"""The process that has a scan read: `python -m renkei.documents.ocr_child PATH TYPE ENGINE`.

It draws each page as a PNG and asks the engine for its letters (`ENGINE picture.png stdout -l jpn`, as tesseract is
called). Its bounds of memory and processor time hold for each engine it starts too.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from renkei.documents.bounded import MEGABYTE, Bounds, bind
from renkei.documents.page_texts import BROKEN, PDF, Unreadable
from renkei.documents.text_child import KEPT_LETTERS, MOST_PAGES, TOO_MANY_PAGES, kept_letters, told

BOUNDS = Bounds(seconds=60, patience=600, answer=64 * MEGABYTE)
"""Processor time for each engine, patience for all pages; a page's picture is a file too."""
MOST_READ = 60
SECONDS_A_PAGE = 60
ALL_SECONDS = 480
DOTS_PER_INCH = 300
MOST_PIXELS = 20_000_000
LANGUAGE = "jpn"


def answer(path: Path, media_type: str, engine: str) -> Iterator[dict[str, Any]]:
    """The pages in which letters were recognised, then how many pages there are."""
    began, letters, read, pages = time.monotonic(), 0, 0, _pages(path, media_type)
    with tempfile.TemporaryDirectory(prefix="ocr-") as folder:
        while read < min(pages, MOST_READ) and letters < KEPT_LETTERS:
            if time.monotonic() - began > ALL_SECONDS:
                break
            picture = Path(folder) / "page.png"
            _draw(path, media_type, read, picture)
            text = kept_letters(_recognised(engine, picture))[: KEPT_LETTERS - letters]
            read, letters = read + 1, letters + len(text)
            if text:
                yield {"page": read, "text": text}
    yield {
        "pages": pages,
        "told": f"{read}ページ目までを文字認識(OCR)で読み取りました。" if read < pages else "",
    }


def _pages(path: Path, media_type: str) -> int:
    if media_type != PDF:
        return 1
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(path) as document:
            pages = len(document)
    except pypdfium2.PdfiumError as error:
        raise Unreadable(BROKEN) from error
    if pages > MOST_PAGES:
        raise Unreadable(TOO_MANY_PAGES)
    return pages


def _draw(path: Path, media_type: str, place: int, picture: Path) -> None:
    """The page on white, in grey, never larger than paper of the largest size needs."""
    from PIL import Image

    if media_type != PDF:
        with Image.open(path, formats=["PNG", "JPEG"]) as seen:
            if seen.width * seen.height > 3 * MOST_PIXELS:
                raise Unreadable(BROKEN)
            seen.thumbnail((5_000, 5_000))
            seen.convert("L").save(picture)
        return
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        page = document[place]
        width, height = page.get_size()
        scale = min(DOTS_PER_INCH / 72, (MOST_PIXELS / max(width * height, 1)) ** 0.5)
        page.render(scale=scale, may_draw_forms=False, grayscale=True).to_pil().save(picture)


def _recognised(engine: str, picture: Path) -> str:
    """What the engine says; nothing where it fails or takes too long."""
    command = [engine, str(picture), "stdout", "-l", LANGUAGE]
    try:
        said = subprocess.run(  # noqa: S603 – the operator's program, arguments as a list
            command,
            env={"OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS_A_PAGE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return said.stdout[: 4 * KEPT_LETTERS].decode("utf-8", "ignore") if said.returncode == 0 else ""


def main() -> None:
    bind(BOUNDS)
    told(answer(Path(sys.argv[1]), sys.argv[2], sys.argv[3]))


if __name__ == "__main__":
    main()
