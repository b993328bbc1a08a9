"""What a campaign of a fiscal year would ask, before anything is written: lines, divisions, partners."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from renkei.agreements.models import Agreement
from renkei.initiatives.asked import in_force_in, parties_of_year, people_by_partner
from renkei.initiatives.lines import answer_with
from renkei.initiatives.models import CampaignLine, Initiative, Result
from renkei.initiatives.narrowing import in_years
from renkei.municipalities.divisions import Lineage
from renkei.municipalities.models import Division, Municipality
from renkei.partners.models import Organisation


@dataclass(frozen=True)
class Plan:
    """What would be asked; `silent` are the partners of whom nobody comes to the counter."""

    agreements: list[Agreement]
    lines: list[CampaignLine]
    divisions: list[Division]
    partners: list[Organisation]
    silent: list[Organisation]

    @property
    def initiatives(self) -> int:
        return sum(one.initiative_id is not None for one in self.lines)

    @property
    def without_initiative(self) -> int:
        """Agreements that have no initiative of the year in their list."""
        return len(self.lines) - self.initiatives

    @property
    def without_division(self) -> int:
        """Lines for which no division answers: the coordinators do."""
        return sum(one.division_id is None for one in self.lines)

    @property
    def answered(self) -> int:
        """Lines for which a result was reported already."""
        return sum(one.answered_at is not None for one in self.lines)


def plan(municipality: Municipality, fiscal_year: int, *, on: date) -> Plan:
    """One line for each initiative of the year and for each agreement that has none; divisions as of the day."""
    agreements = list(in_force_in(municipality, fiscal_year).order_by("pk"))
    lineage = Lineage(municipality)
    first = first_results(municipality, fiscal_year)
    lines = [
        _line(agreement, initiative, lineage, first, on)
        for agreement, initiative in _asked(municipality, fiscal_year, agreements, set(first))
    ]
    keys = {one.division_id for one in lines}
    partners = _partners(fiscal_year, agreements)
    people = people_by_partner([one.pk for one in partners], municipality.pk)
    return Plan(
        agreements=agreements,
        lines=lines,
        divisions=[lineage.divisions[key] for key in sorted(key for key in keys if key is not None)],
        partners=partners,
        silent=[one for one in partners if not people[one.pk]],
    )


Asked = tuple[Agreement, Initiative | None]


def _asked(
    municipality: Municipality, fiscal_year: int, agreements: Iterable[Agreement], reported: set[int]
) -> Iterable[Asked]:
    of_year: dict[int, list[Initiative]] = {}
    known = Initiative.objects.of(municipality)
    mine = known.filter(in_years([fiscal_year]) | Q(pk__in=reported))
    for initiative in mine.order_by("agreement", "position"):
        of_year.setdefault(initiative.agreement_id, []).append(initiative)
    for agreement in agreements:
        asked: Sequence[Initiative | None] = of_year.get(agreement.pk) or (None,)
        for one in asked:
            yield agreement, one


def first_results(municipality: Municipality, fiscal_year: int) -> dict[int, Result]:
    """By initiative, what was reported first for the year."""
    found: dict[int, Result] = {}
    for result in Result.objects.of(municipality).of_year(fiscal_year).valid().order_by("reported_at", "pk"):
        found.setdefault(result.initiative_id, result)
    return found


def _line(
    agreement: Agreement,
    initiative: Initiative | None,
    lineage: Lineage,
    reported: dict[int, Result],
    on: date,
) -> CampaignLine:
    key = (initiative.division_id if initiative else None) or agreement.division_id
    line = CampaignLine(
        agreement=agreement, initiative=initiative, division=lineage.on(key, on) if key else None
    )
    if initiative and (result := reported.get(initiative.pk)):
        answer_with(line, result)
    return line


def _partners(fiscal_year: int, agreements: Sequence[Agreement]) -> list[Organisation]:
    """Asked step by step: as one question it is planned badly while nothing is known about fresh tables."""
    parties = parties_of_year(fiscal_year).filter(agreement__in=[one.pk for one in agreements])
    keys = set(parties.order_by().values_list("organisation", flat=True))
    return list(Organisation.objects.filter(pk__in=keys).order_by("name", "pk"))
