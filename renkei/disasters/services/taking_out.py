"""Taking the register of disasters out of the house, as a file with people's numbers."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.audit.services import record
from renkei.disasters import events
from renkei.disasters.offline.register import field_register
from renkei.municipalities.models import Municipality


@transaction.atomic
def register_taken_out(town: Municipality, *, actor: User, at: datetime) -> dict[str, Any]:
    """The register as of the moment; that it left the house is told."""
    facts = field_register(town, at)
    count = len(facts["own"]) + sum(len(partner["chain"]) for partner in facts["partners"])
    what = _("電源や通信がなくても読めるファイル")
    record(events.CONTACTS_DOWNLOADED, actor, town, municipality=town, count=count, what=what)
    return facts
