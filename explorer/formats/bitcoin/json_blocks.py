"""Blocks in JSON as ``getblock`` (levels 0 to 3) and ``getblockheader`` print them.

Bitcoin Core 29, ``src/rpc/blockchain.cpp``. Also taken: lists of them, one on each
line, and the whole answer of a node (``result``). The header's bytes are put together
from its fields; those of a transaction stand in its ``hex``. Amounts are read as exact
decimals.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

import msgspec

from explorer.core.errors import ReadError
from explorer.core.limits import MAX_ENTRIES_PER_BLOCK
from explorer.core.spans import ByteSpan
from explorer.encodings.bitcoin_headers import hash_from_text, header_from_fields
from explorer.formats.bitcoin.networks import COIN, MAX_MONEY
from explorer.formats.bitcoin.parsing import write_size
from explorer.formats.bitcoin.records import (
    HEADER_BYTES,
    Declared,
    Piece,
    Spent,
)

MAX_HEIGHT = 2**31
_MARKS = (b'"merkleroot"', b'"nonce"')
_IDS = re.compile(rb'"tx"\s*:\s*(\[[^\[\]{}]*\])')
_NEEDED = ("version", "merkleroot", "time", "nonce", "bits")
_IS_HEX = re.compile(rb'\s*"?[0-9A-Fa-f]{160,}')


class _Script(msgspec.Struct, frozen=True):
    hex: str = ""


class _Output(msgspec.Struct, frozen=True):
    value: Decimal
    scriptPubKey: _Script  # noqa: N815 - as the node writes it
    height: int = -1


class _Input(msgspec.Struct, frozen=True):
    prevout: _Output | None = None
    coinbase: str | None = None


class _Transaction(msgspec.Struct, frozen=True):
    txid: str = ""
    hash: str = ""
    hex: str = ""
    vin: list[_Input] = []


class _Block(msgspec.Struct, frozen=True):
    version: int
    merkleroot: str
    time: int
    nonce: int
    bits: str
    hash: str = ""
    previousblockhash: str = ""
    height: int = -1
    nTx: int = -1  # noqa: N815 - as the node writes it
    tx: list[_Transaction | str] | None = None

    @property
    def listed(self) -> list[_Transaction | str]:
        """Return the transactions, none where the export has no list of them."""
        return self.tx or []


class _Answer(msgspec.Struct, frozen=True):
    result: msgspec.Raw


@dataclass(frozen=True, slots=True)
class JsonBlock:
    """A block as JSON states it."""

    data: bytes
    pieces: tuple[Piece, ...]
    """Places of the bytes, counted from the start of the JSON text."""
    declared: Declared
    spent: list[Spent | None] | None
    has_body: bool


def looks_like_blocks(head: bytes) -> bool:
    """Return whether a text begins like blocks in JSON."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start == b'"':
        return _IS_HEX.match(head.lstrip(b"\xef\xbb\xbf")) is not None
    is_answer = start == b"{" and re.match(
        rb'\s*\{\s*"result"\s*:\s*"[0-9a-f]{160}', head
    )
    return start in {b"{", b"["} and (
        all(mark in head for mark in _MARKS) or bool(is_answer)
    )


def json_spans(data: bytes) -> list[tuple[int, int]]:
    """Return where each block of a JSON text begins and ends.

    Raises:
        ReadError: If it is no JSON.
    """
    start = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    try:
        value = msgspec.json.decode(data[start:], type=msgspec.Raw)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return _lines(data)
    del value
    return _parts(data, start, len(data))


def _lines(data: bytes) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    at = 0
    for line in data.splitlines(keepends=True):
        end = at + len(line)
        if line.strip():
            found += _parts(data, at, end)
        at = end
    if not found:
        raise ReadError("neither a JSON text nor one on each line", "not-json")
    return found


def _parts(data: bytes, start: int, end: int) -> list[tuple[int, int]]:
    """Return the parts of a list; anything else is one part."""
    while start < end and data[start : start + 1].isspace():
        start += 1
    while end > start and data[end - 1 : end].isspace():
        end -= 1
    if data[start : start + 1] != b"[":
        return [(start, end)]
    try:
        parts = msgspec.json.decode(data[start:end], type=list[msgspec.Raw])
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return [(start, end)]
    found: list[tuple[int, int]] = []
    at = start
    for part in parts:
        text = bytes(part)
        at = data.index(text, at)
        found.append((at, at + len(text)))
        at += len(text)
    return found


def json_block(text: bytes) -> JsonBlock:
    """Return one block.

    Raises:
        ReadError: ``field-missing``, or ``malformed`` if it is none; it names the
            field.
    """
    try:
        return _block(text)
    except (msgspec.MsgspecError, ValueError, OverflowError, RecursionError) as error:
        raise ReadError(f"{error}", "malformed") from error


def _block(text: bytes) -> JsonBlock:
    offset = 0
    if text[:1] == b"{" and re.search(rb'"result"\s*:', text[:200]):
        answer = bytes(msgspec.json.decode(text, type=_Answer).result)
        offset = text.index(answer)
        text = answer
    if text[:1] == b'"':
        return _hex_block(text, offset)
    block = _fields(text)
    header, listed = _header(block), block.listed
    body = [each for each in listed if isinstance(each, _Transaction) and each.hex]
    has_body = bool(body) and len(body) == len(listed)
    data, pieces = header, _header_pieces(text, offset, block)
    if has_body:
        chunks = [header, write_size(len(body))]
        at, found = sum(map(len, chunks)), 0
        for each in body:
            chunk = bytes.fromhex(each.hex)
            written = each.hex.encode()
            place = text.find(written, found)
            if place >= 0:
                found = place + len(written)
                size = 2 * len(chunk)
                pieces.append(Piece(at, at + len(chunk), offset + place, size))
            chunks.append(chunk)
            at += len(chunk)
        data = b"".join(chunks)
    declared = _declared(block, text, offset)
    return JsonBlock(data, tuple(pieces), declared, _spent(block), has_body)


def _fields(text: bytes) -> _Block:
    names = msgspec.json.decode(text, type=dict[str, msgspec.Raw])
    for name in _NEEDED:
        if name not in names:
            raise ReadError(name, "field-missing")
    block = msgspec.json.decode(text, type=_Block)
    if block.height > 0 and not block.previousblockhash:
        raise ReadError("previousblockhash", "field-missing")
    if len(block.listed) > MAX_ENTRIES_PER_BLOCK or block.height > MAX_HEIGHT:
        raise ReadError("too many transactions, or too high", "too-many")
    return block


def _header_pieces(text: bytes, offset: int, block: _Block) -> list[Piece]:
    """Return where the fields of the header stand, each as it is written."""
    fields = (
        ("version", f"{block.version}", 0, 4),
        ("previousblockhash", block.previousblockhash, 4, 36),
        ("merkleroot", block.merkleroot, 36, 68),
        ("time", f"{block.time}", 68, 72),
        ("bits", block.bits, 72, 76),
        ("nonce", f"{block.nonce}", 76, 80),
    )
    found: list[Piece] = []
    for name, value, start, end in fields:
        place = _place_of(text, offset, name, value)
        if value and place is not None:
            found.append(Piece(start, end, place.start, place.size_bytes))
    return found


def _place_of(text: bytes, offset: int, name: str, value: str) -> ByteSpan | None:
    """Return where a field with this value stands, the quotes left out."""
    written = rf'"{name}"\s*:\s*"?({re.escape(value)})[",\s}}]'
    found = re.search(written.encode(), text)
    if found is None:
        return None
    return ByteSpan(0, offset + found.start(1), offset + found.end(1))


def _hex_block(text: bytes, offset: int) -> JsonBlock:
    data = bytes.fromhex(text.strip(b'"').decode("ascii"))
    if len(data) < HEADER_BYTES:
        raise ReadError("shorter than a header", "truncated")
    piece = Piece(0, len(data), offset + 1, 2 * len(data))
    return JsonBlock(data, (piece,), Declared(), None, len(data) > HEADER_BYTES)


def _header(block: _Block) -> bytes:
    moment = (block.time, block.nonce)
    return header_from_fields(
        block.version, block.previousblockhash, block.merkleroot, moment, block.bits
    )


def _declared(block: _Block, text: bytes, offset: int) -> Declared:
    txids: list[bytes] = []
    wtxids: list[bytes] = []
    for each in block.listed:
        shown = each if isinstance(each, str) else each.txid
        if shown:
            txids.append(hash_from_text(shown))
        if isinstance(each, _Transaction) and each.hash:
            wtxids.append(hash_from_text(each.hash))
    is_whole = len(txids) == len(block.listed)
    return Declared(
        hash_from_text(block.hash) if block.hash else b"",
        block.height,
        tuple(txids) if is_whole else (),
        tuple(wtxids) if len(wtxids) == len(block.listed) else (),
        block.nTx,
        _place_of(text, offset, "hash", block.hash) if block.hash else None,
        _ids_place(text, offset),
        -1 if block.tx is None else len(block.tx),
    )


def _ids_place(text: bytes, offset: int) -> ByteSpan | None:
    """Return where a list of ids stands, from bracket to bracket."""
    found = _IDS.search(text)
    if found is None:
        return None
    return ByteSpan(0, offset + found.start(1), offset + found.end(1))


def _spent(block: _Block) -> list[Spent | None] | None:
    """Return what the inputs spend (level 3), ``None`` where nothing is stated."""
    found: list[Spent | None] = []
    for each in block.listed[1:]:
        if isinstance(each, str):
            return None
        found += [_spent_output(entry.prevout) for entry in each.vin]
    return found if any(found) else None


def _spent_output(output: _Output | None) -> Spent | None:
    if output is None:
        return None
    value = output.value * COIN
    if value != value.to_integral_value() or not 0 <= value <= MAX_MONEY:
        raise ReadError("an amount of a spent output is impossible", "malformed")
    script = bytes.fromhex(output.scriptPubKey.hex)
    return Spent(int(value), script, output.height, -1)
