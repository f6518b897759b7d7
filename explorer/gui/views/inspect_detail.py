"""The fields of the block shown, and the claims in it (design, sections 8 and 9.3).

Selecting a field tells its bytes; selecting a claim tells what it covers.
"""

from dataclasses import replace

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from explorer.core.absent import Absent
from explorer.core.spans import ByteSpan
from explorer.core.text import printable
from explorer.gui.design.tables import CellRole, TableView, TreeView
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import HEIGHT_HOP_ROW
from explorer.gui.translations import translate
from explorer.gui.viewmodels.fields import FieldsModel
from explorer.gui.viewmodels.inspect import ClaimLine
from explorer.gui.views.inspect_cells import FieldDelegate, quiet_mark
from explorer.model.ledgers import Field

_AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

OPENED_FIELDS = 24
"""A top field with at most so many fields in it is open from the start."""


class FieldsView(TreeView):
    """The tree of fields."""

    field_chosen = Signal(object)
    """``model.ledgers.Field`` that the user selected."""

    def __init__(self, theme: Theme, model: FieldsModel) -> None:
        """Show the fields of ``model``."""
        super().__init__(theme)
        self._fields = model
        self._is_following = False
        self.setItemDelegate(FieldDelegate(theme, self))
        self.setModel(model)
        self.setAccessibleName(translate("Inspect", "Fields"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.selectionModel().currentRowChanged.connect(self._choose)

    def open_first(self) -> None:
        """Open the top fields that are short."""
        model = self._fields
        tops = [model.index(row, 0) for row in range(model.rowCount())]
        if len(tops) == 1:
            self.expand(tops[0])
            tops = [
                model.index(row, 0, tops[0]) for row in range(model.rowCount(tops[0]))
            ]
        for top in tops:
            if 0 < model.rowCount(top) <= OPENED_FIELDS:
                self.expand(top)

    def show_byte(self, source: int, offset: int) -> None:
        """Select the innermost field that holds a byte."""
        self._go_to(self._fields.index_at(source, offset))

    def show_span(self, span: ByteSpan) -> None:
        """Select the field that is these bytes, or the one around them."""
        self._go_to(self._fields.index_of_span(span))

    def current_field(self) -> Field | None:
        """Return the field selected, with the bytes it lies in if it has none."""
        field = self._fields.field_at(self.currentIndex())
        if field is None or span_of(field) is not None:
            return field
        around = self.current_bytes()
        return field if around is None else replace(field, span=around)

    def current_bytes(self) -> ByteSpan | None:
        """Return the bytes of the field selected, or those it lies in."""
        field = self._fields.field_at(self.currentIndex())
        own = None if field is None else span_of(field)
        return own or self._fields.bytes_of(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the value of the field selected, or move."""
        field = self.current_field()
        if event.matches(QKeySequence.StandardKey.Copy) and field is not None:
            QApplication.clipboard().setText(printable(field.value))
        else:
            super().keyPressEvent(event)

    def _go_to(self, index: QModelIndex) -> None:
        if not index.isValid():
            self.clearSelection()
            return
        self._is_following = True
        above = index.parent()
        while above.isValid():
            self.expand(above)
            above = above.parent()
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)
        self._is_following = False

    def _choose(self, index: QModelIndex) -> None:
        del index
        field = self.current_field()
        if field is not None and not self._is_following:
            self.field_chosen.emit(field)


class ClaimsModel(QAbstractListModel):
    """The claims of the block shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._lines: tuple[ClaimLine, ...] = ()

    def show(self, lines: tuple[ClaimLine, ...]) -> None:
        """Show these claims; those that do not pass come first."""
        self.beginResetModel()
        self._lines = tuple(sorted(lines, key=lambda each: each.mark == "passed"))
        self.endResetModel()

    def line_at(self, row: int) -> ClaimLine | None:
        """Return the claim in a row."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def row_of(self, index: int) -> int:
        """Return the row of the claim with this position in the block; -1 if none."""
        rows = (row for row, line in enumerate(self._lines) if line.index == index)
        return next(rows, -1)

    def rowCount(self, parent: _AnyIndex = _NOWHERE) -> int:
        """Return how many claims there are."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: _AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return texts and marks of one claim."""
        line = self.line_at(index.row())
        if line is None:
            return None
        texts: dict[int, str] = {
            Qt.ItemDataRole.DisplayRole: line.title,
            Qt.ItemDataRole.ToolTipRole: f"{line.title} · {line.where}",
            Qt.ItemDataRole.AccessibleTextRole: f"{line.title} · {line.where}",
            CellRole.SECOND: line.where,
            CellRole.MARK: quiet_mark(line.mark).value,
        }
        return texts.get(role)


class ClaimsView(TableView):
    """The list of claims."""

    claim_chosen = Signal(object)
    """``viewmodels.inspect.ClaimLine`` that the user selected."""

    def __init__(self, theme: Theme, model: ClaimsModel) -> None:
        """Show the claims of ``model``."""
        super().__init__(theme, HEIGHT_HOP_ROW)
        self._claims = model
        self._is_following = False
        self.setModel(model)
        self.horizontalHeader().hide()
        self.set_widths((0,))
        self.setAccessibleName(translate("Inspect", "Claims"))
        self.selectionModel().currentRowChanged.connect(self._choose)

    def show_claim(self, index: int) -> None:
        """Select the claim with this position, without telling that the user did."""
        row = self._claims.row_of(index)
        self._is_following = True
        if row < 0:
            self.clearSelection()
        else:
            self.selectRow(row)
        self._is_following = False

    def _choose(self, index: QModelIndex) -> None:
        line = self._claims.line_at(index.row())
        if line is not None and not self._is_following:
            self.claim_chosen.emit(line)


def span_of(field: Field) -> ByteSpan | None:
    """Return the bytes of a field, or of the fields in it if they are in one file."""
    if not isinstance(field.span, Absent):
        return field.span
    spans = [each for each in map(span_of, field.children) if each is not None]
    if not spans or len({each.source for each in spans}) != 1:
        return None
    start = min(each.start for each in spans)
    return ByteSpan(spans[0].source, start, max(each.end for each in spans))
