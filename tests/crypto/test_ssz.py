"""The accumulator of era1 archives."""

import hashlib

from explorer.core.digests import HashAlgorithm
from explorer.crypto.ssz import DEPTH, LIMIT, list_of_pairs_root

SHA256 = HashAlgorithm.SHA256


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def slow(leaves: list[bytes]) -> bytes:
    level = [sha(each) for each in leaves] + [bytes(32)] * (LIMIT - len(leaves))
    for _ in range(DEPTH):
        level = [sha(a + b) for a, b in zip(level[::2], level[1::2], strict=True)]
    return sha(level[0] + len(leaves).to_bytes(32, "little"))


def test_missing_leaves_are_zero() -> None:
    for count in (0, 1, 2, 3, 5, 100):
        leaves = [index.to_bytes(64, "big") for index in range(count)]
        assert list_of_pairs_root(leaves, SHA256) == slow(leaves)


def test_a_full_list_has_a_root_and_more_has_none() -> None:
    leaves = [index.to_bytes(64, "big") for index in range(LIMIT)]
    assert list_of_pairs_root(leaves, SHA256) == slow(leaves)
    assert list_of_pairs_root([*leaves, bytes(64)], SHA256) == b""
