"""No changed bit makes a ledger look better; covered ones are found (QUALITY T1)."""

import json
import os
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.model.verdicts import Verdict
from tests.formats.fisco.writing import made, verify, write
from tests.session.flipping import flips

FEW = 10_000 if os.environ.get("SOAK") else 50


def _means_the_same(path: Path, offset: int, bit: int) -> bool:
    """Return whether the flip changes nothing that JSON or hex says."""
    before = path.read_bytes()
    after = bytearray(before)
    after[offset] ^= 1 << bit
    try:
        one, other = json.loads(before), json.loads(bytes(after))
    except ValueError:
        return False
    return str(one).lower() == str(other).lower()


@pytest.mark.slow
@pytest.mark.parametrize("is_third", [True, False])
def test_flips_of_covered_bytes_are_found(tmp_path: Path, is_third: bool) -> None:
    chain = made(is_third=is_third)
    path = write(tmp_path, *chain.blocks)
    folder = tmp_path / "flipped"
    folder.mkdir()
    found = 0
    for flip in flips(path, folder, FEW // 2, seed=3):
        if _means_the_same(path, flip.offset, flip.bit):
            continue
        if flip.verdict in {Verdict.FAILED, Verdict.UNREADABLE}:
            found += 1
            continue
        text = path.read_bytes()[max(0, flip.offset - 40) : flip.offset + 10]
        is_free = b"importTime" in text or not flip.is_covered
        assert flip.verdict is Verdict.INDETERMINATE or is_free, (flip, text)
    assert found > FEW // 5


WORDS = (
    b'"',
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b":",
    b"0x",
    b"null",
    b"-1",
    b"1e9",
    b"{}",
    b'"number"',
    b'"hash"',
    b'"transactions"',
    b"\xff",
    b"\\u0000",
    b"9" * 30,
)


@given(st.integers(0, 2**32), st.booleans(), st.booleans())
def test_no_mutation_raises_or_makes_a_broken_chain_whole(
    tmp_path_factory: pytest.TempPathFactory, seed: int, is_third: bool, is_sm: bool
) -> None:
    chosen = random.Random(seed)  # noqa: S311 - repeatable, nothing secret
    chain = made(is_third=is_third, is_sm=is_sm)
    chain.blocks[2]["stateRoot"] = "0x" + "55" * 32
    data = bytearray(json.dumps([*chain.blocks[1:], *chain.receipts]).encode())
    for _ in range(chosen.randrange(1, 4)):
        at = chosen.randrange(len(data))
        end = at + chosen.choice([0, 1, 1, 8, 200])
        data[at:end] = chosen.choice(WORDS)
    path = tmp_path_factory.getbasetemp() / "mutated.json"
    path.write_bytes(data)
    report = verify(path)
    is_cut_away = b"55" * 32 not in data
    assert report.verdict is not Verdict.CONSISTENT or is_cut_away
