"""What is taken for FISCO BCOS, and what is left to others."""

import json
from pathlib import Path

import pytest

from explorer.formats.fisco import may_differ, probe
from explorer.formats.fisco.glancing import (
    RecordKind,
    kind_of,
    likely_number,
    text_number,
)
from explorer.formats.fisco.indexing import index
from explorer.formats.opening import open_evidence
from explorer.model.ledgers import Match
from explorer.model.verdicts import Verdict
from tests.formats.fisco.writing import ABI, failures, made, reasons, verify, write


def match(path: Path) -> Match:
    with open_evidence((path,)) as files:
        return probe(files)


def test_records_of_both_generations_are_recognised(tmp_path: Path) -> None:
    for third in (False, True):
        chain = made(is_third=third)
        for value in (
            chain.blocks[2],
            chain.receipts[0],
            chain.blocks[2]["transactions"][0],
            {"jsonrpc": "2.0", "id": 1, "result": chain.blocks[1]},
            [chain.blocks[1]],
        ):
            assert match(write(tmp_path, value)) is Match.STRUCTURE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "text",
        "{}",
        '{"transactionsRoot": "0x", "sha3Uncles": "0x", "sealerList": 1}',
        '{"transactionHash": "", "cumulativeGasUsed": "0x", "output": "", "root": ""}',
        '{"chain":{"format":"chain-jsonl"}}',
    ],
)
def test_what_is_somebody_elses(tmp_path: Path, text: str) -> None:
    path = tmp_path / "file.json"
    path.write_text(text)
    assert match(path) is Match.NO


@pytest.mark.parametrize(
    ("keys", "kind"),
    [
        ({"txsRoot"}, RecordKind.BLOCK3),
        ({"transactionsRoot", "sealerList"}, RecordKind.BLOCK2),
        ({"transactionsRoot", "miner"}, RecordKind.UNKNOWN),
        ({"transaction", "txProof"}, RecordKind.PROOF),
        ({"transactionReceipt", "receiptProof"}, RecordKind.PROOF),
        ({"transactionHash", "output"}, RecordKind.RECEIPT),
        ({"transactionHash", "output", "cumulativeGasUsed"}, RecordKind.UNKNOWN),
        ({"hash", "input", "nonce", "gas"}, RecordKind.TRANSACTION),
        ({"hash", "input", "nonce", "v", "r"}, RecordKind.UNKNOWN),
        ({"hash", "input"}, RecordKind.UNKNOWN),
    ],
)
def test_kinds_by_keys(keys: set[str], kind: RecordKind) -> None:
    assert kind_of(keys) is kind


def test_heights_in_every_notation() -> None:
    assert text_number('"0x1f"') == 31
    assert text_number("31") == 31
    assert text_number("x") == text_number("0x" + "f" * 16) == -1
    assert likely_number(b'{"number": "0x1f", broken') == 31
    assert likely_number(b"{}") == -1


def test_unknown_objects_are_looked_into(tmp_path: Path) -> None:
    chain = made()
    value = {"number": 7, "hash": "0x", "items": [{"deep": chain.blocks[1]}]}
    with open_evidence((write(tmp_path, value),)) as files:
        (ledger,) = index(files)
    assert list(ledger.blocks) == [1]


def test_files_beside_the_evidence(tmp_path: Path) -> None:
    chain = made()
    for each in chain.blocks[1]["transactions"]:
        each["abi"] = ""
    write(tmp_path, chain.blocks[2], name="block.json")
    write(tmp_path, ABI, name="Record.abi")
    write(tmp_path, {"name": "nothing of this"}, name="package.json")
    (tmp_path / "broken.json").write_text('{"sealerList": [')
    with open_evidence((tmp_path,)) as files:
        (ledger,) = index(files)
    assert len(ledger.abis) == 1
    report = verify(tmp_path)
    assert {each.reason for each in failures(report)} == {"truncated"}
    assert report.ledgers[0].entries == 3


def test_a_broken_file_alone_is_still_read(tmp_path: Path) -> None:
    path = tmp_path / "block.json"
    path.write_text('{"number": 3, "sealerList": [1, 2')
    report = verify(path)
    assert report.verdict is Verdict.UNREADABLE
    assert {reason for _, reason, _ in reasons(report)} == {"truncated"}


def test_many_broken_lines_are_counted(tmp_path: Path) -> None:
    chain = made()
    lines = [json.dumps(chain.blocks[1]), json.dumps(chain.blocks[2])]
    path = tmp_path / "chain.jsonl"
    path.write_text("\n".join(lines + ["{broken"] * 600))
    found = {reason for _, reason, _ in reasons(verify(path))}
    assert {"not-json", "too-many-flaws"} <= found


def test_a_block_without_a_number(tmp_path: Path) -> None:
    chain = made()
    chain.blocks[2]["number"] = "two"
    report = verify(write(tmp_path, *chain.blocks))
    assert ("fisco.record-form", "field-malformed", None) in reasons(report)


def test_only_signatures_and_arrival_may_differ() -> None:
    assert may_differ("signatureList.0.signature", b"", b"")
    assert may_differ("transactions.0.importTime", b"", b"")
    assert not may_differ("hash", b"", b"")
