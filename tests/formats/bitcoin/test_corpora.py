"""Tests on real blocks, where they are at hand."""

from pathlib import Path

import pytest

from explorer.model.verdicts import Verdict
from tests.formats.bitcoin.making import failures, passed, verified


@pytest.mark.parametrize(
    ("name", "signatures", "height"),
    [
        ("277647.raw", 732, 277_647),
        ("block300025.raw", 1427, 300_025),
        ("block481815.raw", 441, 481_815),
        ("block928828.raw", 3870, 928_828),
        ("block169482.raw", 0, 0),
    ],
)
def test_real_blocks(corpora: Path, name: str, signatures: int, height: int) -> None:
    path = corpora / "bitcoin" / "bitcoin-block" / name
    (ledger,) = verified(path).ledgers
    assert failures(ledger) == set()
    assert ledger.verdict is Verdict.CONSISTENT
    assert (ledger.signatures, ledger.first) == (signatures, height)


def test_the_first_blocks(corpora: Path) -> None:
    folder = corpora / "bitcoin" / "bitcoin-blk"
    for name in ("mainnet-0-255.blk.dat", "xored/blk00000.dat"):
        (ledger,) = verified(folder / name).ledgers
        assert failures(ledger) == set()
        assert passed(ledger)["spent-outputs"] == ledger.signatures == 7
    (ledger,) = verified(folder / "tampered-tx.blk.dat").ledgers
    assert failures(ledger) == {("merkle-root", "root-mismatch", 1)}
    (ledger,) = verified(folder / "reorg-fork.blk.dat").ledgers
    assert failures(ledger) == set()
    assert ledger.blocks == 8
