"""Signatures verified here or in other processes.

A chunk crosses to another process as plain tuples, never as evidence paths or claims;
what comes back is one reason text per signature.
"""

from collections.abc import Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass

from explorer.checks.runner import SIGNATURES_PER_TASK, Reasons
from explorer.crypto.signatures import SignatureVerifier
from explorer.model.claims import SignatureClaim
from explorer.model.keys import KeyKind, PublicKey, SignatureScheme

INLINE_SIGNATURES = 2_000
"""As many are verified here before other processes are worth their start."""

SLOW_KEYS = frozenset({KeyKind.P384})
SLOW_FACTOR = 5
"""One signature of these counts as much as so many of others."""

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
    """Verifies the first signatures here, the rest through an executor.

    Signatures of several batches go to the executor together: handing a task over
    costs as much as verifying several signatures.
    """

    def __init__(self, executor: Executor, *, fast: bool) -> None:
        """Hand chunks to ``executor``, which somebody else owns and ends."""
        self._executor = executor
        self._here = Here(fast=fast)
        self._fast = fast
        self._begun = 0
        self._chunk = _Chunk(executor, fast=fast)

    def submit(self, claims: Sequence[SignatureClaim]) -> Reasons:
        """Start on ``claims``, at the latest when their result is asked for."""
        self._begun += sum(_cost(each) for each in claims)
        if self._begun <= INLINE_SIGNATURES:
            return self._here.submit(claims)
        if self._chunk.is_closed():
            self._chunk = _Chunk(self._executor, fast=self._fast)
        taken = self._chunk.add(claims)
        if self._chunk.is_full():
            self._chunk.send()
        return taken


def _cost(claim: SignatureClaim) -> int:
    return SLOW_FACTOR if claim.key.kind in SLOW_KEYS else 1


class _Chunk:
    """Signatures that are sent together."""

    def __init__(self, executor: Executor, *, fast: bool) -> None:
        self._executor = executor
        self._fast = fast
        self._parcels: list[Parcel] = []
        self._sent: Future[list[str]] | None = None

    def add(self, claims: Sequence[SignatureClaim]) -> "_Slice":
        """Take more; only before the chunk is sent."""
        start = len(self._parcels)
        self._parcels += [
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
        return _Slice(self, start, len(self._parcels))

    def is_closed(self) -> bool:
        return self._sent is not None

    def is_full(self) -> bool:
        return len(self._parcels) >= SIGNATURES_PER_TASK

    def is_done(self) -> bool:
        return self._sent is not None and self._sent.done()

    def send(self) -> Future[list[str]]:
        """Send it once; what was added is no longer needed here then."""
        if self._sent is None:
            self._sent = self._executor.submit(
                verify_parcels, self._parcels, fast=self._fast
            )
        return self._sent


@dataclass(frozen=True, slots=True)
class _Slice:
    chunk: _Chunk
    start: int
    end: int

    def done(self) -> bool:
        return self.chunk.is_done()

    def result(self) -> list[str]:
        return self.chunk.send().result()[self.start : self.end]


@dataclass(frozen=True, slots=True)
class _Ready:
    reasons: list[str]

    def done(self) -> bool:
        return True

    def result(self) -> list[str]:
        return self.reasons


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
