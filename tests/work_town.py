"""One of each record of the work under an agreement, and the addresses of the desk that are about them.

`DESK` says who may see and change each address (the kinds of test_authorisation) and with what it is filled.
"""

from collections.abc import Callable

from renkei.accounts.models import User
from renkei.agreements.models import Agreement
from tests.work_factories import a_campaign, a_result, an_initiative

Work = dict[str, object]
Filled = Callable[[Work], list[object]]


def a_town_at_work(agreement: Agreement, clerk: User) -> Work:
    """One of each, under the agreement; the keys are used by the addresses below."""
    initiative = an_initiative(agreement)
    return {
        "agreement": agreement,
        "initiative": initiative,
        "result": a_result(initiative),
        "campaign": a_campaign(agreement, opened_by=clerk),
    }


def of(*keys: str) -> Filled:
    """The public ids of what the keys name, in the order of the address."""
    return lambda work: [work[key].public_id for key in keys]


DESK: dict[str, tuple[str, Filled]] = {
    "initiatives": ("list", lambda work: []),
}
NOT_PAGES: set[str] = set()
"""Downloads of the desk, the counter and the portal."""
ONLY_SENT: set[str] = set()
"""Addresses that only take what is sent."""
COUNTER: dict[str, Filled] = {}
"""What follows the town's code in the addresses of the counter."""
PORTAL: dict[str, Filled] = {}
"""What fills the addresses of the portal."""
