"""Headers of Bitcoin blocks: 80 bytes from stated fields, and the compact target.

Bitcoin Core 29, ``src/primitives/block.h``, ``src/arith_uint256.cpp`` (compact form),
``src/chain.cpp`` (work). Time stamps of other formats point at such headers too.
"""

from explorer.core.errors import ReadError

HEADER_BYTES = 80
ROOT = slice(36, 68)
"""Where the root of the transactions stands."""


def header_from_fields(
    version: int, parent: str, root: str, moment: tuple[int, int], bits: str
) -> bytes:
    """Return the header that a node prints as these fields.

    Hashes are hex as printed, backwards; ``moment`` is the time in seconds and the
    nonce; ``bits`` is hex.

    Raises:
        ReadError: ``malformed`` if a field is none.
    """
    try:
        target = bytes.fromhex(bits)[::-1]
        parts = [version.to_bytes(4, "little", signed=True)]
        parts += [hash_from_text(parent or "00" * 32), hash_from_text(root)]
        parts += [moment[0].to_bytes(4, "little"), target]
        parts.append(moment[1].to_bytes(4, "little"))
    except (ValueError, OverflowError) as error:
        raise ReadError(f"{error}", "malformed") from error
    if len(target) != 4:
        raise ReadError("bits has another length", "malformed")
    return b"".join(parts)


def hash_from_text(shown: str) -> bytes:
    """Return a hash that is written backwards in hex.

    Raises:
        ReadError: ``malformed`` if it is none.
    """
    try:
        value = bytes.fromhex(shown)[::-1]
    except ValueError as error:
        raise ReadError(f"{error}", "malformed") from error
    if len(value) != 32:
        raise ReadError("a hash has another length", "malformed")
    return value


def bits_in(header: bytes) -> int:
    """Return the compact target of a header."""
    return int.from_bytes(header[72:76], "little")


def time_in(header: bytes) -> int:
    """Return the time of a header, seconds since 1970-01-01 UTC."""
    return int.from_bytes(header[68:72], "little")


def target_of(bits: int) -> int | None:
    """Return the target of the compact form; ``None`` if negative, zero or too large.

    The form is a sign, 23 bits of mantissa and one byte of exponent to the base 256.
    """
    exponent, mantissa = bits >> 24, bits & 0x7FFFFF
    if bits & 0x800000 or not mantissa or exponent > 34:
        return None
    shift = 8 * (exponent - 3)
    target = mantissa << shift if shift >= 0 else mantissa >> -shift
    return target if 0 < target < 1 << 256 else None


def bits_of(target: int) -> int:
    """Return the compact form of a target, as a node writes it."""
    size = (target.bit_length() + 7) // 8
    shift = 8 * (size - 3)
    mantissa = target >> shift if shift >= 0 else target << -shift
    if mantissa & 0x800000:
        mantissa >>= 8
        size += 1
    return size << 24 | mantissa


def work_of(bits: int) -> int:
    """Return how many hashes a block of this target takes on average."""
    target = target_of(bits)
    return 0 if target is None else (1 << 256) // (target + 1)
