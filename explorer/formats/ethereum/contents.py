"""What transactions say: value moved, contracts made, tokens moved, events decoded.

ERC-20 and ERC-721 (``Transfer``), ERC-1155 (``TransferSingle``, ``TransferBatch``);
Yellow Paper, section 7 (address of a new contract). Events of other contracts are
decoded where an ABI lies beside the evidence. Without receipts it is not known whether
a transaction succeeded, and what its logs would say is not there. Left out: value that
contracts move on, which blocks do not record.
"""

import json
from collections.abc import Iterator, Mapping, Sequence

from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.crypto.hashes import hash_function
from explorer.encodings.abi import AbiItem, decode_event, named_values
from explorer.encodings.rlp import encode, from_int
from explorer.formats.ethereum.draft import Plan
from explorer.formats.ethereum.receipts import Log
from explorer.formats.ethereum.tx_claims import kind_of, time_of
from explorer.model.content import Document, EntryContent, Transfer

NATIVE = "ether"
"""What the chain's own coin is called, whatever its name is there."""
CONTRACT = "contract"
TRANSFER = bytes.fromhex(
    "ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef"
)
TRANSFER_SINGLE = bytes.fromhex(
    "c3d58168c5ae7397731d063d5bbf3d657854427343f4c083240f7aacaa2d0f62"
)
TRANSFER_BATCH = bytes.fromhex(
    "4a39dc06d4c0dbc64b70af90fd698a233a518aa5d07e595d983b8c0526c8f7fb"
)
MAX_BATCH = 10_000
"""Tokens of one batch transfer."""
MEDIA_TYPE = "application/json"
_WORD = 32
_keccak = hash_function(HashAlgorithm.KECCAK256)
Events = Mapping[bytes, AbiItem]


def contents_of(
    plan: Plan, *, is_bound: bool, holds: Sequence[bool], events: Events
) -> Iterator[EntryContent]:
    """Yield what each transaction of a block says.

    ``is_bound`` says that transactions and receipts were led to the header; ``holds``
    whether each sender's signature holds.
    """
    raw = plan.raw
    receipts = raw.receipts.receipts if raw.receipts is not None else ()
    for position, each in enumerate(raw.transactions):
        receipt = receipts[position] if position < len(receipts) else None
        sender = plan.senders[position] if position < len(plan.senders) else b""
        accepted = receipt is None or not receipt.has_failed
        span = each.span
        if raw.receipts is not None and position < len(raw.receipts.places):
            span = raw.receipts.places[position]
        logs = receipt.logs if receipt is not None and accepted else ()
        name = each.declared_hash or _keccak(each.envelope)
        yield EntryContent(
            raw.number,
            position,
            f"0x{name.hex()}",
            _words(kind_of(each.tx), logs, events),
            address(sender) if sender else "",
            holds[position] if position < len(holds) else False,
            accepted,
            time_of(raw.time),
            documents=tuple(_documents(logs, events, span)),
            transfers=(
                *_native(plan, position, sender),
                *(found for log in logs for found in token_transfers(log, span)),
            ),
            enforced=is_bound and receipt is not None,
        )


def _words(kind: str, logs: Sequence[Log], events: Events) -> str:
    """Return what an entry does: the first event with a known name, or its kind."""
    for log in logs:
        event = events.get(log.topics[0]) if log.topics else None
        if event is not None:
            return event.name
    moves = {TRANSFER, TRANSFER_SINGLE, TRANSFER_BATCH}
    is_move = any(log.topics and log.topics[0] in moves for log in logs)
    return "token transfer" if is_move else kind


def address(value: bytes) -> str:
    """Return an address as text; the zero address stands for nobody."""
    return f"0x{value.hex()}" if any(value) else ""


def _native(plan: Plan, position: int, sender: bytes) -> Iterator[Transfer]:
    each = plan.raw.transactions[position]
    tx = each.tx
    if tx is not None and not tx.to:
        nonce = from_int(tx.nonce)
        made = address(_keccak(encode([sender, nonce]))[12:])
        yield Transfer(
            f"{CONTRACT} {made}", 1, "", made, is_unique=True, span=each.span
        )
        if tx.value:
            yield Transfer(
                NATIVE, tx.value, address(sender), made, is_unique=False, span=each.span
            )
        return
    value = tx.value if tx is not None else each.value
    target = tx.to if tx is not None else each.to
    if value:
        found = address(sender), f"0x{target.hex()}"
        yield Transfer(NATIVE, value, *found, is_unique=False, span=each.span)


def token_transfers(log: Log, span: ByteSpan) -> Iterator[Transfer]:
    """Yield what a log of a token contract moves."""
    topics, data, token = log.topics, log.data, f"0x{log.address.hex()}"
    if not topics:
        return
    if topics[0] == TRANSFER and len(topics) == 4:
        number = int.from_bytes(topics[3], "big")
        ends = _party(topics[1]), _party(topics[2])
        yield Transfer(f"{token} #{number}", 1, *ends, is_unique=True, span=span)
    elif topics[0] == TRANSFER and len(topics) == 3 and len(data) == _WORD:
        amount = int.from_bytes(data, "big")
        ends = _party(topics[1]), _party(topics[2])
        yield Transfer(token, amount, *ends, is_unique=False, span=span)
    elif topics[0] == TRANSFER_SINGLE and len(topics) == 4 and len(data) == 2 * _WORD:
        number = int.from_bytes(data[:_WORD], "big")
        amount = int.from_bytes(data[_WORD:], "big")
        ends = _party(topics[2]), _party(topics[3])
        yield Transfer(f"{token} #{number}", amount, *ends, is_unique=False, span=span)
    elif topics[0] == TRANSFER_BATCH and len(topics) == 4:
        ends = _party(topics[2]), _party(topics[3])
        for number, amount in _pairs(data):
            yield Transfer(
                f"{token} #{number}", amount, *ends, is_unique=False, span=span
            )


def _party(topic: bytes) -> str:
    return address(topic[12:])


def _pairs(data: bytes) -> list[tuple[int, int]]:
    """Return (token, amount) of a batch; nothing if its two arrays do not fit."""
    words = [
        int.from_bytes(data[at : at + _WORD], "big")
        for at in range(0, min(len(data), (2 * MAX_BATCH + 4) * _WORD), _WORD)
    ]
    arrays: list[list[int]] = []
    for offset in words[:2]:
        at = offset // _WORD
        if offset % _WORD or at >= len(words) or at + 1 + words[at] > len(words):
            return []
        arrays.append(words[at + 1 : at + 1 + words[at]])
    if len(arrays) != 2 or len(arrays[0]) != len(arrays[1]):
        return []
    return list(zip(*arrays, strict=True))


def _documents(
    logs: Sequence[Log], events: Events, span: ByteSpan
) -> Iterator[Document]:
    for log in logs:
        event = events.get(log.topics[0]) if log.topics else None
        if event is None:
            continue
        try:
            values = decode_event(event, log.topics, log.data)
        except ReadError:
            continue  # of another contract, which names its event alike
        found = named_values(event.inputs, values)
        said = event_document(event.name, found)
        if said:
            yield Document(MEDIA_TYPE, json.dumps(said).encode(), span)


_ITEMS = ("item", "product", "batch", "lot", "serial", "epc", "code", "unit", "box")
_INPUTS = ("input", "source", "parent", "ingredient", "material", "used")
_OUTPUTS = ("output", "result", "child", "made")


def event_document(name: str, values: Mapping[str, object]) -> dict[str, object]:
    """Return an event as inputs, outputs and items, by the names of its arguments.

    The words looked for stand in docs/formats/ethereum.md; an argument of another name
    names nothing. A list names each of its members.
    """
    found: dict[str, list[object]] = {"inputs": [], "outputs": [], "items": []}
    for key, value in values.items():
        word = key.lower().lstrip("_")
        for part, words in (
            ("inputs", _INPUTS),
            ("outputs", _OUTPUTS),
            ("items", _ITEMS),
        ):
            if any(each in word for each in words):
                members = value if isinstance(value, list) else [value]
                found[part] += [e for e in members if isinstance(e, str | int)]
                break
    if not any(found.values()):
        return {}
    said: dict[str, object] = {"what": name}
    said.update({part: each for part, each in found.items() if each})
    return said
