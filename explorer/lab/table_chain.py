"""A chain made from somebody's own table, signed with demonstration keys.

The first row names the columns. ``party`` is needed; ``id``, ``kind``, ``time`` and
``role`` may be there; every other column becomes a field of the record. The keys follow
from the party's name and are no secret: header and parties say so, and the chain is
marked as fictional, because anybody could have made it.
"""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count

from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ExplorerError
from explorer.encodings.canonical_json import JsonValue, canonical_bytes
from explorer.encodings.tables.delimited import Row, decoded, delimiter_of, rows
from explorer.encodings.tables.worksheets import is_workbook, sheets
from explorer.lab.chain_writer import ChainPlan, ChainWriter, LabParty
from explorer.lab.demonstration_keys import demonstration_key
from explorer.model.keys import SignatureScheme

MAX_TABLE_BYTES = 16 * 2**20
MAX_RECORDS = 10_000
MAX_PARTIES = 100
NOTE = "虚构演示数据 演示密钥不是秘密 fictional; demonstration keys, not secret"
_KEY_NOTE = "演示密钥 demonstration key"
_START = datetime(2025, 1, 1, tzinfo=UTC)
_IDENTIFIER = re.compile(r"[A-Za-z0-9._:/-]{1,100}")
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,14})")
_OWN = frozenset({"party", "id", "kind", "time", "role"})


@dataclass(frozen=True, slots=True)
class _Line:
    row: int
    party: str
    id: str
    kind: str
    time: datetime
    payload: bytes


def chain_from_table(data: bytes, name: str) -> bytes:
    """Return a chain-jsonl file with one block for each row of a CSV or XLSX table.

    Raises:
        ExplorerError: If the table cannot be read, or a row does not fit; with its
            number.
    """
    if len(data) > MAX_TABLE_BYTES:
        raise ExplorerError(f"the table is over {MAX_TABLE_BYTES} bytes")
    head, *body = _rows(data) or [Row(1, (), 0, 0)]
    columns = [each.strip() for each in head.cells]
    named = [each for each in columns if each]
    if "party" not in named or len(set(named)) != len(named):
        raise ExplorerError("the first row names the columns, each once; one is party")
    records = [_record(columns, row) for row in body]
    parties = _parties(records, name)
    lines: list[_Line] = []
    for row, record in zip(body, records, strict=True):
        before = lines[-1].time if lines else _START
        lines.append(_line(row.number, record, parties, before))
    if not lines:
        raise ExplorerError("the table has no record")
    return _written(lines, tuple(parties.values()), name)


def _rows(data: bytes) -> list[Row]:
    if is_workbook(data[:4]):
        first = next(sheets(data, MAX_RECORDS + 2), None)
        found = list(first.rows) if first is not None else []
    else:
        text = decoded(data)
        found = list(rows(text, delimiter_of(text.text) or ","))
    if len(found) > MAX_RECORDS + 1:
        raise ExplorerError(f"the table has more than {MAX_RECORDS} records")
    for row in found:
        if row.flaw:
            raise ExplorerError(f"row {row.number}: {row.flaw}")
    return found


def _record(columns: Sequence[str], row: Row) -> dict[str, str]:
    """Return the cells of a row by their columns; none may get lost."""
    for place, cell in enumerate(row.cells):
        if cell.strip() and not (place < len(columns) and columns[place]):
            raise ExplorerError(
                f"row {row.number}: cell {place + 1} stands under no column name"
            )
    return dict(zip(columns, row.cells, strict=False))


def _parties(records: Sequence[Mapping[str, str]], name: str) -> dict[str, LabParty]:
    found: dict[str, LabParty] = {}
    taken = {record.get("party", "").strip() for record in records}
    free = (each for n in count(1) if (each := f"party-{n}") not in taken)
    for record in records:
        party = record.get("party", "").strip()
        if not party or party in found:
            continue
        if len(found) == MAX_PARTIES:
            raise ExplorerError(f"there are more than {MAX_PARTIES} parties")
        known = party if _IDENTIFIER.fullmatch(party) else next(free)
        key = demonstration_key(SignatureScheme.ED25519, f"table {name}/{party}")
        role = record.get("role", "").strip() or "party"
        found[party] = LabParty(known, f"{party} ({_KEY_NOTE})", role, key)
    return found


def _line(
    number: int,
    record: Mapping[str, str],
    parties: Mapping[str, LabParty],
    before: datetime,
) -> _Line:
    party = parties.get(record.get("party", "").strip())
    if party is None:
        raise ExplorerError(f"row {number}: there is no party")
    payload: dict[str, JsonValue] = {
        column: int(text) if _INTEGER.fullmatch(text) else text
        for column, text in record.items()
        if column and column not in _OWN and text
    }
    return _Line(
        number,
        party.id,
        record.get("id", "").strip() or f"R{number}",
        record.get("kind", "").strip() or "record",
        _time(record.get("time", "").strip(), number, before),
        canonical_bytes(payload),
    )


def _time(text: str, number: int, before: datetime) -> datetime:
    """Return the time of a row; without one, an hour after the row before."""
    try:
        if not text:
            return before + timedelta(hours=1)
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError as error:
        raise ExplorerError(f"row {number}: the time is out of range") from error
    except ValueError as error:
        raise ExplorerError(f"row {number}: {text} is no ISO 8601 time") from error


def _written(lines: Sequence[_Line], parties: tuple[LabParty, ...], name: str) -> bytes:
    ids = {line.id for line in lines}
    if len(ids) != len(lines):
        raise ExplorerError("an id stands in two rows")
    plan = ChainPlan(
        id=name if _IDENTIFIER.fullmatch(name) else "table",
        title=f"{name} (虚构演示数据)",
        hash=HashAlgorithm.SHA256,
        created=min(line.time for line in lines),
        parties=parties,
        producers=tuple(each.id for each in parties),
        sign_every=1,
        note=NOTE,
    )
    out = io.BytesIO()
    writer = ChainWriter(out, plan)
    closed = plan.created
    for line in lines:
        closed = max(closed, line.time)  # no block is older than the one before
        item = writer.item(line.party, line.id, line.payload, line.time, line.kind)
        writer.add_block([item], line.party, closed)
    writer.close()
    return out.getvalue()
