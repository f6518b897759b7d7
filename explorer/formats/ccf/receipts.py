"""Receipts: a path from one entry to a Merkle root, and a signature over that root.

JSON as ``/node/receipt`` and ``/app/receipt`` answer (CCF 1 to 6), and COSE with the
proof in header 396 (draft-ietf-cose-merkle-tree-proofs, profile of CCF). The leaf is
made of the digest of what was written, the commit evidence and the claims.
"""

import base64
import binascii
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ReadError
from explorer.encodings.cbor import load_cbor
from explorer.encodings.cose import Sign1, read_sign1
from explorer.formats.ccf.state import members_of
from explorer.model.claims import ProofStep

_SHA256 = HashAlgorithm.SHA256
MAX_PATH = 64
VERIFIABLE_PROOFS, INCLUSION = 396, -1


@dataclass(frozen=True, slots=True)
class Path:
    """A path as it is claimed."""

    start: bytes
    steps: tuple[ProofStep, ...]
    stated_root: bytes
    """Empty where the receipt leaves the root to be computed."""
    evidence: str
    """The commit evidence, which names the entry: ``ce:VIEW.SEQNO:SECRET``."""
    claims: bytes


@dataclass(frozen=True, slots=True)
class JsonReceipt:
    """A receipt signed by a node."""

    path: Path
    node: str
    certificate: str
    endorsements: tuple[str, ...]
    """Certificates that older identities of the service were given by later ones."""
    signature: bytes


@dataclass(frozen=True, slots=True)
class CoseReceipt:
    """A receipt signed by the service."""

    message: Sign1
    paths: tuple[Path, ...]


def read_json_receipt(data: bytes) -> JsonReceipt:
    """Return a receipt in JSON.

    Raises:
        ReadError: ``receipt-malformed``.
    """
    fields = members_of(data)
    nested = fields.get("receipt")
    if isinstance(nested, dict):
        fields = nested
    try:
        steps = [_step(each) for each in _list(fields["proof"])]
        start, first, evidence, claims = _leaf(fields)
        endorsements = _list(fields.get("service_endorsements") or [])
        path = Path(
            start,
            (*first, *steps),
            bytes.fromhex(str(fields.get("root") or "")),
            evidence,
            claims,
        )
        return JsonReceipt(
            path,
            str(fields.get("node_id") or ""),
            str(fields.get("cert") or ""),
            tuple(map(str, endorsements)),
            base64.b64decode(str(fields["signature"]), validate=True),
        )
    except (KeyError, ValueError, binascii.Error) as error:
        raise _malformed(str(error)) from error


def _leaf(
    fields: Mapping[str, object],
) -> tuple[bytes, tuple[ProofStep, ...], str, bytes]:
    """Return what the path starts from and how it becomes the leaf."""
    parts = fields.get("leaf_components")
    if not isinstance(parts, dict):
        return bytes.fromhex(str(fields["leaf"])), (), "", b""
    evidence = str(parts.get("commit_evidence") or "")
    claims = bytes.fromhex(str(parts.get("claims_digest") or ""))
    hashed = hashlib.sha256(evidence.encode()).digest() if evidence else b""
    start = bytes.fromhex(str(parts["write_set_digest"]))
    return start, (ProofStep(b"", hashed + claims, _SHA256),), evidence, claims


def _step(step: object) -> ProofStep:
    if isinstance(step, dict) and len(step) == 1:
        (side, value), *_ = step.items()
        node = bytes.fromhex(str(value))
        if side == "left":
            return ProofStep(node, b"", _SHA256)
        if side == "right":
            return ProofStep(b"", node, _SHA256)
    raise _malformed("a step that is neither left nor right")


def read_cose_receipt(data: bytes) -> CoseReceipt:
    """Return a receipt in COSE.

    Raises:
        ReadError: ``receipt-malformed``.
    """
    try:
        message = read_sign1(data)
        proofs = message.unprotected.get(VERIFIABLE_PROOFS)
        found = proofs.get(INCLUSION) if isinstance(proofs, Mapping) else None
        paths = tuple(_cose_path(each, message) for each in _list(found))
    except ReadError as error:
        raise _malformed(str(error)) from error
    if not paths:
        raise _malformed("no proof in it")
    return CoseReceipt(message, paths)


def _cose_path(encoded: object, message: Sign1) -> Path:
    proof = load_cbor(encoded) if isinstance(encoded, bytes) else encoded
    if not isinstance(proof, Mapping):
        raise _malformed("the proof is no map")
    leaf, path = _list(proof.get(1)), _list(proof.get(2))
    if len(leaf) != 3:
        raise _malformed("the leaf does not have three parts")
    written, evidence, claims = leaf
    if not (isinstance(written, bytes) and isinstance(claims, bytes)):
        raise _malformed("a part of the leaf is no byte string")
    if not isinstance(evidence, str):
        raise _malformed("the commit evidence is no text")
    hashed = hashlib.sha256(evidence.encode()).digest()
    first = ProofStep(b"", hashed + claims, _SHA256)
    steps = [_cose_step(each) for each in path]
    root = message.payload or b""
    return Path(written, (first, *steps), root, evidence, claims)


def _cose_step(step: object) -> ProofStep:
    parts = _list(step)
    if len(parts) != 2:
        raise _malformed("a step does not have two parts")
    is_left, node = parts
    if not (isinstance(is_left, bool) and isinstance(node, bytes)):
        raise _malformed("a step of another form")
    return ProofStep(node if is_left else b"", b"" if is_left else node, _SHA256)


def _list(value: object) -> Sequence[object]:
    if not isinstance(value, list | tuple) or len(value) > MAX_PATH:
        raise _malformed("not a list, or too long a one")
    return value


def _malformed(what: str) -> ReadError:
    return ReadError(f"receipt: {what}", "receipt-malformed")
