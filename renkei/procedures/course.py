"""What a town's settings say about procedures, as plain facts that each procedure keeps from its beginning."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

STANDARD_TARGETS = {
    "proposal": 14,
    "coordination": 21,
    "negotiation": 30,
    "drafting": 14,
    "review": 21,
    "signing": 21,
}
"""Days of each step; no source gives any, so a town changes them to what it sees."""


@dataclass(frozen=True)
class Course:
    """Steps that are off by form and kind, target days by step, further checklist lines by step, days for an answer."""

    off: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    targets: Mapping[str, int] = field(default_factory=lambda: dict(STANDARD_TARGETS))
    checks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    answer_days: int = 14

    def switched_off(self, kind: str, form: str) -> tuple[str, ...]:
        """The steps that a procedure of this kind and form leaves out; `off` names them under `kind` or `form`."""
        return (*self.off.get(kind, ()), *self.off.get(form, ()))

    def as_told(self) -> dict[str, Any]:
        """As it is stored."""
        return {
            "off": {name: list(steps) for name, steps in self.off.items()},
            "targets": dict(self.targets),
            "checks": {stage: list(lines) for stage, lines in self.checks.items()},
            "answer_days": self.answer_days,
        }

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "Course":
        """From what is stored; what is not said is standard."""
        standard = cls()
        return cls(
            off={name: tuple(steps) for name, steps in told.get("off", {}).items()},
            targets=dict(told.get("targets", standard.targets)),
            checks={stage: tuple(lines) for stage, lines in told.get("checks", {}).items()},
            answer_days=told.get("answer_days", standard.answer_days),
        )
