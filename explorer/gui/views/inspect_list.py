"""The list of blocks and entries with its search line (design, sections 8, 9.3, 15).

Enter goes to the next row found, Shift+Enter to the one before; "only matches" narrows
the list. An expression of the filter language narrows it at once; where it is wrong and
why stands below the line. Rows are read page by page as they come into view.
"""

from functools import partial

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from explorer.core.text import printable
from explorer.expressions.errors import ExpressionError
from explorer.gui.design.controls import Chip, EditState, FilterChip, Label, LineEdit
from explorer.gui.design.icons import Icon
from explorer.gui.design.tables import TableView
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import (
    HEIGHT_ROW_DENSE,
    SPACE_S,
    SPACE_XS,
    Role,
    Token,
)
from explorer.gui.translations import translate
from explorer.gui.viewmodels.copying import CopyForm, form_word
from explorer.gui.viewmodels.inspect import InspectModel
from explorer.gui.viewmodels.rows import RowRole, RowsModel, filters_from
from explorer.gui.viewmodels.wording import counted, grouped
from explorer.gui.views.filter_completer import FilterCompleter
from explorer.gui.views.inspect_cells import EntryDelegate
from explorer.store.queries import MAX_HITS, Row

_WIDTHS = (86, 88, 0, 106, 94)


class SearchLine(QWidget):
    """The field to search in, how many rows match, and whether only they are shown."""

    next_wanted = Signal(object)
    """1 for the next row found, -1 for the one before."""
    narrow_wanted = Signal(object)
    """Whether only rows found shall be shown."""

    def __init__(self, theme: Theme, model: InspectModel) -> None:
        """Search through ``model``."""
        super().__init__()
        self._model = model
        self.edit = _SearchEdit(theme)
        self.edit.setAccessibleName(translate("Inspect", "Search in this ledger"))
        self.count = Chip(theme, "")
        self.only = FilterChip(
            theme, translate("Inspect", "Only matches"), checkable=True
        )
        self.completer = FilterCompleter(self.edit)
        self.reason = Label(theme, "", Role.SMALL, Token.FAIL)
        row = QHBoxLayout()
        row.setSpacing(theme.whole_px(SPACE_S))
        row.addWidget(self.edit, 1)
        row.addWidget(self.count)
        row.addWidget(self.only)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.whole_px(SPACE_XS))
        column.addLayout(row)
        column.addWidget(self.reason)
        self.edit.textEdited.connect(model.search)
        self.edit.next_wanted.connect(self._go_on)
        self.edit.cleared.connect(self.clear)
        self.edit.completion_wanted.connect(self.completer.offer_all)
        self.only.toggled.connect(self.narrow_wanted.emit)
        model.hits_changed.connect(self._tell)
        self._tell()

    def take(self, text: str) -> None:
        """Search for ``text`` and show it in the field."""
        self.edit.setText(text)
        self._model.search(text)

    def clear(self) -> None:
        """Search for nothing and show all rows."""
        self.edit.clear()
        self.only.setChecked(False)
        self._model.search("")

    def tell_position(self) -> None:
        """Say which of the rows found is shown."""
        self._tell()

    def _go_on(self, step: int) -> None:
        if self.edit.text().strip() != self._model.searched:
            self._model.search(self.edit.text())
        else:
            self.next_wanted.emit(step)

    def _tell(self) -> None:
        model, found = self._model, len(self._model.hits)
        has_text = bool(model.searched)
        error = model.filter_error
        self.reason.setVisible(error is not None)
        self.count.setVisible(has_text and error is None)
        self.only.setVisible(has_text and found > 0 and not model.is_filter)
        if error is not None:
            self.reason.setText(_reason_text(error))
            self.edit.set_state(EditState.WRONG)
            return
        if not has_text:
            self.edit.set_state(EditState.PLAIN)
            return
        limit = None if model.is_filter else MAX_HITS
        self.count.setText(_count_text(found, model.hit_position, limit))
        if found:
            self.count.set_tokens(Token.ACCENT, Token.ACCENT_BG)
            self.edit.set_state(EditState.UNDERSTOOD)
        else:
            self.count.set_tokens(Token.FAIL, Token.FAIL_BG)
            self.edit.set_state(EditState.WRONG)


def _reason_text(error: ExpressionError) -> str:
    """Return where the expression is wrong, and why."""
    text = translate("Inspect", "Character {0}: {1}")
    shown = text.format(grouped(error.start + 1), printable(str(error)))
    return f"{shown} ({error.hint})" if error.hint else shown


def _count_text(found: int, position: int, limit: int | None) -> str:
    if found == 0:
        return translate("Inspect", "nothing matches")
    if position >= 0:
        text = translate("Inspect", "{0} of {1}")
        return text.format(grouped(position + 1), grouped(found))
    if limit is not None and found >= limit:
        return translate("Inspect", "the first {0} match").format(grouped(found))
    return counted(
        found, translate("Inspect", "1 match"), translate("Inspect", "{0} match")
    )


class _SearchEdit(LineEdit):
    """The field itself: Enter, Shift+Enter and Esc mean something here."""

    next_wanted = Signal(object)
    cleared = Signal()
    completion_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        text = translate(
            "Inspect", "Find a height, hash, id or word, or filter: signer == …"
        )
        super().__init__(theme, text, icon=Icon.SEARCH)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next row found, or clear the search."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            shifted = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.next_wanted.emit(-1 if shifted else 1)
        elif (
            event.key() == Qt.Key.Key_Space
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.completion_wanted.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.cleared.emit()
        else:
            super().keyPressEvent(event)


class RowsView(TableView):
    """The list itself."""

    row_chosen = Signal(object)
    """``store.queries.Row`` that the user selected."""
    row_opened = Signal(object)
    """``store.queries.Row`` that was double-clicked, or Enter was pressed on."""
    filter_wanted = Signal(object)
    """An expression that the user chose from the menu of a row."""
    copy_wanted = Signal(object, object)
    """``store.queries.Row`` and ``CopyForm``."""

    def __init__(self, theme: Theme, model: RowsModel) -> None:
        """Show the rows of ``model``."""
        super().__init__(theme, HEIGHT_ROW_DENSE)
        self._rows = model
        self._wanted = -1
        self._is_following = False
        self.setItemDelegate(EntryDelegate(theme, self))
        self.setModel(model)
        self.set_widths(_WIDTHS)
        self.setAccessibleName(translate("Inspect", "Blocks and entries"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentRowChanged.connect(self._choose)
        self.activated.connect(self._open)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        model.loaded.connect(self._arrive)
        model.modelReset.connect(self._seek)
        model.rowsInserted.connect(self._seek)

    def menu_of(self, row: Row) -> QMenu:
        """Return the menu with which a row becomes a filter."""
        menu = QMenu(self)
        for text in filters_from(row):
            label = translate("Inspect", "Show only {0}").format(printable(text))
            action = menu.addAction(label.replace("&", "&&"))
            action.triggered.connect(partial(self.filter_wanted.emit, text))
        menu.addSeparator()
        for form in CopyForm:
            action = menu.addAction(form_word(form))
            action.triggered.connect(partial(self.copy_wanted.emit, row, form))
        return menu

    def _show_menu(self, point: QPoint) -> None:
        row = self.indexAt(point).data(RowRole.ROW)
        if isinstance(row, Row):
            self.menu_of(row).popup(self.viewport().mapToGlobal(point))

    def show_number(self, number: int) -> None:
        """Select the row of this number without telling that the user did."""
        self._wanted = number
        self._seek()

    def _seek(self) -> None:
        line = self._rows.line_of(self._wanted) if self._wanted >= 0 else -1
        if line < 0 or line == self.currentIndex().row():
            return
        self._is_following = True
        index = self._rows.index(line, 0)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self._is_following = False
        hint = QAbstractItemView.ScrollHint
        seen = self.viewport().rect().contains(self.visualRect(index))
        self.scrollTo(index, hint.EnsureVisible if seen else hint.PositionAtCenter)

    def _choose(self, index: QModelIndex) -> None:
        if self._is_following or not index.isValid():
            return
        row = self._rows.row_at(index.row())
        self._wanted = self._rows.number_at(index.row())
        if row is not None:
            self.row_chosen.emit(row)

    def _arrive(self) -> None:
        """Tell the row that was chosen before it was read."""
        index = self.currentIndex()
        if index.isValid() and self.hasFocus():
            self._choose(index)

    def _open(self, index: QModelIndex) -> None:
        row = index.data(RowRole.ROW)
        if isinstance(row, Row):
            self.row_opened.emit(row)
