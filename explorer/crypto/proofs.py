"""Paths from one value to a root: Merkle proofs and time stamps of every family."""

from collections.abc import Sequence

from explorer.core.absent import Absent
from explorer.crypto.hashes import digest
from explorer.model.claims import ProofStep


def lead(start: bytes, steps: Sequence[ProofStep]) -> bytes:
    """Return where the steps lead from ``start``, raw bytes."""
    value = start
    for step in steps:
        value = step.prefix + value + step.suffix
        if not isinstance(step.algorithm, Absent):
            value = digest(step.algorithm, value)
    return value
