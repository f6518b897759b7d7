"""Checks of hashes, links, trees and work.

Trees follow RFC 9162 section 2.1; what the bytes are is said by the claim.
"""

from collections.abc import Sequence
from typing import Final

from explorer.core.digests import HashAlgorithm
from explorer.core.spans import ByteSpan
from explorer.crypto.hashes import hash_function
from explorer.crypto.trees import tree_hash
from explorer.model.blocks import Block
from explorer.model.checks import CheckResult, Outcome
from explorer.model.claims import HashClaim, LinkClaim, TreeClaim, WorkClaim

PASSED: Final = CheckResult("", Outcome.PASSED, "")
"""What a check answers when its claim holds; one object, since it happens often."""


class BlockDigests:
    """Hashes of block headers, each computed once for store, hash and link checks.

    The same bytes object serves as a block's header and as the parent header of the
    next block, so it is recognised by identity; the last header of a batch is kept for
    the first link of the next.
    """

    def __init__(self) -> None:
        """Know nothing yet."""
        self._functions = {each: hash_function(each) for each in HashAlgorithm}
        self._known: dict[int, tuple[HashAlgorithm, bytes]] = {}
        self._kept: tuple[bytes, ...] = ()

    def load(self, blocks: Sequence[Block]) -> list[bytes]:
        """Return the hash of each block, in order, and remember them."""
        last = {id(header): self._known[id(header)] for header in self._kept}
        self._known = last
        hashes: list[bytes] = []
        for block in blocks:
            computed = self._functions[block.algorithm](block.header)
            self._known[id(block.header)] = (block.algorithm, computed)
            hashes.append(computed)
        self._held = blocks  # identities stay valid while the objects live
        if blocks:
            self._kept = (blocks[-1].header,)
        return hashes

    def of(self, algorithm: HashAlgorithm, data: bytes) -> bytes:
        """Return the hash of ``data``."""
        known = self._known.get(id(data))
        if known is not None and known[0] is algorithm:
            return known[1]
        return self._functions[algorithm](data)


class HashCheck:
    """Every declared hash equals the hash of the bytes it covers."""

    def __init__(self, digests: BlockDigests) -> None:
        """Take hashes of headers from ``digests``."""
        self._of = digests.of

    def examine(self, claim: HashClaim) -> CheckResult:
        """Answer for one claim; the claim names its clause of the format."""
        computed = self._of(claim.algorithm, claim.covered)
        if computed == claim.declared:
            return PASSED
        spans = (claim.place, claim.declared_place)
        result = _unequal(claim.check, "hash-mismatch", claim.declared, computed, spans)
        return _at(result, claim.block, claim.entry, decisive=claim.decisive)


class ParentLinkCheck:
    """Every block declares the hash of the block before it."""

    def __init__(self, digests: BlockDigests) -> None:
        """Take hashes of headers from ``digests``."""
        self._of = digests.of

    def examine(self, claim: LinkClaim) -> CheckResult:
        """Answer for one claim."""
        computed = self._of(claim.algorithm, claim.parent_header)
        if computed == claim.declared:
            return PASSED
        spans = (claim.place, claim.declared_place)
        reason = "parent-hash-mismatch"
        result = _unequal(claim.check, reason, claim.declared, computed, spans)
        return _at(result, claim.block, -1, decisive=claim.decisive)


class TreeRootCheck:
    """The leaves of a tree have the declared root."""

    def examine(self, claim: TreeClaim) -> CheckResult:
        """Answer for one claim."""
        computed = tree_hash(claim.leaves, claim.algorithm)
        if computed == claim.declared:
            return PASSED
        spans = (claim.place, claim.declared_place)
        result = _unequal(claim.check, "root-mismatch", claim.declared, computed, spans)
        return _at(result, claim.block, -1, decisive=claim.decisive)


class WorkCheck:
    """The hash, read as a big-endian number, is not above the target."""

    def __init__(self, digests: BlockDigests) -> None:
        """Take hashes of headers from ``digests``."""
        self._of = digests.of

    def examine(self, claim: WorkClaim) -> CheckResult:
        """Answer for one claim."""
        computed = self._of(claim.algorithm, claim.covered)
        if int.from_bytes(computed, "big") <= claim.target:
            return PASSED
        return CheckResult(
            claim.check,
            Outcome.FAILED,
            "work-not-done",
            claim.block,
            expected=f"<= {claim.target:064x}",
            computed=computed.hex(),
            spans=(claim.place,),
            decisive=claim.decisive,
        )


def _unequal(
    check: str,
    reason: str,
    declared: bytes,
    computed: bytes,
    spans: tuple[ByteSpan, ...],
) -> CheckResult:
    return CheckResult(
        check,
        Outcome.FAILED,
        reason,
        expected=declared.hex(),
        computed=computed.hex(),
        spans=spans,
    )


def _at(result: CheckResult, block: int, entry: int, *, decisive: bool) -> CheckResult:
    return CheckResult(
        result.check,
        result.outcome,
        result.reason,
        block,
        entry,
        result.expected,
        result.computed,
        result.spans,
        decisive,
    )
