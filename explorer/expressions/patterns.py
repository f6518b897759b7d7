"""Regular expressions that cannot run away: each search has a time limit.

The dialect is that of Python's ``re`` (library ``regex``, version 0 behaviour).
"""

from functools import lru_cache

import regex

from explorer.expressions.errors import ExpressionError
from explorer.expressions.syntax import Node

MAX_PATTERN_CHARACTERS = 500
"""Longest pattern."""

SEARCH_LIMIT_S = 0.05
"""Time for one text; a pattern that needs more does not match it."""


def compiled(node: Node) -> regex.Pattern[str]:
    """Return the pattern of a text literal.

    Raises:
        ExpressionError: ``wrong-pattern`` with the place of the literal.
    """
    text = str(getattr(node, "value", ""))
    try:
        return pattern_of(text)
    except (regex.error, RecursionError, OverflowError, ValueError) as error:
        raise ExpressionError(
            f"the pattern cannot be understood: {error}",
            "wrong-pattern",
            node.start,
            node.end,
        ) from error


@lru_cache(maxsize=200)
def pattern_of(text: str) -> regex.Pattern[str]:
    """Return the compiled pattern; kept, since a filter asks for each row."""
    if len(text) > MAX_PATTERN_CHARACTERS:
        raise ValueError(f"longer than {MAX_PATTERN_CHARACTERS} characters")
    return regex.compile(text, regex.VERSION0)


def matches(pattern: regex.Pattern[str], text: str) -> bool | None:
    """Return whether the pattern is found in the text; unknown when time ran out."""
    try:
        return pattern.search(text, timeout=SEARCH_LIMIT_S) is not None
    except TimeoutError:
        return None
