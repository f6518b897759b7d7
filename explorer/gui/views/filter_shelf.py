"""Filters kept as chips below the filter line, and those used before.

A chip applies its expression; its menu takes it away. The last twenty that were entered
stand in the history.
"""

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from explorer.core.text import printable
from explorer.gui.design.controls import Button, ButtonKind, FilterChip
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import SPACE_S
from explorer.gui.translations import translate
from explorer.gui.viewmodels.inspect import InspectModel
from explorer.gui.viewmodels.preferences import Preferences, Shelf
from explorer.gui.views.layouts import FlowLayout

MAX_CHIP = 44
"""Characters of an expression on its chip; the tip has all."""


class FilterShelf(QWidget):
    """The chips, a way to keep the present filter, and the history."""

    filter_wanted = Signal(object)
    """An expression."""

    def __init__(
        self, theme: Theme, preferences: Preferences, model: InspectModel
    ) -> None:
        """Keep expressions in ``preferences``."""
        super().__init__()
        self._look, self._preferences, self._model = theme, preferences, model
        self.chips: list[FilterChip] = []
        self._flow = FlowLayout(theme.whole_px(SPACE_S), self)
        self._flow.setContentsMargins(0, 0, 0, 0)
        self.keep = Button(
            theme, translate("Filters", "Keep this filter"), ButtonKind.LINK
        )
        self.keep.clicked.connect(self._keep)
        self.history = Button(theme, translate("Filters", "History ▾"), ButtonKind.LINK)
        self.history.clicked.connect(self._offer)
        model.hits_changed.connect(self._tell)
        self._fill()

    def note(self) -> None:
        """Write the present filter into the history, if it is one."""
        if self._is_filter():
            self._preferences.keep_filter(Shelf.USED, self._model.searched)
            self._tell()

    def history_menu(self) -> QMenu:
        """Return the menu of filters used before."""
        menu = QMenu(self)
        for text in self._preferences.filters(Shelf.USED):
            action = menu.addAction(printable(text, 100).replace("&", "&&"))
            action.triggered.connect(partial(self._want, text))
        return menu

    def _is_filter(self) -> bool:
        model = self._model
        return model.is_filter and model.filter_error is None

    def _keep(self) -> None:
        if self._is_filter():
            self._preferences.keep_filter(Shelf.SAVED, self._model.searched)
            self._fill()

    def _drop(self, text: str, _: bool = False) -> None:  # noqa: FBT001, FBT002
        self._preferences.drop_filter(Shelf.SAVED, text)
        self._fill()

    def _want(self, text: str, _: bool = False) -> None:  # noqa: FBT001, FBT002
        self.filter_wanted.emit(text)

    def _offer(self) -> None:
        corner = QPoint(0, self.history.height())
        self.history_menu().popup(self.history.mapToGlobal(corner))

    def _fill(self) -> None:
        while self._flow.takeAt(0) is not None:
            pass
        for chip in self.chips:
            chip.hide()
            chip.deleteLater()
        self.chips = [
            self._chip(text) for text in self._preferences.filters(Shelf.SAVED)
        ]
        for widget in (*self.chips, self.keep, self.history):
            self._flow.addWidget(widget)
        self._tell()

    def _chip(self, text: str) -> FilterChip:
        chip = FilterChip(self._look, printable(text, MAX_CHIP))
        chip.setToolTip(printable(text))
        chip.setAccessibleName(printable(text))
        chip.clicked.connect(partial(self._want, text))
        chip.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        drop = chip.addAction(translate("Filters", "Take this filter away"))
        drop.triggered.connect(partial(self._drop, text))
        return chip

    def _tell(self) -> None:
        saved = self._preferences.filters(Shelf.SAVED)
        is_new = self._is_filter() and self._model.searched not in saved
        has_history = bool(self._preferences.filters(Shelf.USED))
        self.keep.setVisible(is_new)
        self.history.setVisible(has_history)
        self.setVisible(bool(self.chips) or is_new or has_history)
