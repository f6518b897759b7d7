"""The use case "prove this entry": a small file that needs neither program nor ledger.

A proof holds the entry's leaf, the steps to the root of its block, the bytes of the
block's header and its hash. It shows that the entry is part of the block with that
hash, and no more: the hash must be compared with one from outside.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from explorer import __version__
from explorer.core.absent import Absent
from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ExplorerError, ReadError
from explorer.core.limits import MAX_RECORD_BYTES
from explorer.crypto.hashes import digest
from explorer.crypto.proof_paths import PATHS
from explorer.crypto.proofs import lead
from explorer.model.claims import ProofStep, TreeClaim
from explorer.session.showing import BlockShower, ShownBlock
from explorer.store.queries import CaseReader, Row

KIND = "ledger-entry-proof"
VERSION = 1
MAX_STEPS = 1_000
"""Steps of a proof; a tree of a million entries has twenty."""

_NO_TREE = "no tree has short paths to the entries; the whole block is the proof"


class StepValue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step: the value becomes the hash of prefix, value and suffix (hex)."""

    prefix: str
    suffix: str
    hash: HashAlgorithm


class EntryProof(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A proof as it is written; bytes are lower-case hex."""

    kind: str
    version: int
    tool: str
    format: str
    ledger: str
    block: int
    entry: int
    entry_id: str
    leaf: str
    steps: tuple[StepValue, ...]
    root: str
    header: str
    hash: HashAlgorithm
    block_hash: str
    shows: str


@dataclass(frozen=True, slots=True)
class ProofAnswer:
    """What checking a proof showed."""

    reason: str
    """``proof-valid``, or what does not hold."""
    proof: EntryProof


def prove(
    reader: CaseReader, shower: BlockShower, ledger: int, entry: Row
) -> EntryProof:
    """Return the proof that an entry is part of its block.

    Raises:
        ExplorerError: If the family's blocks have no tree with short paths, or the
            entry's block does not hold together.
    """
    row = reader.block_row(ledger, entry.height)
    if row is None:
        raise ExplorerError(f"there is no block {entry.height}")
    shown = shower.show(ledger, entry.height, row.span)
    claim = _tree_of(shown, entry.position)
    leaf, steps = PATHS[claim.rule](claim.leaves, entry.position, claim.algorithm)
    if lead(leaf, steps) != claim.declared:
        raise ExplorerError("the tree of the block has another root: nothing is proved")
    block = shown.detail.block
    block_hash = digest(block.algorithm, block.header)
    return EntryProof(
        KIND,
        VERSION,
        f"provenance-explorer {__version__}",
        shown.format,
        shown.title,
        entry.height,
        entry.position,
        entry.id,
        leaf.hex(),
        tuple(_step_value(each) for each in steps),
        claim.declared.hex(),
        block.header.hex(),
        block.algorithm,
        block_hash.hex(),
        f"This entry is part of the block with the hash {block_hash.hex()}. "
        "Compare that hash with one that you got on another way.",
    )


def read_proof(path: Path) -> EntryProof:
    """Return the proof in a file.

    Raises:
        ReadError: If it cannot be read or is no proof of this kind.
    """
    try:
        if path.stat().st_size > MAX_RECORD_BYTES:
            raise ReadError(f"over {MAX_RECORD_BYTES} bytes", "too-long")
        proof = msgspec.json.decode(path.read_bytes(), type=EntryProof)
    except OSError as error:
        raise ReadError(str(error), "cannot-read") from error
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ReadError(f"not a proof: {error}") from error
    if (proof.kind, proof.version) != (KIND, VERSION) or len(proof.steps) > MAX_STEPS:
        raise ReadError("not a proof of this kind and version")
    return proof


def check_proof(proof: EntryProof) -> ProofAnswer:
    """Return whether the leaf leads to the root, and the root to the block's hash.

    Raises:
        ReadError: If a value is not hex.
    """
    root, header = _octets(proof.root), _octets(proof.header)
    steps = [
        ProofStep(_octets(each.prefix), _octets(each.suffix), each.hash)
        for each in proof.steps
    ]
    if not steps:
        return ProofAnswer("nothing-proven", proof)
    if lead(_octets(proof.leaf), steps) != root:
        return ProofAnswer("path-leads-elsewhere", proof)
    if len(root) < 32 or not (root in header or root.hex().encode() in header):
        return ProofAnswer("root-not-in-header", proof)
    if digest(proof.hash, header) != _octets(proof.block_hash):
        return ProofAnswer("hash-mismatch", proof)
    return ProofAnswer("proof-valid", proof)


def find_entry(reader: CaseReader, wanted: str) -> Row:
    """Return the one entry that ``wanted`` names: ``block:position`` or its id.

    Raises:
        ExplorerError: If there is none, or more than one.
    """
    block, _, position = wanted.partition(":")
    if all(each.isascii() and each.isdigit() for each in (block, position)):
        number = reader.row_of(0, int(block), int(position))
        numbers: Sequence[int] = [] if number is None else [number]
    else:
        numbers = reader.find(wanted)
    found = [row for row in reader.rows_by_number(numbers) if row.position >= 0]
    exact = [row for row in found if row.id == wanted] or found
    if len(exact) != 1:
        raise ExplorerError(f"{len(exact)} entries are called {wanted}")
    return exact[0]


def _tree_of(shown: ShownBlock, position: int) -> TreeClaim:
    count = len(shown.detail.entries)
    for each in shown.claims:
        claim = each.claim
        if not isinstance(claim, TreeClaim) or claim.rule not in PATHS:
            continue
        if len(claim.leaves) == count and position < count:
            return claim
    raise ExplorerError(_NO_TREE)


def _step_value(step: ProofStep) -> StepValue:
    algorithm = step.algorithm
    if isinstance(algorithm, Absent):
        raise ExplorerError(_NO_TREE)
    return StepValue(step.prefix.hex(), step.suffix.hex(), algorithm)


def _octets(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError as error:
        raise ReadError(f"not hex: {error}", "malformed") from error
