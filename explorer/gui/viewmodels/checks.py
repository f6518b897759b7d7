"""The table "Checked here": check, passed, failed, open, not applicable."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from explorer.gui.translations import translate
from explorer.gui.viewmodels.overview import CheckLine
from explorer.gui.viewmodels.wording import grouped

_AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

COLUMNS = 5
NONE = "–"
FEW = 8
"""Rows shown until all are asked for; failed and open ones are always shown."""


class ChecksModel(QAbstractTableModel):
    """One row for each check; failed ones first."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty, showing few rows."""
        super().__init__(parent)
        self._all: Sequence[CheckLine] = ()
        self._shown: Sequence[CheckLine] = ()
        self._is_long = False

    @property
    def total(self) -> int:
        """Return how many checks there are, shown or not."""
        return len(self._all)

    @property
    def is_long(self) -> bool:
        """Return whether all rows are shown."""
        return self._is_long

    def show(self, lines: Sequence[CheckLine]) -> None:
        """Show these checks instead."""
        self.beginResetModel()
        self._all = lines
        self._cut()
        self.endResetModel()

    def show_all(self, *, is_long: bool) -> None:
        """Show all rows, or few."""
        self.beginResetModel()
        self._is_long = is_long
        self._cut()
        self.endResetModel()

    def line(self, row: int) -> CheckLine | None:
        """Return the check of a row."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def rowCount(self, parent: _AnyIndex = _NOWHERE) -> int:
        """Return the number of rows shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _AnyIndex = _NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else COLUMNS

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the names of the columns."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = (
                Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
            )
            return side | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            translate("Checks", "Check"),
            translate("Checks", "Passed"),
            translate("Checks", "Failed"),
            translate("Checks", "Open"),
            translate("Checks", "n/a"),
        )[section]

    def data(self, index: _AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the title of a check or one of its counts."""
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{line.title}\n{line.check}"
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if index.column() == 0:
            return line.title
        count = (line.passed, line.failed, line.open, line.not_applicable)
        number = count[index.column() - 1]
        return grouped(number) if number else NONE

    def _cut(self) -> None:
        loud = sum(bool(line.failed or line.open) for line in self._all)
        few = max(FEW, loud)
        self._shown = self._all if self._is_long else self._all[:few]
