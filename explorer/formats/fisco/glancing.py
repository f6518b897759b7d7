"""What kind of record an object is, from its keys alone.

Keys as the JSON-RPC of FISCO BCOS 2.x and 3.x writes them (docs/formats/fisco-bcos.md).
A block, transaction or receipt of Ethereum has keys that these never have.
"""

import re
from collections.abc import Collection
from enum import IntEnum

import msgspec

from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.encodings.json_places import Node, Shape, read_places
from explorer.formats.fisco.splitting import RECORD_KEYS

MAX_HEIGHT = 2**63 - 1
TELLING_KEYS = 5
"""An object with so many keys of records that is none of them is worth saying."""


class RecordKind(IntEnum):
    """What a record is."""

    UNKNOWN = 0
    BLOCK2 = 1
    """A block or header of 2.x."""
    BLOCK3 = 2
    """A block or header of 3.x."""
    TRANSACTION = 3
    RECEIPT = 4
    PROOF = 5
    """2.x: a transaction or receipt together with its path."""


class RecordPlace(msgspec.Struct, frozen=True, gc=False):
    """Where a record stands, and what it is about."""

    kind: RecordKind
    span: ByteSpan
    number: int
    """Height of the block it is or belongs to; -1 if it does not say."""
    key: str
    """Hash of the block or transaction, as text in lower case without ``0x``."""
    weight: int = 0
    """Of two records of one block the one that holds more is used."""
    is_third: bool = False
    """Of 3.x."""
    columns: tuple[str, ...] = ()
    """Of a row of a table."""
    form: str = ""
    """``csv`` or ``sql`` for a row of a table."""


_NUMBER = re.compile(r'\s*"?(0[xX][0-9a-fA-F]{1,16}|[0-9]{1,19})"?\s*\Z')
_LIKELY_NUMBER = re.compile(rb'"(?:number|blockNumber)"\s*:\s*"?(0x[0-9a-f]+|[0-9]+)')
_ETHEREUM = frozenset(
    {"sha3Uncles", "miner", "mixHash", "cumulativeGasUsed", "effectiveGasPrice", "type"}
)
_DECODER = msgspec.json.Decoder(dict[str, msgspec.Raw])


def glance(text: bytes, span: ByteSpan) -> tuple[RecordPlace, ...]:
    """Return what the record holds: itself, or records inside an unknown object.

    Raises:
        ReadError: If it is no JSON.
    """
    try:
        members = _DECODER.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ReadError(str(error), "not-json") from error
    kind = kind_of(members)
    if kind in {RecordKind.BLOCK2, RecordKind.BLOCK3} and "number" not in members:
        return (RecordPlace(RecordKind.UNKNOWN, span, -1, ""),)
    if kind is RecordKind.UNKNOWN:
        found = _inside(read_places(text), span)
        if len(RECORD_KEYS & members.keys()) >= TELLING_KEYS:
            found.append(RecordPlace(kind, span, -1, ""))
        return tuple(found)
    raw = {name: bytes(value) for name, value in _short(members).items()}
    return (_place(kind, set(members), raw, span),)


def kind_of(keys: Collection[str]) -> RecordKind:
    """Return the kind of record with these keys."""
    if "txsRoot" in keys:
        return RecordKind.BLOCK3
    if "transactionsRoot" in keys:
        is_fisco = "sealerList" in keys or "dbHash" in keys
        return RecordKind.BLOCK2 if is_fisco else RecordKind.UNKNOWN
    if _is_pair(keys):
        return RecordKind.PROOF
    if "transactionHash" in keys and not _is_ethereum_receipt(keys):
        return RecordKind.RECEIPT
    return RecordKind.TRANSACTION if _is_transaction(keys) else RecordKind.UNKNOWN


def _is_pair(keys: Collection[str]) -> bool:
    is_transaction = "transaction" in keys and "txProof" in keys
    return is_transaction or ("transactionReceipt" in keys and "receiptProof" in keys)


def _is_ethereum_receipt(keys: Collection[str]) -> bool:
    return "cumulativeGasUsed" in keys or not {"output", "logEntries"} & set(keys)


def _is_transaction(keys: Collection[str]) -> bool:
    if not {"hash", "input", "nonce"} <= set(keys):
        return False
    return "blockLimit" in keys or not {"v", "r", "yParity", "chainId"} & set(keys)


def likely_number(text: bytes) -> int:
    """Return the height that a broken record seems to have, -1 if none is in it."""
    match = _LIKELY_NUMBER.search(text)
    return text_number(match[1].decode()) if match else -1


def _inside(node: Node, span: ByteSpan) -> list[RecordPlace]:
    """Return the records inside an object that is none itself."""
    found: list[RecordPlace] = []
    waiting = list(node.children())
    while waiting:
        each = waiting.pop(0) if len(waiting) < 64 else waiting.pop()
        kind = kind_of(each.members) if each.shape is Shape.OBJECT else None
        if kind is None or kind is RecordKind.UNKNOWN:
            waiting += each.children()
            continue
        raw = {
            name: str(member.value).encode()
            for name, member in each.members.items()
            if member.shape is Shape.SCALAR and name in _SHORT
        }
        here = ByteSpan(span.source, span.start + each.start, span.start + each.end)
        found.append(_place(kind, set(each.members), raw, here))
    return found


_SHORT = frozenset({"number", "blockNumber", "hash", "transactionHash"})


def _short(members: dict[str, msgspec.Raw]) -> dict[str, msgspec.Raw]:
    return {name: value for name, value in members.items() if name in _SHORT}


def _place(
    kind: RecordKind, keys: set[str], raw: dict[str, bytes], span: ByteSpan
) -> RecordPlace:
    is_block = kind in {RecordKind.BLOCK2, RecordKind.BLOCK3}
    number = raw.get("number" if is_block else "blockNumber", b"")
    key = raw.get("transactionHash" if kind is RecordKind.RECEIPT else "hash", b"")
    weight = 2 * ("transactions" in keys) + ("signatureList" in keys)
    return RecordPlace(
        kind,
        span,
        text_number(number.decode(errors="replace")),
        key.decode(errors="replace").strip(' "\t\r\n').lower().removeprefix("0x"),
        weight if is_block else 0,
        _is_third(kind, keys),
    )


def _is_third(kind: RecordKind, keys: set[str]) -> bool:
    if kind is RecordKind.RECEIPT:
        return "logEntries" in keys or "version" in keys
    if kind is RecordKind.TRANSACTION:
        return "groupID" in keys or "chainID" in keys
    return kind is RecordKind.BLOCK3


def text_number(text: str) -> int:
    """Return the height that a text means, -1 if it means none."""
    match = _NUMBER.match(text)
    if match is None:
        return -1
    number = int(match[1], 16 if match[1][:2].lower() == "0x" else 10)
    return number if number <= MAX_HEIGHT else -1
