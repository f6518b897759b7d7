"""Base58 with a checksum, as Bitcoin writes addresses.

The alphabet leaves out 0, O, I and l; the checksum is the first four bytes of the
double SHA-256. Each leading zero byte is written as ``1``. Only writing is needed.
"""

import hashlib

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_PAIRS = tuple(one + two for one in _ALPHABET for two in _ALPHABET)
_PAIR = 58**2
_CHUNK = _PAIR**5


def encode_check(payload: bytes) -> str:
    """Return ``payload`` with its checksum in Base58."""
    whole = payload + hashlib.sha256(hashlib.sha256(payload).digest()).digest()[:4]
    number = int.from_bytes(whole, "big")
    digits, pairs = "", _PAIRS
    while number:
        number, chunk = divmod(number, _CHUNK)
        chunk, e = divmod(chunk, _PAIR)
        chunk, d = divmod(chunk, _PAIR)
        chunk, c = divmod(chunk, _PAIR)
        a, b = divmod(chunk, _PAIR)
        digits = pairs[a] + pairs[b] + pairs[c] + pairs[d] + pairs[e] + digits
    digits = digits.lstrip("1")
    zeros = len(whole) - len(whole.lstrip(b"\x00"))
    return "1" * zeros + digits
