"""SM2 signature verification of GB/T 32918.2-2016, section 7, over SM3.

The curve is sm2p256v1 of GB/T 32918.5-2017; the identity of the signer is the default
1234567812345678 of GM/T 0009-2012 unless another is given. ``cryptography`` has no
SM2. Only public values are handled, so nothing here runs in constant time.

Points are added in Jacobian coordinates (X/Z², Y/Z³). The base point, and each key
that is used often, has a table of its multiples in affine coordinates, so that a
product needs additions only. Left out: key exchange and encryption.
"""

from typing import TypeAlias

from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ReadError
from explorer.crypto.hashes import hash_function
from explorer.encodings.der import read_signature

P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
"""The prime of the field."""
A = P - 3
"""Coefficient a of the curve y² = x³ + ax + b."""
B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
"""Coefficient b."""
N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
"""The order of the base point."""
BASE = (
    0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7,
    0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0,
)
"""The base point G."""
DEFAULT_IDENTITY = b"1234567812345678"
"""Identity of a signer when nothing else was agreed (GM/T 0009-2012)."""

USES_BEFORE_TABLE = 12
"""A point gets its table (a key: 250 kB, 10 ms) once it is used more often."""
MAX_TABLES = 256
"""Keys that have a table; further keys are verified slowly and fill no memory."""
MAX_KEYS = 20_000
"""Keys that are remembered at all."""

_BASE_WIDTH = 8
_KEY_WIDTH = 6

Affine: TypeAlias = tuple[int, int]
Jacobian: TypeAlias = tuple[int, int, int]
"""X, Y, Z; Z is 0 for the point at infinity."""
_Table: TypeAlias = list[list[Affine]]

INFINITY: Jacobian = (1, 1, 0)


def decode_point(raw: bytes) -> Affine:
    """Return the point of ``04 || X || Y``, checked to lie on the curve.

    Raises:
        ReadError: ``weak-key`` for the point at infinity, ``key-malformed`` otherwise.
    """
    if raw == b"\x00":
        raise ReadError("the key is the point at infinity", "weak-key")
    if len(raw) != 65 or raw[0] != 4:
        raise ReadError("not an uncompressed point of 65 bytes", "key-malformed")
    x, y = int.from_bytes(raw[1:33], "big"), int.from_bytes(raw[33:], "big")
    if x >= P or y >= P or (y * y - x * x * x - A * x - B) % P:
        raise ReadError("the point is not on the curve", "key-malformed")
    return x, y


def decode_signature(signature: bytes) -> tuple[int, int]:
    """Return r and s of 64 raw bytes ``r || s`` (big-endian) or of DER.

    Raises:
        ReadError: If it is neither, or r or s is not between 1 and N - 1.
    """
    if len(signature) == 64:
        r = int.from_bytes(signature[:32], "big")
        s = int.from_bytes(signature[32:], "big")
    else:
        r, s = read_signature(signature)
    if not (0 < r < N and 0 < s < N):
        raise ReadError("r or s is out of range")
    return r, s


def message_scalar(raw_point: bytes, message: bytes, identity: bytes) -> int:
    """Return e = SM3(Z || M) as a number; Z binds the identity and the key (5.5)."""
    sm3 = hash_function(HashAlgorithm.SM3)
    prefix = (8 * len(identity)).to_bytes(2, "big") + identity
    return int.from_bytes(sm3(sm3(prefix + _CURVE + raw_point[1:]) + message), "big")


class Sm2Verifier:
    """Verifies SM2 signatures and keeps the tables of the points it meets often."""

    def __init__(self) -> None:
        """Start without tables; the base point gets its own like any key."""
        self._points: dict[bytes, Affine] = {}
        self._uses: dict[Affine, int] = {}
        self._tables: dict[Affine, _Table] = {}

    def verify(
        self,
        raw_point: bytes,
        message: bytes,
        signature: bytes,
        identity: bytes = DEFAULT_IDENTITY,
    ) -> bool:
        """Return whether the signature matches (GB/T 32918.2, steps B1 to B7).

        Raises:
            ReadError: ``weak-key`` or ``key-malformed`` for the key, ``malformed``,
                ``truncated`` or ``trailing-data`` for the signature.
        """
        point = self._point(raw_point)
        r, s = decode_signature(signature)  # B1, B2
        e = message_scalar(raw_point, message, identity)  # B3, B4
        t = (r + s) % N  # B5
        if t == 0:
            return False
        total = self._add(INFINITY, BASE, s, _BASE_WIDTH)  # B6
        total = self._add(total, point, t, _KEY_WIDTH)
        return _abscissa_is(total, (r - e) % N)  # B7

    def _point(self, raw_point: bytes) -> Affine:
        point = self._points.get(raw_point)
        if point is None:
            point = decode_point(raw_point)
            if len(self._points) >= MAX_KEYS:
                self._points.clear()
                self._uses.clear()
            self._points[raw_point] = point
        return point

    def _add(self, start: Jacobian, point: Affine, scalar: int, width: int) -> Jacobian:
        table = self._tables.get(point)
        if table is None:
            uses = self._uses[point] = self._uses.get(point, 0) + 1
            if uses <= USES_BEFORE_TABLE or len(self._tables) >= MAX_TABLES:
                return _add_slowly(start, point, scalar)
            table = self._tables[point] = build_table(point, width)
        return add_multiple(start, table, width, scalar)


def build_table(point: Affine, width: int) -> _Table:
    """Return for each window of ``width`` bits the multiples 1 to 2^(width-1)."""
    rows: list[list[Jacobian]] = []
    current = point
    half = 1 << (width - 1)
    for _ in range(256 // width + 1):
        row: list[Jacobian] = [(*current, 1)]
        for _ in range(half - 1):
            row.append(add_affine(row[-1], *current))
        rows.append(row)
        current = to_affine([double(row[-1])])[0]
    flat = to_affine([each for row in rows for each in row])
    return [flat[start : start + half] for start in range(0, len(flat), half)]


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


def add_multiple(total: Jacobian, table: _Table, width: int, scalar: int) -> Jacobian:
    """Return ``total`` plus ``scalar`` times the point of the table.

    Windows hold digits from -2^(width-1) + 1 to 2^(width-1): a negative digit adds the
    mirrored point and carries one into the next window.
    """
    mask = (1 << width) - 1
    half = 1 << (width - 1)
    for row in table:
        digit = scalar & mask
        scalar >>= width
        if digit > half:
            x, y = row[mask - digit]
            total = add_affine(total, x, P - y)
            scalar += 1
        elif digit:
            total = add_affine(total, *row[digit - 1])
    return total


def add_affine(point: Jacobian, x2: int, y2: int) -> Jacobian:
    """Return ``point`` plus the affine point ``(x2, y2)``, special cases too."""
    x1, y1, z1 = point
    if not z1:
        return x2, y2, 1
    square = z1 * z1 % P
    h = (x2 * square - x1) % P
    slope = (y2 * square * z1 - y1) % P
    if not h:
        return INFINITY if slope else double(point)
    h2 = h * h % P
    h3 = h2 * h % P
    v = x1 * h2 % P
    x3 = (slope * slope - h3 - 2 * v) % P
    return x3, (slope * (v - x3) - y1 * h3) % P, z1 * h % P


def double(point: Jacobian) -> Jacobian:
    """Return twice the point, for a curve with a = -3; no point here has Y = 0."""
    x, y, z = point
    square = z * z % P
    y2 = y * y % P
    beta = 4 * x * y2 % P
    alpha = 3 * (x - square) * (x + square) % P
    x3 = (alpha * alpha - 2 * beta) % P
    return x3, (alpha * (beta - x3) - 8 * y2 * y2) % P, 2 * y * z % P


def _add_slowly(start: Jacobian, point: Affine, scalar: int) -> Jacobian:
    total = INFINITY
    for bit in bin(scalar)[2:]:
        total = double(total)
        if bit == "1":
            total = add_affine(total, *point)
    return add_affine(start, *to_affine([total])[0])


def _abscissa_is(point: Jacobian, residue: int) -> bool:
    """Return whether X/Z² modulo N is ``residue``, without an inversion."""
    x, _, z = point
    square = z * z % P
    if not square:
        return False
    candidates = (residue, residue + N) if residue + N < P else (residue,)
    return any((each * square - x) % P == 0 for each in candidates)


_CURVE = b"".join(each.to_bytes(32, "big") for each in (A, B, *BASE))
