"""The curve secp256k1: ECDSA, recovery of keys, and Schnorr signatures of BIP-340.

SEC 2 v2.0, section 2.4.1 (the curve); SEC 1 v2.0, sections 4.1.4 (verification) and
4.1.6 (recovery); BIP-340 (Schnorr). Only public values are handled, so nothing here
runs in constant time. It is the second opinion on what a fast library refuses, and the
only one where none is installed.

Points are added in Jacobian coordinates (X/Z², Y/Z³). The base point has a table of its
multiples; other points are multiplied with a window of five bits over odd multiples.
"""

import hashlib
from functools import cache
from typing import TypeAlias

from Crypto.Hash import RIPEMD160

from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ReadError
from explorer.crypto.hashes import digest as hash_of

P = 2**256 - 2**32 - 977
"""The prime of the field; the curve is y² = x³ + 7."""
N = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
"""The order of the base point."""
BASE = (
    0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798,
    0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8,
)
"""The base point G."""
HALF_N = N // 2
"""The largest s that is low (BIP-62, rule 5)."""

Affine: TypeAlias = tuple[int, int]
Jacobian: TypeAlias = tuple[int, int, int]
"""X, Y, Z; Z is 0 for the point at infinity."""

INFINITY: Jacobian = (1, 1, 0)
_BASE_WIDTH = 8
_SQUARE_ROOT = (P + 1) // 4
"""Exponent of a square root, because P is 3 modulo 4."""


def decode_point(raw: bytes) -> Affine:
    """Return the point of ``04 || X || Y`` or of its compressed form.

    Raises:
        ReadError: ``weak-key`` for the point at infinity, ``key-malformed`` otherwise.
    """
    if raw == b"\x00":
        raise ReadError("the key is the point at infinity", "weak-key")
    if len(raw) == 33 and raw[0] in {2, 3}:
        return lift(int.from_bytes(raw[1:], "big"), raw[0] & 1)
    if len(raw) != 65 or raw[0] != 4:
        raise ReadError("not a point of 33 or 65 bytes", "key-malformed")
    x, y = int.from_bytes(raw[1:33], "big"), int.from_bytes(raw[33:], "big")
    if x >= P or y >= P or (y * y - x * x * x - 7) % P:
        raise ReadError("the point is not on the curve", "key-malformed")
    return x, y


def encode_point(point: Affine) -> bytes:
    """Return ``04 || X || Y``, 65 bytes."""
    x, y = point
    return b"\x04" + x.to_bytes(32, "big") + y.to_bytes(32, "big")


def uncompressed(octets: bytes) -> bytes:
    """Return ``04 || X || Y`` of a point in any form of SEC 1, hybrid ones too.

    Raises:
        ReadError: ``weak-key`` or ``key-malformed``.
    """
    if len(octets) == 65 and octets[0] in {6, 7} and octets[0] & 1 == octets[64] & 1:
        octets = b"\x04" + octets[1:]
    return encode_point(decode_point(octets))


def lift(x: int, parity: int) -> Affine:
    """Return the point with this x whose y is even (0) or odd (1).

    Raises:
        ReadError: ``key-malformed`` if there is none.
    """
    square = (x * x * x + 7) % P
    y = pow(square, _SQUARE_ROOT, P)
    if x >= P or y * y % P != square:
        raise ReadError("no point of the curve has this x", "key-malformed")
    return x, y if y & 1 == parity else P - y


def verify(raw_point: bytes, digest: bytes, r: int, s: int) -> bool:
    """Return whether (r, s) signs ``digest`` (SEC 1, 4.1.4); r and s are in range.

    Raises:
        ReadError: If the key is no point.
    """
    inverse = pow(s, -1, N)
    e = int.from_bytes(digest, "big")
    total = _sum(e * inverse % N, decode_point(raw_point), r * inverse % N)
    if not total[2]:
        return False
    return to_affine([total])[0][0] % N == r


def recover(digest: bytes, r: int, s: int, recovery_id: int) -> bytes:
    """Return the key that made (r, s) over ``digest`` (SEC 1, 4.1.6), 65 bytes.

    ``recovery_id``: bit 0 is the parity of the nonce point's y, bit 1 says that its x
    exceeded the order.

    Raises:
        ReadError: ``not-recoverable`` if no key can have made it.
    """
    if not (0 < r < N and 0 < s < N and 0 <= recovery_id <= 3):
        raise ReadError("r, s or the recovery id is out of range", "not-recoverable")
    try:
        nonce = lift(r + (recovery_id >> 1) * N, recovery_id & 1)
    except ReadError as error:
        raise ReadError(str(error), "not-recoverable") from error
    inverse = pow(r, -1, N)
    e = int.from_bytes(digest, "big")
    total = _sum(-e * inverse % N, nonce, s * inverse % N)
    if not total[2]:
        raise ReadError("the key would be the point at infinity", "not-recoverable")
    return encode_point(to_affine([total])[0])


def verify_schnorr(x_only: bytes, message: bytes, signature: bytes) -> bool:
    """Return whether BIP-340 accepts the 64 bytes over a message of any length.

    Raises:
        ReadError: ``key-malformed`` if the 32 bytes of the key are no x coordinate.
    """
    key = lift(int.from_bytes(x_only, "big"), 0)
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    if len(signature) != 64 or r >= P or s >= N:
        return False
    e = tagged_hash("BIP0340/challenge", signature[:32] + x_only + message)
    total = _sum(s, key, -int.from_bytes(e, "big") % N)
    if not total[2]:
        return False
    x, y = to_affine([total])[0]
    return x == r and not y & 1


def tagged_hash(tag: str, data: bytes) -> bytes:
    """Return SHA-256 of the hashed tag twice, then ``data`` (BIP-340)."""
    mark = hashlib.sha256(tag.encode()).digest()
    return hashlib.sha256(mark + mark + data).digest()


def address_of(raw_point: bytes) -> bytes:
    """Return the last 20 bytes of Keccak-256 over X and Y of an uncompressed point."""
    return hash_of(HashAlgorithm.KECCAK256, raw_point[1:])[-20:]


def hash160(data: bytes) -> bytes:
    """Return RIPEMD-160 of SHA-256, 20 bytes; OpenSSL 3 may lack RIPEMD-160."""
    return RIPEMD160.new(hashlib.sha256(data).digest()).digest()


def times_base(scalar: int) -> Affine:
    """Return a multiple of the base point; the scalar is between 1 and N - 1."""
    return to_affine([_add_base(INFINITY, scalar)])[0]


def to_affine(points: list[Jacobian]) -> list[Affine]:
    """Return finite points in affine form, with one inversion for all of them."""
    products = [1]
    for _, _, z in points:
        products.append(products[-1] * z % P)
    inverse = pow(products[-1], -1, P)
    result: list[Affine] = []
    for (x, y, z), before in zip(
        reversed(points), reversed(products[:-1]), strict=True
    ):
        z_inverse = inverse * before % P
        inverse = inverse * z % P
        square = z_inverse * z_inverse % P
        result.append((x * square % P, y * square * z_inverse % P))
    result.reverse()
    return result


def _sum(base_scalar: int, point: Affine, scalar: int) -> Jacobian:
    """Return ``base_scalar`` times G plus ``scalar`` times ``point``."""
    return _add_base(_multiply(point, scalar), base_scalar)


def _multiply(point: Affine, scalar: int) -> Jacobian:
    digits: list[int] = []
    while scalar:
        digit = 0
        if scalar & 1:
            digit = scalar & 31
            digit -= 32 if digit > 16 else 0
            scalar -= digit
        digits.append(digit)
        scalar >>= 1
    odd = _odd_multiples(point)
    total = INFINITY
    for digit in reversed(digits):
        total = _double(total)
        if digit > 0:
            total = _add_affine(total, *odd[digit >> 1])
        elif digit:
            x, y = odd[-digit >> 1]
            total = _add_affine(total, x, P - y)
    return total


def _odd_multiples(point: Affine) -> list[Affine]:
    """Return 1, 3, 5 … 15 times the point."""
    twice = to_affine([_double((*point, 1))])[0]
    row: list[Jacobian] = [(*point, 1)]
    for _ in range(7):
        row.append(_add_affine(row[-1], *twice))
    return to_affine(row)


@cache
def _base_table() -> list[list[Affine]]:
    """Return for each window of eight bits the multiples 1 to 128 of G."""
    rows: list[list[Jacobian]] = []
    current = BASE
    half = 1 << (_BASE_WIDTH - 1)
    for _ in range(256 // _BASE_WIDTH + 1):
        row: list[Jacobian] = [(*current, 1)]
        for _ in range(half - 1):
            row.append(_add_affine(row[-1], *current))
        rows.append(row)
        current = to_affine([_double(row[-1])])[0]
    flat = to_affine([each for row in rows for each in row])
    return [flat[start : start + half] for start in range(0, len(flat), half)]


def _add_base(total: Jacobian, scalar: int) -> Jacobian:
    """Return ``total`` plus a multiple of G, with digits from -127 to 128."""
    mask = (1 << _BASE_WIDTH) - 1
    half = 1 << (_BASE_WIDTH - 1)
    for row in _base_table():
        digit = scalar & mask
        scalar >>= _BASE_WIDTH
        if digit > half:
            x, y = row[mask - digit]
            total = _add_affine(total, x, P - y)
            scalar += 1
        elif digit:
            total = _add_affine(total, *row[digit - 1])
    return total


def _add_affine(point: Jacobian, x2: int, y2: int) -> Jacobian:
    x1, y1, z1 = point
    if not z1:
        return x2, y2, 1
    square = z1 * z1 % P
    h = (x2 * square - x1) % P
    slope = (y2 * square * z1 - y1) % P
    if not h:
        return INFINITY if slope else _double(point)
    h2 = h * h % P
    h3 = h2 * h % P
    v = x1 * h2 % P
    x3 = (slope * slope - h3 - 2 * v) % P
    return x3, (slope * (v - x3) - y1 * h3) % P, z1 * h % P


def _double(point: Jacobian) -> Jacobian:
    """Return twice the point, for a curve with a = 0; no point here has Y = 0."""
    x, y, z = point
    y2 = y * y % P
    beta = 4 * x * y2 % P
    alpha = 3 * x * x % P
    x3 = (alpha * alpha - 2 * beta) % P
    return x3, (alpha * (beta - x3) - 8 * y2 * y2) % P, 2 * y * z % P
