"""The map: everything that has a place, at the right distances, without two numbers on one spot."""

import math
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from renkei.disasters.models import SupplyPlace
from renkei.disasters.situation.map_drawing import HEIGHT, NEAR, WIDTH, drawn
from renkei.disasters.situation.map_points import Point, PointKind, points_of
from tests.disaster_factories import a_capability, a_district, a_need, an_incident
from tests.factories import an_agreement


def a_point(latitude: float, longitude: float, kind: PointKind = PointKind.PLACE) -> Point:
    return Point(kind, "", "", latitude, longitude)


def test_distances_on_the_drawing_are_those_of_the_ground_and_north_is_up():
    south, north, east = a_point(43.70, 142.30), a_point(43.80, 142.30), a_point(43.70, 142.4383)
    drawing = drawn([south, north, east])
    assert drawing
    one, two, three = drawing.marks
    assert two.y < one.y
    assert three.x > one.x
    up, right = one.y - two.y, three.x - one.x
    assert math.isclose(up, right, rel_tol=0.01)  # 11.1 km each
    assert math.isclose(up / drawing.bar * drawing.bar_km, 11.13, rel_tol=0.01)


def test_many_marks_on_one_spot_are_moved_apart_and_stay_on_the_sheet():
    points = [a_point(43.75, 142.39, PointKind.OPEN) for _number in range(30)]
    drawing = drawn(points)
    assert drawing
    spots = [(one.x, one.y) for one in drawing.marks]
    gaps = [math.dist(one, other) for place, one in enumerate(spots) for other in spots[:place]]
    assert min(gaps) >= NEAR
    assert all(0 < x < WIDTH and 0 < y < HEIGHT for x, y in spots)
    assert drawn([]) is None


def test_a_mark_with_room_stays_where_it_is_and_one_on_a_place_steps_aside():
    alone, below, place = (
        a_point(43.7, 142.3, PointKind.PARTNER),
        a_point(43.8, 142.4, PointKind.OPEN),
        a_point(43.8, 142.4),
    )
    drawing = drawn([below, alone, place])
    assert drawing
    assert [one.is_moved for one in drawing.marks] == [True, False, False]


def test_a_name_that_would_lie_on_another_stands_in_the_list_alone():
    told = [replace(a_point(43.7, 142.3 + east), label="東光地区") for east in (0, 0.005, 0.9)]
    drawing = drawn(told)
    assert drawing
    assert [one.has_name for one in drawing.marks] == [True, False, True]


@pytest.mark.django_db
def test_needs_places_and_partners_stand_on_the_map_and_the_rest_is_named():
    agreement = an_agreement()
    incident, capability = an_incident(), a_capability(agreement)
    here = {"latitude": Decimal("43.76"), "longitude": Decimal("142.36")}
    SupplyPlace.objects.create(capability=capability, name="旭川倉庫", hazard="inside", **here)
    SupplyPlace.objects.create(capability=capability, name="場所の分からない倉庫")
    fuel = a_capability(agreement, function="fuel")
    SupplyPlace.objects.create(capability=fuel, name="軽油しかない所", hazard="outside", **here)
    water = a_need(incident, district=a_district())
    a_need(incident, district=a_district(name="南", latitude=None), goods="毛布")
    a_need(incident, state="met", goods="簡易トイレ", district=water.district)
    a_need(incident, state="dropped", goods="乾パン", district=water.district)
    found = points_of(incident, day=date(2024, 9, 2))
    told = [(one.kind, one.label) for one in found.points]
    assert told == [
        ("open", "No.1 飲料水 2,000本"),
        ("met", "No.3 簡易トイレ 2,000本"),
        ("place", "東光地区"),
        ("partner", "株式会社見本 旭川倉庫"),
    ]
    assert "危険区域の中" in found.points[-1].detail
    assert [one.has_name for one in drawn(found.points).marks] == [False, False, False, False], (
        "on other marks"
    )
    assert [str(one) for one in found.without_place] == ["毛布"]
