"""Reads ``.ots`` files: the digest, and every path from it to an attestation.

OpenTimestamps, ``python-opentimestamps`` 0.4 (``core/serialize.py``, ``core/op.py``,
``core/timestamp.py``, ``core/notary.py``): the only description of the format there is.
The tree is walked with a stack, never by recursion.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from explorer.core.absent import Absent
from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ReadError
from explorer.crypto.hashes import digest
from explorer.crypto.proofs import lead
from explorer.model.claims import ProofStep

MAGIC = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94"
MAX_STAMP_BYTES = 16 * 2**20
"""Longest proof that is read."""
MAX_MESSAGE_BYTES = 4_096
MAX_PAYLOAD_BYTES = 8_192
MAX_STEPS = 256
"""Longest path, as the reference library limits it."""
MAX_ITEMS = 100_000
"""Operations and attestations of one proof."""

_HASHES = {
    0x02: HashAlgorithm.SHA1,
    0x03: HashAlgorithm.RIPEMD160,
    0x08: HashAlgorithm.SHA256,
    0x67: HashAlgorithm.KECCAK256,
}
_FORK, _ATTESTATION = 0xFF, 0x00
_APPEND, _PREPEND, _REVERSE, _HEXLIFY = 0xF0, 0xF1, 0xF2, 0xF3
_KINDS = {
    bytes.fromhex("0588960d73d71901"): "bitcoin",
    bytes.fromhex("06869a0d73d71b45"): "litecoin",
    bytes.fromhex("30fe8087b5c7ead7"): "ethereum",
    bytes.fromhex("83dfe30d2ef90c8e"): "pending",
}
BITCOIN, PENDING, UNKNOWN = "bitcoin", "pending", "unknown"

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Step:
    """One operation of a path."""

    name: str
    argument: bytes
    place: Place


@dataclass(frozen=True, slots=True)
class Attestation:
    """The end of a path: what somebody says about the value there."""

    kind: str
    height: int
    """Of the block named; -1 where none is."""
    uri: str
    """Of the calendar of a pending one."""
    payload: bytes
    place: Place
    steps: tuple[Step, ...]
    message: bytes
    """The value that the path leads to."""
    start: bytes
    """The value behind the last operation that no ``ProofStep`` can say."""
    proof: tuple[ProofStep, ...]
    """From ``start`` to ``message``."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """One proof."""

    algorithm: HashAlgorithm
    digest: bytes
    digest_place: Place
    attestations: tuple[Attestation, ...]


class _Cursor:
    """Reads on in the bytes of a proof."""

    def __init__(self, data: bytes, at: int) -> None:
        self.data = data
        self.at = at

    def take(self, size: int) -> bytes:
        end = self.at + size
        if end > len(self.data):
            raise ReadError("the file ends inside the proof", "truncated")
        found = self.data[self.at : end]
        self.at = end
        return found

    def number(self) -> int:
        """Return a LEB128 number of at most 63 bits."""
        value = shift = 0
        while True:
            (byte,) = self.take(1)
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value
            if shift > 56:
                raise ReadError("a number is too long", "malformed")

    def counted(self, least: int, most: int) -> bytes:
        size = self.number()
        if not least <= size <= most:
            raise ReadError(f"a length of {size} bytes", "malformed")
        return self.take(size)


def read_stamp(data: bytes) -> Stamp:
    """Return the proof that ``data`` is.

    Raises:
        ReadError: ``unsupported-version``, ``unsupported-operation``, ``truncated``,
            ``trailing-bytes``, ``malformed`` or ``too-large``.
    """
    if not data.startswith(MAGIC):
        raise ReadError("no OpenTimestamps proof", "malformed")
    cursor = _Cursor(data, len(MAGIC))
    version = cursor.number()
    if version != 1:
        raise ReadError(f"version {version}", "unsupported-version")
    algorithm = _HASHES.get(cursor.take(1)[0])
    if algorithm is None:
        raise ReadError("the hash of the file is not known", "unsupported-operation")
    start = cursor.at
    found = cursor.take(algorithm.digest_size)
    attestations = _read_tree(cursor, found)
    if cursor.at != len(data):
        left = len(data) - cursor.at
        raise ReadError(f"{left} bytes behind the proof", "trailing-bytes")
    place = (start, start + len(found))
    return Stamp(algorithm, found, place, tuple(attestations))


def _read_tree(cursor: _Cursor, message: bytes) -> list[Attestation]:
    found: list[Attestation] = []
    waiting: list[tuple[bytes, tuple[Step, ...]]] = [(message, ())]
    items = 0
    while waiting:
        value, steps = waiting.pop()
        start = cursor.at
        (tag,) = cursor.take(1)
        if tag == _FORK:
            waiting.append((value, steps))  # another branch follows this one
            start = cursor.at
            (tag,) = cursor.take(1)
        items += 1
        if items > MAX_ITEMS or len(steps) >= MAX_STEPS:
            raise ReadError("too many operations", "too-large")
        if tag == _ATTESTATION:
            found.append(_read_attestation(cursor, start, message, value, steps))
            continue
        step, value = _read_step(cursor, start, tag, value)
        waiting.append((value, (*steps, step)))
    return found


def _read_step(
    cursor: _Cursor, start: int, tag: int, value: bytes
) -> tuple[Step, bytes]:
    argument, name = b"", ""
    algorithm = _HASHES.get(tag)
    if algorithm is not None:
        name, value = algorithm.value, digest(algorithm, value)
    elif tag == _APPEND:
        name, argument = "append", cursor.counted(1, MAX_MESSAGE_BYTES)
        value += argument
    elif tag == _PREPEND:
        name, argument = "prepend", cursor.counted(1, MAX_MESSAGE_BYTES)
        value = argument + value
    elif tag == _REVERSE:
        name, value = "reverse", value[::-1]
    elif tag == _HEXLIFY:
        name, value = "hexlify", value.hex().encode()
    else:
        raise ReadError(f"operation {tag:#04x}", "unsupported-operation")
    if len(value) > MAX_MESSAGE_BYTES:
        raise ReadError("a value is too long", "too-large")
    return Step(name, argument, (start, cursor.at)), value


def _read_attestation(
    cursor: _Cursor, start: int, message: bytes, value: bytes, steps: tuple[Step, ...]
) -> Attestation:
    kind = _KINDS.get(cursor.take(8), UNKNOWN)
    payload = cursor.counted(0, MAX_PAYLOAD_BYTES)
    inner = _Cursor(payload, 0)
    height, uri = -1, ""
    if kind == PENDING:
        uri = inner.counted(1, 1_000).decode("utf-8", "replace")
    elif kind != UNKNOWN:
        height = inner.number()
    if kind != UNKNOWN and inner.at != len(payload):
        raise ReadError("an attestation is longer than it should be", "malformed")
    place = (start, cursor.at)
    begin, proof = _proof_of(message, steps)
    return Attestation(kind, height, uri, payload, place, steps, value, begin, proof)


def _proof_of(
    message: bytes, steps: Sequence[Step]
) -> tuple[bytes, tuple[ProofStep, ...]]:
    """Return the path as proof steps, and the value it begins with."""
    value, proof = message, list[ProofStep]()
    prefix = suffix = b""
    for step in steps:
        match step.name:
            case "append":
                suffix += step.argument
            case "prepend":
                prefix = step.argument + prefix
            case "reverse" | "hexlify":
                value = prefix + lead(value, proof) + suffix
                is_reverse = step.name == "reverse"
                value = value[::-1] if is_reverse else value.hex().encode()
                proof, prefix, suffix = [], b"", b""
            case _:
                proof.append(ProofStep(prefix, suffix, HashAlgorithm(step.name)))
                prefix = suffix = b""
    if prefix or suffix:
        proof.append(ProofStep(prefix, suffix, Absent.NOT_IN_FORMAT))
    return value, tuple(proof)


def segments(attestation: Attestation) -> list[Place]:
    """Return where the operations of a path stand, neighbours put together."""
    found: list[Place] = []
    for step in attestation.steps:
        if found and found[-1][1] == step.place[0]:
            found[-1] = (found[-1][0], step.place[1])
        else:
            found.append(step.place)
    return found
