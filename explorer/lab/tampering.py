"""Changes made to chain-jsonl files on purpose, for samples, lessons and tests.

Each function takes the bytes of a whole file and returns other bytes; the heights are
those of docs/formats/chain-jsonl.md version 1. What a change leaves wrong is the point
of it: an edit alone breaks hashes, recomputed hashes break signatures, and what the
holders of the keys re-make together breaks nothing that stands inside the file.
"""

from collections.abc import Mapping

import msgspec

from explorer.crypto.hashes import hash_function
from explorer.crypto.trees import tree_hash
from explorer.formats.chain_jsonl.lines import (
    BLOCK_DOMAIN,
    ENTRY_DOMAIN,
    BlockLine,
    ChainLine,
    TrailerLine,
    TrailerValue,
)
from explorer.lab.demonstration_keys import DemonstrationKey


class _Item(msgspec.Struct, frozen=True, omit_defaults=True):
    """An item whose value stays as the bytes that it is."""

    entry: msgspec.Raw
    signature: str = ""


class _Author(msgspec.Struct, frozen=True):
    """What is looked at of an entry."""

    author: str


def edit_block(chain: bytes, height: int, old: bytes, new: bytes) -> bytes:
    """Return the file with ``old`` replaced by ``new`` in one block, nothing else.

    Raises:
        ValueError: If ``old`` does not stand exactly once in that block's line.
    """
    lines = chain.split(b"\n")
    index = _line_of(lines, height)
    if lines[index].count(old) != 1:
        raise ValueError(f"{old!r} does not stand exactly once in block {height}")
    lines[index] = lines[index].replace(old, new)
    return b"\n".join(lines)


def rehash(chain: bytes) -> bytes:
    """Return the file with all roots, links and hashes computed anew.

    This needs no key. Signatures stay as they are and no longer fit what was edited.
    """
    return _rebuild(chain, {})


def remake(chain: bytes, keys: Mapping[str, DemonstrationKey]) -> bytes:
    """Return the file with everything computed and signed anew by ``keys``.

    Keys of a party that differ from its key in the header are written there, too; a
    party without a key keeps what it has signed.
    """
    return _rebuild(chain, keys)


def _line_of(lines: list[bytes], height: int) -> int:
    mark = b'"height":%d,' % height
    for index, line in enumerate(lines):
        if line.startswith(b'{"block":') and mark in line[:200]:
            return index
    raise ValueError(f"there is no block {height}")


class _Rebuilder:
    """Writes the lines of one chain anew."""

    def __init__(self, header: ChainLine, keys: Mapping[str, DemonstrationKey]) -> None:
        self._keys = keys
        self._encode = msgspec.json.Encoder(order="sorted").encode
        parties = tuple(
            msgspec.structs.replace(each, public_key=keys[each.id].public_key.raw.hex())
            if each.id in keys
            else each
            for each in header.chain.parties
        )
        value = msgspec.structs.replace(header.chain, parties=parties)
        self._id = value.id.encode()
        self._algorithm = value.hash
        self._hash = hash_function(value.hash)
        self.previous = self._hash(self._encode(value)).hex()
        self.line = self._encode(ChainLine(value))
        self.blocks = self.entries = 0

    def block(self, record: BlockLine) -> bytes:
        """Return the line of a block that follows the one before."""
        items = [self._item(bytes(each)) for each in record.entries]
        header = msgspec.structs.replace(
            record.block,
            entries_root=tree_hash(items, self._algorithm).hex(),
            previous=self.previous,
        )
        exact = self._encode(header)
        self.previous = self._hash(exact).hex()
        self.blocks += 1
        self.entries += len(items)
        signature = record.signature
        key = self._keys.get(header.producer)
        if signature and key:
            message = b"%b%b\n%b" % (BLOCK_DOMAIN, self._id, exact)
            signature = key.sign(message).hex()
        raws = tuple(msgspec.Raw(each) for each in items)
        return self._encode(BlockLine(header, raws, self.previous, signature))

    def trailer(self) -> bytes:
        """Return the line that ends what was written."""
        value = TrailerValue(self.blocks, self.entries, self.previous)
        return self._encode(TrailerLine(value))

    def _item(self, leaf: bytes) -> bytes:
        item = msgspec.json.decode(leaf, type=_Item)
        key = self._keys.get(msgspec.json.decode(item.entry, type=_Author).author)
        if not (key and item.signature):
            return leaf
        message = b"%b%b\n%b" % (ENTRY_DOMAIN, self._id, bytes(item.entry))
        return self._encode(_Item(item.entry, key.sign(message).hex()))


def _rebuild(chain: bytes, keys: Mapping[str, DemonstrationKey]) -> bytes:
    lines = chain.splitlines()
    builder = _Rebuilder(msgspec.json.decode(lines[0], type=ChainLine), keys)
    blocks = [
        builder.block(msgspec.json.decode(line, type=BlockLine))
        for line in lines[1:]
        if line.startswith(b'{"block":')
    ]
    return b"\n".join([builder.line, *blocks, builder.trailer(), b""])
