"""Taking a filled sheet of capabilities in, all in one act."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.audit.actors import Actor
from renkei.audit.services import record
from renkei.disasters import events
from renkei.disasters.capabilities.checks import COLUMNS, facts_of
from renkei.disasters.capabilities.sheet import SheetRow
from renkei.disasters.refusals import CapabilityRefused
from renkei.disasters.services.capabilities import edit_capability, write_capability
from renkei.municipalities.models import Municipality


@transaction.atomic
def take_sheet(
    town: Municipality, rows: Sequence[SheetRow], *, actor: Actor, at: datetime
) -> tuple[int, int]:
    """Add and change what the rows say; how many of each. Rows that change nothing stay as they are."""
    if any(row.problems for row in rows):
        raise CapabilityRefused(_("問題のある行があります。直したファイルを選んでください。"))
    added = changed = 0
    for row in rows:
        assert row.facts
        assert row.agreement
        if row.capability is None:
            write_capability(row.agreement, row.facts, actor=actor, at=at)
            added += 1
        elif differs(row):
            edit_capability(row.capability, row.facts, actor=actor, at=at)
            changed += 1
    if not added and not changed:
        raise CapabilityRefused(_("変わるところがありません。書き込んだファイルを選んでください。"))
    record(events.CAPABILITIES_TAKEN_IN, actor, town, municipality=town, added=added, changed=changed)
    return added, changed


def differs(row: SheetRow) -> bool:
    """Whether the row says something else than what is written."""
    assert row.capability
    assert row.facts
    now = facts_of(row.capability)
    names = (*COLUMNS, "places")
    partner = row.capability.partner.pk != row.facts.organisation_id
    return partner or any(getattr(now, name) != getattr(row.facts, name) for name in names)
