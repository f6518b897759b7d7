"""The use case "only these rows": filters over blocks and entries of a case file."""

import numpy as np
import numpy.typing as npt

from explorer.core.absent import Absent
from explorer.model.verdicts import LedgerReport
from explorer.provenance.trace import Direction
from explorer.session.tracing import Tracer
from explorer.store.filtering import matching_rows
from explorer.store.queries import CaseReader

_DIRECTIONS = {"origins": Direction.BACK, "forward": Direction.FORWARD}


class LedgerFilter:
    """Filters the rows of one ledger; the graph is read when ``trace`` is asked for."""

    def __init__(
        self, reader: CaseReader, ledger: int, report: LedgerReport | None
    ) -> None:
        """Read through ``reader``; belongs to its thread."""
        self._reader = reader
        self._ledger = ledger
        self._report = report
        self._tracer: Tracer | None = None

    def rows(self, text: str) -> npt.NDArray[np.int64]:
        """Return the row numbers for which the expression holds, in order.

        Raises:
            ExpressionError: With the exact place of what is wrong.
        """
        database = self._reader.database
        return matching_rows(database, self._ledger, text, self._traced)

    def _traced(self, direction: str, item: str) -> list[tuple[int, int]]:
        if self._tracer is None:
            self._tracer = Tracer(self._reader, self._ledger)
        answer = self._tracer.trace(item, _DIRECTIONS[direction], self._report)
        if isinstance(answer.trace, Absent):
            return []
        return [(hop.block, hop.entry) for hop in answer.trace.hops]


def chosen_rows(
    reader: CaseReader, reports: tuple[LedgerReport, ...], text: str
) -> frozenset[int]:
    """Return the rows of all ledgers of a case for which the expression holds.

    Raises:
        ExpressionError: With the exact place of what is wrong.
    """
    found: set[int] = set()
    for number, report in enumerate(reports):
        found.update(LedgerFilter(reader, number, report).rows(text).tolist())
    return frozenset(found)
