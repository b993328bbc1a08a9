"""Writing an agreement's items anew: one that keeps its heading stays the same record, whatever hangs on it."""

from collections.abc import Sequence

from renkei.agreements.models import Agreement, Item

OUT_OF_THE_WAY = 10_000
"""Added to places while they change, since a place is taken once only."""


def write_items(agreement: Agreement, headings: Sequence[str]) -> None:
    """Let the agreement have these items in this order; a reworded one keeps its record where its place is the same."""
    before = list(agreement.items.all())
    if [item.heading for item in before] == [*headings]:
        return
    kept = _matched(before, headings)
    agreement.items.exclude(pk__in=[item.pk for item in kept if item]).delete()
    staying = [item for item in kept if item]
    for round_of_places in (OUT_OF_THE_WAY, 0):
        for place, (item, heading) in enumerate(zip(kept, headings, strict=True), start=1):
            if item:
                item.position, item.heading = place + round_of_places, heading[:300]
        Item.objects.bulk_update(staying, ["position", "heading"])
    Item.objects.bulk_create(
        Item(agreement=agreement, position=place, heading=heading[:300])
        for place, (item, heading) in enumerate(zip(kept, headings, strict=True), start=1)
        if item is None
    )
    agreement.items._remove_prefetched_objects()  # type: ignore[attr-defined]


def _matched(before: Sequence[Item], headings: Sequence[str]) -> list[Item | None]:
    """For each heading the item that bears it; else the one at its place that no other heading claims."""
    left = list(before)
    found: list[Item | None] = []
    for heading in headings:
        same = next((item for item in left if item.heading == heading[:300]), None)
        found.append(same)
        if same:
            left.remove(same)
    for place, item in enumerate(found, start=1):
        here = next((one for one in left if one.position == place), None)
        if item is None and here:
            found[place - 1] = here
            left.remove(here)
    return found
