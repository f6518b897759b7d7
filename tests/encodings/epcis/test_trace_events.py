from decimal import Decimal

import pytest

from explorer.core.absent import Absent
from explorer.core.spans import ByteSpan
from explorer.encodings.epcis.trace_events import trace_event
from explorer.model.events import (
    Action,
    ErrorDeclaration,
    EventKind,
    EventPlace,
    Extra,
    Flaw,
    Quantity,
    Reference,
    TraceEvent,
)
from tests.encodings.epcis.written import EVENT, tree, trees, xml_document, xml_event

PLACE = EventPlace(0, 3, ByteSpan(0, 5, 9))
ITEM = "https://id.gs1.org/01/09520000000011/21/7"
LOT = "https://id.gs1.org/01/09520000000011/10/L1"
HERE = "https://id.gs1.org/414/9520000000011"


def read(**more: object) -> TraceEvent:
    value = {k: v for k, v in {**EVENT, **more}.items() if v is not ...}
    return trace_event(tree(value), PLACE)


def reasons(event: TraceEvent) -> list[str]:
    return [each.reason for each in event.flaws]


def test_json_and_xml_give_the_same_event() -> None:
    (from_xml,) = trees(xml_document(xml_event(EVENT)))
    one, other = read(), trace_event(from_xml, PLACE)
    assert one == other
    assert one.flaws == ()


def test_everything_is_canonical_exact_and_bare() -> None:
    event = read()
    assert event.kind is EventKind.OBJECT
    assert event.place is PLACE
    assert event.things == (ITEM,)
    assert event.quantities == (Quantity(LOT, Decimal("12.50"), "KGM"),)
    assert (event.step, event.disposition) == ("commissioning", "active")
    assert event.action is Action.ADD
    assert event.event_time_us == 1_788_213_600_000_000
    assert (event.zone_minutes, event.written_zone_minutes) == (480, 480)
    assert event.read_point == HERE
    assert event.transactions == (Reference("po", "urn:po:1"),)
    (extra,) = event.ilmd
    assert (extra.local, extra.value) == ("variety", "砀山酥梨")
    assert (ITEM, "urn:epc:id:sgtin:9520000.000001.7") in event.spellings


def test_lists_hold_each_thing_once() -> None:
    assert read(epcList=["a", "a", ""]).things == ("a",)
    assert read(epcList=[]).things == ()


def test_a_transformation() -> None:
    event = read(
        type="TransformationEvent",
        action=...,
        epcList=...,
        inputEPCList=["a"],
        outputEPCList=["b"],
        outputQuantityList=[{"epcClass": "c"}],
        transformationID="t1",
    )
    assert event.kind is EventKind.TRANSFORMATION
    assert (event.inputs, event.outputs, event.process) == (("a",), ("b",), "t1")
    assert event.output_quantities == (Quantity("c", Absent.NOT_IN_EXPORT),)
    assert event.action is Absent.NOT_IN_FORMAT
    assert event.flaws == ()


def test_an_aggregation_needs_a_parent_unless_it_only_looks() -> None:
    wrong = read(type="AggregationEvent", epcList=..., childEPCs=["a"])
    assert reasons(wrong) == ["parent-missing"]
    seen = read(type="AggregationEvent", action="OBSERVE", childEPCs=["a"])
    assert seen.flaws == ()
    whole = read(type="AssociationEvent", parentID="p", childEPCs=["a"])
    assert (whole.kind, whole.parent, whole.children) == (
        EventKind.ASSOCIATION,
        "p",
        ("a",),
    )


def test_parties_dispositions_and_errors() -> None:
    event = read(
        sourceList=[{"type": "possessing_party", "source": HERE}],
        destinationList=[{"type": "urn:x", "destination": "d"}, {"destination": ""}],
        persistentDisposition={"set": ["recalled"], "unset": ["cbv:Disp-stolen"]},
        errorDeclaration={
            "declarationTime": "1970-01-01T00:00:01Z",
            "reason": "incorrect_data",
            "correctiveEventIDs": ["urn:uuid:2"],
        },
        certificationInfo=["https://c/1", "https://c/2"],
        recordTime="1970-01-01T00:00:02Z",
    )
    assert event.sources == (Reference("possessing_party", HERE),)
    assert event.destinations == (Reference("urn:x", "d"),)
    assert event.set_dispositions == ("recalled",)
    assert event.unset_dispositions == ("stolen",)
    assert event.error == ErrorDeclaration(1_000_000, "incorrect_data", ("urn:uuid:2",))
    assert event.certifications == ("https://c/1", "https://c/2")
    assert event.record_time_us == 2_000_000
    assert event.flaws == ()


def test_extensions_inside_standard_parts_are_kept_with_their_part() -> None:
    event = read(readPoint={"id": HERE, "example:room": "7"})
    name = "{https://example.org/pears/}room"
    assert Extra("readPoint", "", (Extra(name, "7"),)) in event.extensions


def test_a_quantity_event_of_1_2() -> None:
    (found,) = trees(
        xml_document(
            "<QuantityEvent><eventTime>1970-01-01T00:00:00Z</eventTime>"
            "<eventTimeZoneOffset>Z</eventTimeZoneOffset>"
            "<epcClass>c</epcClass><quantity>3</quantity></QuantityEvent>"
        )
    )
    event = trace_event(found, PLACE)
    assert event.kind is EventKind.OBSERVATION
    assert event.quantities == (Quantity("c", Decimal(3)),)
    assert event.flaws == ()


@pytest.mark.parametrize(
    ("more", "flaw"),
    [
        ({"eventTime": ...}, Flaw("time-missing", "eventTime")),
        ({"eventTime": "noon"}, Flaw("time-unreadable", "eventTime", "noon")),
        ({"recordTime": "noon"}, Flaw("time-unreadable", "recordTime", "noon")),
        ({"eventTimeZoneOffset": ...}, Flaw("zone-missing", "eventTimeZoneOffset")),
        (
            {"eventTimeZoneOffset": "x"},
            Flaw("zone-unreadable", "eventTimeZoneOffset", "x"),
        ),
        ({"action": ...}, Flaw("action-missing", "action")),
        ({"action": "CREATE"}, Flaw("action-unknown", "action", "CREATE")),
        ({"bizStep": "x"}, Flaw("word-unknown", "bizStep", "x")),
        ({"madeUp": "x"}, Flaw("field-unknown", "madeUp", "x")),
        ({"epcList": "a"}, Flaw("list-expected", "epcList", "a")),
        (
            {"quantityList": [{"epcClass": "c", "quantity": "x"}]},
            Flaw("number-unreadable", "quantity", "x"),
        ),
        ({"quantityList": [{"quantity": 1}]}, Flaw("class-missing", "epcClass")),
        (
            {"quantityList": [{"epcClass": "c", "weight": "5"}]},
            Flaw("field-unknown", "weight", "5"),
        ),
        ({"ilmd": {"a": "1"}}, Flaw("namespace-missing", "ilmd.a", "1")),
        (
            {"certificationInfo": {"example:a": "1"}},
            Flaw("certification-not-an-address", "certificationInfo"),
        ),
    ],
)
def test_what_the_standard_does_not_allow_is_said(
    more: dict[str, object], flaw: Flaw
) -> None:
    assert flaw in read(**more).flaws


def test_long_wrong_text_is_cut() -> None:
    (flaw,) = read(action="x" * 500).flaws
    assert len(flaw.detail) == 200
