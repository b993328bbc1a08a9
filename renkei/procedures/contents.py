"""What a version of the list of initiatives consists of, as plain facts."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class InitiativeRow:
    """A row of the list: under which item (its place from 1, 0 for none, and its heading), what, whose parts, when.

    `key` is the planned initiative's public id: it stays the same from version to version.
    """

    item: int
    heading: str
    title: str
    division: str = ""
    town_part: str = ""
    partner_part: str = ""
    timing: str = ""
    key: str = ""


@dataclass(frozen=True)
class InitiativeList:
    """The list of initiatives (取組事項); `items` are the headings in their order, with initiatives or without."""

    items: tuple[str, ...] = ()
    rows: tuple[InitiativeRow, ...] = ()

    def as_told(self) -> dict[str, Any]:
        """As it is stored."""
        return {"items": list(self.items), "rows": [asdict(one) for one in self.rows]}

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "InitiativeList":
        """From what is stored."""
        return cls(items=tuple(told["items"]), rows=tuple(InitiativeRow(**one) for one in told["rows"]))
