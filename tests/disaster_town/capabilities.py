"""Of capabilities: one of each record, and the addresses that are about them."""

from renkei.accounts.models import User
from renkei.agreements.models import Agreement
from renkei.disasters.models import SupplyPlace
from tests.disaster_factories import a_capability, a_district
from tests.disaster_town.filling import Filled, Work, of

DESK: dict[str, tuple[str, Filled]] = {
    "capabilities": ("list", of()),
    "capability_workbook": ("list", of()),
    "capability_published": ("list", lambda work: ["csv"]),
    "capability_proposals": ("town", of()),
    "capability_sheet": ("town", of()),
    "capability_new": ("change", of("agreement")),
    "capability": ("record", of("capability")),
    "capability_edit": ("change", of("capability")),
    "capability_confirm": ("change", of("capability")),
    "capability_end": ("change", of("capability")),
    "districts": ("list", of()),
    "district_new": ("town", of()),
    "district_list": ("town", of()),
    "district_edit": ("kept", of("district")),
}
COUNTER: dict[str, Filled] = {}
NOT_PAGES: set[str] = {"capability_workbook", "capability_published", "disaster_list"}
ONLY_SENT: set[str] = set()


def made(agreement: Agreement, clerk: User, work: Work) -> Work:
    """One of each; `work` holds what the rooms before have made."""
    capability = a_capability(agreement, source_text="飲料水 2,000本を供給する。", written_by=clerk)
    SupplyPlace.objects.create(capability=capability, name="永山配送センター", address="永山町1丁目")
    return {"capability": capability, "district": a_district(agreement.municipality, name="緑町地区")}
