"""Real replies of nodes, where they are at hand, and bits changed in them."""

import json
import random
from pathlib import Path

import pytest

from explorer.formats.cometbft import checks, index, open_ledgers
from explorer.model.checks import Outcome
from tests.formats.cometbft.chain import Chain, write
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


def test_long_files_are_read_line_by_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chain = Chain()
    for _ in range(3):
        chain.grow()
    lines = [json.dumps(each) for each in chain.replies()]
    path = tmp_path / "all.jsonl"
    path.write_text("\n".join(lines) + "\n\n" + lines[0])
    monkeypatch.setattr(index, "MAX_RECORD_BYTES", 2 * max(map(len, lines)))
    (ran,) = run_all(open_ledgers, path)
    assert ran.faults == []
    assert ran.passed[checks.QUORUM] == 3
    path.write_text(lines[0] + "\n" + " " * 50_000)
    (ran,) = run_all(open_ledgers, path)
    assert ran.faults == [(checks.FRAMING, "too-long", -1)]


def test_very_many_documents_are_limited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chain = Chain()
    chain.grow()
    monkeypatch.setattr(index, "MAX_DOCUMENTS", 2)
    path = tmp_path / "all.json"
    path.write_text("".join(json.dumps(each) for each in chain.replies()))
    (ran,) = run_all(open_ledgers, path)
    assert ran.faults == [(checks.FRAMING, "too-many", -1)]


def test_a_genesis_document_knows_the_first_validators(tmp_path: Path) -> None:
    chain = Chain()
    made = chain.grow()
    members = [
        {**each.json(), "power": "10", "name": "orchard"} for each in chain.signers
    ]
    for each in members:
        del each["voting_power"]
    genesis = {"genesis_time": "x", "chain_id": "orchard-1", "validators": members}
    commit = {"signed_header": made.signed_header()}
    folder = write(tmp_path / "g", [{"genesis": genesis}, commit])
    (ran,) = run_all(open_ledgers, folder)
    assert ran.faults == []
    assert ran.passed[checks.QUORUM] == 1
    genesis["validators"] = [{"pub_key": 5}]
    write(folder, [{"genesis": genesis}, commit])
    (ran,) = run_all(open_ledgers, folder)
    assert ran.open == [(checks.SIGNATURE, "validators-not-in-export", 1)]
