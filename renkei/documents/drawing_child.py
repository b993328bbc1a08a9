"""The process that opens a foreign file to draw its first page: `python -m renkei.documents.drawing_child PATH TYPE`.

It binds its own memory and time, so that a hostile file can end only this process. It writes a PNG to its output, or
nothing where there is nothing to draw.
"""

import io
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from renkei.documents.bounded import MEGABYTE, Bounds, bind

if TYPE_CHECKING:
    from PIL.Image import Image

BOUNDS = Bounds(seconds=10, patience=15, answer=4 * MEGABYTE)
WIDTH, HEIGHT = 320, 452
MOST_PIXELS = 60_000_000
LARGEST_PREVIEW = 5 * 1024 * 1024
PREVIEWS = ("docProps/thumbnail.jpeg", "docProps/thumbnail.png")


def drawn(path: Path, media_type: str) -> bytes | None:
    """The first page as a small PNG; None where the file holds nothing to draw."""
    if media_type == "application/pdf":
        return _of_pdf(path)
    if media_type.startswith("image/"):
        return _of_picture(path.read_bytes())
    if media_type.startswith("application/vnd.openxmlformats"):
        return _of_office(path)
    return None


def _of_pdf(path: Path) -> bytes:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        page = document[0]
        width, height = page.get_size()
        scale = min(WIDTH / max(width, 1), HEIGHT / max(height, 1))
        return _png(page.render(scale=scale, may_draw_forms=False).to_pil())


def _of_picture(content: bytes) -> bytes | None:
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(content), formats=["PNG", "JPEG"]) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            return None
        picture.draft("RGB", (WIDTH * 2, HEIGHT * 2))
        return _png(ImageOps.exif_transpose(picture))


def _of_office(path: Path) -> bytes | None:
    """The preview that the office program itself put into the file, if it did."""
    with zipfile.ZipFile(path) as archive:
        for name in PREVIEWS:
            if name in archive.namelist() and archive.getinfo(name).file_size <= LARGEST_PREVIEW:
                return _of_picture(archive.read(name))
    return None


def _png(picture: "Image") -> bytes:
    """The picture on white, small, without anything that its file told besides the picture."""
    from PIL import Image

    picture.thumbnail((WIDTH, HEIGHT))
    seen = picture.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen)
    written = io.BytesIO()
    paper.save(written, "PNG", optimize=True)
    return written.getvalue()


def main() -> None:
    bind(BOUNDS)
    picture = drawn(Path(sys.argv[1]), sys.argv[2])
    if picture:
        sys.stdout.buffer.write(picture)


if __name__ == "__main__":
    main()
