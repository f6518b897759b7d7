import pytest

from explorer.encodings.epcis.json_text import Number
from explorer.encodings.epcis.json_tree import (
    TooDeepError,
    context_of,
    event_tree,
    is_event,
    type_of,
)
from explorer.encodings.epcis.nodes import Context, Node

CONTEXT = Context(is_json=True, prefixes={"ex": "https://ex.org/"})


def fields(value: dict[str, object]) -> list[Node]:
    return event_tree({"type": "ObjectEvent", **value}, CONTEXT, 0, 0).fields


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"type": "ObjectEvent"}, "ObjectEvent"),
        ({"@type": "epcis:ObjectEvent"}, "ObjectEvent"),
        ({"isA": "https://x/ObjectEvent"}, "ObjectEvent"),
        ({"type": Number("3")}, ""),
        ({"type": ["ObjectEvent"]}, "ObjectEvent"),
        ({"type": ["ObjectEvent", "Other"]}, ""),
        ({}, ""),
    ],
)
def test_types_in_all_spellings(value: dict[str, object], expected: str) -> None:
    assert type_of(value) == expected
    assert is_event(value) is bool(expected)


def test_lists_of_the_standard_get_the_names_of_xml() -> None:
    assert fields({"childEPCs": ["a", "b"]}) == [
        Node("childEPCs", "", [Node("epc", "a", []), Node("epc", "b", [])])
    ]
    assert fields({"sourceList": [{"type": "t", "source": "s"}]}) == [
        Node("sourceList", "", [Node("source", "s", [Node("type", "t", [])])])
    ]


def test_other_lists_repeat_their_key() -> None:
    assert fields({"ex:a": ["1", {"ex:b": True}]}) == [
        Node("{https://ex.org/}a", "1", []),
        Node(
            "{https://ex.org/}a",
            "",
            [Node("{https://ex.org/}b", "true", [], is_literal=True)],
        ),
    ]


def test_comments_and_contexts_are_no_fields() -> None:
    value = {"rdfs:comment": "x", "comment": "y", "@context": {"q": "https://q/"}}
    assert fields({**value, "q:a": None, "#text": "z"}) == [
        Node("{https://q/}a", "null", [], is_literal=True)
    ]


def test_prefixes_of_the_epcis_context_are_known() -> None:
    assert fields({"gs1:a": "1", "unknown:b": "2"}) == [
        Node("{https://gs1.org/voc/}a", "1", []),
        Node("unknown:b", "2", []),
    ]


def test_terms_may_be_objects() -> None:
    context = context_of([{"a": {"@id": "https://a/"}, "b": 3}], CONTEXT)
    assert dict(context.prefixes) == {"ex": "https://ex.org/", "a": "https://a/"}


def test_deep_values_are_refused() -> None:
    deep: object = "x"
    for _ in range(100):
        deep = [deep]
    with pytest.raises(TooDeepError):
        fields({"ex:a": deep})
