"""What stands on the map of an incident: places of the town, where partners act from, and what is needed where."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.disasters.agreements import for_disasters
from renkei.disasters.models import District, Incident, Need, SupplyPlace
from renkei.disasters.vocabulary import CapabilityState, HazardPosition, NeedState


class PointKind(models.TextChoices):
    """What a mark on the map means."""

    OPEN = "open", gettext_lazy("必要なもの(手配中)")
    MET = "met", gettext_lazy("必要なもの(充足)")
    PLACE = "place", gettext_lazy("地区・避難所など")
    PARTNER = "partner", gettext_lazy("相手方の場所")


@dataclass(frozen=True)
class Point:
    """One mark: where (degrees, WGS 84), what it means, and in words what is there."""

    kind: PointKind
    label: str
    detail: str
    latitude: float
    longitude: float
    need_id: str = ""
    partner_id: str = ""


@dataclass(frozen=True)
class Points:
    """Everything with a place on the map, and the needs that have none."""

    points: tuple[Point, ...]
    without_place: tuple[Need, ...]


def points_of(incident: Incident, *, day: date) -> Points:
    """Needs first, then the town's places, then places of partners who are asked or can help with what is open."""
    needs = list(incident.needs.exclude(state=NeedState.DROPPED).select_related("district"))
    placed = [one for one in needs if one.district and one.district.latitude is not None]
    lost = [one for one in needs if one not in placed and one.state == NeedState.OPEN]
    points = (*_needs(placed), *_districts(incident), *_partners(incident, day, needs))
    return Points(points, tuple(lost))


def _needs(needs: Iterable[Need]) -> Iterator[Point]:
    for need in needs:
        assert need.district
        kind = PointKind.OPEN if need.state == NeedState.OPEN else PointKind.MET
        label = f"No.{need.number} {need} {need.amount}".strip()
        yield _at(kind, label, need.where, need.district, need_id=need.public_id)


def _districts(incident: Incident) -> Iterator[Point]:
    placed = District.objects.of(incident.municipality).exclude(latitude=None).exclude(longitude=None)
    for one in placed:
        detail = " ".join(part for part in (str(one.get_kind_display()), one.address) if part)
        yield _at(PointKind.PLACE, one.name, detail, one)


def _partners(incident: Incident, day: date, needs: Iterable[Need]) -> Iterator[Point]:
    """Places of those who can help with what is open, and of those who are asked: all of a town's hide each other."""
    functions = {one.function for one in needs if one.state == NeedState.OPEN}
    asked = incident.requests.values("organisation")
    places = SupplyPlace.objects.filter(
        capability__municipality=incident.municipality,
        capability__state=CapabilityState.CURRENT,
        capability__agreement__in=for_disasters(incident.municipality, day).values("pk"),
    ).exclude(latitude=None)
    of_use = places.filter(Q(capability__function__in=functions) | Q(capability__organisation__in=asked))
    related = of_use.exclude(longitude=None).select_related("capability__organisation__merged_into")
    for one in related.order_by("capability__organisation__name", "pk"):
        capability, partner = one.capability, one.capability.partner
        detail = f"{capability} {capability.amount}".strip()
        if one.hazard == HazardPosition.INSIDE:
            detail = _("%s(危険区域の中)") % detail
        label = f"{partner} {one.name}".strip()
        yield _at(PointKind.PARTNER, label, detail, one, partner_id=partner.public_id)


def _at(
    kind: PointKind,
    label: str,
    detail: str,
    place: District | SupplyPlace,
    *,
    need_id: str = "",
    partner_id: str = "",
) -> Point:
    assert place.latitude is not None
    assert place.longitude is not None
    at = float(place.latitude), float(place.longitude)
    return Point(kind, label, detail, *at, need_id=need_id, partner_id=partner_id)
