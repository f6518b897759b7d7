"""What can be done to a working copy: each takes bytes and returns other bytes.

Honest mechanics only: what a change leaves wrong stays wrong until it is mended by an
operation of its own. chain-jsonl files are changed line by line; a file of another
family can only have single bytes changed or, with proof of work, be mined anew.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import msgspec

from explorer.crypto.hashes import hash_function
from explorer.crypto.trees import tree_hash
from explorer.encodings.canonical_json import canonical_bytes
from explorer.formats.chain_jsonl.lines import (
    BLOCK_DOMAIN,
    ENTRY_DOMAIN,
    BlockHeader,
    BlockLine,
    ChainLine,
    TrailerLine,
    TrailerValue,
)
from explorer.lab.demonstration_keys import DemonstrationKey
from explorer.lab.story import Record
from explorer.lab.tampering import edit_block, rehash, remake

Keys = Mapping[str, DemonstrationKey]

_STEP = timedelta(hours=12)
_BLOCK_HEAD = b'{"block":'
_TRAILER_HEAD = b'{"trailer":'


class OperationError(ValueError):
    """An operation does not fit the working copy."""


def edit_text(data: bytes, block: int, old: str, new: str) -> bytes:
    """Return the file with ``old`` replaced by ``new`` once in one block.

    Raises:
        OperationError: If there is no such block, or ``old`` is not there once.
    """
    try:
        return edit_block(data, block, old.encode(), new.encode())
    except ValueError as error:
        raise OperationError(str(error)) from error


def change_bytes(data: bytes, offset: int, old: bytes, new: bytes) -> bytes:
    """Return the file with bytes at ``offset`` replaced by as many others.

    Raises:
        OperationError: If other bytes stand there, or the number differs.
    """
    if len(old) != len(new) or data[offset : offset + len(old)] != old:
        raise OperationError(f"the bytes at {offset} are not {old.hex()}")
    return data[:offset] + new + data[offset + len(new) :]


def rehash_block(data: bytes, block: int) -> bytes:
    """Return the file with root and hash of one block worked out anew, no other.

    Raises:
        OperationError: If there is no such block.
    """
    lines = _lines(data)
    at = _line_of(lines, block)
    algorithm = _chain(lines).chain.hash
    record = _block(lines[at])
    leaves = [bytes(each) for each in record.entries]
    root = tree_hash(leaves, algorithm).hex()
    header = msgspec.structs.replace(record.block, entries_root=root)
    digest = hash_function(algorithm)(_encode(header)).hex()
    lines[at] = _encode(msgspec.structs.replace(record, block=header, hash=digest))
    return b"\n".join(lines)


def rehash_all(data: bytes) -> bytes:
    """Return the file with every root, link and hash worked out anew; no key needed."""
    return _rebuilt(data, {})


def sign_again(data: bytes, keys: Keys) -> bytes:
    """Return the file worked out anew and signed by ``keys``, whoever holds them."""
    return _rebuilt(data, keys)


def cut_after(data: bytes, block: int) -> bytes:
    """Return the file without the blocks after ``block``; the trailer fits again.

    Raises:
        OperationError: If there is no such block.
    """
    lines = _lines(data)
    at = _line_of(lines, block)
    return _with_trailer(lines[: at + 1])


def add_block(data: bytes, record: Record, keys: Keys) -> bytes:
    """Return the file with one more block that holds ``record``.

    It is signed where there is a key for its author, and its producer is the author.

    Raises:
        OperationError: If there is no block to follow.
    """
    lines = [
        each for each in _lines(data) if each and not each.startswith(_TRAILER_HEAD)
    ]
    if len(lines) < 2:
        raise OperationError("there is no block to follow")
    chain, last = _chain(lines).chain, _block(lines[-1]).block
    at = last.time.astimezone(UTC) + _STEP
    items = [_item(record, at, chain.id, keys)]
    header = BlockHeader(
        len(items),
        tree_hash(items, chain.hash).hex(),
        last.height + 1,
        hash_function(chain.hash)(_encode(last)).hex(),
        record.author,
        at,
    )
    exact = _encode(header)
    key = keys.get(record.author)
    message = b"%b%b\n%b" % (BLOCK_DOMAIN, chain.id.encode(), exact)
    block = BlockLine(
        header,
        tuple(msgspec.Raw(each) for each in items),
        hash_function(chain.hash)(exact).hex(),
        key.sign(message).hex() if key else "",
    )
    return _with_trailer([*lines, _encode(block)])


def repeat_entry(data: bytes, block: int) -> bytes:
    """Return the file with the last entry of one block written twice, nothing else.

    Raises:
        OperationError: If there is no such block, or it has no entry.
    """
    lines = _lines(data)
    at = _line_of(lines, block)
    record = _block(lines[at])
    if not record.entries:
        raise OperationError(f"block {block} has no entry")
    entries = (*record.entries, record.entries[-1])
    lines[at] = _encode(msgspec.structs.replace(record, entries=entries))
    return b"\n".join(lines)


def entries_of(data: bytes, block: int) -> list[bytes]:
    """Return the items of a block, the leaves of its tree.

    Raises:
        OperationError: If there is no such block.
    """
    lines = _lines(data)
    return [bytes(each) for each in _block(lines[_line_of(lines, block)]).entries]


def _item(record: Record, at: datetime, chain_id: str, keys: Keys) -> bytes:
    value = canonical_bytes(
        {
            "author": record.author,
            "id": record.id,
            "payload": dict(record.payload),
            "time": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "type": record.kind,
        }
    )
    key = keys.get(record.author)
    if key is None:
        return b'{"entry":%b}' % value
    message = b"%b%b\n%b" % (ENTRY_DOMAIN, chain_id.encode(), value)
    return b'{"entry":%b,"signature":"%b"}' % (value, key.sign(message).hex().encode())


def _with_trailer(lines: list[bytes]) -> bytes:
    blocks = [_block(each) for each in lines[1:]]
    last = blocks[-1].hash
    value = TrailerValue(len(blocks), sum(len(e.entries) for e in blocks), last)
    return b"\n".join([*lines, _encode(TrailerLine(value)), b""])


def _rebuilt(data: bytes, keys: Keys) -> bytes:
    try:
        return remake(data, keys) if keys else rehash(data)
    except msgspec.MsgspecError as error:
        raise OperationError(f"a line cannot be read any more: {error}") from error


def _lines(data: bytes) -> list[bytes]:
    return data.split(b"\n")


def _chain(lines: list[bytes]) -> ChainLine:
    try:
        return msgspec.json.decode(lines[0], type=ChainLine)
    except msgspec.MsgspecError as error:
        raise OperationError("the header line cannot be read") from error


def _block(line: bytes) -> BlockLine:
    try:
        return msgspec.json.decode(line, type=BlockLine)
    except msgspec.MsgspecError as error:
        raise OperationError(f"a block cannot be read any more: {error}") from error


def _line_of(lines: list[bytes], block: int) -> int:
    mark = b'"height":%d,' % block
    for index, line in enumerate(lines):
        if line.startswith(_BLOCK_HEAD) and mark in line[:200]:
            return index
    raise OperationError(f"there is no block {block}")


def _encode(value: msgspec.Struct) -> bytes:
    return msgspec.json.encode(value, order="sorted")
