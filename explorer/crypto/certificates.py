"""X.509 certificates and revocation lists as values: RFC 5280, sections 4 and 5.

``cryptography`` parses; what it cannot (keys on the SM2 curve) is read from the same
bytes here. Times are UTC. Chains are judged in ``crypto.chains``. Left out: delta and
indirect revocation lists, and the names in the subject alternative name.
"""

import hashlib
import warnings
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtensionOID, NameOID

from explorer.core.absent import Absent
from explorer.core.errors import ReadError
from explorer.crypto.public_keys import public_key_from_spki
from explorer.encodings.der import TAG_SEQUENCE, read_element, skip_element
from explorer.encodings.pem import pem_blocks
from explorer.model.keys import PublicKey

MAX_BUNDLE = 10_000
"""Certificates taken from one PEM bundle."""

_UNDERSTOOD = frozenset(
    {
        ExtensionOID.BASIC_CONSTRAINTS,
        ExtensionOID.KEY_USAGE,
        ExtensionOID.EXTENDED_KEY_USAGE,
        ExtensionOID.SUBJECT_ALTERNATIVE_NAME,
    }
)
"""Critical extensions that do not stop a chain: judged, or about TLS only."""

_LIBRARY_ERRORS = (
    ValueError,
    TypeError,
    KeyError,
    OverflowError,
    UnsupportedAlgorithm,
    x509.DuplicateExtension,
    x509.InvalidVersion,
    x509.UnsupportedGeneralNameType,
)
"""What ``cryptography`` raises for a broken certificate, as far as was seen."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate; two are equal when their bytes are."""

    der: bytes
    subject: str
    """RFC 4514 text, for people only; compare ``subject_der``."""
    issuer: str
    subject_der: bytes
    issuer_der: bytes
    serial: int
    not_before: datetime
    not_after: datetime
    public_key: PublicKey | Absent
    """``Absent.UNREADABLE`` for a kind of key that this program does not handle."""
    common_name: str
    """The last common name of the subject, or an empty text."""
    organizational_units: tuple[str, ...]
    """In the order of the subject."""
    subject_key_id: bytes | Absent
    authority_key_id: bytes | Absent
    fingerprint: bytes
    """SHA-256 of the DER, 32 bytes."""
    is_ca: bool
    """Basic constraints say so and the key usage, if given, allows signing."""
    path_length: int
    """Most certificates allowed between this and the leaf; -1 if not limited."""
    unknown_critical: tuple[str, ...]
    """Dotted object identifiers of critical extensions that are not judged here."""
    tbs: bytes
    """The exact bytes that are signed."""
    signature: bytes
    signature_algorithm: str
    """Dotted object identifier."""


@dataclass(frozen=True, slots=True)
class Revocation:
    """One entry of a revocation list."""

    serial: int
    revoked_at: datetime


@dataclass(frozen=True, slots=True)
class RevocationList:
    """A certificate revocation list."""

    der: bytes
    issuer: str
    """RFC 4514 text, for people only."""
    issuer_der: bytes
    this_update: datetime
    entries: tuple[Revocation, ...]
    tbs: bytes
    signature: bytes
    signature_algorithm: str
    """Dotted object identifier."""


def parse_certificate(pem_or_der: bytes) -> Certificate:
    """Return the one certificate of a PEM text or of DER.

    Raises:
        ReadError: ``certificate-malformed``, or ``no-certificate`` if a PEM text does
            not hold exactly one.
    """
    if not _is_der(pem_or_der):
        found = _ders(pem_or_der, "CERTIFICATE")
        if len(found) != 1:
            raise ReadError(f"{len(found)} certificates, not 1", "no-certificate")
        return certificate_from_der(found[0])
    return certificate_from_der(pem_or_der)


def parse_certificates(pem_bundle: bytes) -> tuple[Certificate, ...]:
    """Return every certificate of a PEM text, none if it holds none.

    Raises:
        ReadError: ``certificate-malformed``, or ``too-many`` past ``MAX_BUNDLE``.
    """
    found = _ders(pem_bundle, "CERTIFICATE")
    if len(found) > MAX_BUNDLE:
        raise ReadError(f"over {MAX_BUNDLE} certificates", "too-many")
    return tuple(certificate_from_der(each) for each in found)


def certificate_from_der(der: bytes) -> Certificate:
    """Return the certificate of ``der``.

    Raises:
        ReadError: ``certificate-malformed``, also for a serial number that is not
            positive (RFC 5280, section 4.1.2.2).
    """
    try:
        with warnings.catch_warnings():  # what the library only warns of is judged here
            warnings.simplefilter("ignore")
            found = _convert(x509.load_der_x509_certificate(der))
    except _LIBRARY_ERRORS as error:
        raise ReadError(
            f"not a certificate: {error}", "certificate-malformed"
        ) from error
    if found.serial < 1:
        raise ReadError("the serial number is not positive", "certificate-malformed")
    return found


def parse_revocation_list(pem_or_der: bytes) -> RevocationList:
    """Return the one revocation list of a PEM text or of DER.

    Raises:
        ReadError: ``revocation-list-malformed``.
    """
    reason = "revocation-list-malformed"
    found = [pem_or_der] if _is_der(pem_or_der) else _ders(pem_or_der, "X509 CRL")
    if len(found) != 1:
        raise ReadError(f"{len(found)} revocation lists instead of 1", reason)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _convert_list(x509.load_der_x509_crl(found[0]))
    except _LIBRARY_ERRORS as error:
        raise ReadError(f"not a revocation list: {error}", reason) from error


def _is_der(data: bytes) -> bool:
    return data[:1] == bytes((TAG_SEQUENCE,))


def _ders(pem: bytes, label: str) -> list[bytes]:
    return [each.der for each in pem_blocks(pem) if each.label == label]


def _convert(parsed: x509.Certificate) -> Certificate:
    der = parsed.public_bytes(Encoding.DER)
    tbs = parsed.tbs_certificate_bytes
    names = parsed.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    units = parsed.subject.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)
    extensions = parsed.extensions
    return Certificate(
        der=der,
        subject=parsed.subject.rfc4514_string(),
        issuer=parsed.issuer.rfc4514_string(),
        subject_der=parsed.subject.public_bytes(),
        issuer_der=parsed.issuer.public_bytes(),
        serial=parsed.serial_number,
        not_before=parsed.not_valid_before_utc,
        not_after=parsed.not_valid_after_utc,
        public_key=_public_key(tbs),
        common_name=_text(names[-1].value) if names else "",
        organizational_units=tuple(_text(each.value) for each in units),
        subject_key_id=_subject_key_id(extensions),
        authority_key_id=_authority_key_id(extensions),
        fingerprint=hashlib.sha256(der).digest(),
        is_ca=_is_ca(extensions),
        path_length=_path_length(extensions),
        unknown_critical=tuple(
            each.oid.dotted_string
            for each in extensions
            if each.critical and each.oid not in _UNDERSTOOD
        ),
        tbs=tbs,
        signature=parsed.signature,
        signature_algorithm=parsed.signature_algorithm_oid.dotted_string,
    )


def _convert_list(parsed: x509.CertificateRevocationList) -> RevocationList:
    entries = tuple(
        Revocation(each.serial_number, each.revocation_date_utc) for each in parsed
    )
    return RevocationList(
        der=parsed.public_bytes(Encoding.DER),
        issuer=parsed.issuer.rfc4514_string(),
        issuer_der=parsed.issuer.public_bytes(),
        this_update=parsed.last_update_utc,
        entries=entries,
        tbs=parsed.tbs_certlist_bytes,
        signature=parsed.signature,
        signature_algorithm=parsed.signature_algorithm_oid.dotted_string,
    )


def _text(value: str | bytes) -> str:
    return value if isinstance(value, str) else value.hex()


def _public_key(tbs: bytes) -> PublicKey | Absent:
    """Return the key in field 7 of the TBSCertificate (RFC 5280, section 4.1)."""
    at, _ = read_element(tbs, 0, TAG_SEQUENCE)
    has_version = tbs[at] == 0xA0  # [0] EXPLICIT, left out in version 1
    for _ in range(6 if has_version else 5):
        at = skip_element(tbs, at)
    try:
        return public_key_from_spki(tbs[at : skip_element(tbs, at)])
    except ReadError:
        return Absent.UNREADABLE


def _is_ca(extensions: x509.Extensions) -> bool:
    try:
        constraints = extensions.get_extension_for_class(x509.BasicConstraints)
    except x509.ExtensionNotFound:
        return False
    try:
        usage = extensions.get_extension_for_class(x509.KeyUsage)
    except x509.ExtensionNotFound:
        return constraints.value.ca
    return constraints.value.ca and usage.value.key_cert_sign


def _path_length(extensions: x509.Extensions) -> int:
    try:
        constraints = extensions.get_extension_for_class(x509.BasicConstraints)
    except x509.ExtensionNotFound:
        return -1
    length = constraints.value.path_length
    return -1 if length is None else length


def _subject_key_id(extensions: x509.Extensions) -> bytes | Absent:
    try:
        found = extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
    except x509.ExtensionNotFound:
        return Absent.NOT_IN_FORMAT
    return found.value.digest


def _authority_key_id(extensions: x509.Extensions) -> bytes | Absent:
    try:
        found = extensions.get_extension_for_class(x509.AuthorityKeyIdentifier)
    except x509.ExtensionNotFound:
        return Absent.NOT_IN_FORMAT
    return found.value.key_identifier or Absent.NOT_IN_FORMAT
