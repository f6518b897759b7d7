"""What is wrong with an expression, and exactly where."""

from explorer.core.errors import ExplorerError


class ExpressionError(ExplorerError):
    """An expression that cannot be understood.

    Attributes:
        code: Stable kebab-case code, such as ``unknown-field``.
        start: Place of the first wrong character, counted from 0.
        end: Place behind the last one.
        hint: What may have been meant, or an empty text.
    """

    def __init__(
        self, message: str, code: str, start: int, end: int, hint: str = ""
    ) -> None:
        """Keep the place beside the message."""
        super().__init__(message)
        self.code = code
        self.start = start
        self.end = end
        self.hint = hint

    def advice(self) -> str:
        """Return where it is wrong, counted from 1, and what may have been meant."""
        place = f"at character {self.start + 1} of the expression"
        return f"{place}; {self.hint}" if self.hint else place
