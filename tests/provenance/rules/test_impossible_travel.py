import pytest

from explorer.model.events import Extra
from explorer.model.master_data import ReferenceData
from explorer.provenance.rules import impossible_travel
from explorer.provenance.rules.ground import distance_km
from tests.provenance.event_stories import START, Tale, found, place

SHANGHAI, URUMQI, NEAR = ("31.2", "121.44"), ("43.83", "87.62"), ("31.3", "121.5")


def tale() -> Tale:
    known = Tale()
    known.reference = ReferenceData(
        (place("S", at=SHANGHAI), place("U", at=URUMQI), place("N", at=NEAR))
    )
    return known


def test_an_hour_from_shanghai_to_urumqi() -> None:
    story = tale()
    story.seen("x", at=0, read_point="S")
    story.seen("x", at=1, read_point="U")
    judged = story.judge(impossible_travel)
    assert found(judged) == [("too-fast", (0, 1))]
    assert judged.found[0].detail == "3267 km, 60 min"


@pytest.mark.parametrize(("hours", "count"), [(3.6, 1), (3.7, 0)])
def test_the_speed_is_a_setting_of_900_km_an_hour(hours: float, count: int) -> None:
    story = tale()
    story.seen("x", at=0, read_point="S")
    story.seen("x", at=hours, location="U")
    assert story.judge(impossible_travel).total == count
    assert story.judge(impossible_travel, travel_speed_km_h=100).total == 1


def test_short_ways_and_one_place_are_in_order() -> None:
    story = tale()
    for where in ("S", "N", "S", "S"):
        story.seen("x", at=0, read_point=where)
    assert found(story.judge(impossible_travel)) == []


def test_lots_may_be_in_two_places() -> None:
    story = tale()
    for where in ("S", "U"):
        story.lot("lot", 5, action="OBSERVE", read_point=where)
    assert found(story.judge(impossible_travel)) == []


def test_midnight_is_a_whole_day() -> None:
    story = tale()
    midnight = START - START % 86_400_000_000
    for where, later in (("S", 0), ("U", 0)):
        story.seen("x", event_time_us=midnight + later, read_point=where)
    assert found(story.judge(impossible_travel)) == []


def test_a_place_without_coordinates_is_passed_over_and_counted() -> None:
    story = tale()
    for at, where in enumerate(("S", "nowhere", "U")):
        story.seen("x", at=at, read_point=where)
    judged = story.judge(impossible_travel)
    assert found(judged) == [("too-fast", (0, 2))]
    assert judged.missing == {"coordinates": 1}


def test_points_of_the_event_itself_and_geo_identifiers() -> None:
    story = Tale()
    own = (Extra("latitude", SHANGHAI[0]), Extra("longitude", SHANGHAI[1]))
    story.scanned("x", at=0, extensions=own)
    story.scanned("x", at=1, read_point="geo:43.83,87.62;u=9")
    assert found(story.judge(impossible_travel)) == [("too-fast", (0, 1))]
    bad = Tale()
    bad.scanned("x", at=0, extensions=own)
    bad.scanned("x", at=1, read_point="geo:99,1")
    assert found(bad.judge(impossible_travel)) == []


def test_seen_alone_while_its_container_is_elsewhere() -> None:
    story = tale()
    story.packed("p", "x", at=0, read_point="S")
    story.seen("p", at=10, read_point="S")
    story.seen("x", at=11, read_point="U")
    story.unpacked("p", "x", at=40, read_point="U")
    assert found(story.judge(impossible_travel)) == [("too-fast", (1, 2))]


def test_distance() -> None:
    assert distance_km((0.0, 0.0), (0.0, 180.0)) == pytest.approx(20015, abs=1)
    assert distance_km((31.2, 121.4), (31.2, 121.4)) == 0
