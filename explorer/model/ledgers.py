"""The contract between a ledger family and the rest: read, resolve, check, replay.

A family is one package under ``explorer.formats``. Its pipeline yields parsed material
(stateless), turns it in order into blocks, entries and claims (``resolve``), and, when
the claims of a batch are checked, works out what only this family knows (``replay``).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol, TypeVar

from explorer.core.absent import Absent
from explorer.core.spans import ByteSpan
from explorer.model.blocks import Block, Entry, Unreadable
from explorer.model.checks import CheckResult, CheckSpec, Kind
from explorer.model.claims import Claim
from explorer.model.content import EntryContent
from explorer.model.keys import PublicKey
from explorer.model.master_data import NO_REFERENCE_DATA, ReferenceData


class Match(IntEnum):
    """How sure a family is that evidence is its own."""

    NO = 0
    POSSIBLE = 1
    STRUCTURE = 2
    """The bytes have the structure of this family."""
    OPENED = 3
    """So has the one file that was opened; others only came along with it."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some consecutive blocks with everything claimed about them."""

    blocks: Sequence[Block]
    entries: Sequence[Entry]
    claims: Sequence[Claim]
    damage: Sequence[Unreadable] = ()
    passed: Sequence[tuple[str, int]] = ()
    """(check id, how often it passed) for framing and number checks, which reading
    itself answers."""
    results: Sequence[CheckResult] = ()
    """Answers of the resolver that need no claim, such as a gap in the numbers."""
    done_bytes: int = 0
    total_bytes: int = 0
    covered: Sequence[tuple[Kind, ByteSpan]] = ()
    """Bytes protected by answers that are no claims: framing and replay."""
    read_sources: Sequence[int] = ()
    """Files that were read and need not show in a block, an entry or damage."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """What replaying one batch showed."""

    passed: Sequence[tuple[str, int]] = ()
    """(check id, how often it passed)."""
    results: Sequence[CheckResult] = ()
    contents: Sequence[EntryContent] = ()
    unattributed: Sequence[int] = ()
    """Heights whose required signatures were not all under the user's anchors."""


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who signs or is named as able to sign."""

    id: str
    name: str
    """As the ledger calls it, such as a certificate's common name."""
    organisation: str
    role: str
    key: PublicKey | Absent
    certificate: bytes | Absent
    """DER."""
    fingerprint: str
    """SHA-256 of the certificate, or of the key's SubjectPublicKeyInfo, in hex."""
    place: ByteSpan
    anchored: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that was not checked, or must be known beside the verdict."""

    code: str
    sentence: str
    """One static sentence; the window translates it by code."""
    detail: str = ""
    """Counts or names that make it concrete."""


@dataclass(frozen=True, slots=True)
class Closing:
    """What a pipeline says when everything was read and replayed."""

    results: Sequence[CheckResult] = ()
    passed: Sequence[tuple[str, int]] = ()
    not_checked: Sequence[Remark] = ()
    parties: Sequence[Party] = ()
    uncovered: Sequence[str] = ()
    """Organisations or parties of the ledger that no identity anchor covers."""
    is_partial: bool = False
    """A partial export: it neither begins at the first block nor claims to."""
    is_fictional: bool = False
    """The header marks the ledger as fictional demonstration data."""
    export_hint: str = ""
    """What to ask the other side for, with the platform's own export command."""
    unattributed: Sequence[int] = ()
    """Heights that only the end shows not to be under the user's anchors."""
    reference_data: ReferenceData = NO_REFERENCE_DATA
    """Master data that stands beside the entries."""


@dataclass(frozen=True, slots=True)
class Field:
    """One node of the detail tree: a field of the file with its exact place."""

    name: str
    value: str
    """Text to show; not yet made printable."""
    span: ByteSpan | Absent
    children: tuple["Field", ...] = ()
    is_ours: bool = True
    """The name is our word (translated); False for names found in the file."""


PREVIOUS_HASH = "previous hash"
"""Name of the header part that holds the hash of the block before."""


@dataclass(frozen=True, slots=True)
class HashPart:
    """A piece of bytes that are hashed or signed together with others."""

    name: str
    data: bytes
    place: ByteSpan | Absent
    """Where it stands in the evidence; absent for bytes that only the rule adds."""


@dataclass(frozen=True, slots=True)
class BlockDetail:
    """One block, read again on demand: its fields and every claim about it."""

    block: Block
    entries: tuple[Entry, ...]
    fields: tuple[Field, ...]
    claims: tuple[Claim, ...]
    header_parts: tuple[HashPart, ...] = ()
    """What ``block.header`` is made of; together exactly its bytes. The part with the
    hash of the block before is called ``PREVIOUS_HASH``."""
    claim_parts: tuple[tuple[int, tuple[HashPart, ...]], ...] = ()
    """(index of a claim, what its bytes are made of) for claims over several parts."""


Parsed = TypeVar("Parsed")


class Pipeline(Protocol[Parsed]):
    """One ledger of the evidence, ready to be read from its first block."""

    format: str
    """Short name of the family, such as ``fabric``."""
    title: str
    """What the ledger calls itself: a channel or chain id."""
    checks: tuple[CheckSpec, ...]
    entry_unit: str
    """What an entry is called in this family: ``transaction``, ``record``."""

    def read(self) -> Iterator[Parsed]:
        """Yield parsed material in order; damage is part of it, never raised."""

    def resolve(self, parsed: Parsed) -> Batch:
        """Return the blocks, entries and claims of ``parsed``; called in order."""

    def replay(self, parsed: Parsed, batch: Batch, outcomes: Sequence[int]) -> Replayed:
        """Judge what only this family knows.

        ``outcomes`` holds one ``Outcome`` value for each claim of the batch.
        """

    def finish(self) -> Closing:
        """Say what only the end shows; called once, last."""

    def detail(self, height: int, span: ByteSpan) -> BlockDetail:
        """Read one block again with all fields; works without reading the others.

        Claims that need the blocks before it (links, signers in force) are made as
        far as the pipeline has already resolved them.
        """
