"""How ready a town is for a disaster on a day: every agreement with its signs, and what follows from them."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from renkei.agreements.models import Agreement, AgreementQuerySet
from renkei.disasters.agreements import for_disasters
from renkei.disasters.readiness.facts import facts_of, facts_of_keys
from renkei.disasters.readiness.gaps import Gap, gaps_of
from renkei.disasters.readiness.judging import judge
from renkei.disasters.readiness.one import AgreementReadiness, Tally
from renkei.disasters.readiness.signs import share_of
from renkei.disasters.readiness.single_points import SinglePoint, single_points_of
from renkei.disasters.readiness.tasks import Task, tasks_of
from renkei.disasters.readiness.town import TownFacts
from renkei.municipalities.models import Municipality


@dataclass(frozen=True)
class TownReadiness:
    """The town's agreements for disasters on the day; what follows is worked out when it is asked for."""

    town: Municipality
    day: date
    agreements: list[AgreementReadiness]
    facts: TownFacts

    @cached_property
    def tally(self) -> Tally:
        """The counts."""
        return tally_of(self.agreements)

    @cached_property
    def gaps(self) -> list[Gap]:
        """What the town wants and does not have."""
        return gaps_of(self.facts)

    @cached_property
    def single_points(self) -> list[SinglePoint]:
        """What would fail together."""
        return single_points_of(self.facts)

    @cached_property
    def tasks(self) -> list[Task]:
        """What somebody has to do."""
        return tasks_of(self.agreements)


def readiness_of(town: Municipality, day: date) -> TownReadiness:
    """The town's readiness on the day, in a few questions whatever the number of agreements."""
    facts = TownFacts(town, day)
    return TownReadiness(town, day, list(judged(for_disasters(town, day), facts)), facts)


def judged(agreements: AgreementQuerySet, town: TownFacts) -> Iterator[AgreementReadiness]:
    """Each of the agreements with its signs, in portions."""
    for facts in facts_of(agreements, town.day):
        signs = judge(facts, town)
        yield AgreementReadiness(
            agreement=facts.agreement,
            signs=signs,
            share=share_of(signs),
            partners=tuple(facts.partners.values()),
            functions=tuple(facts.functions),
            holder=town.holder(facts.agreement),
        )


def readiness_of_agreement(agreement: Agreement, day: date) -> AgreementReadiness | None:
    """The signs of one agreement; None where no help can be asked for under it on the day."""
    found = for_disasters(agreement.municipality, day).filter(pk=agreement.pk)
    return next(judged(found, TownFacts(agreement.municipality, day)), None)


def shares_of(town: Municipality, day: date, *, among: Collection[int] | None = None) -> dict[int, float]:
    """How ready each agreement is, 0…1, by its key; `among` names some that are known to be for disasters."""
    facts = TownFacts(town, day)
    found = facts_of(for_disasters(town, day), day) if among is None else facts_of_keys(sorted(among), day)
    return {one.agreement.pk: share_of(judge(one, facts)) for one in found}


def tally_of(agreements: Iterable[AgreementReadiness]) -> Tally:
    """Count them one by one, keeping none."""
    found = Tally()
    for one in agreements:
        found.add(one)
    return found


def tally_on(town: Municipality, day: date) -> Tally:
    """The town's counts on the day, however many agreements it has."""
    return tally_of(judged(for_disasters(town, day), TownFacts(town, day)))
