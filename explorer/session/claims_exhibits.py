"""Attached documents and photos: hashed, and looked for in all that a ledger holds.

SHA-256, SHA-512 (FIPS 180-4) and SM3 (GB/T 32905-2016) of the file's bytes. Each is
looked for as hex (either case), as base64 (both alphabets, also as JSON escapes it) and
as plain bytes: in every byte of the evidence, credited to the entry it stands in, and
in recorded values that the evidence holds in another encoding.

No entry that holds a hash is no sign either way: a document may be recorded under the
hash of another copy, of a compressed file, or not at all.
"""

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives import hashes

from explorer.core.absent import Absent
from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.formats.opening import EvidenceFiles
from explorer.model.blocks import NO_BLOCK
from explorer.model.claim_sheets import EntryPlace, Exhibit, FoundHash
from explorer.store.holding_queries import HeldPlace, HoldingReader

MAX_FOUND = 200
"""Most places named for one file."""

MAX_EXHIBIT_BYTES = 8 * 2**30
_CHUNK = 1 << 20
_OVERLAP = 200
"""Longer than any spelling of a hash, so that none is cut by the end of a chunk."""


@dataclass(frozen=True, slots=True)
class _Needle:
    algorithm: str
    spelling: str
    data: bytes


def make_exhibit(
    path: Path, captured_at: datetime, codes: tuple[str, ...] = ()
) -> Exhibit:
    """Return a file's digests and when it was attached.

    Raises:
        ReadError: If it cannot be read.
    """
    sha256, sha512 = hashlib.sha256(), hashlib.sha512()
    sm3, size = hashes.Hash(hashes.SM3()), 0
    try:
        if path.stat().st_size > MAX_EXHIBIT_BYTES:
            raise ReadError(f"{path.name} is too large", "too-long")
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                size += len(chunk)
                for each in (sha256, sha512, sm3):
                    each.update(chunk)
    except OSError as error:
        raise ReadError(f"{path.name}: {error.strerror}", "cannot-read") from error
    digests = (sha256.hexdigest(), sha512.hexdigest(), sm3.finalize().hex())
    return Exhibit(path.name, size, *digests, captured_at, codes)


def search_exhibit(
    exhibit: Exhibit, holdings: HoldingReader, files: EvidenceFiles
) -> Exhibit:
    """Return the exhibit with every place of a ledger that holds one of its hashes."""
    needles = list(_needles(exhibit))
    found: dict[tuple[object, ...], FoundHash] = {}
    for each in (
        *_in_evidence(needles, holdings, files),
        *_in_values(needles, holdings),
        *_as_ids(exhibit, holdings),
    ):
        key = (each.block, each.place, each.algorithm, each.spelling)
        found.setdefault(key, each)
        if len(found) >= MAX_FOUND:
            break
    searched = holdings.entry_count()
    return replace(exhibit, found=tuple(found.values()), searched_entries=searched)


def _needles(exhibit: Exhibit) -> Iterator[_Needle]:
    for name, text in (
        ("sha256", exhibit.sha256),
        ("sha512", exhibit.sha512),
        ("sm3", exhibit.sm3),
    ):
        raw = bytes.fromhex(text)
        standard = base64.b64encode(raw).rstrip(b"=")
        url_safe = base64.urlsafe_b64encode(raw).rstrip(b"=")
        escaped = standard.replace(b"/", b"\\/")
        yield _Needle(name, "hex", text.encode())
        yield _Needle(name, "hex", text.upper().encode())
        yield _Needle(name, "bytes", raw)
        for spelled in dict.fromkeys((standard, url_safe, escaped)):
            yield _Needle(name, "base64", spelled)


def _in_evidence(
    needles: list[_Needle], holdings: HoldingReader, files: EvidenceFiles
) -> Iterator[FoundHash]:
    for source in range(len(files.evidence.sources)):
        before = b""
        for offset, chunk in files.chunks(source, _CHUNK):
            data, start = before + chunk, offset - len(before)
            for needle in needles:
                for at in _all(data, needle.data):
                    span = ByteSpan(source, start + at, start + at + len(needle.data))
                    place = holdings.place_at(span)
                    if place is not None:
                        yield _found(needle, place)
                    elif not holdings.is_read(span):
                        nowhere = HeldPlace(NO_BLOCK, -1, Absent.NOT_IN_FORMAT)
                        yield _found(needle, nowhere)
            before = data[-_OVERLAP:]


def _all(data: bytes, needle: bytes) -> Iterator[int]:
    at = data.find(needle)
    while at >= 0:
        yield at
        at = data.find(needle, at + 1)


def _in_values(needles: list[_Needle], holdings: HoldingReader) -> Iterator[FoundHash]:
    for needle in needles:
        for place in holdings.values_holding(needle.data):
            yield _found(needle, place)


def _as_ids(exhibit: Exhibit, holdings: HoldingReader) -> Iterator[FoundHash]:
    """Yield blocks and entries whose own hash or id is the digest."""
    for name, text in (("sha256", exhibit.sha256), ("sm3", exhibit.sm3)):
        for place in holdings.named(text):
            yield _found(_Needle(name, "id", b""), place)


def _found(needle: _Needle, place: HeldPlace) -> FoundHash:
    entry: EntryPlace | Absent = Absent.NOT_IN_FORMAT
    if place.entry >= 0:
        entry = EntryPlace(place.block, place.entry)
    name, spelling = needle.algorithm, needle.spelling
    return FoundHash(entry, place.block, name, spelling, place.time_us)
