"""Which block a block follows, along any branch.

Without repeated numbers the parent is the block one number below, and its hash is left
to the link check; with them parents are found by hash.
"""

from collections.abc import Sequence

from explorer.core.digests import HashAlgorithm
from explorer.core.spans import ByteSpan
from explorer.crypto.hashes import hash_function
from explorer.formats.ethereum.forks import Fork, Reach
from explorer.formats.ethereum.headers import Header
from explorer.formats.ethereum.uncle_rules import GENERATIONS, Ancestor
from explorer.formats.ethereum.validators import ValidatorState

KEPT_BLOCKS = 64
"""Blocks remembered where there is one branch."""
_keccak = hash_function(HashAlgorithm.KECCAK256)
UNKNOWN_REACH = Reach(Fork.FRONTIER, Fork.LATER)


class Known:
    """A block that was read, as its children need it."""

    __slots__ = (
        "_hash",
        "declared_hash",
        "hashed",
        "header",
        "header_span",
        "number",
        "parent",
        "reach",
        "source",
        "total",
        "uncles",
        "validators",
    )

    def __init__(
        self,
        number: int,
        header: Header | None,
        hashed: bytes,
        header_span: ByteSpan,
        parent: "Known | None",
        declared_hash: bytes,
    ) -> None:
        """Keep what was read; ``hashed`` is empty where a field is missing."""
        self.number = number
        self.header = header
        self.hashed = hashed
        self.header_span = header_span
        self.parent = parent
        self.declared_hash = declared_hash
        self.reach = UNKNOWN_REACH
        self.total = -1
        """Total difficulty, -1 if unknown."""
        self.uncles: tuple[bytes, ...] = ()
        self.validators: ValidatorState | None = None
        self.source = header_span.source
        self._hash = b""

    @property
    def hash(self) -> bytes:
        """Return the block's hash, worked out once; a stated one if that is all."""
        if not self._hash:
            self._hash = _keccak(self.hashed) if self.hashed else self.declared_hash
        return self._hash


class Ancestry:
    """Remembers blocks so that parents can be found."""

    def __init__(self, *, has_forks: bool) -> None:
        """Keep all blocks by hash if ``has_forks``, else the last by number."""
        self._has_forks = has_forks
        self._by_number: dict[int, Known] = {}
        self._by_hash: dict[bytes, Known] = {}
        self.last: Known | None = None

    def repeated(self, block_hash: bytes) -> Known | None:
        """Return the very same block, if it was read before."""
        return self._by_hash.get(block_hash) if self._has_forks else None

    def parent_of(self, number: int, parent_hash: bytes) -> Known | None:
        """Return the block to follow: its link still has to be checked."""
        if self._has_forks and parent_hash in self._by_hash:
            return self._by_hash[parent_hash]
        found = self._by_number.get(number - 1)
        if found is None and self.last is not None and self.last.hash == parent_hash:
            return self.last
        return found

    def add(self, known: Known) -> None:
        """Remember a block."""
        self.last = known
        self._by_number[known.number] = known
        if self._has_forks:
            self._by_hash[known.hash] = known
        elif len(self._by_number) > KEPT_BLOCKS:
            oldest = next(iter(self._by_number))
            self._cut(self._by_number.pop(oldest))

    def _cut(self, known: Known) -> None:
        """Let go of the ancestors of a block, or memory would hold the whole chain."""
        known.parent = None

    def ancestors(self, parent: Known | None) -> Sequence[Ancestor]:
        """Return the nearest ancestors, parent first."""
        found: list[Ancestor] = []
        while parent is not None and len(found) < GENERATIONS:
            if parent.header is None:
                break
            found.append(Ancestor(parent.hash, parent.header, parent.uncles))
            parent = parent.parent
        return found
