"""Merkle trees of FISCO BCOS: 16 children and numbered leaves in 2.x, two in 3.x.

2.x: ``libdevcore/TrieHash2.cpp`` of FISCO BCOS 2.11, for chains made with 2.2.0 or
later. 3.x: ``bcos-crypto/merkle/Merkle.h`` of FISCO BCOS 3.6. Neither separates leaves
from inner nodes; an odd last node of 3.x is hashed alone, never doubled. Left out: the
roots of chains made with 2.0 or 2.1, which cover bytes that no export holds.
"""

from collections.abc import Sequence

from explorer.core.digests import HashAlgorithm
from explorer.crypto.hashes import hash_function
from explorer.encodings.rlp import encode, from_int

INDEXED_CHILDREN = 16
"""Children of an inner node in 2.x."""


def indexed_leaf(index: int, leaf: bytes) -> bytes:
    """Return a leaf of 2.x: its number in RLP, then its hash."""
    return encode(from_int(index)) + leaf


def indexed_root(leaves: Sequence[bytes], algorithm: HashAlgorithm) -> bytes:
    """Return the root of 2.x over hashes; without any, the hash of nothing."""
    hashed = hash_function(algorithm)
    level = [indexed_leaf(index, leaf) for index, leaf in enumerate(leaves)]
    while len(level) > 1:
        level = [
            hashed(b"".join(level[start : start + INDEXED_CHILDREN]))
            for start in range(0, len(level), INDEXED_CHILDREN)
        ]
    return hashed(level[0] if level else b"")


def binary_root(leaves: Sequence[bytes], algorithm: HashAlgorithm) -> bytes:
    """Return the root of 3.x over hashes; without any, 32 zero bytes."""
    hashed = hash_function(algorithm)
    level = list(leaves)
    while len(level) > 1:
        level = [
            hashed(b"".join(level[start : start + 2]))
            for start in range(0, len(level), 2)
        ]
    return level[0] if level else bytes(algorithm.digest_size)
