"""Trust material parsed: PEM, lists of keys in JSON, and where a file lies in an MSP.

RFC 7468 (PEM); the folder layout is that of Hyperledger Fabric's membership service
providers (``msp/configbuilder.go``). Receives bytes and names, opens nothing. Left out:
private keys, which are refused, and TLS certificates, which speak for no organisation.
"""

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import msgspec

from explorer.core.absent import Absent
from explorer.core.errors import ReadError, TrustError
from explorer.core.limits import MAX_TRUST_FILE_BYTES
from explorer.crypto.certificates import Certificate, certificate_from_der
from explorer.crypto.public_keys import (
    key_from_point,
    public_key_from_pem,
    public_key_from_spki,
)
from explorer.crypto.signatures import SignatureVerifier
from explorer.crypto.trust import AnchorKind, AnchorOrigin, IdentityAnchor
from explorer.encodings.pem import PemBlock, pem_blocks
from explorer.model.keys import KeyKind, PublicKey

_ALGORITHMS = {
    "p256": KeyKind.P256,
    "p-256": KeyKind.P256,
    "secp256r1": KeyKind.P256,
    "prime256v1": KeyKind.P256,
    "ecdsa-p256": KeyKind.P256,
    "ecdsa-p256-sha256": KeyKind.P256,
    "p384": KeyKind.P384,
    "p-384": KeyKind.P384,
    "secp384r1": KeyKind.P384,
    "ecdsa-p384-sha384": KeyKind.P384,
    "ed25519": KeyKind.ED25519,
    "rsa": KeyKind.RSA,
    "sm2": KeyKind.SM2,
    "sm2-sm3": KeyKind.SM2,
    "secp256k1": KeyKind.SECP256K1,
    "secp256k1-xonly": KeyKind.SECP256K1_XONLY,
    "secp256k1-address": KeyKind.SECP256K1_ADDRESS,
}
_ADDRESS_BYTES = 20
_BARE_SIZES = frozenset({_ADDRESS_BYTES, 32, 64, 96})
"""Bytes of addresses, Ed25519 and x-only keys, and points without their leading 04; no
SubjectPublicKeyInfo of a curve or of RSA has one of these sizes."""
_BARE_KINDS = (KeyKind.SECP256K1, KeyKind.SM2)
"""Curves of the points in lists of validators or sealers that name no algorithm."""
_HEX = re.compile(r"(?:0x)?((?:[0-9A-Fa-f]{2})+)")
_CA_FOLDERS = frozenset({"cacerts", "intermediatecerts"})
_OTHER_FOLDERS = frozenset(
    {
        "tlscacerts",
        "tlsintermediatecerts",
        "tls",
        "tlsca",
        "admincerts",
        "signcerts",
        "keystore",
        "crls",
        "operationscerts",
    }
)


class MspRole(StrEnum):
    """What a file in a folder of trust material is for."""

    AUTHORITY = "authority"
    """A certificate authority that issues signing identities."""
    IGNORED = "ignored"
    """TLS, single identities, keys, revocation lists: no authority over signers."""
    PLAIN = "plain"
    """Not part of an MSP; its anchors match by key alone."""


@dataclass(frozen=True, slots=True)
class MspPlace:
    """What the path of a file says about it."""

    role: MspRole
    organisation: str | Absent


def msp_place(parts: Sequence[str]) -> MspPlace:
    """Return what a file is for, from the parts of its path, file name last.

    The organisation is the folder that holds ``cacerts``. A folder called just ``msp``
    names nobody: its anchors match by key alone.
    """
    folders = [each.lower() for each in parts[:-1]]
    if any(each in _OTHER_FOLDERS for each in folders):
        return MspPlace(MspRole.IGNORED, Absent.NOT_IN_FORMAT)
    for position, folder in enumerate(folders):
        if folder in _CA_FOLDERS:
            owner = parts[position - 1] if position else ""
            is_named = owner.lower() not in {"", ".", "..", "msp"}
            organisation = owner if is_named else Absent.NOT_IN_FORMAT
            return MspPlace(MspRole.AUTHORITY, organisation)
    return MspPlace(MspRole.PLAIN, Absent.NOT_IN_FORMAT)


def anchors_from_pem(
    data: bytes,
    organisation: str | Absent,
    source: str,
    origin: AnchorOrigin = AnchorOrigin.UNSTATED,
) -> tuple[IdentityAnchor, ...]:
    """Return an anchor for every certificate and public key of a PEM text.

    Raises:
        TrustError: If the text is broken, holds none, holds a private key, or a key is
            weak or of a kind not handled.
    """
    _demand_size(data, source)
    try:
        blocks = pem_blocks(data)
        anchors = [
            _anchor_of(each, organisation, source, origin)
            for each in blocks
            if not _is_passed_over(each, source)
        ]
    except ReadError as error:
        raise TrustError(f"{source}: {error}") from error
    if not anchors:
        raise TrustError(f"{source}: no certificate and no public key in it")
    return tuple(anchors)


def anchors_from_json(
    data: bytes, source: str, origin: AnchorOrigin = AnchorOrigin.UNSTATED
) -> tuple[IdentityAnchor, ...]:
    """Return an anchor for every key of a JSON list.

    Each member has ``public_key`` (PEM, hex or base64), ``algorithm`` unless it is PEM,
    or ``address`` (hex), and one of ``organisation``, ``party``, ``name`` if it names
    somebody. Or it is a text alone: an address, or a point of secp256k1 or SM2, as in
    lists of validators and sealers.

    Raises:
        TrustError: If the list or one of its keys cannot be understood.
    """
    _demand_size(data, source)
    try:
        entries = msgspec.json.decode(data, type=list[_KeyEntry | str])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise TrustError(f"{source}: not a list of keys: {error}") from error
    if not entries:
        raise TrustError(f"{source}: the list is empty")
    return tuple(
        _anchor_of_entry(entry, f"{source}, key {number}", source, origin)
        for number, entry in enumerate(entries, 1)
    )


def parse_key(text: str, algorithm: str, place: str) -> PublicKey:
    """Return a key given as PEM, or as hex or base64 together with its algorithm.

    Elliptic curve keys: a point with or without the leading 04, compressed, or a
    SubjectPublicKeyInfo. Ed25519: 32 bytes or SubjectPublicKeyInfo. RSA: the latter.

    Raises:
        TrustError: Naming ``place``, if it cannot be understood or is weak.
    """
    try:
        if "-----BEGIN" in text:
            key = public_key_from_pem(text.encode())
        else:
            key = _key_from_octets(text.strip(), algorithm)
    except ReadError as error:
        raise TrustError(f"{place}: {error}") from error
    if algorithm and _ALGORITHMS.get(algorithm.lower()) is not key.kind:
        raise TrustError(f"{place}: the key is {key.kind}, not {algorithm}")
    _demand_strong(key, place)
    return key


class _KeyEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One member of the JSON list."""

    public_key: str = ""
    address: str = ""
    algorithm: str = ""
    organisation: str = ""
    party: str = ""
    name: str = ""
    label: str = ""


def _anchor_of_entry(
    member: _KeyEntry | str, place: str, source: str, origin: AnchorOrigin
) -> IdentityAnchor:
    entry = _bare_entry(member, place) if isinstance(member, str) else member
    named = {each for each in (entry.organisation, entry.party, entry.name) if each}
    if len(named) > 1:
        raise TrustError(f"{place}: two names for one key: {', '.join(sorted(named))}")
    name = "".join(named)
    if bool(entry.public_key) is bool(entry.address):
        raise TrustError(f"{place}: exactly one of public_key and address is needed")
    if entry.address:
        key = parse_key(entry.address, str(KeyKind.SECP256K1_ADDRESS), place)
    else:
        key = parse_key(entry.public_key, entry.algorithm, place)
    return IdentityAnchor(
        kind=AnchorKind.KEY,
        organisation=name or Absent.NOT_IN_FORMAT,
        certificate=Absent.NOT_IN_FORMAT,
        key=key,
        label=entry.label or f"{name} {key.kind} key".strip(),
        origin=origin,
        source=source,
    )


def _bare_entry(text: str, place: str) -> _KeyEntry:
    """Return the member of a list that is a text alone; its kind shows in the bytes."""
    try:
        octets = _octets(text.strip())
    except ReadError as error:
        raise TrustError(f"{place}: {error}") from error
    if len(octets) == _ADDRESS_BYTES:
        return _KeyEntry(address=text, label=text)
    for kind in _BARE_KINDS:
        try:
            key_from_point(kind, octets)
        except ReadError:
            continue
        return _KeyEntry(public_key=text, algorithm=str(kind))
    raise TrustError(f"{place}: neither an address nor a point of secp256k1 or SM2")


def _is_passed_over(block: PemBlock, source: str) -> bool:
    if "PRIVATE KEY" in block.label:
        raise TrustError(f"{source}: holds a private key; give public material only")
    return block.label not in {"CERTIFICATE", "PUBLIC KEY"}


def _anchor_of(
    block: PemBlock, organisation: str | Absent, source: str, origin: AnchorOrigin
) -> IdentityAnchor:
    certificate: Certificate | Absent = Absent.NOT_IN_FORMAT
    kind, label = AnchorKind.KEY, source
    if block.label == "CERTIFICATE":
        certificate = certificate_from_der(block.der)
        found = certificate.public_key
        if isinstance(found, Absent):
            raise TrustError(f"{source}: the kind of key in it is not supported")
        key = found
        kind = AnchorKind.CA if certificate.is_ca else AnchorKind.KEY
        label = certificate.common_name or certificate.subject
    else:
        key = public_key_from_spki(block.der)
    _demand_strong(key, source)
    return IdentityAnchor(kind, organisation, certificate, key, label, origin, source)


def _demand_strong(key: PublicKey, place: str) -> None:
    fault = SignatureVerifier(fast=False).key_fault(key)
    if fault:
        raise TrustError(f"{place}: the key proves nothing ({fault})")


def _demand_size(data: bytes, source: str) -> None:
    if len(data) > MAX_TRUST_FILE_BYTES:
        raise TrustError(f"{source}: over {MAX_TRUST_FILE_BYTES} bytes")


def _key_from_octets(text: str, algorithm: str) -> PublicKey:
    kind = _ALGORITHMS.get(algorithm.lower())
    if kind is None:
        raise ReadError(f"algorithm {algorithm!r} is not known", "unsupported-key")
    octets = _octets(text)
    # a bare key may begin like a DER sequence by chance
    if octets[:1] == b"\x30" and len(octets) not in _BARE_SIZES:
        return public_key_from_spki(octets)
    return key_from_point(kind, octets)


def _octets(text: str) -> bytes:
    """Return the bytes of hex or base64; what can be read as hex is hex."""
    match = _HEX.fullmatch(text)
    if match:
        return bytes.fromhex(match[1])
    padded = text.replace("-", "+").replace("_", "/") + "=" * (-len(text) % 4)
    try:
        return base64.b64decode(padded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ReadError("the key is neither hex nor base64", "key-malformed") from error
