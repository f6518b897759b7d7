# ruff: noqa: ANN401 - fields of events are passed on as they are
from typing import Any

from msgspec import structs

from explorer.core.absent import Absent
from explorer.model.events import EventKind, Reference, SensorReading
from explorer.provenance.rules import time_order
from tests.provenance.event_stories import (
    HOUR,
    START,
    Tale,
    found,
    ilmd,
    parties,
    quantity,
)


def transport(shipped: float, received: float, **both: Any) -> Tale:
    tale = Tale()
    ends: dict[str, Any] = {"sources": parties("A"), "destinations": parties("B")}
    ends |= both
    tale.seen("x", at=shipped, step="shipping", **ends)
    tale.seen("x", at=received, step="receiving", **ends)
    return tale


def test_received_before_shipped() -> None:
    judged = transport(2, 0).judge(time_order)
    assert found(judged) == [("received-before-shipped", (1, 0))]
    assert judged.found[0].items == ("x",)


def test_shipped_before_received_and_at_once_is_in_order() -> None:
    assert found(transport(0, 2).judge(time_order)) == []
    assert found(transport(1, 1).judge(time_order)) == []


def test_other_parties_are_another_journey() -> None:
    tale = transport(2, 0)
    tale.events[0] = structs.replace(tale.events[0], destinations=parties("C"))
    assert found(tale.judge(time_order)) == []


def test_one_document_is_one_journey() -> None:
    bill = (Reference("bol", "b1"),)
    tale = transport(2, 0, sources=(), destinations=(), transactions=bill)
    assert found(tale.judge(time_order)) == [("received-before-shipped", (1, 0))]


def test_a_round_trip_is_in_order() -> None:
    tale = Tale()
    ends: dict[str, Any] = {"sources": parties("A"), "destinations": parties("B")}
    for step in ("shipping", "receiving", "shipping", "receiving"):
        tale.seen("x", step=step, **ends)
    assert found(tale.judge(time_order)) == []


def test_used_before_made() -> None:
    tale = Tale()
    tale.turned([quantity("lot", 5)], ["x"], at=0)
    tale.lot("lot", 5, at=1)
    judged = tale.judge(time_order)
    assert found(judged) == [("used-before-made", (0, 1))]


def test_an_order_may_name_what_is_not_made_yet() -> None:
    tale = Tale()
    tale.event(EventKind.TRANSACTION, 0, things=("x",))
    tale.made("x", at=1)
    assert found(tale.judge(time_order)) == []


def test_out_before_in() -> None:
    tale = Tale()
    tale.turned([], ["x"], at=0, process="p")
    tale.turned(["a"], [], at=1, process="p")
    assert found(tale.judge(time_order)) == [("out-before-in", (0, 1))]
    late = Tale()
    late.turned(["a"], [], at=0, process="p")
    late.turned([], ["x"], at=1, process="p")
    assert found(late.judge(time_order)) == []


def test_unpacked_before_packed() -> None:
    tale = Tale()
    tale.unpacked("p", "x", at=0)
    tale.packed("p", "x", at=1)
    assert found(tale.judge(time_order)) == [("unpacked-before-packed", (0, 1))]


def test_unpacked_without_any_packing_is_not_judged() -> None:
    tale = Tale()
    tale.unpacked("p", "x", at=0)
    tale.packed("q", "x", at=1)
    assert found(tale.judge(time_order)) == []


def test_measured_after_it_was_recorded() -> None:
    for late, count in ((1, 1), (0, 0)):
        tale = Tale()
        reading = SensorReading(0, "Temperature", time_us=START + late * HOUR)
        tale.seen("x", at=0, sensors=(reading,), record_time_us=START)
        assert tale.judge(time_order).total == count


def test_a_harvest_date_after_the_event() -> None:
    tale = Tale()
    tale.made("x", at=0, ilmd=ilmd(harvestDate="2026-12-24"))
    tale.made("y", at=0, ilmd=ilmd(harvestDate="2026-09-01", other="2027-01-01"))
    tale.made("z", at=0, ilmd=ilmd(harvestDate="soon"))
    assert found(tale.judge(time_order)) == [("made-before-date", (0,))]


def test_an_event_without_time_cannot_be_judged() -> None:
    tale = transport(2, 0)
    tale.seen("y", event_time_us=Absent.NOT_IN_EXPORT)
    assert tale.judge(time_order).missing == {"event-time": 1}
