"""Distances between places, and coordinates as people write them."""

import math
import re
import unicodedata
from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext as _

EARTH_KM = 6371.0
SOUTH, NORTH, WEST, EAST = Decimal(20), Decimal(46), Decimal(122), Decimal(154)
"""The islands of Japan, from 沖ノ鳥島 to 択捉島 and from 与那国島 to 南鳥島."""
EXAMPLE = "43.7706, 142.3650"
_PAIR = re.compile(r"^(-?\d+(?:\.\d+)?)[,、/\s]+(-?\d+(?:\.\d+)?)$")


class Located(Protocol):
    """Anything with a place on the map; degrees are WGS 84."""

    @property
    def latitude(self) -> Decimal | None: ...
    @property
    def longitude(self) -> Decimal | None: ...


class UnreadablePlace(ValueError):
    """The text is no place in Japan; str() says why and what to do."""


def distance_km(a: Located | None, b: Located | None) -> float | None:
    """Kilometres between two places as the crow flies (haversine); None where one of them is not known."""
    if a is None or b is None:
        return None
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return None
    north_a, north_b = math.radians(a.latitude), math.radians(b.latitude)
    east = math.radians(float(b.longitude) - float(a.longitude))
    half = math.sin((north_b - north_a) / 2) ** 2
    half += math.cos(north_a) * math.cos(north_b) * math.sin(east / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def coordinates(text: str) -> tuple[Decimal, Decimal] | None:
    """Latitude and longitude of 「43.7706, 142.3650」 in any width; None where nothing is written."""
    plain = unicodedata.normalize("NFKC", text).strip().replace("北緯", "").replace("東経", "")
    plain = plain.replace("度", " ").replace("°", " ").strip(" ,、")
    if not plain:
        return None
    found = _PAIR.match(plain)
    if not found:
        raise UnreadablePlace(
            _(
                "座標「%(told)s」が読めません。緯度、経度の順に、点の付いた数を二つ書いてください。例: %(example)s"
            )
            % {"told": text.strip()[:40], "example": EXAMPLE}
        )
    return in_japan(Decimal(found[1]), Decimal(found[2]))


def in_japan(latitude: Decimal, longitude: Decimal) -> tuple[Decimal, Decimal]:
    """The same place with five decimals (about a metre), or a refusal: it lies outside Japan."""
    if SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST:
        return round(latitude, 5), round(longitude, 5)
    if SOUTH <= longitude <= NORTH and WEST <= latitude <= EAST:
        raise UnreadablePlace(_("緯度と経度が逆のようです。緯度(北緯)を先に書いてください。例: %s") % EXAMPLE)
    raise UnreadablePlace(
        _("緯度%(latitude)s、経度%(longitude)sは日本の外です。地図で座標を確かめてください。例: %(example)s")
        % {"latitude": latitude, "longitude": longitude, "example": EXAMPLE}
    )
