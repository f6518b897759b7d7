"""What RFC 8032 leaves open for Ed25519, decided here before any library is asked.

Rules (FIPS 186-5, section 7.7; RFC 8032, section 5.1.7; Chalkias and others, "Taming
the many EdDSAs", 2020):
  1. A key of small order is refused: one signature would fit every message.
  2. A key or R whose number is not below 2^255 - 19 is refused, as is a key that is
     no point.
  3. R of small order is refused: libraries differ there.
  4. S must be below the group order.
Left out: Ed25519ph, Ed25519ctx and batch verification.
"""

from collections.abc import Callable
from importlib import import_module

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

_P = 2**255 - 19
_ORDER = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_Y_MASK = 2**255 - 1
_ORDER_8 = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
_SMALL_ORDER = frozenset({0, 1, _P - 1, _ORDER_8, _P - _ORDER_8})
"""The y coordinates of the eight points whose order divides 8."""

Opener = Callable[[bytes, bytes], bool]
"""Answers for (key, signature followed by message) whether they match."""


def key_fault(raw: bytes) -> str:
    """Return ``weak-key``, ``key-malformed`` or an empty text for a usable key."""
    if len(raw) != 32:
        return "key-malformed"
    y = int.from_bytes(raw, "little") & _Y_MASK
    if y % _P in _SMALL_ORDER:
        return "weak-key"
    if y >= _P or not _is_point(y):
        return "key-malformed"
    return ""


def is_well_formed(signature: bytes) -> bool:
    """Return whether R and S keep the rules 2 to 4."""
    if len(signature) != 64:
        return False
    y = int.from_bytes(signature[:32], "little") & _Y_MASK
    if y >= _P or y in _SMALL_ORDER:
        return False
    return int.from_bytes(signature[32:], "little") < _ORDER


def library_accepts(key: Ed25519PublicKey, message: bytes, signature: bytes) -> bool:
    """Return what ``cryptography`` answers."""
    try:
        key.verify(signature, message)
    except InvalidSignature:
        return False
    return True


def fast_opener() -> Opener | None:
    """Return the verification of PyNaCl, or ``None`` where it is not installed."""
    try:
        bindings = import_module("nacl.bindings")
        exceptions = import_module("nacl.exceptions")
    except ImportError:
        return None
    crypto_sign_open: Callable[[bytes, bytes], bytes] = bindings.crypto_sign_open
    forged: type[Exception] = exceptions.BadSignatureError

    def accepts(key: bytes, signed: bytes) -> bool:
        try:
            crypto_sign_open(signed, key)
        except forged:
            return False
        return True

    return accepts


def _is_point(y: int) -> bool:
    """Return whether x² = (y² - 1) / (dy² + 1) has a root (Euler's criterion)."""
    square = (y * y - 1) * (_D * y * y + 1) % _P
    return pow(square, (_P - 1) // 2, _P) == 1
