"""Lines as they should not be: every JSON attack is a finding at its own line."""

import tracemalloc
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from explorer.formats.chain_jsonl import CHECKS, exact, reading
from explorer.formats.chain_jsonl.exact import Refused, read_exactly
from explorer.formats.chain_jsonl.lines import BlockLine
from explorer.formats.chain_jsonl.reading import LineReader
from explorer.formats.opening import open_evidence
from explorer.lab.tampering import rehash
from tests.formats.chain_jsonl.chains import chain, lines_of
from tests.formats.chain_jsonl.conftest import Look

PAYLOAD = b'{"kg":12,"what":"\xe6\xa2\xa8"}'

JSON_ATTACKS: list[tuple[bytes, str, str]] = [
    (b'{"kg":12,"kg":13}', "chain.canonical-json", "duplicate-key"),
    (b'{"kg":12,"\\u006bg":13}', "chain.canonical-json", "duplicate-key"),
    (b'{"what":1,"kg":2}', "chain.canonical-json", "not-canonical"),
    (b'{"kg": 12}', "chain.canonical-json", "not-canonical"),
    (b'{"kg":1.0}', "chain.canonical-json", "not-canonical"),
    (b'{"kg":1e2}', "chain.canonical-json", "not-canonical"),
    (b'{"kg":-0}', "chain.canonical-json", "not-canonical"),
    (b'{"kg":-0.0}', "chain.canonical-json", "not-canonical"),
    (b'{"kg":0.10}', "chain.canonical-json", "not-canonical"),
    (b'{"kg":1E400}', "chain.canonical-json", "number-out-of-range"),
    (b'{"kg":9007199254740992}', "chain.canonical-json", "number-out-of-range"),
    (b'{"kg":-9007199254740992}', "chain.canonical-json", "number-out-of-range"),
    (b'{"kg":[{"a":9007199254740992}]}', "chain.canonical-json", "number-out-of-range"),
    (b'{"kg":9007199254740993}', "chain.canonical-json", "not-canonical"),
    (b'{"kg":' + b"9" * 78 + b"}", "chain.canonical-json", "not-canonical"),
    (b'{"kg":' + b"9" * 5000 + b"}", "chain.canonical-json", "number-out-of-range"),
    (b'{"kg":"\\u00e9"}', "chain.canonical-json", "not-canonical"),
    (b'{"kg":"\\/"}', "chain.canonical-json", "not-canonical"),
    (b'{"kg":"\\u001F"}', "chain.canonical-json", "not-canonical"),
    (b'{"kg":"\\u000a"}', "chain.canonical-json", "not-canonical"),
    (
        b'{"\xef\xbf\xbd":1,"\xf0\x9f\x8d\x90":2}',
        "chain.canonical-json",
        "not-canonical",
    ),
    (b'{"kg":"\\ud83d\\ude00"}', "chain.canonical-json", "not-canonical"),
    (b'{"kg":"\\ud83d"}', "chain.line-framing", "not-utf-8"),
    (b'{"kg":"\xed\xa0\x80"}', "chain.line-framing", "not-utf-8"),
    (b'{"kg":"\xc0\xaf"}', "chain.line-framing", "not-utf-8"),
    (b'{"kg":"\xff"}', "chain.line-framing", "not-utf-8"),
    (b'{"kg":NaN}', "chain.line-framing", "not-a-number"),
    (b'{"kg":-Infinity}', "chain.line-framing", "not-a-number"),
    (b'{"kg":+1}', "chain.line-framing", "not-json"),
    (b'{"kg":01}', "chain.line-framing", "not-json"),
    (b'{"kg":.5}', "chain.line-framing", "not-json"),
    (b'{"kg":0x10}', "chain.line-framing", "not-json"),
    (b'{"kg":1,}', "chain.line-framing", "not-json"),
    (b"{'kg':1}", "chain.line-framing", "not-json"),
    (b'{"kg":"\t"}', "chain.line-framing", "not-json"),
    (b'{"kg":"\x00"}', "chain.line-framing", "not-json"),
    (b'{"kg":True}', "chain.line-framing", "not-json"),
    (b'{"kg":1}/* */', "chain.line-framing", "not-json"),
    (b'{"kg":' + b"[" * 70 + b"]" * 70 + b"}", "chain.line-framing", "too-deep"),
    (b'{"kg":' + b"[" * 100_000 + b"}", "chain.line-framing", "too-deep"),
    (b"[1]", "chain.line-form", "wrong-form"),
    (b"12", "chain.line-form", "wrong-form"),
    (b"null", "chain.line-form", "wrong-form"),
]


@pytest.mark.parametrize(("payload", "check", "reason"), JSON_ATTACKS)
def test_json_attacks_in_a_payload(
    payload: bytes, check: str, reason: str, look: Look
) -> None:
    lines = lines_of(chain())
    assert PAYLOAD in lines[1]
    lines[1] = lines[1].replace(PAYLOAD, payload)
    data = b"".join(lines)
    seen = look(data)
    (damage,) = seen.damage
    assert (damage.check, damage.reason, damage.block) == (check, reason, 0)
    (spec,) = (each for each in CHECKS if each.id == check)
    assert reason in {each.code for each in spec.reasons}
    assert (damage.span.start, damage.span.end) == (
        len(lines[0]),
        len(lines[0]) + len(lines[1]) - 1,
    )
    assert [each.height for each in seen.blocks] == [1, 2, 3, 4]


GOOD_PAYLOADS = [
    b"{}",
    b'{"kg":1.5,"t":-0.000001,"u":1e+21,"v":1e-7,"w":5e-324}',
    b'{"kg":9007199254740991,"least":-9007199254740991}',
    b'{"a":[{"b":[{"c":[{"d":[{"e":[{"f":1}]}]}]}]}]}',
    b'{"x":"\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001f\x7f/"}',
    b'{"\xf0\x9f\x8d\x90":1,"\xef\xbf\xbd":2}',
    b'{"entries":[],"payload":{},"signature":"y","time":"x","z":",\\"payload\\":"}',
    b'{"x":",\\"entries\\":[","y":"\xe2\x80\xa8\xe2\x80\xae"}',
]


@pytest.mark.parametrize("payload", GOOD_PAYLOADS)
def test_unusual_payloads_are_read_exactly(payload: bytes, look: Look) -> None:
    data = rehash(chain().replace(PAYLOAD, payload))
    seen = look(data)
    reasons = {reason for _, reason, _ in seen.faults()}
    assert reasons == {"signature-mismatch", "quorum-not-met"}  # hashes agree
    (document,) = seen.contents[0].documents
    assert document.data == payload
    assert data[document.span.start : document.span.end] == payload


BLOCK_ATTACKS: list[tuple[bytes, bytes, str, str]] = [
    (
        b'"time":"2025-09-01T00:00:00Z"}',
        b'"time":"2025-09-01T00:00:00+00:00"}',
        "chain.line-form",
        "wrong-time",
    ),
    (
        b'"time":"2025-09-01T00:00:00Z"}',
        b'"time":"2025-09-01T00:00:00z"}',
        "chain.line-form",
        "wrong-time",
    ),
    (
        b'"time":"2025-09-01T00:00:00Z"}',
        b'"time":"2025-09-01 00:00:00Z"}',
        "chain.line-form",
        "wrong-time",
    ),
    (
        b'"time":"2025-09-01T00:00:00Z"}',
        b'"time":"2025-09-01T08:00:00+08:00"}',
        "chain.line-form",
        "wrong-time",
    ),
    (
        b'"time":"2025-09-01T00:00:00Z"}',
        b'"time":"2025-09-01T00:00:00.1234567Z"}',
        "chain.line-form",
        "wrong-time",
    ),
    (
        b'"time":"2025-09-01T00:00:00Z"}',
        b'"time":1756684800}',
        "chain.line-form",
        "wrong-time",
    ),
    (
        b'"time":"2025-09-01T00:00:00Z"}',
        b'"time":"2025-02-30T00:00:00Z"}',
        "chain.line-form",
        "wrong-form",
    ),
    (
        b'"time":"2025-09-01T00:00:00Z"}',
        b'"time":"2025-09-01T23:59:60Z"}',
        "chain.line-form",
        "wrong-form",
    ),
    (
        b'"time":"2025-09-01T00:00:00Z"}',
        b'"time":"0000-01-01T00:00:00Z"}',
        "chain.line-form",
        "wrong-form",
    ),
    (b'"height":0', b'"height":-1', "chain.line-form", "wrong-form"),
    (b'"height":0', b'"height":0.5', "chain.line-form", "wrong-form"),
    (b'"height":0', b'"height":"0"', "chain.line-form", "wrong-form"),
    (b'"height":0', b'"height":true', "chain.line-form", "wrong-form"),
    (
        b'"height":0',
        b'"height":9007199254740992',
        "chain.canonical-json",
        "number-out-of-range",
    ),
    (b'"height":0,', b"", "chain.line-form", "wrong-form"),
    (b'"height":0,', b'"height":0,"nonce":1,', "chain.line-form", "wrong-form"),
    (b',"hash":"', b',"hash":"A', "chain.line-form", "wrong-hex"),
    (b',"previous":"', b',"previous":" ', "chain.line-form", "wrong-hex"),
    (
        b'"type":"note"}',
        b'"type":"note"},"extra":1',
        "chain.line-form",
        "wrong-form",
    ),
]


@pytest.mark.parametrize(("old", "new", "check", "reason"), BLOCK_ATTACKS)
def test_blocks_of_another_form_are_refused(
    old: bytes, new: bytes, check: str, reason: str, look: Look
) -> None:
    lines = lines_of(chain())
    assert lines[1].count(old) == 1
    lines[1] = lines[1].replace(old, new)
    seen = look(b"".join(lines))
    (damage,) = seen.damage
    assert (damage.check, damage.reason, damage.block) == (check, reason, 0)


def test_an_entry_is_timed_in_utc(look: Look) -> None:
    lines = lines_of(chain())
    old = b'"time":"2025-09-01T00:00:00Z","type"'
    assert lines[1].count(old) == 1
    lines[1] = lines[1].replace(old, old.replace(b"T00:00:00Z", b"T08:00:00+08:00"))
    assert look(b"".join(lines)).faults() == [("chain.line-form", "wrong-time", 0)]


def test_an_upper_case_hash_is_not_the_same_hash(look: Look) -> None:
    lines = lines_of(chain())
    start = lines[2].index(b',"hash":"') + 9
    own = lines[2][start : start + 64]
    lines[2] = lines[2].replace(own, own.upper())
    seen = look(b"".join(lines))
    assert seen.faults() == [("chain.line-form", "wrong-hex", 1)]


@pytest.mark.parametrize("where", [b'"signature":"', b'"hash":"'])
def test_an_empty_signature_is_not_an_absent_one(where: bytes, look: Look) -> None:
    lines = lines_of(chain())
    head, _, tail = lines[1].rpartition(b'"signature":"')
    lines[1] = head + b'"signature":""' + tail[tail.index(b'"') + 1 :]
    assert where in lines[1]
    assert look(b"".join(lines)).faults() == [("chain.line-form", "wrong-hex", 0)]


@pytest.mark.parametrize(
    "time", [b"00:00:00.5Z", b"00:00:00.250Z", b"00:00:00.000001Z"]
)
def test_fractions_of_a_second_are_read(time: bytes, look: Look) -> None:
    data = rehash(chain((0, 0)).replace(b"00:00:00Z", time))
    seen = look(data)
    assert {reason for _, reason, _ in seen.faults()} == {"quorum-not-met"}
    fraction = float(b"0" + time[8:-1])
    assert seen.blocks[0].time_us == 1_756_684_800_000_000 + round(fraction * 1e6)


@pytest.mark.parametrize(
    "line", [b"[]", b"{}", b'"chain"', b"null", b'{"chains":1}', b'{"fact":[]}']
)
def test_other_json_is_an_unknown_line(line: bytes, look: Look) -> None:
    lines = lines_of(chain())
    seen = look(b"".join([*lines[:2], line, b"\n", *lines[2:]]))
    assert seen.faults() == [("chain.line-form", "unknown-line", -1)]
    assert len(seen.blocks) == 5


@pytest.mark.parametrize(
    "line",
    [
        b'{"chain":1}',
        b'{"chain":{}}',
        b'{"block":1}',
        b'{"trailer":1}',
        b'{"block":{}}',
    ],
)
def test_a_known_line_of_another_form_is_refused(line: bytes) -> None:
    record, _, _ = read_exactly(line)
    assert isinstance(record, Refused)
    assert record.check == "chain.line-form"
    assert record.reason in {"wrong-form", "unsupported-version"}


def test_a_line_cut_inside_a_character(look: Look) -> None:
    data = chain()
    cut = data[: data.rindex("梨".encode()) + 1]
    assert ("chain.line-framing", "cut-line", 4) in look(cut).faults()


@given(st.binary(max_size=300))
@example(b"")
@example(b"[" * 2000)
@example(b'{"block":{"block":')
def test_no_bytes_make_the_exact_reading_raise(line: bytes) -> None:
    record, leaves, items = read_exactly(line)
    assert isinstance(record, Refused)
    assert record.check.startswith("chain.")
    assert not leaves
    assert not items


def parsed_with(
    data: bytes, tmp_path: Path, chunk: int
) -> list[tuple[int, bytes, str]]:
    path = tmp_path / "chain.jsonl"
    path.write_bytes(data)
    with pytest.MonkeyPatch.context() as patch, open_evidence((path,)) as files:
        patch.setattr(reading, "CHUNK_BYTES", chunk)
        found: list[tuple[int, bytes, str]] = []
        for parsed in LineReader(files, 0).read():
            at = parsed.start
            for index, line in enumerate(parsed.lines):
                record = parsed.records[index]
                kind = getattr(record, "reason", type(record).__name__)
                found.append(
                    (parsed.starts[index] if parsed.starts else at, line, kind)
                )
                at += len(line) + 1
        return found


@pytest.mark.parametrize("chunk", [7, 100, 1_000, 5_000])
def test_chunks_do_not_change_what_is_read(chunk: int, tmp_path: Path) -> None:
    lines = lines_of(chain((1, 0, 2, 0, 1, 3)))
    lines[3] = b"{}\n"
    lines.insert(5, b"\n")
    data = b"".join(lines)[:-1]
    whole = parsed_with(data, tmp_path, 2**20)
    assert parsed_with(data, tmp_path, chunk) == whole
    assert [data[start : start + len(line)] for start, line, _ in whole] == [
        line for _, line, _ in whole
    ]


def test_a_chunk_over_the_limit_is_read_line_by_line(
    monkeypatch: pytest.MonkeyPatch, look: Look
) -> None:
    lines = lines_of(chain((0, 0, 3, 0)))
    monkeypatch.setattr(reading, "MAX_RECORD_BYTES", len(lines[3]) - 2)
    seen = look(b"".join(lines))
    assert [(each.reason, each.block) for each in seen.damage] == [("too-long", 2)]
    assert [each.height for each in seen.blocks] == [0, 1, 3]


def test_a_last_line_of_another_form_is_no_cut_one(look: Look) -> None:
    lines = lines_of(chain())
    seen = look(b"".join([*lines[:-1], b'{"trailer": {}}']))
    assert seen.faults()[0] == ("chain.canonical-json", "not-canonical", -1)


def test_a_line_over_the_limit_is_refused_and_the_next_is_read(
    monkeypatch: pytest.MonkeyPatch, look: Look
) -> None:
    monkeypatch.setattr(reading, "MAX_RECORD_BYTES", 3_000)
    monkeypatch.setattr(reading, "CHUNK_BYTES", 500)
    lines = lines_of(chain((1, 0, 0, 0)))
    long = lines[1].replace(PAYLOAD, b'{"kg":"' + b"x" * 5_000 + b'"}')
    data = b"".join([lines[0], long, *lines[2:]])
    seen = look(data)
    assert [(each.reason, each.block) for each in seen.damage] == [("too-long", 0)]
    (span,) = (each.span for each in seen.damage)
    assert data[span.start : span.end] == long
    assert [each.height for each in seen.blocks] == [1, 2, 3]
    cut = look(b"".join([lines[0], long[:-1]]))
    assert [each.reason for each in cut.damage] == ["too-long"]


def test_a_very_long_line_of_an_unusual_kind_is_not_read_exactly(
    monkeypatch: pytest.MonkeyPatch, look: Look
) -> None:
    monkeypatch.setattr(exact, "MAX_EXACT_BYTES", 1_000)
    usual = look(chain((1, 3)))
    assert usual.faults() == []  # the usual kind may be longer
    unusual = look(rehash(chain((1, 3)).replace(PAYLOAD, b'{"kg":0.5}')))
    assert [(each.reason, each.block) for each in unusual.damage] == [("too-long", 1)]


def test_a_line_over_the_limit_is_not_held_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    with path.open("wb") as out:
        out.seek(400 * 2**20)
        out.write(b"\n{}\n")
    with open_evidence((path,)) as files:
        tracemalloc.start()
        records = [
            record for each in LineReader(files, 0).read() for record in each.records
        ]
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    reasons = [each.reason for each in records if isinstance(each, Refused)]
    assert reasons == ["too-long", "unknown-line"]
    assert peak < 250 * 2**20


def test_the_fast_and_the_exact_reading_agree() -> None:
    for line in chain((1, 0, 2, 3)).splitlines()[1:-1]:
        record, leaves, items = read_exactly(line)
        assert isinstance(record, BlockLine)
        assert [bytes(each) for each in record.entries] == list(leaves)
        assert len(items) == record.block.count
