"""Paths from a transaction or receipt to a root."""

from pathlib import Path

import pytest

from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ReadError
from explorer.crypto.fisco_trees import INDEXED_CHILDREN, indexed_leaf
from explorer.crypto.hashes import digest
from explorer.formats.fisco.proofs import flat_path, indexed_path
from explorer.model.checks import Outcome
from explorer.model.verdicts import Verdict
from tests.formats.fisco.writing import (
    Chain,
    Json,
    fields_of,
    ledger_of,
    made,
    reasons,
    verify,
    write,
)

SM3 = HashAlgorithm.SM3
COUNT = "{:08x}" + "0" * 56


def flat_proof(hashes: list[bytes], index: int) -> list[str]:
    """Return the path of 3.x."""
    if len(hashes) == 1:
        return [hashes[0].hex()]
    words: list[str] = []
    level = hashes
    while len(level) > 1:
        group = level[index // 2 * 2 : index // 2 * 2 + 2]
        words.append(COUNT.format(len(group)))
        words += [each.hex() for each in group]
        level = [
            digest(SM3, b"".join(level[at : at + 2])) for at in range(0, len(level), 2)
        ]
        index //= 2
    return words


def indexed_proof(hashes: list[bytes], index: int) -> list[Json]:
    """Return the path of 2.x."""
    level = [indexed_leaf(at, each) for at, each in enumerate(hashes)]
    found: list[Json] = []
    while len(level) > 1:
        start = index // INDEXED_CHILDREN * INDEXED_CHILDREN
        group = level[start : start + INDEXED_CHILDREN]
        found.append(
            {
                "left": [each.hex() for each in group[: index - start]],
                "right": [each.hex() for each in group[index - start + 1 :]],
            }
        )
        level = [
            digest(SM3, b"".join(level[at : at + INDEXED_CHILDREN]))
            for at in range(0, len(level), INDEXED_CHILDREN)
        ]
        index //= INDEXED_CHILDREN
    return [*found, {"left": [], "right": []}]


def hashes_of(block: Json) -> list[bytes]:
    return [bytes.fromhex(each["hash"][2:]) for each in block["transactions"]]


def header_of(block: Json) -> Json:
    return {name: block[name] for name in block if name != "transactions"}


@pytest.mark.parametrize("index", [0, 1, 2])
def test_a_transaction_of_3x_is_proven_by_a_header(tmp_path: Path, index: int) -> None:
    chain = made()
    block = chain.blocks[2]
    transaction = block["transactions"][index]
    transaction["txProof"] = flat_proof(hashes_of(block), index)
    report = verify(write(tmp_path, header_of(block), transaction))
    rows = {row.spec.id: row for row in ledger_of(report).checks}
    assert rows["fisco.transaction-proof"].count(Outcome.PASSED) == 1
    assert report.verdict is Verdict.CONSISTENT, reasons(report)


def test_a_receipt_of_3x_is_proven_by_a_header(tmp_path: Path) -> None:
    chain = made()
    block = chain.blocks[2]
    receipt = chain.receipts[3]
    hashes = [bytes.fromhex(each["hash"][2:]) for each in chain.receipts[1:4]]
    receipt["txReceiptProof"] = flat_proof(hashes, 2)
    receipt["txProof"] = flat_proof(hashes_of(block), 2)
    report = verify(write(tmp_path, header_of(block), receipt))
    assert report.verdict is Verdict.CONSISTENT, reasons(report)
    receipt["txReceiptProof"] = flat_proof(hashes[:2], 0)
    wanted = {("fisco.receipt-proof", "path-leads-elsewhere", 2)}
    assert reasons(verify(write(tmp_path, header_of(block), receipt))) == wanted


def pair(chain: Chain, block: Json, index: int) -> Json:
    transaction = block["transactions"][index]
    return {
        "transaction": transaction,
        "txProof": indexed_proof(hashes_of(block), index),
    }


def test_pairs_of_2x(tmp_path: Path) -> None:
    chain = made(is_third=False)
    block = chain.blocks[2]
    receipt = chain.receipts[2]
    leaves = [chain.receipt_hash(each) for each in chain.receipts[1:4]]
    proof = {
        "transactionReceipt": receipt,
        "receiptProof": indexed_proof(leaves, 1),
    }
    report = verify(write(tmp_path, header_of(block), pair(chain, block, 2), proof))
    assert report.verdict is Verdict.CONSISTENT, reasons(report)
    receipt["output"] = "0x01"
    report = verify(write(tmp_path, header_of(block), proof))
    wanted = {("fisco.receipt-proof", "path-leads-elsewhere", 2)}
    assert reasons(report) == wanted


def test_a_path_without_its_header_is_open(tmp_path: Path) -> None:
    chain = made()
    block = chain.blocks[2]
    transaction = block["transactions"][1]
    transaction["txProof"] = flat_proof(hashes_of(block), 1)
    report = verify(write(tmp_path, transaction))
    wanted = {("fisco.transaction-proof", "root-not-in-export", None)}
    assert reasons(report) == wanted
    assert report.verdict is Verdict.INDETERMINATE
    transaction["txProof"][1] = "00" * 32
    transaction["txProof"][2] = "00" * 32
    wanted = {("fisco.transaction-proof", "path-broken", None)}
    assert reasons(verify(write(tmp_path, transaction))) == wanted


@pytest.mark.parametrize(
    "words",
    [
        ["00"],
        [COUNT.format(3), "11" * 32, "22" * 32, "33" * 32],
        [COUNT.format(2), "11" * 32],
        ["0" * 63 + "2", "11" * 32, "22" * 32],
    ],
)
def test_flat_paths_of_another_form(words: list[str]) -> None:
    with pytest.raises(ReadError):
        flat_path(fields_of({"p": words}), "p", b"\x11" * 32, SM3)


def test_levels_of_another_form() -> None:
    many = {"left": ["11"] * 16, "right": []}
    wrongs: list[list[Json]] = [
        [many],
        [{"left": [], "right": []}] * 65,
        [{"left": []}],
    ]
    for levels in wrongs:
        with pytest.raises(ReadError):
            indexed_path(fields_of({"p": levels}), "p", bytes(32), 0, SM3)
