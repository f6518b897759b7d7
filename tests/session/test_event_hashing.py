from pathlib import Path

from explorer.session.event_hashing import hash_file
from tests.encodings.epcis.written import EVENT, document


def test_events_of_a_file_in_its_order(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(document(EVENT, {**EVENT, "action": "DELETE"}, 7))
    found = hash_file(path)
    assert [each.type for each in found.events] == ["ObjectEvent"] * 2
    assert found.events[0].hash != found.events[1].hash
    assert found.events[0].hash.startswith("ni:///sha-256;")
    assert [reason for reason, _ in found.problems] == ["not-an-event"]
    assert not found.events[0].declares_hash
    own = document({**EVENT, "eventID": found.events[0].hash})
    path.write_bytes(own)
    (event,) = hash_file(path).events
    assert (event.variant, event.declares_hash) == ("canonical", True)
    path.write_bytes(own.replace(b'"ADD"', b'"DELETE"'))
    (event,) = hash_file(path).events
    assert (event.variant, event.declares_hash) == ("", True)


def test_damage_and_missing_files_are_part_of_the_answer(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(document(EVENT)[:-9])
    assert [reason for reason, _ in hash_file(path).problems] == ["cut-off"]
    assert hash_file(tmp_path / "none").error
