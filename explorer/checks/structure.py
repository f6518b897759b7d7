"""Checks of hashes, links, trees, proofs and work; claims say what the bytes are."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal

from explorer.core.digests import HashAlgorithm
from explorer.crypto.hashes import digest
from explorer.crypto.proofs import lead
from explorer.crypto.tree_rules import tree_root
from explorer.model.blocks import Block
from explorer.model.checks import CheckResult, Outcome
from explorer.model.claims import (
    HashClaim,
    LinkClaim,
    ProofClaim,
    TreeClaim,
    TreeRule,
    WorkClaim,
)

PASSED: Final = CheckResult("", Outcome.PASSED, "")
"""What a check answers when its claim holds; one object, since it happens often."""

Failure = tuple[int, CheckResult]
"""Position of a claim in its list, and the answer other than passed."""


class BlockDigests:
    """Hashes of block headers, each computed once for store, hash and link checks.

    The same bytes object serves as a block's header and as the parent header of the
    next block, so it is recognised by identity; the last header of a batch is kept for
    the first link of the next.
    """

    def __init__(self) -> None:
        """Know nothing yet."""
        self._known: dict[int, tuple[HashAlgorithm, bytes]] = {}
        """Identity of a header → its algorithm and hash, where that is no SHA-256."""
        self._usual: dict[int, bytes] = {}
        self._last: Block | None = None
        self._held: Sequence[Block] = ()

    def load(self, blocks: Sequence[Block]) -> list[bytes]:
        """Return the hash of each block, in order, and remember them."""
        sha256, plain = hashlib.sha256, HashAlgorithm.SHA256
        known: dict[int, tuple[HashAlgorithm, bytes]] = {}
        usual: dict[int, bytes] = {}
        if self._last is not None:
            header = id(self._last.header)
            if header in self._usual:
                usual[header] = self._usual[header]
            elif header in self._known:
                known[header] = self._known[header]
        hashes: list[bytes] = []
        for block in blocks:
            data, algorithm = block.header, block.algorithm
            if not data:  # the export lacks what is hashed
                hashes.append(block.stated_hash)
                continue
            if algorithm is plain:
                computed = usual[id(data)] = sha256(data).digest()
            else:
                computed = digest(algorithm, data)
                known[id(data)] = (algorithm, computed)
            hashes.append(computed)
        self._known, self._usual = known, usual
        if blocks:
            self._last = blocks[-1]
        self._held = blocks  # an identity means the object only while it lives
        return hashes

    @property
    def usual(self) -> Mapping[int, bytes]:
        """Return identity of a header → its hash, where that is a SHA-256."""
        return self._usual

    def of(self, algorithm: HashAlgorithm, data: bytes) -> bytes:
        """Return the hash of ``data``."""
        if algorithm is HashAlgorithm.SHA256 and id(data) in self._usual:
            return self._usual[id(data)]
        known = self._known.get(id(data))
        if known is not None and known[0] is algorithm:
            return known[1]
        return digest(algorithm, data)


class HashCheck:
    """Every declared hash equals the hash of the bytes it covers."""

    def __init__(self, digests: BlockDigests) -> None:
        """Take hashes of headers from ``digests``."""
        self._digests = digests

    def failures(self, claims: Sequence[HashClaim]) -> Iterator[Failure]:
        """Yield what does not match; each claim names its clause of the format."""
        usual, plain = self._digests.usual, HashAlgorithm.SHA256
        for index, claim in enumerate(claims):
            covered, algorithm = claim.covered, claim.algorithm
            # nearly always a header whose hash is there: no call is worth its time
            if algorithm is plain and usual.get(id(covered)) == claim.declared:
                continue
            computed = self._digests.of(algorithm, covered)
            if computed != claim.declared:
                yield index, _unequal(claim, "hash-mismatch", computed, claim.entry)


class ParentLinkCheck:
    """Every block declares the hash of the block before it."""

    def __init__(self, digests: BlockDigests) -> None:
        """Take hashes of headers from ``digests``."""
        self._digests = digests

    def failures(self, claims: Sequence[LinkClaim]) -> Iterator[Failure]:
        """Yield the links that do not hold."""
        usual, plain = self._digests.usual, HashAlgorithm.SHA256
        for index, claim in enumerate(claims):
            parent, algorithm = claim.parent_header, claim.algorithm
            if algorithm is plain and usual.get(id(parent)) == claim.declared:
                continue
            computed = self._digests.of(algorithm, parent)
            if computed != claim.declared:
                yield index, _unequal(claim, "parent-hash-mismatch", computed)


class TreeRootCheck:
    """The leaves of a tree have the declared root."""

    def __init__(self) -> None:
        """Know no root yet; that without leaves is kept: most blocks are empty."""
        self._empty: dict[tuple[TreeRule, HashAlgorithm], bytes] = {}

    def failures(self, claims: Sequence[TreeClaim]) -> Iterator[Failure]:
        """Yield the trees that have another root."""
        empty = self._empty
        for index, claim in enumerate(claims):
            if claim.leaves:
                computed = tree_root(claim.rule, claim.leaves, claim.algorithm)
            else:
                key = (claim.rule, claim.algorithm)
                if key not in empty:
                    empty[key] = tree_root(claim.rule, (), claim.algorithm)
                computed = empty[key]
            if computed != claim.declared:
                yield index, _unequal(claim, "root-mismatch", computed)


class ProofCheck:
    """The path leads from its start to the declared root."""

    def failures(self, claims: Sequence[ProofClaim]) -> Iterator[Failure]:
        """Yield the paths that lead elsewhere."""
        for index, claim in enumerate(claims):
            computed = lead(claim.start, claim.steps)
            if computed != claim.declared:
                reason = "path-leads-elsewhere"
                yield index, _unequal(claim, reason, computed, claim.entry)


class WorkCheck:
    """The hash, read as a number in the claim's byte order, is not above the target."""

    def __init__(self, digests: BlockDigests) -> None:
        """Take hashes of headers from ``digests``."""
        self._of = digests.of

    def failures(self, claims: Sequence[WorkClaim]) -> Iterator[Failure]:
        """Yield the claims whose hash is above the target."""
        for index, claim in enumerate(claims):
            computed = self._of(claim.algorithm, claim.covered)
            order: Literal["little", "big"] = "big"
            if claim.is_little_endian:
                order = "little"
            if int.from_bytes(computed, order) > claim.target:
                yield (
                    index,
                    CheckResult(
                        claim.check,
                        Outcome.FAILED,
                        "work-not-done",
                        claim.block,
                        expected=f"<= {claim.target:064x}",
                        computed=_as_number(computed, order),
                        spans=(claim.place,),
                        decisive=claim.decisive,
                    ),
                )


def _as_number(computed: bytes, order: Literal["little", "big"]) -> str:
    return (computed if order == "big" else computed[::-1]).hex()


def _unequal(
    claim: HashClaim | LinkClaim | TreeClaim | ProofClaim,
    reason: str,
    computed: bytes,
    entry: int = -1,
) -> CheckResult:
    return CheckResult(
        claim.check,
        Outcome.FAILED,
        reason,
        claim.block,
        entry,
        claim.declared.hex(),
        computed.hex(),
        (claim.place, claim.declared_place),
        claim.decisive,
    )
