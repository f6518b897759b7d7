"""Checks a tree against a schema: every name is known, and every comparison has sense.

What passes here can be evaluated and compiled without another error.
"""

from dataclasses import dataclass

from explorer.expressions.errors import ExpressionError
from explorer.expressions.fields import FieldKind, Function, Schema
from explorer.expressions.parser import parse
from explorer.expressions.patterns import compiled
from explorer.expressions.syntax import (
    COMPARING,
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
from explorer.expressions.values import Moment, Quantity


@dataclass(frozen=True, slots=True)
class Type:
    """What a node gives."""

    kind: FieldKind
    dimension: str = ""


_FLAG = Type(FieldKind.FLAG)
_ANY = Type(FieldKind.ANY)
_TEXT = frozenset({FieldKind.TEXT, FieldKind.TEXTS, FieldKind.ANY})
_AMOUNTS = frozenset({FieldKind.NUMBER, FieldKind.QUANTITY, FieldKind.ANY})
_ORDERED = _AMOUNTS | {FieldKind.TIME}


def understood(text: str, names: Schema) -> Node:
    """Return the checked tree of an expression that is true or false.

    Raises:
        ExpressionError: With the exact place of what is wrong.
    """
    node = parse(text)
    found = _Checker(names).type_of(node)
    if found.kind not in {FieldKind.FLAG, FieldKind.ANY}:
        raise ExpressionError(
            f"this is a {_word(found)}; say what it is compared with",
            "not-a-condition",
            node.start,
            node.end,
            "add for example == and a value",
        )
    return node


def calculated(text: str, names: Schema) -> tuple[Node, Type]:
    """Return the checked tree of an expression of any kind, and what it gives.

    Raises:
        ExpressionError: With the exact place of what is wrong.
    """
    node = parse(text)
    return node, _Checker(names).type_of(node)


class _Checker:
    def __init__(self, names: Schema) -> None:
        self._names = names

    def type_of(self, node: Node) -> Type:
        match node:
            case Literal():
                return _literal(node)
            case Name():
                return self._name(node)
            case Call():
                return self._call(node)
            case Not():
                return self._condition(node.operand)
            case Negative():
                return self._amount(node.operand)
            case Binary():
                return self._binary(node)
            case Range() | Collection():
                raise _wrong(node, "a range or list stands only behind in")

    def _name(self, node: Name) -> Type:
        found = self._names.find(node.name)
        if found is None:
            near = self._names.nearest(node.name)
            hint = f"did you mean {near}?" if near else ""
            raise ExpressionError(
                f"there is no field {node.name}",
                "unknown-field",
                node.start,
                node.end,
                hint,
            )
        return Type(found.kind, found.dimension)

    def _call(self, node: Call) -> Type:
        function = self._names.functions.get(node.name)
        if function is None:
            near = self._names.nearest(node.name)
            hint = f"did you mean {near}?" if near else ""
            raise ExpressionError(
                f"there is no function {node.name}",
                "unknown-function",
                node.start,
                node.end,
                hint,
            )
        if len(node.arguments) != len(function.arguments):
            raise _wrong(node, f"{node.name} takes {len(function.arguments)} values")
        for argument, kind in zip(node.arguments, function.arguments, strict=True):
            self._argument(function, argument, kind)
        return Type(function.result)

    def _argument(self, function: Function, node: Node, wanted: FieldKind) -> None:
        if function.name == "exists" and not isinstance(node, Name):
            raise _wrong(node, "exists takes the name of a field")
        found = self.type_of(node).kind
        if FieldKind.ANY not in {wanted, found} and found is not wanted:
            raise _wrong(node, f"{function.name} takes a {wanted} here, not a {found}")

    def _condition(self, node: Node) -> Type:
        found = self.type_of(node)
        if found.kind not in {FieldKind.FLAG, FieldKind.ANY}:
            raise _wrong(node, f"a condition is expected, not a {_word(found)}")
        return _FLAG

    def _amount(self, node: Node) -> Type:
        found = self.type_of(node)
        if found.kind not in _AMOUNTS:
            raise _wrong(node, f"a number is expected, not a {_word(found)}")
        return found

    def _binary(self, node: Binary) -> Type:
        if node.operator in {Operator.AND, Operator.OR}:
            self._condition(node.left)
            return self._condition(node.right)
        left = self.type_of(node.left)
        if node.operator is Operator.IN:
            return self._membership(left, node.right)
        right = self.type_of(node.right)
        if node.operator in COUNTING:
            return _counted(node, left, right)
        if node.operator in COMPARING:
            return _compared(node, left, right)
        return _searched(node, left)

    def _membership(self, left: Type, right: Node) -> Type:
        members: tuple[Node, ...] = ()
        if isinstance(right, Range):
            members = (right.low, right.high)
        elif isinstance(right, Collection):
            members = right.items
        for member in members:
            _demand_alike(member, left, self.type_of(member))
            if isinstance(right, Range) and left.kind not in _ORDERED:
                raise _wrong(right, f"a {_word(left)} has no range; use a list")
        return _FLAG


def _literal(node: Literal) -> Type:
    match node.value:
        case bool():
            return _FLAG
        case str():
            return Type(FieldKind.TEXT)
        case Moment():
            return Type(FieldKind.TIME)
        case Quantity(dimension=dimension):
            kind = FieldKind.QUANTITY if dimension else FieldKind.NUMBER
            return Type(kind, dimension)


def _counted(node: Binary, left: Type, right: Type) -> Type:
    if FieldKind.ANY in {left.kind, right.kind}:
        return _ANY
    if FieldKind.TIME in {left.kind, right.kind}:
        return _timed(node, left, right)
    for side, found in ((node.left, left), (node.right, right)):
        if found.kind not in _AMOUNTS:
            raise _wrong(side, f"a number is expected, not a {_word(found)}")
    if node.operator is Operator.TIMES:
        return _multiplied(node, left, right)
    if node.operator is Operator.OVER:
        return _divided(node, left, right)
    _demand_alike(node, left, right)
    return left


def _timed(node: Binary, left: Type, right: Type) -> Type:
    if left.kind is right.kind and node.operator is Operator.MINUS:
        return Type(FieldKind.QUANTITY, "duration")
    is_shift = node.operator in {Operator.PLUS, Operator.MINUS}
    if left.kind is FieldKind.TIME and right.dimension == "duration" and is_shift:
        return left
    raise _wrong(node, "to a time only a duration such as 3 d can be added")


def _multiplied(node: Binary, left: Type, right: Type) -> Type:
    if left.dimension and right.dimension:
        raise _wrong(node, "two amounts with units are not multiplied here")
    return left if left.dimension else right


def _divided(node: Binary, left: Type, right: Type) -> Type:
    if not right.dimension:
        return left
    if left.dimension == right.dimension:
        return Type(FieldKind.NUMBER)
    raise _wrong(node, f"a {_word(left)} is not divided by a {_word(right)} here")


def _compared(node: Binary, left: Type, right: Type) -> Type:
    _demand_alike(node, left, right)
    is_order = node.operator not in {Operator.EQUAL, Operator.UNEQUAL}
    is_known = FieldKind.ANY not in {left.kind, right.kind}
    if is_order and is_known and left.kind not in _ORDERED:
        raise _wrong(node, f"a {_word(left)} has no order; use == or contains")
    return _FLAG


def _searched(node: Binary, left: Type) -> Type:
    if left.kind not in _TEXT:
        raise _wrong(node.left, f"a text is expected, not a {_word(left)}")
    is_text = isinstance(node.right, Literal) and isinstance(node.right.value, str)
    if not is_text:
        raise _wrong(node.right, "a text in quotes is expected here")
    if node.operator is Operator.MATCHES:
        compiled(node.right)
    return _FLAG


def _demand_alike(node: Node, left: Type, right: Type) -> None:
    kinds = {_plain(left.kind), _plain(right.kind)}
    if FieldKind.ANY in kinds:
        return
    if len(kinds) > 1 and not (kinds <= _AMOUNTS):
        raise _wrong(node, f"a {_word(left)} is compared with a {_word(right)}")
    if left.dimension != right.dimension:
        raise ExpressionError(
            f"a {_word(left)} is compared with a {_word(right)}",
            "unlike-units",
            node.start,
            node.end,
            "give the unit, such as 500 kg",
        )


def _plain(kind: FieldKind) -> FieldKind:
    return FieldKind.TEXT if kind is FieldKind.TEXTS else kind


def _word(found: Type) -> str:
    return found.dimension or str(_plain(found.kind))


def _wrong(node: Node, message: str) -> ExpressionError:
    return ExpressionError(message, "wrong-kind", node.start, node.end)
