"""The tree of an expression. Every node knows where it stands in the text."""

from dataclasses import dataclass
from enum import StrEnum

from explorer.expressions.values import Moment, Quantity


class Operator(StrEnum):
    """Operators between two values."""

    OR = "or"
    AND = "and"
    EQUAL = "=="
    UNEQUAL = "!="
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="
    CONTAINS = "contains"
    MATCHES = "matches"
    IN = "in"
    PLUS = "+"
    MINUS = "-"
    TIMES = "*"
    OVER = "/"


COMPARING = frozenset(
    {
        Operator.EQUAL,
        Operator.UNEQUAL,
        Operator.LESS,
        Operator.AT_MOST,
        Operator.MORE,
        Operator.AT_LEAST,
    }
)
COUNTING = frozenset({Operator.PLUS, Operator.MINUS, Operator.TIMES, Operator.OVER})


@dataclass(frozen=True, slots=True)
class Literal:
    """A value written out."""

    value: bool | Quantity | str | Moment
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Name:
    """A field, by its name with dots."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments."""

    name: str
    arguments: tuple["Node", ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite; of unknown, unknown."""

    operand: "Node"
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Negative:
    """A number with its sign turned."""

    operand: "Node"
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Binary:
    """Two values and what stands between them."""

    operator: Operator
    left: "Node"
    right: "Node"
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Range:
    """From one value to another, both included; only behind ``in``."""

    low: "Node"
    high: "Node"
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Collection:
    """Several values in braces or brackets; only behind ``in``."""

    items: tuple["Node", ...]
    start: int
    end: int


Node = Literal | Name | Call | Not | Negative | Binary | Range | Collection
