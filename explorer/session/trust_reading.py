"""Reads trust material that the user names: files, MSP folders, profiles, checkpoints.

``crypto.trust_files`` and ``crypto.trust_profile`` say what the bytes mean.
"""

import re
import stat
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from explorer.core.absent import Absent
from explorer.core.errors import CheckpointError, ReadError, TrustError
from explorer.core.limits import MAX_FILES, MAX_TRUST_FILE_BYTES
from explorer.core.resources import resource
from explorer.crypto.trust import (
    AnchorOrigin,
    HistoryAnchor,
    IdentityAnchor,
    TrustStore,
)
from explorer.crypto.trust_files import (
    MspRole,
    anchors_from_json,
    anchors_from_pem,
    msp_place,
)
from explorer.crypto.trust_profile import (
    MIN_BLOCK_HASH_BYTES,
    FileReference,
    profile_from_toml,
)
from explorer.formats.cometbft.anchors import anchors_from_validators
from explorer.formats.hedera.book import anchors_from_address_book
from explorer.formats.opentimestamps.anchoring import read_header, stamped_anchors

_BUNDLED = re.compile(r"bundled:([a-z0-9-]+)")
"""A profile that comes with the program; it counts only when it is chosen."""
_STAMP_SUFFIX = ".ots"
_HEADER_SUFFIX = ".header"
_PEM_SUFFIXES = frozenset({".pem", ".crt", ".cer"})


def load_trust(paths: Iterable[Path]) -> TrustStore:
    """Return everything that the files and folders at ``paths`` let one trust.

    Raises:
        TrustError: If one cannot be read or understood; it names the file.
    """
    store = TrustStore()
    for path in paths:
        store = store.merge(_load(path))
    return store


def checkpoint(text: str) -> HistoryAnchor:
    """Return the history anchor written as ``HEIGHT=HASH`` (hash in hex).

    Raises:
        CheckpointError: If it is written otherwise.
    """
    height, equals, value = text.partition("=")
    digits = value.strip().lower().removeprefix("0x")
    number = height.strip()
    is_height = number.isascii() and number.isdigit() and len(number) <= 18
    if not (equals and is_height):
        raise CheckpointError(f"{text} is not HEIGHT=HASH")
    try:
        block_hash = bytes.fromhex(digits)
    except ValueError as error:
        raise CheckpointError(f"{text}: the hash is not written in hex") from error
    if len(block_hash) < MIN_BLOCK_HASH_BYTES:
        raise CheckpointError(f"{text}: a block hash has at least 28 bytes")
    return HistoryAnchor(
        int(number), block_hash, AnchorOrigin.UNSTATED, "checkpoint", "command line"
    )


def _load(path: Path) -> TrustStore:
    bundled = _BUNDLED.fullmatch(str(path))
    if bundled:
        return _load_file(resource("anchors", f"{bundled[1]}.toml"))
    if path.is_dir():
        return _load_folder(path)
    return _load_file(path)


def _load_folder(folder: Path) -> TrustStore:
    anchors: list[IdentityAnchor] = []
    read: list[str] = []
    for number, path in enumerate(sorted(folder.rglob("*"))):
        if number > MAX_FILES:
            raise TrustError(f"{folder} holds more than {MAX_FILES} files")
        if path.suffix.lower() not in _PEM_SUFFIXES or not path.is_file():
            continue
        place = msp_place((folder.name, *path.relative_to(folder).parts))
        if place.role is not MspRole.IGNORED:
            source = str(path)
            anchors += anchors_from_pem(_bytes(path), place.organisation, source)
            read.append(source)
    if not anchors:
        raise TrustError(f"{folder} holds no certificate of a signing authority")
    return TrustStore(tuple(anchors), sources=tuple(read))


def _load_file(path: Path) -> TrustStore:
    data = _bytes(path)
    source = str(path)
    if path.suffix.lower() == _STAMP_SUFFIX:
        return _load_stamp(path, data)
    if path.suffix.lower() == ".toml":
        return _load_profile(path, data)
    if data.lstrip()[:1] in {b"[", b"{"}:
        anchors = anchors_from_validators(data, source) or anchors_from_json(
            data, source
        )
        return TrustStore(anchors, sources=(source,))
    anchors = anchors_from_address_book(data, source)
    if not anchors:
        place = msp_place(path.absolute().parts)
        anchors = anchors_from_pem(data, place.organisation, source)
    return TrustStore(anchors, sources=(source,))


def _load_stamp(path: Path, data: bytes) -> TrustStore:
    """Return the anchors of a time stamp, with the files beside it.

    The stamped file has its name without ``.ots``; the header of the block, in hex or
    as 80 bytes, has its name with ``.header`` behind it.
    """
    header = path.with_name(path.name + _HEADER_SUFFIX)
    found = [read_header(_bytes(header))] if header.is_file() else []
    try:
        anchors = stamped_anchors(data, _bytes(path.with_suffix("")), found, str(path))
    except ReadError as error:
        raise TrustError(f"{path}: {error}") from error
    return TrustStore(history=anchors, sources=(str(path),))


def _load_profile(path: Path, data: bytes) -> TrustStore:
    profile = profile_from_toml(data, str(path))
    store = profile.store
    for reference in profile.files:
        loaded = _load(path.parent / reference.path)
        anchors = _as_referred(loaded.identities, reference)
        history = tuple(
            replace(
                each,
                origin=reference.origin,
                vouched_by=reference.vouched_by,
                label=reference.label or each.label,
                ledger=reference.ledger,
            )
            for each in loaded.history
        )
        store = store.merge(TrustStore(anchors, history, sources=loaded.sources))
    return store


def _as_referred(
    anchors: Sequence[IdentityAnchor], reference: FileReference
) -> tuple[IdentityAnchor, ...]:
    named = not isinstance(reference.organisation, Absent)
    return tuple(
        replace(
            each,
            organisation=reference.organisation if named else each.organisation,
            origin=reference.origin,
            vouched_by=reference.vouched_by,
            label=reference.label or each.label,
        )
        for each in anchors
    )


def _bytes(path: Path) -> bytes:
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            raise TrustError(f"{path} is no file")
        if facts.st_size > MAX_TRUST_FILE_BYTES:
            raise TrustError(f"{path} is over {MAX_TRUST_FILE_BYTES} bytes")
        return path.read_bytes()
    except OSError as error:
        raise TrustError(f"{path}: {error}") from error
