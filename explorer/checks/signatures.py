"""Signatures verified here or in other processes.

A chunk crosses to another process as plain tuples, never as evidence paths or claims;
what comes back is one reason text per signature.
"""

from collections.abc import Sequence
from concurrent.futures import Executor

from explorer.checks.runner import Reasons
from explorer.crypto.signatures import SignatureVerifier
from explorer.model.claims import SignatureClaim
from explorer.model.keys import KeyKind, PublicKey, SignatureScheme

INLINE_SIGNATURES = 2_000
"""As many are verified here before other processes are worth their start."""

Parcel = tuple[str, str, bytes, bytes, bytes, bool]
"""Scheme, kind of key, key, message, signature, low-S rule."""


def verify_parcels(parcels: list[Parcel], *, fast: bool) -> list[str]:
    """Return one reason per parcel, ``signature-valid`` where the signature holds."""
    verifier = SignatureVerifier(fast=fast)
    return [
        _verified(
            verifier,
            SignatureScheme(scheme),
            PublicKey(KeyKind(kind), raw),
            message,
            signature,
            low_s=low_s,
        )
        for scheme, kind, raw, message, signature, low_s in parcels
    ]


class Here:
    """Verifies at once, in this thread."""

    def __init__(self, *, fast: bool) -> None:
        """Use the fast library where it is there and ``fast`` is set."""
        self._verifier = SignatureVerifier(fast=fast)

    def submit(self, claims: Sequence[SignatureClaim]) -> Reasons:
        """Return the reasons, already there."""
        return _Ready(
            [
                _verified(
                    self._verifier,
                    claim.scheme,
                    claim.key,
                    claim.message,
                    claim.signature,
                    low_s=claim.low_s,
                )
                for claim in claims
            ]
        )


class Elsewhere:
    """Verifies the first signatures here, the rest through an executor."""

    def __init__(self, executor: Executor, *, fast: bool) -> None:
        """Hand chunks to ``executor``, which somebody else owns and ends."""
        self._executor = executor
        self._here = Here(fast=fast)
        self._fast = fast
        self._begun = 0

    def submit(self, claims: Sequence[SignatureClaim]) -> Reasons:
        """Start on ``claims``."""
        self._begun += len(claims)
        if self._begun <= INLINE_SIGNATURES:
            return self._here.submit(claims)
        parcels: list[Parcel] = [
            (
                claim.scheme.value,
                claim.key.kind.value,
                claim.key.raw,
                claim.message,
                claim.signature,
                claim.low_s,
            )
            for claim in claims
        ]
        return self._executor.submit(verify_parcels, parcels, fast=self._fast)


class _Ready:
    def __init__(self, reasons: list[str]) -> None:
        self._reasons = reasons

    def done(self) -> bool:
        return True

    def result(self) -> list[str]:
        return self._reasons


def _verified(
    verifier: SignatureVerifier,
    scheme: SignatureScheme,
    key: PublicKey,
    message: bytes,
    signature: bytes,
    *,
    low_s: bool,
) -> str:
    try:
        return verifier.verify(scheme, key, message, signature, low_s)
    except Exception as error:  # noqa: BLE001 - the check runner's border
        return f"check-broken: {type(error).__name__}: {error}"
