"""Beginning the work that an agreement names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from renkei.agreements.models import Agreement
from renkei.audit.actors import Actor
from renkei.audit.services import record
from renkei.initiatives import events
from renkei.initiatives.models import Initiative


@dataclass(frozen=True)
class InitiativeFacts:
    """An initiative as the signed list names it; `item` is the position of its item, None where it has none."""

    title: str
    item: int | None = None
    town_part: str = ""
    partner_part: str = ""
    timing: str = ""
    division_id: int | None = None


def begin(
    agreement: Agreement, facts: Sequence[InitiativeFacts], *, on: date, actor: Actor
) -> list[Initiative]:
    """Write the initiatives of a signed list under the agreement's items, inside the transaction of the signing."""
    items = {item.position: item for item in agreement.items.all()}
    made = [
        Initiative(
            municipality=agreement.municipality,
            agreement=agreement,
            item=items.get(one.item) if one.item else None,
            position=place,
            title=one.title,
            town_part=one.town_part,
            partner_part=one.partner_part,
            timing=one.timing,
            division_id=one.division_id,
            begins_on=on,
        )
        for place, one in enumerate(facts, start=agreement_last(agreement) + 1)
    ]
    Initiative.objects.bulk_create(made)
    if made:
        record(events.BEGUN, actor, agreement, municipality=agreement.municipality, count=len(made))
    return made


def agreement_last(agreement: Agreement) -> int:
    """The last place in the agreement's list, 0 where it is empty."""
    return (
        Initiative.objects.about(agreement).order_by("-position").values_list("position", flat=True).first()
        or 0
    )
