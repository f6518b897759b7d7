"""Tests of the trees of FISCO BCOS against a plain restatement of their rules."""

import pytest

from explorer.core.digests import HashAlgorithm
from explorer.crypto.fisco_trees import binary_root, indexed_leaf, indexed_root
from explorer.crypto.hashes import digest

SM3 = HashAlgorithm.SM3
KECCAK = HashAlgorithm.KECCAK256


def leaves(count: int) -> list[bytes]:
    return [digest(SM3, bytes([each])) for each in range(count)]


def test_a_tree_without_leaves() -> None:
    assert indexed_root([], KECCAK) == digest(KECCAK, b"")
    assert binary_root([], SM3) == bytes(32)


def test_one_leaf() -> None:
    (leaf,) = leaves(1)
    assert indexed_root([leaf], SM3) == digest(SM3, b"\x80" + leaf)
    assert binary_root([leaf], SM3) == leaf


def test_numbers_of_leaves_are_in_rlp() -> None:
    assert indexed_leaf(0, b"x") == b"\x80x"
    assert indexed_leaf(1, b"x") == b"\x01x"
    assert indexed_leaf(128, b"x") == b"\x81\x80x"


def test_an_odd_last_node_is_hashed_alone() -> None:
    a, b, c = leaves(3)
    left = digest(SM3, a + b)
    right = digest(SM3, c)
    assert binary_root([a, b, c], SM3) == digest(SM3, left + right)


@pytest.mark.parametrize("count", [2, 16, 17, 33])
def test_sixteen_children(count: int) -> None:
    level = [indexed_leaf(index, each) for index, each in enumerate(leaves(count))]
    while len(level) > 1:
        level = [
            digest(SM3, b"".join(level[at : at + 16]))
            for at in range(0, len(level), 16)
        ]
    assert indexed_root(leaves(count), SM3) == digest(SM3, level[0])
