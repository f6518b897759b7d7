import hashlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.crypto.trust import TrustStore
from explorer.encodings.epcis.event_ids import EventTexts, written_id
from explorer.formats import event_documents
from explorer.formats.event_documents import specs
from explorer.formats.opening import ReadingOptions, open_evidence
from explorer.model.blocks import NO_BLOCK, Unreadable
from explorer.model.checks import Outcome
from tests.encodings.epcis.written import EVENT, document, tree, xml_document, xml_event
from tests.formats.event_documents.driving import drive, event, write


def with_id(value: dict[str, object], variant: int = 0) -> dict[str, object]:
    """Return an event whose id is its hash, in one way of writing."""
    texts, found = EventTexts(), tree(value)
    written = [texts.canonical(found), *(each.text for each in texts.others(found))]
    digest = hashlib.sha256(written[variant]).digest()
    return {**value, "eventID": written_id(HashAlgorithm.SHA256, digest)}


def at(hour: int, **more: object) -> dict[str, object]:
    return event(eventTime=f"2026-09-01T{hour:02}:00:00+08:00", eventID=..., **more)


def test_an_intact_file_passes(tmp_path: Path) -> None:
    run = drive(write(tmp_path / "e.json", with_id(at(6)), with_id(at(7))))
    assert run.reasons() == []
    assert run.passed == {
        specs.FRAMING: 1,
        specs.EVENT_FORM: 2,
        specs.EVENT_WORDS: 2,
        specs.EVENT_ID: 2,
        specs.ID_UNIQUE: 2,
    }
    assert [each.block for each in run.entries] == [NO_BLOCK] * 2
    assert [each.position for each in run.entries] == [0, 1]
    assert run.remarks() == {"hash-needs-a-copy": "2", "nobody-signed": "2"}


def test_a_changed_event_is_open_never_failed(tmp_path: Path) -> None:
    changed = {**with_id(at(6)), "bizStep": "shipping"}
    path = write(tmp_path / "e.json", changed, with_id(at(7)))
    run = drive(path)
    (result,) = run.results
    assert (result.check, result.reason) == (specs.EVENT_ID, specs.NOT_CANONICAL)
    assert result.outcome is Outcome.INCONCLUSIVE
    assert result.decisive
    assert result.expected == changed["eventID"]
    assert result.computed == with_id(at(6, bizStep="shipping"))["eventID"]
    (span,) = result.spans
    assert b"shipping" in path.read_bytes()[span.start : span.end]
    assert run.passed[specs.EVENT_ID] == 1


def test_an_id_of_an_unknown_hash_is_open(tmp_path: Path) -> None:
    run = drive(write(tmp_path / "e.json", event(eventID="ni:///md5;00")))
    assert run.reasons() == [specs.ID_UNKNOWN]


def test_the_variant_that_matched_is_said(tmp_path: Path) -> None:
    value = at(6, sourceList=[{"type": "location", "source": "s"}], parentID="p")
    run = drive(write(tmp_path / "e.json", with_id(value, 2)))
    assert run.reasons() == []
    assert run.remarks()["hash-variants"] == "openepcis-2.0: 1"
    (claim,) = run.claims
    assert claim.part == "event, openepcis-2.0"


def test_events_without_a_hash_are_counted(tmp_path: Path) -> None:
    run = drive(write(tmp_path / "e.json", EVENT))
    assert specs.EVENT_ID not in run.passed
    assert run.remarks()["events-without-hash"] == "1"


def test_values_that_read_as_several_fields_are_said(tmp_path: Path) -> None:
    value = with_id(at(6, **{"example:a": "1{x}b=2"}))
    run = drive(write(tmp_path / "e.json", value))
    assert run.remarks()["hash-ambiguous"] == "1"


def test_the_order_is_that_of_time_over_all_files(tmp_path: Path) -> None:
    one = write(tmp_path / "a.json", at(9), at(5), event(eventTime=..., eventID=...))
    two = tmp_path / "b.xml"
    two.write_bytes(xml_document(xml_event(at(7))))
    run = drive(one, two)
    told = [(each.place.source, each.place.position) for each in run.events()]
    assert told == [(0, 1), (1, 0), (0, 0), (0, 2)]
    assert [each.position for each in run.entries] == [0, 1, 2, 3]
    assert [each.id for each in run.entries][:2] == ["a.json#1", "b.xml#0"]
    assert run.title == "a.json + 1"
    assert run.done == sorted(run.done)


def test_one_event_in_several_files_is_told_once(tmp_path: Path) -> None:
    one = write(tmp_path / "a.json", EVENT)
    two = write(tmp_path / "b.json", EVENT)
    three = tmp_path / "c.xml"
    three.write_bytes(xml_document(xml_event({**EVENT, "example:note": "b"})))
    run = drive(one, two, three)
    assert len(run.entries) == 3
    assert len(run.events()) == 1
    assert run.remarks()["events-repeated"] == "2"
    assert run.reasons() == []


def test_events_without_an_id_are_told_apart_by_content(tmp_path: Path) -> None:
    run = drive(write(tmp_path / "a.json", at(6), at(6), at(7)))
    assert len(run.events()) == 2


def test_one_id_with_two_contents_is_a_finding(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", EVENT, event(action="OBSERVE"))
    run = drive(path)
    (result,) = run.results
    assert (result.check, result.reason) == (specs.ID_UNIQUE, specs.ID_REPEATED)
    assert (result.outcome, result.decisive) == (Outcome.INCONCLUSIVE, False)
    assert result.detail == "0, 1"
    assert [b"OBSERVE" in path.read_bytes()[s.start : s.end] for s in result.spans] == [
        True,
        False,
    ]
    assert len(run.events()) == 2


def test_progress_is_told_while_looking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("explorer.formats.event_documents.index.STEP_BYTES", 10)
    path = write(tmp_path / "a.json", *(at(hour) for hour in range(5)))
    done = drive(path).done
    assert len(set(done)) > 5
    assert done == sorted(done)
    assert done[-1] == path.stat().st_size


def test_void_events_are_attempts(tmp_path: Path) -> None:
    error = {"declarationTime": "2026-09-02T00:00:00Z", "reason": "did_not_occur"}
    path = write(tmp_path / "a.json", EVENT, event(errorDeclaration=error), at(7))
    run = drive(path)
    assert [each.refused for each in run.entries] == ["void", "void", ""]
    assert [each.accepted for each in run.contents] == [False, True]
    assert run.remarks()["events-void"] == "2"


@pytest.mark.parametrize(
    ("more", "check", "outcome", "decisive"),
    [
        ({"eventTime": ...}, specs.EVENT_FORM, Outcome.INCONCLUSIVE, True),
        ({"action": "CREATE"}, specs.EVENT_FORM, Outcome.FAILED, True),
        ({"bizStep": "x"}, specs.EVENT_WORDS, Outcome.FAILED, False),
    ],
)
def test_flaws_become_answers(
    tmp_path: Path,
    more: dict[str, object],
    check: str,
    outcome: Outcome,
    decisive: bool,
) -> None:
    run = drive(write(tmp_path / "a.json", event(**more)))
    (result,) = run.results
    assert (result.check, result.outcome, result.decisive) == (check, outcome, decisive)
    assert result.entry == 0
    assert check not in run.passed


@pytest.mark.parametrize(
    ("tail", "reason"),
    [
        (b"x", "not-json"),
        (b'[{"type": "XEvent"}]', "event-type-unknown"),
        (b"[1]", "not-an-event"),
        (b'{"eventList": [', "cut-off"),
    ],
)
def test_damage_fails_the_framing_and_hides_nothing(
    tmp_path: Path, tail: bytes, reason: str
) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(document(EVENT) + tail)
    run = drive(path)
    (damage,) = run.damage
    assert (damage.check, damage.reason) == (specs.FRAMING, reason)
    assert damage.span.end == path.stat().st_size or reason != "cut-off"
    assert len(run.events()) == 1
    assert specs.FRAMING not in run.passed


def test_comments_are_a_note(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"// x\n" + document(EVENT))
    run = drive(path)
    (result,) = run.results
    assert (result.reason, result.decisive) == ("comment-in-json", False)


def test_very_many_damaged_places_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("explorer.formats.event_documents.index.MAX_DAMAGE_LISTED", 2)
    path = tmp_path / "a.json"
    path.write_bytes(b'{"epcisBody": {"eventList": [1, 2, 3, 4]}}')
    run = drive(path)
    assert len(run.damage) == 2
    (result,) = run.results
    assert (result.reason, result.detail) == (specs.TOO_MANY, "2")


@pytest.mark.parametrize("name", ["a.json", "a.xml"])
def test_events_that_were_not_kept_are_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path = tmp_path / name
    values = [with_id(at(hour)) for hour in (9, 7, 8)]
    if name == "a.xml":
        path.write_bytes(xml_document(*map(xml_event, values)))
    else:
        path.write_bytes(document(*values))
    whole = drive(path)
    monkeypatch.setattr("explorer.formats.event_documents.index.MAX_KEPT", 1)
    again = drive(path)
    assert again.events() == whole.events()
    assert again.claims == whole.claims
    assert again.passed == whole.passed


def test_documents_in_a_list_are_not_read_again_by_their_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bytes of an event there are those of its whole document."""
    monkeypatch.setattr("explorer.formats.event_documents.index.MAX_KEPT", 0)
    path = tmp_path / "a.json"
    body = document(*(at(hour) for hour in (7, 8, 9)))
    path.write_bytes(b"[" + body + b"]")
    assert len({each.event_time_us for each in drive(path).events()}) == 3


def test_a_file_that_shrinks_meanwhile_is_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("explorer.formats.event_documents.index.MAX_KEPT", 0)
    path = write(tmp_path / "a.json", EVENT)
    with open_evidence((path,)) as files:
        (pipeline,) = event_documents.open_ledgers(files, ReadingOptions(TrustStore()))
        damage: list[Unreadable] = []
        for parsed in pipeline.read():
            path.write_bytes(b"{}")
            damage += pipeline.resolve(parsed).damage
    assert [each.reason for each in damage] == ["cut-off"]


def test_events_in_another_encoding_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("explorer.formats.event_documents.index.MAX_KEPT", 0)
    path = tmp_path / "a.xml"
    head = '<?xml version="1.0" encoding="UTF-16"?>'
    path.write_bytes((head + xml_document(xml_event(EVENT)).decode()).encode("utf-16"))
    assert len(drive(path).events()) == 1


def test_master_data_comes_with_the_end(tmp_path: Path) -> None:
    one = write(tmp_path / "a.json", EVENT)
    two = tmp_path / "places.json"
    two.write_bytes(
        b'{"places": {"9520000000011": ["Orchard", 34.4, 116.3, "grower"]},'
        b'"certificates": {"c": {"holder": "9520000000011"}}, "roles": {"packing": []}}'
    )
    other = tmp_path / "notes.txt"
    other.write_text("nothing")
    run = drive(one, two, other)
    data = run.closing.reference_data
    assert [each.name for each in data.described] == ["Orchard"]
    assert [each.id for each in data.certificates] == ["c"]
    assert [each.step for each in data.step_roles] == ["packing"]
    assert run.read_sources == {0, 1}
    assert "no-events" not in run.remarks()


def test_documents_without_events_say_what_they_are(tmp_path: Path) -> None:
    path = tmp_path / "job.xml"
    path.write_bytes(b'<x:EPCISCaptureJob xmlns:x="urn:epcglobal:epcis:xsd:2"/>')
    run = drive(path)
    assert run.remarks()["no-events"] == "job.xml EPCISCaptureJob"


def test_events_stand_in_no_block(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", EVENT)
    with open_evidence((path,)) as files:
        (pipeline,) = event_documents.open_ledgers(files, ReadingOptions(TrustStore()))
        with pytest.raises(ReadError):
            pipeline.detail(0, ByteSpan(0, 0, 1))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=120), is_xml=st.booleans())
def test_no_bytes_make_it_raise(tmp_path: Path, data: bytes, is_xml: bool) -> None:
    path = tmp_path / "a.bin"
    start = b"<ObjectEvent>" if is_xml else b'{"eventList": [{"type": "ObjectEvent", '
    path.write_bytes(start + data)
    drive(path)
