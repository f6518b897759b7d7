"""Whether words in a field are meant as an expression or as words to look for."""

from explorer.expressions.errors import ExpressionError
from explorer.expressions.fields import FieldKind, Schema
from explorer.expressions.tokens import TokenKind, tokens_of

_WORDS = frozenset({"contains", "matches"})
_SIGNS = frozenset({"==", "!=", "<", "<=", ">", ">=", "(", "{"})


def is_meant_as_expression(text: str, names: Schema) -> bool:
    """Return whether ``text`` has a sign of comparison, a call, or a known condition.

    Anything else is words: ``lot 7`` and a bare hash are searched for.
    """
    try:
        tokens = tokens_of(text)
    except ExpressionError as error:
        return error.code == "text-not-closed" and any(c in text for c in "=<>(")
    for token in tokens:
        if token.kind is TokenKind.SIGN and token.text in _SIGNS:
            return True
        if token.kind is TokenKind.NAME and token.text in _WORDS and len(tokens) > 2:
            return True
        known = names.fields.get(token.text) if token.kind is TokenKind.NAME else None
        if known is not None and known.kind is FieldKind.FLAG:
            return True
    return False
