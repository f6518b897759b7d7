"""Certificate chains: RFC 5280, section 6, reduced to what ledgers rely on.

Judged: names as bytes, signatures, basic constraints with path length, key usage,
validity if a time is given, revocation by lists that the issuer itself signed. Weak
keys, SHA-1 and critical extensions that are not understood stop a chain. Left out:
policies, name constraints (critical, so they stop a chain), key usage of list signers.

Attacks met here: an authority made by somebody else with the same name (CVE-2014-1568
and kin: only the signature decides), an ordinary certificate used as issuer
(CVE-2002-0862), and bundles made so that every path must be tried (the search visits
each certificate once and counts its signature checks).
"""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.hashes import HashAlgorithm

from explorer.core.absent import Absent
from explorer.crypto.certificates import Certificate, RevocationList
from explorer.crypto.signatures import SignatureReason, SignatureVerifier
from explorer.model.keys import KeyKind, SignatureScheme

MAX_CHAIN = 8
"""Certificates in one chain, leaf and root included."""
MAX_SIGNATURE_CHECKS = 200
"""Issuers tried for one leaf."""

_SM2_WITH_SM3 = "1.2.156.10197.1.501"
_STRONG_HASHES = frozenset({"sha256", "sha384", "sha512"})


class ChainReason(StrEnum):
    """Why a chain was accepted or not."""

    VALID = "chain-valid"
    ISSUER_UNKNOWN = "issuer-unknown"
    """No certificate at hand has the name that the issuer must have."""
    ISSUER_SIGNATURE_MISMATCH = "issuer-signature-mismatch"
    """One has the name, but another key."""
    ISSUER_NOT_CA = "issuer-not-ca"
    EXPIRED = "expired"
    NOT_YET_VALID = "not-yet-valid"
    REVOKED = "revoked"
    CHAIN_TOO_LONG = "chain-too-long"
    """Longer than ``MAX_CHAIN`` or than an issuer allows, or too many to try."""
    UNSUPPORTED = "unsupported-key"
    """A kind of key, a signature or a critical extension that is not judged here, or
    one too weak to prove anything."""


_MOST_TELLING = (
    ChainReason.REVOKED,
    ChainReason.EXPIRED,
    ChainReason.NOT_YET_VALID,
    ChainReason.CHAIN_TOO_LONG,
    ChainReason.ISSUER_NOT_CA,
    ChainReason.UNSUPPORTED,
    ChainReason.ISSUER_SIGNATURE_MISMATCH,
)
"""Which reason is given when paths end in different ones; none: issuer unknown."""


@dataclass(frozen=True, slots=True)
class Authority:
    """What an organisation's identities are judged by."""

    roots: tuple[Certificate, ...]
    intermediates: tuple[Certificate, ...] = ()
    revocation_lists: tuple[RevocationList, ...] = ()


@dataclass(frozen=True, slots=True)
class ChainAnswer:
    """The answer for one certificate."""

    reason: ChainReason
    chain: tuple[Certificate, ...]
    """Leaf first, root last; only the leaf if there is no valid chain."""
    root: Certificate | Absent
    """The root of the authority that the chain ends in."""


def validate_chain(
    certificate: Certificate, authority: Authority, at: datetime | None = None
) -> ChainAnswer:
    """Return whether a chain leads from the certificate to a root of the authority.

    ``at`` is the time for which validity is judged. ``None`` leaves validity unjudged
    (Fabric's rule at commit); every revocation then counts, whatever its date.

    Raises:
        ValueError: If ``at`` has no time zone.
    """
    if at is not None and at.tzinfo is None:
        raise ValueError("the time has no zone")
    return _Search(authority, at).run(certificate)


class _Search:
    """A breadth-first search upwards; every certificate is visited once."""

    def __init__(self, authority: Authority, at: datetime | None) -> None:
        self._authority = authority
        self._at = at
        self._verifier = SignatureVerifier()
        self._faults: set[ChainReason] = set()
        self._visited: set[bytes] = set()
        self._tried = 0

    def run(self, certificate: Certificate) -> ChainAnswer:
        frontier: list[tuple[Certificate, ...]] = [(certificate,)]
        self._visited.add(certificate.fingerprint)
        while frontier:
            following: list[tuple[Certificate, ...]] = []
            for chain in frontier:
                root = self._root_reached(chain[-1])
                if not isinstance(root, Absent):
                    return ChainAnswer(ChainReason.VALID, chain, root)
                following.extend((*chain, each) for each in self._issuers(chain))
            frontier = following
        found = [each for each in _MOST_TELLING if each in self._faults]
        reason = found[0] if found else ChainReason.ISSUER_UNKNOWN
        return ChainAnswer(reason, (certificate,), Absent.NOT_IN_EXPORT)

    def _root_reached(self, certificate: Certificate) -> Certificate | Absent:
        """Return the root that ``certificate`` is: same name and same key."""
        fault = self._own_fault(certificate)
        if fault is not ChainReason.VALID:
            return Absent.NOT_IN_EXPORT
        for root in self._authority.roots:
            if _is_same(root, certificate):
                return root
        return Absent.NOT_IN_EXPORT

    def _own_fault(self, certificate: Certificate) -> ChainReason:
        if certificate.unknown_critical:
            return ChainReason.UNSUPPORTED
        if self._at is not None and self._at < certificate.not_before:
            return ChainReason.NOT_YET_VALID
        if self._at is not None and self._at > certificate.not_after:
            return ChainReason.EXPIRED
        return ChainReason.VALID

    def _issuers(self, chain: tuple[Certificate, ...]) -> Iterator[Certificate]:
        """Yield the issuers that hold above ``chain``; note why the others do not."""
        fault = self._own_fault(chain[-1])
        if fault is not ChainReason.VALID:
            self._faults.add(fault)
            return
        for issuer in (*self._authority.roots, *self._authority.intermediates):
            if issuer.subject_der != chain[-1].issuer_der:
                continue
            if issuer.fingerprint in self._visited:
                continue
            fault = self._issuer_fault(chain, issuer)
            if fault is ChainReason.VALID:
                self._visited.add(issuer.fingerprint)
                yield issuer
            else:
                self._faults.add(fault)

    def _issuer_fault(
        self, chain: tuple[Certificate, ...], issuer: Certificate
    ) -> ChainReason:
        """Return what is wrong with ``issuer`` above ``chain``, in a fixed order."""
        self._tried += 1
        if len(chain) >= MAX_CHAIN or self._tried > MAX_SIGNATURE_CHECKS:
            return ChainReason.CHAIN_TOO_LONG
        fault = self._signature_fault(chain[-1], issuer)
        if fault is not ChainReason.VALID:
            return fault
        if not issuer.is_ca:
            return ChainReason.ISSUER_NOT_CA
        if 0 <= issuer.path_length < len(chain) - 1:
            return ChainReason.CHAIN_TOO_LONG
        if self._is_revoked(chain[-1], issuer):
            return ChainReason.REVOKED
        return ChainReason.VALID

    def _signature_fault(
        self, signed: Certificate | RevocationList, issuer: Certificate
    ) -> ChainReason:
        key = issuer.public_key
        if isinstance(key, Absent) or self._verifier.key_fault(key):
            return ChainReason.UNSUPPORTED
        if (key.kind is KeyKind.SM2) is not (
            signed.signature_algorithm == _SM2_WITH_SM3
        ):
            return ChainReason.ISSUER_SIGNATURE_MISMATCH
        if key.kind is not KeyKind.SM2:
            return _library_fault(signed, issuer)
        scheme = SignatureScheme.SM2_SM3
        answer = self._verifier.verify(scheme, key, signed.tbs, signed.signature)
        if answer is SignatureReason.VALID:
            return ChainReason.VALID
        return ChainReason.ISSUER_SIGNATURE_MISMATCH

    def _is_revoked(self, certificate: Certificate, issuer: Certificate) -> bool:
        for each in self._authority.revocation_lists:
            if each.issuer_der != issuer.subject_der:
                continue
            if self._signature_fault(each, issuer) is not ChainReason.VALID:
                continue
            for entry in each.entries:
                is_in_force = self._at is None or entry.revoked_at <= self._at
                if entry.serial == certificate.serial and is_in_force:
                    return True
        return False


def _is_same(one: Certificate, other: Certificate) -> bool:
    if one.fingerprint == other.fingerprint:
        return True
    if isinstance(one.public_key, Absent):
        return False
    return (one.subject_der, one.public_key) == (other.subject_der, other.public_key)


def _library_fault(
    signed: Certificate | RevocationList, issuer: Certificate
) -> ChainReason:
    """Ask ``cryptography``; the names were compared already, as bytes."""
    try:
        with warnings.catch_warnings():  # parsed once before, and judged there
            warnings.simplefilter("ignore")
            hash_used, is_signed = _ask_library(signed, issuer)
    except UnsupportedAlgorithm:
        return ChainReason.UNSUPPORTED
    except (InvalidSignature, ValueError, TypeError):
        return ChainReason.ISSUER_SIGNATURE_MISMATCH
    if hash_used is not None and hash_used.name not in _STRONG_HASHES:
        return ChainReason.UNSUPPORTED
    return ChainReason.VALID if is_signed else ChainReason.ISSUER_SIGNATURE_MISMATCH


def _ask_library(
    signed: Certificate | RevocationList, issuer: Certificate
) -> tuple[HashAlgorithm | None, bool]:
    parent = x509.load_der_x509_certificate(issuer.der)
    if isinstance(signed, Certificate):
        child = x509.load_der_x509_certificate(signed.der)
        child.verify_directly_issued_by(parent)
        return child.signature_hash_algorithm, True
    revocations = x509.load_der_x509_crl(signed.der)
    hash_used = revocations.signature_hash_algorithm
    # The stub lists fewer kinds of key than a certificate can hold; for the others the
    # library raises TypeError, which the caller expects.
    is_signed = revocations.is_signature_valid(parent.public_key())  # type: ignore[arg-type]
    return hash_used, is_signed
