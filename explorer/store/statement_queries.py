"""Reads provenance statements from a case file: things, flows, acts, and values.

Many are asked for at once, by the numbers that ``CaseReader.graph`` uses. Answers are
values of ``model``; what a trace makes of them is decided elsewhere.
"""

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

import msgspec

from explorer.core.absent import Absent
from explorer.core.spans import ByteSpan
from explorer.model.statements import Act, FactGrade, LinkGrade, ThingVersion


class ThingFound(msgspec.Struct, frozen=True, gc=False):
    """One thing, whatever versions of it there are."""

    thing: str
    label: str
    kind: str
    versions: int
    """How many entries wrote or named it."""


class FlowFacts(msgspec.Struct, frozen=True, gc=False):
    """What one flow says besides its ends."""

    block: int
    entry: int
    relation: str
    link: LinkGrade
    fact: FactGrade
    is_struck: bool


class BlockFacts(msgspec.Struct, frozen=True, gc=False):
    """What evidence for an entry needs to know about its block."""

    height: int
    hash: str
    """Hex."""
    span: ByteSpan
    time_us: int | Absent


class StatementReader:
    """Answers questions about the statements of one ledger of a case file."""

    def __init__(self, database: sqlite3.Connection, ledger: int) -> None:
        """Read through ``database``; belongs to one thread at a time."""
        self._database = database
        self._ledger = ledger

    def versions(self, nodes: Sequence[int]) -> list[ThingVersion]:
        """Return these thing versions, in this order, without their values.

        Raises:
            KeyError: If a number is not in the case file.
        """
        found = {
            int(number): _version(facts)
            for number, *facts in self._each(
                "SELECT t.id,thing,block,entry,label,kind,deleted,amount,unit,rank,"
                "struck FROM json_each(?) j JOIN thing t ON t.id=j.value",
                list(nodes),
            )
        }
        return [found[each] for each in nodes]

    def values(self, nodes: Sequence[int]) -> dict[int, bytes]:
        """Return what was recorded of these versions; those without are left out."""
        return {
            int(number): bytes(value)
            for number, value in self._each(
                "SELECT t.id,t.value FROM json_each(?) j JOIN thing t ON t.id=j.value "
                "WHERE length(t.value) > 0",
                list(nodes),
            )
        }

    def versions_of(self, things: Sequence[str]) -> dict[str, list[int]]:
        """Return the numbers of each thing's versions in the order of time."""
        found: dict[str, list[int]] = {}
        for thing, number in self._each(
            "SELECT thing,t.id FROM json_each(?) j CROSS JOIN thing t "
            "ON t.thing=j.value WHERE ledger=?2 ORDER BY rank,block,entry,t.id",
            list(dict.fromkeys(things)),
            self._ledger,
        ):
            found.setdefault(str(thing), []).append(int(number))
        return found

    def flows(self, rows: Sequence[int]) -> list[FlowFacts]:
        """Return the facts of these flows (``GraphRows.flow_rows``), in this order.

        Raises:
            KeyError: If a number is not in the case file.
        """
        found = {
            int(row): FlowFacts(
                block, entry, relation, LinkGrade(link), FactGrade(fact), bool(struck)
            )
            for row, block, entry, relation, link, fact, struck in self._each(
                "SELECT f.rowid,block,entry,relation,link,fact,struck "
                "FROM json_each(?) j JOIN flow f ON f.rowid=j.value",
                list(rows),
            )
        }
        return [found[each] for each in rows]

    def acts(self, places: Collection[tuple[int, int]]) -> dict[tuple[int, int], Act]:
        """Return the acts of the entries at these (block, entry)."""
        answers = self._each(
            "SELECT a.block,a.entry,entry_id,what,agent,time_us,fact,struck FROM "
            "json_each(?) j CROSS JOIN act a ON a.ledger=?2 AND "
            "a.block=json_extract(j.value,'$[0]') AND "
            "a.entry=json_extract(j.value,'$[1]')",
            [list(each) for each in places],
            self._ledger,
        )
        return {
            (int(block), int(entry)): Act(
                block,
                entry,
                entry_id,
                what,
                agent,
                Absent.NOT_IN_FORMAT if time_us is None else time_us,
                FactGrade(fact),
                bool(struck),
            )
            for block, entry, entry_id, what, agent, time_us, fact, struck in answers
        }

    def things_ending(self, text: str, limit: int) -> list[str]:
        """Return up to ``limit`` things whose identifier ends with ``text``, sorted.

        Upper and lower case of ASCII letters are not told apart.
        """
        return self._things_like(f"%{_escaped(text)}", limit)

    def things_containing(self, text: str, limit: int) -> list[str]:
        """Return up to ``limit`` things whose identifier holds ``text``, likewise."""
        return self._things_like(f"%{_escaped(text)}%", limit)

    def things_recording(self, text: str, limit: int) -> list[str]:
        """Return up to ``limit`` things with a recorded value that holds ``text``.

        Only the part of a value that the case file keeps is looked at.
        """
        if not text:
            return []
        answers = self._database.execute(
            "SELECT DISTINCT thing FROM thing WHERE ledger=? AND length(value)>0 "
            "AND instr(value,?)>0 ORDER BY thing LIMIT ?",
            (self._ledger, text.encode("utf-8", "replace"), limit),
        )
        return [str(thing) for (thing,) in answers]

    def search(self, text: str, limit: int) -> list[ThingFound]:
        """Return up to ``limit`` things whose identifier or label holds ``text``.

        Those whose identifier ends with it come first, then shorter ones; an empty
        text finds the things that most entries speak of.
        """
        like, end = f"%{_escaped(text)}%", f"%{_escaped(text)}"
        order = "max(thing LIKE ?3 ESCAPE '\\') DESC, length(thing), thing"
        if not text:
            order = "count(*) DESC, thing"
        answers = self._database.execute(
            "SELECT thing,max(label),max(kind),count(*) FROM thing WHERE ledger=?1 AND "  # noqa: S608
            "(thing LIKE ?2 ESCAPE '\\' OR label LIKE ?2 ESCAPE '\\') "
            f"GROUP BY thing ORDER BY {order} LIMIT ?4",
            (self._ledger, like, end, limit),
        )
        return [ThingFound(*each) for each in answers]

    def kinds(self, limit: int) -> list[tuple[str, int]]:
        """Return up to ``limit`` (kind, how many things), most frequent first."""
        answers = self._database.execute(
            "SELECT kind,count(DISTINCT thing) FROM thing WHERE ledger=? "
            "GROUP BY kind ORDER BY 2 DESC,1 LIMIT ?",
            (self._ledger, limit),
        )
        return [(str(kind), int(count)) for kind, count in answers]

    def first_of_kind(self, kind: str, limit: int) -> list[ThingFound]:
        """Return the first things of a kind, by identifier."""
        answers = self._database.execute(
            "SELECT thing,max(label),max(kind),count(*) FROM thing "
            "WHERE ledger=? AND kind=? GROUP BY thing ORDER BY thing LIMIT ?",
            (self._ledger, kind, limit),
        )
        return [ThingFound(*each) for each in answers]

    def blocks(self, heights: Collection[int]) -> Mapping[int, BlockFacts]:
        """Return the blocks of these heights that the evidence holds."""
        return {
            int(height): BlockFacts(
                height,
                bytes(block_hash or b"").hex(),
                ByteSpan(source, start, end),
                Absent.NOT_IN_FORMAT if time_us is None else time_us,
            )
            for height, block_hash, source, start, end, time_us in self._each(
                "SELECT height,hash,source,start,end,time_us FROM json_each(?) j "
                "CROSS JOIN block b ON b.ledger=?2 AND b.height=j.value",
                sorted(heights),
                self._ledger,
            )
        }

    def entries(
        self, places: Collection[tuple[int, int]]
    ) -> Mapping[tuple[int, int], str]:
        """Return the ids of the entries at these (block, position), where they are."""
        answers = self._each(
            "SELECT e.block,e.position,e.id FROM json_each(?) j CROSS JOIN entry e "
            "ON e.ledger=?2 AND e.block=json_extract(j.value,'$[0]') AND "
            "e.position=json_extract(j.value,'$[1]')",
            [list(each) for each in places],
            self._ledger,
        )
        return {(int(block), int(entry)): str(name) for block, entry, name in answers}

    def _things_like(self, pattern: str, limit: int) -> list[str]:
        answers = self._database.execute(
            "SELECT DISTINCT thing FROM thing WHERE ledger=? "
            "AND thing LIKE ? ESCAPE '\\' ORDER BY thing LIMIT ?",
            (self._ledger, pattern, limit),
        )
        return [str(thing) for (thing,) in answers]

    def _each(self, query: str, wanted: object, *more: int) -> sqlite3.Cursor:
        return self._database.execute(query, (json.dumps(wanted), *more))


def _version(facts: Sequence[Any]) -> ThingVersion:
    thing, block, entry, label, kind, deleted, amount, unit, rank, struck = facts
    return ThingVersion(
        thing,
        block,
        entry,
        label,
        kind,
        bool(deleted),
        amount=Absent.NOT_IN_EXPORT if amount is None else Decimal(amount),
        unit=unit,
        rank=rank,
        is_struck=bool(struck),
    )


def _escaped(text: str) -> str:
    """Escape the wildcards of LIKE; halves of surrogate pairs become question marks."""
    sound = text.encode("utf-8", "replace").decode("utf-8")
    return sound.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
