"""The library of clauses: ours, which come with the software, and the town's own beside them."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from renkei.documents.vocabulary import ClauseKind
from renkei.municipalities.models import Municipality

STANDARD = Path(__file__).parent / "standard"


@dataclass(frozen=True)
class Variant:
    """One way to write a clause, with its fields in it, and when to use it; `is_own` where the town wrote it."""

    kind: ClauseKind
    key: str
    name: str
    heading: str
    text: str
    note: str
    is_own: bool = False

    @property
    def address(self) -> str:
        """What names it in a form: kind and key."""
        return f"{self.kind}/{self.key}"


@cache
def standard() -> tuple[Variant, ...]:
    """All our clauses, by kind in the order in which a text has them; the first of a kind is the usual one."""
    order = list(ClauseKind)
    found = [one for path in sorted(STANDARD.glob("*.toml")) for one in _clauses_in(path)]
    return tuple(sorted(found, key=lambda one: order.index(one.kind)))


def _clauses_in(path: Path) -> Iterator[Variant]:
    for told in tomllib.loads(path.read_text(encoding="utf-8"))["clause"]:
        yield Variant(**told | {"kind": ClauseKind(told["kind"]), "text": told["text"].strip()})


def variants(kind: ClauseKind | str, municipality: Municipality | None = None) -> list[Variant]:
    """The ways to write a clause of a kind: the town's own first, then ours."""
    ours = [one for one in standard() if one.kind == kind]
    return [*own_clauses(municipality, kind), *ours]


def own_clauses(municipality: Municipality | None, kind: ClauseKind | str = "") -> list[Variant]:
    """The clauses that the town wrote and has not put away."""
    from renkei.documents.models import LibraryClause

    if municipality is None:
        return []
    found = LibraryClause.objects.of(municipality).in_use()
    return [
        Variant(ClauseKind(one.kind), one.public_id, one.name, one.heading, one.text, one.note, is_own=True)
        for one in (found.filter(kind=kind) if kind else found)
    ]


def variant(address: str, municipality: Municipality | None = None) -> Variant | None:
    """The variant with this address (`term/automatic`), of ours or of the town's; None where there is none."""
    kind, _slash, key = address.partition("/")
    return next((one for one in variants(kind, municipality) if one.key == key), None)
