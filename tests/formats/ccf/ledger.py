"""Writes small CCF ledgers: entries, chunks, signatures, receipts, snapshots."""

import base64
import hashlib
import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import cbor2
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    Prehashed,
    decode_dss_signature,
)
from cryptography.x509.oid import NameOID

ONE = bytes(8)
"""The key of a table with a single value."""
Tables = dict[str, dict[bytes, bytes | None]]
"""Table → key → value; ``None`` removes the key."""


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


class Holder:
    """A key with a certificate; its own, or one that ``issuer`` gave it."""

    def __init__(
        self,
        number: int,
        name: str,
        issuer: "Holder | None" = None,
        is_ca: bool = False,
    ) -> None:
        self.key = ec.derive_private_key(number, ec.SECP384R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        spki = self.key.public_key().public_bytes(
            serialization.Encoding.DER,
            serialization.PublicFormat.SubjectPublicKeyInfo,
        )
        self.id = sha256(spki).hex()
        signer = issuer or self
        built = (
            x509.CertificateBuilder()
            .subject_name(self.name)
            .issuer_name(signer.name)
            .public_key(self.key.public_key())
            .serial_number(1000 + number)
            .not_valid_before(datetime(2024, 1, 1, tzinfo=UTC))
            .not_valid_after(datetime(2034, 1, 1, tzinfo=UTC))
            .add_extension(
                x509.BasicConstraints(ca=is_ca or issuer is None, path_length=None),
                True,
            )
        )
        self.certificate = built.sign(signer.key, hashes.SHA384())
        self.pem = self.certificate.public_bytes(serialization.Encoding.PEM).decode()

    def sign_digest(self, digest: bytes) -> bytes:
        return self.key.sign(digest, ec.ECDSA(Prehashed(hashes.SHA256())))

    def sign_cose(
        self,
        payload: bytes,
        headers: dict[object, object],
        unprotected: dict[object, object] | None = None,
        detached: bool = True,
    ) -> bytes:
        protected = cbor2.dumps({1: -35, 4: self.id.encode(), **headers})
        signed = cbor2.dumps(["Signature1", protected, b"", payload])
        r, s = decode_dss_signature(self.key.sign(signed, ec.ECDSA(hashes.SHA384())))
        raw = r.to_bytes(48, "big") + s.to_bytes(48, "big")
        kept = None if detached else payload
        message = [protected, unprotected or {}, kept, raw]
        return cbor2.dumps(cbor2.CBORTag(18, message))


def octets(data: bytes) -> bytes:
    return struct.pack("<Q", len(data)) + data


def table_bytes(name: str, rows: dict[bytes, bytes | None]) -> bytes:
    writes = {key: value for key, value in rows.items() if value is not None}
    removed = [key for key, value in rows.items() if value is None]
    out = octets(name.encode()) + struct.pack("<QQQ", 0, 0, len(writes))
    out += b"".join(octets(key) + octets(value) for key, value in writes.items())
    out += struct.pack("<Q", len(removed))
    return out + b"".join(octets(key) for key in removed)


def entry_bytes(
    seqno: int,
    view: int,
    public: bytes,
    private: bytes = b"",
    flags: int = 0,
) -> bytes:
    body = bytes(16) + struct.pack("<QI", seqno, view | 0x80000000)
    body += struct.pack("<Q", len(public)) + public + private
    return bytes((1, flags)) + len(body).to_bytes(6, "little") + body


EVIDENCE = sha256(b"ce:2.1:secret")
CLAIMS = bytes(32)


def public_bytes(seqno: int, tables: Tables, kind: int = 4) -> bytes:
    out = struct.pack("<Bq", kind, seqno)
    out += CLAIMS if kind in {2, 4} else b""
    out += EVIDENCE if kind in {3, 4} else b""
    out += struct.pack("<q", 0)
    return out + b"".join(table_bytes(*each) for each in tables.items())


def leaf_of(entry: bytes, kind: int = 4) -> bytes:
    if kind in {0, 1}:
        return sha256(entry)
    out = sha256(entry) + (EVIDENCE if kind in {3, 4} else b"")
    return sha256(out + (CLAIMS if kind in {2, 4} else b""))


def root_of(leaves: Sequence[bytes]) -> bytes:
    level = list(leaves)
    while len(level) > 1:
        pairs = [
            sha256(level[at] + level[at + 1]) for at in range(0, len(level) - 1, 2)
        ]
        level = pairs + level[2 * len(pairs) :]
    return level[0]


def path_of(leaves: Sequence[bytes], index: int) -> list[dict[str, str]]:
    level, path = list(leaves), []
    while len(level) > 1:
        sibling = index ^ 1
        if sibling < len(level):
            side = "left" if index & 1 else "right"
            path.append({side: level[sibling].hex()})
        index >>= 1
        pairs = [
            sha256(level[at] + level[at + 1]) for at in range(0, len(level) - 1, 2)
        ]
        level = pairs + level[2 * len(pairs) :]
    return path


def tree_bytes(leaves: Sequence[bytes], first: int) -> bytes:
    """Return the tree as merklecpp writes it, with leaves kept from ``first`` on."""
    kept = leaves[first:]
    out = struct.pack(">QQ", len(kept), first) + b"".join(kept)
    start, peaks = 0, []
    for bit in reversed(range(first.bit_length())):
        if first >> bit & 1:
            peaks.append(root_of(leaves[start : start + (1 << bit)]))
            start += 1 << bit
    return out + b"".join(reversed(peaks))


@dataclass
class Ledger:
    """A ledger in the making."""

    view: int = 2
    has_cose: bool = True
    entries: list[bytes] = field(default_factory=list)
    leaves: list[bytes] = field(default_factory=lambda: [bytes(32)])
    flushed: int = 0

    def __post_init__(self) -> None:
        self.service = Holder(1, "Orchard Service")
        self.node = Holder(2, "CCF Node", self.service)
        self.member = Holder(3, "member0")

    @property
    def next(self) -> int:
        return len(self.entries) + 1

    def begin(self) -> None:
        """Write the first entry: who the service, the node and the member are."""
        info = json.dumps({"cert": self.service.pem, "status": "Opening"}).encode()
        node = self.node.id.encode()
        self.append(
            {
                "public:ccf.gov.service.info": {ONE: info},
                "public:ccf.gov.nodes.info": {node: b'{"status":"Trusted"}'},
                "public:ccf.gov.nodes.endorsed_certificates": {
                    node: self.node.pem.encode()
                },
                "public:ccf.gov.members.certs": {
                    self.member.id.encode(): self.member.pem.encode()
                },
            }
        )

    def append(self, tables: Tables, private: bytes = b"", kind: int = 4) -> bytes:
        public = public_bytes(self.next, tables, kind)
        entry = entry_bytes(self.next, self.view, public, private)
        self.entries.append(entry)
        self.leaves.append(leaf_of(entry, kind))
        return entry

    def record(self, key: str, value: str) -> bytes:
        rows: dict[bytes, bytes | None] = {key.encode(): value.encode()}
        return self.append({"public:records": rows})

    def signature(self, **changes: object) -> dict[str, Any]:
        root = root_of(self.leaves)
        return {
            "seqno": str(self.next),
            "view": str(self.view),
            "node": self.node.id,
            "root": root.hex(),
            "sig": base64.b64encode(self.node.sign_digest(root)).decode(),
            "cert": self.node.pem,
            **changes,
        }

    def sign(self, with_tree: bool = True, **changes: object) -> bytes:
        tables: Tables = {}
        if self.has_cose:
            headers: dict[object, object] = {
                15: {6: 1_700_000_000 + self.next},
                "ccf.v1": {"txid": f"{self.view}.{self.next}"},
            }
            cose = self.service.sign_cose(root_of(self.leaves), headers)
            tables["public:ccf.internal.cose_signatures"] = {ONE: quoted(cose)}
        stated = json.dumps(self.signature(**changes)).encode()
        tables["public:ccf.internal.signatures"] = {ONE: stated}
        if with_tree:
            tree = tree_bytes(self.leaves, self.flushed)
            tables["public:ccf.internal.tree"] = {ONE: tree}
        self.flushed = len(self.leaves) - 1
        return self.append(tables)

    def govern(self, request: bytes) -> bytes:
        cose = self.member.sign_cose(request, {}, detached=False)
        rows: dict[bytes, bytes | None] = {self.member.id.encode(): quoted(cose)}
        return self.append({"public:ccf.gov.cose_history": rows})

    def receipt(self, seqno: int) -> dict[str, Any]:
        """Return the receipt of an entry under the root of all entries so far."""
        root = root_of(self.leaves)
        written = sha256(self.entries[seqno - 1])
        return {
            "cert": self.node.pem,
            "leaf_components": {
                "claims_digest": CLAIMS.hex(),
                "commit_evidence": "ce:2.1:secret",
                "write_set_digest": written.hex(),
            },
            "node_id": self.node.id,
            "proof": path_of(self.leaves, seqno),
            "signature": base64.b64encode(self.node.sign_digest(root)).decode(),
        }

    def cose_receipt(self, seqno: int) -> bytes:
        written = sha256(self.entries[seqno - 1])
        path = [
            [side == "left", bytes.fromhex(node)]
            for step in path_of(self.leaves, seqno)
            for side, node in step.items()
        ]
        proof = cbor2.dumps({1: [written, "ce:2.1:secret", CLAIMS], 2: path})
        return self.service.sign_cose(
            root_of(self.leaves), {395: 2}, {396: {-1: [proof]}}
        )

    def write(self, folder: Path, *cuts: int) -> Path:
        """Write chunks that end with the entries ``cuts``; the last one stays open."""
        folder.mkdir(parents=True, exist_ok=True)
        first = 1
        for last in (*cuts, len(self.entries)):
            chunk = self.entries[first - 1 : last]
            if chunk:
                is_open = last == len(self.entries) and last not in cuts
                name = f"ledger_{first}" if is_open else f"ledger_{first}-{last}"
                suffix = "" if is_open else ".committed"
                path = folder / (name + suffix)
                path.write_bytes(chunk_bytes(chunk, is_open=is_open))
            first = last + 1
        return folder


def chunk_bytes(entries: Sequence[bytes], *, is_open: bool = False) -> bytes:
    starts, at = [], 8
    for each in entries:
        starts.append(at)
        at += len(each)
    table = b"" if is_open else struct.pack(f"<{len(starts)}I", *starts)
    head = struct.pack("<Q", 0 if is_open else at)
    return head + b"".join(entries) + table


def quoted(data: bytes) -> bytes:
    return json.dumps(base64.b64encode(data).decode()).encode()


def orchard() -> Ledger:
    """Return a ledger of 12 entries, signed at 2, 6, 9 and 12."""
    ledger = Ledger()
    ledger.begin()
    ledger.sign()
    ledger.record("lot/1", "picked")
    ledger.append({"public:ccf.gov.users.info": {b"u": None}}, b"secret", kind=3)
    ledger.govern(b'{"actions":[]}')
    ledger.sign()
    ledger.record("lot/1", "packed")
    ledger.append({}, b"private only", kind=0)
    ledger.sign()
    ledger.record("lot/2", "picked")
    ledger.append({"public:ccf.internal.x": {b"\xff": b"\x00"}}, kind=2)
    ledger.sign()
    return ledger
