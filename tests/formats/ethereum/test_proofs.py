"""Proofs of accounts and stored values (EIP-1186)."""

import json
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from explorer.core.errors import ReadError
from explorer.crypto.proofs import lead
from explorer.encodings.rlp import decode_plain, encode, from_int
from explorer.formats.ethereum import checks
from explorer.formats.ethereum.headers import EMPTY_ROOT
from explorer.formats.ethereum.proofs import path_of
from explorer.lab.ethereum_writer import keccak
from explorer.model.blocks import NO_BLOCK
from tests.formats.ethereum.chains import child, genesis
from tests.formats.ethereum.driving import run_all, run_one
from tests.formats.ethereum.test_json import block_json_of, put

Tree = dict[bytes, bytes]
Node: TypeAlias = Any  # bytes, or lists of them in one another


def halves(key: bytes) -> list[int]:
    return [half for byte in key for half in (byte >> 4, byte & 15)]


def prefixed(path: list[int], *, is_leaf: bool) -> bytes:
    flag = (2 if is_leaf else 0) + len(path) % 2
    padded = [flag, *path] if len(path) % 2 else [flag, 0, *path]
    pairs = zip(padded[::2], padded[1::2], strict=True)
    return bytes(high << 4 | low for high, low in pairs)


def node(
    pairs: list[tuple[list[int], bytes]], wanted: list[int], out: list[bytes]
) -> Node:
    """Return a node (written another way than the program's) and its proof nodes."""
    path, value = pairs[0]
    if len(pairs) == 1:
        return [prefixed(path, is_leaf=True), value]
    shared = 0
    while all(other[shared] == path[shared] for other, _ in pairs):
        shared += 1
    if shared:
        below = [(each[shared:], held) for each, held in pairs]
        inner: list[bytes] = []
        follows = wanted[:shared] == path[:shared]
        found = named(below, wanted[shared:], inner if follows else [])
        out += inner if follows else []
        return [prefixed(path[:shared], is_leaf=False), found]
    children: list[Any] = []
    for nibble in range(16):
        below = [(each[1:], held) for each, held in pairs if each[0] == nibble]
        inner = []
        children.append(named(below, wanted[1:], inner) if below else b"")
        if wanted and wanted[0] == nibble:
            out += inner
    return [*children, b""]


def named(
    pairs: list[tuple[list[int], bytes]], wanted: list[int], out: list[bytes]
) -> Node:
    below: list[bytes] = []
    found = node(pairs, wanted, below)
    encoded = encode(found)
    if len(encoded) < 32:
        out += below
        return found
    out += [encoded, *below]
    return keccak(encoded)


def prove(tree: Tree, key: bytes) -> tuple[bytes, list[bytes]]:
    """Return the root of a tree and the nodes towards a key."""
    pairs = sorted((halves(keccak(each)), value) for each, value in tree.items())
    below: list[bytes] = []
    top = encode(node(pairs, halves(keccak(key)), below))
    return keccak(top), [top, *below]


ACCOUNTS = [bytes([each]) * 20 for each in range(1, 40)]
SLOTS = {each.to_bytes(32, "big"): encode(from_int(each * 7)) for each in range(1, 30)}


def account(balance: int, storage: bytes = EMPTY_ROOT) -> bytes:
    return encode([from_int(1), from_int(balance), storage, keccak(b"")])


def state(storage: bytes) -> Tree:
    return {
        each: account(index + 1, storage if index == 4 else EMPTY_ROOT)
        for index, each in enumerate(ACCOUNTS)
    }


def answer(slot: int = 3) -> tuple[bytes, dict[str, Any]]:
    """Return a state root and the answer of ``eth_getProof`` for the fifth account."""
    key = slot.to_bytes(32, "big")
    storage_root, below = prove(SLOTS, key)
    root, nodes = prove(state(storage_root), ACCOUNTS[4])
    found = {
        "address": f"0x{ACCOUNTS[4].hex()}",
        "accountProof": [f"0x{each.hex()}" for each in nodes],
        "balance": "0x5",
        "nonce": "0x1",
        "codeHash": f"0x{keccak(b'').hex()}",
        "storageHash": f"0x{storage_root.hex()}",
        "storageProof": [
            {
                "key": hex(slot),
                "value": hex(slot * 7 if key in SLOTS else 0),
                "proof": [f"0x{each.hex()}" for each in below],
            }
        ],
    }
    return root, found


def evidence(folder: Path, root: bytes, found: object) -> Path:
    put(folder, "block.json", block_json_of(child(genesis(), state=root)))
    put(folder, "proof.json", {"jsonrpc": "2.0", "id": 1, "result": found})
    return folder


def test_a_proof_beside_its_block_holds(tmp_path: Path) -> None:
    chain, proof = run_all(evidence(tmp_path, *answer()))
    assert chain.faults == proof.faults == proof.open == []
    assert proof.passed[checks.ACCOUNT_PROOF] == 1
    assert proof.passed[checks.STORAGE_PROOF] == 1
    assert [each.block for each in proof.entries] == [NO_BLOCK]
    assert [each.code for each in proof.closing.not_checked] == ["ethereum-proof"]


def test_a_proof_shows_what_is_not_there(tmp_path: Path) -> None:
    _, proof = run_all(evidence(tmp_path, *answer(slot=1_000)))
    assert proof.faults == proof.open == []
    assert proof.passed[checks.STORAGE_PROOF] == 1


def test_a_proof_alone_leads_to_an_unknown_root(tmp_path: Path) -> None:
    _, found = answer()
    run = run_one(put(tmp_path, "proof.json", found))
    assert run.faults == []
    assert run.open == [(checks.ACCOUNT_PROOF, "proof-root-not-in-export", NO_BLOCK)]


@pytest.mark.parametrize("name", ["balance", "nonce", "codeHash"])
def test_another_value_leads_elsewhere(name: str, tmp_path: Path) -> None:
    root, found = answer()
    found[name] = f"0x{'ab' * 32}" if name == "codeHash" else "0x77"
    _, proof = run_all(evidence(tmp_path, root, found))
    assert proof.faults == [(checks.ACCOUNT_PROOF, "path-leads-elsewhere", NO_BLOCK)]


def test_another_stored_value_leads_elsewhere(tmp_path: Path) -> None:
    root, found = answer()
    found["storageProof"][0]["value"] = "0x16"
    _, proof = run_all(evidence(tmp_path, root, found))
    assert proof.faults == [(checks.STORAGE_PROOF, "path-leads-elsewhere", NO_BLOCK)]


def test_the_proof_of_another_account_does_not_follow_the_key(tmp_path: Path) -> None:
    root, found = answer()
    found["address"] = f"0x{ACCOUNTS[5].hex()}"
    _, proof = run_all(evidence(tmp_path, root, found))
    assert proof.faults
    assert {check for check, _, _ in proof.faults} == {checks.ACCOUNT_PROOF}


def test_every_node_is_tied(tmp_path: Path) -> None:
    root, found = answer()
    for index in range(len(found["accountProof"])):
        nodes = list(found["accountProof"])
        changed = bytearray.fromhex(nodes[index][2:])
        changed[-1] ^= 1
        nodes[index] = f"0x{changed.hex()}"
        _, proof = run_all(evidence(tmp_path, root, {**found, "accountProof": nodes}))
        assert proof.faults or proof.open, index


def test_a_malformed_proof_is_told(tmp_path: Path) -> None:
    root, found = answer()
    del found["balance"]
    _, proof = run_all(evidence(tmp_path, root, found))
    assert proof.faults == [(checks.FRAMING, "field-missing", NO_BLOCK)]


@pytest.mark.parametrize("count", [1, 2, 5, 40])
def test_every_key_of_a_tree_has_its_path(count: int) -> None:
    tree = {bytes([each]) * 20: b"value %d" % each * 3 for each in range(count)}
    for key, value in tree.items():
        root, nodes = prove(tree, key)
        path = path_of(nodes, key)
        assert path.value == value
        assert lead(path.start, path.steps) == root
    root, nodes = prove(tree, b"not there")
    path = path_of(nodes, b"not there")
    assert path.value == b""
    assert lead(path.start, path.steps) == root


def test_short_nodes_stand_inside_their_parents() -> None:
    tree = {bytes([each]): b"\x01" for each in range(64)}
    for key in tree:
        root, nodes = prove(tree, key)
        path = path_of(nodes, key)
        assert path.value == b"\x01"
        assert lead(path.start, path.steps) == root


@pytest.mark.parametrize(
    "nodes",
    [
        [b"\xc0"],
        [b"\x80"],
        [encode([b"\x7f", b"x"])],
        [encode([b""] * 3)],
        [encode([prefixed([], is_leaf=False), bytes(32)])],
        [b"\xc0"] * 100,
    ],
)
def test_what_is_no_node_is_refused(nodes: list[bytes]) -> None:
    with pytest.raises(ReadError) as caught:
        path_of(nodes, b"key")
    assert caught.value.reason in {"proof-malformed", "proof-path-mismatch"}


def test_an_empty_tree_holds_nothing() -> None:
    path = path_of([], b"key")
    assert lead(path.start, path.steps) == EMPTY_ROOT
    assert json.dumps({}) == "{}"
    assert decode_plain(b"\x80") == b""
