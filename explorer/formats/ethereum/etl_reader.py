"""Tables of ethereum-etl: blocks, transactions, logs and receipts as CSV or JSON Lines.

The schema of ``blockchain-etl/ethereum-etl`` (``ethereumetl stream`` and
``export_all``). Tables lack the mix hash and the signatures, so block hashes and
senders cannot be checked from them; receipts can be put together from transactions and
logs. Rows are tied by block number and transaction hash. Left out: token transfers,
which follow from the logs, and traces, which no hash covers.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import msgspec

from explorer.core.errors import ReadError
from explorer.core.limits import MAX_RECORD_BYTES
from explorer.core.spans import ByteSpan
from explorer.encodings.rlp import encode, from_int
from explorer.formats.ethereum import checks
from explorer.formats.ethereum.receipts import Log, Receipt, make_receipt
from explorer.formats.ethereum.records import (
    RawBlock,
    RawReceipts,
    RawTransaction,
)
from explorer.formats.opening import EvidenceFiles
from explorer.model.blocks import Unreadable

MAX_CELL_BYTES = 16 * 2**20
_LINE = re.compile(rb'\s*\{\s*"type"\s*:\s*"(\w+)"')
_NOT_THERE = "mix_hash"
Row = Mapping[str, object]


class EtlKind(StrEnum):
    """Which table a file is."""

    BLOCKS = "block"
    TRANSACTIONS = "transaction"
    LOGS = "log"
    RECEIPTS = "receipt"
    OTHER = "other"
    """Token transfers and what else there is; not read."""


@dataclass(frozen=True, slots=True)
class EtlFile:
    """One table."""

    kind: EtlKind
    source: int


@dataclass(slots=True)
class _Gathered:
    """The rows of one block."""

    block: tuple[Row, ByteSpan] | None = None
    transactions: list[tuple[Row, ByteSpan]] = field(default_factory=list)
    logs: list[tuple[Row, ByteSpan]] = field(default_factory=list)
    receipts: list[tuple[Row, ByteSpan]] = field(default_factory=list)


_HEADERS = (
    (b"number,hash,parent_hash,", EtlKind.BLOCKS),
    (b"hash,nonce,block_hash,block_number,", EtlKind.TRANSACTIONS),
    (b"log_index,transaction_hash,", EtlKind.LOGS),
    (b"transaction_hash,transaction_index,block_hash,", EtlKind.RECEIPTS),
    (b"token_address,from_address,to_address,", EtlKind.OTHER),
)


def etl_kind(head: bytes) -> EtlKind | None:
    """Return which table a file that begins with ``head`` is, if it is one."""
    for begin, kind in _HEADERS:
        if head.startswith(begin):
            return kind
    found = _LINE.match(head)
    if found is None or b"_" not in head[:4_096]:
        return None
    word = found[1].decode()
    kinds = {each.value: each for each in EtlKind}
    return kinds.get(word, EtlKind.OTHER)


class EtlBlocks:
    """The blocks that the tables of one evidence tell of."""

    is_contiguous = False

    def __init__(self, files: EvidenceFiles, tables: Sequence[EtlFile]) -> None:
        """Read ``tables`` when asked."""
        self._files = files
        self._tables = tables
        sources = files.evidence.sources
        self.total_bytes = sum(sources[each.source].size_bytes for each in tables)

    def numbers(self) -> Iterator[int]:
        """Yield nothing: tables hold one chain."""
        return iter(())

    def blocks(self) -> Iterator[RawBlock | Unreadable]:
        """Yield blocks and damage in the order of the numbers."""
        gathered: dict[int, _Gathered] = {}
        for table in self._tables:
            if table.kind is not EtlKind.OTHER:
                yield from self._gather(table, gathered)
        for number in sorted(gathered):
            try:
                block = _block(number, gathered[number])
            except (ReadError, ValueError, TypeError) as error:
                place = _any_place(gathered[number])
                yield Unreadable(
                    checks.FRAMING, "table-malformed", place, number, str(error)
                )
                continue
            block.done_bytes = self.total_bytes
            yield block

    def one(self, height: int, span: ByteSpan) -> RawBlock:
        """Return one block again.

        Raises:
            ReadError: If it cannot be read.
        """
        for block in self.blocks():
            if isinstance(block, RawBlock) and block.number == height:
                return block
        raise ReadError(f"no block {height}", "table-malformed", span)

    def _gather(
        self, table: EtlFile, gathered: dict[int, _Gathered]
    ) -> Iterator[Unreadable]:
        size = self._files.evidence.sources[table.source].size_bytes
        if size > MAX_RECORD_BYTES:
            span = ByteSpan(table.source, 0, size)
            yield Unreadable(checks.FRAMING, "too-long", span, -1)
            return
        data = self._files.read(ByteSpan(table.source, 0, size))
        for row, place in _rows(data, table.source):
            number = _number_of(row, table.kind) if row else -1
            if number < 0:
                yield Unreadable(checks.FRAMING, "table-malformed", place, -1)
                continue
            rows = gathered.setdefault(number, _Gathered())
            if table.kind is EtlKind.BLOCKS:
                rows.block = (row, place)
            elif table.kind is EtlKind.TRANSACTIONS:
                rows.transactions.append((row, place))
            elif table.kind is EtlKind.LOGS:
                rows.logs.append((row, place))
            else:
                rows.receipts.append((row, place))


def _rows(data: bytes, source: int) -> Iterator[tuple[Row, ByteSpan]]:
    """Yield each row with its place; an empty row is one that cannot be read."""
    lines = data.split(b"\n")
    at, names = 0, list[str]()
    is_json = data.lstrip()[:1] == b"{"
    for line in lines:
        place = ByteSpan(source, at, at + len(line))
        at += len(line) + 1
        if not line.strip():
            continue
        if is_json:
            yield _json_row(line), place
        elif not names:
            names = _cells(line)
        else:
            cells = _cells(line)
            fits = len(cells) == len(names)
            yield dict(zip(names, cells, strict=True)) if fits else {}, place


def _json_row(line: bytes) -> Row:
    try:
        return msgspec.json.decode(line, type=dict[str, object])
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return {}


def _cells(line: bytes) -> list[str]:
    csv.field_size_limit(MAX_CELL_BYTES)
    try:
        return next(csv.reader([line.decode().rstrip("\r")]), [])
    except (csv.Error, UnicodeDecodeError):
        return []


def _number_of(row: Row, kind: EtlKind) -> int:
    try:
        found = _integer(row, "number" if kind is EtlKind.BLOCKS else "block_number")
    except (ReadError, ValueError):
        return -1
    return found if found < 2**63 else -1


def _integer(row: Row, name: str) -> int:
    value = row.get(name)
    text = str(value) if isinstance(value, int | str) else ""
    if not text.isascii() or not text.isdigit() or len(text) > 80:
        raise ReadError(f"{name} is no number", "table-malformed")
    return int(text)


def _octets(row: Row, name: str, size: int = -1) -> bytes:
    value = row.get(name)
    if not value:
        return b""
    if not isinstance(value, str) or not value.startswith("0x"):
        raise ReadError(f"{name} is not hex", "table-malformed")
    found = bytes.fromhex(value[2:])
    if size >= 0 and len(found) != size:
        raise ReadError(f"{name} has {len(found)} bytes", "table-malformed")
    return found


def _any_place(rows: _Gathered) -> ByteSpan:
    lists = (rows.transactions, rows.logs, rows.receipts)
    if rows.block is not None:
        return rows.block[1]
    return next(each[0][1] for each in lists if each)


def _block(number: int, rows: _Gathered) -> RawBlock:
    place = _any_place(rows)
    row: Row = rows.block[0] if rows.block is not None else {}
    if rows.block is None:
        row = next(iter((*rows.transactions, *rows.logs, *rows.receipts)))[0]
    is_block = rows.block is not None
    time = "timestamp" if is_block else "block_timestamp"
    block = RawBlock(
        number,
        place,
        None,
        place,
        _octets(row, "parent_hash", 32) if is_block else b"",
        _integer(row, time) if row.get(time) else -1,
        missing=_NOT_THERE,
        declared_hash=_octets(row, "hash" if is_block else "block_hash", 32),
        hash_span=place,
        is_contiguous=False,
        has_transactions=bool(rows.transactions),
    )
    if is_block:
        block.roots = {
            "receiptsRoot": _octets(row, "receipts_root", 32),
            "transactionsRoot": _octets(row, "transactions_root", 32),
            "withdrawalsRoot": _octets(row, "withdrawals_root", 32),
            "logsBloom": _octets(row, "logs_bloom", 256),
        }
        block.withdrawals = _withdrawals(row)
        block.withdrawals_span = place
    _fill(block, rows)
    return block


def _withdrawals(row: Row) -> tuple[bytes, ...] | None:
    found = row.get("withdrawals")
    if not isinstance(found, list) or not row.get("withdrawals_root"):
        return None
    encoded: list[bytes] = []
    for each in found:
        if not isinstance(each, dict):
            raise ReadError("a withdrawal is no object", "table-malformed")
        encoded.append(
            encode(
                [
                    from_int(_integer(each, "index")),
                    from_int(_integer(each, "validator_index")),
                    _octets(each, "address", 20),
                    from_int(_integer(each, "amount")),
                ]
            )
        )
    return tuple(encoded)


def _fill(block: RawBlock, rows: _Gathered) -> None:
    """Add transactions and receipts in the order of their positions."""
    rows.transactions.sort(key=lambda each: _integer(each[0], "transaction_index"))
    for row, place in rows.transactions:
        block.transactions.append(
            RawTransaction(
                b"",
                place,
                missing="v",
                declared_hash=_octets(row, "hash", 32),
                hash_span=place,
                declared_sender=_octets(row, "from_address", 20),
                sender_span=place,
                to=_octets(row, "to_address", 20),
                value=_integer(row, "value") if row.get("value") else 0,
            )
        )
    if rows.transactions:
        block.transactions_span = rows.transactions[0][1]
    outcomes = rows.receipts or rows.transactions
    has_outcomes = all(_has_outcome(row) for row, _ in outcomes)
    if outcomes and has_outcomes and (rows.logs or _says_no_logs(block)):
        block.receipts = _receipts(rows, outcomes)


def _has_outcome(row: Row) -> bool:
    names = ("receipt_cumulative_gas_used", "cumulative_gas_used")
    return any(row.get(name) not in {None, ""} for name in names)


def _says_no_logs(block: RawBlock) -> bool:
    return block.roots.get("logsBloom", b"\x01") == bytes(256)


def _receipts(rows: _Gathered, outcomes: list[tuple[Row, ByteSpan]]) -> RawReceipts:
    logs: dict[int, list[tuple[int, Log]]] = {}
    for row, _ in rows.logs:
        position = _integer(row, "transaction_index")
        index = _integer(row, "log_index")
        logs.setdefault(position, []).append((index, _log(row)))
    kinds = {
        _integer(row, "transaction_index"): _kind(row) for row, _ in rows.transactions
    }
    found: list[Receipt] = []
    places: list[ByteSpan] = []
    outcomes = sorted(outcomes, key=lambda each: _integer(each[0], "transaction_index"))
    for row, place in outcomes:
        position = _integer(row, "transaction_index")
        ordered = [log for _, log in sorted(logs.get(position, []), key=_first)]
        found.append(_receipt(row, kinds.get(position, 0), ordered))
        places.append(place)
    has_kinds = len(kinds) == len(outcomes)
    return RawReceipts(
        found, places[0], places, "" if has_kinds else "transaction_type"
    )


def _first(pair: tuple[int, Log]) -> int:
    return pair[0]


def _kind(row: Row) -> int:
    return _integer(row, "transaction_type") if row.get("transaction_type") else 0


def _log(row: Row) -> Log:
    topics = row.get("topics")
    if isinstance(topics, str):
        topics = [each for each in topics.split(",") if each]
    if not isinstance(topics, list) or len(topics) > 4:
        raise ReadError("topics are no list", "table-malformed")
    return Log(
        _octets(row, "address", 20),
        tuple(_octets({"topic": each}, "topic", 32) for each in topics),
        _octets(row, "data"),
    )


def _receipt(row: Row, kind: int, logs: list[Log]) -> Receipt:
    prefix = "receipt_" if row.get("receipt_cumulative_gas_used") is not None else ""
    gas = _integer(row, f"{prefix}cumulative_gas_used")
    root = _octets(row, f"{prefix}root", 32)
    outcome = root
    if not root:
        outcome = b"\x01" if _integer(row, f"{prefix}status") else b""
    if kind > 0x7F:
        raise ReadError(f"type {kind}", "table-malformed")
    return make_receipt(kind, outcome, gas, logs)
