"""The answers that verifying one signature can have."""

from enum import StrEnum


class SignatureReason(StrEnum):
    """Why a signature was accepted or not; a ``str``, stable and kebab-case."""

    VALID = "signature-valid"
    MISMATCH = "signature-mismatch"
    """Well formed, but not made with this key over these bytes."""
    MALFORMED = "signature-malformed"
    """Not the encoding of the scheme, or a number out of range."""
    HIGH_S = "high-s"
    """The ledger demands the lower of the two equivalent values of s."""
    WEAK_KEY = "weak-key"
    KEY_MALFORMED = "key-malformed"
    KEY_SCHEME_MISMATCH = "key-scheme-mismatch"
    UNSUPPORTED_SCHEME = "unsupported-scheme"
    DISAGREEMENT = "verifier-disagreement"
    """Two libraries answered differently; neither answer is used."""
