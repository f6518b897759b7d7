"""What the user opened."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """One file of the evidence."""

    index: int
    """Position in ``Evidence.sources``; what ``ByteSpan.source`` refers to."""
    path: str
    """Where it is, as the user gave it (a folder is extended by the name inside)."""
    size_bytes: int
    modified_ns: int
    """Modification time in nanoseconds since 1970, to see that nothing changed."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file, folder or archive that was opened, with all its files."""

    path: str
    sources: tuple[Source, ...]
