"""Turns a checked expression into a function, for rules that ask thousands of records.

Says the same as ``evaluating``, several times faster: the tree is walked once. ``and``
and ``or`` stop at the side that decides, which shows in nothing but the time.
"""

from collections.abc import Callable

from explorer.expressions.evaluating import (
    Functions,
    Lookup,
    apply_function,
    compare,
    count,
    turned,
)
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
from explorer.expressions.values import Value

Compiled = Callable[[Lookup], Value]


def compiled(node: Node, call: Functions) -> Compiled:
    """Return a function from a record's fields to the value of the expression."""
    match node:
        case Literal():
            value = node.value
            return lambda _: value
        case Name():
            name = node.name
            return lambda field: field(name)
        case Call():
            return _call(node, call)
        case Not() | Negative():
            operand = compiled(node.operand, call)
            return lambda field: turned(operand(field))
        case Binary():
            return _binary(node, call)
        case Range() | Collection():
            return lambda _: None


def _call(node: Call, call: Functions) -> Compiled:
    name = node.name
    arguments = [compiled(each, call) for each in node.arguments]
    return lambda field: apply_function(
        name, tuple(each(field) for each in arguments), call
    )


def _binary(node: Binary, call: Functions) -> Compiled:
    sign = node.operator
    left = compiled(node.left, call)
    if sign is Operator.IN:
        return _membership(left, node.right, call)
    right = compiled(node.right, call)
    if sign in {Operator.AND, Operator.OR}:
        return _joined(left, right, deciding=sign is Operator.OR)
    if sign in COUNTING:
        return lambda field: count(sign, left(field), right(field))
    return lambda field: compare(sign, left(field), right(field))


def _joined(left: Compiled, right: Compiled, *, deciding: bool) -> Compiled:
    def joined(field: Lookup) -> Value:
        first = left(field)
        if first is deciding:
            return deciding
        second = right(field)
        if second is deciding:
            return deciding
        both = isinstance(first, bool) and isinstance(second, bool)
        return not deciding if both else None

    return joined


def _membership(left: Compiled, node: Node, call: Functions) -> Compiled:
    if isinstance(node, Range):
        low, high = compiled(node.low, call), compiled(node.high, call)

        def between(field: Lookup) -> Value:
            value = left(field)
            above = compare(Operator.AT_LEAST, value, low(field))
            below = compare(Operator.AT_MOST, value, high(field))
            if above is False or below is False:
                return False
            return True if above and below else None

        return between
    items = node.items if isinstance(node, Collection) else ()
    members = [compiled(each, call) for each in items]

    def among(field: Lookup) -> Value:
        value = left(field)
        answers = [compare(Operator.EQUAL, value, each(field)) for each in members]
        if any(answers):
            return True
        return None if None in answers or value is None else False

    return among
