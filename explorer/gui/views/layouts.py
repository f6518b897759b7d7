"""A row that goes on in the next line, and the size policy of what wraps."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget


class FlowLayout(QLayout):
    """Sets widgets from left to right at their own size, and wraps."""

    def __init__(self, spacing_px: int, parent: QWidget | None = None) -> None:
        """Leave ``spacing_px`` between widgets and between lines."""
        super().__init__(parent)
        self._spacing = spacing_px
        self._items: list[QLayoutItem] = []

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item; Qt calls this."""
        self._items.append(item)

    def count(self) -> int:
        """Return the number of items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item, or nothing."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove and return an item."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Ask for no more room than needed."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Say that it wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Place the widgets."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        """Return the size in one line."""
        hints = [item.sizeHint() for item in self._shown()]
        wide = sum(hint.width() + self._spacing for hint in hints) - self._spacing
        return self._with_margins(
            max(0, wide), max((h.height() for h in hints), default=0)
        )

    def minimumSize(self) -> QSize:
        """Return the size of the widest widget."""
        hints = [item.minimumSize() for item in self._shown()]
        wide = max((hint.width() for hint in hints), default=0)
        return self._with_margins(wide, max((h.height() for h in hints), default=0))

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _with_margins(self, width: int, height: int) -> QSize:
        margins = self.contentsMargins()
        return QSize(
            width + margins.left() + margins.right(),
            height + margins.top() + margins.bottom(),
        )

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        margins = self.contentsMargins()
        room = rect.marginsRemoved(margins)
        top = room.top()
        for number, line in enumerate(self._lines(room.width())):
            high = max(item.sizeHint().height() for item in line)
            top += self._spacing if number else 0
            left = room.left()
            for item in line:
                hint = item.sizeHint()
                if move:
                    at = QPoint(left, top + (high - hint.height()) // 2)
                    item.setGeometry(QRect(at, hint))
                left += hint.width() + self._spacing
            top += high
        return top - rect.top() + margins.bottom()

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        left = 0
        for item in self._shown():
            wide = item.sizeHint().width()
            if not lines or left + wide > width:
                lines.append([])
                left = 0
            lines[-1].append(item)
            left += wide + self._spacing
        return lines


def wrapping_policy() -> QSizePolicy:
    """Return the policy of a widget that wraps: as wide as can be, high as needed."""
    policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    return policy
