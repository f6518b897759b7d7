"""Filters over blocks and entries: a checked expression becomes SQL.

What SQLite can compare exactly becomes SQL; the rest (patterns, divisions, functions of
texts) becomes a call back to ``expressions.evaluating`` with the values of the fields
it names, so that both ways give the same rows.
"""

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from explorer.expressions.checking import understood
from explorer.expressions.errors import ExpressionError
from explorer.expressions.evaluating import holds
from explorer.expressions.fields import FieldKind
from explorer.expressions.patterns import matches, pattern_of
from explorer.expressions.syntax import (
    COMPARING,
    Binary,
    Call,
    Collection,
    Literal,
    Name,
    Negative,
    Node,
    Not,
    Operator,
    Range,
)
from explorer.expressions.values import Moment, Quantity, Value, moment, number
from explorer.store.bigrams import query_of
from explorer.store.filter_fields import ROW_FIELDS, ROW_SCHEMA, RowField

MAX_SQL_INTEGER = 2**62
"""Sums of two such numbers still fit a column."""

_BLOCK_STRIDE = 2**20
"""More than ``MAX_ENTRIES_PER_BLOCK``: block and position make one number."""

TracedRows = Callable[[str, str], Sequence[tuple[int, int]]]
"""Direction and item → (block, position) of the entries on its way."""


class CannotCompileError(Exception):
    """SQL cannot say it exactly; it is worked out row by row instead."""


@dataclass(slots=True)
class _Compiler:
    """Compiles one expression for the rows of one table."""

    of_entries: bool
    database: sqlite3.Connection
    traced: TracedRows
    parameters: list[object] = field(default_factory=list)
    needs_block: bool = False

    def condition(self, node: Node) -> str:
        """Return SQL that is 1, 0 or NULL for a row."""
        mark = len(self.parameters)
        try:
            return self._condition(node)
        except CannotCompileError:
            del self.parameters[mark:]
            return self._called(node)

    def _condition(self, node: Node) -> str:
        match node:
            case Literal(value=bool() as value):
                return str(int(value))
            case Name():
                return self._column(node)
            case Not():
                return f"(NOT {self.condition(node.operand)})"
            case Call():
                return self._call(node)
            case Binary(operator=Operator.AND | Operator.OR as sign):
                left, right = self.condition(node.left), self.condition(node.right)
                return f"({left} {sign.upper()} {right})"
            case Binary():
                return self._comparison(node)
        raise CannotCompileError

    def _comparison(self, node: Binary) -> str:
        several = _several(node.left)
        if several is not None:
            return self._any_of(node, several)
        if node.operator is Operator.IN:
            return self._membership(node)
        if node.operator is Operator.CONTAINS:
            return f"(instr({self._value(node.left)},{self._value(node.right)})>0)"
        if node.operator is Operator.MATCHES:
            return self._pattern(node)
        if node.operator not in COMPARING:
            raise CannotCompileError
        return self._compared(self._value(node.left), node.operator, node.right)

    def _pattern(self, node: Binary) -> str:
        """Return a call of a function made for this pattern alone."""
        name = f"matches_{node.start}_{node.end}"
        pattern = pattern_of(str(getattr(node.right, "value", "")))

        def answer(text: str | None) -> bool | None:
            return None if text is None else matches(pattern, text)

        self.database.create_function(name, 1, answer, deterministic=True)
        return f"{name}({self._value(node.left)})"

    def _compared(self, left: str, sign: Operator, right: Node) -> str:
        value = right.value if isinstance(right, Literal) else None
        if isinstance(value, Moment) and value.start_us != value.end_us:
            return self._within(left, sign, value)
        word = {Operator.EQUAL: "=", Operator.UNEQUAL: "<>"}.get(sign, sign.value)
        return f"({left} {word} {self._value(right)})"

    def _within(self, left: str, sign: Operator, value: Moment) -> str:
        """Compare with the interval that a literal such as a day stands for."""
        start, end = value.start_us, value.end_us
        match sign:
            case Operator.EQUAL:
                return f"({left} BETWEEN {start} AND {end})"
            case Operator.UNEQUAL:
                return f"({left} NOT BETWEEN {start} AND {end})"
            case Operator.LESS | Operator.AT_LEAST:
                return f"({left} {sign.value} {start})"
            case _:
                return f"({left} {sign.value} {end})"

    def _membership(self, node: Binary) -> str:
        left = self._value(node.left)
        match node.right:
            case Range(low=low, high=high):
                above = self._compared(left, Operator.AT_LEAST, low)
                again = self._value(node.left)
                return f"({above} AND {self._compared(again, Operator.AT_MOST, high)})"
            case Collection(items=items) if items:
                parts = [self._compared(left, Operator.EQUAL, items[0])]
                for item in items[1:]:
                    again = self._value(node.left)
                    parts.append(self._compared(again, Operator.EQUAL, item))
                return "(" + " OR ".join(parts) + ")"
        raise CannotCompileError

    def _any_of(self, node: Binary, several: RowField) -> str:
        """Return whether one of several texts compares so; ``!=``: none is equal."""
        source = self._source(several)
        if not source:
            return "NULL"
        begun = f"EXISTS(SELECT 1 FROM {source} AND"  # noqa: S608 - own constants
        match node.operator:
            case Operator.EQUAL:
                return f"{begun} {several.text}={self._value(node.right)})"
            case Operator.UNEQUAL:
                return f"(NOT {begun} {several.text}={self._value(node.right)}))"
            case Operator.CONTAINS:
                return f"{begun} instr({several.text},{self._value(node.right)})>0)"
        raise CannotCompileError

    def _source(self, several: RowField) -> str:
        return several.entry_sql if self.of_entries else several.block_sql

    def _call(self, node: Call) -> str:
        match node:
            case Call(name="exists", arguments=(Name() as name,)):
                return self._exists(name)
            case Call(name="words", arguments=(Literal(value=str() as text),)):
                return self._words(text)
            case Call(
                name="trace",
                arguments=(
                    Literal(value=str() as direction),
                    Literal(value=str() as item),
                ),
            ):
                return self._trace(node, direction, item)
            case Call(name="words" | "trace"):
                raise ExpressionError(
                    f"{node.name} takes texts in quotes",
                    "wrong-kind",
                    node.start,
                    node.end,
                )
        raise CannotCompileError

    def _exists(self, name: Name) -> str:
        several = _several(name)
        if several is None:
            return f"({self._column(name)} IS NOT NULL)"
        source = self._source(several)
        return f"EXISTS(SELECT 1 FROM {source})" if source else "0"  # noqa: S608

    def _words(self, text: str) -> str:
        query = query_of(text)
        if not query:
            return "NULL"
        self.parameters.append(query)
        own = "e" if self.of_entries else "b"
        return f"({own}.row IN (SELECT rowid FROM words WHERE words MATCH ?))"  # noqa: S608

    def _trace(self, node: Call, direction: str, item: str) -> str:
        if direction not in {"origins", "forward"}:
            raise ExpressionError(
                'the direction is "origins" or "forward"',
                "wrong-kind",
                node.start,
                node.end,
            )
        if not self.of_entries:
            return "NULL"
        places = [
            block * _BLOCK_STRIDE + position
            for block, position in self.traced(direction, item)
        ]
        self.parameters.append(json.dumps(places))
        own = f"e.block*{_BLOCK_STRIDE}+e.position"
        return f"({own} IN (SELECT value FROM json_each(?)))"  # noqa: S608

    def _value(self, node: Node) -> str:
        match node:
            case Name():
                return self._column(node)
            case Literal():
                self.parameters.append(_exact(node.value))
                return "?"
            case Negative():
                return f"(-{self._value(node.operand)})"
            case Binary(operator=Operator.PLUS | Operator.MINUS as sign):
                return (
                    f"({self._value(node.left)}{sign.value}{self._value(node.right)})"
                )
        raise CannotCompileError

    def _column(self, node: Name) -> str:
        known = ROW_FIELDS[node.name]
        if known.text:
            raise CannotCompileError
        if not self.of_entries:
            return known.block_sql
        self.needs_block |= known.needs_block
        return known.entry_sql

    def _called(self, node: Node) -> str:
        """Return SQL that has the evaluator work ``node`` out for the row."""
        names = sorted(_names(node))
        columns = []
        for name in names:
            known = ROW_FIELDS[name]
            self.needs_block |= known.needs_block
            sql = self._source(known)
            if known.text and sql:
                sql = f"(SELECT json_group_array({known.text}) FROM {sql})"  # noqa: S608
            columns.append(sql or "NULL")
        name = f"holds_{'e' if self.of_entries else 'b'}_{node.start}_{node.end}"
        self.database.create_function(
            name, len(names), _holder(node, names), deterministic=True
        )
        return f"{name}({','.join(columns)})"


def _several(node: Node) -> RowField | None:
    """Return the field if ``node`` names one that has several texts."""
    known = ROW_FIELDS[node.name] if isinstance(node, Name) else None
    return known if known is not None and known.text else None


def matching_rows(
    database: sqlite3.Connection, ledger: int, text: str, traced: TracedRows
) -> npt.NDArray[np.int64]:
    """Return the rows of a ledger for which the expression holds, in order.

    ``traced`` answers for ``trace(…)``.

    Raises:
        ExpressionError: With the exact place of what is wrong.
    """
    node = understood(text, ROW_SCHEMA)
    found: list[npt.NDArray[np.int64]] = []
    for of_entries in (False, True):
        compiler = _Compiler(of_entries, database, traced)
        where = compiler.condition(node)
        own = "e" if of_entries else "b"
        tables = "entry e" if of_entries else "block b"
        if of_entries and compiler.needs_block:
            tables += " LEFT JOIN block b ON b.ledger=e.ledger AND b.height=e.block"
        query = (
            f"SELECT group_concat(row) FROM (SELECT {own}.row AS row FROM {tables} "  # noqa: S608
            # the sign keeps SQLite from walking an index over nearly all rows
            f"WHERE +{own}.ledger={ledger:d} AND {where})"
        )
        joined = database.execute(query, compiler.parameters).fetchone()[0]
        if joined:
            found.append(np.fromstring(joined, dtype=np.int64, sep=","))
    return np.sort(np.concatenate(found)) if found else np.zeros(0, np.int64)


def value_from_sql(kind: FieldKind, stored: object) -> Value:
    """Return what a column of this kind holds as a value of the language."""
    match stored:
        case None:
            return None
        case int() if kind is FieldKind.FLAG:
            return bool(stored)
        case int() if kind is FieldKind.TIME:
            return moment(stored)
        case int():
            return number(stored)
        case _:
            return str(stored)


def _holder(node: Node, names: Sequence[str]) -> Callable[..., int | None]:
    kinds = [ROW_FIELDS[name].field.kind for name in names]

    def answer(*stored: object) -> int | None:
        values: Mapping[str, Value] = {
            name: _texts(each)
            if kind is FieldKind.TEXTS
            else value_from_sql(kind, each)
            for name, kind, each in zip(names, kinds, stored, strict=True)
        }
        found = holds(node, values.get)
        return None if found is None else int(found)

    return answer


def _texts(stored: object) -> Value:
    if stored is None:
        return None
    return tuple(str(each) for each in json.loads(str(stored)) if each is not None)


def _names(node: Node) -> set[str]:
    match node:
        case Name(name=name):
            return {name}
        case Not(operand=operand) | Negative(operand=operand):
            return _names(operand)
        case Binary(left=left, right=right):
            return _names(left) | _names(right)
        case Range(low=low, high=high):
            return _names(low) | _names(high)
        case Call(arguments=items) | Collection(items=items):
            return set().union(*map(_names, items)) if items else set()
    return set()


def _has_surrogates(text: str) -> bool:
    """Return whether SQLite refuses the text; no column can equal it."""
    return any("\ud800" <= sign <= "\udfff" for sign in text)


def _exact(value: Value) -> object:
    match value:
        case bool():
            return int(value)
        case Moment():
            return value.start_us
        case Quantity(amount=Fraction(denominator=1) as amount):
            if abs(amount) > MAX_SQL_INTEGER:
                raise CannotCompileError
            return int(amount)
        case Quantity():
            raise CannotCompileError
        case str() if not value.isascii() and _has_surrogates(value):
            raise CannotCompileError
    return value
