"""Drawings (SVG) as pictures of points, for Word and PowerPoint, set with the kept fonts."""

PAGE = (
    "#set page(width: auto, height: auto, margin: 0pt)\n"
    '#image(bytes(sys.inputs.svg), format: "svg", width: {width}pt)'
)
POINTS_WIDE = 480
DOTS = 144.0


def png_of(svg: str, *, width: int = POINTS_WIDE, dots: float = DOTS) -> bytes:
    """The drawing as PNG, twice as fine as a screen."""
    from typing import Any

    import typst

    from renkei.documents.paper import kept_fonts

    source = PAGE.format(width=width).encode()
    compiler: Any = typst.Compiler(source, font_paths=kept_fonts(), sys_inputs={"svg": svg})
    made: bytes = compiler.compile(format="png", ppi=dots)
    return made


def size_of(content: bytes) -> tuple[bytes, int, int]:
    """A picture as PNG with its width and height in points of the picture; only our own child opened it before."""
    import io

    from PIL import Image

    with Image.open(io.BytesIO(content)) as picture:
        wide, high = picture.size
        if picture.format == "PNG":
            return content, wide, high
        written = io.BytesIO()
        picture.convert("RGB").save(written, "PNG")
    return written.getvalue(), wide, high
