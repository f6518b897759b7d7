"""Merkle-Patricia roots: published vectors and a second way to build them."""

import json
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.digests import HashAlgorithm
from explorer.crypto.hashes import digest
from explorer.crypto.patricia import compact, list_root, map_root, nibbles
from explorer.crypto.tree_rules import tree_root
from explorer.encodings.rlp import encode, from_int
from explorer.model.claims import TreeRule

Tree: TypeAlias = Any  # dictionaries or lists in one another
KECCAK = HashAlgorithm.KECCAK256
EMPTY = "56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421"


def test_an_empty_tree_has_the_known_root() -> None:
    assert list_root([], KECCAK).hex() == EMPTY
    assert map_root({b"key": b""}, KECCAK).hex() == EMPTY


def test_a_known_tree_has_its_root() -> None:
    # Ethereum tests, TrieTests/trieanyorder.json, "singleItem" and "dogs"
    assert map_root({b"A": b"a" * 50}, KECCAK).hex() == (
        "d23786fb4a010da3ce639d66d5e904a11dbc02746d1ce25029e53290cabf28ab"
    )
    dogs = {b"doe": b"reindeer", b"dog": b"puppy", b"dogglesworth": b"cat"}
    assert map_root(dogs, KECCAK).hex() == (
        "8aad789dff2f538bca5d8ea56e8abe10f4c7ba3a5dea95fea4cd6e7c3a1168d3"
    )


@pytest.mark.parametrize(
    ("path", "is_leaf", "encoded"),
    [  # Yellow Paper, appendix C
        ([1, 2, 3, 4, 5], False, "112345"),
        ([0, 1, 2, 3, 4, 5], False, "00012345"),
        ([0, 15, 1, 12, 11, 8], True, "200f1cb8"),
        ([15, 1, 12, 11, 8], True, "3f1cb8"),
        ([], True, "20"),
    ],
)
def test_paths_are_prefixed(path: list[int], is_leaf: bool, encoded: str) -> None:
    assert compact(bytes(path), is_leaf=is_leaf).hex() == encoded


def slow_root(pairs: dict[bytes, bytes]) -> bytes:
    """Build the tree by inserting one key after the other."""
    tree: Tree = None
    for key, value in pairs.items():
        tree = inserted(tree, list(nibbles(key)), value)
    return digest(KECCAK, encode(reduced(tree)) if tree is not None else b"\x80")


def inserted(tree: Tree, path: list[int], value: bytes) -> Tree:
    if tree is None:
        tree = {}
    if not path:
        tree[""] = value
    else:
        tree[path[0]] = inserted(tree.get(path[0]), path[1:], value)
    return tree


def reduced(tree: Tree) -> Tree:
    if len(tree) == 1:
        path: list[int] = []
        while len(tree) == 1 and "" not in tree:
            ((step, tree),) = tree.items()
            path.append(step)
        if set(tree) == {""}:
            return [compact(bytes(path), is_leaf=True), tree[""]]
        return [compact(bytes(path), is_leaf=False), named(reduced(tree))]
    children = [named(reduced(tree[n])) if n in tree else b"" for n in range(16)]
    return [*children, tree.get("", b"")]


def named(node: Tree) -> Tree:
    encoded = encode(node)
    return node if len(encoded) < 32 else digest(KECCAK, encoded)


@given(st.dictionaries(st.binary(max_size=6), st.binary(min_size=1, max_size=40)))
def test_both_ways_give_one_root(pairs: dict[bytes, bytes]) -> None:
    assert map_root(pairs, KECCAK) == slow_root(pairs)


@given(st.lists(st.binary(min_size=1, max_size=60), max_size=300))
def test_a_list_is_the_tree_of_its_indices(values: list[bytes]) -> None:
    pairs = {encode(from_int(index)): each for index, each in enumerate(values)}
    assert tree_root(TreeRule.PATRICIA, values, KECCAK) == map_root(pairs, KECCAK)


def test_long_keys_are_refused() -> None:
    with pytest.raises(ValueError, match="64 bytes"):
        map_root({bytes(65): b"x"}, KECCAK)


def test_the_vectors_of_ethereum(corpora: Path) -> None:
    folder = corpora / "ethereum" / "ethereum-tests"
    cases = json.loads((folder / "TrieTests__trietest.json").read_text("utf-8"))
    for name, case in cases.items():
        pairs: dict[bytes, bytes] = {}
        for key, value in case["in"]:
            pairs[octets(key)] = octets(value) if value else b""
        assert map_root(pairs, KECCAK).hex() == case["root"][2:], name


def octets(text: str) -> bytes:
    return bytes.fromhex(text[2:]) if text.startswith("0x") else text.encode()
