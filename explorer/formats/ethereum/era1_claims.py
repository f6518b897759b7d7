"""What stands behind the blocks of an era1 archive: index and accumulator.

Ethereum's ``e2store-format-specs``, era1. The leaf of a block is its hash and its total
difficulty. Hashes are those that the next block names; its link check ties them to the
headers, so only that of the last block is worked out here.
"""

from explorer.core.digests import HashAlgorithm
from explorer.core.spans import ByteSpan
from explorer.formats.ethereum import checks
from explorer.formats.ethereum.draft import Draft
from explorer.formats.ethereum.era1_reader import MAX_BLOCKS, EraTail
from explorer.model.checks import Kind, Outcome
from explorer.model.claims import TreeClaim, TreeRule

_WORD = 8


def add_era_tail(draft: Draft, tail: EraTail) -> None:
    """Add the claims of one archive about all its blocks."""
    place = tail.blocks_span
    if tail.accumulator_span is None or len(tail.accumulator) != 32:
        draft.answer(
            checks.ACCUMULATOR,
            Outcome.INCONCLUSIVE,
            "era1-accumulator-missing",
            -1,
            tail.accumulator_span or place,
        )
    elif tail.leaves:
        draft.claim(
            TreeClaim(
                checks.ACCUMULATOR,
                tail.first,
                TreeRule.SSZ_ERA1,
                HashAlgorithm.SHA256,
                tuple(tail.leaves),
                tail.accumulator,
                ByteSpan(place.source, place.start, place.start),
                tail.accumulator_span,
            )
        )
    draft.covered.append((Kind.FRAMING, place))
    draft.covered.append((Kind.FRAMING, ByteSpan(place.source, 0, place.start)))
    _index(draft, tail)


def _index(draft: Draft, tail: EraTail) -> None:
    if tail.index_span is None:
        draft.answer(
            checks.ERA_INDEX,
            Outcome.INCONCLUSIVE,
            "era1-index-missing",
            -1,
            tail.blocks_span,
        )
        return
    draft.covered.append((Kind.FRAMING, tail.index_span))
    if index_of(tail) == tail.index_record:
        draft.passed[checks.ERA_INDEX] += 1
        return
    draft.answer(
        checks.ERA_INDEX, Outcome.FAILED, "era1-index-mismatch", -1, tail.index_span
    )


def index_of(tail: EraTail) -> bytes:
    """Return the index that leads to the blocks that were read."""
    count = len(tail.starts)
    if not 0 < count <= MAX_BLOCKS:
        return b""
    offsets = b"".join(
        (start - tail.index_start).to_bytes(_WORD, "little", signed=True)
        for start in tail.starts
    )
    first = max(tail.first, 0).to_bytes(_WORD, "little")
    return first + offsets + count.to_bytes(_WORD, "little")
