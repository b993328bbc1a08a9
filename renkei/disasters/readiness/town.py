"""What readiness needs to know of the whole town: who else does the same, and with whom it was tried out."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from renkei.agreements.models import Agreement
from renkei.disasters.models import Call, Need, ScenarioNeed, Step
from renkei.disasters.readiness.facts import current_on
from renkei.disasters.vocabulary import (
    CallOutcome,
    DisasterFunction,
    IncidentKind,
    NeedState,
    StepKind,
)
from renkei.documents.models import Template
from renkei.documents.vocabulary import PaperKind
from renkei.municipalities.divisions import Lineage
from renkei.municipalities.models import Division, Municipality

THREE_YEARS = timedelta(days=3 * 365)
"""So long a drill or a real request shows that an agreement works."""
NOT_WANTED = (DisasterFunction.INSTALLATIONS, DisasterFunction.NUCLEAR, DisasterFunction.OTHER)
"""What not every town wants to have; it is wanted where a scenario or a need asked for it."""
ANSWERED = (StepKind.ACCEPTED, StepKind.PARTLY, StepKind.DECLINED)


@dataclass(frozen=True)
class Exercise:
    """The last time that a partner was reached in a drill, or answered a real request."""

    on: date
    kind: str
    public_id: str
    title: str

    @property
    def is_drill(self) -> bool:
        """Whether nobody was really in need."""
        return self.kind == IncidentKind.DRILL


@dataclass(frozen=True)
class AskedFor:
    """Something that a scenario or a need asked for; without goods the function as such."""

    function: str
    goods: str


class TownFacts:
    """Read once for a town and a day, each part when it is first asked for."""

    def __init__(self, town: Municipality, day: date) -> None:
        self.town, self.day = town, day

    @cached_property
    def lineage(self) -> Lineage:
        """The divisions with their reorganisations."""
        return Lineage(self.town)

    def holder(self, agreement: Agreement) -> Division | None:
        """The division that answers for the agreement on the day."""
        return self.lineage.on(agreement.division_id, self.day) if agreement.division_id else None

    @cached_property
    def own_form(self) -> Template | None:
        """The town's own form for asking for help, if it has one."""
        own = Template.objects.of(self.town).in_use().filter(kind=PaperKind.REQUEST)
        return own.filter(made_at__date__lte=self.day).first()

    @cached_property
    def asked_for(self) -> list[AskedFor]:
        """What the town's scenarios and past needs ask for, each once."""
        scripted = ScenarioNeed.objects.filter(scenario__municipality=self.town)
        needed = (
            Need.objects.of(self.town).exclude(state=NeedState.DROPPED).filter(opened_at__date__lte=self.day)
        )
        pairs = [*_asked(scripted), *_asked(needed)]
        return [AskedFor(function, goods.strip()) for function, goods in dict.fromkeys(pairs)]

    @cached_property
    def wanted(self) -> list[str]:
        """The functions that the town wants to have, in their order."""
        return [one for one in DisasterFunction.values if self.wants(one)]

    def wants(self, function: str) -> bool:
        """Whether the town wants to have somebody who does this."""
        return function not in NOT_WANTED or any(one.function == function for one in self.asked_for)

    def capabilities(self) -> QuerySet[Any]:
        """What is current in the town on the day, under agreements in force; `who` is the partner's key."""
        in_force = Agreement.objects.of(self.town).in_force_on(self.day)
        found = current_on(self.day).filter(
            municipality=self.town, agreement__in=in_force.order_by().values("pk")
        )
        return found.annotate(who=Coalesce("organisation__merged_into", "organisation"))

    @cached_property
    def partners_of(self) -> dict[str, set[int]]:
        """Who does what: partners by function."""
        found: dict[str, set[int]] = defaultdict(set)
        for function, partner in self.capabilities().order_by().values_list("function", "who").distinct():
            found[function].add(partner)
        return found

    @cached_property
    def exercises(self) -> dict[int, Exercise]:
        """The last drill or real request with each partner, within three years before the day."""
        found: dict[int, Exercise] = {}
        for partner, kind, public_id, title, last in sorted([*self._calls(), *self._answers()], key=_when):
            found[partner] = Exercise(timezone.localdate(last), kind, public_id, title)
        return found

    @property
    def _within_three_years(self) -> dict[str, datetime]:
        """As moments: days would have to be worked out for each record."""
        first, after = (
            datetime.combine(day, time()) for day in (self.day - THREE_YEARS, self.day + timedelta(days=1))
        )
        return {"at__gte": timezone.make_aware(first), "at__lt": timezone.make_aware(after)}

    def _calls(self) -> Iterable[tuple[int, str, str, str, datetime]]:
        """Partners reached in drills; where only the town's own people played, nobody was."""
        calls = (
            Call.objects.of(self.town)
            .valid()
            .filter(
                Q(incident__drill=None) | Q(incident__drill__calls_partners=True),
                outcome=CallOutcome.REACHED,
                incident__kind=IncidentKind.DRILL,
                **self._within_three_years,
            )
        )
        return _last(calls, "organisation", "incident")

    def _answers(self) -> Iterable[tuple[int, str, str, str, datetime]]:
        """Partners that answered a real request; an answer by a link counts once somebody called back."""
        steps = Step.objects.filter(
            Q(came_by_link=False) | Q(request__called_back_at__isnull=False),
            request__incident__municipality=self.town,
            request__incident__kind=IncidentKind.REAL,
            kind__in=ANSWERED,
            is_void=False,
            **self._within_three_years,
        )
        return _last(steps, "request__organisation", "request__incident")


def _asked(needs: QuerySet[ScenarioNeed] | QuerySet[Need]) -> Iterable[tuple[str, str]]:
    return needs.order_by("function", "goods").values_list("function", "goods").distinct()


def _when(row: tuple[int, str, str, str, datetime]) -> datetime:
    return row[-1]


def _last(rows: QuerySet[Any], partner: str, incident: str) -> Iterable[tuple[int, str, str, str, datetime]]:
    """Of each partner in each incident the last moment."""
    who = Coalesce(f"{partner}__merged_into", partner)
    columns = [f"{incident}__{name}" for name in ("kind", "public_id", "title")]
    found = rows.order_by().annotate(who=who).values("who", *columns).annotate(last=Max("at"))
    told: QuerySet[Any, tuple[int, str, str, str, datetime]] = found.values_list("who", *columns, "last")
    return told
