from decimal import Decimal

from explorer.core.absent import Absent
from explorer.model.master_data import ReferenceData
from explorer.provenance.rules.descent import made_from
from explorer.provenance.rules.ground import certificate_key, shown
from tests.provenance.event_stories import START, Tale, parties, place, quantity


def test_births_are_additions_and_outputs() -> None:
    tale = Tale()
    tale.made("a")
    tale.seen("a")
    tale.turned(["a"], ["b"])
    tale.made("b")
    ground = tale.ground()
    data = ground.data
    made = [
        [int(data.mention_event[m]) for m in ground.births(data.find_thing(name))]
        for name in ("a", "b")
    ]
    assert made == [[0], [2, 3]]


def test_the_first_description_of_a_place_counts() -> None:
    tale = Tale()
    tale.reference = ReferenceData((place("P", role="packer"), place("P", role="shop")))
    tale.seen("x", read_point="nowhere", location="P", sources=parties("Q"))
    ground = tale.ground()
    assert ground.role_at(0) == "packer"
    assert ground.actors(0) == ["nowhere", "P", "Q"]
    assert ground.point(0) is Absent.NOT_IN_EXPORT


def test_midnight_in_the_zone_of_the_event() -> None:
    midnight = START - START % 86_400_000_000
    tale = Tale()
    tale.seen("x", event_time_us=midnight)
    tale.seen("x", event_time_us=midnight - 8 * 3_600_000_000, zone_minutes=480)
    tale.seen("x", event_time_us=midnight, zone_minutes=480)
    tale.seen("x", event_time_us=Absent.NOT_IN_EXPORT)
    ground = tale.ground()
    assert [ground.is_whole_day(each) for each in range(4)] == [
        True,
        True,
        False,
        False,
    ]


def test_descendants_pass_processes_and_containers_and_end() -> None:
    tale = Tale()
    tale.turned([quantity("lot", 9)], ["crate"], process="p")
    tale.turned([], ["other"], process="p")
    tale.packed("crate", "x")
    tale.turned(["x"], ["lot"])
    ground = tale.ground()
    found = made_from(ground, [ground.data.find_thing("lot")])
    assert set(ground.names(found)) == {"lot", "crate", "other", "x"}


def test_the_last_time_is_that_of_events_that_count() -> None:
    tale = Tale()
    tale.seen("x", at=3)
    tale.seen("x", at=1)
    assert tale.ground().last_time == START + 3 * 3_600_000_000


def test_numbers_and_certificates_read_well() -> None:
    assert shown(Decimal("1E+3")) == "1000"
    assert shown(Decimal("1.500")) == "1.5"
    assert certificate_key(" urn:cert:GAP-1 ") == certificate_key("GAP-1") == "GAP-1"
