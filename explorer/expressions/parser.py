"""Parses an expression to its tree, by precedence; no names are looked up here.

Weakest first: ``or``, ``and``, ``not``, comparisons (which do not chain), ``+ -``,
``* /``, sign. Depth is bounded.
"""

from collections.abc import Callable

from explorer.expressions.errors import ExpressionError
from explorer.expressions.literals import moment_of, number_of
from explorer.expressions.syntax import (
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
from explorer.expressions.tokens import Token, TokenKind, tokens_of
from explorer.expressions.units import UNITS

MAX_DEPTH = 40
"""Deepest nesting of parentheses and signs."""

MAX_OPERATORS = 200
"""Operators in one expression; a chain of them is a tree as deep."""

KEYWORDS = frozenset({"and", "or", "not", "in", "contains", "matches", "true", "false"})

_COMPARISONS = {
    each.value: each
    for each in (
        Operator.EQUAL,
        Operator.UNEQUAL,
        Operator.LESS,
        Operator.AT_MOST,
        Operator.MORE,
        Operator.AT_LEAST,
        Operator.CONTAINS,
        Operator.MATCHES,
        Operator.IN,
    )
}
_SUMS = {"+": Operator.PLUS, "-": Operator.MINUS}
_PRODUCTS = {"*": Operator.TIMES, "/": Operator.OVER}
_CLOSING = {"(": ")", "[": "]", "{": "}"}


def parse(text: str) -> Node:
    """Return the tree of an expression.

    Raises:
        ExpressionError: With the exact place of what is wrong.
    """
    parser = _Parser(tokens_of(text))
    node = parser.any_of()
    parser.end()
    return node


class _Parser:
    """Walks the tokens once; each method takes what it can and returns its node."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0
        self._operators = 0

    @property
    def _token(self) -> Token:
        return self._tokens[self._at]

    def any_of(self) -> Node:
        """Take ``a or b or c``."""
        self._enter()
        node = self._all_of()
        while self._take("or"):
            right = self._all_of()
            node = self._join(Operator.OR, node, right)
        self._depth -= 1
        return node

    def end(self) -> None:
        """Demand that nothing follows."""
        if self._token.kind is not TokenKind.END:
            raise self._unexpected("the expression could end here")

    def _all_of(self) -> Node:
        node = self._negated()
        while self._take("and"):
            right = self._negated()
            node = self._join(Operator.AND, node, right)
        return node

    def _negated(self) -> Node:
        start = self._token.start
        if not self._take("not"):
            return self._comparison()
        self._enter()
        operand = self._negated()
        self._depth -= 1
        return Not(operand, start, operand.end)

    def _comparison(self) -> Node:
        left = self._sum()
        operator = _COMPARISONS.get(self._word())
        if operator is None:
            return left
        self._at += 1
        right = self._set() if operator is Operator.IN else self._sum()
        if self._word() in _COMPARISONS:
            raise self._unexpected("comparisons do not chain; join them with and")
        return self._join(operator, left, right)

    def _set(self) -> Node:
        opening = self._token
        if opening.kind is TokenKind.SIGN and opening.text in {"{", "["}:
            self._at += 1
            items, end = self._items(_CLOSING[opening.text])
            return Collection(items, opening.start, end)
        low = self._sum()
        if not self._take(".."):
            raise self._unexpected("behind in stands a range a..b or a list {a, b}")
        high = self._sum()
        return Range(low, high, low.start, high.end)

    def _sum(self) -> Node:
        return self._chain(_SUMS, self._product)

    def _product(self) -> Node:
        return self._chain(_PRODUCTS, self._signed)

    def _chain(self, signs: dict[str, Operator], take: Callable[[], Node]) -> Node:
        node = take()
        while self._token.kind is TokenKind.SIGN and self._token.text in signs:
            operator = signs[self._token.text]
            self._at += 1
            node = self._join(operator, node, take())
        return node

    def _join(self, operator: Operator, left: Node, right: Node) -> Binary:
        self._operators += 1
        if self._operators > MAX_OPERATORS:
            raise ExpressionError(
                f"more than {MAX_OPERATORS} operators",
                "too-long",
                left.start,
                right.end,
            )
        return Binary(operator, left, right, left.start, right.end)

    def _signed(self) -> Node:
        start = self._token.start
        if not self._take("-"):
            return self._primary()
        self._enter()
        operand = self._signed()
        self._depth -= 1
        return Negative(operand, start, operand.end)

    def _primary(self) -> Node:
        token = self._token
        self._at += 1
        match token.kind:
            case TokenKind.NUMBER:
                return self._number(token)
            case TokenKind.TIME:
                return Literal(moment_of(token), token.start, token.end)
            case TokenKind.TEXT:
                return Literal(token.text, token.start, token.end)
            case TokenKind.QUOTED_NAME:
                return Name(token.text, token.start, token.end)
            case TokenKind.NAME if token.text not in KEYWORDS - {"true", "false"}:
                return self._named(token)
            case TokenKind.SIGN if token.text == "(":
                node = self.any_of()
                self._demand(")")
                return node
        self._at -= 1
        raise self._unexpected("a field, a value or ( is expected here")

    def _number(self, token: Token) -> Literal:
        unit = self._token
        is_unit = unit.kind is TokenKind.NAME or unit.text == "%"
        if is_unit and unit.text in UNITS and unit.text not in KEYWORDS:
            self._at += 1
            return Literal(number_of(token, unit), token.start, unit.end)
        return Literal(number_of(token, None), token.start, token.end)

    def _named(self, token: Token) -> Node:
        if token.text in {"true", "false"}:
            return Literal(token.text == "true", token.start, token.end)
        if not self._take("("):
            return Name(token.text, token.start, token.end)
        self._enter()
        items, end = self._items(")")
        self._depth -= 1
        return Call(token.text, items, token.start, end)

    def _items(self, closing: str) -> tuple[tuple[Node, ...], int]:
        items: list[Node] = []
        while self._token.text != closing or self._token.kind is not TokenKind.SIGN:
            items.append(self.any_of())
            if not self._take(","):
                break
        return tuple(items), self._demand(closing)

    def _word(self) -> str:
        token = self._token
        is_word = token.kind in {TokenKind.NAME, TokenKind.SIGN}
        return token.text if is_word else ""

    def _take(self, text: str) -> bool:
        if self._word() != text:
            return False
        self._at += 1
        return True

    def _demand(self, text: str) -> int:
        end = self._token.end
        if not self._take(text):
            raise self._unexpected(f"{text} is missing here")
        return end

    def _enter(self) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            token = self._token
            raise ExpressionError(
                f"nested deeper than {MAX_DEPTH}", "too-deep", token.start, token.end
            )

    def _unexpected(self, message: str) -> ExpressionError:
        token = self._token
        end = max(token.end, token.start + 1)
        return ExpressionError(message, "not-understood", token.start, end)
