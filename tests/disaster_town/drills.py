"""Of drills: one of each record, and the addresses that are about them."""

from datetime import timedelta

from django.utils import timezone

from renkei.accounts.models import User
from renkei.agreements.models import Agreement
from renkei.disasters.services.drills import begin_drill, raise_need
from tests.disaster_factories import a_drill, a_scenario
from tests.disaster_town.filling import Filled, Work, of

LIST, TOWN, KEPT, LETTER = "list", "town", "kept", "letter"


def _need(work: Work) -> list[object]:
    return [*of("drill")(work), 0]


def _report(work: Work) -> list[object]:
    return [*of("drill")(work), "pdf"]


DESK: dict[str, tuple[str, Filled]] = {
    "drills": (LIST, of()),
    "drill_new": (TOWN, of()),
    "drill": (KEPT, of("drill")),
    "drill_edit": (KEPT, of("planned_drill")),
    "drill_cancel": (KEPT, of("planned_drill")),
    "drill_begin": (KEPT, of("planned_drill")),
    "drill_need": (KEPT, _need),
    "drill_end": (KEPT, of("drill")),
    "drill_lesson": (KEPT, of("drill")),
    "drill_report": (LETTER, _report),
    "scenarios": (LIST, of()),
    "scenario_new": (TOWN, of()),
    "scenario_edit": (KEPT, of("scenario")),
}
COUNTER: dict[str, Filled] = {}
NOT_PAGES: set[str] = {"drill_report"}
ONLY_SENT: set[str] = {"drill_begin", "drill_need", "drill_end"}


def made(agreement: Agreement, clerk: User, work: Work) -> Work:
    """A scenario, a drill in the plan, and one that is being played."""
    scenario = a_scenario(agreement.municipality, situation="午前3時に震度6強")
    drill = a_drill(scenario, aim="夜間の番号を確かめる")
    begun = timezone.now() - timedelta(minutes=10)
    begin_drill(drill, actor=clerk, at=begun)
    raise_need(drill, scenario.needs.all()[0], actor=clerk, at=begun + timedelta(minutes=6))
    planned = a_drill(scenario, title="次の訓練")
    return {"scenario": scenario, "drill": drill, "planned_drill": planned}
