"""Tables that WeBank's Data-Export wrote to MySQL, as CSV with a head row or as SQL.

Data-Export 1.7 (formerly WeBASE-Collect-Bee): ``block_raw_data``, ``tx_raw_data``,
``tx_receipt_raw_data``, ``block_detail_info``. A row becomes the record that JSON-RPC
would give, as far as its columns go: transactions have no signature, no block limit, no
chain and no group here, and ``output`` is cut at 255 characters. Times are local times
of an unknown zone; the one that gives the stated block hash is the right one.
"""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from explorer.core.spans import ByteSpan
from explorer.encodings.json_places import Node, Shape, read_places
from explorer.formats.fisco import specs
from explorer.formats.fisco.fields import Fields
from explorer.formats.fisco.glancing import RecordKind, RecordPlace, text_number
from explorer.formats.fisco.table_times import restored_time
from explorer.formats.opening import EvidenceFiles
from explorer.model.blocks import Unreadable

MAX_TABLE_BYTES = 512 * 2**20
"""Longest table that is read."""
MAX_CELL = 255
"""A column of this length may have cut its value."""
SQL, CSV = "sql", "csv"

_BLOCK = {
    "block_hash": "hash",
    "block_height": "number",
    "block_time_stamp": "timestamp",
    "db_hash": "dbHash",
    "extra_data": "extraData",
    "gas_limit": "gasLimit",
    "gas_used": "gasUsed",
    "logs_bloom": "logsBloom",
    "parent_hash": "parentHash",
    "receipts_root": "receiptsRoot",
    "sealer": "sealer",
    "sealer_list": "sealerList",
    "signature_list": "signatureList",
    "state_root": "stateRoot",
    "transaction_list": "transactions",
    "transactions_root": "transactionsRoot",
}
_PLACE = {
    "block_hash": "blockHash",
    "block_height": "blockNumber",
    "tx_index": "transactionIndex",
    "from": "from",
    "to": "to",
    "input": "input",
}
_TRANSACTION = {
    **_PLACE,
    "tx_hash": "hash",
    "gas": "gas",
    "gas_price": "gasPrice",
    "nonce": "nonce",
    "value": "value",
}
_RECEIPT = {
    **_PLACE,
    "tx_hash": "transactionHash",
    "contract_address": "contractAddress",
    "gas_used": "gasUsed",
    "logs": "logs",
    "logs_bloom": "logsBloom",
    "output": "output",
    "receipt_proof": "receiptProof",
    "root": "root",
    "status": "status",
    "tx_proof": "txProof",
}
_TABLES: Mapping[RecordKind, Mapping[str, str]] = MappingProxyType(
    {
        RecordKind.BLOCK2: _BLOCK,
        RecordKind.TRANSACTION: _TRANSACTION,
        RecordKind.RECEIPT: _RECEIPT,
    }
)
_KINDS = {
    b"block_raw_data": RecordKind.BLOCK2,
    b"block_detail_info": RecordKind.BLOCK2,
    b"tx_raw_data": RecordKind.TRANSACTION,
    b"tx_receipt_raw_data": RecordKind.RECEIPT,
}
_JSON_CELLS = frozenset(
    {"extraData", "sealerList", "signatureList", "transactions", "logs"}
    | {"receiptProof", "txProof"}
)
_NAME = rb"`?(block_raw_data|block_detail_info|tx_raw_data|tx_receipt_raw_data)`?"
_INSERT = re.compile(
    rb"(?i)INSERT\s+INTO\s+" + _NAME + rb"\s*(?:\(([^()]{1,2000})\))?\s*VALUES\s*"
)
_CREATE = re.compile(rb"(?i)CREATE\s+TABLE\s+[^`(]{0,40}" + _NAME + rb"\s*\(")
_COLUMN = re.compile(rb"(?m)^\s*`([a-z_]{1,40})`\s+[a-z]")
_HEAD = re.compile(
    rb'\A(?:\xef\xbb\xbf)?["`]?[a-z_]{2,30}["`]?(?:[,;\t]["`]?[a-z_]{2,30}["`]?){3,40}'
    rb"\r?\n"
)
_VALUE = re.compile(
    rb"\s*(?:'((?:[^'\\]|\\.|'')*+)'|(NULL)|(-?[0-9][0-9.eE+-]*))\s*", re.DOTALL
)
_CELL = re.compile(rb'"((?:[^"]|"")*+)"|([^",;\t\r\n]*+)')
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"0": b"\0", b"Z": b"\x1a"}
_ESCAPE = re.compile(rb"\\(.)|''", re.DOTALL)


def is_table(head: bytes) -> bool:
    """Return whether a file begins like a table of Data-Export."""
    if _INSERT.search(head) or _CREATE.search(head):
        return True
    return _csv_kind(_csv_columns(head)) is not None


def cut_rows(
    files: EvidenceFiles, source: int, head: bytes
) -> Iterator[RecordPlace | Unreadable]:
    """Yield the places of the rows of one file.

    Raises:
        ReadError: ``cannot-read`` if the file can no longer be read.
    """
    size = files.evidence.sources[source].size_bytes
    whole = ByteSpan(source, 0, size)
    if size > MAX_TABLE_BYTES:
        yield Unreadable(specs.JSON_FORM, "too-long", whole, -1)
        return
    data = files.read(whole)
    if _INSERT.search(head) or _CREATE.search(head):
        yield from _sql_rows(data, source)
    else:
        yield from _csv_rows(data, source)


def _csv_columns(head: bytes) -> tuple[str, ...]:
    match = _HEAD.match(head)
    if match is None:
        return ()
    line = match[0].removeprefix(b"\xef\xbb\xbf").strip()
    names = re.split(rb"[,;\t]", line)
    return tuple(each.strip(b'"`').decode() for each in names)


def _csv_kind(columns: tuple[str, ...]) -> RecordKind | None:
    names = set(columns)
    if "tx_hash" in names:
        if not {"block_hash", "block_height"} <= names:
            return None
        is_receipt = bool({"contract_address", "status", "output"} & names)
        return RecordKind.RECEIPT if is_receipt else RecordKind.TRANSACTION
    is_block = {"block_hash", "block_height"} <= names
    is_ours = bool({"parent_hash", "transactions_root", "tx_count"} & names)
    return RecordKind.BLOCK2 if is_block and is_ours else None


def _csv_rows(data: bytes, source: int) -> Iterator[RecordPlace | Unreadable]:
    columns = _csv_columns(data[:4096])
    kind = _csv_kind(columns)
    at = data.index(b"\n") + 1
    while kind is not None and at < len(data):
        start = at
        count, at = _csv_end(data, at)
        span = ByteSpan(source, start, at)
        if count == len(columns):
            yield _placed(kind, data[start:at], span, columns, CSV)
        elif data[start:at].strip():
            detail = f"{count} of {len(columns)} columns"
            yield Unreadable(specs.JSON_FORM, "table-malformed", span, -1, detail)
        while at < len(data) and data[at] in b"\r\n":
            at += 1


def _csv_end(data: bytes, at: int) -> tuple[int, int]:
    """Return how many cells the row at ``at`` has, and where it ends."""
    count = 0
    while True:
        match = _CELL.match(data, at)
        count, at = count + 1, match.end() if match else at
        if at >= len(data) or data[at] not in b",;\t":
            break
        at += 1
    if at < len(data) and data[at] not in b"\r\n":  # a stray quote: to the line's end
        end = data.find(b"\n", at)
        return -1, len(data) if end < 0 else end
    return count, at


def _sql_rows(data: bytes, source: int) -> Iterator[RecordPlace | Unreadable]:
    created = {
        match[1]: _created_columns(data, match.end())
        for match in _CREATE.finditer(data)
    }
    at = 0
    while match := _INSERT.search(data, at):
        named = match[2]
        columns = created.get(match[1], ())
        if named is not None:
            columns = tuple(
                each.strip(b' `\r\n\t"').decode(errors="replace")
                for each in named.split(b",")
            )
        at = match.end()
        while at < len(data) and data[at] == 0x28:
            count, end = _sql_end(data, at)
            span = ByteSpan(source, at, end)
            if count == len(columns):
                kind = _KINDS[match[1]]
                yield _placed(kind, data[at:end], span, columns, SQL)
            else:
                detail = f"{count} of {len(columns)} columns"
                yield Unreadable(specs.JSON_FORM, "table-malformed", span, -1, detail)
            at = _after_comma(data, end)


def _created_columns(data: bytes, at: int) -> tuple[str, ...]:
    end = data.find(b";", at)
    body = data[at : end if end >= 0 else at + 8_192]
    return tuple(each.decode() for each in _COLUMN.findall(body))


def _sql_end(data: bytes, at: int) -> tuple[int, int]:
    """Return how many values the row at ``at`` has, and where it ends."""
    count, at = 0, at + 1
    while match := _VALUE.match(data, at):
        count, at = count + 1, match.end()
        if data[at : at + 1] != b",":
            break
        at += 1
    if data[at : at + 1] == b")":
        return count, at + 1
    end = data.find(b"\n", at)
    return -1, len(data) if end < 0 else end


def _after_comma(data: bytes, at: int) -> int:
    match = re.compile(rb"\s*,\s*").match(data, at)
    return match.end() if match else at


def _placed(
    kind: RecordKind, row: bytes, span: ByteSpan, columns: tuple[str, ...], form: str
) -> RecordPlace:
    cells = {name: text for name, _, _, text in _cells(row, columns, form)}
    key = cells.get("block_hash" if kind is RecordKind.BLOCK2 else "tx_hash", b"")
    number = text_number(cells.get("block_height", b"").decode(errors="replace"))
    weight = 2 * bool(cells.get("transaction_list")) + bool(cells.get("signature_list"))
    hash_text = key.decode(errors="replace").lower().removeprefix("0x")
    is_block = kind is RecordKind.BLOCK2
    return RecordPlace(
        kind,
        span,
        number,
        hash_text,
        weight * is_block,
        columns=columns,
        form=form,
    )


def _cells(
    row: bytes, columns: tuple[str, ...], form: str
) -> Iterator[tuple[str, int, int, bytes]]:
    """Yield (column, start, end, text) of the cells that are not empty or NULL."""
    at = 1 if form == SQL else 0
    pattern = _VALUE if form == SQL else _CELL
    for name in columns:
        match = pattern.match(row, at)
        if match is None:
            return
        text = _sql_text(match) if form == SQL else _csv_text(match)
        if text:
            yield name, match.start(), match.end(), text
        at = match.end() + 1


def _sql_text(match: re.Match[bytes]) -> bytes:
    if match[1] is not None:
        return _ESCAPE.sub(_unescaped, match[1])
    return match[3] or b""


def _unescaped(match: re.Match[bytes]) -> bytes:
    found = match[1]
    return b"'" if found is None else _ESCAPES.get(found, found)


def _csv_text(match: re.Match[bytes]) -> bytes:
    if match[1] is not None:
        return match[1].replace(b'""', b'"')
    text = match[2] or b""
    return b"" if text.upper() in {b"NULL", b"\\N"} else text


def row_fields(row: bytes, place: RecordPlace) -> Fields:
    """Return the record that a row is.

    Raises:
        ReadError: If a cell that should be JSON is none.
    """
    names = _TABLES[place.kind]
    node = Node(Shape.OBJECT, 0, len(row), members={})
    for column, start, end, text in _cells(row, place.columns, place.form):
        name = names.get(column)
        if name is None or (name == "output" and len(text) >= MAX_CELL):
            continue
        node.members[name] = _node(name, text, start, end)
    fields = Fields(node, place.span.source, place.span.start)
    time = node.members.pop("timestamp", None)
    if time is not None:
        restored = restored_time(fields, str(time.value), time)
        if restored is not None:
            node.members["timestamp"] = restored
    return fields


def _node(name: str, text: bytes, start: int, end: int) -> Node:
    if name in _JSON_CELLS:
        return _moved(read_places(text), start, end)
    return Node(Shape.SCALAR, start, end, text.decode(errors="replace"))


def _moved(root: Node, start: int, end: int) -> Node:
    """Return a value from inside a cell, all of it at the place of the cell."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        node.start, node.end = start, end
        waiting += node.children()
    return root
