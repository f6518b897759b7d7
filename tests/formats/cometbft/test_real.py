"""Real replies of nodes, where they are at hand, and bits changed in them."""

import random
from pathlib import Path

import pytest

from explorer.formats.cometbft import checks, open_ledgers
from explorer.model.checks import Outcome
from tests.formats.running import run_all

FLIPS = 150


@pytest.mark.parametrize("height", [3000, 3001, 10000, 10001, 10500, 11000, 15000])
def test_signed_blocks_of_a_test_network(corpora: Path, height: int) -> None:
    folder = corpora / "cometbft" / "cometbft-signedblock"
    (ran,) = run_all(open_ledgers, folder / f"celestia-mocha4-{height}.json")
    assert ran.faults == []
    assert ran.passed[checks.QUORUM] == 1
    assert ran.passed[checks.VALIDATORS_HASH] == 1
    assert (checks.DATA_HASH, "celestia-data-root", height) in ran.skipped


def test_a_page_of_blocks(corpora: Path) -> None:
    folder = corpora / "cometbft" / "cometbft-rpc"
    (ran,) = run_all(open_ledgers, folder / "kvstore_fixtures_v0_34__block_search.json")
    assert ran.faults == []
    assert ran.passed[checks.LINK] == 45
    assert ran.passed[checks.PART_SET] == 46


def test_a_block_with_evidence(corpora: Path) -> None:
    folder = corpora / "cometbft" / "cometbft-rpc"
    name = "kvstore_fixtures_v0_34__block_search_evidence.json"
    (ran,) = run_all(open_ledgers, folder / name)
    assert ran.faults == []
    assert ran.passed[checks.EVIDENCE_HASH] == 1
    assert ran.passed[checks.PART_SET] == 1


def test_proofs_of_transactions(corpora: Path) -> None:
    folder = corpora / "cometbft" / "cometbft-rpc"
    name = "kvstore_fixtures_v0_34__tx_search_with_prove.json"
    (ran,) = run_all(open_ledgers, folder / name)
    assert ran.faults == []
    assert ran.passed[checks.TX_PROOF] == ran.passed[checks.TX_HASH] == 9


def test_changed_bits_in_covered_bytes_are_found(corpora: Path, tmp_path: Path) -> None:
    folder = corpora / "cometbft" / "cometbft-signedblock"
    data = bytearray((folder / "celestia-mocha4-3001.json").read_bytes())
    start, end = data.index(b'"header":') + 9, data.index(b',"commit"')
    chosen = random.Random(7)  # noqa: S311 - repeatable, nothing secret
    path = tmp_path / "flipped.json"
    for _ in range(FLIPS):
        at, bit = chosen.randrange(start, end), chosen.randrange(8)
        data[at] ^= 1 << bit
        path.write_bytes(data)
        found = run_all(open_ledgers, path)
        assert any(each.faults for each in found) or not found, (at, bit)
        data[at] ^= 1 << bit


def test_nothing_real_is_ever_broken(corpora: Path) -> None:
    for path in sorted((corpora / "cometbft" / "cometbft-rpc").glob("*at_height*")):
        for ran in run_all(open_ledgers, path):
            assert ran.faults == []
            assert not [e for e in ran.results if e.outcome is Outcome.BROKEN]
