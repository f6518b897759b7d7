"""Cards in columns while there is room, else in two columns, else below each other."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import SPACE_L

WIDE, HALF, LEAST = 1000, 760, 320
"""Px from which on there are all columns, or two; and the least width."""

Columns = Sequence[Sequence[QWidget]]


class CardGrid(QWidget):
    """Lays its cards out anew when its width passes a limit."""

    def __init__(
        self,
        theme: Theme,
        shares: Sequence[int],
        *,
        half_px: int = HALF,
        parent: QWidget | None = None,
    ) -> None:
        """Show nothing yet; the columns get ``shares`` of the width.

        Below ``half_px`` all cards stand below each other.
        """
        super().__init__(parent)
        self._theme, self._shares, self._half_px = theme, shares, half_px
        self._cards: Columns = ()
        self._count = 0
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.whole_px(SPACE_L))

    def show_columns(self, cards: Columns) -> None:
        """Show these cards; each column's last one takes the room that is left."""
        if [list(each) for each in cards] != [list(each) for each in self._cards]:
            self._cards = cards
            self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Ask for the width of one column only, so that the window can be narrow."""
        high = super().minimumSizeHint().height()
        return QSize(self._theme.whole_px(LEAST), high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the number of columns."""
        super().resizeEvent(event)
        if self._fitting() != self._count:
            self._arrange()

    def _fitting(self) -> int:
        width = self.width() / self._theme.scale
        most = len(self._cards)
        if width < self._half_px:
            return min(1, most)
        return most if width >= WIDE else min(2, most)

    def _arrange(self) -> None:
        self._count = self._fitting()
        while item := self._row.takeAt(0):
            layout = item.layout()
            while layout is not None and layout.takeAt(0):
                pass
        if not self._count:
            return
        columns: list[list[QWidget]] = [list(each) for each in self._cards]
        while len(columns) > self._count:
            last = columns.pop()
            columns[-1] += last
        for number, column in enumerate(columns):
            stack = QVBoxLayout()
            stack.setSpacing(self._theme.whole_px(SPACE_L))
            for card in column:
                stack.addWidget(card, int(card is column[-1]))
                card.show()
            share = self._shares[number] if len(columns) == len(self._cards) else 1
            self._row.addLayout(stack, share)
