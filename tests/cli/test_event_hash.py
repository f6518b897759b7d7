from pathlib import Path

from tests.cli.running import Runner
from tests.encodings.epcis.written import EVENT, document


def test_one_result_for_each_file(run: Runner, tmp_path: Path) -> None:
    good, bad = tmp_path / "a.json", tmp_path / "b.json"
    good.write_bytes(document(EVENT))
    bad.write_bytes(b"{")
    ran = run("event-hash", "--json", str(good), str(bad), str(tmp_path / "none"))
    assert ran.status == 3
    first, second, third = ran.json["results"]
    assert first["hashes"] == [first["hashes"][0]]
    assert first["events"][0]["matches"] is None
    assert (second["hashes"], second["problems"][0]["reason"]) == ([], "cut-off")
    assert third["error"]


def test_the_text_says_what_the_own_id_is(run: Runner, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(document(EVENT))
    ran = run("event-hash", "--json", str(path))
    assert ran.status == 0
    own = {**EVENT, "eventID": ran.json["results"][0]["hashes"][0]}
    path.write_bytes(document(own, {**own, "action": "DELETE"}))
    ran = run("event-hash", str(path))
    first, second = ran.out.splitlines()[1:]
    assert first.endswith("equals its own id")
    assert second.endswith("is not the canonical hash of this content")
    path.write_bytes(b"[1]")
    assert "not-an-event, bytes 1 to 2" in run("event-hash", str(path)).out
    assert run("event-hash", str(tmp_path / "none")).status == 3


def test_verify_and_trace_work_on_files_of_events(run: Runner, tmp_path: Path) -> None:
    made = {
        "type": "TransformationEvent",
        "eventTime": "2026-09-02T06:00:00Z",
        "eventTimeZoneOffset": "+00:00",
        "inputQuantityList": EVENT["quantityList"],
        "outputEPCList": ["box/X1"],
    }
    (tmp_path / "late.json").write_bytes(document(made))
    (tmp_path / "early.json").write_bytes(document(EVENT))
    ran = run("verify", "--json", str(tmp_path))
    assert ran.status == 2
    result = ran.result
    assert (result["format"], result["verdict"]) == ("epcis", "indeterminate")
    assert (result["blocks"], result["entries"]) == (0, 2)
    assert result["findings"] == []
    ran = run("trace", str(tmp_path), "--item", "X1")
    assert ran.status == 2  # as the verdict
    assert "2 hops back to 1 origin" in ran.out
    assert "entry 1" in ran.out
    assert "block" not in ran.out
    assert "not in this evidence" not in ran.out
