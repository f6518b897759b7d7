"""Identities as they are written in blocks: an MSP id and a certificate.

``msp/identities.proto`` of Fabric 3.1. Each distinct identity is parsed once. Whether
it is a valid member is judged against a configuration (``membership``). Left out:
Idemix identities, which are recognised and not judged.
"""

import msgspec

from explorer.core.absent import Absent
from explorer.core.errors import ReadError
from explorer.core.limits import MAX_CERTIFICATES
from explorer.core.spans import ByteSpan
from explorer.crypto.certificates import Certificate, parse_certificate
from explorer.encodings.protobuf import scan_map
from explorer.model.keys import KeyKind, PublicKey, SignatureScheme
from explorer.model.ledgers import Party

_SCHEMES = {
    KeyKind.P256: SignatureScheme.ECDSA_P256_SHA256,
    KeyKind.P384: SignatureScheme.ECDSA_P384_SHA256,
    KeyKind.ED25519: SignatureScheme.ED25519,
}


class Identity(msgspec.Struct):
    """One signer as a block names it."""

    raw: bytes
    msp_id: str
    certificate: Certificate | Absent
    key: PublicKey | Absent
    scheme: SignatureScheme | Absent
    """Absent for a kind of key whose signatures are not judged here."""
    key_id: str
    """Two identities with the same MSP and certificate have the same."""
    name: str
    """Common name, or what can be said instead."""
    party: str
    """Id of the party."""
    author: str
    place: ByteSpan
    """Where it stands first."""
    role: str = ""
    """The first role in which it signs."""


class IdentityBook:
    """Every identity of a ledger, parsed once."""

    def __init__(self) -> None:
        """Know nobody."""
        self._known: dict[bytes, Identity] = {}
        self._parties: dict[str, Identity] = {}

    def known(self, raw: bytes) -> Identity | None:
        """Return the identity of the bytes if it was asked for before."""
        return self._known.get(raw)

    def identity(self, raw: bytes, place: ByteSpan, role: str) -> Identity:
        """Return the identity of the bytes; never raises."""
        known = self._known.get(raw)
        if known is None:
            if len(self._known) >= MAX_CERTIFICATES:
                self._known.clear()
            known = self._known[raw] = _parse(raw, place, role)
            if len(self._parties) < MAX_CERTIFICATES:
                self._parties.setdefault(known.party, known)
        return known

    def parties(self, anchored: frozenset[str]) -> list[Party]:
        """Return everyone who signed; ``anchored`` holds the ids under an anchor."""
        return [
            Party(
                each.party,
                each.name,
                each.msp_id,
                each.role,
                each.key,
                Absent.UNREADABLE
                if isinstance(each.certificate, Absent)
                else each.certificate.der,
                ""
                if isinstance(each.certificate, Absent)
                else each.certificate.fingerprint.hex(),
                each.place,
                each.party in anchored,
            )
            for each in self._parties.values()
        ]


def _parse(raw: bytes, place: ByteSpan, role: str) -> Identity:
    msp_id, pem = "", b""
    try:
        fields = scan_map(raw, 0, len(raw))
        first, last = fields.get(0x0A, (0, 0))
        msp_id = raw[first:last].decode()
        start, end = fields.get(0x12, (0, 0))
        pem = raw[start:end]
        certificate = parse_certificate(pem)
    except (ReadError, UnicodeDecodeError):
        shown = f"{msp_id}/unreadable"
        unknown = Absent.UNREADABLE
        return Identity(
            raw, msp_id, unknown, unknown, unknown, shown, "", shown, shown, place, role
        )
    key = certificate.public_key
    scheme = Absent.NOT_IN_FORMAT if isinstance(key, Absent) else _scheme_of(key)
    fingerprint = certificate.fingerprint.hex()
    name = certificate.common_name or certificate.subject
    author = f"{msp_id}/{name}"
    return Identity(
        raw,
        msp_id,
        certificate,
        key,
        scheme,
        f"{msp_id}#{fingerprint}",
        name,
        f"{author}#{fingerprint[:16]}",
        author,
        place,
        role,
    )


def _scheme_of(key: PublicKey) -> SignatureScheme | Absent:
    return _SCHEMES.get(key.kind, Absent.NOT_IN_FORMAT)
