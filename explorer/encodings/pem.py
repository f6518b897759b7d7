"""Textual encodings of keys and certificates: RFC 7468 (PEM), lax about line lengths.

Left out on purpose: headers inside a block (RFC 1421), which mark encrypted keys.
"""

import base64
import binascii
import re

import msgspec

from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan

MAX_BLOCKS = 10_000
"""Blocks taken from one bundle."""

_BLOCK = re.compile(
    rb"-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\s]*)-----END \1-----"
)
_BEGIN = b"-----BEGIN "


class PemBlock(msgspec.Struct, frozen=True, gc=False):
    """One block of a PEM text."""

    label: str
    """Such as ``CERTIFICATE`` or ``PUBLIC KEY``."""
    der: bytes
    span: ByteSpan
    """Where the block stands, its two boundary lines included."""


def pem_blocks(data: bytes) -> tuple[PemBlock, ...]:
    """Return every block of ``data``; text between the blocks is ignored.

    Raises:
        ReadError: ``malformed`` if a block is broken, ``too-many`` past the limit.
    """
    found = [_decode(match) for match in _BLOCK.finditer(data)]
    begun = data.count(_BEGIN)
    if begun > MAX_BLOCKS:
        raise ReadError(f"over {MAX_BLOCKS} PEM blocks", "too-many")
    if begun != len(found):
        raise ReadError("a PEM block does not end as it begins", "malformed")
    return tuple(found)


def encode_pem(label: str, der: bytes) -> bytes:
    """Return one block with lines of 64 characters."""
    text = base64.b64encode(der).decode()
    lines = [text[start : start + 64] for start in range(0, len(text), 64)]
    body = "".join(f"{line}\n" for line in lines)
    return f"-----BEGIN {label}-----\n{body}-----END {label}-----\n".encode()


def _decode(match: re.Match[bytes]) -> PemBlock:
    span = ByteSpan(0, match.start(), match.end())
    try:
        der = base64.b64decode(b"".join(match[2].split()), validate=True)
    except binascii.Error as error:
        raise ReadError(f"PEM: {error}", "malformed", span) from error
    return PemBlock(match[1].decode(), der, span)
