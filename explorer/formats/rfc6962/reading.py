"""Reads inclusion and consistency proofs from JSON.

RFC 6962 and RFC 9162 fix what is proven, not how it is written: the names of fields of
the Go library ``transparency-dev/merkle`` and of common logs are taken; values are hex
or base64. Leaves may be given as hash or as data. Left out: signed tree heads.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from explorer.core.errors import ReadError
from explorer.core.limits import MAX_RECORD_BYTES
from explorer.crypto.trees import leaf_hash

MAX_SIZE = 1 << 63
MAX_PATH = 1_000
_HEX_DIGEST = re.compile(r"(?:0x)?([0-9A-Fa-f]{64})")
_INDEX = ("leafIdx", "leafIndex", "leaf_index", "logIndex", "log_index", "index")
_SIZE = ("treeSize", "tree_size", "size")
_ROOT = ("root", "rootHash", "root_hash", "treeRoot")
_LEAF_HASH = ("leafHash", "leaf_hash")
_LEAF = ("leaf", "leafData", "leaf_data", "leaf_input")
_PATH = ("proof", "hashes", "auditPath", "audit_path", "inclusion_path", "consistency")
_FIRST_SIZE, _SECOND_SIZE = ("size1", "first"), ("size2", "second")
_FIRST_ROOT, _SECOND_ROOT = ("root1", "first_root"), ("root2", "second_root")

# JSON as decoded; it does not leave this module
_Object = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Inclusion:
    """A leaf is under a root; ``subtree`` is the whole tree or a part of it."""

    leaf_hash: bytes
    index: int
    subtree: range
    is_part: bool
    path: tuple[bytes, ...]
    root: bytes


@dataclass(frozen=True, slots=True)
class Consistency:
    """A tree, or a part of one, is contained in a later tree."""

    subtree: range
    size: int
    is_part: bool
    roots: tuple[bytes, bytes]
    path: tuple[bytes, ...]


Proof = Inclusion | Consistency


def looks_like_proofs(head: bytes) -> bool:
    """Return whether a JSON text begins like proofs."""
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in {b"{", b"["}:
        return False
    names = {each.decode() for each in re.findall(rb'"([A-Za-z_0-9]{1,20})"\s*:', head)}
    has_path = not names.isdisjoint(_PATH)
    leaf = not names.isdisjoint(_INDEX) and not names.isdisjoint((*_ROOT, "end"))
    trees = not names.isdisjoint(_FIRST_ROOT) and not names.isdisjoint(_SECOND_ROOT)
    return has_path and (leaf or trees)


def read_proofs(data: bytes) -> list[Proof | ReadError]:
    """Return the proofs of a text: one object, a list, or one on each line.

    Raises:
        ReadError: ``not-json`` or ``too-long``.
    """
    if len(data) > MAX_RECORD_BYTES:
        raise ReadError("the file is too long", "too-long")
    return [_proof_or_fault(each) for each in _objects(data)]


def _objects(data: bytes) -> list[object]:
    text = data.removeprefix(b"\xef\xbb\xbf")
    try:
        value = msgspec.json.decode(text)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        try:
            return [msgspec.json.decode(each) for each in text.splitlines() if each]
        except (msgspec.MsgspecError, ValueError, RecursionError):
            raise ReadError(f"{error}", "not-json") from error
    return value if isinstance(value, list) else [value]


def _proof_or_fault(value: object) -> Proof | ReadError:
    if not isinstance(value, dict):
        return ReadError("no object", "malformed")
    try:
        names = value.keys()
        if not names.isdisjoint(_FIRST_ROOT):
            return _consistency(value)
        return _inclusion(value)
    except ReadError as error:
        return error


def _inclusion(value: _Object) -> Inclusion:
    is_part = "end" in value
    start = _number(value, ("start",), 0)
    end = _number(value, ("end",)) if is_part else _number(value, _SIZE, 0)
    hashed = _octets(_field(value, _LEAF_HASH))
    leaf = _field(value, _LEAF)
    if leaf is not None:
        hashed = leaf_hash(_octets(leaf))
    index = _number(value, _INDEX, 0)
    subtree = range(start, end)
    root = _octets(_field(value, _ROOT))
    return Inclusion(hashed, index, subtree, is_part, _path(value), root)


def _consistency(value: _Object) -> Consistency:
    is_part = "end" in value
    if is_part:
        subtree = range(_number(value, ("start",), 0), _number(value, ("end",)))
        size = _number(value, _SIZE, 0)
    else:
        subtree = range(_number(value, _FIRST_SIZE, 0))
        size = _number(value, _SECOND_SIZE, 0)
    first, second = _field(value, _FIRST_ROOT), _field(value, _SECOND_ROOT)
    roots = (_octets(first), _octets(second))
    return Consistency(subtree, size, is_part, roots, _path(value))


def _path(value: _Object) -> tuple[bytes, ...]:
    nodes = _field(value, _PATH)
    if nodes is None:
        return ()
    if not isinstance(nodes, list) or len(nodes) > MAX_PATH:
        raise ReadError("the path is no list", "malformed")
    return tuple(_octets(each) for each in nodes)


def _field(value: _Object, names: tuple[str, ...]) -> object:
    for name in names:
        if value.get(name) is not None:
            return value[name]
    return None


def _number(value: _Object, names: tuple[str, ...], absent: int | None = None) -> int:
    found = _field(value, names)
    if found is None and absent is not None:
        return absent
    if isinstance(found, str) and found.isascii() and found.isdigit():
        found = int(found[:20])
    is_number = isinstance(found, int) and not isinstance(found, bool)
    if not is_number or not 0 <= int(str(found)) < MAX_SIZE:
        raise ReadError(f"{names[0]} is no number", "malformed")
    return int(str(found))


def _octets(value: object) -> bytes:
    if value is None:
        return b""
    if not isinstance(value, str):
        raise ReadError("a hash is no text", "malformed")
    written = _HEX_DIGEST.fullmatch(value)
    if written:
        return bytes.fromhex(written[1])
    text = value.replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ReadError("a hash is neither hex nor base64", "malformed") from error
