"""Block headers of the Ethereum family: fields by position, strictly sized.

Ethereum Yellow Paper, section 4.3, with EIP-1559 (16 fields), EIP-4895 (17), EIP-4844
and EIP-4788 (20) and EIP-7685 (21). Further fields are kept and hashed, not understood.
Left out: headers with another order of the first fifteen fields.
"""

from collections.abc import Sequence

import msgspec

from explorer.core.errors import ReadError

MIN_FIELDS = 15
MAX_FIELDS = 40
"""Most fields that are looked at; no chain known has so many."""

EMPTY_LIST_HASH = bytes.fromhex(
    "1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347"
)
"""Keccak-256 of the empty list: the hash of no uncles."""
EMPTY_ROOT = bytes.fromhex(
    "56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421"
)
"""Root of a tree without leaves."""

FIELD_NAMES = (
    "parent hash",
    "uncles hash",
    "miner",
    "state root",
    "transactions root",
    "receipts root",
    "logs bloom",
    "difficulty",
    "number",
    "gas limit",
    "gas used",
    "timestamp",
    "extra data",
    "mix hash",
    "nonce",
    "base fee per gas",
    "withdrawals root",
    "blob gas used",
    "excess blob gas",
    "parent beacon block root",
    "requests hash",
)
_FIXED = {
    0: 32,
    1: 32,
    2: 20,
    3: 32,
    4: 32,
    5: 32,
    6: 256,
    13: 32,
    14: 8,
    16: 32,
    19: 32,
    20: 32,
}
"""Position → exact number of bytes."""
_NUMBERS = {7: 32, 8: 8, 9: 8, 10: 8, 11: 8, 15: 32, 17: 8, 18: 8}
"""Position → most bytes of an integer."""


class Header(msgspec.Struct, gc=False, frozen=True):
    """A header; numbers are -1 and hashes empty where its fork has no such field."""

    raw: bytes
    """The exact bytes of its RLP."""
    field_count: int
    parent_hash: bytes
    uncles_hash: bytes
    miner: bytes
    state_root: bytes
    transactions_root: bytes
    receipts_root: bytes
    bloom: bytes
    difficulty: int
    number: int
    gas_limit: int
    gas_used: int
    time: int
    """Seconds since 1970, or what the chain takes for it."""
    extra: bytes
    mix_hash: bytes
    nonce: bytes
    base_fee: int = -1
    withdrawals_root: bytes = b""
    blob_gas_used: int = -1
    excess_blob_gas: int = -1
    beacon_root: bytes = b""
    requests_hash: bytes = b""


def header_of(fields: Sequence[object], raw: bytes) -> Header:
    """Return the header with these RLP fields.

    Raises:
        ReadError: ``header-malformed`` with the name of the field.
    """
    count = len(fields)
    if not MIN_FIELDS <= count <= MAX_FIELDS:
        raise ReadError(f"a header with {count} fields", "header-malformed")
    values: list[int | bytes] = []
    for position, value in enumerate(fields[: len(FIELD_NAMES)]):
        values.append(_value(position, value))
    # The order of the values is the order of the fields above.
    return Header(raw, count, *values)  # type: ignore[arg-type]


def _value(position: int, value: object) -> int | bytes:
    if not isinstance(value, bytes):
        raise ReadError(f"{FIELD_NAMES[position]} is a list", "header-malformed")
    most = _NUMBERS.get(position)
    if most is not None:
        if len(value) > most or value[:1] == b"\x00":
            raise ReadError(
                f"{FIELD_NAMES[position]} is no number of this kind",
                "header-malformed",
            )
        return int.from_bytes(value, "big")
    if len(value) != _FIXED.get(position, len(value)):
        raise ReadError(
            f"{FIELD_NAMES[position]} has {len(value)} bytes", "header-malformed"
        )
    return value
