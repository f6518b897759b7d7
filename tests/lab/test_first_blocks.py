"""Tests of the first blocks of Bitcoin: their hashes prove the facts."""

import json
from pathlib import Path

from explorer.core.resources import samples_folder
from explorer.crypto.bitcoin_headers import is_worked
from explorer.lab.first_blocks import (
    first_blocks,
    first_header,
    first_proof,
    first_transaction,
)
from explorer.lab.samples import write_sample
from explorer.model.verdicts import Verdict
from tests.formats.bitcoin.making import failures, verified

FOLDER = samples_folder() / "bitcoin-first-blocks"
FINNEY = "f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16"


def test_the_shipped_files_are_what_the_lab_writes(tmp_path: Path) -> None:
    assert (FOLDER / "first-blocks.jsonl").read_text() == first_blocks()
    stamp = FOLDER / "time-stamp"
    assert (stamp / "first-transaction.bin").read_bytes() == first_transaction()
    assert (stamp / "first-transaction.bin.ots").read_bytes() == first_proof()
    header = (stamp / "first-transaction.bin.ots.header").read_text()
    assert header == first_header().hex() + "\n"
    written = write_sample("bitcoin-first-blocks", tmp_path)
    assert written.read_text() == first_blocks()


def test_the_blocks_prove_themselves() -> None:
    names = [json.loads(each)["hash"] for each in first_blocks().splitlines()]
    assert names[0].startswith("000000000019d6689c085ae165831e93")
    assert names[9].startswith("000000008d9dc510f23c2657fc4f67be")
    assert names[10].startswith("00000000d1145790a8694403d4063f32")
    assert is_worked(first_header())
    (ledger,) = verified(FOLDER / "first-blocks.jsonl").ledgers
    assert failures(ledger) == set()
    assert (ledger.verdict, ledger.signatures) == (Verdict.CONSISTENT, 1)
    assert "network-assumed" not in {each.code for each in ledger.not_checked}
    assert FINNEY in first_blocks()


def test_the_time_stamp_holds() -> None:
    (ledger,) = verified(FOLDER / "time-stamp" / "first-transaction.bin.ots").ledgers
    assert ledger.verdict is Verdict.CONSISTENT
    said = {each.code: each.detail for each in ledger.not_checked}
    assert said["existed-before"] == "2009-01-03T18:15:05Z (block 0)"
    assert "files-not-read" not in said
