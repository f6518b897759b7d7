"""Lines that are not read: the first ones each by itself, all further ones counted.

docs/formats/chain-jsonl.md version 1, section 8. A file of millions of empty lines must
take neither millions of findings nor the memory for them.
"""

from explorer.core.spans import ByteSpan
from explorer.formats.chain_jsonl import specs
from explorer.formats.chain_jsonl.drafting import Draft
from explorer.formats.chain_jsonl.reading import MAX_FLAWED_LINES
from explorer.model.blocks import Unreadable
from explorer.model.checks import CheckResult, Outcome


class Flaws:
    """Counts the lines of one file that are not read."""

    def __init__(self) -> None:
        """Begin with none."""
        self._listed = 0
        self._counted = 0
        self._places: tuple[ByteSpan, ...] = ()

    def take(self, flaw: Unreadable, lines: int, out: Draft) -> None:
        """Report so many lines that are refused together, or only count them."""
        if lines == 1 and self._listed < MAX_FLAWED_LINES:
            self._listed += 1
            out.damage.append(flaw)
            return
        self._counted += lines
        self._places = (*self._places[:1], flaw.span)

    def results(self) -> tuple[CheckResult, ...]:
        """Return what sums up the lines that were only counted, if there are any.

        Its places are the first and the last of them.
        """
        if not self._counted:
            return ()
        return (
            CheckResult(
                specs.LINE_FRAMING,
                Outcome.FAILED,
                "too-many-flaws",
                spans=self._places,
                detail=f"{self._counted} lines",
            ),
        )
