"""Parses transactions and blocks from bytes, strictly, with positions.

Bitcoin Core 29, ``src/serialize.h`` (CompactSize) and ``src/primitives/transaction.h``;
BIP-144. What Core refuses to read is refused here: lengths not in their shortest form,
an unknown flag, a witness marker without any witness.
"""

import hashlib
import struct

from explorer.core.errors import ReadError
from explorer.core.limits import MAX_ENTRIES_PER_BLOCK
from explorer.formats.bitcoin.records import HEADER_BYTES, Transaction

_INPUT_BYTES = 41
_OUTPUT_BYTES = 9
_sha256 = hashlib.sha256
_value = struct.Struct("<q").unpack_from


def read_size(data: bytes, at: int) -> tuple[int, int]:
    """Return a CompactSize and where it ends.

    Raises:
        ReadError: ``truncated``, or ``not-canonical`` if a shorter form exists.
    """
    if at >= len(data):
        raise ReadError("the bytes end before a length", "truncated")
    first = data[at]
    if first < 253:
        return first, at + 1
    width = 1 << (first - 252)
    end = at + 1 + width
    if end > len(data):
        raise ReadError("the bytes end inside a length", "truncated")
    size = int.from_bytes(data[at + 1 : end], "little")
    if size < 253 or (width > 2 and size >> 4 * width == 0):
        raise ReadError("a length is not in its shortest form", "not-canonical")
    return size, end


def write_size(size: int) -> bytes:
    """Return the shortest CompactSize of a number."""
    if size < 253:
        return bytes((size,))
    for mark, width in ((253, 2), (254, 4)):
        if size < 1 << 8 * width:
            return bytes((mark,)) + size.to_bytes(width, "little")
    return b"\xff" + size.to_bytes(8, "little")


def read_block(data: bytes) -> tuple[list[Transaction], int]:
    """Return the transactions of a whole block and where they end.

    Raises:
        ReadError: ``truncated``, ``not-canonical``, ``malformed`` or ``too-many``.
    """
    count, at = read_size(data, HEADER_BYTES)
    if count > MAX_ENTRIES_PER_BLOCK:
        raise ReadError(f"{count} transactions", "too-many")
    return read_transactions(data, at, count)


def read_transactions(
    data: bytes, at: int, count: int
) -> tuple[list[Transaction], int]:
    """Return ``count`` transactions from ``at`` on, and where they end.

    Raises:
        ReadError: ``truncated``, ``not-canonical`` or ``malformed``.
    """
    found: list[Transaction] = []
    try:
        for _ in range(count):
            transaction = _read_transaction(data, at)
            at = transaction.end
            found.append(transaction)
    except (IndexError, OverflowError, struct.error) as error:
        raise ReadError("the bytes end inside a transaction", "truncated") from error
    return found, at


def _read_transaction(data: bytes, start: int) -> Transaction:
    at = start + 4
    has_witness = data[at] == 0
    if has_witness:
        if data[at + 1] != 1:
            raise ReadError("no inputs, or an unknown flag", "malformed")
        at += 2
    inputs_start = at
    inputs, outputs_start = _read_inputs(data, at)
    outputs, outputs_end = _read_outputs(data, outputs_start)
    at = outputs_end
    witnesses: list[list[tuple[int, int]]] = []
    if has_witness:
        for _ in inputs:
            items, at = _read_items(data, at)
            witnesses.append(items)
        if not any(witnesses):
            raise ReadError("a witness marker, but no witness", "malformed")
    end = at + 4
    if end > len(data):
        raise ReadError("the bytes end inside a transaction", "truncated")
    covered = data[start:end]
    if has_witness:
        covered = data[start : start + 4] + data[inputs_start:outputs_end]
        covered += data[at:end]
    txid = _sha256(_sha256(covered).digest()).digest()
    return Transaction(
        start,
        end,
        inputs_start,
        outputs_start,
        outputs_end,
        inputs,
        outputs,
        witnesses,
        txid,
    )


def _read_inputs(data: bytes, at: int) -> tuple[list[tuple[int, int, int]], int]:
    count = data[at]
    at += 1
    if count > 252:
        count, at = read_size(data, at - 1)
    if count * _INPUT_BYTES > len(data) - at:
        raise ReadError(f"{count} inputs do not fit", "truncated")
    found = []
    for _ in range(count):
        outpoint = at
        size = data[at + 36]
        script = at + 37
        if size > 252:
            size, script = read_size(data, at + 36)
        end = script + size
        found.append((outpoint, script, end))
        at = end + 4
    return found, at


def _read_outputs(data: bytes, at: int) -> tuple[list[tuple[int, int, int]], int]:
    count = data[at]
    at += 1
    if count > 252:
        count, at = read_size(data, at - 1)
    if count * _OUTPUT_BYTES > len(data) - at:
        raise ReadError(f"{count} outputs do not fit", "truncated")
    found = []
    for _ in range(count):
        (value,) = _value(data, at)
        size = data[at + 8]
        script = at + 9
        if size > 252:
            size, script = read_size(data, at + 8)
        at = script + size
        found.append((value, script, at))
    return found, at


def _read_items(data: bytes, at: int) -> tuple[list[tuple[int, int]], int]:
    count, at = read_size(data, at)
    if count > len(data) - at:
        raise ReadError(f"{count} witness items do not fit", "truncated")
    found = []
    for _ in range(count):
        size = data[at]
        at += 1
        if size > 252:
            size, at = read_size(data, at - 1)
        found.append((at, at + size))
        at += size
    return found, at


def outpoint_of(data: bytes, entry: tuple[int, int, int]) -> bytes:
    """Return the 36 bytes that name the output an input spends."""
    return data[entry[0] : entry[0] + 36]


def sequence_of(data: bytes, entry: tuple[int, int, int]) -> bytes:
    """Return the 4 bytes of an input's sequence."""
    return data[entry[2] : entry[2] + 4]


def wtxid_of(data: bytes, transaction: Transaction) -> bytes:
    """Return the hash over the transaction with its witness."""
    if not transaction.witnesses:
        return transaction.txid
    return _sha256(_sha256(data[transaction.start : transaction.end]).digest()).digest()
