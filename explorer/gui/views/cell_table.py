"""A small table of plain cells that is as high as its rows; a row opens its entry."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QWidget

from explorer.gui.design.tables import CellRole, TableView
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import HEIGHT_HEADER, HEIGHT_ROW, Role, Token
from explorer.gui.viewmodels.claim_cells import CellRow
from explorer.model.claim_sheets import EntryPlace

_AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class CellModel(QAbstractTableModel):
    """Rows of cells with heads."""

    def __init__(self, heads: Sequence[str], parent: QObject | None = None) -> None:
        """Start without rows."""
        super().__init__(parent)
        self._heads = tuple(heads)
        self._rows: list[CellRow] = []

    def show(self, rows: Sequence[CellRow]) -> None:
        """Show these rows instead."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def row(self, number: int) -> CellRow | None:
        """Return a row, if there is such."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def rowCount(self, parent: _AnyIndex = _NOWHERE) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _AnyIndex = _NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the heads."""
        is_head = orientation is Qt.Orientation.Horizontal
        if is_head and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        return None

    def data(self, index: _AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return one value of a cell."""
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        cell = row.cells[index.column()]
        values: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: cell.text,
            Qt.ItemDataRole.ToolTipRole: cell.tip or cell.text,
            CellRole.SECOND: cell.second,
            CellRole.GRADE: cell.grade,
            CellRole.TYPE: Role.STRONG if cell.is_strong else Role.BODY,
            CellRole.TOKEN: Token.FAIL if cell.is_against else Token.INK,
        }
        return values.get(role)


class CellTable(TableView):
    """A table as high as its rows, up to a most; double click or Enter opens."""

    entry_chosen = Signal(object)
    """``EntryPlace`` of the row that was chosen."""
    entry_opened = Signal(object)
    """``EntryPlace`` of the row that was opened."""

    def __init__(
        self,
        theme: Theme,
        heads: Sequence[str],
        widths_px: tuple[int, ...],
        *,
        row_px: int = HEIGHT_ROW,
        most_rows: int = 12,
        parent: QWidget | None = None,
    ) -> None:
        """Show no rows yet."""
        super().__init__(theme, row_px, parent)
        self._look, self._height_px, self._most = theme, row_px, most_rows
        self.cells = CellModel(heads, self)
        self.setModel(self.cells)
        self.set_widths(widths_px)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(theme.whole_px(280))
        self.activated.connect(self._open)
        self.selectionModel().currentRowChanged.connect(self._choose)

    def show_rows(self, rows: Sequence[CellRow]) -> None:
        """Show these rows and be as high as they need."""
        self.cells.show(rows)
        shown = min(self._most, max(1, len(rows)))
        high = HEIGHT_HEADER + shown * self._height_px + 4
        self.setFixedHeight(self._look.whole_px(high))

    def chosen(self) -> CellRow | None:
        """Return the row that is selected."""
        return self.cells.row(self.currentIndex().row())

    def _entry(self, number: int) -> EntryPlace | None:
        row = self.cells.row(number)
        return None if row is None else row.entry

    def _choose(self, now: QModelIndex) -> None:
        entry = self._entry(now.row())
        if entry is not None:
            self.entry_chosen.emit(entry)

    def _open(self, index: QModelIndex) -> None:
        entry = self._entry(index.row())
        if entry is not None:
            self.entry_opened.emit(entry)
