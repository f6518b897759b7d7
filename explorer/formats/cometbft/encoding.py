"""The bytes that CometBFT hashes and signs, made from what an export states.

CometBFT specification v0.38, "Data Structures" and "Encoding"; the protobuf messages
are those of ``cometbft/types/v1`` (the same numbers since Tendermint 0.34). Trees are
those of RFC 9162. Left out: the amino encoding of Tendermint before 0.34.
"""

import hashlib

from explorer.encodings.protobuf import encode_bytes, encode_integer, encode_varint
from explorer.formats.cometbft.records import (
    BLS12381,
    ED25519,
    FLAG_COMMIT,
    SECP256K1,
    BlockId,
    Body,
    Commit,
    Header,
    TxResult,
    Validator,
    Vote,
)

PART_BYTES = 65_536
"""Size of the parts that a block is sent in."""

PRECOMMIT = 2
_NANOS = 10**9
_KEY_FIELDS = {ED25519: 1, SECP256K1: 2, BLS12381: 3}


def timestamp(time_ns: int) -> bytes:
    """Return ``google.protobuf.Timestamp``."""
    seconds, nanos = divmod(time_ns, _NANOS)
    return encode_integer(1, seconds) + encode_integer(2, nanos)


def block_id_message(block_id: BlockId) -> bytes:
    """Return ``BlockID``; its part set header is always written."""
    parts = encode_integer(1, block_id.total) + _octets(2, block_id.parts_hash)
    return _octets(1, block_id.hash) + encode_bytes(2, parts)


def header_leaves(header: Header) -> tuple[bytes, ...]:
    """Return the 14 leaves of the header's hash; an empty field is an empty leaf."""
    version = encode_integer(1, header.version_block)
    version += encode_integer(2, header.version_app)
    return (
        version,
        _octets(1, header.chain_id.encode()),
        encode_integer(1, header.height),
        timestamp(header.time_ns),
        block_id_message(header.last_block_id),
        *(_octets(1, each) for each in header.hashes),
    )


def header_top(leaves: tuple[bytes, ...]) -> bytes:
    """Return the bytes whose SHA-256 is the header's hash: the topmost inner node.

    The tree of 14 leaves is split behind the eighth.
    """
    nodes = [hashlib.sha256(b"\x00" + each).digest() for each in leaves]
    left, right = _fold(nodes[:8]), _fold(nodes[8:])
    return b"\x01" + left + right


def _fold(nodes: list[bytes]) -> bytes:
    while len(nodes) > 1:
        pairs = [
            hashlib.sha256(b"\x01" + nodes[at] + nodes[at + 1]).digest()
            for at in range(0, len(nodes) - 1, 2)
        ]
        nodes = pairs + nodes[2 * len(pairs) :]
    return nodes[0]


def validator_leaf(validator: Validator) -> bytes:
    """Return ``SimpleValidator``: key and power, without the address."""
    number = _KEY_FIELDS.get(validator.key_kind, _KEY_FIELDS[ED25519])
    key = encode_bytes(number, validator.key)
    return encode_bytes(1, key) + encode_integer(2, validator.power)


def can_encode(validator: Validator) -> bool:
    """Return whether this kind of key has a number in ``PublicKey``."""
    return validator.key_kind in _KEY_FIELDS


def vote_leaf(vote: Vote) -> bytes:
    """Return ``CommitSig``; its time is always written."""
    return (
        encode_integer(1, vote.flag)
        + _octets(2, vote.address)
        + encode_bytes(3, timestamp(vote.time_ns))
        + _octets(4, vote.signature)
    )


def sign_bytes(chain_id: str, commit: Commit, vote: Vote) -> bytes:
    """Return what a validator signed: ``CanonicalVote`` with its length in front.

    The time is the vote's own. A vote for nil names no block.
    """
    message = encode_integer(1, PRECOMMIT)
    message += _fixed64(2, commit.height) + _fixed64(3, commit.round)
    if vote.flag == FLAG_COMMIT and commit.block_id.hash:
        message += encode_bytes(4, block_id_message(commit.block_id))
    message += encode_bytes(5, timestamp(vote.time_ns))
    message += _octets(6, chain_id.encode())
    return encode_varint(len(message)) + message


def result_leaf(result: TxResult) -> bytes:
    """Return the part of a result that all nodes agree on: code, data and gas."""
    return (
        encode_integer(1, result.code)
        + _octets(2, result.data)
        + encode_integer(5, result.gas_wanted)
        + encode_integer(6, result.gas_used)
    )


def block_parts(header: Header, body: Body) -> tuple[bytes, ...]:
    """Return the parts of the whole block; the body's evidence must be exact."""
    data = b"".join(encode_bytes(1, tx) for tx, _ in body.txs)
    block = encode_bytes(1, _header_message(header)) + encode_bytes(2, data)
    evidence = (encode_bytes(1, each) for each in body.evidence)
    block += encode_bytes(3, b"".join(encode_bytes(1, each) for each in evidence))
    if body.last_commit is not None:
        block += encode_bytes(4, commit_message(body.last_commit))
    return tuple(
        block[start : start + PART_BYTES] for start in range(0, len(block), PART_BYTES)
    )


def _header_message(header: Header) -> bytes:
    version = encode_integer(1, header.version_block)
    version += encode_integer(2, header.version_app)
    out = encode_bytes(1, version) + _octets(2, header.chain_id.encode())
    out += encode_integer(3, header.height)
    out += encode_bytes(4, timestamp(header.time_ns))
    out += encode_bytes(5, block_id_message(header.last_block_id))
    for number, value in enumerate(header.hashes, 6):
        out += _octets(number, value)
    return out


def commit_message(commit: Commit) -> bytes:
    """Return ``Commit``."""
    out = encode_integer(1, commit.height) + encode_integer(2, commit.round)
    out += encode_bytes(3, block_id_message(commit.block_id))
    return out + b"".join(encode_bytes(4, vote_leaf(each)) for each in commit.votes)


def _octets(number: int, value: bytes) -> bytes:
    return encode_bytes(number, value) if value else b""


def _fixed64(number: int, value: int) -> bytes:
    if not value:
        return b""
    return bytes((number << 3 | 1,)) + (value % 2**64).to_bytes(8, "little")
