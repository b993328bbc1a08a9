"""Which agreements a list of readiness shows: by division, function and what is lacking; the least ready first."""

from collections.abc import Mapping
from dataclasses import dataclass

from renkei.disasters.readiness.one import AgreementReadiness
from renkei.disasters.readiness.signs import Sign
from renkei.disasters.readiness.whole import TownReadiness
from renkei.disasters.vocabulary import DisasterFunction

NOBODY = "nobody"
"""Asked for as a division: what is the disaster officer's."""


@dataclass(frozen=True)
class Wanted:
    """What a list is narrowed by; "" for everything."""

    division: str = ""
    function: str = ""
    lacking: str = ""

    @classmethod
    def asked(cls, params: Mapping[str, str]) -> "Wanted":
        """From the words of an address; what nobody knows asks for nothing."""
        function, lacking = params.get("function", ""), params.get("lacking", "")
        return cls(
            division=params.get("division", "")[:12],
            function=function if function in DisasterFunction.values else "",
            lacking=lacking if lacking in Sign.values else "",
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.division or self.function or self.lacking)

    def takes(self, one: AgreementReadiness) -> bool:
        """Whether the agreement is asked for."""
        if self.division and (one.holder.public_id if one.holder else NOBODY) != self.division:
            return False
        if self.function and self.function not in one.functions:
            return False
        return not self.lacking or Sign(self.lacking) in one.lacking


def found(readiness: TownReadiness, wanted: Wanted) -> list[AgreementReadiness]:
    """The agreements that are asked for, the least ready first."""
    kept = [one for one in readiness.agreements if wanted.takes(one)]
    return sorted(kept, key=lambda one: (one.share, one.agreement.title, one.agreement.pk))
