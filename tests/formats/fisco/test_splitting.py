"""Tests of cutting files into records."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.formats.fisco import splitting
from explorer.formats.fisco.splitting import Cut, cut_records
from explorer.formats.opening import EvidenceFiles, open_evidence

RECORDS = [{"number": 1, "x": [{"y": '}]"\\'}]}, {"hash": "0x1"}, {"x": {"nonce": 2}}]


def cuts(tmp_path: Path, text: str | bytes) -> list[Cut]:
    path = tmp_path / "file.json"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    with open_evidence((path,)) as files:
        return list(cut_records(files, 0))


def found(tmp_path: Path, text: str) -> list[object]:
    return [
        json.loads(each.text) if not each.fault else each.fault
        for each in cuts(tmp_path, text)
    ]


WANTED: list[object] = [RECORDS[0], RECORDS[1], {"nonce": 2}]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(RECORDS),
        json.dumps(RECORDS, indent=2),
        "\n".join(json.dumps(each) for each in RECORDS),
        "\r\n\r\n".join(json.dumps(each) for each in RECORDS) + "\r\n",
        json.dumps({"jsonrpc": "2.0", "id": 1, "result": RECORDS}),
        json.dumps({"code": 0, "data": {"list": RECORDS, "total": 3}}),
        " ".join(json.dumps({"result": each}) for each in RECORDS),
        "\ufeff" + json.dumps(RECORDS),
        "[group:1]> getBlockByNumber 1 true\n"
        + "\n\n[group:1]> getBlockByHash 0x1\n".join(map(json.dumps, RECORDS)),
    ],
)
def test_any_wrapping_gives_the_same_records(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text) == WANTED


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
def test_records_across_chunks(
    tmp_path: Path, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = EvidenceFiles.chunks
    monkeypatch.setattr(
        EvidenceFiles, "chunks", lambda self, source: whole(self, source, size)
    )
    text = json.dumps({"a": [True, 1.5, None], "data": RECORDS}, indent=1)
    assert found(tmp_path, text) == WANTED
    lines = "\n".join(json.dumps(each) for each in RECORDS)
    assert found(tmp_path, lines) == WANTED


def test_places_are_those_of_the_file(tmp_path: Path) -> None:
    text = ' [{"number": 1}, {"result": {"hash": 2}}] '
    spans = [(each.span.start, each.span.end) for each in cuts(tmp_path, text)]
    assert [text[start:end] for start, end in spans] == ['{"number": 1}', '{"hash": 2}']


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("nothing", "not-json"),
        ("[1 2]", "not-json"),
        ("[1,]", "not-json"),
        ('{"a" "b"}', "not-json"),
        ('{"a":1,2}', "not-json"),
        ('{"a":[}', "not-json"),
        ('{"a":{"b":1]', "not-json"),
        ("[1", "truncated"),
        ('{"a":{"number":1', "truncated"),
        ('{"number":"', "truncated"),
        ("}", "not-json"),
        ("[,1]", "not-json"),
        ("[[1][2]]", "not-json"),
        ("[" * 80, "too-deep"),
    ],
)
def test_what_is_no_json_is_said(tmp_path: Path, text: str, reason: str) -> None:
    assert [each.fault for each in cuts(tmp_path, text)] == [reason]


def test_a_damaged_line_hides_no_other(tmp_path: Path) -> None:
    lines = [json.dumps(RECORDS[0]), '{"number": "', json.dumps(RECORDS[1])]
    assert found(tmp_path, "\n".join(lines)) == [RECORDS[0], "truncated", RECORDS[1]]


def test_a_record_may_not_be_too_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(splitting, "MAX_RECORD_BYTES", 20)
    text = '[{"number":' + "1" * 100 + "}]"
    assert [each.fault for each in cuts(tmp_path, text)] == ["too-long"]
    lines = '{"number":1}\n{"number":' + "1" * 100 + "}"
    assert [each.fault for each in cuts(tmp_path, lines)][-1] == "too-long"


@given(st.binary(max_size=60) | st.text('{}[]:,"\\ 1\n', max_size=60).map(str.encode))
def test_no_bytes_raise(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.getbasetemp()
    for each in cuts(folder, data):
        assert each.span.end <= len(data)
