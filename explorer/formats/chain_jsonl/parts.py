"""What the hashed bytes of a block header are made of, for explaining."""

from explorer.core.spans import ByteSpan
from explorer.model.blocks import Block
from explorer.model.ledgers import PREVIOUS_HASH, HashPart


def header_parts(block: Block, line: bytes) -> tuple[HashPart, ...]:
    """Return the pieces of the header as it stands in ``line``.

    The pieces are the text before the hash of the block before, that hash in hex, and
    the text behind it; together exactly the header.
    """
    begin = line.find(block.header)
    stated = block.header.find(block.declared_parent.hex().encode())
    if begin < 0 or stated < 0:
        return ()
    end = stated + 2 * len(block.declared_parent)
    cuts = (0, stated, end, len(block.header))
    names = ("count, entries root, height", PREVIOUS_HASH, "producer, time")
    offset = block.span.start + begin
    return tuple(
        HashPart(
            name,
            block.header[start:stop],
            ByteSpan(block.span.source, offset + start, offset + stop),
        )
        for name, start, stop in zip(names, cuts, cuts[1:], strict=False)
    )
