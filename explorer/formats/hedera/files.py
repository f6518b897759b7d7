"""Which files of the evidence are record files, signatures, sidecars, address books.

Names in a node's bucket: ``record0.0.3/2022-07-13T08_46_11.304284003Z.rcd.gz``, with
``.rcd_sig`` beside it and ``sidecar/…Z_01.rcd.gz``. Compressed files are unpacked with
a limit; their hashes are those of the unpacked bytes.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from explorer.core.errors import ReadError
from explorer.core.limits import MAX_RECORD_BYTES
from explorer.core.spans import ByteSpan
from explorer.formats.hedera.messages import (
    read_address_book,
    read_record_message,
    read_signature_message,
)
from explorer.formats.hedera.records import AddressBook, RecordFile, SignatureFile
from explorer.formats.hedera.streams import read_record_stream, read_signature_stream
from explorer.formats.opening import EvidenceFiles

HEAD_BYTES = 256
MAX_PACKED_BYTES = MAX_RECORD_BYTES
MAX_BOOK_BYTES = 2**24
MAX_GZIP_HEAD = 70_000
GZIP = b"\x1f\x8b"
_TIME = r"\d{4}-\d\d-\d\dT\d\d_\d\d_\d\d(?:\.\d{1,9})?Z"
RECORD_NAME = re.compile(rf"({_TIME})\.rcd(?:\.gz)?\Z", re.ASCII)
SIDECAR_NAME = re.compile(rf"({_TIME})_(\d{{1,3}})\.rcd(?:\.gz)?\Z", re.ASCII)
SIGNATURE_NAME = re.compile(r".*\.rcd_sig(?:\.gz)?\Z")
_SIGNATURE_TIME = re.compile(rf"({_TIME})\.rcd_sig", re.ASCII)
_NODE = re.compile(r"(?:record|node_?|balance)?(\d{1,9}\.\d{1,9}\.\d{1,18})(?!\d)")
_VERSIONS = frozenset({b"\0\0\0\1", b"\0\0\0\2", b"\0\0\0\5", b"\0\0\0\6"})


@dataclass(slots=True)
class FileGroup:
    """Everything about one record file: its copies, signatures and sidecars."""

    time: str
    """As the name says it; the sort key."""
    copies: list[int] = field(default_factory=list)
    signatures: list[int] = field(default_factory=list)
    sidecars: dict[int, int] = field(default_factory=dict)
    """Number → source."""


@dataclass(slots=True)
class StreamFiles:
    """The files of the evidence, sorted."""

    groups: list[FileGroup] = field(default_factory=list)
    books: list[AddressBook] = field(default_factory=list)
    loose_signatures: list[int] = field(default_factory=list)
    """Signature files without a record file."""


def unpacked(files: EvidenceFiles, source: int, limit: int = MAX_RECORD_BYTES) -> bytes:
    """Return the bytes of a file, decompressed if it is a gzip file.

    Raises:
        ReadError: ``too-long`` past ``limit``, ``gzip-damaged``.
    """
    size = files.evidence.sources[source].size_bytes
    if size > MAX_PACKED_BYTES:
        raise ReadError(f"{size} bytes", "too-long")
    data = files.read(ByteSpan(source, 0, size))
    if data[:2] != GZIP:
        return data
    inflate = zlib.decompressobj(wbits=31)
    try:
        out = inflate.decompress(data, limit + 1)
    except zlib.error as error:
        raise ReadError(str(error), "gzip-damaged") from error
    if len(out) > limit:
        raise ReadError(f"over {limit} bytes once unpacked", "too-long")
    if not inflate.eof or inflate.unused_data:
        raise ReadError("the compressed data ends too early or late", "gzip-damaged")
    return out


def is_record_file(files: EvidenceFiles, source: int) -> bool:
    """Return whether a file is named or begins like a record file."""
    name = files.path(source).name
    if RECORD_NAME.match(name):
        return True
    if SIDECAR_NAME.match(name) or SIGNATURE_NAME.match(name):
        return False
    head = _head(files, source)
    if head[:4] not in _VERSIONS:
        return False
    if head[:4] == b"\0\0\0\5":
        return head[20:28] == bytes.fromhex("f422da83a251741e")
    if head[:4] == b"\0\0\0\6":
        return head[4:5] == b"\x0a" and ".rcd" in name
    return head[8:9] == b"\1" and ".rcd" in name


def _head(files: EvidenceFiles, source: int) -> bytes:
    head = files.head(source, HEAD_BYTES)
    if head[:2] != GZIP:
        return head
    try:
        return zlib.decompressobj(wbits=31).decompress(head, HEAD_BYTES)
    except zlib.error:
        return b""


def sort_files(files: EvidenceFiles) -> StreamFiles:
    """Return the files of the evidence by what they are."""
    groups: dict[str, FileGroup] = {}
    signatures: list[int] = []
    sidecars: list[tuple[str, int, int]] = []
    out = StreamFiles()
    for source in files.evidence.sources:
        name = files.path(source.index).name
        sidecar = SIDECAR_NAME.match(name)
        if sidecar:
            sidecars.append((sidecar[1], int(sidecar[2]), source.index))
        elif SIGNATURE_NAME.match(name):
            signatures.append(source.index)
        elif is_record_file(files, source.index):
            named = RECORD_NAME.match(name)
            time = named[1] if named else name
            groups.setdefault(time, FileGroup(time)).copies.append(source.index)
        elif source.size_bytes <= MAX_BOOK_BYTES:
            out.books += _books(files, source.index)
    _attach(files, groups, signatures, out)
    for time, number, source_index in sidecars:
        if time in groups:
            groups[time].sidecars[number] = source_index
    out.groups = [groups[time] for time in sorted(groups, key=_sort_key)]
    return out


def _sort_key(time: str) -> tuple[str, str]:
    """Return a key by which times sort, whatever their number of digits."""
    head, _, fraction = time.removesuffix("Z").partition(".")
    return head, fraction.ljust(9, "0")


def _books(files: EvidenceFiles, source: int) -> list[AddressBook]:
    if files.head(source, 1) != b"\x0a":
        return []
    size = files.evidence.sources[source].size_bytes
    try:
        return [read_address_book(files.read(ByteSpan(source, 0, size)), source)]
    except ReadError:
        return []


def _attach(
    files: EvidenceFiles,
    groups: dict[str, FileGroup],
    signatures: list[int],
    out: StreamFiles,
) -> None:
    """Give signature files to the record file of their time, else of their folder."""
    folders: dict[Path, set[str]] = {}
    for group in groups.values():
        for source in group.copies:
            folders.setdefault(files.path(source).parent, set()).add(group.time)
    for source in signatures:
        path = files.path(source)
        named = _SIGNATURE_TIME.search(path.name)
        near = folders.get(path.parent, set())
        if named and named[1] in groups:
            groups[named[1]].signatures.append(source)
        elif not named and len(near) == 1:
            groups[next(iter(near))].signatures.append(source)
        else:
            out.loose_signatures.append(source)


def node_of(path: Path) -> str:
    """Return the node that a path names: in the file's name, else in its folder's."""
    for part in (path.name, path.parent.name):
        text = _SIGNATURE_TIME.sub("", part)
        found = _NODE.search(text)
        if found:
            return found[1]
    return ""


def load_record(files: EvidenceFiles, source: int) -> RecordFile:
    """Return a record file.

    Raises:
        ReadError: With a reason of ``checks.FRAMING``.
    """
    data = unpacked(files, source)
    is_six = data[:4] == b"\0\0\0\6"
    file = read_record_message(data) if is_six else read_record_stream(data)
    file.source = source
    file.size_bytes = files.evidence.sources[source].size_bytes
    file.packed_at = _packed_at(files.head(source, MAX_GZIP_HEAD))
    return file


def _packed_at(head: bytes) -> int:
    """Return where the compressed data of a gzip file begins (RFC 1952), else -1."""
    if head[:2] != GZIP:
        return -1
    flags, at = head[3], 10
    if flags & 4:  # an extra field with its length
        at += 2 + int.from_bytes(head[at : at + 2], "little")
    for flag in (8, 16):  # a name, a comment, each up to a zero
        if flags & flag:
            at = head.find(b"\0", at) + 1
    return at + 2 * bool(flags & 2)


def load_signature(files: EvidenceFiles, source: int) -> SignatureFile:
    """Return a signature file.

    Raises:
        ReadError: ``signature-malformed``.
    """
    try:
        data = unpacked(files, source, MAX_BOOK_BYTES)
    except ReadError as error:
        raise ReadError(str(error), "signature-malformed") from error
    node = node_of(files.path(source))
    if data[:1] == b"\x06":
        return read_signature_message(data, node, source)
    return read_signature_stream(data, node, source)


def copies_by_content(
    files: EvidenceFiles, group: FileGroup
) -> Iterator[tuple[bytes, list[int]]]:
    """Yield each different content of the copies, the most frequent first."""
    found: dict[bytes, list[int]] = {}
    for source in group.copies:
        try:
            data = unpacked(files, source)
        except ReadError:
            size = files.evidence.sources[source].size_bytes
            data = files.read(ByteSpan(source, 0, min(size, MAX_PACKED_BYTES)))
        found.setdefault(data, []).append(source)
    yield from sorted(found.items(), key=lambda each: -len(each[1]))
