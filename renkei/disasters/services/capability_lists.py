"""Taking the list that towns publish: what stands under its eight columns becomes proposals for its agreements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from renkei.audit.actors import Actor
from renkei.disasters.capabilities.column_list import Line, matched
from renkei.disasters.capabilities.reading import KIND
from renkei.disasters.models import Capability
from renkei.disasters.services.proposals import propose
from renkei.disasters.vocabulary import published_column
from renkei.municipalities.models import Municipality


@dataclass(frozen=True)
class ListTaken:
    """How many agreements were found, how many proposals came of them, and the lines of no agreement."""

    found: int
    proposals: int
    missing: list[Line]


@transaction.atomic
def propose_from_list(town: Municipality, lines: Sequence[Line], *, actor: Actor, at: datetime) -> ListTaken:
    """Propose what the list says; a ○ over something that is known already says nothing new."""
    found, missing = matched(town, lines)
    known: dict[int, set[str]] = {}
    for one in Capability.objects.of(town).filter(agreement__in=found):
        known.setdefault(one.agreement_id, set()).add(f"{KIND}: {published_column(one.function)}")
    for agreement, theirs in found.items():
        told = [remark for line in theirs for remark in line.remarks]
        # Only for reading: the agreement is not saved.
        agreement.remarks = [one for one in told if one not in known.get(agreement.pk, ())]
    read = [agreement for agreement in found if agreement.remarks]
    proposals = propose(read, {}, actor=actor, at=at).proposals
    return ListTaken(len(found), proposals, missing)
