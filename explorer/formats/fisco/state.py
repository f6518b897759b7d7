"""What a ledger has shown so far, block after block."""

from dataclasses import dataclass, field

import msgspec

from explorer.core.digests import HashAlgorithm
from explorer.core.spans import ByteSpan
from explorer.crypto.trust import TrustStore
from explorer.formats.fisco.contracts import Contracts
from explorer.formats.fisco.genesis import GenesisConfig
from explorer.model.checks import CheckResult
from explorer.model.keys import KeyKind, PublicKey

UNKNOWN = -1


class Parent(msgspec.Struct, frozen=True):
    """The block before, as far as it could be read."""

    number: int
    header: bytes
    """Empty if it could not be put together."""
    stated_hash: bytes
    place: ByteSpan


class PendingRoot(msgspec.Struct, frozen=True):
    """A root of 2.x that differs, as long as nothing shows which rule the chain has."""

    failed: CheckResult
    open: CheckResult


class BlockRoots(msgspec.Struct, frozen=True):
    """The roots that a header states, with their places."""

    transactions: tuple[bytes, ByteSpan]
    receipts: tuple[bytes, ByteSpan]


@dataclass(slots=True)
class LedgerState:
    """Grows with every block; never looks ahead."""

    is_third: bool
    trust: TrustStore
    contracts: Contracts
    algorithm: HashAlgorithm | None = None
    """Shown by the first block hash that could be computed."""
    likely: HashAlgorithm = HashAlgorithm.KECCAK256
    """What the kind of signatures suggests, as long as no hash has shown it."""
    parent: Parent | None = None
    is_first: bool = True
    genesis: GenesisConfig | None = None
    sealers: tuple[bytes, ...] = ()
    """Of the block before."""
    sealers_height: int = UNKNOWN
    consensus_call: int = -10
    """Height of the last transaction to the contract that changes sealers."""
    all_sealers: dict[bytes, ByteSpan] = field(default_factory=dict)
    chain: tuple[str, str] | None = None
    """Chain and group that transactions were made for."""
    has_release: bool = False
    """A block of a released version came before."""
    is_candidate: bool = False
    """A block of a release candidate was read."""
    is_indexed: bool = False
    """2.x: a root that was computed by the rule of 2.2 has shown that rule."""
    pending: list[PendingRoot] = field(default_factory=list)
    roots: dict[int, BlockRoots] = field(default_factory=dict)
    """Of the last block; of all blocks if records stand alone."""
    by_root: dict[tuple[bytes, bool], int] = field(default_factory=dict)
    """(root, whether of receipts) → block, if records stand alone."""
    has_loose: bool = False
    """Whether the evidence holds transactions, receipts or proofs outside of blocks."""
    has_receipts: bool = False
    """Whether the evidence holds any receipt."""
    counts: dict[str, int] = field(default_factory=dict)
    """Of what is said at the end: remark code → how often."""

    def count(self, code: str, times: int = 1) -> None:
        """Note something that is said at the end."""
        self.counts[code] = self.counts.get(code, 0) + times

    def root_of(
        self, block: int, found: bytes, *, is_receipt: bool
    ) -> tuple[bytes, ByteSpan] | None:
        """Return the root of a block, ``None`` if it is not here.

        Where the block is not known, it is one whose root is ``found``.
        """
        if block < 0:
            block = self.by_root.get((found, is_receipt), block)
        roots = self.roots.get(block)
        if roots is None:
            return None
        return roots.receipts if is_receipt else roots.transactions

    def keep_roots(self, block: int, roots: BlockRoots) -> None:
        """Remember the roots of a block, all of them if records stand alone."""
        if not self.has_loose:
            self.roots.clear()
        else:
            self.by_root[roots.transactions[0], False] = block
            self.by_root[roots.receipts[0], True] = block
        self.roots[block] = roots

    def hash_function(self) -> HashAlgorithm:
        """Return the hash function shown so far, else the likely one."""
        return self.algorithm or self.likely

    def node_key(self, node: bytes) -> PublicKey:
        """Return the key that a node's id is."""
        is_sm = self.hash_function() is HashAlgorithm.SM3
        kind = KeyKind.SM2 if is_sm else KeyKind.SECP256K1
        return PublicKey(kind, b"\x04" + node)
