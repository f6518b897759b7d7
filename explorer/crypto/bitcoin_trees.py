"""Bitcoin's tree of hashes, and the commitment to witnesses made with it.

Bitcoin Core 29, ``src/consensus/merkle.cpp``; BIP-141, "Commitment structure". A level
with an odd number of nodes repeats its last one, so that a list and the same list with
its end repeated have one root (CVE-2012-2459): whoever uses a root must also refuse
repeated leaves.
"""

from collections.abc import Sequence

from explorer.core.digests import HashAlgorithm
from explorer.crypto.hashes import hash_function

NOTHING = bytes(32)
"""Root of no leaves."""


def merkle_root(leaves: Sequence[bytes], algorithm: HashAlgorithm) -> bytes:
    """Return the root; leaves are taken as nodes, without hashing them again."""
    combine = hash_function(algorithm)
    level = list(leaves) or [NOTHING]
    while len(level) > 1:
        if len(level) & 1:
            level.append(level[-1])
        pairs = iter(level)
        level = [
            combine(left + right) for left, right in zip(pairs, pairs, strict=True)
        ]
    return level[0]


def witness_commitment(leaves: Sequence[bytes], algorithm: HashAlgorithm) -> bytes:
    """Return the hash of the root of all leaves but the last, and that last one."""
    *nodes, value = leaves or (NOTHING,)
    return hash_function(algorithm)(merkle_root(nodes, algorithm) + value)
