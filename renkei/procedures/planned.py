"""What was agreed and planned, as the drafts take it: items, initiatives, and whether a version still says the same."""

from collections.abc import Sequence

from renkei.documents.contents import AgreementText, SigningParty, digest_of
from renkei.municipalities.models import Municipality
from renkei.procedures.contents import InitiativeList, InitiativeRow
from renkei.procedures.models import CooperationItem, DraftVersion, PlannedInitiative, Procedure
from renkei.procedures.vocabulary import DraftKind, Stage


def agreed_items(procedure: Procedure) -> list[CooperationItem]:
    """The items that both sides agreed on; where the procedure has no step of talks, all that nobody dropped."""
    items = procedure.items.all()
    kept = items if procedure.was_read_together else items.select_related("division")
    is_talked_about = Stage.NEGOTIATION in procedure.steps
    return [one for one in kept if not one.dropped_reason and (one.is_agreed or not is_talked_about)]


def planned_by_item(procedure: Procedure) -> list[tuple[CooperationItem | None, list[PlannedInitiative]]]:
    """The planned initiatives under the agreed items in their order, those under none of these last."""
    items = agreed_items(procedure)
    every = procedure.planned_initiatives.all()
    read = every if procedure.was_read_together else every.select_related("item", "division")
    planned = sorted((one for one in read if not one.is_dropped), key=lambda one: (one.position, one.pk))
    found: list[tuple[CooperationItem | None, list[PlannedInitiative]]] = [
        (item, [one for one in planned if one.item_id == item.pk]) for item in items
    ]
    keys = {item.pk for item in items}
    rest = [one for one in planned if one.item_id not in keys]
    return [*found, (None, rest)] if rest else found


def planned_list(procedure: Procedure) -> InitiativeList:
    """The list of initiatives as it would be written now; what stands under no agreed item is left out."""
    groups = [(item, planned) for item, planned in planned_by_item(procedure) if item is not None]
    return InitiativeList(
        items=tuple(item.heading for item, _planned in groups),
        rows=tuple(
            _row(place, item, one) for place, (item, planned) in enumerate(groups, start=1) for one in planned
        ),
    )


def _row(place: int, item: CooperationItem, one: PlannedInitiative) -> InitiativeRow:
    return InitiativeRow(
        item=place,
        heading=item.heading,
        title=one.title,
        division=str(one.division or ""),
        town_part=one.town_part,
        partner_part=one.partner_part,
        timing=one.timing,
        key=one.public_id,
    )


def says_what_is_planned(version: DraftVersion, planned: InitiativeList) -> bool:
    """Whether a version of the list still says what is planned."""
    return version.digest == digest_of(planned.as_told())


def newest(procedure: Procedure, kind: DraftKind) -> DraftVersion | None:
    """The newest version of the text or of the list."""
    if procedure.was_read_together:
        versions = [one for one in procedure.versions.all() if one.kind == kind]
        return max(versions, key=lambda one: one.number, default=None)
    return procedure.versions.latest_of(kind)


def headings_of(items: Sequence[CooperationItem]) -> list[str]:
    """The headings of items."""
    return [item.heading for item in items]


def parties_of_the_last_text(municipality: Municipality) -> list[SigningParty]:
    """The parties of the text that the town wrote last: address and signatory of the town need not be typed again."""
    last = (
        DraftVersion.objects.filter(procedure__municipality=municipality, kind=DraftKind.TEXT)
        .order_by("-made_at")
        .first()
    )
    return list(AgreementText.read(last.content).parties) if last else []
