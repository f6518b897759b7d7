"""What a record of a small made-up story says."""

from collections.abc import Mapping
from dataclasses import dataclass

from explorer.encodings.canonical_json import canonical_bytes


@dataclass(frozen=True, slots=True)
class Record:
    """One entry before it is signed."""

    author: str
    id: str
    kind: str
    payload: Mapping[str, str | int]

    def payload_json(self) -> bytes:
        """Return the payload as canonical JSON."""
        return canonical_bytes(dict(self.payload))
