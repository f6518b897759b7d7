"""How a claim is worked out: parts, algorithm, values, and how to repeat it.

"Explain this hash" of the window and ``show`` of the command line say the same.
"""

from dataclasses import dataclass

from explorer.core.absent import Absent
from explorer.core.digests import HashAlgorithm
from explorer.core.spans import ByteSpan
from explorer.crypto.hashes import digest
from explorer.crypto.proofs import lead
from explorer.crypto.public_keys import spki_of
from explorer.crypto.tree_rules import tree_root
from explorer.model.claims import (
    Claim,
    HashClaim,
    LinkClaim,
    ProofClaim,
    SignatureClaim,
    TreeClaim,
    WorkClaim,
)
from explorer.model.ledgers import BlockDetail, HashPart
from explorer.session.commands import (
    ByteSource,
    hash_command,
    proof_command,
    signature_command,
    tree_command,
    tree_title,
)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything needed to work a claim out again without this program."""

    check: str
    what: str
    """``hash``, ``link``, ``tree``, ``proof``, ``signature``, ``work``, ``block``."""
    block: int
    entry: int
    parts: tuple[HashPart, ...]
    """What the hashed or signed bytes are made of, in order."""
    algorithm: str
    size_bytes: int
    computed: str
    """Hex; for a signature the fingerprint of the key."""
    declared: str
    agrees: bool | None
    """``None`` for a signature (its check's outcome says it), or where no block after
    it is there to declare the hash of this one."""
    command: str
    """A shell command that repeats it with ordinary tools."""
    place: ByteSpan
    declared_place: ByteSpan


def explain(
    claim: Claim, parts: tuple[HashPart, ...], path: str, raw: bytes
) -> Explanation | None:
    """Return how a claim is worked out; nothing for claims about certificates.

    ``path`` and ``raw`` are the file and the bytes at the claim's place, so that the
    command can read them from the file where they are hashed as they stand.
    """
    source = ByteSource(parts, path, raw, claim.place)
    match claim:
        case HashClaim() | LinkClaim():
            return _explain_hash(claim, source)
        case TreeClaim():
            return _explain_tree(claim, parts)
        case ProofClaim():
            return _explain_proof(claim, parts)
        case SignatureClaim():
            return _explain_signature(claim, source)
        case WorkClaim():
            return _explain_work(claim, source)
        case _:
            return None


def _explain_work(claim: WorkClaim, source: ByteSource) -> Explanation:
    computed = digest(claim.algorithm, claim.covered)
    if claim.is_little_endian:
        computed = computed[::-1]
    backwards = " # read backwards, byte by byte" * claim.is_little_endian
    return Explanation(
        claim.check,
        "work",
        claim.block,
        -1,
        source.parts or (HashPart("bytes", claim.covered, claim.place),),
        claim.algorithm.value,
        len(claim.covered),
        computed.hex(),
        f"{claim.target:064x}",
        int.from_bytes(computed, "big") <= claim.target,
        hash_command(claim.algorithm, claim.covered, source) + backwards,
        claim.place,
        claim.place,
    )


def explain_block(
    detail: BlockDetail, declared_next: bytes, path: str, raw: bytes
) -> Explanation:
    """Return how a block's own hash is worked out.

    ``declared_next`` is the hash that the block after it declares; empty if there is
    none. ``path`` and ``raw`` are the file and the bytes of the block.
    """
    block = detail.block
    computed = digest(block.algorithm, block.header)
    parts = detail.header_parts or (HashPart("header", block.header, block.span),)
    source = ByteSource(detail.header_parts, path, raw, block.span)
    return Explanation(
        "",
        "block",
        block.height,
        -1,
        parts,
        block.algorithm.value,
        len(block.header),
        computed.hex(),
        declared_next.hex(),
        computed == declared_next if declared_next else None,
        hash_command(block.algorithm, block.header, source),
        block.span,
        block.span,
    )


def _explain_hash(claim: HashClaim | LinkClaim, source: ByteSource) -> Explanation:
    is_link = isinstance(claim, LinkClaim)
    covered = claim.parent_header if isinstance(claim, LinkClaim) else claim.covered
    computed = digest(claim.algorithm, covered)
    name = "header of the block before" if is_link else "bytes"
    return Explanation(
        claim.check,
        "link" if is_link else "hash",
        claim.block,
        -1 if isinstance(claim, LinkClaim) else claim.entry,
        source.parts or (HashPart(name, covered, claim.place),),
        claim.algorithm.value,
        len(covered),
        computed.hex(),
        claim.declared.hex(),
        computed == claim.declared,
        hash_command(claim.algorithm, covered, source),
        claim.place,
        claim.declared_place,
    )


def _explain_tree(claim: TreeClaim, parts: tuple[HashPart, ...]) -> Explanation:
    computed = tree_root(claim.rule, claim.leaves, claim.algorithm)
    leaves = tuple(
        HashPart(f"leaf {number}", leaf, claim.place)
        for number, leaf in enumerate(claim.leaves)
    )
    return Explanation(
        claim.check,
        "tree",
        claim.block,
        -1,
        parts or leaves,
        f"{tree_title(claim.rule)}, {claim.algorithm.value}",
        sum(len(leaf) for leaf in claim.leaves),
        computed.hex(),
        claim.declared.hex(),
        computed == claim.declared,
        tree_command(claim.rule, claim.algorithm),
        claim.place,
        claim.declared_place,
    )


def _explain_proof(claim: ProofClaim, parts: tuple[HashPart, ...]) -> Explanation:
    computed = lead(claim.start, claim.steps)
    start = HashPart("start of the path", claim.start, claim.place)
    used = {
        each.algorithm.value: None
        for each in claim.steps
        if not isinstance(each.algorithm, Absent)
    }
    return Explanation(
        claim.check,
        "proof",
        claim.block,
        claim.entry,
        parts or (start,),
        f"{len(claim.steps)} steps, {', '.join(used)}",
        len(claim.start),
        computed.hex(),
        claim.declared.hex(),
        computed == claim.declared,
        proof_command(claim.start, claim.steps),
        claim.place,
        claim.declared_place,
    )


def _explain_signature(claim: SignatureClaim, source: ByteSource) -> Explanation:
    spki = spki_of(claim.key)
    fingerprint = digest(HashAlgorithm.SHA256, spki).hex()
    return Explanation(
        claim.check,
        "signature",
        claim.block,
        claim.entry,
        source.parts or (HashPart("signed bytes", claim.message, claim.place),),
        claim.scheme.value,
        len(claim.message),
        fingerprint,
        claim.signature.hex(),
        None,
        signature_command(claim, spki, source),
        claim.place,
        claim.signature_place,
    )
