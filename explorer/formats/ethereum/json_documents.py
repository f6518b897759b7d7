"""Finds the JSON documents of a file: one object, a list, or one on each line.

JSON-RPC answers (``{"jsonrpc": …, "result": …}``) are unwrapped, also batches of them.
Only what tells a document's kind is decoded here; the rest is read when it is needed.
"""

import re
from collections.abc import Iterator
from enum import StrEnum

import msgspec

from explorer.core.errors import ReadError
from explorer.core.limits import MAX_RECORD_BYTES
from explorer.core.spans import ByteSpan
from explorer.formats.opening import EvidenceFiles

MAX_DOCUMENTS = 1_000_000
"""Documents in one file."""
MARK = b"\xef\xbb\xbf"
_SPACE = b" \t\r\n"
_NOTHING = msgspec.Raw(b"")
_RESULT = re.compile(rb'"result"\s*:\s*')


class DocumentKind(StrEnum):
    """What a document is."""

    BLOCK = "block"
    RECEIPT = "receipt"
    PROOF = "proof"
    HEX = "hex"
    """A text of hex digits: a block or header in RLP."""
    ABI = "abi"
    OTHER = "other"


class Document(msgspec.Struct, frozen=True, gc=False):
    """One document with its place and what is needed to put it in order."""

    kind: DocumentKind
    source: int
    start: int
    end: int
    number: int = -1
    block_hash: str = ""
    """Of a block its own, of a receipt that of its block."""

    @property
    def span(self) -> ByteSpan:
        """Return its place in the evidence."""
        return ByteSpan(self.source, self.start, self.end)


class _Peek(msgspec.Struct, rename="camel"):
    """The members that tell one kind of document from another."""

    number: msgspec.Raw = _NOTHING
    hash: msgspec.Raw = _NOTHING
    parent_hash: msgspec.Raw = _NOTHING
    block_hash: msgspec.Raw = _NOTHING
    cumulative_gas_used: msgspec.Raw = _NOTHING
    transaction_hash: msgspec.Raw = _NOTHING
    account_proof: msgspec.Raw = _NOTHING
    state_root: msgspec.Raw = _NOTHING
    transactions_root: msgspec.Raw = _NOTHING
    receipts_root: msgspec.Raw = _NOTHING
    logs: msgspec.Raw = _NOTHING
    storage_hash: msgspec.Raw = _NOTHING
    storage_proof: msgspec.Raw = _NOTHING
    result: msgspec.Raw = _NOTHING
    jsonrpc: msgspec.Raw = _NOTHING
    abi: msgspec.Raw = _NOTHING
    type: msgspec.Raw = _NOTHING
    inputs: msgspec.Raw = _NOTHING


_PEEK = msgspec.json.Decoder(_Peek)
_LIST = msgspec.json.Decoder(list[msgspec.Raw])
_RAW = msgspec.json.Decoder(msgspec.Raw)


def documents_of(files: EvidenceFiles, source: int) -> Iterator[Document]:
    """Yield the documents of one file in order.

    Raises:
        ReadError: ``too-long``, ``json-malformed`` or ``too-many-entries``.
    """
    size = files.evidence.sources[source].size_bytes
    if size > MAX_RECORD_BYTES:
        yield from _long_lines(files, source)
        return
    data = files.read(ByteSpan(source, 0, size))
    start = len(MARK) if data.startswith(MARK) else 0
    for count, (at, end) in enumerate(_values(data, start)):
        if count >= MAX_DOCUMENTS:
            raise ReadError(f"over {MAX_DOCUMENTS} documents", "too-many-entries")
        yield from _unwrapped(data, at, end, source, 0, depth=3)


def _long_lines(files: EvidenceFiles, source: int) -> Iterator[Document]:
    """Yield the documents of a long file, which must have one on each line."""
    base, rest = 0, b""
    for _, chunk in files.chunks(source):
        rest += chunk
        *lines, rest = rest.split(b"\n")
        for line in lines:
            if line.strip(_SPACE):
                yield from _unwrapped(line, 0, len(line), source, base, depth=3)
            base += len(line) + 1
        if len(rest) > MAX_RECORD_BYTES:
            raise ReadError(f"a line over {MAX_RECORD_BYTES} bytes", "too-long")
    if rest.strip(_SPACE):
        yield from _unwrapped(rest, 0, len(rest), source, base, depth=3)


def _values(data: bytes, start: int) -> Iterator[tuple[int, int]]:
    """Yield the place of the one value of a file, or of the value on each line."""
    end = len(data.rstrip(_SPACE))
    try:
        _RAW.decode(memoryview(data)[start:end])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass
    else:
        yield start, end
        return
    if b"\n" not in data[start:end]:
        yield start, end
        return
    at = start
    for line in data[start:end].split(b"\n"):
        if line.strip(_SPACE):
            yield at, at + len(line.rstrip(_SPACE))
        at += len(line) + 1


def _unwrapped(
    data: bytes, at: int, end: int, source: int, base: int, depth: int
) -> Iterator[Document]:
    """Yield the documents of one value: of a list its members, of an answer its result.

    ``base`` is where ``data`` begins in the file.
    """
    at = end - len(data[at:end].lstrip(_SPACE))
    piece = data[at:end]
    place = (source, base + at, base + end)
    if piece[:1] == b'"':
        yield Document(DocumentKind.HEX, *place)
        return
    try:
        if piece[:1] == b"[":
            yield from _members(data, at, piece, source, base, depth)
            return
        peek = _PEEK.decode(piece)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ReadError(str(error), "json-malformed", ByteSpan(*place)) from error
    result = bytes(peek.result)
    if result and not bytes(peek.parent_hash) and depth > 0:
        found = _RESULT.search(piece)
        inner = piece.find(result, found.end() if found else 0)
        start = at + max(inner, 0)
        yield from _unwrapped(data, start, start + len(result), source, base, depth - 1)
        return
    yield _document(peek, *place)


def _members(
    data: bytes, at: int, piece: bytes, source: int, base: int, depth: int
) -> Iterator[Document]:
    members = _LIST.decode(piece)
    if _is_abi(members):
        yield Document(DocumentKind.ABI, source, base + at, base + at + len(piece))
        return
    if depth <= 0 or len(members) > MAX_DOCUMENTS:
        raise ReadError("lists in lists", "json-malformed")
    inner = 0
    for member in members:
        raw = bytes(member)
        inner = piece.index(raw, inner)
        start = at + inner
        yield from _unwrapped(data, start, start + len(raw), source, base, depth - 1)
        inner += len(raw)


def _is_abi(members: list[msgspec.Raw]) -> bool:
    """Return whether a list declares functions and events of a contract."""
    if not members:
        return False
    try:
        first = _PEEK.decode(members[0])
    except (msgspec.DecodeError, UnicodeDecodeError):
        return False
    words = {b'"function"', b'"event"', b'"constructor"', b'"error"', b'"fallback"'}
    return bytes(first.type) in {*words, b'"receive"'} and not bytes(first.hash)


def _document(peek: _Peek, source: int, start: int, end: int) -> Document:
    kind = _kind_of(peek)
    block_hash = peek.hash if kind is DocumentKind.BLOCK else peek.block_hash
    number = _number(bytes(peek.number))
    name = bytes(block_hash).decode(errors="replace").strip('"').lower()
    return Document(kind, source, start, end, number, name)


def _kind_of(peek: _Peek) -> DocumentKind:
    """Return the kind that at least two members speak for: one may be missing."""
    own = (
        (
            DocumentKind.BLOCK,
            (
                peek.parent_hash,
                peek.state_root,
                peek.transactions_root,
                peek.receipts_root,
            ),
        ),
        (
            DocumentKind.PROOF,
            (peek.account_proof, peek.storage_hash, peek.storage_proof),
        ),
        (
            DocumentKind.RECEIPT,
            (
                peek.cumulative_gas_used,
                peek.transaction_hash,
                peek.logs,
                peek.block_hash,
            ),
        ),
    )
    for kind, members in own:
        if sum(bool(bytes(each)) for each in members) > 1:
            return kind
    return DocumentKind.ABI if bytes(peek.abi) else DocumentKind.OTHER


def _number(raw: bytes) -> int:
    text = raw.decode(errors="replace").strip('"')
    try:
        number = int(text, 16 if text.startswith("0x") else 10)
    except ValueError:
        return -1
    return number if 0 <= number < 2**63 else -1
