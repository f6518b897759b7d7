"""Every changed bit in a covered byte is found, at the right block (QUALITY T1)."""

import os
from pathlib import Path

import pytest

from explorer.model.verdicts import Verdict
from tests.session.flipping import flips

SAMPLES = Path(__file__).resolve().parents[2] / "sample_chains"
STORE = "ledgersData/chains/chains/pear-trace/blockfile_000000"
FEW = 10_000 if os.environ.get("SOAK") else 60


@pytest.mark.slow
def test_flips_in_a_chain_are_found_where_they_are(tmp_path: Path) -> None:
    for flip in flips(SAMPLES / "pears" / "pears.jsonl", tmp_path, FEW, seed=1):
        assert flip.is_covered, flip
        assert flip.verdict in {Verdict.FAILED, Verdict.UNREADABLE}, flip
        if flip.block >= 0 and flip.first_failed is not None:
            assert flip.first_failed == flip.block, flip


@pytest.mark.slow
def test_flips_in_a_block_store_are_found_where_they_are(tmp_path: Path) -> None:
    path = SAMPLES / "fabric-pear-trace" / STORE
    short = tmp_path / "short"
    short.mkdir()
    first = short / path.name
    first.write_bytes(first_blocks(path, 12))
    for flip in flips(first, tmp_path, FEW, seed=2):
        assert flip.is_covered, flip
        assert flip.verdict in {Verdict.FAILED, Verdict.UNREADABLE}, flip
        assert flip.first_failed in {flip.block, None}, flip


def first_blocks(path: Path, count: int) -> bytes:
    """Return the first blocks of a Fabric block file (uvarint length before each)."""
    data = path.read_bytes()
    at = 0
    for _ in range(count):
        size = shift = 0
        while True:
            byte = data[at]
            at += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                break
        at += size
    return data[:at]
