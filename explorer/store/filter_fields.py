"""The fields that filters over blocks and entries can name, and where they are kept.

Names follow the columns of exports (``block.height``, ``entry.kind``) and the checks.
Each field has one SQL expression for the rows of entries (tables ``e`` and ``b``) and
one for the rows of blocks (table ``b``); NULL where the row has no such field.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from explorer.expressions.fields import Field, FieldKind, Function, Schema, schema
from explorer.model.checks import Kind, Outcome, Severity
from explorer.model.statements import FactGrade

_TEXT, _NUMBER, _FLAG = FieldKind.TEXT, FieldKind.NUMBER, FieldKind.FLAG
_TIME, _TEXTS = FieldKind.TIME, FieldKind.TEXTS


@dataclass(frozen=True, slots=True)
class RowField:
    """A field with the SQL that reads it."""

    field: Field
    entry_sql: str
    """A column, or for several texts the table and condition they come from."""
    block_sql: str
    needs_block: bool = False
    """Whether the SQL for entries reads the row of their block."""
    text: str = ""
    """Column of the texts, for a field that can have several."""


def _of_block(
    name: str, kind: FieldKind, title: str, sql: str, choices: tuple[str, ...] = ()
) -> RowField:
    return RowField(Field(name, kind, title, "", choices), sql, sql, needs_block=True)


def _of_entry(name: str, kind: FieldKind, title: str, sql: str) -> RowField:
    return RowField(Field(name, kind, title), sql, "NULL")


def _text_of(column: str) -> str:
    return f"nullif(e.{column},'')"


_FOUND = "f.ledger=e.ledger AND f.block=e.block AND f.entry=e.position"
_FOUND_IN_BLOCK = "f.ledger=b.ledger AND f.block=b.height"


def _of_findings(
    name: str, title: str, column: str, choices: tuple[str, ...]
) -> RowField:
    return RowField(
        Field(name, _TEXTS, title, "", choices),
        f"finding f WHERE {_FOUND}",
        f"finding f WHERE {_FOUND_IN_BLOCK}",
        text=f"f.{column}",
    )


def _outcome(outcome: Outcome, title: str) -> RowField:
    """Return the flag; the outcome is a number of ours, never text from outside."""
    return RowField(
        Field(f"check.{outcome.word}", _FLAG, title),
        f"EXISTS(SELECT 1 FROM finding f WHERE f.outcome={outcome:d} AND {_FOUND})",  # noqa: S608
        f"EXISTS(SELECT 1 FROM finding f WHERE f.outcome={outcome:d} "  # noqa: S608
        f"AND {_FOUND_IN_BLOCK})",
    )


def _of_statements(
    name: str, title: str, table: str, text: str, choices: tuple[str, ...] = ()
) -> RowField:
    kept = Field(name, _TEXTS, title, "", choices)
    return RowField(kept, f"{table} f WHERE {_FOUND}", "", text=text)


_FACTS = tuple(each.value for each in FactGrade)

_ROWS = (
    RowField(
        Field("block.height", _NUMBER, "height of the block"), "e.block", "b.height"
    ),
    _of_block("block.time", _TIME, "declared time of the block", "b.time_us"),
    _of_block("block.hash", _TEXT, "hash of the block, hex", "lower(hex(b.hash))"),
    _of_block("block.entries", _NUMBER, "how many entries it holds", "b.entries"),
    _of_block("block.refused", _NUMBER, "how many of them were refused", "b.refused"),
    _of_block(
        "block.configuration", _FLAG, "whether it changes the rules", "b.configuration"
    ),
    _of_entry("entry.position", _NUMBER, "position in its block, from 0", "e.position"),
    _of_entry("entry.time", _TIME, "declared time of the entry", "e.time_us"),
    _of_entry("entry.id", _TEXT, "its id", _text_of("id")),
    _of_entry("entry.kind", _TEXT, "what kind of entry it is", _text_of("kind")),
    _of_entry("entry.type", _TEXT, "the same as entry.kind", _text_of("kind")),
    _of_entry("entry.author", _TEXT, "who is named as its author", _text_of("author")),
    _of_entry("entry.summary", _TEXT, "what it is about", _text_of("summary")),
    _of_entry(
        "entry.refused", _TEXT, "why the network refused it", _text_of("refused")
    ),
    _of_entry("entry.accepted", _FLAG, "whether it was accepted", "e.refused=''"),
    _of_entry(
        "signer",
        _TEXT,
        "the author's organisation",
        "nullif(substr(e.author,1,instr(e.author||'/','/')-1),'')",
    ),
    RowField(Field("time", _TIME, "declared time"), "e.time_us", "b.time_us"),
    _outcome(Outcome.FAILED, "whether a check failed here"),
    _outcome(Outcome.INCONCLUSIVE, "whether a check could not be done here"),
    _of_findings("check.id", "checks that say something here", "check_id", ()),
    _of_findings(
        "check.kind", "their kinds", "kind", tuple(each.value for each in Kind)
    ),
    _of_findings("check.reason", "their reasons", "reason", ()),
    _of_findings(
        "check.severity",
        "how loudly they speak",
        "severity",
        tuple(each.value for each in Severity),
    ),
    _of_statements("item", "things the entry is about", "thing", "f.thing"),
    _of_statements("item.kind", "their kinds", "thing", "nullif(f.kind,'')"),
    _of_statements("fact", "how well its facts stand", "act", "f.fact", _FACTS),
)

ROW_FIELDS: Mapping[str, RowField] = MappingProxyType(
    {each.field.name: each for each in _ROWS}
)
"""Name → field."""

WORDS = Function("words", (_TEXT,), _FLAG, "entries that hold all these words")
TRACE = Function(
    "trace",
    (_TEXT, _TEXT),
    _FLAG,
    'entries on the way of an item: trace("origins", id) or trace("forward", id)',
)

ROW_SCHEMA: Schema = schema(tuple(each.field for each in _ROWS), WORDS, TRACE)
