import json
from collections import Counter
from pathlib import Path

import pytest

from explorer.core.spans import ByteSpan
from explorer.encodings.epcis.documents import (
    HEAD_BYTES,
    is_companion,
    is_event_document,
    is_xml,
)
from explorer.encodings.epcis.nodes import Damage, EventTree
from explorer.encodings.epcis.trace_events import trace_event
from explorer.model.events import EventPlace
from tests.encodings.epcis.written import EVENT, document, items, xml_document


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (document(EVENT), True),
        (b'\xef\xbb\xbf  [{"type": "ObjectEvent"', True),
        (b'// x\n{"eventTime" : "2026"', True),
        (xml_document(), True),
        (
            b"\xff\xfe<\x00O\x00b\x00j\x00e\x00c\x00t\x00E\x00v\x00e\x00n\x00t\x00>\x00",
            True,
        ),
        (b"<ObjectEvent>", True),
        (b"<html>", False),
        (b'{"block": 1}', False),
        (b"", False),
        (b"PK\x03\x04", False),
    ],
)
def test_files_are_recognised_by_their_words(head: bytes, expected: bool) -> None:
    assert is_event_document(head) is expected


def test_a_companion_is_told_from_others() -> None:
    assert is_companion(b'\n {"places": {"1": 2}}')
    assert not is_companion(b'{"places": []}')
    assert not is_companion(b'{"other": {}}')


def test_xml_is_known_by_its_first_byte() -> None:
    assert is_xml(b"\xef\xbb\xbf\n<a/>")
    assert not is_xml(b"{")


INVALID = {
    "missing_mandatory_fields": {"action-missing", "zone-missing"},
    "multiple_invalid_fields": {
        "action-unknown",
        "namespace-missing",
        "time-unreadable",
        "word-unknown",
    },
    "field_without_namespace": {"namespace-missing"},
    "invalid_action.json": {"action-unknown"},
    "invalid_action.xml": {"action-unknown"},
    "certificationInfo": {"certification-not-an-address"},
    "quantityList": {"field-unknown"},
    "event_without_action": {"action-missing"},
    "unknown_element": {"field-unknown"},
    "without_eventTime": {"time-missing"},
}
"""Part of the file's name, which says what is wrong → flaws found."""


def test_all_published_documents_are_read(corpora: Path) -> None:
    folder = corpora / "epcis-docs"
    book = json.loads((folder / "manifest.json").read_text("utf-8"))
    for case in book:
        name = case["file"]
        found = items((folder / name).read_bytes(), HEAD_BYTES)
        events = [each for each in found if isinstance(each, EventTree)]
        damage = [each.reason for each in found if isinstance(each, Damage)]
        if "beef-leather" in name:  # its comments are no JSON, so nobody counted it
            assert (damage, len(events)) == (["comment-in-json"], 8)
            continue
        assert damage == [], name
        assert Counter(each.type for each in events) == Counter(case["events"]), name
        flaws = {
            flaw.reason
            for each in events
            for flaw in trace_event(each, EventPlace(0, 0, ByteSpan(0, 0, 0))).flaws
        }
        expected = [reasons for part, reasons in INVALID.items() if part in name]
        if expected:
            assert flaws == expected[0], name
        else:
            assert flaws <= {"namespace-missing"}, name
