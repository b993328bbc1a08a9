"""Bookmarks, links and pictures in WordprocessingML, as strings."""

from xml.sax.saxutils import quoteattr

from renkei.documents.word.letters import printable
from renkei.documents.word.markup import run

EMU = 36_000
"""In a millimetre."""
DRAWN = "http://schemas.openxmlformats.org/drawingml/2006"


def bookmarked(number: int, inner: str) -> str:
    """A place to which the contents lead."""
    name = f'<w:bookmarkStart w:id="{number}" w:name="part{number}"/>'
    return f'{name}{inner}<w:bookmarkEnd w:id="{number}"/>'


def linked(number: int, text: str) -> str:
    """A link to the place of the number."""
    return f'<w:hyperlink w:anchor="part{number}">{run(text)}</w:hyperlink>'


def page_break() -> str:
    """What follows begins on a new page."""
    return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def shaded(width: int, paragraphs: str) -> str:
    """A cell of a table's head."""
    fate = f'<w:tcW w:w="{width}" w:type="dxa"/><w:shd w:val="clear" w:color="auto" w:fill="E8EEF4"/>'
    return f"<w:tc><w:tcPr>{fate}</w:tcPr>{paragraphs}</w:tc>"


def drawing(number: int, words: str, wide: float, high: float) -> str:
    """A picture in the line, in millimetres, with what it shows in words."""
    size = f'cx="{int(wide * EMU)}" cy="{int(high * EMU)}"'
    told = quoteattr(printable(words).replace("\n", " "))
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{DRAWN}/wordprocessingDrawing"><wp:extent {size}/>'
        f'<wp:docPr id="{number}" name="図{number}" descr={told}/>'
        f'<a:graphic xmlns:a="{DRAWN}/main"><a:graphicData uri="{DRAWN}/picture">'
        f'<pic:pic xmlns:pic="{DRAWN}/picture"><pic:nvPicPr><pic:cNvPr id="{number}" name="図{number}" descr={told}/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdPicture{number}"/><a:stretch><a:fillRect/>'
        f'</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )
