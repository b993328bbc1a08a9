"""A selection of agreements carried over pages without any script: ticks of this page, and what was chosen before."""

from collections.abc import Iterable
from dataclasses import dataclass

from renkei.agreements.bulk import MOST
from renkei.desk.staff import StaffRequest

LONGEST_ID = 12


@dataclass(frozen=True)
class Selection:
    """Public ids in the order in which they were chosen."""

    ids: tuple[str, ...] = ()

    @classmethod
    def of(cls, ids: Iterable[str]) -> "Selection":
        """Each once, and no more than one act takes and one to see that they are too many."""
        kept = (one for one in dict.fromkeys(ids) if one and len(one) <= LONGEST_ID)
        return cls(tuple(one for _place, one in zip(range(MOST + 1), kept, strict=False)))

    @classmethod
    def sent(cls, request: StaffRequest) -> "Selection":
        """What the form says: ticks (`id`) of the page, and `chosen` on other pages."""
        return cls.of([*request.POST.get("chosen", "").split(), *request.POST.getlist("id")])

    def beside(self, shown: Iterable[str]) -> str:
        """The part that is not on the page, as the form carries it on."""
        here = set(shown)
        return " ".join(one for one in self.ids if one not in here)

    @property
    def is_too_large(self) -> bool:
        """Whether one act does not take so many."""
        return len(self.ids) > MOST


def versions_sent(request: StaffRequest) -> dict[str, int]:
    """The versions that the person saw, by public id, as the preview wrote them: `id:version …`."""
    pairs = (one.partition(":") for one in request.POST.get("seen", "").split())
    return {
        public_id: int(version)
        for public_id, _colon, version in pairs
        if version.isascii() and version.isdigit() and len(version) < 10
    }
