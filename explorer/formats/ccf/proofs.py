"""Receipts and snapshots of the evidence, each judged by what it proves.

A snapshot file is an entry with the receipt of the entry that recorded its digest. The
service's certificate, if a PEM file of the evidence or the user brings it, shows that
the node that signed is one of the service's.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from explorer.core.absent import Absent
from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ReadError
from explorer.core.limits import MAX_RECORD_BYTES, MAX_TRUST_FILE_BYTES
from explorer.core.spans import ByteSpan
from explorer.crypto.certificates import parse_certificate, parse_certificates
from explorer.crypto.proofs import lead
from explorer.crypto.public_keys import key_fingerprint, spki_of
from explorer.crypto.trust import TrustStore
from explorer.formats.batching import BatchDraft
from explorer.formats.ccf import checks
from explorer.formats.ccf.chunks import ENTRY_HEADER_BYTES, looks_like_entry
from explorer.formats.ccf.receipts import (
    CoseReceipt,
    JsonReceipt,
    Path,
    read_cose_receipt,
    read_json_receipt,
)
from explorer.formats.ccf.remarks import EXPORT_HINT
from explorer.formats.ccf.signers import cose_claim, service_name, services_of
from explorer.formats.ccf.state import DIGEST_SCHEMES, Holder, holder_of
from explorer.formats.opening import EvidenceFiles, ReadingOptions
from explorer.model.blocks import NO_BLOCK, Entry, Unreadable
from explorer.model.checks import CheckSpec, Outcome
from explorer.model.claims import (
    HashClaim,
    IdentityClaim,
    ProofClaim,
    SignatureClaim,
)
from explorer.model.content import EntryContent
from explorer.model.ledgers import Batch, BlockDetail, Closing, Party, Remark, Replayed

_SHA256 = HashAlgorithm.SHA256
_SNAPSHOT_NAME = re.compile(r"snapshot_\d+_\d+(?:\.committed)?\Z", re.ASCII)
_PEM_SUFFIXES = frozenset({".pem", ".crt", ".cer"})
_MARK_396 = b"\x19\x01\x8c"
HEAD_BYTES = 4_096
MAX_RECEIPT_BYTES = 16 * 2**20
PASSED = int(Outcome.PASSED)


@dataclass(frozen=True, slots=True)
class Proof:
    """A file that holds a receipt or a snapshot."""

    source: int
    kind: str
    """``receipt``, ``COSE receipt`` or ``snapshot``."""


def find_proofs(files: EvidenceFiles) -> list[Proof]:
    """Return the receipts and snapshots of the evidence."""
    found: list[Proof] = []
    for source in files.evidence.sources:
        kind = _kind(files, source.index, source.size_bytes)
        if kind:
            found.append(Proof(source.index, kind))
    return found


def _kind(files: EvidenceFiles, source: int, size: int) -> str:
    head = files.head(source, HEAD_BYTES)
    if _SNAPSHOT_NAME.match(files.path(source).name):
        return "snapshot" if looks_like_entry(head, size) else ""
    if size > MAX_RECEIPT_BYTES:
        return ""
    if head.lstrip()[:1] == b"{" and b'"proof"' in (whole := files.head(source, size)):
        is_leaf = b'"leaf_components"' in whole or b'"leaf"' in whole
        is_signed = b'"signature"' in whole and b'"node_id"' in whole
        return "receipt" if is_leaf and is_signed else ""
    is_cose = head[:1] in {b"\xd2", b"\x84"}
    return "COSE receipt" if is_cose and _MARK_396 in head else ""


@dataclass(slots=True)
class Loaded:
    """A proof as it was read."""

    proof: Proof
    place: ByteSpan
    receipt_place: ByteSpan
    snapshot: bytes = b""
    receipt: JsonReceipt | CoseReceipt | None = None
    damage: Unreadable | None = None
    claims: tuple[int, ...] = ()
    """Signature claims, filled by the resolver."""


class ProofsPipeline:
    """All receipts and snapshots of the evidence."""

    format = "ccf"
    checks: tuple[CheckSpec, ...] = checks.CHECKS
    entry_unit = "receipt"
    title = "receipts"

    def __init__(
        self, files: EvidenceFiles, options: ReadingOptions, proofs: Sequence[Proof]
    ) -> None:
        """Read ``proofs`` when asked."""
        self._files = files
        self._proofs = proofs
        self._services = _services(files, options.trust)
        self._parties: dict[str, Party] = {}
        self._has_unknown = False

    def read(self) -> Iterator[list[Loaded]]:
        """Yield all proofs; damage is part of them, never raised."""
        for proof in self._proofs:
            yield [self._load(proof)]

    def _load(self, proof: Proof) -> Loaded:
        size = self._files.evidence.sources[proof.source].size_bytes
        place = ByteSpan(proof.source, 0, size)
        loaded = Loaded(proof, place, place)
        try:
            if size > MAX_RECORD_BYTES:
                raise _too_long(size)
            data = self._files.read(place)
            if proof.kind == "snapshot":
                end = ENTRY_HEADER_BYTES + int.from_bytes(data[2:8], "little")
                loaded.snapshot, data = data[:end], data[end:]
                loaded.receipt_place = ByteSpan(proof.source, end, size)
            if data:
                loaded.receipt = _read(data)
        except ReadError as error:
            loaded.damage = Unreadable(
                checks.RECEIPT_FORM,
                "receipt-malformed",
                loaded.receipt_place,
                NO_BLOCK,
                str(error),
            )
        return loaded

    def resolve(self, parsed: list[Loaded]) -> Batch:
        """Return the proofs as entries, with what each claims."""
        draft = BatchDraft()
        for loaded in parsed:
            position = self._proofs.index(loaded.proof)
            draft.entries.append(self._entry(loaded, position))
            if loaded.damage is not None:
                draft.damage.append(loaded.damage)
                continue
            draft.passed[checks.RECEIPT_FORM] += loaded.receipt is not None
            self._snapshot(loaded, position, draft)
            if isinstance(loaded.receipt, JsonReceipt):
                loaded.claims = self._json(loaded, loaded.receipt, position, draft)
            elif loaded.receipt is not None:
                loaded.claims = self._cose(loaded, loaded.receipt, position, draft)
        total = sum(each.size_bytes for each in self._files.evidence.sources)
        return draft.batch(total, total)

    def _entry(self, loaded: Loaded, position: int) -> Entry:
        name = self._files.path(loaded.proof.source).name
        receipt = loaded.receipt
        paths: tuple[Path, ...] = ()
        if isinstance(receipt, JsonReceipt):
            paths = (receipt.path,)
        elif receipt is not None:
            paths = receipt.paths
        named = next((each.evidence for each in paths if each.evidence), "")
        author = receipt.node if isinstance(receipt, JsonReceipt) else ""
        kind = loaded.proof.kind
        summary = named[:200]
        return Entry(
            NO_BLOCK, position, name, kind, author, loaded.place, summary=summary
        )

    def _snapshot(self, loaded: Loaded, position: int, draft: BatchDraft) -> None:
        if not loaded.snapshot:
            return
        receipt = loaded.receipt
        if receipt is None:
            draft.open(checks.SNAPSHOT, "receipt-missing", NO_BLOCK, loaded.place)
            return
        path = receipt.path if isinstance(receipt, JsonReceipt) else receipt.paths[0]
        end = len(loaded.snapshot)
        draft.claims.append(
            HashClaim(
                checks.SNAPSHOT,
                NO_BLOCK,
                position,
                _SHA256,
                loaded.snapshot,
                path.claims,
                ByteSpan(loaded.proof.source, 0, end),
                loaded.receipt_place,
                part="snapshot",
            )
        )

    def _json(
        self, loaded: Loaded, receipt: JsonReceipt, position: int, draft: BatchDraft
    ) -> tuple[int, ...]:
        place, path = loaded.receipt_place, receipt.path
        self._path(path, place, position, draft)
        node = holder_of(receipt.node, receipt.certificate, place)
        scheme = None if node is None else DIGEST_SCHEMES.get(node.key.kind)
        if node is None or scheme is None:
            reason = "node-unknown" if node is None else "key-kind-not-supported"
            draft.open(checks.NODE_SIGNATURE, reason, NO_BLOCK, place)
            return ()
        self._endorsement(receipt, node, position, draft)
        return (
            draft.claim(
                SignatureClaim(
                    checks.NODE_SIGNATURE,
                    NO_BLOCK,
                    position,
                    scheme,
                    node.key,
                    lead(path.start, path.steps),
                    receipt.signature,
                    place,
                    place,
                    decisive=True,
                    signer=node.id,
                    role="node",
                )
            ),
        )

    def _path(
        self, path: Path, place: ByteSpan, position: int, draft: BatchDraft
    ) -> None:
        if path.stated_root:
            draft.claims.append(
                ProofClaim(
                    checks.RECEIPT,
                    NO_BLOCK,
                    position,
                    path.start,
                    path.steps,
                    path.stated_root,
                    place,
                    place,
                )
            )

    def _endorsement(
        self, receipt: JsonReceipt, node: Holder, position: int, draft: BatchDraft
    ) -> None:
        """Claim that the node's id is its key's and that the service issued for it."""
        if receipt.node:
            draft.claims.append(
                HashClaim(
                    checks.NODE_ID,
                    NO_BLOCK,
                    position,
                    _SHA256,
                    spki_of(node.key),
                    _hex(receipt.node),
                    node.place,
                    node.place,
                    part="key of the node",
                )
            )
        self._meet(node, "node")
        if not self._services:
            self._has_unknown = True
            draft.skip(checks.ENDORSEMENT, "service-unknown", NO_BLOCK, node.place)
            return
        draft.claims.append(
            IdentityClaim(
                checks.ENDORSEMENT,
                NO_BLOCK,
                node.id,
                "CCF service",
                node.certificate.der,
                tuple(each.certificate.der for each in self._services),
                _ders(receipt.endorsements),
                (),
                -1,
                node.place,
            )
        )

    def _cose(
        self, loaded: Loaded, receipt: CoseReceipt, position: int, draft: BatchDraft
    ) -> tuple[int, ...]:
        place, message = loaded.receipt_place, receipt.message
        named = message.key_id().decode("ascii", "replace")
        service = next((each for each in self._services if each.id == named), None)
        if service is None and not named and len(self._services) == 1:
            service = self._services[0]
        found: list[int] = []
        for path in receipt.paths:
            self._path(path, place, position, draft)
            if service is None:
                self._has_unknown = True
                reason = "service-unknown"
                draft.open(checks.SERVICE_SIGNATURE, reason, NO_BLOCK, place)
                continue
            root = lead(path.start, path.steps)
            check = checks.SERVICE_SIGNATURE
            claim = cose_claim((check, NO_BLOCK), message, service, root, place)
            if claim is None:
                reason = "key-kind-not-supported"
                draft.open(checks.SERVICE_SIGNATURE, reason, NO_BLOCK, place)
            else:
                self._meet(service, "service")
                found.append(draft.claim(claim))
        return tuple(found)

    def _meet(self, holder: Holder, role: str) -> None:
        self._parties[holder.id] = Party(
            holder.id,
            holder.certificate.common_name or holder.id,
            service_name(holder) if role == "service" else "",
            role,
            holder.key,
            holder.certificate.der,
            holder.certificate.fingerprint.hex(),
            holder.place,
        )

    def replay(
        self, parsed: list[Loaded], batch: Batch, outcomes: Sequence[int]
    ) -> Replayed:
        """Count the paths that end in a root whose signature holds."""
        held = sum(
            outcomes[claim] == PASSED for loaded in parsed for claim in loaded.claims
        )
        contents = [
            EntryContent(
                NO_BLOCK,
                each.position,
                each.id,
                each.kind,
                each.author,
                author_verified=False,
                accepted=True,
                time_us=each.time_us,
            )
            for each in batch.entries
        ]
        return Replayed(((checks.RECEIPT, held),), contents=contents)

    def finish(self) -> Closing:
        """Say what only the end shows."""
        remark = Remark(
            "ccf-service-certificate",
            "The service's certificate is not at hand: whether the node that signed "
            "belongs to the service was not checked.",
        )
        return Closing(
            not_checked=(remark,) * self._has_unknown,
            parties=tuple(self._parties.values()),
            export_hint=EXPORT_HINT,
        )

    def detail(self, height: int, span: ByteSpan) -> BlockDetail:
        """Refuse: receipts are no blocks.

        Raises:
            ReadError: Always.
        """
        raise ReadError(f"no entry {height} in a receipt", "not-this-block", span)


def _read(data: bytes) -> JsonReceipt | CoseReceipt:
    if data.lstrip()[:1] == b"{":
        return read_json_receipt(data)
    return read_cose_receipt(data)


def _services(files: EvidenceFiles, trust: TrustStore) -> list[Holder]:
    """Return identities of services: certificates of the user and of the evidence."""
    holders = {each.id: each for each in services_of(trust)}
    for source in files.evidence.sources:
        suffix = files.path(source.index).suffix.lower()
        if suffix not in _PEM_SUFFIXES or source.size_bytes > MAX_TRUST_FILE_BYTES:
            continue
        place = ByteSpan(source.index, 0, source.size_bytes)
        try:
            found = parse_certificates(files.read(place))
        except ReadError:
            continue
        for each in found:
            key = each.public_key
            if each.is_ca and not isinstance(key, Absent):
                name = key_fingerprint(key).hex()
                holders.setdefault(name, Holder(name, each, key, place))
    return list(holders.values())


def _ders(pems: Sequence[str]) -> tuple[bytes, ...]:
    found: list[bytes] = []
    for pem in pems:
        try:
            found.append(parse_certificate(pem.encode()).der)
        except ReadError:
            continue
    return tuple(found)


def _hex(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""


def _too_long(size: int) -> ReadError:
    return ReadError(f"{size} bytes", "too-long")
