"""How ready one agreement is, and the counts of many."""

from collections import Counter
from dataclasses import dataclass, field

from renkei.agreements.models import Agreement
from renkei.disasters.readiness.signs import Sign, SignState
from renkei.municipalities.models import Division
from renkei.partners.models import Organisation


@dataclass(frozen=True)
class AgreementReadiness:
    """One agreement with its signs; `share` is how many of those that apply are fulfilled, 0…1."""

    agreement: Agreement
    signs: dict[Sign, SignState]
    share: float
    partners: tuple[Organisation, ...] = ()
    functions: tuple[str, ...] = ()
    holder: Division | None = None

    @property
    def lacking(self) -> list[Sign]:
        """The signs for which somebody has to do something."""
        return [sign for sign, state in self.signs.items() if state.is_lacking]

    @property
    def is_complete(self) -> bool:
        """Whether nothing is lacking."""
        return not self.lacking

    @property
    def fulfilled(self) -> int:
        """How many signs are fulfilled."""
        return sum(state.is_fulfilled for state in self.signs.values())


@dataclass(frozen=True)
class SignCount:
    """How many agreements fulfil a sign, out of those to which it applies."""

    sign: Sign
    fulfilled: int
    applicable: int

    @property
    def label(self) -> str:
        """The sign in words."""
        return str(self.sign.label)

    @property
    def lacking(self) -> int:
        """How many agreements it is lacking in."""
        return self.applicable - self.fulfilled


@dataclass
class Tally:
    """Counts of agreements, added up one by one."""

    agreements: int = 0
    complete: int = 0
    fulfilled: Counter[str] = field(default_factory=Counter)
    applicable: Counter[str] = field(default_factory=Counter)

    def add(self, one: AgreementReadiness) -> None:
        """Count the agreement too."""
        self.agreements += 1
        self.complete += one.is_complete
        for sign, state in one.signs.items():
            self.fulfilled[sign] += state.is_fulfilled
            self.applicable[sign] += state.is_fulfilled or state.is_lacking

    @property
    def signs(self) -> list[SignCount]:
        """Each sign with its counts, in their order."""
        return [SignCount(sign, self.fulfilled[sign], self.applicable[sign]) for sign in Sign]
