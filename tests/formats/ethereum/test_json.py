"""Blocks, receipts and proofs in JSON; tables of ethereum-etl; hex."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.encodings.rlp import decode_plain
from explorer.formats.ethereum import checks
from explorer.formats.ethereum.json_places import parse_places
from explorer.formats.ethereum.json_values import checksummed, joined
from explorer.lab.ethereum_json import block_json, receipts_json
from explorer.lab.ethereum_tea import tea_chain, tea_files
from tests.formats.ethereum.chains import (
    ALICE,
    Made,
    child,
    genesis,
    legacy,
    work_chain,
)
from tests.formats.ethereum.driving import run_all, run_one

Json = dict[str, Any]  # JSON as it is read
TEA = tea_chain()


def blocks() -> list[Json]:
    return [dict(block_json(each)) for each in TEA]


def receipts(number: int) -> list[Json]:
    return json.loads(json.dumps(receipts_json(TEA[number])))  # type: ignore[no-any-return] # made here


def put(folder: Path, name: str, value: object) -> Path:
    path = folder / name
    text = value if isinstance(value, str) else json.dumps(value)
    path.write_text(text, "utf-8")
    return path


def lines(values: list[Any]) -> str:
    return "\n".join(json.dumps(each) for each in values)


SHAPES: dict[str, Callable[[list[Json]], object]] = {
    "list": lambda found: found,
    "lines": lines,
    "answers": lambda found: lines([{"jsonrpc": "2.0", "result": e} for e in found]),
    "batch": lambda found: [{"id": 1, "jsonrpc": "2.0", "result": e} for e in found],
    "mark": lambda found: "\ufeff" + lines(found),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_all_shapes_hold(shape: str, tmp_path: Path) -> None:
    run = run_one(put(tmp_path, "x.json", SHAPES[shape](blocks())))
    assert run.faults == run.open == []
    assert len(run.blocks) == 13
    assert run.passed[checks.BLOCK_HASH] == 13
    assert run.passed[checks.LINK] == 12
    assert run.passed[checks.QUORUM] == 12
    assert run.passed[checks.TRANSACTION_HASH] == 36


def test_a_folder_of_single_blocks_holds(tmp_path: Path) -> None:
    for number, each in enumerate(blocks()):
        put(tmp_path, f"{number}.json", {"jsonrpc": "2.0", "id": 1, "result": each})
    run = run_one(tmp_path)
    assert run.faults == []
    assert [each.height for each in run.blocks] == list(range(13))


def test_gaps_in_json_are_no_fault(tmp_path: Path) -> None:
    found = blocks()
    run = run_one(put(tmp_path, "x.json", [found[2], found[5]]))
    assert run.faults == []
    assert (checks.NUMBER, "blocks-missing", 5) in run.open
    assert len(run.blocks) == 2


def test_receipts_beside_blocks_are_bound(tmp_path: Path) -> None:
    put(tmp_path, "blocks.jsonl", lines(blocks()))
    found = [{"jsonrpc": "2.0", "result": receipts(each)} for each in range(13)]
    put(tmp_path, "receipts.jsonl", lines(found))
    run = run_one(tmp_path)
    assert run.faults == []
    assert run.passed[checks.RECEIPTS_ROOT] == 13
    assert [each.refused_count for each in run.blocks] == [0] * 9 + [1, 0, 0, 0]
    contents = [each for each in run.contents if each.transfers]
    assert contents
    assert all(each.enforced for each in contents)


def change(path: list[str | int], value: object) -> list[Json]:
    found: Any = blocks()
    inner = found
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return found  # type: ignore[no-any-return] # made here


OTHER = "0x" + "ab" * 32
TX: list[str | int] = [4, "transactions", 0]
CHANGES: list[tuple[str, str, list[str | int], object]] = [
    (checks.BLOCK_HASH, "hash-mismatch", [4, "hash"], OTHER),
    (checks.BLOCK_HASH, "hash-mismatch", [4, "stateRoot"], OTHER),
    (checks.BLOCK_HASH, "hash-mismatch", [4, "gasUsed"], "0x5555"),
    (checks.TRANSACTION_HASH, "hash-mismatch", [*TX, "hash"], OTHER),
    (checks.TRANSACTIONS_ROOT, "root-mismatch", [*TX, "value"], "0x1"),
    (checks.SENDER, "signature-mismatch", [*TX, "from"], f"0x{'11' * 20}"),
    (checks.STATED, "stated-value-mismatch", [*TX, "blockHash"], OTHER),
    (checks.STATED, "stated-value-mismatch", [*TX, "transactionIndex"], "0x1"),
    (checks.STATED, "stated-value-mismatch", [*TX, "blockNumber"], "0x1"),
    (checks.STATED, "stated-value-mismatch", [*TX, "v"], "0x5"),
    (checks.LINK, "parent-hash-mismatch", [4, "parentHash"], OTHER),
    (checks.FRAMING, "json-malformed", [4, "gasLimit"], "0x01"),
    (checks.FRAMING, "json-malformed", [4, "gasLimit"], "1X"),
    (checks.FRAMING, "json-malformed", [4, "miner"], "0x12"),
    (checks.FRAMING, "hex-mixed-case", [4, "stateRoot"], "0x" + "aB" * 32),
    (checks.FRAMING, "hex-mixed-case", [4, "miner"], "0xAb" + "cd" * 19),
    (checks.FRAMING, "field-missing", [4, "parentHash"], None),
]  # fmt: skip


@pytest.mark.parametrize(("check", "reason", "path", "value"), CHANGES)
def test_each_change_fails_for_its_own_reason(
    check: str, reason: str, path: list[str | int], value: object, tmp_path: Path
) -> None:
    run = run_one(put(tmp_path, "x.json", change(path, value)))
    assert (check, reason, 4) in run.faults


MISSING: list[tuple[str, str, list[str | int], object]] = [
    (checks.BLOCK_HASH, "header-incomplete", [4, "mixHash"], None),
    (checks.TRANSACTIONS_ROOT, "transactions-incomplete", [4, "transactions"], [OTHER]),
    (checks.TRANSACTIONS_ROOT, "transactions-incomplete", [*TX, "r"], None),
    (checks.SENDER, "transaction-incomplete", [*TX, "s"], None),
    (checks.SENDER, "transaction-type-unknown", [*TX, "type"], "0x7e"),
]  # fmt: skip


@pytest.mark.parametrize(("check", "reason", "path", "value"), MISSING)
def test_what_is_missing_is_open_and_never_failed(
    check: str, reason: str, path: list[str | int], value: object, tmp_path: Path
) -> None:
    run = run_one(put(tmp_path, "x.json", change(path, value)))
    assert run.faults == []
    assert (check, reason, 4) in run.open


TRAILING = ("withdrawalsRoot", "blobGasUsed", "excessBlobGas", "parentBeaconBlockRoot")


@pytest.mark.parametrize("first", range(len(TRAILING)))
def test_last_fields_that_older_tools_leave_out(first: int, tmp_path: Path) -> None:
    """What the rest of the block shows that its header had is missing, not changed."""
    value = blocks()[4] | {"hash": OTHER, "baseFeePerGas": "0x7", "withdrawals": []}
    value["transactions"] = [{"hash": OTHER, "blobVersionedHashes": [OTHER]}]
    written = (OTHER, "0x1", "0x1", OTHER)
    value |= dict(zip(TRAILING[:first], written, strict=False))
    run = run_one(put(tmp_path, "x.json", [value]))
    assert (checks.BLOCK_HASH, "header-incomplete", 4) in run.open
    assert not [each for each in run.faults if each[0] == checks.BLOCK_HASH]


def test_a_target_that_was_left_out_is_missing(tmp_path: Path) -> None:
    found = blocks()
    transaction = next(
        each for block in found for each in block["transactions"] if each["to"]
    )
    del transaction["to"]
    run = run_one(put(tmp_path, "x.json", found))
    assert run.faults == []
    assert "transactions-incomplete" in {reason for _, reason, _ in run.open}


def test_a_block_without_hash_cannot_be_compared_with_anchors(tmp_path: Path) -> None:
    run = run_one(put(tmp_path, "x.json", change([4, "mixHash"], None)))
    assert run.hashes[4] == b""
    assert (checks.LINK, "parent-incomplete", 5) in run.open
    other = change([4, "mixHash"], None)
    other[5]["parentHash"] = OTHER
    run = run_one(put(tmp_path, "x.json", other))
    assert (checks.LINK, "stated-parent-mismatch", 5) in run.faults


def test_checksummed_addresses_are_fine(tmp_path: Path) -> None:
    # EIP-55, section "Test Cases"
    for digits in (
        "5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "fB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
    ):
        assert checksummed(digits.lower()) == digits
    found = blocks()
    for each in found:
        each["miner"] = "0x" + checksummed(each["miner"][2:])
    assert run_one(put(tmp_path, "x.json", found)).faults == []


def test_names_and_numbers_of_libraries_are_taken(tmp_path: Path) -> None:
    found = blocks()
    for each in found:
        each["proofOfAuthorityData"] = each.pop("extraData")
        for name in ("number", "gasLimit", "gasUsed", "timestamp", "difficulty"):
            each[name] = int(each[name], 16)
        each["author"] = each.pop("miner")
        for tx in each["transactions"]:
            tx["gasLimit"] = tx.pop("gas")
            tx["data"] = tx.pop("input")
            tx["r"] = f"0x{int(tx['r'], 16):064x}"
    assert run_one(put(tmp_path, "x.json", found)).faults == []


def test_private_transactions_of_goquorum_hold(tmp_path: Path) -> None:
    first = genesis()
    envelope = legacy(ALICE, data=bytes(range(64)), gas=90_000)
    found = block_json_of(child(first, [envelope], gas_used=90_000))
    tx = found["transactions"][0]
    tx["v"] = hex(int(tx["v"], 16) + 10)
    path = put(tmp_path, "x.json", found)
    run = run_one(path)
    assert run.passed[checks.SENDER] == 1
    tx["from"] = f"0x{'11' * 20}"
    run = run_one(put(tmp_path, "x.json", found))
    assert (checks.SENDER, "signature-mismatch", 1) in run.faults


def block_json_of(made: Made) -> Json:
    """Return a block of type 0 transactions in JSON, from ``chains``."""
    header: Any = decode_plain(made.header)
    names = (
        *("parentHash", "sha3Uncles", "miner", "stateRoot", "transactionsRoot"),
        *("receiptsRoot", "logsBloom", "difficulty", "number", "gasLimit", "gasUsed"),
        *("timestamp", "extraData", "mixHash", "nonce"),
    )
    numbers = {7, 8, 9, 10, 11}
    found: Json = {
        name: hex(int.from_bytes(value, "big")) if at in numbers else f"0x{value.hex()}"
        for at, (name, value) in enumerate(zip(names, header, strict=True))
    }
    found["transactions"] = []
    for envelope in made.envelopes:
        fields: Any = decode_plain(envelope)
        keys = ("nonce", "gasPrice", "gas", "to", "value", "input", "v", "r", "s")
        tx: Json = {}
        for key, value in zip(keys, fields, strict=True):
            is_data = key in {"to", "input"}
            number = hex(int.from_bytes(value, "big"))
            tx[key] = f"0x{value.hex()}" if is_data else number
        tx["from"] = f"0x{ALICE.address.hex()}"
        found["transactions"].append(tx)
    return found


RECEIPT_CHANGES: list[tuple[str, str, str, object]] = [
    (checks.RECEIPTS_ROOT, "root-mismatch", "status", "0x0"),
    (checks.RECEIPTS_ROOT, "root-mismatch", "cumulativeGasUsed", "0x1"),
    (checks.BLOOM, "receipt-bloom-mismatch", "logsBloom", "0x" + "00" * 256),
    (checks.STATED, "stated-value-mismatch", "transactionHash", OTHER),
    (checks.STATED, "stated-value-mismatch", "gasUsed", "0x1"),
]


@pytest.mark.parametrize(("check", "reason", "name", "value"), RECEIPT_CHANGES)
def test_each_change_of_a_receipt_fails_for_its_own_reason(
    check: str, reason: str, name: str, value: object, tmp_path: Path
) -> None:
    put(tmp_path, "blocks.jsonl", lines(blocks()))
    found = receipts(4)
    found[0][name] = value
    put(tmp_path, "receipts.json", found)
    assert (check, reason, 4) in run_one(tmp_path).faults


def test_a_changed_log_fails(tmp_path: Path) -> None:
    put(tmp_path, "blocks.jsonl", lines(blocks()))
    found = receipts(4)
    found[0]["logs"][0]["topics"][0] = OTHER
    del found[0]["logsBloom"]
    put(tmp_path, "receipts.json", found)
    reasons = {reason for _, reason, block in run_one(tmp_path).faults if block == 4}
    assert reasons == {"root-mismatch", "bloom-mismatch"}


def test_receipts_may_be_incomplete_or_loose(tmp_path: Path) -> None:
    put(tmp_path, "blocks.jsonl", lines(blocks()[:6]))
    found = receipts(4)
    del found[0]["logs"]
    put(tmp_path, "receipts.json", [*found, *receipts(6), *receipts(7)[1:]])
    run = run_one(tmp_path)
    assert run.faults == []
    assert (checks.RECEIPTS_ROOT, "receipts-incomplete", 4) in run.open
    codes = {each.code: each.detail for each in run.closing.not_checked}
    assert codes["ethereum-loose-receipts"] == "11"


def test_a_receipt_too_few_is_told(tmp_path: Path) -> None:
    put(tmp_path, "blocks.jsonl", lines(blocks()))
    put(tmp_path, "receipts.json", receipts(6)[:-1])
    run = run_one(tmp_path)
    assert (checks.RECEIPTS_ROOT, "receipt-count-mismatch", 6) in run.faults


def test_documents_of_no_kind_are_told(tmp_path: Path) -> None:
    found = [*blocks()[:2], {"jsonrpc": "2.0", "id": 3, "error": {"code": -1}}]
    run = run_one(put(tmp_path, "x.json", found))
    assert run.open == [(checks.FRAMING, "document-unknown", -1)]


@pytest.mark.parametrize("shape", ["block", "header", "answer"])
def test_hex_of_a_block_or_header_holds(shape: str, tmp_path: Path) -> None:
    made = work_chain(1)[1]
    data = made.header if shape == "header" else made.encoded
    text = data.hex()
    if shape == "answer":
        text = json.dumps({"jsonrpc": "2.0", "id": 1, "result": f"0x{text}"})
    run = run_one(put(tmp_path, "x.hex", text))
    assert run.faults == []
    assert [each.height for each in run.blocks] == [1]
    assert run.passed[checks.TRANSACTIONS_ROOT] == (0 if shape == "header" else 1)


def test_places_are_those_of_the_values() -> None:
    data = b' {"a": [1, {"b\\n": "x"}], "c": null, "d": 1.5}'
    root = parse_places(data, 100)
    listed = root.get("a")
    assert listed is not None
    assert listed.elements is not None
    inner = listed.elements[1].get("b\n")
    assert inner is not None
    assert inner.span(3) == ByteSpan(
        3, 100 + data.index(b'"x"'), 100 + data.index(b'"x"') + 3
    )
    assert root.get("c") is None
    decimal = root.get("d")
    assert decimal is not None
    assert decimal.scalar == "1.5"
    with pytest.raises(ReadError):
        parse_places(b'{"a": 1, "a": 2}')


def test_neighbours_are_joined() -> None:
    data = b"aa, bb; cc"
    assert joined([(0, 2), (4, 6), (8, 10)], data, 0) == [(0, 6), (8, 10)]


def test_real_blocks_hold(corpora: Path) -> None:
    folder = corpora / "ethereum" / "ethereum-json"
    for path in sorted(folder.glob("[A-Z2]*.json")):
        run = run_one(path)
        assert run.faults == run.open == [], path
        assert run.passed[checks.SENDER] == len(run.entries)
        assert run.passed[checks.HEADER_RULES] == 1


def test_tables_hold_what_they_can(corpora: Path) -> None:
    folder = corpora / "ethereum" / "ethereum-etl"
    run = run_one(folder / "mainnet-17173049")
    assert run.faults == []
    assert run.passed[checks.RECEIPTS_ROOT] == 1
    assert run.passed[checks.WITHDRAWALS_ROOT] == 1
    assert run.passed[checks.BLOOM] > 1
    assert {reason for _, reason, _ in run.open} == {
        "header-incomplete",
        "transactions-incomplete",
        "transaction-incomplete",
    }
    (csv,) = folder.glob("*expected_blocks.csv")
    assert run_one(csv).open == [(checks.BLOCK_HASH, "header-incomplete", 483_920)]


def etl_rows() -> tuple[Json, list[Json], list[Json]]:
    """Return the tables of a block with two transactions."""
    number = 4
    made, found = blocks()[number], receipts(number)
    row = {
        "type": "block",
        "number": number,
        "hash": made["hash"],
        "parent_hash": made["parentHash"],
        "receipts_root": made["receiptsRoot"],
        "transactions_root": made["transactionsRoot"],
        "logs_bloom": made["logsBloom"],
        "timestamp": int(made["timestamp"], 16),
    }
    transactions = [
        {
            "type": "transaction",
            "hash": tx["hash"],
            "transaction_index": int(tx["transactionIndex"], 16),
            "block_number": number,
            "block_hash": tx["blockHash"],
            "from_address": tx["from"],
            "to_address": tx["to"],
            "value": int(tx["value"], 16),
            "transaction_type": 2,
            "receipt_status": int(each["status"], 16),
            "receipt_cumulative_gas_used": int(each["cumulativeGasUsed"], 16),
        }
        for tx, each in zip(made["transactions"], found, strict=True)
    ]
    logs = [
        {
            "type": "log",
            "log_index": index,
            "transaction_hash": each["transactionHash"],
            "transaction_index": int(each["transactionIndex"], 16),
            "block_number": number,
            **{name: log[name] for name in ("address", "topics", "data")},
        }
        for index, (each, log) in enumerate(
            (each, log) for each in found for log in each["logs"]
        )
    ]
    return row, transactions, logs


def test_a_changed_log_of_a_table_fails(tmp_path: Path) -> None:
    row, transactions, logs = etl_rows()
    put(tmp_path, "blocks.jsonl", lines([row]))
    put(tmp_path, "transactions.jsonl", lines(transactions))
    put(tmp_path, "logs.jsonl", lines(logs))
    run = run_one(tmp_path)
    assert run.faults == []
    assert run.passed[checks.RECEIPTS_ROOT] == 1
    logs[0]["data"] = "0x00"
    put(tmp_path, "logs.jsonl", lines(logs))
    run = run_one(tmp_path)
    assert run.faults == [(checks.RECEIPTS_ROOT, "root-mismatch", 4)]


def test_a_damaged_row_is_told(tmp_path: Path) -> None:
    row, transactions, _ = etl_rows()
    put(tmp_path, "blocks.jsonl", lines([row]) + '\n{"type": "block", "x_"')
    transactions[0]["from_address"] = "0x12"
    put(tmp_path, "transactions.jsonl", lines(transactions))
    found = {(check, reason) for check, reason, _ in run_one(tmp_path).faults}
    assert found == {(checks.FRAMING, "table-malformed")}


def test_csv_tables_are_read_alike(tmp_path: Path) -> None:
    _, transactions, _ = etl_rows()
    names = ("hash", "nonce", "block_hash", "block_number", "transaction_index")
    more = ("from_address", "to_address", "value")
    rows = [",".join((*names, *more))]
    for each in transactions:
        each["nonce"] = 0
        rows.append(",".join(str(each[name]) for name in (*names, *more)))
    run = run_one(put(tmp_path, "transactions.csv", "\n".join(rows)))
    assert run.faults == []
    assert [each.author for each in run.entries] == [
        each["from_address"] for each in transactions
    ]


def test_the_sample_is_one_ledger(tmp_path: Path) -> None:
    for name, data in tea_files().items():
        if name.startswith("rpc/"):
            (tmp_path / name.removeprefix("rpc/")).write_bytes(data)
    (run,) = run_all(tmp_path)
    assert run.faults == run.open == []
    assert run.closing.is_fictional
    kinds = [each.kind for each in run.contents]
    assert "Blended" in kinds
    assert "token transfer" in kinds


def test_another_chain_may_hash_by_its_own_rule(tmp_path: Path) -> None:
    found = blocks()
    for each in found:
        each["extDataHash"] = OTHER
    assert run_one(put(tmp_path, "x.json", found)).faults == []
    found[4]["hash"] = OTHER
    found[4]["transactions"][0]["blockHash"] = OTHER
    run = run_one(put(tmp_path, "x.json", found[:5]))
    assert run.faults == []
    assert (checks.BLOCK_HASH, "header-of-other-chain", 4) in run.open


def test_unsigned_members_of_a_list_are_left_open(tmp_path: Path) -> None:
    found = change([*TX, "r"], "0x0")
    found[4]["transactions"][0]["s"] = "0x0"
    run = run_one(put(tmp_path, "x.json", found))
    assert run.faults == []
    assert (checks.SENDER, "transaction-type-unknown", 4) in run.open


def test_mainnet_is_recognised_by_chain_id_and_difficulty(tmp_path: Path) -> None:
    def made(difficulty: int) -> Json:
        first = genesis(number=2_999_999, difficulty=difficulty)
        return block_json_of(child(first, [legacy(ALICE, chain_id=1)], extra=bytes(40)))

    run = run_one(put(tmp_path, "x.json", made(10**14)))
    assert run.faults == [(checks.HEADER_RULES, "extra-data-too-long", 3_000_000)]
    assert run_one(put(tmp_path, "x.json", made(1))).faults == []
