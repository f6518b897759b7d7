"""Cards side by side while there is room, else in two columns, else below each other."""

from collections.abc import Sequence
from itertools import islice

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import SPACE_L

WIDE, HALF = 1080, 640
"""Px from which on all cards stand in one row, or two in a row."""


class CardGrid(QWidget):
    """Lays its cards out anew when its width passes a limit."""

    def __init__(
        self,
        theme: Theme,
        cards: Sequence[QWidget],
        shares: Sequence[int],
        parent: QWidget | None = None,
    ) -> None:
        """Show ``cards``; in one row they get ``shares`` of the width."""
        super().__init__(parent)
        self._theme, self._cards, self._shares = theme, cards, shares
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.whole_px(SPACE_L))
        self._arrange(len(cards))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the number of columns."""
        super().resizeEvent(event)
        width = self.width() / self._theme.scale
        columns = len(self._cards) if width >= WIDE else 2 if width >= HALF else 1
        if columns != self._columns:
            self._arrange(columns)

    def _arrange(self, columns: int) -> None:
        self._columns = columns
        while self._grid.takeAt(0):
            pass
        for column in range(len(self._cards)):
            self._grid.setColumnStretch(column, 0)
        for number, card in enumerate(self._cards):
            self._grid.addWidget(card, number // columns, number % columns)
        one_row = columns == len(self._cards)
        for column, share in enumerate(islice(self._shares, columns)):
            self._grid.setColumnStretch(column, share if one_row else 1)
