"""Whole chains: what holds, what fails and why, and every bit that is covered."""

import os
import random
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.core.spans import ByteSpan
from explorer.core.tasks import NullContext
from explorer.crypto.trust import TrustStore
from explorer.formats.ethereum import checks
from explorer.formats.ethereum.era1_reader import unpack
from explorer.formats.ethereum.family import open_ledgers
from explorer.formats.opening import ReadingOptions, open_evidence
from explorer.lab.ethereum_tea import tea_files
from explorer.session.coverage import coverage_of
from tests.formats.ethereum.chains import (
    ALICE,
    VALIDATORS,
    Made,
    bft_chain,
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
from tests.formats.ethereum.driving import run_all, run_one

FLIPS, MUTANTS = (10_000, 10_000) if os.environ.get("SOAK") else (120, 60)


def clique_chain() -> list[Made]:
    chain = [clique_genesis()]
    ordered = sorted(VALIDATORS, key=lambda each: each.address)
    for number in range(1, 6):
        chain.append(clique_child(chain[-1], ordered[number % 4]))
    return chain


def receipts_chain() -> list[Made]:
    chain = [genesis()]
    for nonce in range(4):
        logs = [(b"\x22" * 20, (bytes(31) + b"\x01",), b"data")]
        found = [receipt(21_000, logs)]
        made = child(
            chain[-1], [legacy(ALICE, nonce)], receipts=found, bloom=bloom(logs)
        )
        chain.append(made)
    return chain


def short_json() -> bytes:
    lines = tea_files()["rpc/blocks.jsonl"].splitlines(keepends=True)
    return b"".join(lines[:5])


SAMPLES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "rlp": ("chain.rlp", lambda: export(work_chain())),
    "gzip": ("chain.rlp.gz", lambda: gzipped(export(work_chain()))),
    "era1": ("mainnet-00000-00000000.era1", lambda: era1(receipts_chain())),
    "clique": ("clique.rlp", lambda: export(clique_chain())),
    "hex": ("block.hex", lambda: export(work_chain(1)[1:]).hex().encode()),
    "json": ("blocks.jsonl", short_json),
    "ibft1": ("ibft1.rlp", lambda: export(bft_chain("ibft1"))),
    "ibft2": ("ibft2.rlp", lambda: export(bft_chain("ibft2"))),
    "qbft": ("qbft.rlp", lambda: export(bft_chain("qbft"))),
}
KINDS = list(SAMPLES)


def sample(kind: str) -> tuple[str, bytes]:
    name, make = SAMPLES[kind]
    return name, make()


def unpacks_alike(kind: str, data: bytes, changed: bytes) -> bool:
    """Return whether packed bytes differ, and what they hold does not."""
    if kind == "gzip":
        return zlib.decompress(data, 31) == zlib.decompress(changed, 31)
    return kind == "era1" and contents_of_archive(data) == contents_of_archive(changed)


def contents_of_archive(data: bytes) -> list[bytes]:
    found, at = [], 0
    while at < len(data):
        end = at + 8 + int.from_bytes(data[at + 2 : at + 6], "little")
        body = data[at + 8 : end]
        is_packed = data[at] in {3, 4, 5} and not data[at + 1]
        found.append(unpack(body) if is_packed else body)
        at = end
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_an_intact_chain_holds(kind: str, tmp_path: Path) -> None:
    name, data = sample(kind)
    path = tmp_path / name
    path.write_bytes(data)
    run = run_one(path)
    assert run.faults == []
    assert run.open == []
    assert run.passed[checks.TRANSACTIONS_ROOT] == len(run.blocks)


@pytest.mark.parametrize("kind", KINDS)
def test_every_covered_bit_changes_the_answer(kind: str, tmp_path: Path) -> None:
    name, data = sample(kind)
    path = tmp_path / name
    path.write_bytes(data)
    with open_evidence((path,)) as files:
        ledgers = open_ledgers(files, ReadingOptions(TrustStore()))
        (coverage,) = coverage_of(ledgers, files.evidence, NullContext())
    rng = random.Random(7)  # noqa: S311 - repeatable
    before = run_one(path).state
    missed = []
    for _ in range(FLIPS):
        at, bit = rng.randrange(len(data)), rng.randrange(8)
        changed = bytearray(data)
        changed[at] ^= 1 << bit
        path.write_bytes(bytes(changed))
        runs = run_all(path)
        is_same = len(runs) == 1 and runs[0].state == before
        is_same = is_same and not unpacks_alike(kind, data, bytes(changed))
        if is_same and coverage.mask_at(at):
            missed.append((at, bit))
    assert missed == []


HEADS = {
    "x.rlp": export(work_chain(1))[:600],
    "x.json": b'[{"parentHash":"0x","stateRoot":"0x",',
    "x.era1": era1(receipts_chain()[:1])[:300],
    "x.hex": b"f90212a0",
    "x.gz": gzipped(export(work_chain(1)))[:200],
    "x.csv": b"number,hash,parent_hash,nonce\n",
}


@pytest.mark.parametrize("name", HEADS)
@given(data=st.binary(max_size=400))
@settings(max_examples=40, deadline=None)
def test_no_bytes_make_reading_raise(name: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(HEADS[name] + data)
        for run in run_all(path):
            assert run.faults or run.open or run.blocks or not run.passed


@pytest.mark.parametrize("kind", KINDS)
def test_no_change_makes_reading_raise(kind: str, tmp_path: Path) -> None:
    name, data = sample(kind)
    path = tmp_path / name
    rng = random.Random(kind)  # noqa: S311 - repeatable
    for _ in range(MUTANTS):
        changed = bytearray(data)
        for _ in range(rng.randrange(1, 6)):
            at = rng.randrange(len(changed))
            end = at + rng.randrange(1, 40)
            choice = rng.randrange(4)
            if choice == 0:
                del changed[at:end]
            elif choice == 1:
                changed[at:at] = changed[at:end]
            else:
                changed[at] = rng.choice([0, 0x7F, 0x80, 0xB8, 0xC0, 0xF8, 0xFF])
        path.write_bytes(bytes(changed))
        for run in run_all(path):
            assert run.faults or run.open or run.blocks


def test_a_missing_block_is_told(tmp_path: Path) -> None:
    chain = work_chain()
    del chain[3]
    run = run_one(write(tmp_path, chain))
    assert (checks.NUMBER, "blocks-missing", 4) in run.faults


def test_blocks_in_another_order_are_told(tmp_path: Path) -> None:
    chain = work_chain()
    chain[2], chain[3] = chain[3], chain[2]
    assert run_one(write(tmp_path, chain)).faults


def test_a_repeated_block_is_told(tmp_path: Path) -> None:
    chain = work_chain()
    run = run_one(write(tmp_path, [*chain, chain[-1]]))
    assert run.faults == [(checks.NUMBER, "block-repeated", 5)]


def test_a_truncated_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "chain.rlp"
    path.write_bytes(export(work_chain())[:-5])
    run = run_one(path)
    assert run.faults == [(checks.FRAMING, "truncated", -1)]
    assert len(run.blocks) == 5


def test_damage_in_the_middle_hides_nothing_after_it(tmp_path: Path) -> None:
    chain = work_chain()
    parts = [bytearray(each.encoded) for each in chain]
    parts[2][3] = 0xC1  # the header is no longer one
    path = tmp_path / "chain.rlp"
    path.write_bytes(b"".join(parts))
    run = run_one(path)
    assert [each.height for each in run.blocks] == [0, 1, 3, 4, 5]
    assert [each.span for each in run.damage] == [
        ByteSpan(0, sum(map(len, parts[:2])), sum(map(len, parts[:3])))
    ]
    assert (checks.LINK, "parent-unreadable", 3) in run.open


def test_a_branch_is_drawn_and_not_failed(tmp_path: Path) -> None:
    chain = work_chain(4)
    side = child(chain[2], time=1_500_000_040)
    run = run_one(write(tmp_path, [*chain[:4], side, *chain[4:]]))
    assert run.faults == []
    assert [each.height for each in run.blocks if each.is_aside] == [3]
    codes = {each.code for each in run.closing.not_checked}
    assert {"ethereum-branches", "ethereum-work", "ethereum-execution"} <= codes


def test_another_parent_is_no_branch(tmp_path: Path) -> None:
    chain = work_chain()
    chain[3].values["parent"] = bytes(range(32))
    run = run_one(write(tmp_path, chain))
    assert (checks.LINK, "parent-hash-mismatch", 3) in run.faults


def test_a_later_export_says_where_it_begins(tmp_path: Path) -> None:
    run = run_one(write(tmp_path, work_chain()[2:]))
    assert run.faults == []
    assert run.closing.is_partial
    detail = {each.code: each.detail for each in run.closing.not_checked}
    assert detail["ethereum-begins-later"] == "2"


def test_two_files_of_one_chain_are_one_ledger(tmp_path: Path) -> None:
    chain = work_chain()
    write(tmp_path, chain[:3], "a.rlp")
    write(tmp_path, chain[3:], "b.rlp")
    run = run_one(tmp_path)
    assert run.faults == []
    assert len(run.blocks) == 6


def test_files_of_one_chain_may_have_any_names(tmp_path: Path) -> None:
    chain = work_chain()
    write(tmp_path, chain[:3], "blocks-9.rlp")
    write(tmp_path, chain[3:], "blocks-10.rlp")
    run = run_one(tmp_path)
    assert run.faults == run.open == []
    assert [each.height for each in run.blocks] == list(range(6))


def test_a_file_of_blocks_that_is_not_here_is_no_fault(tmp_path: Path) -> None:
    chain = work_chain()
    write(tmp_path, chain[:2], "a.rlp")
    write(tmp_path, chain[4:], "c.rlp")
    run = run_one(tmp_path)
    assert run.faults == []
    assert (checks.NUMBER, "blocks-missing", 4) in run.open


def test_the_branches_of_two_files_share_their_ancestors(tmp_path: Path) -> None:
    chain = work_chain(3)
    write(tmp_path, chain, "a.rlp")
    other = child(chain[2], time=1_500_000_050)
    write(tmp_path, [*chain[:3], other], "b.rlp")
    run = run_one(tmp_path)
    assert run.faults == []
    assert [each.height for each in run.blocks] == [0, 1, 2, 3, 3]
    assert sum(each.is_aside for each in run.blocks) == 1
