"""Letters that a Word file can hold: what has no shape is left out, what is no letter at all is shown as 〓."""

import re
from xml.sax.saxutils import escape

from renkei.documents.paper import SUBSTITUTE

SHAPELESS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
NO_LETTER = re.compile(r"[\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """The text without control characters, which XML refuses and nobody sees; half a letter (a surrogate) is shown."""
    return NO_LETTER.sub(SUBSTITUTE, SHAPELESS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def escaped(text: str) -> str:
    """The text as it may stand in XML."""
    return escape(printable(text))
