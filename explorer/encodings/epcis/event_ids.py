"""Event ids that are hashes, as they are declared and as they are worked out.

GS1 CBV 2.0.1, section 8.9.2: ``ni:///sha-256;HEX?ver=CBV2.0``, after RFC 6920. Ids of
other forms (a UUID, an address) say nothing about the content.
"""

import re
from collections.abc import Callable, Iterator
from types import MappingProxyType

import msgspec

from explorer.core.digests import HashAlgorithm
from explorer.encodings.epcis.nodes import EventTree
from explorer.encodings.epcis.pre_hash import VARIANTS, PreHasher

ALGORITHMS = MappingProxyType(
    {
        "sha-256": HashAlgorithm.SHA256,
        "sha3-256": HashAlgorithm.SHA3_256,
        "sha-384": HashAlgorithm.SHA384,
        "sha-512": HashAlgorithm.SHA512,
    }
)
"""Name in an id → hash function."""

_ID = re.compile(r"ni:///([a-z0-9-]+);([0-9A-Fa-f]+)(?:\?ver=(CBV\d\.\d))?", re.ASCII)


class DeclaredHash(msgspec.Struct, frozen=True, gc=False):
    """A hash that an event id declares."""

    algorithm: HashAlgorithm
    value: bytes
    version: str
    """``CBV2.0``, ``CBV2.1`` or empty."""


class Match(msgspec.Struct, frozen=True, gc=False):
    """The way of writing an event whose hash is the declared one."""

    variant: str
    text: bytes
    """Exactly the bytes that are hashed."""


def declared_hash(event_id: str) -> DeclaredHash | None:
    """Return the hash that an id declares, nothing if it declares none known here."""
    match = _ID.fullmatch(event_id.strip())
    algorithm = ALGORITHMS.get(match[1]) if match else None
    if match is None or algorithm is None or len(match[2]) != 2 * algorithm.digest_size:
        return None
    return DeclaredHash(algorithm, bytes.fromhex(match[2]), match[3] or "")


def is_hash_id(event_id: str) -> bool:
    """Return whether an id has the form of a hash, of whatever algorithm."""
    return event_id.strip().startswith("ni:///")


def written_id(algorithm: HashAlgorithm, value: bytes, version: str = "CBV2.0") -> str:
    """Return the event id for a hash."""
    name = next(key for key, each in ALGORITHMS.items() if each is algorithm)
    return f"ni:///{name};{value.hex()}?ver={version}"


class EventTexts:
    """The texts of events in all variants, the canonical one first."""

    def __init__(self) -> None:
        """Know no value yet."""
        self._hashers = [(each.name, PreHasher(each)) for each in VARIANTS]

    def canonical(self, event: EventTree) -> bytes:
        """Return the bytes whose hash is the event's canonical id."""
        if not event.canonical:
            event.canonical = _octets(self._hashers[0][1].text(event))
        return event.canonical

    def is_same_otherwise_written(self, one: EventTree, other: EventTree) -> bool:
        """Return whether one event in JSON and one in XML agree but for extensions."""
        if one.context.is_json == other.context.is_json:
            return False
        hasher = self._hashers[0][1]
        return hasher.standard_text(one) == hasher.standard_text(other)

    def others(self, event: EventTree) -> Iterator[Match]:
        """Yield the texts of the other variants."""
        for name, hasher in self._hashers[1:]:
            yield Match(name, _octets(hasher.text(event)))

    def matching(
        self,
        event: EventTree,
        canonical: bytes,
        declared: DeclaredHash,
        function: Callable[[bytes], bytes],
    ) -> Match | None:
        """Return the first text whose hash by ``function`` is the declared one."""
        if function(canonical) == declared.value:
            return Match("canonical", canonical)
        for each in self.others(event):
            if function(each.text) == declared.value:
                return each
        return None


def _octets(text: str) -> bytes:
    return text.encode("utf-8", "replace")
