"""Places in the evidence."""

import msgspec


class ByteSpan(msgspec.Struct, frozen=True, gc=False):
    """Half-open range of bytes in one source of the evidence.

    ``source`` is the index of the file in ``Evidence.sources``; offsets count bytes
    from the start of that file.
    """

    source: int
    start: int
    end: int

    @property
    def size_bytes(self) -> int:
        """Return how many bytes the span holds."""
        return self.end - self.start
