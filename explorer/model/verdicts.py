"""What a whole ledger and a whole evidence amount to."""

from dataclasses import dataclass, field
from enum import StrEnum

from explorer.core.absent import Absent
from explorer.model.checks import CheckSpec, Kind, Outcome, Severity
from explorer.model.evidence import Source
from explorer.model.ledgers import Party, Remark


class Verdict(StrEnum):
    """The ladder of DESIGN section 3, worst first."""

    FAILED = "failed"
    """A decisive check failed."""
    UNREADABLE = "unreadable"
    """Nothing could be read."""
    INDETERMINATE = "indeterminate"
    """Nothing failed, but a core check could not be done, or none passed."""
    CONSISTENT = "consistent"
    """Agrees with itself; whoever made the file could have made all of it."""
    ATTRIBUTED = "attributed"
    """Besides, signed by the parties that the user named."""
    ANCHORED = "anchored"
    """Agrees with itself, and every block is linked to a history anchor."""


@dataclass(frozen=True, slots=True)
class Place:
    """A span of bytes with its file's path."""

    path: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """An outcome other than passed that a person should see."""

    check: str
    kind: Kind
    outcome: Outcome
    severity: Severity
    reason: str
    block: int | None
    entry: int | None
    entry_id: str | None
    message: str
    """The static sentence of the reason."""
    expected: str
    computed: str
    detail: str
    places: tuple[Place, ...]
    cause: int = -1
    """Number of the root cause it follows from (0 is the first); -1: stands alone."""
    is_root: bool = True
    """Whether it is a root cause itself, by our inference."""


@dataclass(slots=True)
class CheckRow:
    """How often one check gave which answer."""

    spec: CheckSpec
    counts: dict[Outcome, int] = field(default_factory=dict)
    reasons: dict[str, int] = field(default_factory=dict)
    """Reason → how often, for answers other than passed."""
    open_decisive: int = 0
    """Decisive claims that could not be answered; they make a ledger indeterminate."""
    premises_not_met: int = 0
    """Premises that did not hold; no fault of the ledger by themselves."""

    def count(self, outcome: Outcome) -> int:
        """Return how often the check answered so."""
        return self.counts.get(outcome, 0)


@dataclass(frozen=True, slots=True)
class AnchorUse:
    """An anchor that took part in the verdict."""

    kind: str
    """``identity`` or ``history``."""
    what: str
    origin: str
    source: str
    agrees: bool


@dataclass(frozen=True, slots=True)
class AnchoredRange:
    """Up to where a history anchor ties the ledger."""

    height: int
    block_hash: str
    what: str
    origin: str


@dataclass(frozen=True, slots=True)
class KnownAt:
    """The record with which a pack could first have known of an inconsistency."""

    pack: str
    block: int
    entry: int
    entry_id: str
    activity: str
    checkpoint: int
    """Number of the activity in the pack; 0: it has none."""
    area: str
    organisation: str
    month: str
    """In the pack's zone, such as ``2026-09``; empty: not known."""


@dataclass(frozen=True, slots=True)
class Inconsistency:
    """A domain rule that records do not fit; it never changes the verdict."""

    rule: str
    """Id of DESIGN section 5, such as ``mass-balance``."""
    severity: Severity
    message: str
    path: str
    """File that holds the events."""
    events: tuple[int, ...]
    """Positions of the events in their file, from 0."""
    items: tuple[str, ...]
    reason: str = ""
    """Stable code of the way in which records do not fit, such as ``made-twice``."""
    detail: str = ""
    """Numbers and words that make it concrete."""
    entries: tuple[tuple[int, int], ...] = ()
    """(block, entry) of the ledger entries that hold the events."""
    elsewhere: tuple[tuple[str, tuple[int, ...]], ...] = ()
    """(path, positions) of events in other files."""
    loose: tuple[int, ...] = ()
    """Positions of entries that belong to no block and hold the events."""
    message_zh: str = ""
    """The sentence in Chinese where a domain pack brings its own."""
    known_at: KnownAt | None = None
    """Only for rules of domain packs."""


@dataclass(frozen=True, slots=True)
class Unjudged:
    """Why a rule could not be applied, and how often."""

    code: str
    sentence: str
    count: int


@dataclass(frozen=True, slots=True)
class RuleRow:
    """What one inconsistency rule did."""

    rule: str
    title: str
    found: int
    judged: int
    """How often it could be applied."""
    unjudged: tuple[Unjudged, ...]
    settings: tuple[tuple[str, str], ...]
    """(name, value) of the tolerances it used."""


@dataclass(frozen=True, slots=True)
class LedgerReport:
    """Everything one ledger's verification showed."""

    format: str
    title: str
    entry_unit: str
    verdict: Verdict
    anchors: tuple[AnchorUse, ...]
    attributed: bool
    anchored_to: AnchoredRange | None
    blocks: int
    entries: int
    refused: int
    signatures: int
    first: int | None
    last: int | None
    last_hash: str
    first_time_us: int | Absent
    last_time_us: int | Absent
    checks: tuple[CheckRow, ...]
    findings: tuple[Finding, ...]
    not_checked: tuple[Remark, ...]
    parties: tuple[Party, ...]
    uncovered: tuple[str, ...]
    """Organisations that none of the user's identity anchors covers."""
    is_fictional: bool
    export_hint: str
    verdict_reasons: tuple[Remark, ...] = ()
    """Why the verdict is not better, in the order of weight."""
    findings_total: int = 0
    """How many findings are stored; ``findings`` may hold only the first of them."""
    inconsistencies: tuple[Inconsistency, ...] = ()
    rules: tuple[RuleRow, ...] = ()
    """What each inconsistency rule did; empty where no event was read."""

    def failed_checks(self) -> int:
        """Return how many decisive answers were ``failed``."""
        return sum(row.count(Outcome.FAILED) for row in self.checks)


@dataclass(frozen=True, slots=True)
class SourceDigest:
    """A source file with its digest, before and after."""

    source: Source
    sha256: str
    unchanged: bool
    """Whether size, time and digest were the same at the end."""


@dataclass(frozen=True, slots=True)
class EvidenceReport:
    """Everything that opening and verifying one evidence showed."""

    path: str
    verdict: Verdict
    ledgers: tuple[LedgerReport, ...]
    sources: tuple[SourceDigest, ...]
    problem: str = ""
    """Why nothing could be read, one sentence; empty when something was."""
    advice: str = ""
    inconsistencies: tuple[Inconsistency, ...] = ()
    took_s: float = 0.0
    """Wall-clock seconds; shown, never part of a stable export."""
    problem_reason: str = ""
    """Stable code that goes with ``problem``, such as ``too-many-files``."""
