"""How readiness went, month by month: the last day that was kept in each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from renkei.disasters.models import ReadinessDay
from renkei.disasters.readiness.daily import COMPLETE
from renkei.disasters.readiness.signs import Sign
from renkei.municipalities.models import Municipality

MONTHS = 36


@dataclass(frozen=True)
class TrendPoint:
    """The counts of one kept day; `percent` is the fulfilled signs of all, 0…100."""

    day: date
    agreements: int
    complete: int
    signs: dict[str, int]
    gaps: int

    @property
    def percent(self) -> int:
        """Fulfilled signs of all signs of all agreements."""
        most = self.agreements * len(Sign)
        return round(100 * sum(self.signs.values()) / most) if most else 0

    @property
    def counts(self) -> list[int]:
        """How many agreements fulfil each sign, in their order."""
        return [self.signs.get(sign, 0) for sign in Sign]


def trend_of(town: Municipality, day: date) -> list[TrendPoint]:
    """The last kept day of each of the last months, the oldest first."""
    kept = ReadinessDay.objects.of(town).filter(day__lte=day)
    last = {(one.day.year, one.day.month): one for one in kept.order_by("day").iterator()}
    return [_point(one) for one in list(last.values())[-MONTHS:]]


def _point(kept: ReadinessDay) -> TrendPoint:
    signs = {sign: int(kept.signs.get(sign, 0)) for sign in Sign.values}
    return TrendPoint(kept.day, kept.agreements, int(kept.signs.get(COMPLETE, 0)), signs, kept.gaps)


def columns_of(points: Iterable[TrendPoint], *, wide: int, high: int) -> list[dict[str, object]]:
    """Where each point's column stands in a picture of the size."""
    listed = list(points)
    step = wide / max(len(listed), 1)
    return [
        {
            "point": point,
            "x": round((place + 0.15) * step, 1),
            "middle": round((place + 0.5) * step, 1),
            "width": round(step * 0.7, 1),
            "height": round(high * point.percent / 100, 1),
            "y": round(high - high * point.percent / 100, 1),
            "is_named": place in (0, len(listed) - 1),
        }
        for place, point in enumerate(listed)
    ]
