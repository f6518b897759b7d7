"""What a CometBFT export states, as values: headers, commits, validators, results.

CometBFT specification, "Data Structures" (v0.34 to v1.0). Hashes and addresses are raw
bytes, times are nanoseconds since 1970-01-01 UTC; places are spans of the evidence.
"""

from dataclasses import dataclass, field

from explorer.core.spans import ByteSpan

FLAG_ABSENT = 1
FLAG_COMMIT = 2
FLAG_NIL = 3

ED25519 = "ed25519"
SECP256K1 = "secp256k1"
BLS12381 = "bls12381"

MAX_HEIGHT = 2**62
"""Greater heights are taken for damaged ones."""


@dataclass(frozen=True, slots=True)
class BlockId:
    """Names a block by its hash and by that of its parts."""

    hash: bytes
    total: int
    """How many parts it has."""
    parts_hash: bytes
    span: ByteSpan


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a block."""

    version_block: int
    version_app: int
    chain_id: str
    height: int
    time_ns: int
    last_block_id: BlockId
    hashes: tuple[bytes, ...]
    """In the order of ``HASH_NAMES``; the last is the proposer's address."""
    places: dict[str, ByteSpan]
    """Name of a field → where its value stands."""
    span: ByteSpan

    def hash_of(self, name: str) -> bytes:
        """Return one of the hashes by its name in the header."""
        return self.hashes[HASH_NAMES.index(name)]


HASH_NAMES = (
    "last_commit_hash",
    "data_hash",
    "validators_hash",
    "next_validators_hash",
    "consensus_hash",
    "app_hash",
    "last_results_hash",
    "evidence_hash",
    "proposer_address",
)
"""Fields 6 to 14 of the header."""

FIELD_NAMES = ("version", "chain_id", "height", "time", "last_block_id", *HASH_NAMES)
"""All fields of the header, in the order of the leaves of its hash."""


@dataclass(frozen=True, slots=True)
class Vote:
    """One entry of a commit; without a signature if the validator was absent."""

    flag: int
    address: bytes
    time_ns: int
    signature: bytes
    span: ByteSpan


@dataclass(frozen=True, slots=True)
class Commit:
    """The votes that decided on a block."""

    height: int
    round: int
    block_id: BlockId
    votes: tuple[Vote, ...]
    span: ByteSpan


@dataclass(frozen=True, slots=True)
class Validator:
    """A member of a validator set."""

    address: bytes
    """Empty where the export does not state it as 20 bytes."""
    key_kind: str
    """``ED25519``, ``SECP256K1``, ``BLS12381``, or the type that the export names."""
    key: bytes
    power: int
    span: ByteSpan


@dataclass(frozen=True, slots=True)
class ValidatorSet:
    """The validators of a height, as far as the export holds them."""

    members: tuple[Validator, ...]
    is_complete: bool
    span: ByteSpan


@dataclass(frozen=True, slots=True)
class Body:
    """What a block holds besides its header."""

    txs: tuple[tuple[bytes, ByteSpan], ...]
    txs_place: ByteSpan
    evidence: tuple[bytes, ...]
    """Each piece as the bytes that are hashed; see ``has_exact_evidence``."""
    evidence_place: ByteSpan
    has_evidence: bool
    """Whether the export has the block's evidence at all."""
    has_exact_evidence: bool
    """False if there is evidence of a kind that cannot be encoded again here."""
    has_square: bool
    """Celestia's data square: the data hash is its root, not that of transactions."""
    last_commit: Commit | None


@dataclass(frozen=True, slots=True)
class BlockRecord:
    """Everything one object of an export says about one block."""

    header: Header
    block_ids: tuple[BlockId, ...] = ()
    body: Body | None = None
    commit: Commit | None = None
    validators: ValidatorSet | None = None
    next_validators: ValidatorSet | None = None


@dataclass(frozen=True, slots=True)
class ValidatorPage:
    """A reply about the validators at a height."""

    height: int
    members: tuple[Validator, ...]
    total: int
    """How many validators the set has; -1 if the reply does not say."""
    span: ByteSpan


@dataclass(frozen=True, slots=True)
class Event:
    """Something that an application reported while it ran a transaction."""

    kind: str
    attributes: tuple[tuple[str, str], ...]
    span: ByteSpan


@dataclass(frozen=True, slots=True)
class TxResult:
    """What became of a transaction."""

    code: int
    data: bytes
    gas_wanted: int
    gas_used: int
    events: tuple[Event, ...]
    span: ByteSpan


@dataclass(frozen=True, slots=True)
class Results:
    """The results of the transactions of one height."""

    height: int
    txs: tuple[TxResult, ...]
    span: ByteSpan


@dataclass(frozen=True, slots=True)
class TxRecord:
    """A transaction found by a search, perhaps with its proof."""

    height: int
    index: int
    hash: bytes
    tx: bytes
    place: ByteSpan
    hash_place: ByteSpan
    result: TxResult | None
    proof: "TxProof | None"


@dataclass(frozen=True, slots=True)
class TxProof:
    """The path from a transaction to a data hash."""

    root: bytes
    data: bytes
    total: int
    index: int
    leaf: bytes
    aunts: tuple[bytes, ...]
    span: ByteSpan
    root_place: ByteSpan


@dataclass(slots=True)
class Height:
    """Everything the evidence holds about one height of one chain."""

    height: int
    records: list[BlockRecord] = field(default_factory=list)
    pages: list[ValidatorPage] = field(default_factory=list)
    results: list[Results] = field(default_factory=list)
    searched: list[TxRecord] = field(default_factory=list)
