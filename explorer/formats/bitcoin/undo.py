"""What inputs spend, from files beside the blocks: ``rev?????.dat`` and lists.

Bitcoin Core 29, ``src/undo.h``, ``src/compressor.h``, ``src/serialize.h`` (VARINT). A
record of a ``rev`` file ends with the double SHA-256 over the hash of its block's
parent and the record, so that it belongs to one block alone. Also read: plain lists of
(value, script) in the order of the inputs, and lists keyed by outpoint whose values are
written as btcd stores them (its variable-length number equals Core's VARINT).
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from explorer.core.errors import ReadError
from explorer.core.limits import MAX_RECORD_BYTES
from explorer.crypto.secp256k1 import decode_point, encode_point
from explorer.formats.bitcoin.networks import MAX_MONEY
from explorer.formats.bitcoin.parsing import read_size
from explorer.formats.bitcoin.records import Spent
from explorer.formats.bitcoin.store import FRAME_HEAD, StoreFile

_CHECKSUM = 32
_KNOWN_SCRIPTS = 6
MAX_SCRIPT_BYTES = 10_000
_MAX_NUMBER_BYTES = 10


@dataclass(frozen=True, slots=True)
class UndoRecord:
    """One record of a ``rev`` file, not yet parsed."""

    start: int
    end: int
    count: int
    """Transactions that it speaks of."""


class UndoFiles:
    """The records of all ``rev`` files, found by the block they belong to."""

    def __init__(self, stores: list[StoreFile]) -> None:
        """Take the files; nothing is read yet."""
        self._stores = stores
        self._by_count: dict[int, list[tuple[StoreFile, UndoRecord]]] | None = None

    def spent_by(
        self, parent: bytes, input_counts: list[int]
    ) -> list[Spent | None] | None:
        """Return what a block's inputs spend; ``None`` where no record belongs to it.

        ``input_counts`` holds the inputs of each transaction without the coinbase.
        """
        if self._by_count is None:
            self._by_count = self._index()
        records = self._by_count.get(len(input_counts), [])
        for place, (store, record) in enumerate(records):
            body = store.read(record.start, record.end + _CHECKSUM)
            if _sha256d(parent + body[:-_CHECKSUM]) == body[-_CHECKSUM:]:
                del records[place]
                return _spent_of(body[:-_CHECKSUM], input_counts)
        return None

    def _index(self) -> dict[int, list[tuple[StoreFile, UndoRecord]]]:
        found: dict[int, list[tuple[StoreFile, UndoRecord]]] = {}
        for store in self._stores:
            for record in _records(store):
                found.setdefault(record.count, []).append((store, record))
        return found


def _records(store: StoreFile) -> Iterator[UndoRecord]:
    at = 0
    while at + FRAME_HEAD < store.size:
        head = store.read(at, at + FRAME_HEAD + 9)
        size = int.from_bytes(head[4:8], "little")
        start = at + FRAME_HEAD
        end = start + size
        is_frame = head[:4] == store.magic and 0 < size <= MAX_RECORD_BYTES
        if not is_frame or end + _CHECKSUM > store.size:
            return
        try:
            count, _ = read_size(head, FRAME_HEAD)
        except ReadError:
            return
        yield UndoRecord(start, end, count)
        at = end + _CHECKSUM


def _spent_of(data: bytes, input_counts: list[int]) -> list[Spent | None] | None:
    """Return the parsed record, ``None`` if it does not fit the inputs."""
    found: list[Spent | None] = []
    try:
        count, at = read_size(data, 0)
        for wanted in input_counts:
            inputs, at = read_size(data, at)
            if inputs != wanted:
                return None
            for _ in range(inputs):
                spent, at = _read_coin(data, at)
                found.append(spent)
    except ReadError:
        return None
    return found if at == len(data) and count == len(input_counts) else None


def _read_coin(data: bytes, at: int) -> tuple[Spent, int]:
    code, at = read_number(data, at)
    if code >> 1:
        _, at = read_number(data, at)  # a version that older nodes wrote
    return _read_compressed(data, at, code >> 1)


def _read_compressed(data: bytes, at: int, height: int) -> tuple[Spent, int]:
    amount, at = read_number(data, at)
    script, at = _read_script(data, at)
    value = amount_of(amount)
    if value > MAX_MONEY:
        raise ReadError("an amount beyond all money", "malformed")
    return Spent(value, script, height, -1), at


def read_number(data: bytes, at: int) -> tuple[int, int]:
    """Return a VARINT: base 128, most significant first, one added at each step.

    Raises:
        ReadError: ``truncated``, or ``malformed`` if it is too long.
    """
    number = 0
    for index, byte in enumerate(data[at : at + _MAX_NUMBER_BYTES]):
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            return number, at + index + 1
        number += 1
    raise ReadError("a number does not end", "truncated")


def amount_of(compressed: int) -> int:
    """Return the amount of its compressed form (``DecompressAmount``)."""
    if not compressed:
        return 0
    rest, exponent = divmod(compressed - 1, 10)
    if exponent < 9:
        rest, digit = divmod(rest, 9)
        number = rest * 10 + digit + 1
    else:
        number = rest + 1
    return int(number * 10**exponent)


def _read_script(data: bytes, at: int) -> tuple[bytes, int]:
    size, at = read_number(data, at)
    if size < _KNOWN_SCRIPTS:
        width = 20 if size < 2 else 32
        end = at + width
        if end > len(data):
            raise ReadError("the bytes end inside a script", "truncated")
        return _known_script(size, data[at:end]), end
    end = at + size - _KNOWN_SCRIPTS
    if end > len(data) or end - at > MAX_SCRIPT_BYTES:
        raise ReadError("a script is too long", "truncated")
    return data[at:end], end


def _known_script(form: int, body: bytes) -> bytes:
    if form == 0:
        return b"\x76\xa9\x14" + body + b"\x88\xac"
    if form == 1:
        return b"\xa9\x14" + body + b"\x87"
    if form < 4:
        return b"\x21" + bytes((form,)) + body + b"\xac"
    point = encode_point(decode_point(bytes((form - 2,)) + body))
    return b"\x41" + point + b"\xac"


def listed_outputs(data: bytes) -> list[Spent | None]:
    """Return a list of (value, script) in the order of the inputs.

    Raises:
        ReadError: If it is none.
    """
    found: list[Spent | None] = []
    at = 0
    while at < len(data):
        value = int.from_bytes(data[at : at + 8], "little", signed=True)
        size, script = read_size(data, at + 8)
        end = script + size
        if not 0 <= value <= MAX_MONEY or end > len(data) or size > MAX_SCRIPT_BYTES:
            raise ReadError("no list of outputs", "malformed")
        found.append(Spent(value, data[script:end], -1, -1))
        at = end
    return found


def keyed_outputs(data: bytes) -> dict[bytes, Spent]:
    """Return outpoint → output of a list keyed by outpoint.

    Each: 32 bytes of id, index, length (4 bytes each), then a header number (height and
    coinbase), compressed amount, compressed script.

    Raises:
        ReadError: If it is none.
    """
    found: dict[bytes, Spent] = {}
    at = 0
    while at < len(data):
        start = at + 40
        end = start + int.from_bytes(data[at + 36 : start], "little")
        if end > len(data):
            raise ReadError("no list of outputs", "truncated")
        code, body = read_number(data, start)
        spent, stop = _read_compressed(data, body, code >> 1)
        if stop != end:
            raise ReadError("no list of outputs", "malformed")
        found[data[at : at + 36]] = spent
        at = end
    return found


def _sha256d(data: bytes) -> bytes:
    return hashlib.sha256(hashlib.sha256(data).digest()).digest()
