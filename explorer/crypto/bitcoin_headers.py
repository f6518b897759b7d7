"""Whether the header of a Bitcoin block has done its work."""

from explorer.core.digests import HashAlgorithm
from explorer.crypto.hashes import digest
from explorer.encodings.bitcoin_headers import HEADER_BYTES, bits_in, target_of


def is_worked(header: bytes) -> bool:
    """Return whether a header's hash is below the target that it states."""
    if len(header) < HEADER_BYTES:
        return False
    target = target_of(bits_in(header))
    if target is None:
        return False
    found = digest(HashAlgorithm.SHA256D, header[:HEADER_BYTES])
    return int.from_bytes(found, "little") <= target
