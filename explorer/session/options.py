"""What the user may say about a verification."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from explorer.core.absent import Absent
from explorer.crypto.trust import HistoryAnchor, TrustStore
from explorer.model.events import TraceEvent
from explorer.model.profiles import Profile
from explorer.payloads.packs.reading import ReadPack
from explorer.provenance.rules.base import Settings


def ignore_events(_: Sequence[TraceEvent]) -> None:
    """Do nothing with events."""


@dataclass(frozen=True, slots=True)
class VerifyOptions:
    """Trust, time and extent; all are arguments, nothing is read from elsewhere."""

    trust: TrustStore
    checkpoints: Sequence[HistoryAnchor] = ()
    copies: Sequence[Path] = ()
    as_of: datetime | Absent = Absent.NOT_IN_EXPORT
    network: str = ""
    format: str = ""
    """Name of the only family to try; empty: recognise it."""
    jobs: int = 0
    """Processes for signatures; 0: one for each core."""
    keep_statements: bool = False
    """Also write provenance statements to the case file."""
    hash_twice: bool = False
    """Hash the files before and after, as a report demands; else once."""
    fast: bool = True
    """Use the fast signature library where it is installed."""
    profiles: Sequence[Profile] = ()
    """Mapping profiles to use; empty: a shipped one that is meant for the ledger."""
    packs: Sequence[ReadPack] = ()
    """Domain packs to judge with; empty: a shipped one that recognises the ledger."""
    rules: Settings = field(default_factory=Settings)
    """Tolerances of the inconsistency rules."""
    on_events: Callable[[Sequence[TraceEvent]], None] = ignore_events
    """Is told the events of each entry, in order; for what is worked out beside."""
