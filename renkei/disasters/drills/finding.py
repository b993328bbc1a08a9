"""Which drills there are: of a fiscal year, and the one before of the same scenario."""

from datetime import date

from renkei.disasters.models import Drill
from renkei.disasters.vocabulary import DrillState
from renkei.municipalities.models import Municipality
from renkei.rules.japanese_calendar import fiscal_year


def drills_of_year(town: Municipality, year: int) -> list[Drill]:
    """The town's drills planned in the fiscal year, in the order of their days."""
    found = Drill.objects.of(town).filter(
        planned_on__gte=date(year, 4, 1), planned_on__lt=date(year + 1, 4, 1)
    )
    return list(found.select_related("municipality", "scenario", "incident").order_by("planned_on", "pk"))


def years_with_drills(town: Municipality, *others: int) -> list[int]:
    """Fiscal years in which a drill is planned, and the others, the latest first."""
    days = Drill.objects.of(town).values_list("planned_on", flat=True).distinct()
    return sorted({*(fiscal_year(day) for day in days), *others}, reverse=True)


def previous(drill: Drill) -> Drill | None:
    """The drill of the same scenario that was ended before this one began."""
    if drill.incident is None:
        return None
    done = Drill.objects.of(drill.municipality).filter(scenario=drill.scenario, state=DrillState.DONE)
    earlier = done.filter(incident__opened_at__lt=drill.incident.opened_at)
    return (
        earlier.select_related("municipality", "scenario", "incident").order_by("incident__opened_at").last()
    )
