"""The Merkle tree of one ledger while its entries come, and the roots that were signed.

CCF 6 documentation, "Ledger verification". Where the ledger begins in the middle, or a
root does not match, the tree that a signature entry writes down is taken over if its
root is the signed one: it also tells which entry is another one.
"""

from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.crypto.hashes import digest
from explorer.formats.batching import BatchDraft
from explorer.formats.ccf import checks
from explorer.formats.ccf.chunks import RawEntry
from explorer.formats.ccf.frontier import ZERO_LEAF, Frontier, StatedTree
from explorer.formats.ccf.signing import SIGNATURES, TREE
from explorer.formats.ccf.tables import PublicPart, Table
from explorer.model.checks import Kind
from explorer.model.claims import HashClaim

_SHA256 = HashAlgorithm.SHA256
MAX_RECENT = 1_000_000
"""Entries since the last good root that are compared with a stated tree."""


class TreeKeeper:
    """Grows the tree entry by entry and claims each signed root."""

    def __init__(self, first: int) -> None:
        """Begin before entry ``first``; only a whole ledger has its tree at once."""
        self._frontier: Frontier | None = None
        if first == 1:
            self._frontier = Frontier()
            self._frontier.append(ZERO_LEAF)
        self._is_lost = False
        self._recent: dict[int, tuple[bytes, ByteSpan]] = {}
        """Digest and place of the entries since the last good root."""

    def restart(self, frontier: Frontier | None) -> None:
        """Go on behind a gap with the tree of what is missing, if it is known."""
        self._frontier = frontier
        self._is_lost = False
        self._recent.clear()

    @property
    def is_known(self) -> bool:
        """Return whether the tree of all entries so far is known."""
        return self._frontier is not None

    def root(self) -> bytes:
        """Return the root so far, empty if it is not known."""
        return b"" if self._frontier is None else digest(_SHA256, self._frontier.top())

    def grow(self, raw: RawEntry, part: PublicPart | None) -> bytes:
        """Add an entry; return the bytes whose hash names the ledger up to it.

        These are the two halves of the tree, or the entry itself where the tree is not
        known.
        """
        data, frontier = raw.data, self._frontier
        leaf = digest(_SHA256, data) if part is None else part.leaf(data)
        if len(self._recent) < MAX_RECENT:
            self._recent[raw.seqno] = (leaf, raw.span)
        if frontier is None:
            return data
        frontier.append(leaf)
        return frontier.top() or data

    def signed(
        self, raw: RawEntry, part: PublicPart, root: bytes, draft: BatchDraft
    ) -> None:
        """Claim a signed root, and find the entry that is another one if it differs."""
        place = table_place(raw, part.tables.get(SIGNATURES))
        if self._frontier is not None and not self._is_lost:
            top = self._frontier.top()
            draft.claims.append(
                HashClaim(
                    checks.ROOT,
                    raw.seqno,
                    0,
                    _SHA256,
                    top,
                    root,
                    place,
                    place,
                    part="halves of the tree",
                )
            )
            draft.covered += [(Kind.TREE, span) for _, span in self._recent.values()]
            if digest(_SHA256, top) == root:
                self._recent.clear()
                return
        else:
            reason = "follows-bad-root" if self._is_lost else "tree-not-in-export"
            draft.skip(checks.ROOT, reason, raw.seqno, place)
        self._take_over(raw, part, root, draft)

    def _take_over(
        self, raw: RawEntry, part: PublicPart, root: bytes, draft: BatchDraft
    ) -> None:
        stated = stated_tree(raw, part)
        frontier = None if stated is None else stated.before(raw.seqno)
        is_signed = (
            frontier is not None
            and frontier.size == raw.seqno
            and digest(_SHA256, frontier.top()) == root
        )
        if stated is None or frontier is None or not is_signed:
            self._is_lost = self._frontier is not None
            return
        for seqno, (leaf, span) in self._recent.items():
            wanted = stated.leaf(seqno)
            if wanted == leaf:
                draft.passed[checks.LEAF] += 1
            elif wanted:
                draft.fail(checks.LEAF, "leaf-differs", seqno, span)
        self.restart(frontier)


def stated_tree(raw: RawEntry, part: PublicPart) -> StatedTree | None:
    """Return the tree that an entry writes down; ``None`` without a readable one."""
    table = part.tables.get(TREE)
    if table is None or not table.writes:
        return None
    try:
        return StatedTree(raw.data[slice(*table.writes[0][1])])
    except ReadError:
        return None


def table_place(raw: RawEntry, table: Table | None) -> ByteSpan:
    """Return where the first value of a table stands."""
    if table is None or not table.writes:
        return raw.span
    return raw.place(*table.writes[0][1])
