import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.encodings.epcis.json_reader import read_json, read_json_event
from explorer.encodings.epcis.nodes import (
    Damage,
    DocumentEnd,
    EventTree,
    Item,
    OtherValue,
    Vocabulary,
)
from tests.encodings.epcis.written import CONTEXT, EVENT, document, items, trees

BARE = {"@context": CONTEXT, **EVENT}


@pytest.mark.parametrize(
    "value",
    [
        {"@context": CONTEXT, "epcisBody": {"eventList": [EVENT]}},
        {"epcisBody": {"eventList": [EVENT]}, "@context": CONTEXT},
        {"@context": CONTEXT, "epcisBody": {"event": EVENT}},
        {
            "@context": CONTEXT,
            "epcisBody": {"queryResults": {"resultsBody": {"eventList": [EVENT]}}},
        },
        {"@context": CONTEXT, "eventList": [EVENT]},
        {"@context": CONTEXT, "events": [EVENT]},
        {"@context": CONTEXT, "epcisBody": {"eventList": EVENT}},
        {"data": {"@context": CONTEXT, "epcisBody": {"eventList": [EVENT]}}},
        {"epcisDocument": {"epcisBody": {"eventList": [EVENT]}, "@context": CONTEXT}},
        BARE,
        [BARE],
        [{"@context": CONTEXT, "epcisBody": {"eventList": [EVENT]}}],
        [{"@context": CONTEXT, "epcisBody": {"event": EVENT}}],
    ],
)
@pytest.mark.parametrize("step", [0, 7])
def test_all_shapes_hold_the_event(value: object, step: int) -> None:
    data = json.dumps(value, ensure_ascii=False).encode()
    (found,) = trees(data, step)
    names = {each.name for each in found.fields}
    assert "{https://example.org/pears/}note" in names
    if isinstance(value, dict) and value is not BARE:
        assert json.loads(data[found.start : found.end]) == EVENT


def test_lines_of_events_are_read_one_after_the_other() -> None:
    data = "\n".join(json.dumps(BARE) for _ in range(3)).encode()
    found = trees(data, 50)
    assert [json.loads(data[each.start : each.end]) for each in found] == [BARE] * 3


def kinds(found: list[Item]) -> list[str]:
    return [
        each.reason if isinstance(each, Damage) else type(each).__name__
        for each in found
    ]


def test_a_wrong_event_hides_none_of_the_others() -> None:
    text = json.dumps(EVENT)
    data = b'{"epcisBody": {"eventList": [%s, {"a": x}, %s]}}'
    found = items(data % (text.encode(), text.encode()))
    assert kinds(found) == ["EventTree", "not-json", "EventTree", "DocumentEnd"]
    damage = found[1]
    assert isinstance(damage, Damage)
    whole = data % (text.encode(), text.encode())
    assert whole[damage.start : damage.end] == b'{"a": x}'


def test_a_cut_document_keeps_what_came_before() -> None:
    whole = document(EVENT, EVENT)
    found = items(whole[:-200])
    assert kinds(found) == ["EventTree", "cut-off"]
    assert kinds(items(document(EVENT)[:-1])) == ["EventTree", "cut-off"]


def test_comments_are_told_once_and_passed_over() -> None:
    data = document(EVENT, EVENT).replace(b"\n", b" // x\n", 3)
    found = items(data, 11)
    assert kinds(found)[0] == "comment-in-json"
    assert kinds(found).count("comment-in-json") == 1
    events = [each for each in found if isinstance(each, EventTree)]
    assert len(events) == 2
    assert json.loads(data[events[1].start : events[1].end]) == EVENT


@pytest.mark.parametrize(
    ("data", "reasons"),
    [
        (b"", []),
        (b"hello", ["not-json"]),
        (document(EVENT) + b"trailing", ["EventTree", "DocumentEnd", "not-json"]),
        (b'{"a" 1}', ["not-json"]),
        (b"{1: 2}", ["not-json"]),
        (b'{"a": 1; "b": 2}', ["not-json"]),
        (b'{"eventList": [1 2]}', ["OtherValue", "not-json"]),
        (b"[]", []),
        (b"{}", ["DocumentEnd"]),
        (b'{"eventList": []}', ["DocumentEnd"]),
    ],
)
def test_damage_is_yielded_never_raised(data: bytes, reasons: list[str]) -> None:
    assert kinds(items(data)) == reasons


def test_what_is_no_event_is_handed_on_with_its_type() -> None:
    data = document({"type": "ex:HarvestEvent", "x": 1}, 7, EVENT)
    found = items(data)
    assert kinds(found) == ["OtherValue", "OtherValue", "EventTree", "DocumentEnd"]
    assert isinstance(found[0], OtherValue)
    assert found[0].type == "HarvestEvent"


def test_deep_events_are_damage() -> None:
    nested: object = "x"
    for _ in range(80):
        nested = {"example:a": nested}
    found = items(document({**EVENT, "example:deep": nested}))
    assert kinds(found)[0] == "too-deep"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b'"note": 1, "note": 2', "key-repeated"),
        (b'"note": NaN', "not-a-number"),
        (b'"note": "\\ud800"', "not-utf-8"),
        (b'"note": "\xff"', "not-utf-8"),
    ],
)
def test_flaws_of_an_event_do_not_hinder_it(text: bytes, reason: str) -> None:
    data = b'{"eventList": [{"type": "ObjectEvent", %s}]}' % text
    (found,) = trees(data)
    assert reason in [each.reason for each in found.flaws]
    assert all(each.text.isprintable() for each in found.fields)


def test_too_many_other_bytes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.encodings.epcis.json_reader.MAX_RECORD_BYTES", 50)
    data = b'{"a": "%s", "b": "%s"}' % (b"x" * 40, b"x" * 40)
    assert kinds(items(data)) == ["not-json"]


def test_master_data_of_the_header() -> None:
    header = {
        "epcisMasterData": {
            "vocabularyList": [
                {
                    "type": "urn:epcglobal:epcis:vtype:Location",
                    "vocabularyElementList": [
                        {
                            "id": "urn:epc:id:sgln:9520000.00001.0",
                            "attributes": [{"id": "x#name", "attribute": "Orchard"}],
                            "children": ["urn:epc:id:sgln:9520000.00001.1"],
                        }
                    ],
                },
                "no vocabulary",
            ]
        }
    }
    found = items(document(epcisHeader=header))
    (element,) = [each for each in found if isinstance(each, Vocabulary)]
    assert element.type == "urn:epcglobal:epcis:vtype:Location"
    assert [each.name for each in element.fields] == ["attribute", "children"]


def test_odd_master_data_is_made_sound() -> None:
    deep: object = "x"
    for _ in range(100):
        deep = {"a": deep}
    element = {
        "id": "\ud800",
        "attributes": [
            {"id": "a", "attribute": deep},
            {"id": "b", "attribute": "\ud800"},
        ],
    }
    header = {
        "epcisMasterData": {"vocabularyList": {"vocabularyElementList": [element]}}
    }
    value = {"type": "\ud800Document", "epcisHeader": header}
    found, end = items(json.dumps(value).encode())
    assert isinstance(found, Vocabulary)
    assert found.id == "\ufffd"
    assert [len(each.children) for each in found.fields] == [1, 1]
    assert found.fields[1].text == "\ufffd"
    assert isinstance(end, DocumentEnd)
    end.root.encode()


def test_the_end_says_what_the_document_calls_itself() -> None:
    end = items(document())[-1]
    assert isinstance(end, DocumentEnd)
    assert (end.root, end.schema_version) == ("EPCISDocument", "2.0")


def test_a_cut_out_event_is_read_with_its_context() -> None:
    data = document(EVENT)
    (found,) = trees(data)
    again = read_json_event(data[found.start : found.end], found.context)
    assert again is not None
    assert again.fields == found.fields
    assert read_json_event(b"{}", found.context) is None


@given(st.binary(max_size=200), st.integers(1, 9))
def test_no_bytes_make_it_raise(data: bytes, step: int) -> None:
    pieces = [data[at : at + step] for at in range(0, len(data), step)]
    list(read_json(lambda: iter(pieces)))


@given(st.data())
def test_no_mutation_makes_it_raise(data: st.DataObject) -> None:
    whole = bytearray(document(EVENT, EVENT))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(whole) - 1))
        whole[place] = data.draw(st.integers(0, 255))
    items(bytes(whole), 97)
