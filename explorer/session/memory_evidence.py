"""Evidence that lies in memory: working copies of the lab, verified like files."""

import hashlib
from collections.abc import Mapping

from explorer.core.spans import ByteSpan
from explorer.formats.opening import EvidenceFiles
from explorer.model.evidence import Evidence, Source
from explorer.model.verdicts import SourceDigest


class MemoryFiles(EvidenceFiles):
    """Files that are bytes; nothing on the disk is opened."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        """Take files by name; names may hold folders."""
        sources = tuple(
            Source(index, name, len(data), 0)
            for index, (name, data) in enumerate(files.items())
        )
        super().__init__(Evidence(" + ".join(files), sources))
        self._data = tuple(files.values())

    def read(self, span: ByteSpan) -> bytes:
        """Return the bytes of ``span``, fewer if the file ends before."""
        return self._data[span.source][span.start : span.end]

    def digests(self) -> tuple[SourceDigest, ...]:
        """Return the files with their SHA-256; bytes in memory do not change."""
        return tuple(
            SourceDigest(source, hashlib.sha256(data).hexdigest(), unchanged=True)
            for source, data in zip(self.evidence.sources, self._data, strict=True)
        )
