"""Turns located JSON into records; every field strictly of its type.

Three dialects are read: the RPC of a node (hashes in hex), the gateway of the Cosmos
SDK (``/cosmos/base/tendermint``, hashes in base64, flags as names) and light-client
vectors (``part_set_header`` for ``parts``). Bytes of the evidence are never corrected:
what is not of the expected type makes the record malformed.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from explorer.core.errors import ReadError
from explorer.core.limits import MAX_ENTRIES_PER_BLOCK, MAX_SIGNATURES_PER_BLOCK
from explorer.core.spans import ByteSpan
from explorer.encodings.located_json import JsonNode, integer_of
from explorer.encodings.protobuf import encode_bytes, encode_integer
from explorer.formats.cometbft.encoding import block_id_message, timestamp
from explorer.formats.cometbft.records import (
    BLS12381,
    ED25519,
    FIELD_NAMES,
    FLAG_ABSENT,
    FLAG_COMMIT,
    FLAG_NIL,
    HASH_NAMES,
    MAX_HEIGHT,
    SECP256K1,
    BlockId,
    Body,
    Commit,
    Header,
    Validator,
    ValidatorSet,
    Vote,
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)
_TIME = re.compile(
    r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)", re.ASCII
)
_HEX = re.compile(r"(?:[0-9A-F]{2})*|(?:[0-9a-f]{2})*")
"""All letters large or all small: no tool mixes them."""
_FLAGS = {
    "BLOCK_ID_FLAG_ABSENT": FLAG_ABSENT,
    "BLOCK_ID_FLAG_COMMIT": FLAG_COMMIT,
    "BLOCK_ID_FLAG_NIL": FLAG_NIL,
}
_KEYS = {
    "tendermint/PubKeyEd25519": ED25519,
    "cometbft/PubKeyEd25519": ED25519,
    "/cosmos.crypto.ed25519.PubKey": ED25519,
    "tendermint/PubKeySecp256k1": SECP256K1,
    "cometbft/PubKeySecp256k1": SECP256K1,
    "/cosmos.crypto.secp256k1.PubKey": SECP256K1,
    "cometbft/PubKeyBls12_381": BLS12381,
}
_HEADER_FIELDS = frozenset(FIELD_NAMES)
MAX_POWER = 2**60
"""Greatest voting power; CometBFT itself allows an eighth of 2**63 - 1 in all."""


@dataclass(frozen=True, slots=True)
class Places:
    """Turns nodes of one document into spans of the evidence."""

    source: int
    base: int

    def span(self, node: JsonNode) -> ByteSpan:
        """Return where a node stands."""
        return ByteSpan(self.source, self.base + node.start, self.base + node.end)


def hash_bytes(node: JsonNode) -> bytes:
    """Return bytes written in hex, or in base64 if they are no hex.

    Raises:
        ReadError: ``not-bytes`` if they are neither.
    """
    if node.is_null():
        return b""
    value = node.value
    if not isinstance(value, str):
        raise ReadError("bytes are missing", "not-bytes")
    if _HEX.fullmatch(value):
        return bytes.fromhex(value)
    return base64_bytes(node)


def base64_bytes(node: JsonNode) -> bytes:
    """Return bytes written in base64; null is empty.

    Raises:
        ReadError: ``not-bytes`` for anything else.
    """
    if node.is_null():
        return b""
    text = _text(node)
    try:
        value = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ReadError("bytes are not base64", "not-bytes") from error
    if base64.b64encode(value).decode() != text:
        raise ReadError("bytes are not in the one form of base64", "not-bytes")
    return value


def time_of(node: JsonNode) -> int:
    """Return a time of RFC 3339 in nanoseconds since 1970, exact.

    Raises:
        ReadError: ``not-a-time``.
    """
    found = _TIME.fullmatch(_text(node))
    if found is None:
        raise ReadError("not a time", "not-a-time")
    zone = "+00:00" if found[3] == "Z" else found[3]
    try:
        moment = datetime.fromisoformat(found[1] + zone)
        seconds = (moment - _EPOCH) // _SECOND
    except (ValueError, OverflowError) as error:
        raise ReadError("not a time", "not-a-time") from error
    return seconds * 10**9 + int((found[2] or "0").ljust(9, "0"))


def height_of(node: JsonNode) -> int:
    """Return a height.

    Raises:
        ReadError: ``out-of-range`` or ``not-an-integer``.
    """
    return _bounded(node, MAX_HEIGHT)


def small_of(node: JsonNode) -> int:
    """Return an integer of 32 bits or so; null is 0."""
    return 0 if node.is_null() else _bounded(node, 2**62)


def block_id_of(node: JsonNode, places: Places) -> BlockId:
    """Return a block id; null is the empty one."""
    parts = node.get("parts")
    if parts.is_null():
        parts = node.get("part_set_header")
    return BlockId(
        hash_bytes(node.get("hash")),
        small_of(parts.get("total")),
        hash_bytes(parts.get("hash")),
        places.span(node),
    )


def header_of(node: JsonNode, places: Places) -> Header:
    """Return a header.

    Raises:
        ReadError: If a field is missing or of another type.
    """
    if node.members().keys() != _HEADER_FIELDS:
        odd = sorted(_HEADER_FIELDS ^ node.members().keys())
        raise ReadError(f"not the fields of a header: {odd[0]}", "not-a-header")
    version = node.get("version")
    return Header(
        small_of(version.get("block")),
        small_of(version.get("app")),
        _text(node.get("chain_id")),
        height_of(node.get("height")),
        time_of(node.get("time")),
        block_id_of(node.get("last_block_id"), places),
        tuple(hash_bytes(node.get(name)) for name in HASH_NAMES),
        {name: places.span(each) for name, each in node.members().items()},
        places.span(node),
    )


def commit_of(node: JsonNode, places: Places) -> Commit:
    """Return a commit.

    Raises:
        ReadError: If a field is missing or of another type, or it is too long.
    """
    votes = limited(node.get("signatures"), MAX_SIGNATURES_PER_BLOCK)
    return Commit(
        height_of(node.get("height")),
        small_of(node.get("round")),
        block_id_of(node.get("block_id"), places),
        tuple(_vote(each, places) for each in votes),
        places.span(node),
    )


def _vote(node: JsonNode, places: Places) -> Vote:
    flag = node.get("block_id_flag")
    named = _FLAGS.get(flag.text(), 0)
    return Vote(
        named or _bounded(flag, 255),
        hash_bytes(node.get("validator_address")),
        time_of(node.get("timestamp")),
        base64_bytes(node.get("signature")),
        places.span(node),
    )


def validator_of(node: JsonNode, places: Places) -> Validator:
    """Return a validator.

    Raises:
        ReadError: If a field is missing or of another type.
    """
    kind, value = key_kind(node.get("pub_key"))
    power = node.get("voting_power")
    if power.is_null():
        power = node.get("power")
    address = node.get("address").text()
    return Validator(
        bytes.fromhex(address) if _is_address(address) else b"",
        kind,
        base64_bytes(value),
        _bounded(power, MAX_POWER),
        places.span(node),
    )


def key_kind(node: JsonNode) -> tuple[str, JsonNode]:
    """Return the kind of a key and the node that holds it."""
    kind = node.get("type").text() or node.get("@type").text()
    value = node.get("value") if not node.get("value").is_null() else node.get("key")
    return _KEYS.get(kind, kind), value


def validator_set_of(node: JsonNode, places: Places) -> ValidatorSet | None:
    """Return the set in an object with ``validators``; ``None`` if it has none."""
    listed = node.get("validators") if node.members() else node
    members = limited(listed, MAX_SIGNATURES_PER_BLOCK)
    if not members:
        return None
    found = tuple(validator_of(each, places) for each in members)
    return ValidatorSet(found, is_complete=True, span=places.span(listed))


def body_of(block: JsonNode, places: Places) -> Body | None:
    """Return what a block holds besides its header; ``None`` without data.

    Raises:
        ReadError: If a field is of another type or there are too many.
    """
    data = block.get("data")
    if not data.members():
        return None
    txs = limited(data.get("txs"), MAX_ENTRIES_PER_BLOCK)
    evidence = block.get("evidence")
    pieces = limited(evidence.get("evidence"), MAX_ENTRIES_PER_BLOCK)
    encoded = [_evidence(each, places) for each in pieces]
    last = block.get("last_commit")
    return Body(
        tuple((base64_bytes(each), places.span(each)) for each in txs),
        places.span(data),
        tuple(each for each in encoded if each),
        places.span(evidence),
        has_evidence="evidence" in block.members(),
        has_exact_evidence=all(encoded),
        has_square="square_size" in data.members(),
        last_commit=commit_of(last, places) if last.members() else None,
    )


def _evidence(node: JsonNode, places: Places) -> bytes:
    """Return a ``DuplicateVoteEvidence``; empty for another kind of evidence."""
    value = node.get("value")
    if not {"vote_a", "vote_b"} <= value.members().keys():
        return b""
    return (
        encode_bytes(1, _evidence_vote(value.get("vote_a"), places))
        + encode_bytes(2, _evidence_vote(value.get("vote_b"), places))
        + encode_integer(3, small_of(value.get("TotalVotingPower")))
        + encode_integer(4, small_of(value.get("ValidatorPower")))
        + encode_bytes(5, timestamp(time_of(value.get("Timestamp"))))
    )


def _evidence_vote(node: JsonNode, places: Places) -> bytes:
    block_id = block_id_of(node.get("block_id"), places)
    out = encode_integer(1, small_of(node.get("type")))
    out += encode_integer(2, height_of(node.get("height")))
    out += encode_integer(3, small_of(node.get("round")))
    out += encode_bytes(4, block_id_message(block_id))
    out += encode_bytes(5, timestamp(time_of(node.get("timestamp"))))
    address = hash_bytes(node.get("validator_address"))
    out += encode_bytes(6, address) if address else b""
    out += encode_integer(7, small_of(node.get("validator_index")))
    for number, name in ((8, "signature"), (9, "extension")):
        value = base64_bytes(node.get(name))
        out += encode_bytes(number, value) if value else b""
    value = base64_bytes(node.get("extension_signature"))
    return out + (encode_bytes(10, value) if value else b"")


def _is_address(text: str) -> bool:
    return len(text) == 40 and _HEX.fullmatch(text) is not None


def limited(node: JsonNode, most: int) -> list[JsonNode]:
    """Return the elements of an array; null is empty."""
    if not node.is_null() and not isinstance(node.value, list):
        raise ReadError("not a list", "not-a-list")
    if len(node.items()) > most:
        raise ReadError(f"over {most} elements", "too-many")
    return node.items()


def _bounded(node: JsonNode, most: int) -> int:
    value = integer_of(node)
    if not 0 <= value <= most:
        raise ReadError("a number is out of range", "out-of-range")
    return value


def _text(node: JsonNode) -> str:
    if not isinstance(node.value, str):
        raise ReadError("a text is missing", "not-a-text")
    return node.value
