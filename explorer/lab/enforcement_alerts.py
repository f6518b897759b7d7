"""What is planted into the fictional enforcement ledger, and which alert it must raise.

Every planted record raises exactly one. They are spread evenly over the records of
their flow, and none is planted so late that its case could stay open.
"""

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum

JOB, SENTENCE, POINTS, SPENDING = (
    "job-assignment",
    "sentence-execution",
    "points-assessment",
    "prison-spending",
)


class Wanted(StrEnum):
    """What a record does otherwise."""

    NO_APPROVAL = "no-approval"
    SAME_KEY = "same-key"
    FORBIDDEN = "forbidden"
    SHORT_NOTICE = "short-notice"
    BACKDATED = "backdated"
    SAME_DOCUMENT = "same-document"
    HIGH_BONUS = "high-bonus"
    WRONG_TOTAL = "wrong-total"
    WRONG_OFFICE = "wrong-office"
    ABOVE_LIMIT = "above-limit"
    WRONG_BALANCE = "wrong-balance"
    STRANGER = "stranger"

    def alert(self, flow: str) -> tuple[str, str]:
        """Return (rule, reason) of what must be found."""
        if self is Wanted.SAME_KEY and flow == JOB:
            return "segregation-of-duty", "proposer-approves"
        return _ALERTS[self]


_ALERTS = {
    Wanted.NO_APPROVAL: ("step-missing", "start-without-approval"),
    Wanted.SAME_KEY: ("segregation-of-duty", "one-key-two-levels"),
    Wanted.FORBIDDEN: ("role-violation", "key-post-forbidden"),
    Wanted.SHORT_NOTICE: ("time-order", "notice-too-short"),
    Wanted.BACKDATED: ("backdated-record", "minutes-backdated"),
    Wanted.SAME_DOCUMENT: ("duplicate-evidence", "document-used-twice"),
    Wanted.HIGH_BONUS: ("cap-exceeded", "bonus-above-half"),
    Wanted.WRONG_TOTAL: ("conservation", "total-not-sum"),
    Wanted.WRONG_OFFICE: ("role-violation", "sheet-not-by-office"),
    Wanted.ABOVE_LIMIT: ("cap-exceeded", "spending-above-limit"),
    Wanted.WRONG_BALANCE: ("conservation", "balance-not-as-booked"),
    Wanted.STRANGER: ("role-violation", "payer-not-registered"),
}

_SORTS: Mapping[str, tuple[tuple[Wanted, str], ...]] = {
    JOB: (
        (Wanted.NO_APPROVAL, "approve"),
        (Wanted.SAME_KEY, "approve"),
        (Wanted.FORBIDDEN, "start"),
    ),
    SENTENCE: (
        (Wanted.SHORT_NOTICE, "public-notice"),
        (Wanted.SAME_KEY, "committee-review"),
        (Wanted.BACKDATED, "ward-opinion"),
        (Wanted.SAME_DOCUMENT, "evidence-check"),
    ),
    POINTS: (
        (Wanted.HIGH_BONUS, "monthly-sheet"),
        (Wanted.WRONG_TOTAL, "monthly-sheet"),
        (Wanted.WRONG_OFFICE, "monthly-sheet"),
    ),
    SPENDING: (
        (Wanted.ABOVE_LIMIT, "order"),
        (Wanted.STRANGER, "deposit"),
        (Wanted.WRONG_BALANCE, "order"),
    ),
}
"""Flow → (what is planted, step at which it is)."""


class Alerts:
    """Says at which records something is planted."""

    def __init__(self, counts: Mapping[str, int], every: int) -> None:
        """Plant ``counts`` in each flow, at most at each ``every``-th record of it."""
        self._counts, self._every = counts, every
        self._seen: Counter[str] = Counter()
        self._planted: Counter[str] = Counter()
        self._due: Counter[str] = Counter()

    def wanted(self, flow: str, step: str) -> Wanted | None:
        """Return what the next record of a flow, at this step, does otherwise."""
        self._seen[flow] += 1
        if self._seen[flow] % self._every == 0:
            self._due[flow] += 1
        planted = self._planted[flow]
        if planted >= min(self._counts.get(flow, 0), self._due[flow]):
            return None
        sorts = [sort for sort, at_step in _SORTS[flow] if at_step == step]
        if not sorts:
            return None
        self._planted[flow] += 1
        return sorts[planted % len(sorts)]
