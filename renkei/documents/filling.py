"""Fields written {{ 相手方の名称 }}, the same everywhere: in clauses, in agreements' templates, in papers' Word files."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext

FIELD = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")


class UnknownFields(ValueError):
    """A text has fields that nobody fills; str() names them and those that there are."""

    def __init__(self, unknown: Iterable[str], known: Iterable[str]) -> None:
        self.unknown, self.known = tuple(unknown), tuple(known)
        super().__init__(self.unknown, self.known)

    def __str__(self) -> str:
        told = {"unknown": "、".join(self.unknown), "known": "、".join(self.known)}
        if not self.known:
            return gettext("差し込めない項目があります: %(unknown)s。") % told
        return gettext("差し込めない項目があります: %(unknown)s。使えるのは %(known)s です。") % told


def fields_in(text: str) -> list[str]:
    """The names of the fields in a text, each once, in their order."""
    return list(dict.fromkeys(found[1] for found in FIELD.finditer(text)))


def fill(text: str, fields: Mapping[str, str]) -> str:
    """The text with its fields filled; a value is never looked at for fields of its own."""
    if unknown := [name for name in fields_in(text) if name not in fields]:
        raise UnknownFields(unknown, fields)
    return FIELD.sub(lambda found: str(fields[found[1]]), text)


def fields_in_word(template: bytes) -> list[str]:
    """The names of the fields in a Word file; those of a list's rows as 取組事項.取組."""
    from renkei.documents.word_template import template_of

    return list(template_of(template).fields)


def fill_word(template: bytes, fields: Mapping[str, Any]) -> bytes:
    """The Word file with its fields filled: texts, and lists of rows whose cells are texts."""
    from renkei.documents.word_template import template_of

    read = template_of(template)
    if unknown := [name for name in read.fields if not _is_told(name, fields)]:
        raise UnknownFields(unknown, fields)
    return read.filled(fields)


def _is_told(name: str, fields: Mapping[str, Any]) -> bool:
    """Whether a field is given; of a list without rows nobody asks which cells its rows would have."""
    first, _dot, cell = name.partition(".")
    if first not in fields:
        return False
    return not cell or all(cell in row for row in fields[first])
