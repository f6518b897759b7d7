"""Which blocks lie on a branch that the chain left aside.

Before the merge the branch with the greatest total difficulty counts (Yellow Paper,
section 10), after it, and where validators seal, the longest one; between equals the
one that came first. Only where numbers repeat are hashes worked out here.
"""

from collections import Counter
from collections.abc import Callable, Iterable

from explorer.core.digests import HashAlgorithm
from explorer.crypto.hashes import hash_function
from explorer.formats.ethereum.records import RawBlock
from explorer.model.blocks import Unreadable

MAX_BRANCHED_BLOCKS = 2_000_000
"""Blocks of a file with branches that are compared."""
_keccak = hash_function(HashAlgorithm.KECCAK256)


class Branches:
    """What is known about branches before the blocks are read in order."""

    def __init__(self, aside: frozenset[bytes], *, has_forks: bool) -> None:
        """Take the hashes of the blocks that are left aside."""
        self.aside = aside
        self.has_forks = has_forks


NO_BRANCHES = Branches(frozenset(), has_forks=False)


def has_repeats(numbers: Iterable[int]) -> bool:
    """Return whether a number stands twice."""
    last, is_ascending = -1, True
    kept: Counter[int] = Counter()
    for seen, number in enumerate(numbers):
        if seen > MAX_BRANCHED_BLOCKS:
            return False
        is_ascending = is_ascending and number > last
        last = number
        kept[number] += 1
    return not is_ascending and any(count > 1 for count in kept.values())


def find_branches(
    blocks: Iterable[RawBlock | Unreadable], hashed: Callable[[RawBlock], bytes]
) -> Branches:
    """Return which blocks are left aside; ``hashed`` gives the bytes of a block's hash.

    The best tip is looked for, and its ancestors are the chain; all else is aside.
    """
    parents: dict[bytes, bytes] = {}
    weights: dict[bytes, tuple[int, int]] = {}
    best, best_weight = b"", (-1, -1)
    number_of: dict[bytes, int] = {}
    for block in blocks:
        if isinstance(block, Unreadable) or block.header is None:
            continue
        name = _keccak(hashed(block))
        if name in parents:
            continue
        parents[name] = block.parent_hash
        number_of[name] = block.number
        before = weights.get(block.parent_hash, (0, block.number - 1))
        weight = (before[0] + block.header.difficulty, block.number)
        weights[name] = weight
        if weight > best_weight:
            best, best_weight = name, weight
    chain: set[bytes] = set()
    while best in parents and best not in chain:
        chain.add(best)
        best = parents[best]
    taken = {number_of[name] for name in chain}
    # What stands beside no block of the chain is behind a gap, not on a branch.
    aside = (name for name in parents if name not in chain)
    return Branches(
        frozenset(name for name in aside if number_of[name] in taken), has_forks=True
    )
