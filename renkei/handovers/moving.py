"""What moves where in a reorganisation, before it is decided: agreements, texts, deadlines and people by division."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from django.utils.translation import gettext as _

from renkei.accounts.models import Assignment
from renkei.agreements.deadlines import Due, due_between
from renkei.agreements.models import Agreement, AgreementQuerySet, Series
from renkei.municipalities.divisions import Lineage
from renkei.people.models.reorganisation import Reorganisation
from renkei.people.services.divisions import followers, way_of
from renkei.people.steps import Change, Steps
from renkei.rules.japanese_calendar import japanese_date

ONE_DAY = timedelta(days=1)
A_YEAR = timedelta(days=365)


@dataclass
class Way:
    """What goes to one division."""

    words: str
    is_main: bool
    in_force: int = 0
    others: int = 0
    series: int = 0
    deadlines: int = 0
    people: list[Assignment] = field(default_factory=list)


class Moving:
    """What one division holds on the day before, and which way each of it goes."""

    def __init__(self, plan: Reorganisation, change: Change, lineage: Lineage) -> None:
        self.plan = plan
        self.change = change
        self.keys = lineage.held_by(change.division, plan.on - ONE_DAY)

    @property
    def agreements(self) -> AgreementQuerySet:
        """All agreements that the division answers for on the day before, ended ones too."""
        found: AgreementQuerySet = Agreement.objects.of(self.plan.municipality).filter(division__in=self.keys)
        return found

    @cached_property
    def series(self) -> list[Series]:
        """The texts signed with many partners that the division keeps."""
        return list(Series.objects.of(self.plan.municipality).filter(division__in=self.keys))

    @cached_property
    def people(self) -> list[Assignment]:
        """What people hold in the division from the day on."""
        return followers(self.change.division, self.plan)

    @cached_property
    def deadlines(self) -> list[Due]:
        """What falls due in the year from the day."""
        due = due_between(self.agreements, self.plan.on, self.plan.on + A_YEAR)
        return sorted(due, key=lambda one: (one.on, one.agreement.pk))

    def way_of(self, kind: str, public_id: str) -> str:
        """The words of the division to which it goes: the chosen one, else the main one."""
        chosen = self.plan.choice(kind, public_id)
        return chosen if chosen in self.change.into else self.change.main

    @cached_property
    def ways(self) -> list[Way]:
        """By division after it, the main one first, what goes there."""
        in_force = self._counted(self.agreements.in_force_on(self.plan.on))
        everything = self._counted(self.agreements)
        series = Counter(self.way_of("series", one.public_id) for one in self.series)
        deadlines = Counter(self.way_of("agreements", one.agreement.public_id) for one in self.deadlines)
        people = [(way_of(one, self.change, self.plan), one) for one in self.people]
        named = dict.fromkeys([self.change.main, *self.change.into])
        return [
            Way(
                words,
                words == self.change.main,
                in_force[words],
                everything[words] - in_force[words],
                series[words],
                deadlines[words],
                [one for to, one in people if to == words],
            )
            for words in named
        ]

    @property
    def is_empty(self) -> bool:
        """Whether nobody and nothing in force is left without a division where this one closes."""
        return not any(way.in_force or way.series or way.people for way in self.ways)

    def _counted(self, agreements: AgreementQuerySet) -> Counter[str]:
        ids = agreements.order_by().values_list("public_id", flat=True)
        return Counter(self.way_of("agreements", public_id) for public_id in ids)


class Preview:
    """The whole plan: each division's moving, what stands in the way, and what to think of."""

    def __init__(self, plan: Reorganisation) -> None:
        self.plan = plan
        self.steps = Steps(plan)
        self.lineage = Lineage(plan.municipality)
        self.movings = [Moving(plan, change, self.lineage) for change in self.steps.changes]

    @cached_property
    def obstacles(self) -> list[str]:
        """Why it cannot be decided so; each sentence says what to do."""
        found = (
            []
            if self.steps.steps
            else [_("内容がまだありません。新設・改称・分割・統合・廃止のどれかを加えてください。")]
        )
        named = {public_id for step in self.steps.steps for public_id in step.divisions}
        if named - self.steps.existing.keys():
            found.append(_("計画の後になくなった課があります。その内容を除いて、加え直してください。"))
        for moving in self.movings:
            found += _obstacles_of(moving)
        return found

    def thoughts(self, today: date) -> list[str]:
        """What does not stand in the way but should be known before it is decided."""
        if self.plan.on > today:
            return []
        return [
            _(
                "始まる日(%(day)s)は過ぎています。その日から今日までの課ごとの集計が変わり、決定の後は取り消せません。"
            )
            % {"day": japanese_date(self.plan.on)}
        ]


def _obstacles_of(moving: Moving) -> list[str]:
    division = moving.change.division
    if moving.change.closes and division.closed_on:
        return [
            _("「%(division)s」は%(day)sで終わると、ほかで決まりました。その内容を除いてください。")
            % {"division": division, "day": japanese_date(division.closed_on)}
        ]
    if not moving.change.main and not moving.is_empty:
        return [
            _(
                "「%(division)s」は有効な協定か同文協定、または担当の人を持っています。引き継ぐ課を入れて廃止し直してください。"
            )
            % {"division": division}
        ]
    return []
