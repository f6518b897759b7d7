"""Signature verification, with a reason for every answer.

ECDSA: FIPS 186-5, section 6.4.2; Ed25519: RFC 8032, section 5.1.7 (see
``crypto.ed25519``); RSA: RFC 8017, sections 8.1.2 and 8.2.2; SM2: GB/T 32918.2-2016;
secp256k1: see ``crypto.secp256k1_keys``.
"The library did not raise" is not enough for an answer of ``signature-valid``: weak
and malformed keys, encodings outside DER and numbers out of range are refused first.
"""

from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

from explorer.core.errors import ReadError
from explorer.core.limits import MAX_CERTIFICATES
from explorer.crypto.ed25519 import (
    Opener,
    fast_opener,
    is_well_formed,
    key_fault,
    library_accepts,
)
from explorer.crypto.public_keys import (
    key_fingerprint,
    public_key_from_pem,
    public_key_from_spki,
    spki_of,
)
from explorer.crypto.secp256k1_keys import SECP256K1_SCHEMES, prepared_key
from explorer.crypto.secp256k1_library import best_library
from explorer.crypto.signature_reasons import SignatureReason
from explorer.crypto.sm2 import Sm2Verifier, decode_point
from explorer.encodings.der import read_signature
from explorer.model.keys import KeyKind, PublicKey, SignatureScheme

__all__ = [
    "SignatureReason",
    "SignatureVerifier",
    "key_fingerprint",
    "public_key_from_pem",
    "public_key_from_spki",
    "spki_of",
]

MIN_RSA_BITS = 2048
"""Shortest RSA modulus that proves anything (NIST SP 800-131A)."""
MAX_RSA_BITS = 16_384
"""Longest RSA modulus that OpenSSL verifies with."""
MIN_RSA_EXPONENT = 65_537
"""Smallest public exponent of FIPS 186-5; 1 and 3 invite forgeries."""


class _PreparedKey(Protocol):
    """A parsed key that verifies."""

    def verify(
        self, scheme: str, message: bytes, signature: bytes, *, low_s: bool
    ) -> SignatureReason:
        """Answer for one signature; the scheme fits the kind of key."""


class SignatureVerifier:
    """Verifies signatures; parses each key once. Share one between threads freely."""

    def __init__(self, *, fast: bool = True) -> None:
        """Use the libraries of the extra ``fast`` if ``fast`` and they are there."""
        self._prepared: dict[PublicKey, _PreparedKey] = {}
        self._sm2 = Sm2Verifier()
        self._opener = fast_opener() if fast else None
        self._secp256k1 = best_library(fast=fast)

    def verify(
        self,
        scheme: str,
        key: PublicKey,
        message: bytes,
        signature: bytes,
        low_s: bool = False,  # noqa: FBT001, FBT002  # positional in batches of claims
    ) -> SignatureReason:
        """Return why ``signature`` over ``message`` is accepted or not.

        ``scheme`` is a ``SignatureScheme`` or whatever the ledger wrote instead.
        ``message`` is hashed here unless the scheme signs digests. ECDSA signatures are
        DER, SM2 and secp256k1 64 bytes or DER.
        """
        kind = _KINDS.get(scheme)
        if kind is None:
            return SignatureReason.UNSUPPORTED_SCHEME
        if kind is not key.kind:
            return SignatureReason.KEY_SCHEME_MISMATCH
        prepared = self._prepared.get(key) or self._prepare(key)
        return prepared.verify(scheme, message, signature, low_s=low_s)

    def key_fault(self, key: PublicKey) -> str:
        """Return ``weak-key``, ``key-malformed`` or an empty text for a usable key."""
        prepared = self._prepared.get(key) or self._prepare(key)
        return prepared.reason if isinstance(prepared, _RefusedKey) else ""

    def _prepare(self, key: PublicKey) -> _PreparedKey:
        try:
            prepared = self._parse(key)
        except ReadError as error:
            prepared = _RefusedKey(SignatureReason(error.reason))
        if len(self._prepared) >= MAX_CERTIFICATES:
            self._prepared.clear()
        self._prepared[key] = prepared
        return prepared

    def _parse(self, key: PublicKey) -> _PreparedKey:
        match key.kind:
            case KeyKind.P256 | KeyKind.P384:
                return _EcdsaKey(key)
            case KeyKind.ED25519:
                return _Ed25519Key(key, self._opener)
            case KeyKind.RSA:
                return _RsaKey(key)
            case KeyKind.SM2:
                return _Sm2Key(key, self._sm2)
        return prepared_key(key, self._secp256k1)


class _RefusedKey:
    """A key that no signature is believed from."""

    def __init__(self, reason: SignatureReason) -> None:
        self.reason = reason

    def verify(
        self, _scheme: str, _message: bytes, _signature: bytes, *, low_s: bool
    ) -> SignatureReason:
        del low_s
        return self.reason


class _EcdsaKey:
    """P-256 with SHA-256, or P-384 with SHA-384 or SHA-256; both over digests."""

    def __init__(self, key: PublicKey) -> None:
        if key.raw == b"\x00":
            raise ReadError("the key is the point at infinity", "weak-key")
        if key.raw[:1] != b"\x04":
            raise ReadError("not an uncompressed point", "key-malformed")
        curve, digest, self._order = _CURVES[key.kind]
        try:
            self._key = ec.EllipticCurvePublicKey.from_encoded_point(curve, key.raw)
        except ValueError as error:
            raise ReadError(str(error), "key-malformed") from error
        self._algorithm = ec.ECDSA(digest)
        self._half = self._order // 2

    def verify(
        self, scheme: str, message: bytes, signature: bytes, *, low_s: bool
    ) -> SignatureReason:
        try:
            r, s = read_signature(signature)
        except ReadError:
            return SignatureReason.MALFORMED
        if not (0 < r < self._order and 0 < s < self._order):
            return SignatureReason.MALFORMED
        if low_s and s > self._half:
            return SignatureReason.HIGH_S
        algorithm = self._algorithm
        if scheme == SignatureScheme.ECDSA_P384_SHA256:
            algorithm = _ECDSA_SHA256
        elif scheme in _DIGEST_SCHEMES:
            if len(message) not in _ECDSA_DIGESTS:
                return SignatureReason.MALFORMED
            algorithm = _ECDSA_DIGESTS[len(message)]
        try:
            self._key.verify(signature, message, algorithm)
        except InvalidSignature:
            return SignatureReason.MISMATCH
        return SignatureReason.VALID


class _Ed25519Key:
    """Ed25519; what the fast library refuses is asked again of ``cryptography``."""

    def __init__(self, key: PublicKey, opener: Opener | None) -> None:
        fault = key_fault(key.raw)
        if fault:
            raise ReadError("small order, not canonical or no point", fault)
        self._raw = key.raw
        self._key = ed25519.Ed25519PublicKey.from_public_bytes(key.raw)
        self._opener = opener

    def verify(
        self, _scheme: str, message: bytes, signature: bytes, *, low_s: bool
    ) -> SignatureReason:
        del low_s
        if not is_well_formed(signature):
            return SignatureReason.MALFORMED
        if self._opener and self._opener(self._raw, signature + message):
            return SignatureReason.VALID
        if not library_accepts(self._key, message, signature):
            return SignatureReason.MISMATCH
        return SignatureReason.DISAGREEMENT if self._opener else SignatureReason.VALID


class _RsaKey:
    """RSA: PKCS #1 v1.5 with SHA-256 or SHA-384, PSS with SHA-256."""

    def __init__(self, key: PublicKey) -> None:
        try:
            parsed = serialization.load_der_public_key(key.raw)
        except (ValueError, TypeError) as error:
            raise ReadError(str(error), "key-malformed") from error
        if not isinstance(parsed, rsa.RSAPublicKey) or parsed.key_size > MAX_RSA_BITS:
            raise ReadError("no RSA key or an oversized one", "key-malformed")
        exponent = parsed.public_numbers().e
        if parsed.key_size < MIN_RSA_BITS or exponent < MIN_RSA_EXPONENT:
            raise ReadError(f"{parsed.key_size} bits, e = {exponent}", "weak-key")
        self._key = parsed
        self._size_bytes = (parsed.key_size + 7) // 8

    def verify(
        self, scheme: str, message: bytes, signature: bytes, *, low_s: bool
    ) -> SignatureReason:
        del low_s
        if len(signature) != self._size_bytes:
            return SignatureReason.MALFORMED
        try:
            self._key.verify(signature, message, *_PADDINGS[scheme])
        except InvalidSignature:
            return SignatureReason.MISMATCH
        return SignatureReason.VALID


class _Sm2Key:
    """SM2 with SM3 and the default identity."""

    def __init__(self, key: PublicKey, verifier: Sm2Verifier) -> None:
        decode_point(key.raw)
        self._raw = key.raw
        self._verifier = verifier

    def verify(
        self, _scheme: str, message: bytes, signature: bytes, *, low_s: bool
    ) -> SignatureReason:
        del low_s
        try:
            matches = self._verifier.verify(self._raw, message, signature)
        except ReadError:
            return SignatureReason.MALFORMED
        return SignatureReason.VALID if matches else SignatureReason.MISMATCH


_SHA256 = hashes.SHA256()
_SHA384 = hashes.SHA384()
_ECDSA_SHA256 = ec.ECDSA(_SHA256)
_ECDSA_DIGESTS = {
    each.digest_size: ec.ECDSA(Prehashed(each))
    for each in (_SHA256, _SHA384, hashes.SHA512())
}
_DIGEST_SCHEMES = frozenset(
    {SignatureScheme.ECDSA_P256_DIGEST, SignatureScheme.ECDSA_P384_DIGEST}
)
_KINDS: dict[str, KeyKind] = {
    SignatureScheme.ECDSA_P256_SHA256: KeyKind.P256,
    SignatureScheme.ECDSA_P384_SHA384: KeyKind.P384,
    SignatureScheme.ECDSA_P384_SHA256: KeyKind.P384,
    SignatureScheme.ECDSA_P256_DIGEST: KeyKind.P256,
    SignatureScheme.ECDSA_P384_DIGEST: KeyKind.P384,
    SignatureScheme.ED25519: KeyKind.ED25519,
    SignatureScheme.RSA_PKCS1_SHA256: KeyKind.RSA,
    SignatureScheme.RSA_PKCS1_SHA384: KeyKind.RSA,
    SignatureScheme.RSA_PSS_SHA256: KeyKind.RSA,
    SignatureScheme.SM2_SM3: KeyKind.SM2,
    **SECP256K1_SCHEMES,
}
_PADDINGS: dict[str, tuple[padding.PKCS1v15 | padding.PSS, hashes.HashAlgorithm]] = {
    SignatureScheme.RSA_PKCS1_SHA256: (padding.PKCS1v15(), _SHA256),
    SignatureScheme.RSA_PKCS1_SHA384: (padding.PKCS1v15(), _SHA384),
    SignatureScheme.RSA_PSS_SHA256: (padding.PSS(padding.MGF1(_SHA256), 32), _SHA256),
}
_CURVES: dict[KeyKind, tuple[ec.EllipticCurve, hashes.HashAlgorithm, int]] = {
    KeyKind.P256: (
        ec.SECP256R1(),
        _SHA256,
        0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
    ),
    KeyKind.P384: (
        ec.SECP384R1(),
        hashes.SHA384(),
        0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973,
    ),
}
