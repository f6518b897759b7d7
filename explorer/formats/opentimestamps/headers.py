"""Finds the header of the block that a proof names among the other files.

A header is found by the Merkle root that it must hold, so that any file with it serves:
headers, blocks, files of a node (not obfuscated), hex, or JSON of ``getblockheader``
and ``getblock``. It must have done the work that it states.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from explorer.core.errors import ReadError
from explorer.core.limits import MAX_RECORD_BYTES
from explorer.core.spans import ByteSpan
from explorer.crypto.bitcoin_headers import is_worked
from explorer.encodings.bitcoin_headers import (
    HEADER_BYTES,
    ROOT,
    header_from_fields,
)
from explorer.formats.opening import EvidenceFiles

_OVERLAP = 512
_HEX_HEADER = re.compile(rb"\s*([0-9A-Fa-f]{160})\s*")


@dataclass(frozen=True, slots=True)
class FoundHeader:
    """A header with its place."""

    header: bytes
    place: ByteSpan
    root_place: ByteSpan
    height: int = -1
    """Height that the export states; -1: none."""


_Form = TypeVar("_Form")


class _Fields(msgspec.Struct, frozen=True):
    version: int
    merkleroot: str
    time: int
    nonce: int
    bits: str
    previousblockhash: str = ""
    height: int = -1


class _Answer(msgspec.Struct, frozen=True):
    result: _Fields


def find_headers(
    files: EvidenceFiles, sources: Collection[int], roots: Collection[bytes]
) -> dict[bytes, FoundHeader]:
    """Return root → header for the roots that are found."""
    found: dict[bytes, FoundHeader] = {}
    for source in sources:
        for each in (*_in_bytes(files, source, roots), *json_headers(files, source)):
            found.setdefault(each.header[ROOT], each)
    return found


def single_header(files: EvidenceFiles, source: int) -> FoundHeader | None:
    """Return the header that is all of a file, in bytes or hex."""
    data = files.head(source, 2 * HEADER_BYTES + 16)
    hex_form = _HEX_HEADER.fullmatch(data)
    if hex_form:
        header, scale, at = bytes.fromhex(hex_form[1].decode()), 2, hex_form.start(1)
    elif len(data) == HEADER_BYTES:
        header, scale, at = data, 1, 0
    else:
        return None
    return _found(header, source, at, scale) if is_worked(header) else None


def _in_bytes(
    files: EvidenceFiles, source: int, roots: Collection[bytes]
) -> Iterator[FoundHeader]:
    before, at = b"", 0
    for start, chunk in files.chunks(source):
        data, at = before + chunk, start - len(before)
        for root in roots:
            yield from _occurrences(data, root, 1, source, at)
            yield from _occurrences(data, root.hex().encode(), 2, source, at)
        before = data[-_OVERLAP:]


def _occurrences(
    data: bytes, needle: bytes, scale: int, source: int, at: int
) -> Iterator[FoundHeader]:
    place = data.find(needle)
    while place >= 0:
        start = place - ROOT.start * scale
        piece = data[max(start, 0) : start + HEADER_BYTES * scale]
        header = piece if scale == 1 else _from_hex(piece)
        if start >= 0 and is_worked(header):
            yield _found(header, source, at + start, scale)
            return
        place = data.find(needle, place + 1)


def _found(header: bytes, source: int, at: int, scale: int) -> FoundHeader:
    return FoundHeader(
        header,
        ByteSpan(source, at, at + HEADER_BYTES * scale),
        ByteSpan(source, at + ROOT.start * scale, at + ROOT.stop * scale),
    )


def _from_hex(text: bytes) -> bytes:
    try:
        return bytes.fromhex(text.decode("ascii"))
    except ValueError:
        return b""


def json_headers(files: EvidenceFiles, source: int) -> list[FoundHeader]:
    """Return the headers of a JSON file, none if it is no such file."""
    head = files.head(source, 64).lstrip(b"\xef\xbb\xbf \t\r\n")
    size = files.evidence.sources[source].size_bytes
    if head[:1] not in {b"{", b"["} or size > MAX_RECORD_BYTES:
        return []
    whole = ByteSpan(source, 0, size)
    data = files.read(whole)
    found: list[FoundHeader] = []
    for each in _decoded(data):
        moment = (each.time, each.nonce)
        try:
            header = header_from_fields(
                each.version, each.previousblockhash, each.merkleroot, moment, each.bits
            )
        except ReadError:
            continue
        if is_worked(header):
            at = data.find(each.merkleroot.encode())
            root_place = ByteSpan(source, at, at + len(each.merkleroot))
            found.append(FoundHeader(header, whole, root_place, each.height))
    return found


def _decoded(data: bytes) -> list[_Fields]:
    found = _decode(data, list[_Fields])
    if found is not None:
        return found
    answer = _decode(data, _Answer)
    if answer is not None:
        return [answer.result]
    lines = (_decode(line, _Fields) for line in (data, *data.splitlines()))
    return [each for each in lines if each is not None]


def _decode(data: bytes, form: type[_Form]) -> _Form | None:
    try:
        return msgspec.json.decode(data, type=form)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
