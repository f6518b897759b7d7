"""The commit hash: what a peer says that a block changed, chained from block to block.

``kv_ledger.go`` (``addBlockCommitHash``) and ``txmgmt/txmgr/update_batch_bytes.go`` of
Fabric 3.1: SHA-256 over the number of flags, the flags, the block's final updates and
the commit hash before. No one signs it. Left out: the configuration namespace, which
the peer leaves out too.
"""

import hashlib

from explorer.encodings.protobuf import encode_bytes, encode_integer, encode_varint
from explorer.formats.fabric.rwsets import Version
from explorer.formats.fabric.state import BlockUpdates, Updates


def commit_hash(flags: bytes, updates: bytes, previous: bytes) -> bytes:
    """Return the commit hash of a block; ``previous`` is empty for block 1."""
    head = encode_varint(len(flags)) + flags
    return hashlib.sha256(head + updates + previous).digest()


def update_bytes(updates: BlockUpdates) -> bytes:
    """Return the ``Updates`` message of a block, in the peer's order."""
    out: list[bytes] = []
    for space in updates.spaces():
        if not space:
            continue
        name = space.encode()
        public = updates.public.get(space, {})
        _append(out, name, b"", public)
        if public:
            name = b""
        for collection in sorted(updates.hashed.get(space, {}), key=str.encode):
            changes = updates.hashed[space][collection]
            _append(out, name, collection.encode(), changes)
            if changes:
                name = b""
    return b"".join(out)


def _append(
    out: list[bytes], space: bytes, collection: bytes, changes: Updates
) -> None:
    head = encode_bytes(1, space) if space else b""
    head += encode_bytes(2, collection) if collection else b""
    for key in sorted(changes):
        update = changes[key]
        parts = [head, encode_bytes(3, key) if key else b""]
        if update.is_delete:
            parts.append(_IS_DELETE)
        else:
            parts.append(encode_bytes(5, update.value))
        parts.append(encode_bytes(6, _version_bytes(update.version)))
        out.append(encode_bytes(1, b"".join(parts)))
        head = b""


_IS_DELETE = encode_integer(4, 1)


def _version_bytes(version: Version) -> bytes:
    """Return block and transaction, each with a length byte, without leading zeros."""
    block, position = version
    size = (block.bit_length() + 7) // 8
    low = (position.bit_length() + 7) // 8
    head = bytes((size,)) + block.to_bytes(size, "big")
    return head + bytes((low,)) + position.to_bytes(low, "big")
