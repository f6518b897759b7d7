"""What honest records really look like raises nothing; the same, bent, does."""
# ruff: noqa: ANN401 - fields of events are passed on as they are

from typing import Any

import pytest
from msgspec import structs

from explorer.model.events import EventKind, SensorReading
from explorer.model.master_data import ReferenceData
from explorer.provenance.rules import (
    after_decommission,
    backdated_record,
    cloned_serial,
    disposition_conflict,
    expired_certificate,
    identifier_error,
    impossible_travel,
    mass_balance,
    missing_origin,
    sensor_limit,
    time_order,
)
from tests.provenance.event_stories import (
    DAY,
    HOUR,
    START,
    Tale,
    certificate,
    found,
    parties,
    place,
    quantity,
    temperatures,
)

JAM = "https://id.gs1.org/01/04012345111118"
PLACE = "https://id.gs1.org/414/4012345000009"
MINUTE = HOUR // 60


def test_water_and_concentrate_are_no_excess() -> None:
    tale = Tale()
    water = quantity("water", 900, "LTR")
    tale.turned([quantity("concentrate", 100), water], [quantity("juice", 1000)])
    judged = tale.judge(mass_balance)
    assert found(judged) == []
    assert judged.missing["input-amount"] == 1


def test_one_log_gives_many_planks() -> None:
    tale = Tale()
    tale.turned([quantity("log", 1, "")], [quantity("plank", 20, "EA")])
    judged = tale.judge(mass_balance)
    assert found(judged) == []
    assert judged.missing["other-pieces"] == 1


def test_jars_do_not_grow_in_number() -> None:
    tale = Tale()
    tale.turned(
        [quantity(f"{JAM}/10/a", 100, "")], [quantity(f"{JAM}/10/b", 120, "H87")]
    )
    assert found(tale.judge(mass_balance)) == [("more-out-than-in", (0,))]


def test_a_product_class_has_old_stock() -> None:
    tale = Tale()
    tale.lot(JAM, 5, action="OBSERVE", step="storing", read_point="A")
    tale.lot(JAM, 10, read_point="A")
    tale.turned([quantity(JAM, 30)], [quantity("cake", 30)])
    tale.lot(JAM, 30, action="OBSERVE", step="shipping", read_point="A")
    tale.lot(JAM, 10, at=24 * 400)
    for rule in (mass_balance, time_order, identifier_error, missing_origin):
        assert found(tale.judge(rule)) == []


def test_a_lot_has_no_old_stock() -> None:
    tale = Tale()
    lot = f"{JAM}/10/a"
    tale.lot(lot, 5, action="OBSERVE", step="storing")
    tale.lot(lot, 10)
    assert found(tale.judge(time_order)) == [("used-before-made", (0, 1))]
    tale.lot(lot, 10, at=24 * 400)
    assert found(tale.judge(identifier_error)) == [("lot-reused", (1, 2))]


def test_goods_at_two_doors_are_held_at_one_place() -> None:
    tale = Tale()
    tale.lot("l", 10, step="commissioning", read_point="farm")
    for door, amount in (("1", 6), ("2", 4)):
        where = f"{PLACE}/254/{door}"
        tale.lot("l", amount, action="OBSERVE", step="receiving", read_point=where)
    tale.lot("l", 9, action="OBSERVE", step="shipping", read_point=f"{PLACE}/254/2")
    assert found(tale.judge(mass_balance)) == []
    tale.lot("l", 9, action="OBSERVE", step="shipping", read_point=PLACE)
    assert [reason for reason, _ in found(tale.judge(mass_balance))] == [
        "more-shipped-than-held"
    ]


@pytest.mark.parametrize(
    "name",
    [
        "https://id.gs1.org/8018/401234500000000016",
        "https://id.gs1.org/253/4012345000009x1",
        "https://id.gs1.org/414/4012345000009",
        "urn:epc:idpat:grai:4012345.00001.*",
        "urn:gdst:example.org:product:class:mill.1",
    ],
)
def test_what_is_no_goods_has_no_origin(name: str) -> None:
    tale = Tale()
    tale.made("x")
    tale.seen(name)
    assert found(tale.judge(missing_origin)) == []


def test_an_attached_sensor_has_no_origin() -> None:
    tale = Tale()
    tale.made("x")
    tale.event(EventKind.ASSOCIATION, parent="x", children=(f"{JAM}/21/sensor",))
    assert found(tale.judge(missing_origin)) == []
    tale.packed("x", f"{JAM}/21/jar")
    assert found(tale.judge(missing_origin)) == [("origin-not-in-files", (2,))]


@pytest.mark.parametrize(("hours", "where", "count"), [(1, PLACE, 0), (30, PLACE, 1)])
def test_an_output_may_be_commissioned_too(hours: int, where: str, count: int) -> None:
    tale = Tale()
    tale.turned([quantity("lot", 9)], ["x"], at=0, read_point=f"{PLACE}/254/9")
    tale.made("x", at=hours, read_point=where)
    assert judged_count(tale, cloned_serial) == count


def test_the_same_serial_from_elsewhere_is_a_clone() -> None:
    tale = Tale()
    tale.turned([quantity("lot", 9)], ["x"], at=0, read_point=PLACE)
    tale.made("x", at=1, read_point="elsewhere")
    assert judged_count(tale, cloned_serial) == 1


def judged_count(tale: Tale, rule: Any) -> int:
    return len(found(tale.judge(rule)))


def test_what_was_sold_is_repaired_and_recycled() -> None:
    tale = Tale()
    tale.made("x")
    tale.seen("x", step="retail_selling", disposition="retail_sold")
    tale.seen("x", step="repairing")
    tale.ended("x", step="decommissioning")
    assert found(tale.judge(after_decommission)) == []
    tale.seen("x", step="repairing")
    assert found(tale.judge(after_decommission)) == [("seen-after-end", (3, 4))]


@pytest.mark.parametrize(("zone", "count"), [(480, 0), (60, 1)])
def test_a_time_without_a_zone_may_be_local(zone: int, count: int) -> None:
    tale = Tale()
    tale.made("x", at=8, zone_minutes=zone, record_time_us=START + 5 * MINUTE)
    assert judged_count(tale, backdated_record) == count


def test_a_time_with_its_zone_is_meant_so() -> None:
    tale = Tale()
    record = START + 5 * MINUTE
    zones: dict[str, Any] = {"zone_minutes": 480, "written_zone_minutes": 480}
    tale.made("x", at=8, record_time_us=record, **zones)
    assert judged_count(tale, backdated_record) == 1


@pytest.mark.parametrize(("minutes", "count"), [(4, 0), (6, 1)])
def test_clocks_of_sensors_differ(minutes: int, count: int) -> None:
    tale = Tale()
    reading = SensorReading(0, "Temperature", time_us=START + minutes * MINUTE)
    tale.seen("x", at=0, record_time_us=START, sensors=(reading,))
    assert judged_count(tale, time_order) == count


def test_goods_are_warm_before_they_are_cooled() -> None:
    tale = Tale()
    tale.seen("x", sensors=temperatures(24, 22))
    tale.seen("x", sensors=temperatures(3, 3, 2, 2))
    assert found(tale.judge(sensor_limit)) == []
    tale.seen("x", sensors=temperatures(11))
    assert found(tale.judge(sensor_limit)) == [("too-warm", (2,))]


def test_a_business_document_is_signed_at_a_desk() -> None:
    tale = Tale()
    tale.reference = ReferenceData(
        (place("S", at=("31.2", "121.44")), place("U", at=("43.83", "87.62")))
    )
    tale.seen("x", at=0, read_point="S")
    tale.event(EventKind.TRANSACTION, 0.1, things=("x",), read_point="U")
    tale.seen("x", at=0.2, read_point="S")
    assert found(tale.judge(impossible_travel)) == []


def test_days_of_validity_begin_where_the_thing_is() -> None:
    midnight = START - START % DAY
    tale = Tale()
    record = certificate("G", "", midnight, midnight + DAY - 1)
    tale.reference = ReferenceData((), (record,))
    fields: dict[str, Any] = {"certifications": ("G",)}
    early = (midnight - 7 * HOUR - START) / HOUR
    tale.made("x", at=early, zone_minutes=480, **fields)
    tale.made("y", at=early + 34, zone_minutes=-300, **fields)
    assert found(tale.judge(expired_certificate)) == []
    tale.made("z", at=early, zone_minutes=60, **fields)
    assert found(tale.judge(expired_certificate)) == [("not-valid-then", (2,))]


def test_a_party_is_not_compared_with_a_place() -> None:
    party = "https://id.gs1.org/417/4012345000016"
    tale = Tale()
    record = certificate("G", party, START - DAY, START + DAY)
    tale.reference = ReferenceData((), (record,))
    one = tale.made("x", at=0, read_point=PLACE, certifications=("G",))
    assert found(tale.judge(expired_certificate)) == []
    holder = structs.replace(record, holder=f"{PLACE[:-1]}x")
    tale.reference = ReferenceData((), (holder,))
    assert found(tale.judge(expired_certificate)) == [("other-holder", (one,))]


def test_recalled_goods_are_openly_sent_back() -> None:
    tale = Tale()
    tale.made("x")
    tale.seen("x", set_dispositions=("recalled",))
    tale.seen("x", step="shipping", disposition="recalled")
    assert found(tale.judge(disposition_conflict)) == []
    tale.seen("x", step="shipping", disposition="in_transit")
    assert found(tale.judge(disposition_conflict)) == [("traded-after", (1, 3))]


@pytest.mark.parametrize(
    ("flag", "count"),
    [({"disposition": "recalled"}, 0), ({"set_dispositions": ("recalled",)}, 1)],
)
def test_a_disposition_lasts_until_the_next(flag: dict[str, Any], count: int) -> None:
    tale = Tale()
    tale.made("x")
    tale.seen("x", **flag)
    tale.seen("x", step="inspecting", disposition="sellable_accessible")
    tale.seen("x", step="retail_selling", disposition="retail_sold")
    assert judged_count(tale, disposition_conflict) == count


def test_deliveries_on_one_route_are_not_mixed_up() -> None:
    """The shipping of the first one is not in these files."""
    tale = Tale()
    ends: dict[str, Any] = {"sources": parties("A"), "destinations": parties("B")}
    tale.seen("crate", step="receiving", **ends)
    tale.seen("crate", step="shipping", **ends)
    tale.seen("crate", step="receiving", **ends)
    assert found(tale.judge(time_order)) == []
    tale.seen("box", step="receiving", **ends)
    tale.seen("box", step="shipping", **ends)
    assert found(tale.judge(time_order)) == [("received-before-shipped", (3, 4))]


@pytest.mark.parametrize(("start", "count"), [(START, 0), (START + DAY, 1)])
def test_one_sensor_rides_with_two_pallets(start: int, count: int) -> None:
    tale = Tale()
    values = (2, 3, 2, 4, 2, 3, 5, 2)
    for thing, begin in (("p", START), ("q", start)):
        series = temperatures(*values, start_us=begin)
        named = tuple(structs.replace(each, device="logger") for each in series)
        tale.seen(thing, sensors=named)
    assert judged_count(tale, sensor_limit) == count
