"""Receipts and logs: the bytes under the receipts root, and the bloom filter.

Yellow Paper, sections 4.3.1 and 4.4.3; EIP-658 (status instead of a state root),
EIP-2718 (typed receipts). Left out: receipts of other chains with more fields.
"""

from collections.abc import Iterable, Sequence

import msgspec

from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ReadError
from explorer.crypto.hashes import hash_function
from explorer.encodings.rlp import (
    Encodable,
    Plain,
    decode_plain,
    encode,
    from_int,
)

BLOOM_BYTES = 256
_keccak = hash_function(HashAlgorithm.KECCAK256)


class Log(msgspec.Struct, gc=False, frozen=True):
    """One log of a receipt."""

    address: bytes
    topics: tuple[bytes, ...]
    data: bytes


class Receipt(msgspec.Struct, gc=False, frozen=True):
    """One receipt."""

    encoded: bytes
    """The bytes under the receipts root."""
    type: int
    outcome: bytes
    """Status (``01`` or empty), or the state root before Byzantium."""
    cumulative_gas: int
    bloom: bytes
    logs: tuple[Log, ...]

    @property
    def has_failed(self) -> bool:
        """Return whether it states that the transaction was reverted."""
        return self.outcome == b""


def receipt_from_rlp(encoded: bytes) -> Receipt:
    """Return the receipt in these bytes.

    Raises:
        ReadError: ``receipt-malformed``, or what the RLP decoder refuses.
    """
    if not encoded:
        raise ReadError("no bytes", "receipt-malformed")
    kind = encoded[0] if encoded[0] < 0x80 else 0
    match decode_plain(encoded, 1 if kind else 0):
        case [bytes() as outcome, bytes() as gas, bytes() as bloom, list() as logs]:
            pass
        case _:
            raise ReadError("a receipt has other fields", "receipt-malformed")
    if outcome not in {b"", b"\x01"} and len(outcome) != 32:
        raise ReadError("neither a status nor a root", "receipt-malformed")
    if len(bloom) != BLOOM_BYTES or len(gas) > 32 or gas[:1] == b"\x00":
        raise ReadError("a receipt is out of range", "receipt-malformed")
    found = tuple(_log(each) for each in logs)
    return Receipt(encoded, kind, outcome, int.from_bytes(gas, "big"), bloom, found)


def make_receipt(
    kind: int, outcome: bytes, cumulative_gas: int, logs: Sequence[Log]
) -> Receipt:
    """Return a receipt put together from what another form of it states."""
    bloom = bloom_of(logs)
    rows: list[Encodable] = [
        [each.address, list(each.topics), each.data] for each in logs
    ]
    body = encode([outcome, from_int(cumulative_gas), bloom, rows])
    encoded = bytes((kind,)) + body if kind else body
    return Receipt(encoded, kind, outcome, cumulative_gas, bloom, tuple(logs))


def bloom_of(logs: Iterable[Log]) -> bytes:
    """Return the bloom filter of addresses and topics, 256 bytes."""
    bits = 0
    for value in {value for each in logs for value in (each.address, *each.topics)}:
        hashed = _keccak(value)
        for start in (0, 2, 4):
            bits |= 1 << (int.from_bytes(hashed[start : start + 2], "big") & 0x7FF)
    return bits.to_bytes(BLOOM_BYTES, "big")


def joined_bloom(receipts: Iterable[Receipt]) -> bytes:
    """Return the bloom filter of a block: every bit of its receipts."""
    bits = 0
    for each in receipts:
        bits |= int.from_bytes(each.bloom, "big")
    return bits.to_bytes(BLOOM_BYTES, "big")


def _log(item: Plain) -> Log:
    match item:
        case [bytes() as address, list() as topics, bytes() as data]:
            texts = [each for each in topics if isinstance(each, bytes)]
            fits = all(len(each) == 32 for each in texts)
            if len(address) == 20 and fits and len(texts) == len(topics) <= 4:
                return Log(address, tuple(texts), data)
    raise ReadError("a log is malformed", "receipt-malformed")
