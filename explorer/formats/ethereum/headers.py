"""Block headers of the Ethereum family: fields by position, strictly sized.

Ethereum Yellow Paper, section 4.3, with EIP-1559 (16 fields), EIP-4895 (17), EIP-4844
and EIP-4788 (20) and EIP-7685 (21). Further fields are kept and hashed, not understood.
Left out: headers with another order of the first fifteen fields.
"""

from collections.abc import Sequence
from typing import NoReturn

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


_FIRST_SIZES = [32, 32, 20, 32, 32, 32, 256]
_SEAL_SIZES = [32, 8]
_NUMBER_POSITIONS = tuple(_NUMBERS)
_LATER = (
    "base_fee",
    "withdrawals_root",
    "blob_gas_used",
    "excess_blob_gas",
    "beacon_root",
    "requests_hash",
)


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
    named = fields[: len(FIELD_NAMES)]
    texts = [each for each in named if isinstance(each, bytes)]
    if len(texts) != len(named):
        raise ReadError("a field is a list", "header-malformed")
    sizes = list(map(len, texts))
    if sizes[:7] != _FIRST_SIZES or sizes[13:15] != _SEAL_SIZES:
        _refuse(texts)
    for position in _NUMBER_POSITIONS[: 5 if count < 16 else 8]:
        if position < count and (
            texts[position][:1] == b"\x00" or sizes[position] > _NUMBERS[position]
        ):
            _refuse(texts)
    return _header(texts, count, raw)


def _header(texts: list[bytes], count: int, raw: bytes) -> Header:
    number = int.from_bytes
    first = Header(
        raw,
        count,
        texts[0],
        texts[1],
        texts[2],
        texts[3],
        texts[4],
        texts[5],
        texts[6],
        number(texts[7], "big"),
        number(texts[8], "big"),
        number(texts[9], "big"),
        number(texts[10], "big"),
        number(texts[11], "big"),
        texts[12],
        texts[13],
        texts[14],
    )
    if count < 16:
        return first
    values = {
        name: number(value, "big") if position in _NUMBERS else value
        for position, (name, value) in enumerate(
            zip(_LATER, texts[MIN_FIELDS:], strict=False), MIN_FIELDS
        )
    }
    for position in (16, 19, 20):
        if position < count and len(texts[position]) != 32:
            _refuse(texts)
    return msgspec.structs.replace(first, **values)


def _refuse(texts: Sequence[bytes]) -> NoReturn:
    """Name the field that is wrong."""
    for position, value in enumerate(texts):
        name, most = FIELD_NAMES[position], _NUMBERS.get(position)
        if most is not None and (len(value) > most or value[:1] == b"\x00"):
            raise ReadError(f"{name} is no number of this kind", "header-malformed")
        if most is None and len(value) != _FIXED.get(position, len(value)):
            raise ReadError(f"{name} has {len(value)} bytes", "header-malformed")
    raise ReadError("a field has another form", "header-malformed")
