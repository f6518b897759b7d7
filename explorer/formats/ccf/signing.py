"""Signature entries: what a node and the service say about the tree so far.

``public:ccf.internal.signatures`` is JSON: sequence number, view, root, node and its
ECDSA signature over the root as it stands. ``public:ccf.internal.cose_signatures`` is a
COSE message in base64 whose payload, the root, is kept out of it (CCF 6). Members sign
their requests as COSE messages too (``public:ccf.gov.cose_history``).
"""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from explorer.core.absent import Absent
from explorer.core.errors import ReadError
from explorer.encodings.cose import ES256, ES384, Sign1, read_sign1
from explorer.formats.ccf.state import members_of, text_member, text_of
from explorer.model.keys import KeyKind, SignatureScheme

SIGNATURES = "public:ccf.internal.signatures"
COSE_SIGNATURES = "public:ccf.internal.cose_signatures"
TREE = "public:ccf.internal.tree"
OLD_HISTORY = "public:ccf.gov.history"
COSE_HISTORY = "public:ccf.gov.cose_history"
ACKS = "public:ccf.gov.members.acks"

CWT_CLAIMS, ISSUED_AT = 15, 6
COSE_SCHEMES: Mapping[tuple[int, KeyKind], SignatureScheme] = MappingProxyType(
    {
        (ES256, KeyKind.P256): SignatureScheme.ECDSA_P256_SHA256,
        (ES384, KeyKind.P384): SignatureScheme.ECDSA_P384_SHA384,
    }
)


@dataclass(frozen=True, slots=True)
class NodeSignature:
    """What a node signed."""

    seqno: int
    view: int
    node: str
    root: bytes
    signature: bytes
    certificate: str
    """PEM, empty where the entry does not repeat it."""


def read_node_signature(data: bytes) -> NodeSignature:
    """Return the JSON of a signature table.

    Raises:
        ReadError: ``signature-unreadable``.
    """
    fields = members_of(data)
    try:
        return NodeSignature(
            int(str(fields["seqno"])),
            int(str(fields["view"])),
            str(fields["node"]),
            bytes.fromhex(str(fields["root"])),
            base64.b64decode(str(fields["sig"]), validate=True),
            str(fields.get("cert") or ""),
        )
    except (KeyError, ValueError, binascii.Error) as error:
        raise ReadError(f"signature: {error}", "signature-unreadable") from error


def read_cose(data: bytes) -> Sign1:
    """Return the COSE message in a table: base64 in a JSON text, or its bytes.

    Raises:
        ReadError: If it is none.
    """
    text = text_of(data) if data[:1] == b'"' else ""
    try:
        return read_sign1(base64.b64decode(text, validate=True) if text else data)
    except (binascii.Error, ValueError) as error:
        raise ReadError(f"not base64: {error}", "malformed") from error


def request_in(table: str, data: bytes) -> Sign1 | None:
    """Return a member's signed request; ``None`` where the value holds none.

    Raises:
        ReadError: If it cannot be read.
    """
    if table != ACKS:
        return read_cose(data)
    text = text_member(data, "cose_sign1_req")
    return read_cose(b'"' + text.encode() + b'"') if text else None


def issued_us(message: Sign1) -> int | Absent:
    """Return when a message says it was signed, microseconds since 1970."""
    claims = message.headers.get(CWT_CLAIMS)
    moment = claims.get(ISSUED_AT) if isinstance(claims, Mapping) else None
    if isinstance(moment, int) and 0 <= moment < 2**40:
        return moment * 1_000_000
    return Absent.NOT_IN_FORMAT


def transaction_of(message: Sign1) -> str:
    """Return ``view.seqno`` of the entry that the message was made in."""
    own = message.headers.get("ccf.v1")
    stated = own.get("txid") if isinstance(own, Mapping) else None
    return stated if isinstance(stated, str) else ""
