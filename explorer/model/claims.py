"""Claims: the testable things a ledger says.

A reader translates its format into these; the checks know nothing else. A claim holds
only what the file declares, with the exact bytes that a hash or a signature covers. It
is *decisive* (its failure fails the ledger) or a *premise* (its outcome only feeds a
quorum, a policy or the replay).

``check`` is the id of a ``CheckSpec``; ``block`` the height and ``entry`` the position
in the block, -1 where a claim belongs to none.
"""

from enum import StrEnum

import msgspec

from explorer.core.absent import Absent
from explorer.core.digests import HashAlgorithm
from explorer.core.spans import ByteSpan
from explorer.model.keys import PublicKey, SignatureScheme


class HashClaim(msgspec.Struct, frozen=True, gc=False):
    """These bytes have this hash."""

    check: str
    block: int
    entry: int
    algorithm: HashAlgorithm
    covered: bytes
    declared: bytes
    place: ByteSpan
    """Where the covered bytes are."""
    declared_place: ByteSpan
    decisive: bool = True
    part: str = ""
    """What is hashed, in one or two words: ``data``, ``block header``."""


class LinkClaim(msgspec.Struct, frozen=True, gc=False):
    """This block follows that one."""

    check: str
    block: int
    algorithm: HashAlgorithm
    parent_header: bytes
    """The exact bytes whose hash the child must declare."""
    declared: bytes
    place: ByteSpan
    """Where the parent's header is."""
    declared_place: ByteSpan
    decisive: bool = True


class TreeRule(StrEnum):
    """How leaves are combined to a root."""

    RFC9162 = "rfc9162"
    """Leaves are raw bytes; section 2.1."""
    FISCO_INDEXED = "fisco-indexed"
    """FISCO BCOS from 2.2 to 2.x: leaves are hashes, numbered by RLP; 16 children."""
    FISCO_BINARY = "fisco-binary"
    """FISCO BCOS 3.x: leaves are hashes as they stand; two children."""
    BITCOIN = "bitcoin"
    """Leaves are hashes of transactions; an odd level repeats its last node."""
    BITCOIN_WITNESS = "bitcoin-witness"
    """The same over hashes with witnesses (BIP-141); the last leaf is the coinbase's 32
    bytes, hashed behind the root of the others."""
    PATRICIA = "patricia"
    """Merkle-Patricia tree of RLP(index) → leaf, in the order of the indices; Ethereum
    Yellow Paper, appendix D."""
    SSZ_ERA1 = "ssz-era1"
    """List of at most 8,192 leaves of 64 bytes (block hash, total difficulty): binary
    tree padded with zeros, then hashed with the length; SSZ, "Merkleization"."""


class TreeClaim(msgspec.Struct, frozen=True, gc=False):
    """These leaves have this root."""

    check: str
    block: int
    rule: TreeRule
    algorithm: HashAlgorithm
    leaves: tuple[bytes, ...]
    declared: bytes
    place: ByteSpan
    """Where the leaves are, first to last."""
    declared_place: ByteSpan
    decisive: bool = True


class ProofStep(msgspec.Struct, frozen=True, gc=False):
    """One step of a path: the value becomes the hash of prefix, value and suffix."""

    prefix: bytes
    suffix: bytes
    algorithm: HashAlgorithm | Absent
    """``Absent`` where bytes are put together without hashing them."""


class ProofClaim(msgspec.Struct, frozen=True, gc=False):
    """This value leads, step by step, to that root."""

    check: str
    block: int
    entry: int
    start: bytes
    steps: tuple[ProofStep, ...]
    declared: bytes
    place: ByteSpan
    """Where the path is."""
    declared_place: ByteSpan
    decisive: bool = True


class SignatureClaim(msgspec.Struct, frozen=True, gc=False):
    """This key signed these bytes."""

    check: str
    block: int
    entry: int
    scheme: SignatureScheme
    key: PublicKey
    message: bytes
    """Exactly the bytes that are signed (hashed by the scheme itself)."""
    signature: bytes
    place: ByteSpan
    """Where the signed bytes are; the largest part if they lie apart."""
    signature_place: ByteSpan
    decisive: bool
    signer: str
    """Id of the ``Party`` or identity that signs, as in ``Closing.parties``."""
    role: str
    """``orderer``, ``creator``, ``endorsement``, ``author``, ``producer``…"""
    low_s: bool = False
    """Whether the family refuses the larger of the two ECDSA s values."""


class IdentityClaim(msgspec.Struct, frozen=True, gc=False):
    """This identity belongs to that authority, by the rule of the family.

    The resolver states what it found with the certificates in force; the certificates
    themselves are checked where they are kept (``crypto.certificates``).
    """

    check: str
    block: int
    identity: str
    """Id of the party."""
    organisation: str
    certificate: bytes
    """DER."""
    roots: tuple[bytes, ...]
    """DER of the authorities' roots in force."""
    intermediates: tuple[bytes, ...]
    revocation_lists: tuple[bytes, ...]
    at_us: int
    """Time for which validity is judged, microseconds since 1970; -1: not judged."""
    place: ByteSpan
    decisive: bool = True


class AuthorityClaim(msgspec.Struct, frozen=True, gc=False):
    """The ledger says that these keys speak for this organisation or party.

    Compared with the user's identity anchors, never with anything in the evidence.
    """

    check: str
    block: int
    organisation: str
    certificates: tuple[bytes, ...]
    """DER of the root certificates; empty where the ledger names bare keys."""
    keys: tuple[PublicKey, ...]
    place: ByteSpan
    decisive: bool = True


class SignedBy(msgspec.Struct, frozen=True, tag=True):
    """Satisfied by one signer who has this principal, such as ``OrgMSP.PEER``."""

    principal: str


class NOutOf(msgspec.Struct, frozen=True, tag=True):
    """Satisfied when ``n`` of the rules are; no signer is used for two of them."""

    n: int
    rules: tuple["Rule", ...]


class EachAlone(msgspec.Struct, frozen=True, tag=True):
    """Satisfied when ``n`` of the rules are, each judged with all signers."""

    n: int
    rules: tuple["Rule", ...]


class Weighted(msgspec.Struct, frozen=True, tag=True):
    """Satisfied when the weights of distinct signers reach ``least``."""

    least: int


Rule = SignedBy | NOutOf | EachAlone | Weighted


class Voter(msgspec.Struct, frozen=True, gc=False):
    """A signer put forward for a quorum."""

    claim: int
    """Index of its ``SignatureClaim`` in the same batch, -1 if it has none."""
    identity: str
    """Two voters with the same identity count once."""
    principals: frozenset[str]
    anchored: bool
    """Whether the identity stands under one of the user's identity anchors."""
    weight: int = 1


class QuorumClaim(msgspec.Struct, frozen=True, gc=False):
    """These signers are enough."""

    check: str
    block: int
    entry: int
    rule: Rule
    voters: tuple[Voter, ...]
    place: ByteSpan
    decisive: bool = True


class WorkClaim(msgspec.Struct, frozen=True, gc=False):
    """The hash of these bytes, read as a number, is not above the target."""

    check: str
    block: int
    algorithm: HashAlgorithm
    covered: bytes
    target: int
    place: ByteSpan
    decisive: bool = True
    is_little_endian: bool = False
    """The first byte of the hash is the least of the number, as in Bitcoin."""


Claim = (
    HashClaim
    | LinkClaim
    | TreeClaim
    | ProofClaim
    | SignatureClaim
    | IdentityClaim
    | AuthorityClaim
    | QuorumClaim
    | WorkClaim
)
