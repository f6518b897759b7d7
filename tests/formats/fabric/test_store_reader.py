"""Damage to the framing of a store: reported where it is, hiding nothing behind it."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explorer.encodings.protobuf import encode_varint
from explorer.formats.fabric.records import RawBlock
from explorer.formats.fabric.store_reader import (
    FRAMING,
    StoreReader,
    looks_like_store,
)
from explorer.formats.fabric.structure import BlockShape, structure_only
from explorer.formats.opening import open_evidence
from explorer.model.blocks import Unreadable
from tests.formats.fabric.driver import Run, run_all
from tests.formats.fabric.network import Chain, Network, put


@pytest.fixture(scope="module")
def chain(network: Network) -> Chain:
    chain = network.chain()
    for number in range(2, 7):
        chain.add([network.call(number, put(f"lot/{number}", "v" * 200))])
    return chain


@pytest.fixture(scope="module")
def records(chain: Chain) -> list[bytes]:
    return [each.record() for each in chain.blocks]


def read(folder: Path, data: bytes) -> list[RawBlock | Unreadable]:
    path = folder / "blockfile_000000"
    path.write_bytes(data)
    with open_evidence((path,)) as files:
        return list(StoreReader(files, [0]))


def look(folder: Path, data: bytes) -> Run:
    (folder / "blockfile_000000").write_bytes(data)
    return run_all(folder)[0]


def test_every_byte_belongs_to_a_block(tmp_path: Path, records: list[bytes]) -> None:
    at = 0
    for item, record in zip(read(tmp_path, b"".join(records)), records, strict=True):
        assert isinstance(item, RawBlock)
        assert (item.whole.start, item.whole.end) == (at, at + len(record))
        at += len(record)


def test_truncated(tmp_path: Path, records: list[bytes]) -> None:
    data = b"".join(records)
    run = look(tmp_path, data[:-50])
    assert run.faults == [(FRAMING, "truncated", 6)]
    span = run.damage[0].span
    assert (span.start, span.end) == (len(data) - len(records[-1]), len(data) - 50)
    assert len(run.blocks) == 6


def test_trailing_bytes(tmp_path: Path, records: list[bytes]) -> None:
    data = b"".join(records)
    run = look(tmp_path, data + bytes(100))
    assert run.faults == [(FRAMING, "trailing-bytes", 7)]
    assert len(run.blocks) == 7
    assert run.damage[0].span.start == len(data)


def test_a_stated_length_too_long_by_one(tmp_path: Path, records: list[bytes]) -> None:
    body = records[3][len(encode_varint(len(records[3]) - 2)) :]
    wrong = encode_varint(len(body) + 1) + body
    run = look(tmp_path, b"".join([*records[:3], wrong, *records[4:]]))
    assert run.faults == [(FRAMING, "record-length-mismatch", 3)]
    assert len(run.blocks) == 7


def test_a_stated_length_beyond_the_file(tmp_path: Path, records: list[bytes]) -> None:
    body = records[3][2:]
    wrong = encode_varint(2**40) + body
    run = look(tmp_path, b"".join([*records[:3], wrong, *records[4:]]))
    assert run.faults == [(FRAMING, "record-length-mismatch", 3)]
    assert len(run.blocks) == 7


def test_bytes_behind_the_block_inside_the_record(
    tmp_path: Path, records: list[bytes]
) -> None:
    body = records[3][2:] + b"extra"
    wrong = encode_varint(len(body)) + body
    run = look(tmp_path, b"".join([*records[:3], wrong, *records[4:]]))
    assert run.faults == [(FRAMING, "record-trailing-bytes", 3)]


def test_garbage_between_blocks(tmp_path: Path, records: list[bytes]) -> None:
    garbage = hashlib.shake_128(b"garbage").digest(300)
    data = b"".join([*records[:3], garbage, *records[3:]])
    run = look(tmp_path, data)
    assert run.damage[0].reason == "record-malformed"
    assert {each.height for each in run.blocks} >= {0, 1, 2, 4, 5, 6}


def test_a_block_overwritten_hides_nothing_behind_it(
    tmp_path: Path, records: list[bytes]
) -> None:
    head, size = records[3][:2], len(records[3]) - 2
    data = b"".join([*records[:3], head, b"\xff" * size, *records[4:]])
    run = look(tmp_path, data)
    assert run.faults == [(FRAMING, "record-malformed", 3)]
    assert [each.height for each in run.blocks] == [0, 1, 2, 4, 5, 6]
    reasons = {(each.reason, each.block) for each in run.results}
    assert ("parent-unreadable", 4) in reasons


def test_a_length_not_in_its_shortest_form(
    tmp_path: Path, records: list[bytes]
) -> None:
    body = records[3][2:]
    size = encode_varint(len(body))
    wrong = size[:-1] + bytes((size[-1] | 0x80, 0)) + body
    run = look(tmp_path, b"".join([*records[:3], wrong, *records[4:]]))
    assert run.faults == [(FRAMING, "record-not-canonical", 3)]


def test_text_is_no_store(records: list[bytes]) -> None:
    assert looks_like_store(records[0])
    assert not looks_like_store(b"{\n" + b" " * 200)
    assert not looks_like_store(b"")


def test_structure_alone(tmp_path: Path, records: list[bytes], chain: Chain) -> None:
    (tmp_path / "blockfile_000000").write_bytes(b"".join(records))
    with open_evidence((tmp_path,)) as files:
        shapes = list(structure_only(files, [0]))
    found = [each for each in shapes if isinstance(each, BlockShape)]
    assert [each.block_hash for each in found] == [each.hash for each in chain.blocks]
    assert all(each.data_hash_holds and each.follows_previous for each in found)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.data())
def test_no_bytes_make_the_pipeline_raise(
    tmp_path: Path, records: list[bytes], data: st.DataObject
) -> None:
    made = bytearray(b"".join(records))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(made) - 1))
        size = data.draw(st.integers(0, 30))
        made[at : at + size] = data.draw(st.binary(max_size=30))
    (tmp_path / "blockfile_000000").write_bytes(made)
    for run in run_all(tmp_path):
        assert run.closing.not_checked


@given(st.binary(max_size=300))
@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_bytes_are_read_to_their_end(tmp_path: Path, data: bytes) -> None:
    items = read(tmp_path, data)
    ends = [
        each.whole.end if isinstance(each, RawBlock) else each.span.end
        for each in items
    ]
    assert ends == sorted(ends)
    assert (ends[-1] if ends else 0) == len(data)
