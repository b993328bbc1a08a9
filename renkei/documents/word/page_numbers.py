"""Fields of a Word file: the number of a page and of all pages are counted anew, any other field says what it said."""

from collections.abc import Iterator
from typing import Any

from renkei.documents.word.looks import Look
from renkei.documents.word.ours import qn

FIELDS = {"PAGE": "page", "NUMPAGES": "pages", "SECTIONPAGES": "pages"}


class Field:
    """A field of Word: of the page's number the number is printed; of any other what stands in the file."""

    def __init__(self, instruction: str = "", *, is_simple: bool = False) -> None:
        self.instruction, self.is_simple, self.is_told = instruction, is_simple, is_simple

    @property
    def is_page(self) -> bool:
        """Whether it is the number of the page or of all pages."""
        return self.name in FIELDS

    @property
    def name(self) -> str:
        """Its first word."""
        return (self.instruction.split() or [""])[0].upper()

    def takes(self, part: Any) -> bool:
        """Whether the part is one of the field itself: where it begins, what it asks for, where it ends."""
        kind = part.get(qn("w:fldCharType")) if part.tag == qn("w:fldChar") else None
        if part.tag == qn("w:instrText"):
            self.instruction += part.text or ""
        elif kind in ("begin", "end"):
            self.instruction, self.is_simple = "", False
        self.is_told = kind == "separate"
        return kind is not None or part.tag == qn("w:instrText")

    def number(self, look: Look) -> Iterator[dict[str, Any]]:
        """The page's number, once what the field asks for is known."""
        if self.is_told and self.is_page:
            yield {"kind": FIELDS[self.name], "size": look["size"]}
