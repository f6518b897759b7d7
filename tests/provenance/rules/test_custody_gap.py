# ruff: noqa: ANN401 - fields of events are passed on as they are
from datetime import timedelta
from typing import Any

from msgspec import structs

from explorer.model.master_data import ReferenceData
from explorer.provenance.rules import custody_gap
from tests.provenance.event_stories import Tale, found, parties, place


def ship(tale: Tale, thing: str, start: str, end: str, **fields: Any) -> int:
    return tale.seen(
        thing,
        step="shipping",
        read_point=start,
        sources=parties(start),
        destinations=parties(end),
        **fields,
    )


def receive(tale: Tale, thing: str, start: str, end: str, **fields: Any) -> int:
    return tale.seen(
        thing,
        step="receiving",
        read_point=end,
        sources=parties(start),
        destinations=parties(end),
        **fields,
    )


def test_shipped_from_where_it_was_not_received() -> None:
    tale = Tale()
    ship(tale, "p", "A", "B")
    receive(tale, "p", "A", "B")
    ship(tale, "p", "C", "D")
    receive(tale, "p", "C", "D")
    judged = tale.judge(custody_gap)
    assert found(judged) == [("shipped-from-elsewhere", (1, 2))]
    assert judged.found[0].items == ("p",)


def test_from_hand_to_hand_is_in_order() -> None:
    tale = Tale()
    for start, end in (("A", "B"), ("B", "C"), ("C", "D")):
        ship(tale, "p", start, end)
        receive(tale, "p", start, end)
    assert found(tale.judge(custody_gap)) == []


def test_a_journey_in_the_wrong_order_is_left_to_time_order() -> None:
    tale = Tale()
    ship(tale, "p", "A", "B", at=2)
    receive(tale, "p", "A", "B", at=1)
    assert found(tale.judge(custody_gap)) == []


def test_a_lot_may_be_shipped_from_where_it_still_is() -> None:
    tale = Tale()
    tale.lot("lot", 9, location="A")
    for step, where in (("shipping", "A"), ("receiving", "B"), ("shipping", "A")):
        tale.lot("lot", 4, action="OBSERVE", step=step, read_point=where)
    assert found(tale.judge(custody_gap)) == []
    tale.lot("lot", 4, action="OBSERVE", step="shipping", read_point="Z")
    assert found(tale.judge(custody_gap)) == [("shipped-from-elsewhere", (2, 4))]


def test_never_received() -> None:
    tale = Tale()
    ship(tale, "p", "A", "B", at=0)
    ship(tale, "q", "A", "B", at=24 * 20)
    tale.seen("other", at=24 * 40, read_point="B")
    judged = tale.judge(custody_gap)
    assert found(judged) == [("never-received", (0,))]
    several = tale.judge(custody_gap, receive_within=timedelta(days=10))
    assert found(several) == [("never-received", (0,)), ("never-received", (1,))]


def test_anything_done_at_the_other_end_is_an_arrival() -> None:
    for step in ("receiving", "stocking", "unpacking"):
        tale = Tale()
        ship(tale, "p", "A", "B", at=0)
        tale.seen("p", at=5, step=step, read_point="B")
        tale.seen("other", at=24 * 90)
        assert found(tale.judge(custody_gap)) == []


def test_contents_that_go_on_have_arrived() -> None:
    tale = Tale()
    tale.packed("p", "x", at=0)
    ship(tale, "p", "A", "B", at=1)
    tale.seen("x", at=9, step="stocking", read_point="B")
    tale.seen("other", at=24 * 90)
    assert found(tale.judge(custody_gap)) == []


def test_ended_things_are_left_to_their_rule() -> None:
    tale = Tale()
    tale.ended("x", at=0, step="retail_selling")
    ship(tale, "x", "A", "B", at=1)
    tale.seen("other", at=24 * 90)
    assert found(tale.judge(custody_gap)) == []


def test_received_under_another_destination() -> None:
    tale = Tale()
    ship(tale, "p", "A", "B")
    tale.seen("p", step="receiving", read_point="C", destinations=parties("C"))
    assert found(tale.judge(custody_gap)) == [("other-destination", (0, 1))]


def test_destinations_of_other_kinds_are_not_compared() -> None:
    tale = Tale()
    ship(tale, "p", "A", "B")
    place = parties("C", kind="location")
    tale.seen("p", step="receiving", read_point="C", destinations=place)
    assert found(tale.judge(custody_gap)) == []


def test_without_a_place_nothing_can_be_judged() -> None:
    tale = Tale()
    receive(tale, "p", "A", "B")
    tale.seen("p", step="shipping")
    judged = tale.judge(custody_gap)
    assert found(judged) == []
    assert judged.missing == {"place": 1}


def test_a_destination_without_records_here_is_not_accused() -> None:
    tale = Tale()
    ship(tale, "p", "A", "B", at=0)
    ship(tale, "q", "A", "C", at=1)
    receive(tale, "q", "A", "C", at=2)
    tale.seen("other", at=24 * 90, read_point="A", step="stocking")
    judged = tale.judge(custody_gap)
    assert found(judged) == []
    assert judged.missing == {"arrivals": 1}


def test_doors_and_rooms_of_one_place_are_one_place() -> None:
    base = "https://id.gs1.org/414/6901234000016"
    tale = Tale()
    tale.seen("p", step="receiving", read_point=f"{base}/254/in", location=base)
    tale.seen("p", step="shipping", read_point=f"{base}/254/out")
    tale.seen("p", step="receiving", read_point="geo:1,2", location="W")
    tale.seen("p", step="shipping", read_point="geo:1.0001,2", location="W")
    assert found(tale.judge(custody_gap)) == []


def test_master_data_say_which_door_belongs_to_which_place() -> None:
    tale = Tale()
    whole = structs.replace(place("house"), children=("in", "out"))
    tale.reference = ReferenceData((whole,))
    tale.seen("p", step="receiving", read_point="in")
    tale.seen("p", step="shipping", read_point="out")
    assert found(tale.judge(custody_gap)) == []


def test_shipped_from_where_it_was_stored_since() -> None:
    tale = Tale()
    tale.seen("p", step="receiving", read_point="A")
    tale.seen("p", step="storing", read_point="B")
    tale.seen("p", step="shipping", read_point="B")
    assert found(tale.judge(custody_gap)) == []


def test_a_product_class_is_anywhere() -> None:
    name = "https://id.gs1.org/01/04012345111118"
    tale = Tale()
    for step, where in (("receiving", "A"), ("shipping", "Z")):
        tale.lot(name, 4, action="OBSERVE", step=step, read_point=where)
    assert found(tale.judge(custody_gap)) == []
