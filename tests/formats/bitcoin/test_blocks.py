"""Tests of whole ledgers: intact ones, and every check failing for its own reason."""

import json
import struct
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from explorer.crypto.trust import AnchorOrigin, HistoryAnchor
from explorer.formats.bitcoin import readers
from explorer.formats.bitcoin.networks import COIN, REGTEST
from explorer.formats.bitcoin.parsing import write_size
from explorer.model.verdicts import Verdict
from tests.formats.bitcoin.making import (
    BITS,
    START,
    Chain,
    Input,
    covered_with,
    failures,
    framed,
    genesis,
    getblock,
    key_of,
    ledger_of,
    mined,
    multisig,
    output_of,
    p2pk,
    p2pkh,
    p2sh,
    p2tr,
    p2wpkh,
    p2wsh,
    passed,
    serialise,
    sha256d,
    sign,
    verified,
)

TWO_OF_THREE = multisig(2, (21, 22, 23))


def _write(folder: Path, blocks: list[bytes], name: str = "blk00000.dat") -> Path:
    path = folder / name
    path.write_bytes(framed(blocks))
    return path


@pytest.fixture(scope="module")
def spending() -> tuple[Chain, list[Input]]:
    """A chain whose last block spends an output of every kind."""
    chain = Chain()
    wrapped = p2wpkh(15)
    deep = p2wsh(TWO_OF_THREE)
    kinds: list[tuple[bytes, list[int], bytes]] = [
        (p2pk(11), [11], b""),
        (p2pkh(12), [12], b""),
        (TWO_OF_THREE, [21, 23], b""),
        (p2sh(TWO_OF_THREE), [22, 23], TWO_OF_THREE),
        (p2wpkh(14), [14], b""),
        (p2sh(wrapped), [15], wrapped),
        (p2wsh(TWO_OF_THREE), [21, 22], TWO_OF_THREE),
        (p2sh(deep), [21, 22], deep + TWO_OF_THREE),
        (p2tr(16), [16], b""),
        (p2sh(p2pkh(17)), [17], p2pkh(17)),
    ]
    made = chain.matured([script for script, _, _ in kinds])
    inputs = [
        replace(output_of(made[at], 0, script, secrets), redeem=redeem)
        for at, (script, secrets, redeem) in enumerate(kinds)
    ]
    inputs[8].hash_type = 0
    chain.add([sign(inputs, [(len(inputs) * 50 * COIN, p2pkh(12))])])
    return chain, inputs


def test_a_ledger_with_every_kind_of_input(
    tmp_path: Path, spending: tuple[Chain, list[Input]]
) -> None:
    chain, inputs = spending
    ledger = ledger_of(_write(tmp_path, chain.blocks))
    assert failures(ledger) == set()
    assert ledger.verdict is Verdict.CONSISTENT
    assert ledger.title == "bitcoin regtest"
    assert (ledger.first, ledger.last) == (0, len(chain.blocks) - 1)
    assert ledger.signatures == 6 + 4 * 2
    counts = passed(ledger)
    assert counts["input-owner"] == counts["spent-outputs"] == len(inputs)
    assert counts["value-balance"] == 1
    for check in ("proof-of-work", "merkle-root", "block-reward", "block-framing"):
        assert counts[check] == len(chain.blocks)
    assert counts["block-link"] == len(chain.blocks) - 1
    codes = {each.code for each in ledger.not_checked}
    assert codes == {"most-work-not-known", "unspent-not-known", "not-all-rules"}


@pytest.mark.parametrize("number", range(10))
def test_another_signature_fails(
    tmp_path: Path, spending: tuple[Chain, list[Input]], number: int
) -> None:
    """The work is done again, so that only the signature can show it."""
    chain, inputs = spending
    changed = [replace(each, witness=list(each.witness)) for each in inputs]
    one = changed[number]
    if one.witness:
        at = 0 if one.witness[0] else 1
        item = bytearray(one.witness[at])
        item[20] ^= 1
        one.witness[at] = bytes(item)
    else:
        script = bytearray(one.script_sig)
        script[25] ^= 1
        one.script_sig = bytes(script)
    forged = Chain()
    forged.blocks, forged.coinbases = chain.blocks[:-1], chain.coinbases[:-1]
    forged.add([serialise(changed, [(len(inputs) * 50 * COIN, p2pkh(12))])])
    ledger = ledger_of(_write(tmp_path, forged.blocks))
    top = len(forged.blocks) - 1
    assert failures(ledger) == {("input-signature", "signature-mismatch", top)}


def _spend(chain: Chain, script: bytes, secrets: list[int]) -> Input:
    (made,) = chain.matured([script])
    return output_of(made, 0, script, secrets)


def test_an_output_spent_twice(tmp_path: Path) -> None:
    chain = Chain()
    one = _spend(chain, p2pkh(5), [5])
    chain.add([sign([one], [(50 * COIN, p2pkh(6))])])
    chain.add([sign([one], [(49 * COIN, p2pkh(7))])])
    ledger = ledger_of(_write(tmp_path, chain.blocks))
    top = len(chain.blocks) - 1
    assert failures(ledger) == {("spent-outputs", "output-spent-twice", top)}


def test_an_output_that_never_was(tmp_path: Path) -> None:
    chain = Chain()
    one = Input(b"\x07" * 32 + bytes(4), COIN, p2pkh(5), [5])
    chain.add([sign([one], [(COIN, p2pkh(6))])])
    ledger = ledger_of(_write(tmp_path, chain.blocks))
    assert failures(ledger) == {("spent-outputs", "output-unknown", 1)}


def test_without_the_beginning_an_unknown_output_is_said(tmp_path: Path) -> None:
    chain = Chain()
    one = _spend(chain, p2pkh(5), [5])
    chain.add([sign([one], [(50 * COIN, p2pkh(6))])])
    ledger = ledger_of(_write(tmp_path, chain.blocks[50:]))
    assert failures(ledger) == set()
    assert ledger.verdict is Verdict.CONSISTENT
    assert ledger.first == 50  # the coinbase says so
    said = {each.code: each.detail for each in ledger.not_checked}
    assert said["spent-outputs-missing"] == "1"
    assert "begins-later" in said


def test_coins_spent_early_are_a_warning(tmp_path: Path) -> None:
    chain = Chain()
    chain.add(script=p2pkh(5))
    one = output_of(chain.coinbases[-1], 0, p2pkh(5), [5])
    chain.add([sign([one], [(50 * COIN, p2pkh(6))])])
    ledger = ledger_of(_write(tmp_path, chain.blocks))
    assert ledger.verdict is Verdict.CONSISTENT
    assert [each.reason for each in ledger.findings] == ["output-not-mature"]


def test_money_out_of_nothing(tmp_path: Path) -> None:
    chain = Chain()
    one = _spend(chain, p2pkh(5), [5])
    chain.add([sign([one], [(51 * COIN, p2pkh(6))])])
    chain.add(value=51 * COIN)
    ledger = ledger_of(_write(tmp_path, chain.blocks))
    top = len(chain.blocks) - 1
    assert failures(ledger) == {
        ("value-balance", "value-created", top - 1),
        ("block-reward", "reward-too-high", top),
    }


def test_fees_go_to_the_maker(tmp_path: Path) -> None:
    chain = Chain()
    one = _spend(chain, p2pkh(5), [5])
    chain.add([sign([one], [(40 * COIN, p2pkh(6))])], value=60 * COIN)
    ledger = ledger_of(_write(tmp_path, chain.blocks))
    assert failures(ledger) == set()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("other key", "key-not-the-owner"),
        ("other script", "script-not-the-owner"),
        ("nothing", "signature-missing"),
        ("script beside witness", "script-beside-witness"),
    ],
)
def test_inputs_of_others(tmp_path: Path, change: str, reason: str) -> None:
    chain = Chain()
    script = {
        "other key": p2pkh(5),
        "other script": p2sh(TWO_OF_THREE),
        "nothing": p2pkh(5),
        "script beside witness": p2wpkh(5),
    }[change]
    one = _spend(chain, script, [6])
    if change == "other script":
        one.redeem = multisig(1, (21, 22))
    signed = sign([one], [(50 * COIN, b"\x51")])
    if change == "nothing":
        one.script_sig = b""
        signed = serialise([one], [(50 * COIN, b"\x51")])
    if change == "script beside witness":
        one.script_sig = b"\x51"
        signed = serialise([one], [(50 * COIN, b"\x51")])
    chain.add([signed])
    ledger = ledger_of(_write(tmp_path, chain.blocks))
    top = len(chain.blocks) - 1
    assert failures(ledger) == {("input-owner", reason, top)}


def test_scripts_that_are_not_run_are_counted(tmp_path: Path) -> None:
    chain = Chain()
    one = _spend(chain, b"\x51", [])
    chain.add([serialise([one], [(50 * COIN, b"\x51")])])
    ledger = ledger_of(_write(tmp_path, chain.blocks))
    assert ledger.verdict is Verdict.CONSISTENT
    said = {each.code: each.detail for each in ledger.not_checked}
    assert said["scripts-not-run"] == "1"


def test_a_repeated_transaction_has_the_same_root(tmp_path: Path) -> None:
    chain = Chain()
    one = _spend(chain, p2pkh(5), [5])
    first = sign([one], [(50 * COIN, p2pkh(6))])
    second = sign([output_of(first, 0, p2pkh(6), [6])], [(50 * COIN, p2pkh(7))])
    chain.add([first, second], change=lambda body: [*body, body[-1]])
    ledger = ledger_of(_write(tmp_path, chain.blocks))
    top = len(chain.blocks) - 1
    found = failures(ledger)
    assert ("transactions-distinct", "transaction-repeated", top) in found
    assert not any(check == "merkle-root" for check, _, _ in found)


def test_a_body_of_another_block(tmp_path: Path) -> None:
    chain = Chain()
    chain.grow(3)
    other = chain.coinbase(2, 50 * COIN, b"\x52", is_witness=True)
    chain.blocks[2] = chain.blocks[2][:80] + b"\x01" + other
    ledger = ledger_of(_write(tmp_path, chain.blocks))
    assert failures(ledger) == {("merkle-root", "root-mismatch", 2)}


def test_witnesses_that_are_not_those_committed_to(tmp_path: Path) -> None:
    chain = Chain()
    one = _spend(chain, p2wpkh(5), [5])
    signed = sign([one], [(50 * COIN, b"\x51")])
    one.witness[0] = one.witness[0][:-1] + b"\x41"
    other = serialise([one], [(50 * COIN, b"\x51")])
    chain.add([signed], change=lambda body: [body[0], other])
    ledger = ledger_of(_write(tmp_path, chain.blocks))
    top = len(chain.blocks) - 1
    assert failures(ledger) == {
        ("witness-commitment", "root-mismatch", top),
        ("input-signature", "signature-mismatch", top),
    }


def test_witnesses_without_commitment_and_commitment_without_value(
    tmp_path: Path,
) -> None:
    chain = Chain()
    one = _spend(chain, p2wpkh(5), [5])
    signed = sign([one], [(50 * COIN, b"\x51")])
    top = len(chain.blocks)
    bare = chain.coinbase(top, 50 * COIN, b"\x51")
    chain.add([signed], coinbase=bare)
    ledger = ledger_of(_write(tmp_path, chain.blocks))
    assert failures(ledger) == {("witness-commitment", "witness-not-committed", top)}

    stripped = Chain()
    stripped.grow(1)
    block = stripped.blocks[1]
    coinbase = block[81:]
    plain = coinbase[:4] + coinbase[6:-38] + coinbase[-4:]
    stripped.blocks[1] = block[:80] + b"\x01" + plain
    ledger = ledger_of(_write(tmp_path, stripped.blocks))
    assert ledger.verdict is Verdict.INDETERMINATE
    assert [each.reason for each in ledger.findings] == ["witness-value-missing"]


def test_heights_times_and_targets(tmp_path: Path) -> None:
    chain = Chain()
    chain.grow(11)
    chain.add(height=99, time_s=START + 12 * 600)
    chain.add(time_s=START + 4 * 600)
    chain.add(bits=0x207FFFFE)
    unstated = serialise(
        [Input(bytes(32) + b"\xff" * 4, 0, b"", script_sig=b"\xff\xff")],
        [(50 * COIN, b"\x51")],
    )
    chain.add(coinbase=unstated)
    ledger = ledger_of(_write(tmp_path, chain.blocks))
    assert failures(ledger) == {
        ("block-height", "height-differs", 12),
        ("block-time", "time-too-old", 13),
        ("target", "target-differs", 14),
        ("target", "target-differs", 15),
        ("block-height", "height-not-stated", 15),
    }


def _with_header(block: bytes, at: int, value: bytes) -> bytes:
    return block[:at] + value + block[at + len(value) :]


@pytest.mark.parametrize(
    ("bits", "reason"),
    [
        (0x21008000, "target-too-easy"),
        (0x20800001, "target-impossible"),
        (0x20000000, "target-impossible"),
        (0xFF123456, "target-impossible"),
        (0x03000001, "work-not-done"),
    ],
)
def test_targets_and_work(tmp_path: Path, bits: int, reason: str) -> None:
    chain = Chain()
    chain.grow(2)
    last = _with_header(chain.blocks[2], 72, struct.pack("<I", bits))
    ledger = ledger_of(_write(tmp_path, [*chain.blocks[:2], last]))
    assert ("proof-of-work", reason, 2) in failures(ledger)


def test_a_block_taken_out_of_a_store(tmp_path: Path) -> None:
    chain = Chain()
    chain.grow(6)
    blocks = chain.blocks[:3] + chain.blocks[4:]
    ledger = ledger_of(_write(tmp_path, blocks))
    # the coinbase of the block behind the gap says which height it has
    assert failures(ledger) == {("block-link", "parent-missing", 4)}
    assert ledger.last == 6


def test_a_selection_of_blocks_far_apart(tmp_path: Path) -> None:
    chain = Chain()
    chain.grow(2)
    late = Chain(with_genesis=False)
    late.add(parent=b"\x07" * 32, height=40_000)
    late.add(parent=b"\x08" * 32, height=90_000)
    ledger = ledger_of(_write(tmp_path, [*chain.blocks, *late.blocks]))
    failed = failures(ledger)
    assert {reason for _, reason, _ in failed} == {"reward-too-high"}
    assert (ledger.first, ledger.last, ledger.blocks) == (0, 90_000, 5)


def test_arrival_in_any_order_and_branches(tmp_path: Path) -> None:
    chain = Chain()
    chain.grow(5)
    fork = Chain(with_genesis=False)
    fork.add(parent=sha256d(chain.blocks[3][:80]), height=4, script=b"\x52")
    order = [chain.blocks[each] for each in (0, 2, 1, 4, 3, 5)]
    ledger = ledger_of(_write(tmp_path, [*order, *fork.blocks]))
    assert failures(ledger) == set()
    assert (ledger.blocks, ledger.last) == (7, 5)
    said = {each.code: each.detail for each in ledger.not_checked}
    assert said["branches-aside"] == "1"


def test_a_parent_that_another_file_may_hold(tmp_path: Path) -> None:
    chain = Chain()
    chain.grow(6)
    blocks = [chain.blocks[each] for each in (0, 2, 1, 3, 5, 6)]
    ledger = ledger_of(_write(tmp_path, blocks))
    assert ledger.verdict is Verdict.INDETERMINATE
    assert [each.reason for each in ledger.findings] == ["parent-may-be-elsewhere"]


def test_the_same_block_twice_and_another_body_for_one_header(tmp_path: Path) -> None:
    chain = Chain()
    chain.grow(2)
    ledger = ledger_of(_write(tmp_path, [*chain.blocks, chain.blocks[1]]))
    assert failures(ledger) == set()
    assert ledger.blocks == 3
    other = chain.coinbase(2, 50 * COIN, b"\x52", is_witness=True)
    twin = chain.blocks[2][:80] + b"\x01" + other
    ledger = ledger_of(_write(tmp_path, [*chain.blocks, twin]))
    assert failures(ledger) == {("merkle-root", "root-mismatch", 2)}
    assert ledger.blocks == 4


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (lambda f: [f[0], f[1], b"junk" * 3, f[2]], {("stray-bytes", None)}),
        (lambda f: [*f, b"tail"], {("trailing-bytes", None)}),
        (lambda f: [f[0], f[1], bytes(500), f[2], bytes(99)], set()),
        (
            lambda f: [f[0], f[1][:4] + b"\x07\0\0\0" + f[1][8:], f[2]],
            {("frame-length-impossible", 1)},
        ),
        (
            lambda f: [f[0], f[1][:5] + b"\x02" + f[1][6:], f[2]],
            {("frame-beyond-end", 1)},
        ),
    ],
)
def test_damage_of_frames_hides_nothing_behind_it(
    tmp_path: Path,
    damage: Callable[[list[bytes]], list[bytes]],
    expected: set[tuple[str, int | None]],
) -> None:
    chain = Chain()
    chain.grow(2)
    path = tmp_path / "blk00000.dat"
    path.write_bytes(b"".join(damage([framed([each]) for each in chain.blocks])))
    ledger = ledger_of(path)
    found = failures(ledger)
    assert {(reason, block) for _, reason, block in found} == expected
    assert ledger.blocks == 3


def test_a_cut_file(tmp_path: Path) -> None:
    chain = Chain()
    chain.grow(2)
    path = tmp_path / "blk00000.dat"
    path.write_bytes(framed(chain.blocks)[:-3])
    assert failures(ledger_of(path)) == {
        ("block-framing", "frame-beyond-end", 2),
        ("block-form", "truncated", 2),
    }
    path.write_bytes(framed(chain.blocks[:2]) + framed(chain.blocks[2:])[:50])
    assert failures(ledger_of(path)) == {("block-framing", "truncated", None)}


def test_obfuscated_files(tmp_path: Path) -> None:
    chain = Chain()
    chain.grow(3)
    key = bytes(range(9, 17))
    for name in ("with", "without"):
        (tmp_path / name).mkdir()
        path = tmp_path / name / "blk00000.dat"
        path.write_bytes(covered_with(framed(chain.blocks), key))
        if name == "with":
            path.with_name("xor.dat").write_bytes(key)
        report = verified(path)
        (ledger,) = report.ledgers
        assert failures(ledger) == set()
        assert ledger.blocks == 4
        assert len(report.sources) == (2 if name == "with" else 1)
        assert "files-not-read" not in {each.code for each in ledger.not_checked}


def test_raw_hex_and_header_files(tmp_path: Path) -> None:
    chain = Chain()
    chain.grow(3)
    path = tmp_path / "block.raw"
    path.write_bytes(chain.blocks[2])
    ledger = ledger_of(path)
    assert (ledger.title, ledger.first) == ("bitcoin regtest", 2)
    path = tmp_path / "blocks.hex"
    path.write_text("\n".join(each.hex() for each in chain.blocks))
    ledger = ledger_of(path)
    assert (failures(ledger), ledger.blocks, ledger.last) == (set(), 4, 3)
    path = tmp_path / "headers.bin"
    path.write_bytes(b"".join(each[:80] for each in chain.blocks))
    ledger = ledger_of(path)
    assert (failures(ledger), ledger.blocks, ledger.entries) == (set(), 4, 0)
    assert ledger.verdict is Verdict.CONSISTENT
    assert "headers-only" in {each.code for each in ledger.not_checked}


@pytest.mark.parametrize("level", [1, 2])
def test_json_of_a_node(tmp_path: Path, level: int) -> None:
    chain = Chain()
    chain.grow(3)
    texts = [getblock(each, at, level) for at, each in enumerate(chain.blocks)]
    shapes = {
        "lines.jsonl": "\n".join(texts),
        "list.json": "[" + ", ".join(texts) + "]",
        "answer.json": '{"result": ' + texts[0] + ', "error": null, "id": 1}',
    }
    for name, text in shapes.items():
        path = tmp_path / name
        path.write_text(text)
        ledger = ledger_of(path)
        assert failures(ledger) == set(), name
        counts = passed(ledger)
        assert counts["block-hash"] == counts["merkle-root"] == ledger.blocks
        assert counts.get("block-link", 0) == ledger.blocks - 1
        assert ledger.entries == ledger.blocks
    path = tmp_path / "answer.hex.json"
    path.write_text('{"result":"' + chain.blocks[1].hex() + '"}')
    assert ledger_of(path).entries == 1


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"hash": "00" * 32}, ("block-hash", "hash-mismatch")),
        ({"nTx": 4}, ("block-form", "count-differs")),
        ({"bits": "20"}, ("block-form", "malformed")),
        ({"merkleroot": "zz" * 32}, ("block-form", "malformed")),
        ({"version": "one"}, ("block-form", "malformed")),
        ({"time": -1}, ("block-form", "malformed")),
    ],
)
def test_json_that_says_something_else(
    tmp_path: Path, changes: dict[str, object], expected: tuple[str, str]
) -> None:
    chain = Chain()
    chain.grow(1)
    path = tmp_path / "block.json"
    path.write_text(
        getblock(chain.blocks[0], 0)
        + "\n"
        + getblock(chain.blocks[1], 1, changes=changes)
    )
    assert expected in {
        (check, reason) for check, reason, _ in failures(ledger_of(path))
    }


def test_a_stated_height_that_is_not_the_place(tmp_path: Path) -> None:
    chain = Chain()
    chain.grow(2)
    texts = [getblock(each, at) for at, each in enumerate(chain.blocks)]
    texts[2] = getblock(chain.blocks[2], 7)
    path = tmp_path / "blocks.json"
    path.write_text("\n".join(texts))
    found = failures(ledger_of(path))
    assert found == {("block-height", "export-height-differs", 2)}


def test_a_stated_id_that_is_another(tmp_path: Path) -> None:
    chain = Chain()
    chain.grow(1)
    text = getblock(chain.blocks[1], 1)
    fields = json.loads(text)
    fields["tx"][0]["hash"] = "11" * 32
    path = tmp_path / "block.json"
    path.write_text(json.dumps(fields))
    assert failures(ledger_of(path)) == {("transaction-id", "hash-mismatch", 1)}


def test_not_json_and_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "blocks.json"
    path.write_text(getblock(genesis(), 0) + "\n{broken")
    found = failures(ledger_of(path))
    assert {(check, reason) for check, reason, _ in found} == {
        ("block-form", "malformed")
    }
    monkeypatch.setattr(readers, "MAX_RECORD_BYTES", 100)
    found = failures(ledger_of(path))
    assert ("block-framing", "too-long", None) in found


def test_level_three_says_what_is_spent(tmp_path: Path) -> None:
    chain = Chain()
    one = _spend(chain, p2wpkh(5), [5])
    chain.add([sign([one], [(50 * COIN, b"\x51")])])
    top = len(chain.blocks) - 1
    fields = json.loads(getblock(chain.blocks[top], top))
    prevout = {"height": 1, "value": 50.0, "scriptPubKey": {"hex": p2wpkh(5).hex()}}
    fields["tx"][1]["vin"][0]["prevout"] = prevout
    path = tmp_path / "block.json"
    path.write_text(json.dumps(fields))
    ledger = ledger_of(path)
    assert failures(ledger) == set()
    assert ledger.signatures == 1
    assert passed(ledger)["block-reward"] == 1
    prevout["value"] = 49.99999999
    path.write_text(json.dumps(fields))
    assert failures(ledger_of(path)) == {
        ("input-signature", "signature-mismatch", top),
        ("value-balance", "value-created", top),
    }


def test_an_export_that_contradicts_the_blocks_before(tmp_path: Path) -> None:
    chain = Chain()
    one = _spend(chain, p2pkh(5), [5])
    chain.add([sign([one], [(50 * COIN, b"\x51")])])
    top = len(chain.blocks) - 1
    texts = [getblock(each, at) for at, each in enumerate(chain.blocks)]
    fields = json.loads(texts[top])
    fields["tx"][1]["vin"][0]["prevout"] = {
        "height": 1,
        "value": 49,
        "scriptPubKey": {"hex": p2pkh(5).hex()},
    }
    path = tmp_path / "blocks.json"
    path.write_text("\n".join([*texts[:top], json.dumps(fields)]))
    assert failures(ledger_of(path)) == {("spent-outputs", "output-differs", top)}


def test_transaction_rules_in_a_block(tmp_path: Path) -> None:
    chain = Chain()
    nothing = serialise([Input(b"\x07" * 32 + bytes(4), 0, b"")], [(-1, b"\x51")])
    chain.add([nothing])
    ledger = ledger_of(_write(tmp_path, chain.blocks))
    assert ("transaction-rules", "amount-out-of-range", 1) in failures(ledger)
    chain = Chain()
    chain.grow(1)
    chain.blocks[1] = chain.blocks[1][:80] + b"\x00"
    ledger = ledger_of(_write(tmp_path, chain.blocks))
    assert failures(ledger) == {
        ("transaction-rules", "no-transactions", 1),
        ("block-height", "height-not-stated", 1),
    }


def test_a_block_that_is_too_large(tmp_path: Path) -> None:
    chain = Chain()
    script = b"\x6a" + bytes(1_000_100)
    chain.add(
        coinbase=serialise(
            [Input(bytes(32) + b"\xff" * 4, 0, b"", script_sig=b"\x51\x00")],
            [(0, script)],
        )
    )
    ledger = ledger_of(_write(tmp_path, chain.blocks))
    assert failures(ledger) == {("transaction-rules", "block-too-large", 1)}


def test_bytes_behind_a_block_and_broken_blocks(tmp_path: Path) -> None:
    chain = Chain()
    chain.grow(1)
    path = tmp_path / "blk00000.dat"
    path.write_bytes(framed([chain.blocks[0], chain.blocks[1] + b"\x00"]))
    assert failures(ledger_of(path)) == {("block-form", "trailing-bytes", 1)}
    header = chain.blocks[1][:80]
    for body, reason in (
        (b"\xfd\x01\x00" + chain.blocks[1][81:], "not-canonical"),
        (b"\xfe\xff\xff\xff\x7f", "too-many"),
        (b"\x01" + bytes(4) + b"\x00\x07" + bytes(60), "malformed"),
        (b"\x01" + bytes(5), "truncated"),
    ):
        path.write_bytes(framed([chain.blocks[0], header + body]))
        found = failures(ledger_of(path))
        assert ("block-form", reason, 1) in found, reason


def test_anchors_in_either_order_give_heights(tmp_path: Path) -> None:
    old = Chain(with_genesis=False)
    for _ in range(3):
        bare = serialise(
            [Input(bytes(32) + b"\xff" * 4, 0, b"", script_sig=b"\xff\xff")],
            [(50 * COIN, b"\x51")],
        )
        old.add(coinbase=bare, parent=old.tip if old.blocks else b"\x09" * 32)
    path = _write(tmp_path, old.blocks)
    assert ledger_of(path).first == 0
    said = {each.code for each in ledger_of(path).not_checked}
    assert "height-unknown" in said
    shown = sha256d(old.blocks[2][:80])[::-1]
    anchor = HistoryAnchor(7002, shown, AnchorOrigin.PUBLISHED, "noted", "x")
    (ledger,) = verified(path, checkpoints=[anchor]).ledgers
    assert (ledger.first, ledger.last) == (7000, 7002)
    assert {each.reason for each in ledger.findings} == {
        "height-not-stated",  # at 7,000 it must be
        "reward-too-high",
    }
    assert [each.agrees for each in ledger.anchors] == [True]


def test_networks(tmp_path: Path) -> None:
    chain = Chain()
    chain.grow(1)
    path = tmp_path / "block.raw"
    path.write_bytes(chain.blocks[1])
    (ledger,) = verified(path, network="regtest").ledgers
    assert ledger.title == "bitcoin regtest"
    assert "network-assumed" not in {each.code for each in ledger.not_checked}
    (ledger,) = verified(path, network="mainnet").ledgers
    assert ("proof-of-work", "target-too-easy", 0) in failures(ledger)
    assert verified(path, network="moon").problem == "no network moon"
    both = tmp_path / "both"
    both.mkdir()
    (both / "a.dat").write_bytes(framed(chain.blocks))
    (both / "b.dat").write_bytes(framed(chain.blocks, bytes.fromhex("0b110907")))
    titles = {each.title for each in verified(both).ledgers}
    assert titles == {"bitcoin regtest", "bitcoin test"}


def test_another_first_block_is_said(tmp_path: Path) -> None:
    chain = Chain(with_genesis=False)
    coinbase = chain.coinbase(0, 50 * COIN, b"\x51", is_witness=True)
    root = sha256d(coinbase[:4] + coinbase[6:-38] + coinbase[-4:])
    chain.blocks.append(mined(bytes(32), root, START, [coinbase], BITS))
    ledger = ledger_of(_write(tmp_path, chain.blocks))
    assert failures(ledger) == set()
    assert "other-first-block" in {each.code for each in ledger.not_checked}
    assert REGTEST.genesis == sha256d(genesis()[:80])
    assert key_of(1)[0] in {2, 3}
    assert write_size(253) == b"\xfd\xfd\x00"
