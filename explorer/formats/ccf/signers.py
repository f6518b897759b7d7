"""Claims about who signed: nodes, the service, members; and whether they may.

A node signs the root as it stands (ECDSA, no further hash) with the key that its id is
the hash of; the service issued its certificate. The service signs in COSE. Members sign
what they ask for.
"""

import msgspec

from explorer.core.absent import Absent
from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ReadError
from explorer.core.limits import MAX_CERTIFICATES
from explorer.core.spans import ByteSpan
from explorer.crypto.public_keys import key_fingerprint, spki_of
from explorer.crypto.trust import TrustStore
from explorer.encodings.cose import Sign1
from explorer.formats.batching import BatchDraft
from explorer.formats.ccf import checks
from explorer.formats.ccf.chunks import RawEntry
from explorer.formats.ccf.signing import (
    ACKS,
    COSE_HISTORY,
    COSE_SCHEMES,
    NodeSignature,
    read_cose,
    read_node_signature,
    request_in,
    transaction_of,
)
from explorer.formats.ccf.state import (
    DIGEST_SCHEMES,
    Holder,
    ServiceState,
    holder_of,
)
from explorer.formats.ccf.tables import PublicPart, Span
from explorer.model.blocks import Unreadable
from explorer.model.claims import (
    AuthorityClaim,
    HashClaim,
    IdentityClaim,
    SignatureClaim,
)

_SHA256 = HashAlgorithm.SHA256
_PENDING = frozenset({"Pending", "PENDING"})
"""A node that waits to join may not sign. One that retires may, until the entry that
says so is committed, which the ledger alone does not show."""


class Signed(msgspec.Struct):
    """What the signatures of one entry are worth to the replay."""

    root: bytes = b""
    """The root that a node states."""
    claims: list[int] = []
    is_anchored: bool = False
    """The service in force is one that the user named."""
    member_claims: dict[str, int] = {}
    """Member → claim of a request in this entry."""


UNSIGNED = Signed()
"""Of an entry that signs nothing, which most are; never changed."""


class SignerClaims:
    """Claims the signatures of one ledger, entry by entry."""

    def __init__(
        self, trust: TrustStore, state: ServiceState, *, is_partial: bool
    ) -> None:
        """Take identities from ``state``, which somebody else keeps up to date.

        In a partial ledger members may have been named before it begins.
        """
        self._trust = trust
        self._is_partial = is_partial
        self._named = {each.id: each for each in services_of(trust)}
        self._state = state
        self._endorsed: set[tuple[str, str]] = set()
        self._authorities: set[str] = set()
        self._held: dict[tuple[str, str], Holder | None] = {}
        """Certificates that signatures repeat, each parsed once."""

    def lose(self) -> None:
        """Learn that entries are missing, so that tables may be incomplete."""
        self._is_partial = True

    def authority(self, raw: RawEntry, draft: BatchDraft) -> None:
        """Claim once for each identity of the service that it is the one named."""
        service = self._state.service
        if service is None or service.id in self._authorities:
            return
        self._authorities.add(service.id)
        draft.claims.append(
            AuthorityClaim(
                checks.AUTHORITY,
                raw.seqno,
                service_name(service),
                (service.certificate.der,),
                (),
                service.place,
            )
        )

    def is_anchored(self, service: Holder | None) -> bool:
        """Return whether an identity of the service is one that the user named."""
        return service is not None and self._trust.covers_key(
            service.key, service_name(service)
        )

    def node(
        self, raw: RawEntry, value: Span, signed: Signed, draft: BatchDraft
    ) -> None:
        """Claim the signature of a node."""
        place = raw.place(*value)
        try:
            stated = read_node_signature(raw.data[slice(*value)])
        except ReadError as error:
            _unreadable(draft, "signature-unreadable", place, raw, error)
            return
        signed.root = stated.root
        if (stated.seqno, stated.view) == (raw.seqno, raw.view):
            draft.passed[checks.SIGNATURE_FORM] += 1
        else:
            draft.fail(checks.SIGNATURE_FORM, "names-other-entry", raw.seqno, place)
        node = self._signer(stated, place)
        if node is None:
            draft.open(checks.NODE_SIGNATURE, "node-unknown", raw.seqno, place)
            return
        self._identity(raw, node, draft)
        scheme = DIGEST_SCHEMES.get(node.key.kind)
        if scheme is None:
            reason = "key-kind-not-supported"
            draft.open(checks.NODE_SIGNATURE, reason, raw.seqno, place)
            return
        signed.is_anchored = self.is_anchored(self._state.service)
        signed.claims.append(
            draft.claim(
                SignatureClaim(
                    checks.NODE_SIGNATURE,
                    raw.seqno,
                    0,
                    scheme,
                    node.key,
                    stated.root,
                    stated.signature,
                    place,
                    place,
                    decisive=True,
                    signer=node.id,
                    role="node",
                )
            )
        )

    def _signer(self, stated: NodeSignature, place: ByteSpan) -> Holder | None:
        if stated.certificate:
            name = stated.node, stated.certificate
            if name not in self._held and len(self._held) < MAX_CERTIFICATES:
                self._held[name] = holder_of(*name, place)
            found = self._held.get(name)
            if found is not None:
                self._state.nodes.setdefault(stated.node, found)
                return found
        return self._state.nodes.get(stated.node)

    def _identity(self, raw: RawEntry, node: Holder, draft: BatchDraft) -> None:
        """Claim that the node's id is its key's, and that the service issued for it."""
        service = self._state.service
        status = self._state.statuses.get(node.id, "")
        if status in _PENDING or not (status or self._is_partial):
            draft.fail(
                checks.NODE_ID,
                "node-not-trusted",
                raw.seqno,
                node.place,
                detail=f"{node.id} {status}",
            )
        issuer = "" if service is None else service.id
        name = (node.id + node.certificate.fingerprint.hex(), issuer)
        if name in self._endorsed:
            return
        self._endorsed.add(name)
        draft.claims.append(
            HashClaim(
                checks.NODE_ID,
                raw.seqno,
                0,
                _SHA256,
                spki_of(node.key),
                _hex(node.id),
                node.place,
                node.place,
                part="key of the node",
            )
        )
        if service is None:
            draft.open(checks.ENDORSEMENT, "service-unknown", raw.seqno, node.place)
            return
        draft.claims.append(
            IdentityClaim(
                checks.ENDORSEMENT,
                raw.seqno,
                node.id,
                service_name(service),
                node.certificate.der,
                (service.certificate.der,),
                (),
                (),
                -1,
                node.place,
            )
        )

    def service(
        self,
        raw: RawEntry,
        value: Span,
        root: bytes,
        signed: Signed,
        draft: BatchDraft,
    ) -> None:
        """Claim the signature of the service over the root."""
        place = raw.place(*value)
        try:
            message = read_cose(raw.data[slice(*value)])
        except ReadError as error:
            _unreadable(draft, "cose-unreadable", place, raw, error)
            return
        if transaction_of(message) in {"", f"{raw.view}.{raw.seqno}"}:
            draft.passed[checks.SIGNATURE_FORM] += 1
        else:
            draft.fail(checks.SIGNATURE_FORM, "names-other-entry", raw.seqno, place)
        named = message.key_id().decode("ascii", "replace")
        state = self._state
        service = state.services.get(named) if named else state.service
        service = service or self._named.get(named)
        if service is None or not root:
            draft.open(checks.SERVICE_SIGNATURE, "service-unknown", raw.seqno, place)
            return
        claim = cose_claim(
            (checks.SERVICE_SIGNATURE, raw.seqno), message, service, root, place
        )
        if claim is None:
            reason = "key-kind-not-supported"
            draft.open(checks.SERVICE_SIGNATURE, reason, raw.seqno, place)
            return
        signed.is_anchored = self.is_anchored(service)
        signed.claims.append(draft.claim(claim))

    def members(
        self, raw: RawEntry, part: PublicPart, signed: Signed, draft: BatchDraft
    ) -> None:
        """Claim the signatures of members on what they asked for."""
        for name in (COSE_HISTORY, ACKS):
            table = part.tables.get(name)
            for key, value in () if table is None else table.writes:
                place, data = raw.place(*value), raw.data[slice(*value)]
                try:
                    message = request_in(name, data)
                except ReadError as error:
                    _unreadable(draft, "cose-unreadable", place, raw, error)
                    continue
                if message is not None:
                    member = raw.data[slice(*key)].decode("ascii", "replace")
                    self._member((raw, place), member, message, signed, draft)

    def _member(
        self,
        where: tuple[RawEntry, ByteSpan],
        member: str,
        message: Sign1,
        signed: Signed,
        draft: BatchDraft,
    ) -> None:
        (raw, place), check = where, checks.MEMBER_SIGNATURE
        holder = self._state.members.get(member)
        if holder is None:
            tell = draft.skip if self._is_partial else draft.open
            tell(check, "member-unknown", raw.seqno, place)
            return
        claim = cose_claim((check, raw.seqno), message, holder, b"", place)
        if claim is None:
            draft.open(check, "key-kind-not-supported", raw.seqno, place)
            return
        signed.member_claims[member] = draft.claim(claim)


def cose_claim(
    what: tuple[str, int],
    message: Sign1,
    signer: Holder,
    detached: bytes,
    place: ByteSpan,
) -> SignatureClaim | None:
    """Return the claim of a COSE signature; ``None`` for a kind not handled.

    ``what`` is the check and the height.
    """
    check, height = what
    scheme = COSE_SCHEMES.get((message.algorithm(), signer.key.kind))
    if scheme is None:
        return None
    return SignatureClaim(
        check,
        height,
        0,
        scheme,
        signer.key,
        message.signed_bytes(detached),
        message.der_signature(),
        place,
        place,
        decisive=True,
        signer=signer.id,
        role="service" if check == checks.SERVICE_SIGNATURE else "member",
    )


def services_of(trust: TrustStore) -> list[Holder]:
    """Return the identities of services that the user brings as certificates."""
    found: list[Holder] = []
    for each in trust.identities:
        if not isinstance(each.certificate, Absent):
            name = key_fingerprint(each.key).hex()
            place = ByteSpan(0, 0, 0)
            found.append(Holder(name, each.certificate, each.key, place))
    return found


def service_name(service: Holder) -> str:
    """Return the name of a service identity: its certificate's and its key's."""
    return f"{service.certificate.common_name or 'CCF service'} {service.id[:16]}"


def _unreadable(
    draft: BatchDraft, reason: str, place: ByteSpan, raw: RawEntry, error: ReadError
) -> None:
    draft.damage.append(
        Unreadable(checks.SIGNATURE_FORM, reason, place, raw.seqno, str(error))
    )


def _hex(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""
