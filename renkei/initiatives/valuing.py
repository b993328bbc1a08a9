"""What results are worth to the town, as far as it was reckoned: the formula of one, the sums of many."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from renkei.initiatives.models import Result
from renkei.initiatives.result_facts import Reckoned
from renkei.rules.written_amounts import grouped


def worth(reckoned: Reckoned) -> int:
    """Quantity × price of one in yen, half a yen upwards."""
    return int((reckoned.quantity * reckoned.price).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def formula(reckoned: Reckoned) -> str:
    """How the value comes about: 30人 × 5,000円 = 150,000円."""
    return f"{grouped(reckoned.quantity)}{reckoned.unit} × {reckoned.price:,}円 = {worth(reckoned):,}円"


def reckoned_of(result: Result) -> Reckoned | None:
    """As it was reckoned; None where it was not."""
    if result.value_quantity is None or result.value_price is None:
        return None
    return Reckoned(result.value_quantity, result.value_unit, result.value_price, result.value_basis)


def formula_of(result: Result) -> str:
    """The formula of a result; "" where its value was not reckoned."""
    reckoned = reckoned_of(result)
    return formula(reckoned) if reckoned else ""


@dataclass(frozen=True)
class Totals:
    """Sums in yen; they count what was told, and `valued` and `costed` say of how many of the `entries`."""

    entries: int = 0
    valued: int = 0
    value: int = 0
    costed: int = 0
    town_cost: int = 0
    partner_cost: int = 0


def totals(results: Iterable[Result]) -> Totals:
    """The sums of these results; what was not reckoned is not counted as nothing, it is not counted."""
    found = list(results)
    values = [one.value for one in found if one.value is not None]
    costed = [one for one in found if one.town_cost is not None or one.partner_cost is not None]
    return Totals(
        entries=len(found),
        valued=len(values),
        value=sum(values),
        costed=len(costed),
        town_cost=sum(one.town_cost or 0 for one in costed),
        partner_cost=sum(one.partner_cost or 0 for one in costed),
    )
