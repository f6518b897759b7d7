"""Who is a member of an organisation, under the configuration of a block.

``msp/mspimpl.go``, ``mspimplsetup.go`` and ``mspimplvalidate.go`` of Fabric 3.1 (MSP
version 1.4.3): a chain to a root of the MSP, no certificate authority as signer, not
revoked by a list of the issuer (whatever its date), one of the organizational units
where they are enforced. Expiry of a signer's certificate is ignored on purpose, as the
peer does at commit; authorities are judged one second after the signer's certificate
begins. Left out: Idemix, MSP versions before 1.4.3, several chains for one identity.

A certificate authority that a configuration merely copies proves nothing: whether an
identity counts as anchored is asked of the keys that really signed its certificate.
"""

import hashlib
from datetime import timedelta

import msgspec

from explorer.core.absent import Absent
from explorer.core.errors import ReadError
from explorer.core.limits import MAX_CERTIFICATES
from explorer.crypto.certificates import (
    Certificate,
    RevocationList,
    parse_certificate,
    parse_revocation_list,
)
from explorer.crypto.chains import Authority, ChainAnswer, ChainReason, validate_chain
from explorer.crypto.trust import TrustStore
from explorer.encodings.protobuf import content, merged, number, scan, scan_map, text
from explorer.formats.fabric.config import ChannelConfig
from explorer.formats.fabric.identities import Identity
from explorer.formats.fabric.policies import (
    NOMINAL,
    ROLES,
    identity_principal,
    role_principal,
    unit_principal,
)

FABRIC_MSP = 0
_NODE_UNITS = {0x12: "CLIENT", 0x1A: "PEER", 0x22: "ADMIN", 0x2A: "ORDERER"}


class Standing(msgspec.Struct, frozen=True):
    """What an identity is under one configuration."""

    is_valid: bool
    reason: str
    """Why not: a chain reason, or ``organisation-unknown`` and the like."""
    principals: frozenset[str]
    is_anchored: bool
    is_judged: bool = True
    """False for kinds of identity that this program cannot judge."""


NOBODY = Standing(False, "organisation-unknown", frozenset(), False)  # noqa: FBT003


class Msp(msgspec.Struct):
    """The membership rules of one organisation."""

    id: str
    is_supported: bool
    roots: tuple[Certificate, ...] = ()
    intermediates: tuple[Certificate, ...] = ()
    revocation_lists: tuple[RevocationList, ...] = ()
    admins: frozenset[bytes] = frozenset()
    """Fingerprints."""
    has_node_units: bool = False
    node_units: dict[str, tuple[str, bytes]] = {}
    """Organizational unit → role and, where it is pinned, the issuers' identifier."""
    units: frozenset[tuple[str, bytes]] = frozenset()
    """Units of which a member needs one, where node units are not enforced."""
    unreadable: int = 0
    """Certificates and lists that could not be read."""
    place: tuple[int, int] = (0, 0)

    @property
    def authority(self) -> Authority:
        """Return what certificates are judged by."""
        return Authority(self.roots, self.intermediates, self.revocation_lists)


class Membership:
    """Judges identities under one configuration."""

    def __init__(self, config: ChannelConfig, trust: TrustStore) -> None:
        """Read the organisations of ``config``."""
        self._config = config
        self._trust = trust
        self._known: dict[bytes, Standing] = {}
        self._combined = 0
        self.msps: dict[str, Msp] = {}
        for _, group in config.organisations():
            item = group.values["MSP"]
            msp = parse_msp(item.value)
            if msp is not None:
                msp.place = item.place
                self.msps.setdefault(msp.id, msp)

    def standing(self, identity: Identity) -> Standing:
        """Return what an identity is; asked again, it answers from memory."""
        if self._combined != len(self._config.reader.combined):
            self._combined = len(self._config.reader.combined)
            self._known.clear()
        known = self._known.get(identity.raw)
        if known is None:
            if len(self._known) >= MAX_CERTIFICATES:
                self._known.clear()
            known = self._known[identity.raw] = self._judge(identity)
        return known

    def _judge(self, identity: Identity) -> Standing:
        msp = self.msps.get(identity.msp_id)
        if msp is None:
            return NOBODY
        if not msp.is_supported:
            return _refused("organisation-not-judged", is_judged=False)
        certificate = identity.certificate
        if isinstance(certificate, Absent):
            return _refused("certificate-malformed")
        answer = validate_chain(certificate, msp.authority)
        reason = _fault(certificate, answer, msp)
        if reason:
            return _refused(reason)
        roles, reason = _roles(certificate, answer, msp)
        if reason:
            return _refused(reason)
        principals = self._principals(certificate, answer, msp, roles)
        is_judged = not isinstance(identity.scheme, Absent)
        anchored = self._is_anchored(answer, msp.id)
        return Standing(
            is_valid=True,
            reason="",
            principals=principals,
            is_anchored=anchored,
            is_judged=is_judged,
        )

    def _principals(
        self,
        certificate: Certificate,
        answer: ChainAnswer,
        msp: Msp,
        roles: frozenset[str],
    ) -> frozenset[str]:
        found = {role_principal(msp.id, "MEMBER"), NOMINAL}
        found.update(role_principal(msp.id, role) for role in roles)
        if certificate.fingerprint in msp.admins:
            found.add(role_principal(msp.id, "ADMIN"))
        found.add(identity_principal(msp.id, certificate.fingerprint))
        certifiers = chain_identifier(answer.chain[1:])
        found.update(
            unit_principal(msp.id, unit, certifiers)
            for unit in certificate.organizational_units
        )
        for name, parts in self._config.reader.combined.items():
            if found.issuperset(parts):
                found.add(name)
        return frozenset(found)

    def _is_anchored(self, answer: ChainAnswer, msp_id: str) -> bool:
        """Return whether an anchor of the user issued, or is, this identity."""
        for each in answer.chain:
            key = each.public_key
            if not isinstance(key, Absent) and self._trust.covers_key(key, msp_id):
                return True
        return False


def _refused(reason: str, *, is_judged: bool = True) -> Standing:
    return Standing(
        is_valid=False,
        reason=reason,
        principals=frozenset(),
        is_anchored=False,
        is_judged=is_judged,
    )


def _fault(certificate: Certificate, answer: ChainAnswer, msp: Msp) -> str:
    """Return why the certificate is no member's, empty if nothing speaks against it."""
    if answer.reason is not ChainReason.VALID:
        return str(answer.reason)
    if certificate.is_ca or len(answer.chain) < 2:
        return "signer-is-authority"
    at = certificate.not_before + timedelta(seconds=1)
    if any(not each.not_before <= at <= each.not_after for each in answer.chain[1:]):
        return "authority-not-in-force"
    issuer = answer.chain[1]
    issued = {each.issuer_der for each in msp.intermediates if each is not issuer}
    if issuer.subject_der in issued:
        return "issuer-not-leaf"  # certificationTreeInternalNodesMap
    return ""


def _roles(
    certificate: Certificate, answer: ChainAnswer, msp: Msp
) -> tuple[frozenset[str], str]:
    """Return the roles by organizational unit, or why they refuse the identity."""
    units = certificate.organizational_units
    certifiers = chain_identifier(answer.chain[1:])
    if not msp.has_node_units:
        has_unit = any((unit, certifiers) in msp.units for unit in units)
        return frozenset(), "" if has_unit or not msp.units else "unit-missing"
    found = [msp.node_units[unit] for unit in units if unit in msp.node_units]
    if any(pinned and pinned != certifiers for _, pinned in found):
        return frozenset(), "unit-of-other-issuer"
    if len(found) != 1:
        return frozenset(), "unit-missing" if not found else "unit-ambiguous"
    return frozenset({found[0][0]}), ""


def chain_identifier(chain: tuple[Certificate, ...]) -> bytes:
    """Return the identifier of a certification path: SHA-256 of its certificates."""
    return hashlib.sha256(b"".join(each.der for each in chain)).digest()


def parse_msp(data: bytes) -> Msp | None:
    """Return the rules in an ``MSPConfig``, ``None`` if they cannot be read at all."""
    try:
        outer = scan(data, 0, len(data))
        config = content(data, outer, 0x12)
        fields = scan(config, 0, len(config))
        name = text(config, fields, 0x0A)
        if number(outer, 0x08) != FABRIC_MSP:
            return Msp(name, is_supported=False)
        return _fabric_msp(name, config, fields)
    except ReadError:
        return None


def _fabric_msp(name: str, config: bytes, fields: list[tuple[int, int, int]]) -> Msp:
    msp = Msp(name, is_supported=True)
    values: dict[int, list[bytes]] = {}
    for tag, first, last in fields:
        if tag & 7 == 2:
            values.setdefault(tag, []).append(config[first:last])
    msp.roots = _certificates(msp, values.get(0x12, []))
    msp.intermediates = _certificates(msp, values.get(0x1A, []))
    admins = _certificates(msp, values.get(0x22, []))
    msp.admins = frozenset(each.fingerprint for each in admins)
    msp.revocation_lists = _revocation_lists(msp, values.get(0x2A, []))
    msp.units = frozenset(_unit(msp, each) for each in values.get(0x3A, []))
    node_units = merged(config, fields, 0x5A)
    inner = scan_map(node_units, 0, len(node_units))
    msp.node_units = {}
    for tag, role in _NODE_UNITS.items():
        if tag in inner:
            unit, certifiers = _unit(msp, node_units[slice(*inner[tag])])
            msp.node_units[unit] = role, certifiers
    is_enabled = inner.get(0x08, (0, 0))[0] != 0
    msp.has_node_units = is_enabled and bool(msp.node_units)
    return msp


def _certificates(msp: Msp, found: list[bytes]) -> tuple[Certificate, ...]:
    read: list[Certificate] = []
    for each in found:
        try:
            read.append(parse_certificate(each))
        except ReadError:
            msp.unreadable += 1
    return tuple(read)


def _revocation_lists(msp: Msp, found: list[bytes]) -> tuple[RevocationList, ...]:
    read: list[RevocationList] = []
    for each in found:
        try:
            read.append(parse_revocation_list(each))
        except ReadError:
            msp.unreadable += 1
    return tuple(read)


def _unit(msp: Msp, data: bytes) -> tuple[str, bytes]:
    """Return a ``FabricOUIdentifier``: the unit and its issuers' identifier."""
    fields = scan(data, 0, len(data))
    pinned = content(data, fields, 0x0A)
    unit = text(data, fields, 0x12)
    if not pinned:
        return unit, b""
    try:
        certificate = parse_certificate(pinned)
    except ReadError:
        msp.unreadable += 1
        return unit, b"unreadable"
    if any(each.fingerprint == certificate.fingerprint for each in msp.roots):
        return unit, chain_identifier((certificate,))
    answer = validate_chain(certificate, msp.authority)
    return unit, chain_identifier(answer.chain)


__all__ = ["NOBODY", "ROLES", "Membership", "Msp", "Standing", "parse_msp"]
