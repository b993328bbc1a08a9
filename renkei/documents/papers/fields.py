"""A field of a paper: its name, what it is, an example, and how it looks where nothing is known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

BLANK = "　　　　　　"
BLANK_DAY = "令和　　年　　月　　日"


@dataclass(frozen=True)
class PaperField:
    """What stands where a template says {{ name }}; `cells` makes it a list of rows, `rows` are their example.

    `is_extra` is said of what a paper need not have: where it is empty, nobody has to write it by hand.
    """

    name: str
    what: str | Promise
    example: str = ""
    is_needed: bool = False
    is_extra: bool = False
    blank: str = BLANK
    cells: tuple["PaperField", ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def is_list(self) -> bool:
        """Whether it is a list of rows."""
        return bool(self.cells)

    @property
    def names(self) -> list[str]:
        """Its own name, and those of its rows' cells."""
        return [self.name, *(f"{self.name}.{cell.name}" for cell in self.cells)]

    @property
    def sample(self) -> str | list[dict[str, str]]:
        """The example as it is filled in."""
        if not self.is_list:
            return self.example
        return [dict(zip((cell.name for cell in self.cells), row, strict=True)) for row in self.rows]


class Blank(str):
    """Room to write by hand; to a template's `if` it is nothing."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False


def sample_of(fields: Iterable[PaperField]) -> dict[str, Any]:
    """Every field with its example."""
    return {field.name: field.sample for field in fields}


def with_blanks(fields: Iterable[PaperField], told: Mapping[str, Any]) -> dict[str, Any]:
    """What is told, and room to write by hand for what is not."""
    return {one.name: told.get(one.name) or ([] if one.is_list else Blank(one.blank)) for one in fields}


def empty_in(fields: Iterable[PaperField], told: Mapping[str, Any]) -> list[str]:
    """The names of the fields of which nothing is told and which somebody has to write."""
    return [one.name for one in fields if not one.is_extra and not told.get(one.name)]
