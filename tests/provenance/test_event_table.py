from decimal import Decimal

import msgspec
import pytest

from explorer.core.absent import Absent
from explorer.model.events import Extra
from explorer.provenance.event_table import (
    ACTIONS,
    HAS_ID,
    NO_TIME,
    NO_ZONE,
    NONE,
    Entry,
    EventTable,
    Names,
    decimal_of,
    item_weight,
    point_of,
)
from tests.provenance.event_stories import ADD, Tale, ilmd, quantity


def test_the_same_text_has_the_same_number() -> None:
    names = Names()
    assert [names.number(each) for each in ("a", "b", "a", "")] == [0, 1, 0, NONE]
    assert (names.find("b"), names.find("c")) == (1, NONE)
    assert names.texts == ["a", "b"]


def test_a_table_holds_what_an_event_says() -> None:
    tale = Tale()
    tale.made("x", declared_id="id-1", record_time_us=5, zone_minutes=480)
    tale.lot("l", "2.5", "TNE")
    table = tale.table()
    assert len(table) == 2
    assert table.things.texts == ["x", "l"]
    assert list(table.record_time) == [5, NO_TIME]
    assert list(table.zone) == [480, NO_ZONE]
    assert ACTIONS[table.action[0]] is ADD
    assert [bool(flags & HAS_ID) for flags in table.flags] == [True, False]
    assert list(table.single) == [1, 0]
    assert list(table.amount) == [NONE, 0]
    assert table.amounts == [Decimal("2.5")]
    assert list(table.first_mention) == [0, 1, 2]


def test_a_thing_with_an_amount_is_named_once() -> None:
    tale = Tale()
    tale.turned(["i", quantity("i", 3)], ["o"], ilmd=ilmd(netWeightPerItemKg="1.5"))
    table = tale.table()
    assert table.things.texts == ["i", "o"]
    assert list(table.single) == [1, 1]
    assert [table.amounts[each] for each in table.amount] == [3, Decimal("1.5")]


@pytest.mark.parametrize("amount", ["NaN", "sNaN", "Infinity", "1e99", "1e-99"])
def test_an_amount_that_cannot_be_reckoned_with_is_none(amount: str) -> None:
    tale = Tale()
    tale.lot("l", amount)
    assert list(tale.table().amount) == [NONE]


def test_times_and_zones_outside_their_columns_are_none() -> None:
    tale = Tale()
    tale.seen("x", event_time_us=2**70, zone_minutes=2**20)
    table = tale.table()
    assert (table.time[0], table.zone[0]) == (NO_TIME, NO_ZONE)


def test_the_content_is_what_an_event_says_not_where() -> None:
    tale = Tale()
    tale.seen("x", at=1, declared_id="a", record_time_us=1)
    tale.seen("x", at=1, declared_id="b", record_time_us=2)
    tale.seen("x", at=1, step="shipping")
    table = tale.table()
    hashes = [bytes(table.content_hash[at : at + 16]) for at in (0, 16, 32)]
    assert hashes[0] == hashes[1] != hashes[2]


def test_what_few_events_have_is_shared_where_it_is_the_same() -> None:
    tale = Tale()
    for _ in range(2):
        tale.seen("x", certifications=("c",))
    tale.seen("x")
    table = tale.table()
    assert set(table.details) == {0, 1}
    assert table.details[0] is table.details[1]


def test_a_point_of_the_event_itself_is_read_from_its_extensions() -> None:
    tale = Tale()
    inner = Extra(
        "readPoint", "", (Extra("{n}latitude", "33.05"), Extra("经度", "119"))
    )
    tale.seen("x", extensions=(inner,))
    assert tale.table().details[0].point == (Decimal("33.05"), Decimal(119))


def test_names_that_are_no_text_do_not_matter() -> None:
    table = EventTable()
    tale = Tale()
    tale.seen("", "x")
    table.add(tale.events[0], Entry(0, 0))
    assert table.things.texts == ["x"]
    odd = msgspec.structs.replace(tale.events[0], things=("\ud800",))
    table.add(odd, Entry(0, 1))
    assert len(table) == 2


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (" 1.50 ", Decimal("1.5")),
        ("-3", Decimal(-3)),
        ("", Absent.UNREADABLE),
        ("x", Absent.UNREADABLE),
        ("NaN", Absent.UNREADABLE),
        ("1e31", Absent.UNREADABLE),
        ("1" * 41, Absent.UNREADABLE),
    ],
)
def test_free_numbers(text: str, number: object) -> None:
    assert decimal_of(text) == number


def test_weights_and_points() -> None:
    assert item_weight(ilmd(other=1, itemWeightKg="2")) == 2
    assert item_weight(()) is Absent.NOT_IN_EXPORT
    assert point_of(Decimal(91), Decimal(0)) is Absent.UNREADABLE
    assert point_of(Absent.UNREADABLE, Decimal(0)) is Absent.NOT_IN_EXPORT
