"""Writes a case file while a ledger is being verified."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, chain, repeat
from operator import attrgetter

from explorer.core.absent import Absent
from explorer.model.blocks import Block, Entry
from explorer.model.evidence import Evidence
from explorer.model.statements import Statements, ThingVersion
from explorer.model.verdicts import Finding
from explorer.store.bigrams import words_of

_HEIGHT = attrgetter("height")
_SOURCE = attrgetter("span.source")
_START = attrgetter("span.start")
_END = attrgetter("span.end")
_PARENT = attrgetter("declared_parent")
_TIME = attrgetter("time_us")
_COUNT = attrgetter("entry_count")
_REFUSED = attrgetter("refused_count")
_CONFIGURATION = attrgetter("is_configuration")

_BLOCK = "INSERT INTO block VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)"
_ENTRY = "INSERT INTO entry VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)"
_FINDING = "INSERT INTO finding VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
_THING = "INSERT INTO thing VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)"
_FLOW = "INSERT INTO flow VALUES(?,?,?,?,?,?,?,?,?)"
_ACT = "INSERT INTO act VALUES(?,?,?,?,?,?,?,?,?)"

MAX_VALUE_BYTES = 4096
"""Longest recorded value of a thing that is copied for showing; more is read again."""


class CaseWriter:
    """Appends rows; the owner decides when to commit."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Write to a case file made by ``schema.create_case``."""
        self._database = database
        self._row = 0
        self._ledger = -1
        self._thing_count = 0
        self._things: dict[tuple[str, int, int], int] = {}

    def add_evidence(self, evidence: Evidence) -> None:
        """Write the list of files."""
        self._database.executemany(
            "INSERT INTO source(id,path,size_bytes,modified_ns) VALUES(?,?,?,?)",
            [
                (each.index, _storable(each.path), each.size_bytes, each.modified_ns)
                for each in evidence.sources
            ],
        )

    def begin_ledger(self, format_name: str, title: str, entry_unit: str) -> int:
        """Start a ledger; what follows belongs to it. Return its number."""
        self._ledger += 1
        self._things.clear()
        self._database.execute(
            "INSERT INTO ledger(id,format,title,entry_unit) VALUES(?,?,?,?)",
            (self._ledger, format_name, title, entry_unit),
        )
        return self._ledger

    def add_blocks(
        self,
        blocks: Sequence[Block],
        hashes: Sequence[bytes],
        entries: Sequence[Entry],
        statuses: Mapping[int, int],
    ) -> None:
        """Write a batch; ``statuses`` gives the worst outcome of heights not passed.

        Entries of a batch without blocks belong to no block.
        """
        ledger = self._ledger
        if not blocks:
            self._add_entries(range(self._row, self._row + len(entries)), entries)
            self._row += len(entries)
            return
        # A case of 400,000 blocks spends its time here: columns are taken at once.
        heights = list(map(_HEIGHT, blocks))
        counts = _entries_of_each(heights, entries)
        rows = list(accumulate((count + 1 for count in counts), initial=self._row))
        times = (
            None if type(time_us) is Absent else time_us
            for time_us in map(_TIME, blocks)
        )
        known = (
            (statuses.get(height, 0) for height in heights) if statuses else repeat(0)
        )
        self._database.executemany(
            _BLOCK,
            zip(  # the endless and the longer columns end with the others
                rows,
                repeat(ledger),
                heights,
                map(_SOURCE, blocks),
                map(_START, blocks),
                map(_END, blocks),
                hashes,
                map(_PARENT, blocks),
                times,
                map(_COUNT, blocks),
                map(_REFUSED, blocks),
                map(_CONFIGURATION, blocks),
                known,
                strict=False,
            ),
        )
        self._row = rows[-1]
        entry_rows = chain.from_iterable(
            range(row + 1, row + 1 + count)
            for row, count in zip(rows, counts, strict=False)
            if count
        )
        self._add_entries(entry_rows, entries)

    def _add_entries(self, rows: Iterable[int], entries: Sequence[Entry]) -> None:
        self._database.executemany(
            _ENTRY,
            [
                _entry_row(row, self._ledger, entry)
                for row, entry in zip(rows, entries, strict=False)
            ],
        )

    def add_statements(self, statements: Statements) -> None:
        """Write provenance statements; a flow's ends must be among the things."""
        ledger = self._ledger
        rows = []
        for thing in statements.things:
            key = (thing.thing, thing.block, thing.entry)
            if key not in self._things:
                self._things[key] = self._thing_count
                rows.append((self._thing_count, ledger, *key, *_thing_facts(thing)))
                self._thing_count += 1
        self._database.executemany(_THING, rows)
        self._database.executemany(
            _FLOW,
            [
                (
                    ledger,
                    self._things[flow.source],
                    self._things[flow.target],
                    flow.block,
                    flow.entry,
                    flow.relation,
                    flow.link.value,
                    flow.fact.value,
                    flow.is_struck,
                )
                for flow in statements.flows
                if flow.source in self._things and flow.target in self._things
            ],
        )
        self._database.executemany(
            _ACT,
            [
                (
                    ledger,
                    act.block,
                    act.entry,
                    act.entry_id,
                    act.what,
                    act.agent,
                    None if isinstance(act.time_us, Absent) else act.time_us,
                    act.fact.value,
                    act.is_struck,
                )
                for act in statements.acts
            ],
        )

    def add_findings(self, findings: Iterable[Finding]) -> None:
        """Write findings of the current ledger."""
        self._database.executemany(
            _FINDING, [_finding_row(self._ledger, each) for each in findings]
        )

    def set_digests(self, digests: Sequence[str]) -> None:
        """Write the SHA-256 (hex) of every source, in order."""
        self._database.executemany(
            "UPDATE source SET sha256=? WHERE id=?",
            [(digest, number) for number, digest in enumerate(digests)],
        )

    def set_meta(self, key: str, value: str) -> None:
        """Keep a fact about the whole case."""
        self._database.execute("INSERT OR REPLACE INTO meta VALUES(?,?)", (key, value))

    def set_report(self, ledger: int, report: str) -> None:
        """Keep the JSON report of a ledger."""
        self._database.execute(
            "UPDATE ledger SET report=? WHERE id=?", (report, ledger)
        )

    def commit(self) -> None:
        """Let readers see what was written so far."""
        self._database.commit()

    def index_words(self) -> None:
        """Make entries findable by the words they hold, Chinese too."""
        values: dict[tuple[int, int, int], list[str]] = {}
        for ledger, block, entry, value in self._database.execute(
            "SELECT ledger, block, entry, value FROM thing WHERE length(value) > 0"
        ):
            text = value.decode("utf-8", "replace")
            values.setdefault((ledger, block, entry), []).append(text)
        rows = self._database.execute(
            "SELECT row, ledger, block, position, id, kind, author, summary FROM entry"
        ).fetchall()
        self._database.executemany(
            "INSERT INTO words(rowid, text) VALUES(?,?)",
            (
                (row, words_of(" ".join([*texts, *values.get(tuple(place), [])])))
                for row, *place, a, b, c, d in rows
                for texts in ([a, b, c, d],)
            ),
        )
        self._database.commit()


def _thing_facts(thing: ThingVersion) -> tuple[object, ...]:
    amount = thing.amount
    return (
        thing.label,
        thing.kind,
        thing.is_deleted,
        thing.value[:MAX_VALUE_BYTES],
        None if isinstance(amount, Absent) else str(amount),
        thing.unit,
        thing.rank,
        thing.is_struck,
    )


def _entries_of_each(heights: Sequence[int], entries: Sequence[Entry]) -> list[int]:
    """Return how many of the entries, in order, belong to each block, in order."""
    counts: list[int] = []
    at, end = 0, len(entries)
    wanted = entries[0].block if entries else -1
    for height in heights:
        if height != wanted or at == end:
            counts.append(0)
            continue
        begin = at
        while at < end and entries[at].block == height:
            at += 1
        counts.append(at - begin)
        wanted = entries[at].block if at < end else -1
    return counts


def _storable(text: str) -> str:
    """Return text that SQLite takes: file names can hold bytes that are no UTF-8."""
    return text.encode("utf-8", "backslashreplace").decode()


def _entry_row(row: int, ledger: int, entry: Entry) -> tuple[object, ...]:
    span = entry.span
    return (
        row,
        ledger,
        entry.block,
        entry.position,
        entry.id,
        entry.kind,
        entry.author,
        None if type(entry.time_us) is Absent else entry.time_us,
        span.source,
        span.start,
        span.end,
        entry.refused,
        entry.summary,
    )


def _finding_row(ledger: int, finding: Finding) -> tuple[object, ...]:
    places = [(each.path, each.start, each.end) for each in finding.places]
    return (
        None,
        ledger,
        finding.check,
        finding.kind.value,
        int(finding.outcome),
        finding.severity.value,
        finding.reason,
        finding.block,
        finding.entry,
        finding.entry_id,
        finding.message,
        finding.expected,
        finding.computed,
        _storable(finding.detail),
        json.dumps(places),
        finding.cause,
        finding.is_root,
    )
