"""Cuts a file of any size into the JSON objects that are records of a FISCO ledger.

An export wraps records in whatever its tool likes: ``{"jsonrpc", "id", "result"}``, a
list, ``{"code", "data"}``, one object a line. Outside of records every token is read as
RFC 8259 demands; an object becomes a record with its first key that only records have,
and is then followed to its end by brackets alone. Its inside is read later, by itself.

Lines of a JSON Lines file are read one by one, so that a damaged one hides no other.
Answers of the console may stand behind its prompt (``[group:1]> getBlockByNumber 1``).
"""

import re
from collections.abc import Iterator

import msgspec

from explorer.core.errors import ReadError
from explorer.core.limits import MAX_NESTING, MAX_RECORD_BYTES
from explorer.core.spans import ByteSpan
from explorer.formats.opening import EvidenceFiles

FIRST_CHUNK_BYTES = 2**20
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"

RECORD_KEYS = frozenset(
    {
        "abi",
        "blockHash",
        "blockLimit",
        "blockNumber",
        "chainID",
        "chainId",
        "consensusWeights",
        "contractAddress",
        "dbHash",
        "from",
        "gasLimit",
        "gasPrice",
        "gasUsed",
        "groupID",
        "hash",
        "importTime",
        "input",
        "logEntries",
        "logsBloom",
        "nonce",
        "number",
        "parentHash",
        "parentInfo",
        "receiptProof",
        "receiptsRoot",
        "sealer",
        "sealerList",
        "signatureList",
        "stateRoot",
        "transaction",
        "transactionHash",
        "transactionReceipt",
        "transactions",
        "transactionsRoot",
        "txProof",
        "txReceiptProof",
        "txsRoot",
    }
)
"""Keys that make the object around them a record."""

_TOKEN = re.compile(
    rb"[ \t\r\n]*+(?:"
    rb'("[^"\\]*+(?:\\.[^"\\]*+)*+")'
    rb"|([{}\[\],:])"
    rb"|(true|false|null|-?[0-9][-+0-9.eE]{0,400})"
    rb")",
    re.DOTALL,
)
_BRACKET = re.compile(
    rb'[^"{}\[\]]*+(?:"[^"\\]*+(?:\\.[^"\\]*+)*+"[^"{}\[\]]*+)*+([{}\[\]])', re.DOTALL
)
_PROMPT = re.compile(rb"\s*\[group[^\]\r\n]{0,200}\][^>\r\n]{0,200}>[^{\r\n]*")
_SPACE = re.compile(rb"\s*+")
_FIRST_LINE = re.compile(rb"\s*+([{\[][^\r\n]*+)\r?\n\s*+[{\[]")
_STRING, _MARK, _WORD = 1, 2, 3
_OPEN, _CLOSE = b"{[", b"}]"
_ENDS = {ord("{"): ord("}"), ord("["): ord("]")}


class Cut(msgspec.Struct, frozen=True, gc=False):
    """A record, or bytes that are none."""

    span: ByteSpan
    text: bytes
    fault: str = ""
    """Reason code of what could not be cut; empty for a record."""
    detail: str = ""


def cut_records(files: EvidenceFiles, source: int) -> Iterator[Cut]:
    """Yield the records of one file in order, and what could not be read.

    Raises:
        ReadError: ``cannot-read`` if the file can no longer be read.
    """
    head = files.head(source, FIRST_CHUNK_BYTES)
    if _is_lines(head):
        yield from _cut_lines(files, source)
    else:
        chunks = (chunk for _, chunk in files.chunks(source))
        yield from _Cutter(source, 0, chunks).records()


def _is_lines(head: bytes) -> bool:
    """Return whether the first line is a whole JSON value, with another below."""
    match = _FIRST_LINE.match(head.removeprefix(_BYTE_ORDER_MARK))
    if match is None:
        return False
    try:
        msgspec.json.decode(match[1], type=msgspec.Raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return True


def _cut_lines(files: EvidenceFiles, source: int) -> Iterator[Cut]:
    rest, base = b"", 0
    for _, chunk in files.chunks(source):
        *lines, last = chunk.split(b"\n")
        if not lines:
            rest += last
        else:
            lines[0] = rest + lines[0]
            for line in lines:
                yield from _Cutter(source, base, iter((line,))).records()
                base += len(line) + 1
            rest = last
        if len(rest) > MAX_RECORD_BYTES:
            span = ByteSpan(source, base, base + len(rest))
            yield Cut(span, b"", "too-long", f"over {MAX_RECORD_BYTES} bytes")
            return
    yield from _Cutter(source, base, iter((rest,))).records()


class _Cutter:
    """Cuts one text, which arrives in chunks."""

    def __init__(self, source: int, base: int, chunks: Iterator[bytes]) -> None:
        self._source = source
        self._base = base
        """Offset of the buffer in the file."""
        self._chunks = chunks
        self._data = b""
        self._at = 0
        self._open: list[int] = []
        """Opening brackets around this place."""
        self._starts: list[int] = []
        """Where they stand in the file."""
        self._last = 0
        """The mark before this place: an opening bracket, comma, colon; 0 a value."""

    def records(self) -> Iterator[Cut]:
        """Yield records until the end or the first fault."""
        try:
            self._begin()
            while self._skip():
                if self._step():
                    yield self._record()
            self._demand_end()
        except ReadError as fault:
            at = self._base + self._at
            end = max(self._base + len(self._data), at)
            span = ByteSpan(self._source, at, end)
            yield Cut(span, b"", fault.reason, str(fault))

    def _demand_end(self) -> None:
        if self._open:
            raise ReadError("brackets are not closed", "truncated")

    def _begin(self) -> None:
        self._more()
        if self._data.startswith(_BYTE_ORDER_MARK):
            self._at = len(_BYTE_ORDER_MARK)
        self._last = ord(",")

    def _more(self) -> bool:
        """Add a chunk, and drop all before the innermost object; False at the end."""
        chunk = next(self._chunks, b"")
        if not chunk:
            return False
        keep = self._at
        if self._in_object():
            keep = max(min(keep, self._starts[-1] - self._base), 0)
        self._data = self._data[keep:] + chunk
        self._base += keep
        self._at -= keep
        if len(self._data) > 2 * MAX_RECORD_BYTES:
            raise ReadError(f"over {MAX_RECORD_BYTES} bytes", "too-long")
        return True

    def _skip(self) -> bool:
        """Go to the next byte that is no space; False at the end of the file."""
        while True:
            self._at = _space_end(self._data, self._at)
            if not self._open:
                self._skip_prompt()
            if self._at < len(self._data):
                return True
            if not self._more():
                return False

    def _skip_prompt(self) -> None:
        match = _PROMPT.match(self._data, self._at)
        if match:
            self._at = _space_end(self._data, match.end())

    def _token(self) -> tuple[int, int, int]:
        while True:
            match = _TOKEN.match(self._data, self._at)
            kind = match.lastindex if match is not None else None
            may_go_on = match is None or (
                kind == _WORD and match.end() == len(self._data)
            )
            if may_go_on and self._more():
                continue
            if match is None or kind is None:
                raise ReadError("no JSON here", "not-json")
            self._at = match.end()
            return kind, match.start(kind), match.end()

    def _step(self) -> bool:
        """Take one token; True when it was a key of a record."""
        kind, start, end = self._token()
        if kind == _MARK:
            self._mark(self._data[start])
            return False
        is_key = kind == _STRING and self._expects_key()
        if not is_key and self._last not in b"[,:":
            raise ReadError("a comma is missing", "not-json")
        if not is_key and self._last == 0x2C and self._in_object():
            raise ReadError("a key is missing", "not-json")
        self._last = 0
        if not is_key:
            return False
        key = self._data[start + 1 : end - 1].decode(errors="replace")
        return key in RECORD_KEYS and self._starts[-1] >= self._base

    def _in_object(self) -> bool:
        return bool(self._open) and self._open[-1] == 0x7B

    def _expects_key(self) -> bool:
        return self._in_object() and self._last in b"{,"

    def _mark(self, mark: int) -> None:
        if mark in _OPEN:
            if len(self._open) >= MAX_NESTING:
                raise ReadError(f"deeper than {MAX_NESTING}", "too-deep")
            self._demand_value_place()
            self._open.append(mark)
            self._starts.append(self._base + self._at - 1)
            self._last = mark
        elif mark in _CLOSE:
            is_end = self._last == 0 or self._last in _OPEN
            if not self._open or _ENDS[self._open.pop()] != mark or not is_end:
                raise ReadError("a bracket does not fit", "not-json")
            self._starts.pop()
            self._last = 0 if self._open else ord(",")
        else:
            if self._last != 0 or not self._open:
                raise ReadError("a value is missing", "not-json")
            self._last = mark

    def _demand_value_place(self) -> None:
        is_place = self._last in b"[:" or (self._last == 0x2C and not self._in_object())
        if not is_place:
            raise ReadError("a comma or a key is missing", "not-json")

    def _record(self) -> Cut:
        """Follow the object whose key was just read to its end."""
        depth = 1
        while depth:
            match = _BRACKET.match(self._data, self._at)
            if match is not None:
                self._at = match.end()
                depth += 1 if self._data[self._at - 1] in _OPEN else -1
            elif not self._more():
                raise ReadError("a record has no end", "truncated")
        self._open.pop()
        start = self._starts.pop()
        self._last = 0 if self._open else ord(",")
        text = self._data[start - self._base : self._at]
        return Cut(ByteSpan(self._source, start, start + len(text)), text)


def _space_end(data: bytes, at: int) -> int:
    match = _SPACE.match(data, at)
    return match.end() if match else at
