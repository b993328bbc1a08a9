"""The process that makes a picture fit for the public: `python -m renkei.documents.picture_child PATH`.

It opens a foreign picture, turns it upright, makes it at most SIDE wide and high, and writes it anew: nothing that its
file told besides the picture (place, day, camera, name of a person) is left.
"""

import io
import sys
from pathlib import Path

from renkei.documents.bounded import MEGABYTE, Bounds, bind

BOUNDS = Bounds(seconds=10, patience=15, answer=12 * MEGABYTE)
SIDE = 1600
MOST_PIXELS = 60_000_000
QUALITY = 85


def fit_for_the_public(path: Path) -> bytes | None:
    """The picture as JPEG, as PNG where it has transparent places; None where it is too large to open."""
    from PIL import Image, ImageOps

    with Image.open(path, formats=["PNG", "JPEG"]) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            return None
        picture.draft("RGB", (SIDE * 2, SIDE * 2))
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((SIDE, SIDE))
        is_clear = "A" in upright.getbands() or "transparency" in upright.info
        seen = upright.convert("RGBA" if is_clear else "RGB")
    clean = Image.new(seen.mode, seen.size)
    clean.paste(seen)
    written = io.BytesIO()
    if is_clear:
        clean.save(written, "PNG", optimize=True)
    else:
        clean.save(written, "JPEG", quality=QUALITY, optimize=True)
    return written.getvalue()


def main() -> None:
    bind(BOUNDS)
    picture = fit_for_the_public(Path(sys.argv[1]))
    if picture:
        sys.stdout.buffer.write(picture)


if __name__ == "__main__":
    main()
