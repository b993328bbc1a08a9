"""The work under one agreement, item by item, with how many results each initiative has and the last of them."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Max

from renkei.agreements.models import Agreement, Item
from renkei.initiatives.models import Initiative, Result


@dataclass(frozen=True)
class WorkLine:
    """An initiative, the number of its valid results, and the last fiscal year that has one."""

    initiative: Initiative
    results: int
    last_year: int | None


@dataclass(frozen=True)
class WorkOfItem:
    """An item of the agreement (None for what stands under none) with its initiatives."""

    item: Item | None
    lines: list[WorkLine]


def work_of_agreement(agreement: Agreement) -> list[WorkOfItem]:
    """Item by item in their order, what stands under none last; items without initiatives too."""
    initiatives = list(Initiative.objects.about(agreement).select_related("division"))
    valid = Result.objects.valid().filter(agreement=agreement).order_by()
    counted = valid.values_list("initiative").annotate(count=Count("pk"), last=Max("fiscal_year"))
    told = {initiative: (count, last) for initiative, count, last in counted}
    lines: dict[int | None, list[WorkLine]] = defaultdict(list)
    for one in initiatives:
        lines[one.item_id].append(WorkLine(one, *told.get(one.pk, (0, None))))
    items = list(agreement.items.all())
    found = [WorkOfItem(item, lines.get(item.pk, [])) for item in items]
    known = {item.pk for item in items}
    rest = [line for key, of_item in lines.items() if key not in known for line in of_item]
    return [*found, WorkOfItem(None, rest)] if rest else found
