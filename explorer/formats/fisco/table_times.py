"""Block times restored from a table that states local times of an unknown zone.

A block hash covers milliseconds since 1970 in UTC. Every zone there is differs from UTC
by quarters of an hour, from 12 hours behind to 14 ahead; the stated hash tells which.
"""

from datetime import UTC, datetime

from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ReadError
from explorer.crypto.hashes import digest
from explorer.encodings.json_places import Node, Shape
from explorer.formats.fisco.fields import Fields
from explorer.formats.fisco.headers import header_forms

QUARTER_MS = 15 * 60 * 1000
ZONES = (0, 32, *(each for each in range(-48, 57) if each not in {0, 32}))
"""Quarters of an hour ahead of UTC; UTC and China first."""
_ALGORITHMS = (HashAlgorithm.KECCAK256, HashAlgorithm.SM3)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def restored_time(fields: Fields, text: str, place: Node) -> Node | None:
    """Return the time with which the header has its hash, ``None`` if none does."""
    try:
        stated = fields.octets("hash")
        moment = datetime.fromisoformat(text.strip()).replace(tzinfo=UTC)
        local_ms = (moment - _EPOCH) // (datetime.resolution * 1000)
        for zone in ZONES:
            value = local_ms - zone * QUARTER_MS
            if value < 0:
                continue
            node = Node(Shape.SCALAR, place.start, place.end, value)
            fields.node.members["timestamp"] = node
            data = header_forms(fields, is_third=False)[0].data()
            if any(digest(each, data) == stated for each in _ALGORITHMS):
                return node
    except (ReadError, ValueError):
        pass
    fields.node.members.pop("timestamp", None)
    return None
