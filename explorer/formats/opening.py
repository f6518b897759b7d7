"""Opening evidence: read-only, by offset, without ever changing a file or its times.

Symbolic links inside a folder are not followed: evidence is what lies in the folder.
"""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from explorer.core.errors import ReadError
from explorer.core.limits import MAX_FILES
from explorer.core.spans import ByteSpan
from explorer.crypto.trust import TrustStore
from explorer.formats.companions import companions
from explorer.model.evidence import Evidence, Source
from explorer.model.profiles import Profile

CHUNK_BYTES = 4 * 2**20
"""How much ``chunks`` reads at a time."""


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """What a family is told besides the evidence."""

    trust: TrustStore
    network: str = ""
    """Name of the network where a format does not say it."""
    profiles: tuple[Profile, ...] = ()
    """Mapping profiles that may say how a table is read."""
    with_contents: bool = True
    """Whether anybody will ask what entries say; if not, a family may leave it out."""


class EvidenceFiles:
    """The open files of one evidence."""

    def __init__(self, evidence: Evidence) -> None:
        """Open nothing yet; files are opened on first use."""
        self.evidence = evidence
        self._descriptors: dict[int, int] = {}

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close all files."""
        self.close()

    def close(self) -> None:
        """Close all files; reading again opens them again."""
        while self._descriptors:
            os.close(self._descriptors.popitem()[1])

    def head(self, source: int, size_bytes: int) -> bytes:
        """Return at most the first ``size_bytes`` of a file."""
        return self.read(ByteSpan(source, 0, size_bytes))

    def read(self, span: ByteSpan) -> bytes:
        """Return the bytes of ``span``, fewer if the file ends before.

        Raises:
            ReadError: If the file can no longer be read.
        """
        descriptor = self._descriptor(span.source)
        parts: list[bytes] = []
        at = span.start
        try:
            while at < span.end:
                part = _read_at(descriptor, min(span.end - at, 2**30), at)
                if not part:
                    break
                parts.append(part)
                at += len(part)
        except OSError as error:
            raise ReadError(str(error), "cannot-read", span) from error
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def chunks(
        self, source: int, size_bytes: int = CHUNK_BYTES, start: int = 0
    ) -> Iterator[tuple[int, bytes]]:
        """Yield (offset, bytes) from ``start`` to the end of a file."""
        at = start
        while part := self.read(ByteSpan(source, at, at + size_bytes)):
            yield at, part
            at += len(part)

    def path(self, source: int) -> Path:
        """Return where a file of the evidence is."""
        return Path(self.evidence.sources[source].path)

    def _descriptor(self, source: int) -> int:
        known = self._descriptors.get(source)
        if known is not None:
            return known
        path = self.evidence.sources[source].path
        flags = os.O_RDONLY | getattr(os, "O_BINARY", 0)
        try:
            try:
                descriptor = os.open(path, flags | getattr(os, "O_NOATIME", 0))
            except PermissionError:  # only the owner may leave the access time alone
                descriptor = os.open(path, flags)
        except OSError as error:
            raise ReadError(str(error), "cannot-read") from error
        self._descriptors[source] = descriptor
        return descriptor


def _read_at(descriptor: int, size: int, offset: int) -> bytes:
    if hasattr(os, "pread"):
        return os.pread(descriptor, size, offset)
    os.lseek(descriptor, offset, os.SEEK_SET)  # Windows has no pread
    return os.read(descriptor, size)


def open_evidence(paths: tuple[Path, ...]) -> EvidenceFiles:
    """Return the files of one evidence; several paths make one evidence together.

    A single file brings those beside it that belong to it by name.

    Raises:
        ReadError: If a path does not exist, is no file or folder, or holds too many.
    """
    sources: list[Source] = []
    try:
        for each in dict.fromkeys(file for path in paths for file in _files_of(path)):
            sources.append(_source(len(sources), each))
            if len(sources) > MAX_FILES:
                raise ReadError(f"more than {MAX_FILES} files", "too-many-files")
    except OSError as error:
        raise ReadError(str(error), "cannot-read") from error
    shown = " + ".join(str(path) for path in paths)
    return EvidenceFiles(Evidence(shown, tuple(sources)))


def _files_of(path: Path) -> Iterator[Path]:
    mode = path.stat().st_mode
    if stat.S_ISREG(mode):
        yield path
        yield from companions(path)
    elif stat.S_ISDIR(mode):
        yield from _walk(path)
    else:
        raise ReadError(f"{path} is neither a file nor a folder", "cannot-read")


def _walk(folder: Path) -> Iterator[Path]:
    for base, folders, names in os.walk(folder, followlinks=False):
        folders.sort()
        for name in sorted(names):
            path = Path(base, name)
            if stat.S_ISREG(path.lstat().st_mode):
                yield path


def _source(index: int, path: Path) -> Source:
    facts = path.stat()
    return Source(index, str(path), facts.st_size, facts.st_mtime_ns)
