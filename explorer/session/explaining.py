"""How a claim is worked out: parts, algorithm, values, and how to repeat it.

"Explain this hash" of the window and ``show`` of the command line say the same.
"""

import base64
import shlex
from dataclasses import dataclass

from explorer.core.digests import HashAlgorithm
from explorer.core.spans import ByteSpan
from explorer.crypto.hashes import digest
from explorer.crypto.public_keys import spki_of
from explorer.crypto.trees import tree_hash
from explorer.model.claims import (
    Claim,
    HashClaim,
    LinkClaim,
    SignatureClaim,
    TreeClaim,
    WorkClaim,
)
from explorer.model.keys import KeyKind
from explorer.model.ledgers import BlockDetail, HashPart

MAX_COMMAND_BYTES = 2_000
"""Longest byte string written out in a command; longer ones are read from the file."""

_TOOLS = {
    HashAlgorithm.SHA256: "sha256sum",
    HashAlgorithm.SHA384: "sha384sum",
    HashAlgorithm.SHA512: "sha512sum",
    HashAlgorithm.SM3: "openssl dgst -sm3",
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything needed to work a claim out again without this program."""

    check: str
    what: str
    """``hash``, ``link``, ``tree``, ``signature``, ``work`` or ``block``."""
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
    match claim:
        case HashClaim() | LinkClaim():
            return _explain_hash(claim, parts, path, raw)
        case TreeClaim():
            return _explain_tree(claim, parts)
        case SignatureClaim():
            return _explain_signature(claim, parts)
        case WorkClaim():
            computed = digest(claim.algorithm, claim.covered)
            agrees = int.from_bytes(computed, "big") <= claim.target
            command = _hash_command(claim.algorithm, claim.covered, path, raw, claim)
            return Explanation(
                claim.check,
                "work",
                claim.block,
                -1,
                parts or (HashPart("bytes", claim.covered, claim.place),),
                claim.algorithm.value,
                len(claim.covered),
                computed.hex(),
                f"{claim.target:064x}",
                agrees,
                command,
                claim.place,
                claim.place,
            )
        case _:
            return None


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
    whole = HashClaim(
        "",
        block.height,
        -1,
        block.algorithm,
        block.header,
        declared_next,
        block.span,
        block.span,
    )
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
        _hash_command(block.algorithm, block.header, path, raw, whole),
        block.span,
        block.span,
    )


def _explain_hash(
    claim: HashClaim | LinkClaim, parts: tuple[HashPart, ...], path: str, raw: bytes
) -> Explanation:
    is_link = isinstance(claim, LinkClaim)
    covered = claim.parent_header if isinstance(claim, LinkClaim) else claim.covered
    computed = digest(claim.algorithm, covered)
    name = "header of the block before" if is_link else "bytes"
    return Explanation(
        claim.check,
        "link" if is_link else "hash",
        claim.block,
        -1 if isinstance(claim, LinkClaim) else claim.entry,
        parts or (HashPart(name, covered, claim.place),),
        claim.algorithm.value,
        len(covered),
        computed.hex(),
        claim.declared.hex(),
        computed == claim.declared,
        _hash_command(claim.algorithm, covered, path, raw, claim),
        claim.place,
        claim.declared_place,
    )


def _explain_tree(claim: TreeClaim, parts: tuple[HashPart, ...]) -> Explanation:
    computed = tree_hash(claim.leaves, claim.algorithm)
    leaves = tuple(
        HashPart(f"leaf {number}", leaf, claim.place)
        for number, leaf in enumerate(claim.leaves)
    )
    tool = _TOOLS[claim.algorithm]
    return Explanation(
        claim.check,
        "tree",
        claim.block,
        -1,
        parts or leaves,
        f"RFC 9162 tree, {claim.algorithm.value}",
        sum(len(leaf) for leaf in claim.leaves),
        computed.hex(),
        claim.declared.hex(),
        computed == claim.declared,
        f"# each leaf: (printf '\\000'; cat LEAF) | {tool}\n"
        f"# each pair: (printf '\\001'; cat LEFT_HASH RIGHT_HASH) | {tool}",
        claim.place,
        claim.declared_place,
    )


def _explain_signature(
    claim: SignatureClaim, parts: tuple[HashPart, ...]
) -> Explanation:
    spki = spki_of(claim.key)
    fingerprint = digest(HashAlgorithm.SHA256, spki).hex()
    return Explanation(
        claim.check,
        "signature",
        claim.block,
        claim.entry,
        parts or (HashPart("signed bytes", claim.message, claim.place),),
        claim.scheme.value,
        len(claim.message),
        fingerprint,
        claim.signature.hex(),
        None,
        _signature_command(claim, spki),
        claim.place,
        claim.signature_place,
    )


def _hash_command(
    algorithm: HashAlgorithm,
    covered: bytes,
    path: str,
    raw: bytes,
    claim: HashClaim | LinkClaim | WorkClaim,
) -> str:
    tool = _TOOLS[algorithm]
    if raw == covered and raw:
        start, size = claim.place.start + 1, len(raw)
        return f"tail -c +{start} {shlex.quote(path)} | head -c {size} | {tool}"
    if len(covered) <= MAX_COMMAND_BYTES:
        return f"printf '%s' {covered.hex()} | xxd -r -p | {tool}"
    first = f"# copy the {len(covered)} bytes as hex to parts.hex, then"
    return f"{first}\nxxd -r -p parts.hex | {tool}"


def _signature_command(claim: SignatureClaim, spki: bytes) -> str:
    body = base64.b64encode(spki).decode()
    pem = f"-----BEGIN PUBLIC KEY-----\\n{body}\\n-----END PUBLIC KEY-----\\n"
    message = (
        f"printf '%s' {claim.message.hex()} | xxd -r -p > signed.bin"
        if len(claim.message) <= MAX_COMMAND_BYTES
        else f"# save the {len(claim.message)} signed bytes as signed.bin"
    )
    lines = [
        message,
        f"printf '%s' {claim.signature.hex()} | xxd -r -p > signature.bin",
        f"printf '{pem}' > key.pem",
    ]
    if claim.key.kind is KeyKind.ED25519:
        lines.append(
            "openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in signed.bin "
            "-sigfile signature.bin"
        )
    elif claim.key.kind is KeyKind.SM2:
        lines.append(
            "openssl dgst -sm3 -verify key.pem -sigopt distid:1234567812345678 "
            "-signature signature.bin signed.bin"
        )
    else:
        name = "sha384" if claim.key.kind is KeyKind.P384 else "sha256"
        lines.append(
            f"openssl dgst -{name} -verify key.pem -signature signature.bin signed.bin"
        )
    return "\n".join(lines)
