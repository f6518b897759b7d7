"""Distinguished Encoding Rules of ASN.1, as far as keys and signatures need them.

ITU-T X.690 (02/2021): definite lengths in the shortest form (10.1), INTEGER in the
shortest two's complement (8.3). Refused: everything BER allows beyond that, trailing
bytes, tag numbers above 30. Left out: every type not named below.
"""

from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan

TAG_INTEGER = 0x02
TAG_BIT_STRING = 0x03
TAG_OCTET_STRING = 0x04
TAG_NULL = 0x05
TAG_OBJECT_IDENTIFIER = 0x06
TAG_SEQUENCE = 0x30

MAX_LENGTH_OCTETS = 4
"""Longest length field that is read; four octets count up to 4 GB."""


def encode_element(tag: int, content: bytes) -> bytes:
    """Return one element: tag, shortest length, content."""
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(octets))) + octets + content


def encode_integer(value: int) -> bytes:
    """Return an INTEGER that is zero or positive.

    Raises:
        ValueError: If ``value`` is negative.
    """
    if value < 0:
        raise ValueError(f"negative integer {value}")
    return encode_element(
        TAG_INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big")
    )


def encode_octet_string(value: bytes) -> bytes:
    """Return an OCTET STRING."""
    return encode_element(TAG_OCTET_STRING, value)


def encode_bit_string(value: bytes) -> bytes:
    """Return a BIT STRING of whole bytes."""
    return encode_element(TAG_BIT_STRING, b"\x00" + value)


def encode_sequence(*elements: bytes) -> bytes:
    """Return a SEQUENCE of elements that are encoded already."""
    return encode_element(TAG_SEQUENCE, b"".join(elements))


def skip_element(data: bytes, offset: int) -> int:
    """Return where the element at ``offset`` ends, whatever its tag.

    Raises:
        ReadError: ``malformed`` or ``truncated``.
    """
    if offset >= len(data):
        raise _fault("truncated", "the data ends before an element", offset)
    return read_element(data, offset, data[offset])[1]


def read_element(data: bytes, offset: int, tag: int) -> tuple[int, int]:
    """Return start and end of the content of the element with ``tag`` at ``offset``.

    Raises:
        ReadError: ``malformed`` if another tag stands there or the length is not DER,
            ``truncated`` if the data ends before the element does.
    """
    if offset + 2 > len(data):
        raise _fault("truncated", "the data ends before an element", offset)
    if data[offset] != tag:
        raise _fault(
            "malformed", f"tag {data[offset]:#04x} instead of {tag:#04x}", offset
        )
    size, start = _read_length(data, offset + 1)
    if start + size > len(data):
        raise _fault("truncated", "the data ends inside an element", offset)
    return start, start + size


def _read_length(data: bytes, offset: int) -> tuple[int, int]:
    first = data[offset]
    if first < 0x80:
        return first, offset + 1
    count = first & 0x7F
    octets = data[offset + 1 : offset + 1 + count]
    if not 0 < count <= MAX_LENGTH_OCTETS:
        raise _fault("malformed", "indefinite or oversized length", offset)
    if len(octets) < count:
        raise _fault("truncated", "the data ends inside a length", offset)
    size = int.from_bytes(octets, "big")
    if size < 0x80 or octets[0] == 0:
        raise _fault("malformed", "length is not in the shortest form", offset)
    return size, offset + 1 + count


def read_integer(data: bytes, offset: int) -> tuple[int, int]:
    """Return the INTEGER at ``offset`` and where it ends; only zero and positive.

    Raises:
        ReadError: ``malformed`` or ``truncated``.
    """
    start, end = read_element(data, offset, TAG_INTEGER)
    if start == end:
        raise _fault("malformed", "integer without content", offset)
    if data[start] >= 0x80:
        raise _fault("malformed", "negative integer", offset)
    if data[start] == 0 and end - start > 1 and data[start + 1] < 0x80:
        raise _fault("malformed", "integer is not in the shortest form", offset)
    return int.from_bytes(data[start:end], "big"), end


def read_signature(data: bytes) -> tuple[int, int]:
    """Return r and s of an ``ECDSA-Sig-Value`` (RFC 3279, section 2.2.3).

    Raises:
        ReadError: ``malformed``, ``truncated`` or ``trailing-data``.
    """
    start, end = read_element(data, 0, TAG_SEQUENCE)
    if end != len(data):
        raise _fault("trailing-data", "bytes after the signature", end)
    r, after_r = read_integer(data, start)
    s, after_s = read_integer(data, after_r)
    if after_s != end:
        raise _fault("trailing-data", "more than two integers", after_s)
    return r, s


def encode_signature(r: int, s: int) -> bytes:
    """Return the ``ECDSA-Sig-Value`` of two integers."""
    return encode_sequence(encode_integer(r), encode_integer(s))


def _fault(reason: str, what: str, offset: int) -> ReadError:
    return ReadError(f"DER: {what}", reason, ByteSpan(0, offset, offset + 1))
