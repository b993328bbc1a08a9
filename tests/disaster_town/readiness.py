"""Of readiness: one of each record, and the addresses that are about them."""

from datetime import date

from renkei.accounts.models import User
from renkei.agreements.models import Agreement
from renkei.disasters.models import ReadinessDay
from tests.disaster_town.filling import Filled, Work, of

LIST, RECORD = "list", "record"
DESK: dict[str, tuple[str, Filled]] = {
    "disasters": (LIST, of()),
    "readiness_agreements": (LIST, of()),
    "readiness_tasks": (LIST, of()),
    "readiness_agreement": (RECORD, of("agreement")),
    "readiness_download": (LIST, lambda work: ["csv"]),
    "readiness_tasks_download": (LIST, lambda work: ["csv"]),
}
COUNTER: dict[str, Filled] = {}
NOT_PAGES: set[str] = {"readiness_download", "readiness_tasks_download"}
ONLY_SENT: set[str] = set()


def made(agreement: Agreement, clerk: User, work: Work) -> Work:
    """One kept day; the rest is counted from what the other rooms have made."""
    kept = ReadinessDay.objects.create(
        municipality=agreement.municipality,
        day=date(2024, 5, 31),
        agreements=3,
        signs={"text": 2, "complete": 0},
        gaps=4,
    )
    return {"readiness_day": kept}
