"""The detail tree of a block, and what its hashed bytes are made of.

Of an RLP export every field has its own place. In JSON a field of the header has the
place of its member; a transaction has the place of its object.
"""

from collections.abc import Iterator, Sequence

from explorer.core.absent import Absent
from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.encodings.rlp import Item, decode
from explorer.formats.ethereum import checks
from explorer.formats.ethereum.headers import FIELD_NAMES as HEADER_NAMES
from explorer.formats.ethereum.headers import Header
from explorer.formats.ethereum.receipts import Receipt
from explorer.formats.ethereum.records import RawBlock, RawTransaction
from explorer.formats.ethereum.transactions import FIELD_NAMES
from explorer.model.claims import Claim, HashClaim
from explorer.model.ledgers import PREVIOUS_HASH, Field, HashPart

MAX_FIELDS = 100_000
"""Fields shown of one block."""
MAX_SHOWN_BYTES = 4_000
_NUMBERS = frozenset({7, 8, 9, 10, 11, 15, 17, 18})
_TX_NUMBERS = frozenset(
    {
        "chain id",
        "nonce",
        "gas price",
        "max priority fee per gas",
        "max fee per gas",
        "gas",
        "value",
        "max fee per blob gas",
        "v",
        "y parity",
    }
)
_HASH_BYTES = 33
"""A hash with its RLP prefix."""


def block_fields(raw: RawBlock) -> tuple[Field, ...]:
    """Return the fields of a block, in file order where the file has one."""
    found: list[Field] = []
    if raw.header is not None:
        fields = tuple(_header_fields(raw, raw.header))
        found.append(Field("header", "", raw.header_span, fields))
    transactions = tuple(_transactions(raw))
    place = raw.transactions_span or Absent.NOT_IN_EXPORT
    found.append(Field("transactions", str(len(transactions)), place, transactions))
    if raw.uncles:
        uncles = tuple(_uncle(raw, each) for each in raw.uncles)
        place = raw.uncles_span or Absent.NOT_IN_EXPORT
        found.append(Field("uncles", str(len(uncles)), place, uncles))
    if raw.withdrawals is not None:
        place = raw.withdrawals_span or Absent.NOT_IN_EXPORT
        found.append(Field("withdrawals", str(len(raw.withdrawals)), place))
    if raw.receipts is not None:
        receipts = tuple(_receipts(raw))
        place = raw.receipts.span
        found.append(Field("receipts", str(len(receipts)), place, receipts))
    if raw.total_span is not None:
        total = str(raw.total_difficulty)
        found.append(Field("total difficulty", total, raw.total_span))
    return tuple(found)


def _header_fields(raw: RawBlock, header: Header) -> Iterator[Field]:
    root = decode(header.raw)
    for position, item in enumerate(root.items):
        is_known = position < len(HEADER_NAMES)
        name = HEADER_NAMES[position] if is_known else f"field {position}"
        yield Field(
            name, _value(item, is_number=position in _NUMBERS), _at(raw, position, item)
        )


def _at(raw: RawBlock, position: int, item: Item) -> ByteSpan:
    if raw.is_exact:
        base = raw.header_span
        return ByteSpan(base.source, base.start + item.start, base.start + item.end)
    return raw.field_spans.get(position, raw.header_span)


def _value(item: Item, *, is_number: bool) -> str:
    if item.is_list:
        return str(len(item.items))
    if is_number and len(item.value) <= 32:
        return str(int.from_bytes(item.value, "big"))
    shown = item.value[:MAX_SHOWN_BYTES].hex()
    rest = len(item.value) - MAX_SHOWN_BYTES
    return shown if rest <= 0 else f"{shown}… (+{rest} bytes)"


def _transactions(raw: RawBlock) -> Iterator[Field]:
    left = MAX_FIELDS
    for position, each in enumerate(raw.transactions):
        children = tuple(_transaction(raw, each)) if left > 0 else ()
        left -= len(children) + 1
        yield Field(f"transaction {position}", each.fault, each.span, children)


def _transaction(raw: RawBlock, each: RawTransaction) -> Iterator[Field]:
    if each.tx is None:
        return
    offset = 1 if each.tx.type else 0
    if offset:
        place = _inside(raw, each, 0, 1)
        yield Field("type", str(each.tx.type), place)
    try:
        root = decode(each.envelope, offset)
    except ReadError:
        return
    for name, item in zip(FIELD_NAMES[each.tx.type], root.items, strict=True):
        place = _inside(raw, each, item.start, item.end)
        yield Field(name, _value(item, is_number=name in _TX_NUMBERS), place)


def _inside(raw: RawBlock, each: RawTransaction, start: int, end: int) -> ByteSpan:
    if not raw.is_exact:
        return each.span
    at = each.span.start
    return ByteSpan(each.span.source, at + start, at + end)


def _uncle(raw: RawBlock, header: Header) -> Field:
    place = raw.uncles_span or raw.span
    if raw.is_exact:
        at = raw.uncles_raw.find(header.raw)
        place = ByteSpan(
            place.source, place.start + at, place.start + at + len(header.raw)
        )
    return Field(f"uncle {header.number}", header.miner.hex(), place)


def _receipts(raw: RawBlock) -> Iterator[Field]:
    if raw.receipts is None:
        return
    for position, each in enumerate(raw.receipts.receipts):
        places = raw.receipts.places
        place = places[position] if position < len(places) else raw.receipts.span
        children = tuple(_receipt(each, place))
        yield Field(f"receipt {position}", "", place, children)


def _receipt(receipt: Receipt, place: ByteSpan) -> Iterator[Field]:
    yield Field("status", receipt.outcome.hex() or "0", place)
    yield Field("cumulative gas used", str(receipt.cumulative_gas), place)
    for number, log in enumerate(receipt.logs[:MAX_FIELDS]):
        topics = tuple(Field("topic", each.hex(), place) for each in log.topics)
        data = Field("data", log.data[:MAX_SHOWN_BYTES].hex(), place)
        yield Field(f"log {number}", log.address.hex(), place, (*topics, data))


def header_parts(raw: RawBlock, hashed: bytes) -> tuple[HashPart, ...]:
    """Return the pieces of the bytes that are hashed; together exactly these."""
    if not hashed:
        return ()
    start = (1 if hashed[0] < 0xF8 else hashed[0] - 0xF6) + 1
    end = start + _HASH_BYTES - 1
    at = raw.header_span.start
    is_same = raw.is_exact and raw.header is not None and hashed == raw.header.raw
    source = raw.header_span.source

    def place(first: int, last: int) -> ByteSpan | Absent:
        if not is_same:
            return Absent.NOT_IN_EXPORT
        return ByteSpan(source, at + first, at + last)

    return (
        HashPart("begin of the list", hashed[:start], place(0, start)),
        HashPart(PREVIOUS_HASH, hashed[start:end], place(start, end)),
        HashPart("other fields", hashed[end:], place(end, len(hashed))),
    )


def claim_parts(
    raw: RawBlock, claims: Sequence[Claim]
) -> tuple[tuple[int, tuple[HashPart, ...]], ...]:
    """Return the pieces of the header for the claim about the block's own hash."""
    return tuple(
        (index, header_parts(raw, claim.covered))
        for index, claim in enumerate(claims)
        if isinstance(claim, HashClaim) and claim.check == checks.BLOCK_HASH
    )
