"""Exports in RLP, archives, packed files: framing and limits."""

import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from explorer.core.errors import ReadError
from explorer.core.tasks import NullContext
from explorer.crypto.trust import TrustStore
from explorer.encodings.rlp import encode
from explorer.formats.ethereum import checks
from explorer.formats.ethereum.era1_reader import MAX_RECORD_BYTES, unpack
from explorer.formats.ethereum.family import open_ledgers, probe
from explorer.formats.ethereum.octets import FREE_BYTES
from explorer.formats.ethereum.octets import unpack as unpack_gzip
from explorer.formats.ethereum.recognising import FileKind, kind_of_head
from explorer.formats.opening import ReadingOptions, open_evidence
from explorer.model.ledgers import PREVIOUS_HASH, Match
from explorer.session.comparing import compare
from tests.formats.ethereum.chains import (
    ALICE,
    BOB,
    CAROL,
    Made,
    bft_chain,
    bft_seal,
    bloom,
    child,
    clique_child,
    clique_genesis,
    era1,
    export,
    genesis,
    gzipped,
    legacy,
    receipt,
    work_chain,
    write,
)
from tests.formats.ethereum.driving import run_all, run_one, run_pipeline

LOGS = [(b"\x22" * 20, (bytes(31) + b"\x01",), b"data")]


def archive_chain(count: int = 3) -> list[Made]:
    chain = [genesis()]
    for nonce in range(count):
        found = [receipt(21_000, LOGS)]
        body = [legacy(ALICE, nonce)]
        chain.append(child(chain[-1], body, receipts=found, bloom=bloom(LOGS)))
    return chain


def put(folder: Path, data: bytes, name: str = "mainnet-00000-x.era1") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_an_archive_holds(tmp_path: Path) -> None:
    run = run_one(put(tmp_path, era1(archive_chain())))
    assert run.faults == run.open == []
    assert run.passed[checks.ACCUMULATOR] == 1
    assert run.passed[checks.ERA_INDEX] == 1
    assert run.passed[checks.TOTAL_DIFFICULTY] == 4
    assert run.passed[checks.RECEIPTS_ROOT] == 4
    assert run.passed[checks.BLOOM] == 7


def test_two_archives_are_one_chain(tmp_path: Path) -> None:
    chain = archive_chain(5)
    put(tmp_path, era1(chain[:3]), "mainnet-00000-a.era1")
    data = bytearray(era1(chain[3:]))
    put(tmp_path, bytes(data), "mainnet-00001-b.era1")
    run = run_one(tmp_path)
    # the second archive of this writer begins its sums anew
    assert {check for check, _, _ in run.faults} == {checks.TOTAL_DIFFICULTY}
    assert run.passed[checks.LINK] == 5
    assert run.passed[checks.ACCUMULATOR] == 2


def altered(data: bytes, old: bytes, new: bytes) -> bytes:
    assert old in data
    return data.replace(old, new, 1)


def test_each_part_of_an_archive_fails_for_its_own_reason(tmp_path: Path) -> None:
    chain = archive_chain()
    data = era1(chain)
    total = (131_072 * 2).to_bytes(32, "little")
    wrong = altered(data, total, (131_072 * 2 + 1).to_bytes(32, "little"))
    faults = run_one(put(tmp_path, wrong)).faults
    assert (checks.TOTAL_DIFFICULTY, "total-difficulty-mismatch", 1) in faults
    assert (checks.ACCUMULATOR, "root-mismatch", 0) in faults
    index = data[:-9] + bytes([data[-9] ^ 1]) + data[-8:]
    faults = run_one(put(tmp_path, index)).faults
    assert faults == [(checks.ERA_INDEX, "era1-index-mismatch", -1)]
    at = data.rindex(b"\x07\x00\x20\x00\x00\x00\x00\x00")
    root = data[: at + 8] + bytes([data[at + 8] ^ 1]) + data[at + 9 :]
    faults = run_one(put(tmp_path, root)).faults
    assert faults == [(checks.ACCUMULATOR, "root-mismatch", 0)]
    without = run_one(put(tmp_path, data[:at]))
    assert without.faults == []
    assert {reason for _, reason, _ in without.open} == {
        "era1-accumulator-missing",
        "era1-index-missing",
    }


@pytest.mark.parametrize(
    ("tail", "reason"),
    [
        (b"\x03", "truncated"),
        (b"\x03\x00\x00\x00\x00\x00\x01\x00", "era1-record-malformed"),
        (b"\x63\x00\x00\x00\x00\x00\x00\x00", "era1-record-unknown"),
        (b"\x65\x32\x00\x00\x00\x00\x00\x00", "era1-record-unknown"),
        (b"\x03\x00\x00\x00\x00\x00\x00\x00", "era1-block-incomplete"),
        (b"\x03\x00\xff\xff\xff\x7f\x00\x00", "era1-record-malformed"),
    ],
)
def test_foreign_records_are_told(tail: bytes, reason: str, tmp_path: Path) -> None:
    run = run_one(put(tmp_path, era1(archive_chain()) + tail))
    assert (checks.FRAMING, reason, -1) in run.faults
    assert len(run.blocks) == 4


def test_packed_records_are_bounded() -> None:
    chunk = b"\x00" + (9).to_bytes(3, "little") + bytes(4)
    bomb = b"\xff\x06\x00\x00sNaPpY" + (chunk + b"\xff\xff\xff\xff\x0f") * 3
    with pytest.raises(ReadError) as caught:
        unpack(bomb)
    assert caught.value.reason == "unpacked-too-large"
    for data in (b"", b"plain", b"\xff\x06\x00\x00sNaPpY\x00\xff\xff\xff"):
        with pytest.raises(ReadError) as caught:
            unpack(data)
        assert caught.value.reason == "snappy-malformed"
    assert MAX_RECORD_BYTES < 2**31


def test_packed_exports_hold(tmp_path: Path) -> None:
    data = export(work_chain())
    members = gzipped(data[:900]) + gzipped(data[900:])
    run = run_one(put(tmp_path, members, "chain.rlp.gz"))
    assert run.faults == []
    assert len(run.blocks) == 6


def test_packed_exports_are_bounded() -> None:
    with pytest.raises(ReadError) as caught:
        unpack_gzip(gzipped(bytes(FREE_BYTES + 200 * 2**20 // 100)))
    assert caught.value.reason == "unpacked-too-large"
    with pytest.raises(ReadError) as caught:
        unpack_gzip(gzipped(b"x" * 1_000)[:-9])
    assert caught.value.reason in {"gzip-truncated", "gzip-malformed"}


def test_a_damaged_packed_file_is_told(tmp_path: Path) -> None:
    data = gzipped(export(work_chain()))
    run = run_one(put(tmp_path, data[:-4] + b"\0\0\0\0", "chain.rlp.gz"))
    assert run.faults == [(checks.FRAMING, "gzip-malformed", -1)]
    assert zlib.decompress(data, 31)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda made: made.encoded[:1] + b"\xff" + made.encoded[2:], "truncated"),
        (lambda made: encode(b"text" * 40), "not-a-block"),
        (lambda made: encode([[b""] * 15, []]), "block-malformed"),
        (lambda made: encode([[b""] * 14, [], []]), "header-malformed"),
        (lambda made: encode([[b""] * 15, [], []]), "header-malformed"),
        (lambda made: encode([[b"", []], [], []]), "header-malformed"),
        (lambda made: b"\xf8\x03" + encode([b"", b""]), "non-minimal-length"),
    ],
)
def test_what_is_no_block_is_told(change: object, reason: str, tmp_path: Path) -> None:
    chain = work_chain()
    parts = [each.encoded for each in chain]
    parts[3] = change(chain[3])  # type: ignore[operator] # a function of the case
    run = run_one(put(tmp_path, b"".join(parts), "chain.rlp"))
    assert reason in {each[1] for each in run.faults}
    assert {each.height for each in run.blocks} >= {0, 1, 2, 4, 5}


def test_numbers_have_no_leading_zeros(tmp_path: Path) -> None:
    chain = work_chain()
    chain[2].values["gas_used"] = b"\x00\x05"
    run = run_one(write(tmp_path, chain))
    assert (checks.FRAMING, "header-malformed", 2) in run.faults


@pytest.mark.parametrize(
    ("envelope", "reason"),
    [
        (b"\x02" + encode([b""] * 5), "transaction-malformed"),
        (b"\x02\xb8\x01", "non-minimal-length"),
        (encode([b""] * 8), "transaction-malformed"),
        (encode([[], *[b""] * 8]), "transaction-malformed"),
        (encode([b"", b"", b"", b"\x01" * 19, *[b""] * 5]), "transaction-malformed"),
        (encode([b"\x00\x01", *[b""] * 8]), "transaction-malformed"),
    ],
)
def test_a_transaction_that_cannot_be_read_is_told(
    envelope: bytes, reason: str, tmp_path: Path
) -> None:
    first = genesis()
    run = run_one(write(tmp_path, [first, child(first, [envelope])]))
    assert run.faults == [(checks.FRAMING, reason, 1)]
    assert [each.entry for each in run.damage] == [0]


def test_foreign_types_are_open(tmp_path: Path) -> None:
    first = genesis()
    path = write(tmp_path, [first, child(first, [b"\x7e" + encode([b"x"])])])
    run = run_one(path)
    assert run.faults == []
    assert run.passed[checks.TRANSACTIONS_ROOT] == 2
    assert (checks.SENDER, "transaction-type-unknown", 1) in run.open
    run = run_one(path, "Berlin")
    assert (checks.BODY_RULES, "transaction-type-unknown", 1) in run.faults


def test_the_real_archive_holds(corpora: Path) -> None:
    path = corpora / "ethereum" / "ethereum-era1" / "mainnet-00000-5ec1ffb8.era1"
    run = run_one(path)
    assert run.faults == run.open == []
    assert len(run.blocks) == 8_192
    assert run.passed[checks.ACCUMULATOR] == run.passed[checks.ERA_INDEX] == 1
    assert run.passed[checks.UNCLE_RULES] > 100


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (export(work_chain(1)), FileKind.RLP),
        (gzipped(export(work_chain(1))), FileKind.GZIP),
        (gzipped(b"something else"), FileKind.NONE),
        (era1(work_chain(1)), FileKind.ERA1),
        (work_chain(1)[0].header.hex().encode(), FileKind.HEX),
        (b'{"jsonrpc":"2.0","result":{"parentHash":"0x', FileKind.JSON),
        (b'{"parentHash": "0x1", "sealerList": []}', FileKind.NONE),
        (b'[{"type": "event", "inputs": [], "name": "E"}]', FileKind.MAYBE_JSON),
        (b"number,hash,parent_hash,nonce", FileKind.TABLE),
        (b"\xff" * 64, FileKind.NONE),
        (b"", FileKind.NONE),
        (b'{"block": 1}', FileKind.NONE),
    ],
)
def test_files_are_told_by_their_beginning(head: bytes, kind: FileKind) -> None:
    assert kind_of_head(head[:4_096]) is kind


def test_an_abi_alone_is_no_evidence(tmp_path: Path) -> None:
    put(tmp_path, b'[{"type": "event", "inputs": [], "name": "E"}]', "abi.json")
    with open_evidence((tmp_path,)) as files:
        assert probe(files) is Match.NO


def test_a_block_is_shown_with_its_places(tmp_path: Path) -> None:
    chain = work_chain()
    path = write(tmp_path, chain)
    data = path.read_bytes()
    with open_evidence((path,)) as files:
        (pipeline,) = open_ledgers(files, ReadingOptions(TrustStore()))
        blocks = [
            block
            for parsed in pipeline.read()
            for block in pipeline.resolve(parsed).blocks
        ]
        detail = pipeline.detail(3, blocks[3].span)
    header = {each.name: each for each in detail.fields[0].children}
    place = header["state root"].span
    assert data[place.start : place.end] == b"\xa0" + chain[3].values["state"]  # type: ignore[union-attr,operator] # a place and bytes
    fields = {each.name: each for each in detail.fields[1].children[0].children}
    assert fields["gas"].value == "21000"
    place = fields["to"].span
    assert data[place.start : place.end] == b"\x94" + b"\x11" * 20  # type: ignore[union-attr] # a place
    parts = detail.header_parts
    assert b"".join(each.data for each in parts) == detail.block.header
    assert {each.name: each.data for each in parts}[PREVIOUS_HASH] == chain[2].hash
    assert detail.claims


def test_two_copies_may_hold_other_seals(tmp_path: Path) -> None:
    chain = bft_chain("qbft", 2)
    first = write(tmp_path, chain, "a.rlp")
    made = child(chain[1], miner=BOB.address, extra=b"")
    fewer = bft_seal(made, "qbft", proposer=BOB, committers=[ALICE, BOB, CAROL])
    second = write(tmp_path, [*chain[:2], fewer], "b.rlp")
    found = compare(first, second, NullContext())
    assert found.first_difference is None
    assert all(each.is_honest for each in found.slots)
    assert found.slots_total


def test_a_height_that_is_not_there_is_refused(tmp_path: Path) -> None:
    path = put(tmp_path, gzipped(export(work_chain())), "x.rlp.gz")
    with open_evidence((path,)) as files:
        (pipeline,) = open_ledgers(files, ReadingOptions(TrustStore()))
        spans = [
            block.span
            for parsed in pipeline.read()
            for block in pipeline.resolve(parsed).blocks
        ]
        assert pipeline.detail(4, spans[4]).block.height == 4
        with pytest.raises(ReadError):
            pipeline.detail(99, spans[0])


def test_an_unknown_network_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError):
        run_all(write(tmp_path, work_chain()), "Nowhere")


@pytest.mark.parametrize("kind", ["clique", "qbft", "work"])
def test_reading_twice_gives_the_same(kind: str, tmp_path: Path) -> None:
    chains: dict[str, Callable[[], list[Made]]] = {
        "clique": lambda: [clique_genesis(), clique_child(clique_genesis(), ALICE)],
        "qbft": lambda: bft_chain("qbft", 3),
        "work": work_chain,
    }
    trust = TrustStore()
    with open_evidence((write(tmp_path, chains[kind]()),)) as files:
        (pipeline,) = open_ledgers(files, ReadingOptions(trust))
        first = run_pipeline(pipeline, trust)
        for block in first.blocks:
            detail = pipeline.detail(block.height, block.span)
            assert detail.block.header == block.header
        second = run_pipeline(pipeline, trust)
    assert first.faults == second.faults == []
    assert first.passed == second.passed
    assert first.closing == second.closing
