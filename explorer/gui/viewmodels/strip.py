"""The blocks of the ledger shown, as arrays for the strip and the ruler.

While a verification runs, blocks are asked for again as they come, ever more rarely the
more there are; the part of the file that is not read yet is left free in proportion.
"""

import time

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from explorer.gui.canvases.strip_data import (
    BlockStatus,
    StripBlocks,
    StripEvent,
    no_blocks,
)
from explorer.gui.translations import translate
from explorer.gui.viewmodels.case import CaseModel, Phase
from explorer.gui.viewmodels.wording import counted
from explorer.model.checks import Outcome
from explorer.store.queries import StripData

LEAST_WAIT_S = 0.25
PATIENCE = 8
"""The next question waits so many times as long as the last one took."""

MOST_EVENTS = 6
NEIGHBOURS = 0.02
"""Configuration blocks closer than this share of the chain get one label."""

_STATUS = np.full(256, BlockStatus.OPEN, np.uint8)
_STATUS[Outcome.PASSED] = BlockStatus.PASSED
_STATUS[Outcome.NOT_APPLICABLE] = BlockStatus.PASSED
_STATUS[Outcome.FAILED] = BlockStatus.FAILED


class StripModel(QObject):
    """Follows a case and keeps the arrays of its ledger."""

    changed = Signal()

    def __init__(self, case: CaseModel, parent: QObject | None = None) -> None:
        """Follow ``case``."""
        super().__init__(parent)
        self._case = case
        self.blocks: StripBlocks = no_blocks()
        self._asked_at = 0.0
        self._is_asked = False
        self._is_stale = False
        self._wait = QTimer(self, singleShot=True)
        self._wait.timeout.connect(self._ask)
        case.rows_changed.connect(self.refresh)
        case.ledger_changed.connect(self._start_over)
        case.report_changed.connect(self._start_over)
        self.refresh()

    def refresh(self) -> None:
        """Ask for the blocks, now or as soon as the last answer allows."""
        if self._is_asked or self._wait.isActive():
            self._is_stale = True
        else:
            self._ask()

    def events(self) -> tuple[StripEvent, ...]:
        """Return configuration changes after the first block, neighbours together."""
        places = [int(each) for each in np.flatnonzero(self.blocks.is_config) if each]
        groups: list[list[int]] = []
        near = max(1.0, NEIGHBOURS * len(self.blocks))
        for place in places:
            if groups and place - groups[-1][-1] <= near:
                groups[-1].append(place)
            else:
                groups.append([place])
        if len(groups) > MOST_EVENTS:
            return ()
        one = translate("Strip", "configuration change")
        many = translate("Strip", "{0} configuration changes")
        return tuple(
            StripEvent(group[0], counted(len(group), one, many)) for group in groups
        )

    def _start_over(self, _: object = None) -> None:
        self._wait.stop()
        self._is_asked = False
        self.refresh()

    def _ask(self) -> None:
        number = self._case.ledger
        self._is_stale = False
        self._asked_at = time.monotonic()
        self._is_asked = self._case.query.ask_rows(
            lambda reader: reader.strip(number),
            self._take,
            owner=self,
            key="strip",
            failed=lambda _: self._rest(),
        )
        if not self._is_asked:  # there is no case file yet, or no longer
            self._show(no_blocks())

    def _take(self, data: StripData) -> None:
        self._rest()
        self._show(self._padded(data))

    def _rest(self) -> None:
        self._is_asked = False
        took = time.monotonic() - self._asked_at
        if self._is_stale or self._case.phase is Phase.CHECKING:
            self._wait.start(round(1000 * max(LEAST_WAIT_S, PATIENCE * took)))
        else:
            self._wait.stop()

    def _show(self, blocks: StripBlocks) -> None:
        self.blocks = blocks
        self.changed.emit()

    def _padded(self, data: StripData) -> StripBlocks:
        """Return the blocks, with room for those that are still to come."""
        missing = self._missing(len(data.heights))
        last = int(data.heights[-1]) if len(data.heights) else -1
        none = np.zeros(missing, np.uint32)
        return StripBlocks(
            np.append(data.heights, last + 1 + np.arange(missing)),
            np.append(data.entries.astype(np.uint32), none),
            np.append(data.refused.astype(np.uint32), none),
            np.append(_STATUS[data.statuses], np.zeros(missing, np.uint8)),
            np.append(data.configurations, np.zeros(missing, np.bool_)),
        )

    def _missing(self, here: int) -> int:
        progress = self._case.progress
        if self._case.phase is not Phase.CHECKING or progress is None or not here:
            return 0
        if not progress.done_bytes:
            return 0
        total = here * progress.total_bytes / progress.done_bytes
        return max(0, round(total) - here)
