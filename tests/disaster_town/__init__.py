"""One of each record for disasters, and the addresses of the desk and the counter that are about them.

`DESK` says who may see and change each address (kinds of tests/desk/test_authorisation.py) and what fills it.
"""

from renkei.accounts.models import User
from renkei.agreements.models import Agreement
from tests.disaster_town import (
    book,
    campaigns,
    capabilities,
    contacts,
    drills,
    field,
    incidents,
    readiness,
    situation,
)
from tests.disaster_town.filling import Filled, Work

PARTS = (capabilities, contacts, campaigns, readiness, incidents, situation, field, book, drills)
DESK: dict[str, tuple[str, Filled]] = {name: line for part in PARTS for name, line in part.DESK.items()}
COUNTER: dict[str, Filled] = {name: fill for part in PARTS for name, fill in part.COUNTER.items()}
NOT_PAGES: set[str] = {name for part in PARTS for name in part.NOT_PAGES}
ONLY_SENT: set[str] = {name for part in PARTS for name in part.ONLY_SENT}


def a_prepared_town(agreement: Agreement, clerk: User) -> Work:
    """One of each, under the agreement; the keys are used by the addresses."""
    work: Work = {"agreement": agreement}
    for part in PARTS:
        work |= part.made(agreement, clerk, work)
    return work
