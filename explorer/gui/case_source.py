"""What the query thread reads: the case file and the evidence, opened at first use."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from explorer.core.errors import CancelledError

if TYPE_CHECKING:  # heavy, and only needed in the query thread
    from explorer.crypto.trust import TrustStore
    from explorer.model.profiles import Profile
    from explorer.session.showing import BlockShower
    from explorer.store.queries import CaseReader


@dataclass(frozen=True, slots=True)
class CaseSource:
    """What the query thread needs to read a case."""

    case_file: Path
    paths: tuple[Path, ...]
    trust: "TrustStore"
    format: str = ""
    profiles: "Sequence[Profile]" = ()


class CaseFiles:
    """The open case file and the open evidence; belongs to the query thread."""

    def __init__(self) -> None:
        """Open nothing yet."""
        self.source: CaseSource | None = None
        self._reader: CaseReader | None = None
        self._shower: BlockShower | None = None
        self._close_database: Callable[[], None] | None = None

    @property
    def reader(self) -> "CaseReader":
        """Return the reader of the case file, opened at the first use."""
        if self._reader is None:
            from explorer.store.queries import CaseReader
            from explorer.store.schema import open_case

            database = open_case(self._source().case_file)
            self._close_database = database.close
            self._reader = CaseReader(database)
        return self._reader

    def shower(self) -> "BlockShower":
        """Return what shows blocks of the evidence, opened at the first use."""
        if self._shower is None:
            from explorer.session.showing import BlockShower

            source = self._source()
            self._shower = BlockShower(
                source.paths, source.trust, source.format, source.profiles
            )
        return self._shower

    def close(self) -> None:
        """Close both."""
        if self._shower is not None:
            self._shower.close()
        if self._close_database is not None:
            self._close_database()
        self.source = None
        self._reader = self._shower = self._close_database = None

    def _source(self) -> CaseSource:
        if self.source is None:
            raise CancelledError("no case is open")
        return self.source
