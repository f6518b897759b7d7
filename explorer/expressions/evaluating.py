"""Works an expression out for one record, with three answers: true, false, unknown.

A field that is not there is unknown; comparing with it gives unknown, ``not`` of
unknown is unknown, ``and`` and ``or`` answer where one side alone decides. This is how
SQL treats NULL, so a compiled filter and this evaluator agree row by row.
"""

import operator
from collections.abc import Callable
from fractions import Fraction

from explorer.expressions.patterns import matches, pattern_of
from explorer.expressions.syntax import (
    COUNTING,
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
from explorer.expressions.values import Moment, Quantity, Value, moment

Lookup = Callable[[str], Value]
"""Field name → its value in the record, or nothing."""
Functions = Callable[[str, tuple[Value, ...]], Value]
"""Function of the host and its arguments → value."""

_ORDER: dict[Operator, Callable[[Fraction | int, Fraction | int], bool]] = {
    Operator.EQUAL: operator.eq,
    Operator.UNEQUAL: operator.ne,
    Operator.LESS: operator.lt,
    Operator.AT_MOST: operator.le,
    Operator.MORE: operator.gt,
    Operator.AT_LEAST: operator.ge,
}


def no_functions(name: str, arguments: tuple[Value, ...]) -> Value:
    """Know no function of a host."""
    del name, arguments
    return None


def holds(node: Node, field: Lookup, call: Functions = no_functions) -> bool | None:
    """Return whether a checked condition holds for a record; ``None``: unknown."""
    value = evaluate(node, field, call)
    return value if isinstance(value, bool) else None


def evaluate(node: Node, field: Lookup, call: Functions = no_functions) -> Value:
    """Return the value of a checked expression for one record."""
    return _Evaluator(field, call).value(node)


class _Evaluator:
    def __init__(self, field: Lookup, call: Functions) -> None:
        self._field = field
        self._call_host = call

    def value(self, node: Node) -> Value:
        match node:
            case Literal():
                return node.value
            case Name():
                return self._field(node.name)
            case Call():
                return self._call(node)
            case Not() | Negative():
                return turned(self.value(node.operand))
            case Binary():
                return self._binary(node)
            case Range() | Collection():
                return None

    def _call(self, node: Call) -> Value:
        arguments = tuple(self.value(each) for each in node.arguments)
        return apply_function(node.name, arguments, self._call_host)

    def _binary(self, node: Binary) -> Value:
        match node.operator:
            case Operator.AND | Operator.OR:
                return self._joined(node)
            case Operator.IN:
                return self._membership(self.value(node.left), node.right)
        left, right = self.value(node.left), self.value(node.right)
        if node.operator in COUNTING:
            return count(node.operator, left, right)
        return compare(node.operator, left, right)

    def _joined(self, node: Binary) -> bool | None:
        deciding = node.operator is Operator.OR
        sides = [self.value(node.left), self.value(node.right)]
        if any(each is deciding for each in sides):
            return deciding
        return not deciding if all(isinstance(each, bool) for each in sides) else None

    def _membership(self, left: Value, right: Node) -> bool | None:
        if isinstance(right, Range):
            above = compare(Operator.AT_LEAST, left, self.value(right.low))
            below = compare(Operator.AT_MOST, left, self.value(right.high))
            if above is False or below is False:
                return False
            return True if above and below else None
        if not isinstance(right, Collection):
            return None
        answers = [compare(Operator.EQUAL, left, self.value(m)) for m in right.items]
        if any(answers):
            return True
        return None if None in answers or left is None else False


def apply_function(name: str, arguments: tuple[Value, ...], call: Functions) -> Value:
    """Return what a function gives: a usual one, or one of the host."""
    first = arguments[0] if arguments else None
    match name:
        case "exists":
            return first not in {None, ()}
        case "length" if isinstance(first, str):
            return Quantity(Fraction(len(first)), "")
        case "lower" if isinstance(first, str):
            return first.lower()
        case "length" | "lower":
            return None
    return call(name, arguments)


def turned(value: Value) -> Value:
    """Return the opposite of a condition, or a number with its sign turned."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, Quantity):
        return Quantity(-value.amount, value.dimension)
    return None


def compare(sign: Operator, left: Value, right: Value) -> bool | None:
    """Return how two values compare; unknown where one is not there or unlike."""
    if isinstance(left, tuple):
        return _any(sign, left, right)
    match left, right:
        case str(), str():
            return _texts(sign, left, right)
        case bool(), bool():
            return _equal(sign, is_equal=left is right)
        case Quantity(), Quantity() if left.dimension == right.dimension:
            return _ORDER[sign](left.amount, right.amount)
        case Moment(), Moment():
            return _moments(sign, left, right)
    return None


def _any(sign: Operator, left: tuple[str, ...], right: Value) -> bool | None:
    """Return whether one of several texts compares so; ``!=``: none is equal."""
    if sign is Operator.UNEQUAL:
        equal = _any(Operator.EQUAL, left, right)
        return None if equal is None else not equal
    answers = [compare(sign, each, right) for each in left]
    if any(answers):
        return True
    return None if None in answers else False


def _texts(sign: Operator, left: str, right: str) -> bool | None:
    match sign:
        case Operator.CONTAINS:
            return right in left
        case Operator.MATCHES:
            return matches(pattern_of(right), left)
    return _equal(sign, is_equal=left == right)


def _equal(sign: Operator, *, is_equal: bool) -> bool | None:
    if sign is Operator.EQUAL:
        return is_equal
    return not is_equal if sign is Operator.UNEQUAL else None


def _moments(sign: Operator, left: Moment, right: Moment) -> bool:
    """Compare a moment with an interval: a day equals each of its seconds."""
    match sign:
        case Operator.EQUAL:
            return right.start_us <= left.start_us <= right.end_us
        case Operator.UNEQUAL:
            return not right.start_us <= left.start_us <= right.end_us
        case Operator.LESS:
            return left.start_us < right.start_us
        case Operator.AT_MOST:
            return left.start_us <= right.end_us
        case Operator.MORE:
            return left.start_us > right.end_us
        case _:
            return left.start_us >= right.start_us


def count(sign: Operator, left: Value, right: Value) -> Value:
    """Return a sum, difference, product or quotient; unknown where there is none."""
    match left, right:
        case Quantity(), Quantity():
            return _quantities(sign, left, right)
        case Moment(), Moment() if sign is Operator.MINUS:
            return Quantity(Fraction(left.start_us - right.start_us), "duration")
        case Moment(), Quantity(dimension="duration"):
            shift = int(right.amount)
            return moment(left.start_us + (shift if sign is Operator.PLUS else -shift))
    return None


def _quantities(sign: Operator, left: Quantity, right: Quantity) -> Value:
    if sign is Operator.TIMES:
        amount = left.amount * right.amount
        return Quantity(amount, left.dimension or right.dimension)
    if sign is Operator.OVER:
        if right.amount == 0:
            return None
        same = left.dimension == right.dimension
        dimension = "" if same else left.dimension
        return Quantity(left.amount / right.amount, dimension)
    if left.dimension != right.dimension:
        return None
    change = right.amount if sign is Operator.PLUS else -right.amount
    return Quantity(left.amount + change, left.dimension)
