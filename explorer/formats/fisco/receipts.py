"""The exact bytes that a receipt's hash covers.

2.x: ``libethcore/TransactionReceipt.cpp`` of FISCO BCOS 2.11, an RLP list; with 2.9 the
gas that is left was added. The hash stands in no export, only the root over all of a
block. 3.x: ``bcos-tars-protocol/impl/TarsHashable.h`` of 3.6.
"""

from collections.abc import Iterator

import msgspec

from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.encodings.rlp import Encodable, encode, from_int
from explorer.formats.fisco.fields import FIELD_MALFORMED, Fields, octets_of

Piece = tuple[str, bytes]
HASH_BYTES = 32
BLOOM_BYTES = 256
ADDRESS_BYTES = 20
MAX_VERSION = 1
SUCCESS = 0


class LogEntry(msgspec.Struct, frozen=True):
    """An event that a contract wrote."""

    address: str
    """In lower case without ``0x``."""
    topics: tuple[bytes, ...]
    data: bytes
    span: ByteSpan


def is_third_receipt(fields: Fields) -> bool:
    """Return whether a receipt is of 3.x."""
    return fields.has("logEntries") or fields.has("version")


def receipt_pieces(fields: Fields) -> tuple[Piece, ...]:
    """Return what is hashed.

    Raises:
        ReadError: ``field-missing`` (its message is the name) or ``field-malformed``;
            ``unknown-version`` where the rule is another.
    """
    if is_third_receipt(fields):
        return tuple(_pieces3(fields))
    return tuple(_pieces2(fields))


def logs_of(fields: Fields) -> list[LogEntry]:
    """Return the events of a receipt.

    Raises:
        ReadError: As ``receipt_pieces`` does.
    """
    name = "logEntries" if is_third_receipt(fields) else "logs"
    if not fields.has(name):
        return []
    return [
        LogEntry(
            _address_text(each).lower(),
            tuple(octets_of(topic, "topics") for topic in each.items("topics")),
            each.octets("data"),
            each.span(),
        )
        for each in fields.objects(name)
    ]


def status_of(fields: Fields) -> int:
    """Return the status, 0 for success; -1 if it is not there or no number."""
    try:
        return fields.number("status") if fields.has("status") else -1
    except ReadError:
        return -1


def _pieces2(fields: Fields) -> Iterator[Piece]:
    pieces: list[Piece] = [
        ("root", encode(fields.fixed("root", HASH_BYTES))),
        ("gasUsed", encode(from_int(fields.number("gasUsed")))),
        ("contractAddress", encode(fields.fixed("contractAddress", ADDRESS_BYTES))),
        ("logsBloom", encode(fields.fixed("logsBloom", BLOOM_BYTES))),
        ("status", encode(from_int(fields.number("status")))),
        ("output", encode(fields.octets("output"))),
    ]
    if fields.has("remainGas"):
        pieces.append(("remainGas", encode(from_int(fields.number("remainGas")))))
    logs: list[Encodable] = [
        [
            each.fixed("address", ADDRESS_BYTES),
            [octets_of(topic, "topics") for topic in each.items("topics")],
            each.octets("data"),
        ]
        for each in fields.objects("logs")
    ]
    pieces.append(("logs", encode(logs)))
    size = sum(len(each) for _, each in pieces)
    length = from_int(size)
    yield "list", bytes((0xF7 + len(length),)) + length
    yield from pieces


def _pieces3(fields: Fields) -> Iterator[Piece]:
    version = fields.number("version")
    if version > MAX_VERSION:
        raise ReadError(f"version {version}", "unknown-version")
    yield "version", version.to_bytes(4, "big")
    yield "gasUsed", fields.text("gasUsed").encode()
    contract = fields.text("contractAddress") if fields.has("contractAddress") else ""
    yield "contractAddress", contract.removeprefix("0x").encode()
    yield "status", _signed32(fields)
    yield "output", fields.octets("output")
    if version >= 1:
        yield "effectiveGasPrice", fields.text("effectiveGasPrice").encode()
    for entry in fields.objects("logEntries"):
        yield "address", _address_text(entry).encode()
        for topic in entry.items("topics"):
            yield "topic", octets_of(topic, "topics")
        yield "data", entry.octets("data")
    number = fields.number("blockNumber")
    if number >= 2**63:
        raise ReadError("blockNumber: out of range", FIELD_MALFORMED)
    yield "blockNumber", number.to_bytes(8, "big")


def _address_text(entry: Fields) -> str:
    return entry.text("address").removeprefix("0x")


def _signed32(fields: Fields) -> bytes:
    value = fields.number("status")
    if value >= 2**32:
        raise ReadError("status: out of range", FIELD_MALFORMED)
    return value.to_bytes(4, "big")
