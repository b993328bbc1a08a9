"""The map as a drawing of our own: no tiles, no other server; north is up, with a scale in kilometres."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from renkei.disasters.situation.map_points import Point, PointKind

WIDTH, HEIGHT, MARGIN = 960, 640, 56
KM_OF_DEGREE = 111.32
"""Kilometres of one degree of latitude; of longitude it is less, by the cosine of the latitude."""
LEAST_KM = 2.0
"""A map of a single place still shows its neighbourhood."""
SCALES = (0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500)
LETTER, BELOW = 22, 24
"""A letter of a name is so wide on a telephone, and the name's middle so far below its mark."""
NEAR = 22
"""Marks closer than this are moved apart, so that each number can be read."""


@dataclass(frozen=True)
class Mark:
    """A point with its number in the list beside the map, and where it is drawn; `from_x`, `from_y`: its true place."""

    number: int
    point: Point
    x: int
    y: int
    from_x: int
    from_y: int
    has_name: bool = False

    @property
    def is_moved(self) -> bool:
        """Whether it had to make room for another."""
        return (self.x, self.y) != (self.from_x, self.from_y)


@dataclass(frozen=True)
class Drawing:
    """The marks, and a bar of the scale: so many pixels are so many kilometres."""

    marks: tuple[Mark, ...]
    bar: int
    bar_km: float
    width: int = WIDTH
    height: int = HEIGHT

    def of(self, kind: PointKind) -> list[Mark]:
        """The marks of one kind."""
        return [one for one in self.marks if one.point.kind == kind]


def drawn(points: Sequence[Point]) -> Drawing | None:
    """The points on a sheet, as large as it holds them (equirectangular about their middle); None without points."""
    if not points:
        return None
    middle = _middle([one.latitude for one in points]), _middle([one.longitude for one in points])
    shrink = math.cos(math.radians(middle[0]))
    places = [
        ((one.longitude - middle[1]) * shrink * KM_OF_DEGREE, (middle[0] - one.latitude) * KM_OF_DEGREE)
        for one in points
    ]
    wide = max(*(2 * abs(east) for east, _south in places), LEAST_KM)
    high = max(*(2 * abs(south) for _east, south in places), LEAST_KM * HEIGHT / WIDTH)
    scale = min((WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / high)
    spots = [(round(WIDTH / 2 + east * scale), round(HEIGHT / 2 + south * scale)) for east, south in places]
    bar_km = max((one for one in SCALES if one * scale <= WIDTH / 3), default=SCALES[0])
    return Drawing(tuple(_marks(points, spots)), round(bar_km * scale), bar_km)


def _middle(degrees: Sequence[float]) -> float:
    return (min(degrees) + max(degrees)) / 2


def _marks(points: Sequence[Point], spots: Sequence[tuple[int, int]]) -> list[Mark]:
    """Places of the town stay where they are; what would lie on another mark is moved in rings around."""
    both = list(zip(points, spots, strict=True))
    taken = [spot for point, spot in both if point.kind == PointKind.PLACE]
    marks: list[Mark] = []
    for number, (point, spot) in enumerate(both, start=1):
        at = spot
        if point.kind != PointKind.PLACE:
            at = _free(spot, taken)
            taken.append(at)
        marks.append(Mark(number, point, *at, *spot))
    return _named(marks)


def _named(marks: Sequence[Mark]) -> list[Mark]:
    """Places whose name lies on no mark and on no other name bear it; the others stand in the list."""
    named: list[tuple[int, int, int]] = []
    told = []
    for mark in marks:
        half, y = len(mark.point.label) * LETTER // 2, mark.y + BELOW
        has_room = (
            mark.point.kind == PointKind.PLACE
            and all(
                abs(one.x - mark.x) > half + NEAR // 2 or abs(one.y - y) > NEAR
                for one in marks
                if one is not mark
            )
            and all(abs(x - mark.x) > half + other or abs(at - y) > NEAR for x, at, other in named)
        )
        if has_room:
            named.append((mark.x, y, half))
        told.append(replace(mark, has_name=has_room))
    return told


def _free(spot: tuple[int, int], taken: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The spot itself, or the nearest place around it, where no other mark is."""
    for step in range(200):
        angle, far = step * 2.4, NEAR * math.sqrt(step)
        at = round(spot[0] + far * math.cos(angle)), round(spot[1] + far * math.sin(angle))
        is_inside = MARGIN / 2 < at[0] < WIDTH - MARGIN / 2 and MARGIN / 2 < at[1] < HEIGHT - MARGIN / 2
        if is_inside and all(math.dist(at, other) >= NEAR for other in taken):
            return at
    return spot
