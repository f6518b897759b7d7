"""Choosing what to trace, and how much of a crowd to draw.

Things are offered with their kind while somebody types. A hub, or many folded things,
first says how many it would add; nothing above 50 is added without a filter (design,
section 7, "Hub").
"""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from explorer.core.text import printable
from explorer.gui.design.controls import (
    Button,
    ButtonKind,
    Card,
    Chip,
    FilterChip,
    Label,
    LineEdit,
)
from explorer.gui.design.icons import Icon
from explorer.gui.design.tables import CellRole, TableView
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import (
    HEIGHT_HOP_ROW,
    SPACE_M,
    SPACE_S,
    Role,
    Token,
)
from explorer.gui.translations import translate
from explorer.gui.viewmodels.inspect_words import plural
from explorer.gui.viewmodels.provenance import choice_second, choice_title
from explorer.gui.viewmodels.provenance_scene import OPENED_AT_MOST
from explorer.gui.viewmodels.wording import grouped
from explorer.session.tracing import Choices
from explorer.store.statement_queries import ThingFound

TYPING_PAUSE_MS = 120
"""How long typing must rest before it is looked for."""

_AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_POPUP_ROWS = 7


class ChoicesModel(QAbstractListModel):
    """Things to choose from."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._found: Sequence[ThingFound] = ()

    def show(self, found: Sequence[ThingFound]) -> None:
        """Offer these things."""
        self.beginResetModel()
        self._found = tuple(found)
        self.endResetModel()

    def thing_at(self, row: int) -> str:
        """Return the identifier in a row; empty if there is none."""
        return self._found[row].thing if 0 <= row < len(self._found) else ""

    def rowCount(self, parent: _AnyIndex = _NOWHERE) -> int:
        """Return how many things are offered."""
        return 0 if parent.isValid() else len(self._found)

    def data(self, index: _AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the texts of one thing."""
        if not 0 <= index.row() < len(self._found):
            return None
        found = self._found[index.row()]
        texts: dict[int, str] = {
            Qt.ItemDataRole.DisplayRole: choice_title(found),
            Qt.ItemDataRole.ToolTipRole: printable(found.thing, 400),
            Qt.ItemDataRole.AccessibleTextRole: printable(found.thing, 400),
            CellRole.SECOND: choice_second(found),
            CellRole.TYPE: Role.STRONG.value,
        }
        return texts.get(role)


class ChoicesView(TableView):
    """The list of things to choose from."""

    thing_chosen = Signal(object)
    """Identifier of the thing."""

    def __init__(self, theme: Theme, model: ChoicesModel) -> None:
        """Show the things of ``model``."""
        super().__init__(theme, HEIGHT_HOP_ROW)
        self._choices = model
        self.setModel(model)
        self.horizontalHeader().hide()
        self.set_widths((0,))
        self.setAccessibleName(translate("Provenance", "Things to trace"))
        self.clicked.connect(self._choose)
        self.activated.connect(self._choose)

    def step(self, by: int) -> None:
        """Select the next or the one before."""
        last = self._choices.rowCount() - 1
        if last >= 0:
            row = max(0, min(last, self.currentIndex().row() + by))
            self.selectRow(row)

    def choose_current(self) -> bool:
        """Choose the thing selected; return whether there is one."""
        thing = self._choices.thing_at(self.currentIndex().row())
        if thing:
            self.thing_chosen.emit(thing)
        return bool(thing)

    def _choose(self, index: QModelIndex) -> None:
        thing = self._choices.thing_at(index.row())
        if thing:
            self.thing_chosen.emit(thing)


class ItemSearch(LineEdit):
    """The field to name a thing in; what it may be called is offered below it."""

    suggestions_wanted = Signal(object)
    """The text typed so far."""
    item_chosen = Signal(object)
    """An identifier, or what was typed if nothing was selected."""

    def __init__(self, theme: Theme, host: QWidget) -> None:
        """Show the offers over ``host``."""
        text = translate("Provenance", "Item: a code, a lot, a name")
        super().__init__(theme, text, icon=Icon.SEARCH)
        self._host = host
        self._model = ChoicesModel(self)
        self._popup = Card(theme, padding=(1, 1), parent=host)
        self._list = ChoicesView(theme, self._model)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._popup.body.addWidget(self._list)
        self._popup.hide()
        self._pause = QTimer(self, interval=TYPING_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(lambda: self.suggestions_wanted.emit(self.text()))
        self.textEdited.connect(self._rest)
        self._list.thing_chosen.connect(self._take)

    def show_item(self, item: str) -> None:
        """Show what is traced, unless somebody is typing."""
        if not self._pause.isActive() and not self._popup.isVisible():
            self.setText(item)
            self.setCursorPosition(0)

    def offer(self, choices: Choices) -> None:
        """Offer things, if somebody is typing here."""
        self._model.show(choices.found)
        count = min(_POPUP_ROWS, len(choices.found))
        if not count or not self.hasFocus() or not self.text().strip():
            self._popup.hide()
            return
        row = self._theme.whole_px(HEIGHT_HOP_ROW)
        corner = self.mapTo(self._host, QPoint(0, self.height() + 4))
        width = max(self.width(), self._theme.whole_px(280))
        left = min(corner.x(), self._host.width() - width - 8)
        self._popup.setGeometry(max(0, left), corner.y(), width, count * row + 4)
        self._popup.show()
        self._popup.raise_()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move through the offers, choose one, or leave them."""
        key = event.key()
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self._list.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            is_open = self._popup.isVisible()
            if not (is_open and self._list.choose_current()):
                self._take(self.text().strip())
        elif key == Qt.Key.Key_Escape and self._popup.isVisible():
            self._popup.hide()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leave the offers."""
        super().focusOutEvent(event)
        self._popup.hide()

    def _rest(self) -> None:
        """Wait until typing rests."""
        self._pause.start()

    def _take(self, item: str) -> None:
        self._popup.hide()
        if item:
            self.item_chosen.emit(item)


class Chooser(QWidget):
    """What the page shows before anything is traced, or when nothing was found."""

    thing_chosen = Signal(object)
    kind_chosen = Signal(object)
    """The name of a kind, to look for its things."""

    def __init__(self, theme: Theme) -> None:
        """Offer nothing yet."""
        super().__init__()
        self._theme = theme
        self._model = ChoicesModel(self)
        self._list = ChoicesView(theme, self._model)
        self._list.thing_chosen.connect(self.thing_chosen.emit)
        self._kinds = QHBoxLayout()
        self._kinds.setSpacing(theme.whole_px(SPACE_S))
        self._chips: list[FilterChip] = []
        card = Card(theme, padding=(1, 1))
        card.body.addWidget(self._list)
        self._text = Label(theme, "", Role.BODY, Token.INK3, wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.whole_px(24),) * 4)
        layout.setSpacing(theme.whole_px(SPACE_M))
        layout.addWidget(self._text)
        layout.addLayout(self._kinds)
        layout.addWidget(card, 1)

    def show_choices(self, text: str, choices: Choices) -> None:
        """Offer these things under a line of text."""
        self._text.setText(text)
        self._model.show(choices.found)
        for chip in self._chips:
            self._kinds.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        while self._kinds.count():
            self._kinds.takeAt(0)
        for kind, count in choices.kinds:
            if kind:
                self._add_kind(kind, count)
        self._kinds.addStretch(1)

    def _add_kind(self, kind: str, count: int) -> None:
        text = f"{printable(kind, 30)} · {grouped(count)}"
        chip = FilterChip(self._theme, text.replace("&", "&&"))
        chip.clicked.connect(lambda: self.kind_chosen.emit(kind))
        self._kinds.addWidget(chip)
        self._chips.append(chip)


class FilterBox(Card):
    """A small box over the picture: how many a crowd holds, and which to draw."""

    text_changed = Signal(object)
    add_wanted = Signal(object)
    """The text that the things to be added must hold."""
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Be hidden until it is opened."""
        super().__init__(theme, edge=Token.EDGE, padding=(12, 10), parent=parent)
        self._title = Label(theme, "", Role.STRONG)
        self._edit = LineEdit(theme, translate("Provenance", "Holding this text"))
        self._count = Chip(theme, "")
        self._add = Button(theme, translate("Provenance", "Add"))
        self._close = Button(theme, translate("Provenance", "Cancel"), ButtonKind.LINK)
        row = QHBoxLayout()
        row.setSpacing(theme.whole_px(SPACE_S))
        row.addWidget(self._count)
        row.addStretch(1)
        row.addWidget(self._close)
        row.addWidget(self._add)
        self.body.addWidget(self._title)
        self.body.addWidget(self._edit)
        self.body.addLayout(row)
        self.setFixedWidth(theme.whole_px(300))
        self._edit.textEdited.connect(self.text_changed.emit)
        self._edit.returnPressed.connect(self._press)
        self._add.clicked.connect(self._press)
        self._close.clicked.connect(self.leave)
        self.hide()

    def open_at(self, at: QPoint, title: str) -> None:
        """Open near a point of the parent; ``title`` says what the crowd is."""
        self._title.setText(title)
        self._edit.clear()
        self._count.setText("")
        self._add.setEnabled(False)
        self.adjustSize()
        host = self.parentWidget()
        room = host.rect() if host is not None else self.rect()
        left = max(8, min(at.x(), room.width() - self.width() - 8))
        top = max(8, min(at.y(), room.height() - self.height() - 8))
        self.move(left, top)
        self.show()
        self.raise_()
        self._edit.setFocus()

    def tell(self, matching: int, total: int) -> None:
        """Say how many things would be added, of how many."""
        shown = min(matching, OPENED_AT_MOST)
        if matching > OPENED_AT_MOST:
            text = translate("Provenance", "adds the first {0} of {1}")
            self._count.setText(text.format(grouped(shown), grouped(matching)))
        else:
            text = plural(
                matching,
                translate("Provenance", "adds 1 of {1}"),
                translate("Provenance", "adds {0} of {1}"),
            )
            self._count.setText(text.format(grouped(matching), grouped(total)))
        self._add.setEnabled(matching > 0)

    def leave(self) -> None:
        """Close without adding anything."""
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _press(self) -> None:
        if self._add.isEnabled():
            self.hide()
            self.add_wanted.emit(self._edit.text())
