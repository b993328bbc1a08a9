"""Files, templates, clauses, and what was read from files."""

from renkei.documents.models.document import Document
from renkei.documents.models.library import LibraryClause, Template
from renkei.documents.models.reading import PageText, SignatureReport, TextReading

__all__ = ["Document", "LibraryClause", "PageText", "SignatureReport", "Template", "TextReading"]
