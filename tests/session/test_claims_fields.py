"""What recorded values say by the names of their fields."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.absent import Absent
from explorer.model.claim_sheets import EventTime, Topic
from explorer.session.claims_fields import (
    MAX_FIELDS,
    MAX_VALUE_BYTES,
    event_time,
    facts_of,
    plain_name,
)

DAY = 1_788_220_800_000_000  # 2026-09-01


def said(value: object) -> list[tuple[Topic, str]]:
    data = json.dumps(value, ensure_ascii=False).encode()
    return [(each.topic, each.text) for each in facts_of(data).facts]


def test_fields_are_known_in_both_languages_whatever_their_spelling() -> None:
    assert said({"产地": "梨川县", "品种": "酥梨", "等级": None}) == [
        (Topic.ORIGIN, "梨川县"),
        (Topic.VARIETY, "酥梨"),
    ]
    assert said({"Place of-Origin": "Licheng"}) == [(Topic.ORIGIN, "Licheng")]
    assert said({"example:variety": "crisp"}) == [(Topic.VARIETY, "crisp")]
    assert plain_name("ex:Net_Weight") == "netweight"


def test_unknown_fields_empty_values_and_truth_values_say_nothing() -> None:
    assert said({"colour": "green", "origin": "", "scans": True, "grade": {}}) == []


def test_json_written_as_text_inside_json_is_read() -> None:
    inner = json.dumps({"variety": "crisp"})
    assert said({"entry": {"payload": inner}}) == [(Topic.VARIETY, "crisp")]


def test_a_quantity_belongs_to_the_class_it_stands_with() -> None:
    value = {"quantityList": [{"epcClass": "urn:lot:1", "quantity": 5, "uom": "KGM"}]}
    (fact,) = facts_of(json.dumps(value).encode()).facts
    assert (fact.text, fact.of) == ("5 KGM", "urn:lot:1")


def test_a_sensor_report_of_temperature_is_read() -> None:
    report = {"type": "gs1:Temperature", "value": 3.4, "uom": "CEL"}
    value = {"sensorElementList": [{"sensorReport": [report]}]}
    assert said(value) == [(Topic.TEMPERATURE, "3.4 CEL")]


def test_coordinates_come_with_the_name_beside_them() -> None:
    value = {"lastScan": {"地点": "云泊市", "纬度": 31.15, "经度": "117.35"}}
    places = facts_of(json.dumps(value).encode()).places
    located = [each for each in places if not isinstance(each.latitude, Absent)]
    assert [(p.name, p.latitude, p.longitude) for p in located] == [
        ("云泊市", 31.15, 117.35)
    ]


def test_a_geo_uri_is_a_place_and_degrees_off_earth_are_none() -> None:
    read = facts_of(b'{"readPoint": {"id": "geo:31.5,117.25"}}').places
    assert (read[0].latitude, read[0].longitude) == (31.5, 117.25)
    wrong = facts_of(b'{"readPoint": {"id": "geo:95.0,117.25"}}').places
    assert isinstance(wrong[0].latitude, Absent)
    assert facts_of(b'{"lat": 31, "lon": 999}').places == []
    assert facts_of(b'{"lat": NaN, "lon": 3}').places == []


def test_holders_parties_and_hashes_are_found() -> None:
    value = {
        "holder": "Cold Carrier",
        "sourceList": [
            {"type": "urn:epcglobal:cbv:sdt:possessing_party", "source": "A"}
        ],
        "report": {"value": "ab" * 32},
    }
    found = facts_of(json.dumps(value).encode())
    assert ("Cold Carrier", "holder") in found.holders
    assert ("A", "source") in found.holders
    assert found.hashes == ["ab" * 32]


def test_a_day_and_a_moment_are_told_apart() -> None:
    assert event_time("2026-09-01") == EventTime(DAY, is_day=True)
    assert event_time("2026-09-01T08:00+08:00") == EventTime(DAY, is_day=False)
    assert event_time("2026-09-01T00:00:00") == EventTime(DAY, is_day=False)
    assert event_time("soon") is Absent.UNREADABLE


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not json",
        b'"text"',
        b"[" * 100_000,
        b'{"origin": ' + b"[" * 5_000 + b"]" * 5_000 + b"}",
        b"\xff\xfe{}",
        b'{"origin": "' + b"a" * MAX_VALUE_BYTES + b'"}',
    ],
)
def test_odd_and_hostile_values_say_nothing(data: bytes) -> None:
    assert facts_of(data).facts == []


def test_very_many_fields_are_bounded() -> None:
    value = [{"origin": str(number)} for number in range(5 * MAX_FIELDS)]
    assert len(said(value)) <= MAX_FIELDS


@given(st.binary(max_size=200))
def test_no_bytes_make_it_raise(data: bytes) -> None:
    facts_of(data)
    facts_of(b"{" + data + b"}")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["origin", "lat", "lon", "quantity", "type", "id", "place"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(_JSON)
def test_no_json_makes_it_raise(value: object) -> None:
    facts_of(json.dumps(value).encode())
