"""What somebody has to do so that agreements are ready: one task for each lacking sign, by division and by partner."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from renkei.agreements.models import Agreement
from renkei.disasters.readiness.one import AgreementReadiness
from renkei.disasters.readiness.signs import Sign, SignState
from renkei.municipalities.models import Division
from renkei.partners.models import Organisation

OF_OFFICER = (Sign.DRILLED, Sign.ALTERNATIVES)
"""What no division does alone: drills, and looking for further partners."""
TO_DO = {
    Sign.TEXT: _("協定書のファイルを添付する"),
    Sign.CAPABILITY: _("何をしてもらえるかを相手方に聞いて書く"),
    Sign.CONTACTS: _("昼と夜の連絡先を相手方に確かめる"),
    Sign.DRILLED: _("訓練の計画に加え、電話をかけてみる"),
    Sign.ASKING_FORM: _("要請のしかたと様式を決めて書く"),
    Sign.ALTERNATIVES: _("同じ支援をする相手方をほかに探す"),
    Sign.OUTSIDE_HAZARD: _("拠点の場所を聞き、ハザードマップで確かめる"),
}
BY_CALL = (Sign.CAPABILITY, Sign.CONTACTS, Sign.ASKING_FORM, Sign.OUTSIDE_HAZARD)
"""What one telephone call to the partner can mend together."""


@dataclass(frozen=True)
class Task:
    """One lacking sign of one agreement; without a division it is the disaster officer's.

    `holder` answers for the agreement, whoever does the task.
    """

    sign: Sign
    state: SignState
    agreement: Agreement
    partner: Organisation | None
    division: Division | None
    holder: Division | None = None

    @property
    def to_do(self) -> str:
        """What is done about it."""
        return str(TO_DO[self.sign])

    @property
    def is_by_call(self) -> bool:
        """Whether a call to the partner mends it."""
        return self.sign in BY_CALL


@dataclass(frozen=True)
class PartnerTasks:
    """What is to do about one partner: what one call can mend stands together."""

    partner: Organisation | None
    tasks: list[Task]

    @property
    def by_call(self) -> int:
        """How many of them one call can mend."""
        return sum(one.is_by_call for one in self.tasks)


@dataclass(frozen=True)
class DivisionTasks:
    """What one division has to do; without a division it is the disaster officer's."""

    division: Division | None
    count: int
    partners: int


def tasks_of(agreements: Iterable[AgreementReadiness]) -> list[Task]:
    """A task for each lacking sign of each agreement."""
    return [
        Task(
            sign=sign,
            state=one.signs[sign],
            agreement=one.agreement,
            partner=one.partners[0] if one.partners else None,
            division=None if sign in OF_OFFICER else one.holder,
            holder=one.holder,
        )
        for one in agreements
        for sign in one.lacking
    ]


def by_partner(tasks: Iterable[Task]) -> list[PartnerTasks]:
    """Grouped by partner, the one with most to mend by one call first."""
    grouped: dict[Organisation | None, list[Task]] = defaultdict(list)
    for task in tasks:
        grouped[task.partner].append(task)
    found = [PartnerTasks(partner, theirs) for partner, theirs in grouped.items()]
    return sorted(
        found, key=lambda one: (-one.by_call, -len(one.tasks), one.partner.name if one.partner else "")
    )


def by_division(tasks: Iterable[Task]) -> list[DivisionTasks]:
    """Counted by division, most first."""
    grouped: dict[Division | None, list[Task]] = defaultdict(list)
    for task in tasks:
        grouped[task.division].append(task)
    found = [
        DivisionTasks(division, len(theirs), len({one.partner for one in theirs}))
        for division, theirs in grouped.items()
    ]
    return sorted(found, key=lambda one: (-one.count, str(one.division or "")))
