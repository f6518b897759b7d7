"""Blocks, headers and transactions in the JSON of ``eth_getBlockByNumber``.

Execution API specification (``eth_getBlockByNumber`` with full transactions); names of
web3 libraries are taken too. Header and transactions are encoded again to the very
bytes that are hashed. Where a field is missing the block is still read, and the field
is named. Left out: fields of other chains that no hash of Ethereum covers.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeVar

from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ReadError
from explorer.core.limits import MAX_ENTRIES_PER_BLOCK
from explorer.core.spans import ByteSpan
from explorer.crypto.hashes import digest
from explorer.encodings.rlp import Encodable, encode, from_int
from explorer.formats.ethereum.headers import Header, header_of
from explorer.formats.ethereum.json_places import Node
from explorer.formats.ethereum.json_values import MissingError, Values, joined
from explorer.formats.ethereum.records import RawBlock, RawTransaction
from explorer.formats.ethereum.rlp_reader import read_envelope
from explorer.formats.ethereum.transactions import FIELD_NAMES, LEGACY

_HEADER: tuple[tuple[tuple[str, ...], int], ...] = (
    (("parentHash",), 32),
    (("sha3Uncles",), 32),
    (("miner", "author"), 20),
    (("stateRoot",), 32),
    (("transactionsRoot",), 32),
    (("receiptsRoot",), 32),
    (("logsBloom",), 256),
    (("difficulty",), -1),
    (("number",), -1),
    (("gasLimit",), -1),
    (("gasUsed",), -1),
    (("timestamp",), -1),
    (("extraData", "proofOfAuthorityData"), 0),
    (("mixHash",), 32),
    (("nonce",), 8),
    (("baseFeePerGas",), -1),
    (("withdrawalsRoot",), 32),
    (("blobGasUsed",), -1),
    (("excessBlobGas",), -1),
    (("parentBeaconBlockRoot",), 32),
    (("requestsHash",), 32),
)
"""Names of a header field, and its bytes: -1 for a quantity, 0 for any number."""
_REQUIRED = 15
_WITH_BLOB_GAS = frozenset({"excessBlobGas", "parentBeaconBlockRoot"})
"""Fields that came with ``blobGasUsed`` (EIP-4844, EIP-4788): none without it."""
_NEEDED_BY = MappingProxyType(
    {"blobGasUsed": "blobVersionedHashes", "requestsHash": "authorizationList"}
)
"""Header fields of the forks that brought transactions with such a member."""
_KNOWN = frozenset(
    {
        *(name for names, _ in _HEADER for name in names),
        *("hash", "size", "totalDifficulty", "uncles", "transactions", "withdrawals"),
        *("sealFields", "transactionCount", "blobGasPrice", "milliTimestamp", "calls"),
        *("requests", "inclusionList", "transactionsCount", "blockReward", "rawHeader"),
    }
)
"""Members that say nothing about another way of hashing."""
_MAX_FOREIGN = 5
_T = TypeVar("_T")
_QUANTITIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "chain id": ("chainId",),
        "nonce": ("nonce",),
        "gas price": ("gasPrice",),
        "max priority fee per gas": ("maxPriorityFeePerGas",),
        "max fee per gas": ("maxFeePerGas",),
        "gas": ("gas", "gasLimit"),
        "value": ("value",),
        "max fee per blob gas": ("maxFeePerBlobGas",),
        "v": ("v",),
        "y parity": ("yParity", "v"),
    }
)
_STATED = MappingProxyType(
    {
        "blockHash": "block hash",
        "blockNumber": "block number",
        "transactionIndex": "transaction index",
    }
)
_OPTIONAL_STATED = MappingProxyType({"chainId": "chain id"})


def read_block(data: bytes, base: int, root: Node, source: int) -> RawBlock:
    """Return the block in an object; ``data`` begins at ``base`` of the file.

    Raises:
        ReadError: If it is no block at all.
    """
    values = Values(source)
    header, missing = _header(values, root)
    number = values.quantity(root, "number")
    if number >= 2**63:
        raise ReadError("number is out of range", "json-malformed")
    span = root.span(source)
    block = RawBlock(
        number,
        span,
        header,
        span,
        values.data(root, "parentHash", size=32),
        _optional(values.quantity, root, "timestamp", -1),
        missing=missing,
        declared_hash=_hash(values, root),
        is_contiguous=False,
    )
    block.field_spans = _places(root, source)
    hash_node = root.get("hash")
    block.hash_span = hash_node.span(source) if hash_node else None
    total = root.get("totalDifficulty")
    if total is not None:
        total_difficulty = values.quantity(root, "totalDifficulty", is_needed=False)
        block.total_difficulty = total_difficulty
        block.total_span = total.span(source)
    if header is None:
        block.roots = _roots(values, root)
    names = [each for each in root.members or {} if each not in _KNOWN]
    block.foreign = ", ".join(names[:_MAX_FOREIGN])
    _body(values, root, block)
    block.covered = [
        ByteSpan(source, *each) for each in joined(values.used, data, base)
    ]
    block.mixed_case = values.mixed_case()
    return block


def _places(root: Node, source: int) -> Mapping[int, ByteSpan]:
    found: dict[int, ByteSpan] = {}
    for position, (names, _) in enumerate(_HEADER):
        for name in names:
            node = root.get(name)
            if node is not None:
                found[position] = node.span(source)
    return found


def _roots(values: Values, root: Node) -> Mapping[str, bytes]:
    names = ("transactionsRoot", "receiptsRoot", "withdrawalsRoot", "logsBloom")
    return {each: values.data(root, each) for each in names if root.get(each)}


def _hash(values: Values, root: Node) -> bytes:
    if root.get("hash") is None:
        return b""
    return values.data(root, "hash", size=32, is_needed=False)


def _optional(read: Callable[[Node, str], _T], root: Node, name: str, other: _T) -> _T:
    return other if root.get(name) is None else read(root, name)


def _header(values: Values, root: Node) -> tuple[Header | None, str]:
    """Return the header, or the first field of it that is missing."""
    fields: list[Encodable] = []
    absent = ""
    for position, (names, size) in enumerate(_HEADER):
        if all(root.get(each) is None for each in names):
            absent = absent or names[0]
            if position < _REQUIRED:
                return None, absent
            continue
        if absent:
            return None, absent
        if size < 0:
            fields.append(from_int(values.quantity(root, *names)))
        else:
            fields.append(values.data(root, *names, size=size or -1))
    if _must_have(root, absent):
        return None, absent
    return header_of(fields, encode(fields)), ""


def _must_have(root: Node, absent: str) -> bool:
    """Return whether the header had a field that none of its others comes after."""
    if absent == "withdrawalsRoot":
        withdrawals = root.get("withdrawals")
        return withdrawals is not None and withdrawals.elements is not None
    if absent in _WITH_BLOB_GAS:
        return True
    member = _NEEDED_BY.get(absent)
    listed = root.get("transactions")
    if member is None or listed is None:
        return False
    return any(each.get(member) is not None for each in listed.elements or ())


def _body(values: Values, root: Node, block: RawBlock) -> None:
    source = values.source
    listed = root.get("transactions")
    block.has_transactions = False
    if listed is not None and listed.elements is not None:
        block.transactions_span = listed.span(source)
        if len(listed.elements) > MAX_ENTRIES_PER_BLOCK:
            raise ReadError("too many transactions", "too-many-entries")
        is_full = all(each.members is not None for each in listed.elements)
        block.has_transactions = is_full
        block.transactions = [
            read_transaction(values, each)
            if each.members is not None
            else RawTransaction(b"", each.span(source), missing="transactions")
            for each in listed.elements
        ]
    uncles = root.get("uncles")
    if uncles is not None and uncles.elements == []:
        block.uncles_raw = b"\xc0"
        block.uncles_span = uncles.span(source)
    withdrawals = root.get("withdrawals")
    if withdrawals is not None:
        block.withdrawals_span = withdrawals.span(source)
        block.withdrawals = tuple(
            _withdrawal(values, each) for each in values.elements(root, "withdrawals")
        )


def _withdrawal(values: Values, node: Node) -> bytes:
    values.use(node)
    return encode(
        [
            from_int(values.quantity(node, "index")),
            from_int(values.quantity(node, "validatorIndex")),
            values.data(node, "address", size=20),
            from_int(values.quantity(node, "amount")),
        ]
    )


def read_transaction(values: Values, node: Node) -> RawTransaction:
    """Return a transaction; what cannot be put together carries its reason."""
    span = node.span(values.source)
    try:
        envelope = envelope_of(values, node)
        _must_have_target(values, node, envelope)
        raw = read_envelope(envelope, span)
        if raw.tx is not None and not (raw.tx.r or raw.tx.s):
            # some chains list what no sender signed and no root covers
            return RawTransaction(b"", span, fault="transaction-type-unknown")
        _add_declared(values, node, raw)
    except MissingError as error:
        raw = RawTransaction(b"", span, missing=str(error))
        _add_basics(values, node, raw)
    except ReadError as error:
        raw = RawTransaction(b"", span, fault=error.reason)
    return raw


def _must_have_target(values: Values, node: Node, envelope: bytes) -> None:
    """Accept a transaction without a target only as the creation that was hashed.

    Raises:
        MissingError: If ``to`` was left out: the stated hash is another one.
    """
    members = node.members or {}
    if "to" in members or "hash" not in members:
        return
    stated = values.data(node, "hash", size=32, is_needed=False)
    if digest(HashAlgorithm.KECCAK256, envelope) != stated:
        raise MissingError("to", "field-missing")


def _add_declared(values: Values, node: Node, raw: RawTransaction) -> None:
    source = values.source
    declared, sender = node.get("hash"), node.get("from")
    if declared is not None:
        raw.declared_hash = values.data(node, "hash", size=32, is_needed=False)
        raw.hash_span = declared.span(source)
    if sender is not None:
        raw.declared_sender = values.data(node, "from", size=20, is_needed=False)
        raw.sender_span = sender.span(source)
    stated = dict(values.stated(node, _STATED))
    if raw.tx is not None and raw.tx.type == LEGACY:
        stated |= values.stated(node, _OPTIONAL_STATED)
    elif node.get("v") is not None and node.get("yParity") is not None:
        stated |= values.stated(node, {"v": "y parity"})
    raw.stated = MappingProxyType(stated)


def _add_basics(values: Values, node: Node, raw: RawTransaction) -> None:
    """Take what can be shown of a transaction that is not complete."""
    try:
        if node.get("hash") is not None:
            raw.declared_hash = values.data(node, "hash", size=32)
        if node.get("from") is not None:
            raw.declared_sender = values.data(node, "from", size=20)
        if node.get("to") is not None:
            raw.to = values.data(node, "to", size=20)
        raw.value = _optional(values.quantity, node, "value", 0)
    except ReadError as error:
        raw.fault = error.reason


def kind_of(values: Values, node: Node) -> int:
    """Return the type of a transaction, stated or told by its fields."""
    if node.get("type") is not None:
        return values.quantity(node, "type", is_needed=False)
    if node.get("authorizationList") is not None:
        return 4
    if node.get("blobVersionedHashes") is not None:
        return 3
    if node.get("maxFeePerGas") is not None:
        return 2
    return 1 if node.get("accessList") is not None else LEGACY


def envelope_of(values: Values, node: Node) -> bytes:
    """Return the bytes of a transaction.

    Raises:
        MissingError: Naming the field that is missing.
        ReadError: If a field has another form, or the type is not known.
    """
    kind = kind_of(values, node)
    if kind not in FIELD_NAMES:
        raise ReadError(f"type {kind}", "transaction-type-unknown")
    fields = [_field(values, node, name) for name in FIELD_NAMES[kind]]
    body = encode(fields)
    return bytes((kind,)) + body if kind else body


def _field(values: Values, node: Node, name: str) -> Encodable:
    if name in _QUANTITIES:
        return from_int(values.quantity(node, *_QUANTITIES[name]))
    if name in {"r", "s"}:
        return _scalar(values, node, name)
    if name in {"to", "data"}:
        return _plain(values, node, name)
    if name == "access list":
        return [_access(values, each) for each in _list(values, node, "accessList")]
    if name == "blob versioned hashes":
        listed = _list(values, node, "blobVersionedHashes")
        return [values.octets(each, "blobVersionedHashes", 32) for each in listed]
    listed = _list(values, node, "authorizationList")
    return [_authorization(values, each) for each in listed]


def _plain(values: Values, node: Node, name: str) -> bytes:
    if name == "data":
        return values.data(node, "input", "data")
    found = node.get("to")
    is_creation = found is None or found.scalar == "0x"
    return b"" if is_creation else values.data(node, "to", size=20)


def _list(values: Values, node: Node, name: str) -> list[Node]:
    found = list(values.elements(node, name))
    owner = node.get(name)
    if owner is not None:
        values.use(owner)
    return found


def _scalar(values: Values, node: Node, name: str) -> bytes:
    """Return r or s, which some tools write as 32 bytes instead of a quantity."""
    found = node.get(name)
    if found is not None and isinstance(found.scalar, str) and len(found.scalar) == 66:
        return values.data(node, name, size=32).lstrip(b"\x00")
    return from_int(values.quantity(node, name))


def _access(values: Values, node: Node) -> Encodable:
    keys = values.elements(node, "storageKeys")
    return [
        values.data(node, "address", size=20),
        [values.octets(each, "storageKeys", 32) for each in keys],
    ]


def _authorization(values: Values, node: Node) -> Encodable:
    return [
        from_int(values.quantity(node, "chainId")),
        values.data(node, "address", size=20),
        from_int(values.quantity(node, "nonce")),
        from_int(values.quantity(node, "yParity", "v")),
        _scalar(values, node, "r"),
        _scalar(values, node, "s"),
    ]
