"""Root of an SSZ list of records of two words, as era1 archives accumulate blocks.

Ethereum's consensus specifications, "SimpleSerialize", sections "Merkleization" and
"mix_in_length". Left out: every other SSZ type.
"""

from collections.abc import Sequence

from explorer.core.digests import HashAlgorithm
from explorer.crypto.hashes import hash_function

DEPTH = 13
"""Levels of a tree of 8,192 leaves."""
LIMIT = 2**DEPTH


def list_of_pairs_root(leaves: Sequence[bytes], algorithm: HashAlgorithm) -> bytes:
    """Return the root of at most ``LIMIT`` leaves of 64 bytes; more have none (empty).

    Levels are built from the leaves that are there; what is missing is a tree of zeros.
    """
    if len(leaves) > LIMIT:
        return b""
    hash_of = hash_function(algorithm)
    level = [hash_of(each) for each in leaves]
    zero = bytes(32)
    for _ in range(DEPTH):
        if len(level) % 2:
            level.append(zero)
        level = [hash_of(a + b) for a, b in zip(level[::2], level[1::2], strict=True)]
        zero = hash_of(zero + zero)
    top = level[0] if level else zero
    return hash_of(top + len(leaves).to_bytes(32, "little"))
