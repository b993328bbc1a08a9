"""Of the page that works without network: its addresses; what it shows comes from the other parts."""

from renkei.accounts.models import User
from renkei.agreements.models import Agreement
from tests.disaster_town.filling import Filled, Work

DESK: dict[str, tuple[str, Filled]] = {
    "field": ("town", lambda work: []),
    "field_worker": ("town", lambda work: []),
    "field_register": ("town", lambda work: []),
    "field_records": ("town", lambda work: []),
    "field_file": ("town", lambda work: []),
}
COUNTER: dict[str, Filled] = {}
NOT_PAGES: set[str] = {"field_worker", "field_register", "field_file"}
ONLY_SENT: set[str] = {"field_records"}


def made(agreement: Agreement, clerk: User, work: Work) -> Work:
    """Nothing of its own."""
    return {}
