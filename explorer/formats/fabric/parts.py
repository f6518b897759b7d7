"""What the hashed bytes of a block are made of, piece by piece, for explaining.

Header: docs/formats/fabric.md, "Hashes": SEQUENCE { number, previous hash, data hash }.
Data: the transactions one after the other, without their lengths.
"""

from collections.abc import Sequence

from explorer.core.absent import Absent
from explorer.core.spans import ByteSpan
from explorer.formats.fabric import checks
from explorer.formats.fabric.records import RawBlock
from explorer.model.claims import Claim, HashClaim
from explorer.model.ledgers import PREVIOUS_HASH, HashPart

_OCTETS_HEADER_BYTES = 2
"""Tag and length of an OCTET STRING of a hash."""


def header_parts(raw: RawBlock) -> tuple[HashPart, ...]:
    """Return the pieces of the DER that is hashed; together exactly its bytes.

    Tag and length of each hash stand at the end of the piece before it, those of the
    data hash in its own, so that the previous hash is just itself.
    """
    data_at = len(raw.header) - len(raw.data_hash) - _OCTETS_HEADER_BYTES
    previous_at = data_at - len(raw.previous_hash)
    previous = _place(raw, raw.previous_hash_place)
    header = raw.header
    return (
        HashPart("number", header[:previous_at], Absent.NOT_IN_FORMAT),
        HashPart(PREVIOUS_HASH, raw.previous_hash, previous),
        HashPart("data hash", header[data_at:], _place(raw, raw.data_hash_place)),
    )


def claim_parts(
    raw: RawBlock, claims: Sequence[Claim]
) -> tuple[tuple[int, tuple[HashPart, ...]], ...]:
    """Return the pieces of the data hash, with the index of its claim."""
    pieces = tuple(
        HashPart(
            f"transaction {number}", raw.data[start:end], _place(raw, (start, end))
        )
        for number, (start, end) in enumerate(raw.envelopes)
    )
    return tuple(
        (index, pieces)
        for index, claim in enumerate(claims)
        if isinstance(claim, HashClaim) and claim.check == checks.DATA_HASH
    )


def _place(raw: RawBlock, place: tuple[int, int]) -> ByteSpan | Absent:
    return raw.span(*place) if raw.is_exact else Absent.NOT_IN_EXPORT
