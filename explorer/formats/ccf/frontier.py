"""The Merkle tree of a CCF ledger, grown leaf by leaf.

CCF documentation, "Merkle tree"; the tree has the shape of RFC 6962 without prefixes:
``SHA-256(left, right)``, an odd node goes up as it is. Kept are only the roots of the
full subtrees, as many as the number of leaves has bits. The first leaf is zero, so that
the leaf of an entry has its sequence number.
"""

import hashlib
from collections.abc import Sequence

from explorer.core.errors import ReadError

ZERO_LEAF = bytes(32)
MAX_TREE_LEAVES = 10_000_000
"""Leaves read from one stated tree."""


class Frontier:
    """The roots of the full subtrees of the leaves so far, the largest first."""

    def __init__(self, peaks: Sequence[bytes] = (), size: int = 0) -> None:
        """Continue a tree of ``size`` leaves."""
        self._peaks = list(peaks)
        self._joined = b""
        """The two halves of the last peak, while it is the only one."""
        self.size = size

    def append(self, leaf: bytes) -> None:
        """Add one leaf."""
        peaks, rest = self._peaks, self.size
        node = leaf
        while rest & 1:
            self._joined = peaks.pop() + node
            node = hashlib.sha256(self._joined).digest()
            rest >>= 1
        peaks.append(node)
        self.size += 1

    def top(self) -> bytes:
        """Return the bytes whose SHA-256 is the root: its two children, 64 bytes.

        Empty while there are fewer than two leaves, or if the tree was continued with
        one full tree, whose halves are not known.
        """
        peaks = self._peaks
        if len(peaks) < 2:
            return self._joined
        right = peaks[-1]
        for peak in reversed(peaks[1:-1]):
            right = hashlib.sha256(peak + right).digest()
        return peaks[0] + right


class StatedTree:
    """The tree as a signature entry writes it down (``public:ccf.internal.tree``).

    ``merklecpp``, ``Tree::serialise``: number of leaves kept and number forgotten (64
    bits, big-endian), the leaves kept, then the roots of full subtrees of those that
    are forgotten, the smallest first.
    """

    def __init__(self, data: bytes) -> None:
        """Read a tree.

        Raises:
            ReadError: ``tree-malformed``.
        """
        kept = int.from_bytes(data[:8], "big")
        self.first = int.from_bytes(data[8:16], "big")
        """Sequence number of the first leaf that is kept."""
        peaks = self.first.bit_count()
        if kept > MAX_TREE_LEAVES or len(data) != 16 + 32 * (kept + peaks):
            raise ReadError("not a tree", "tree-malformed")
        nodes = [data[at : at + 32] for at in range(16, len(data), 32)]
        self.leaves = nodes[:kept]
        self._peaks = nodes[kept:][::-1]

    def before(self, seqno: int) -> Frontier | None:
        """Return the tree of all leaves before ``seqno``; ``None`` if forgotten."""
        if not self.first <= seqno <= self.first + len(self.leaves):
            return None
        frontier = Frontier(self._peaks, self.first)
        for leaf in self.leaves[: seqno - self.first]:
            frontier.append(leaf)
        return frontier

    def leaf(self, seqno: int) -> bytes:
        """Return the digest of an entry, empty if it is not kept."""
        at = seqno - self.first
        return self.leaves[at] if 0 <= at < len(self.leaves) else b""
