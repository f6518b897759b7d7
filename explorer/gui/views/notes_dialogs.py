"""Writing a note on what is selected, and the list of all notes.

Notes are opinions and are called so wherever they stand.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from explorer.core.text import printable
from explorer.gui.design.controls import Button, ButtonKind, Label, LineEdit
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import (
    HEIGHT_HOP_ROW,
    SPACE_M,
    SPACE_S,
    Role,
    Token,
)
from explorer.gui.translations import translate
from explorer.gui.viewmodels.case import PageName, Place, Visit
from explorer.gui.viewmodels.claim_cells import Cell, CellRow
from explorer.gui.viewmodels.opinions import Opinion, Opinions, where_of
from explorer.gui.views.cell_table import CellTable


class NoteDialog(QDialog):
    """Writes one note, or marks the place without a word."""

    def __init__(
        self, theme: Theme, opinions: Opinions, place: Place, parent: QWidget | None
    ) -> None:
        """Write about ``place``."""
        super().__init__(parent)
        self._opinions, self._place = opinions, place
        self.setWindowTitle(translate("Notes", "Add a note"))
        self.resize(theme.whole_px(520), theme.whole_px(360))
        layout = QVBoxLayout(self)
        side = theme.whole_px(24)
        layout.setContentsMargins(side, side, side, theme.whole_px(16))
        layout.setSpacing(theme.whole_px(SPACE_M))
        where = where_of(_at(place))
        layout.addWidget(Label(theme, where, Role.TITLE, wrap=True))
        lead = translate(
            "Notes",
            "Your opinion: kept beside the evidence, never in it, and printed in "
            "reports as a note of the examiner. Without a text the place is only "
            "marked.",
        )
        layout.addWidget(Label(theme, lead, Role.BODY, Token.INK2, wrap=True))
        self.text = QPlainTextEdit()
        self.text.setFont(theme.font(Role.BODY))
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(translate("Notes", "Note"))
        self.tags = LineEdit(theme, translate("Notes", "Tags, with commas between"))
        self.tags.setAccessibleName(translate("Notes", "Tags"))
        self.said = Label(theme, "", Role.SMALL, Token.FAIL, wrap=True)
        for widget in (self.text, self.tags, self.said):
            layout.addWidget(widget)
        row = QHBoxLayout()
        row.setSpacing(theme.whole_px(SPACE_S))
        close = Button(theme, translate("Notes", "Cancel"))
        close.clicked.connect(self.reject)
        keep = Button(theme, translate("Notes", "Keep"), ButtonKind.PRIMARY)
        keep.clicked.connect(self.keep)
        row.addStretch(1)
        row.addWidget(close)
        row.addWidget(keep)
        layout.addLayout(row)

    def keep(self) -> None:
        """Keep the note and close."""
        tags = self.tags.text().replace("，", ",").split(",")
        try:
            self._opinions.add(self._place, self.text.toPlainText(), tags)
        except OSError as error:
            self.said.setText(printable(error.strerror or "", 200))
            return
        self.accept()


class NotesDialog(QDialog):
    """All notes on the evidence: open, take away, undo."""

    visit_wanted = Signal(object)

    def __init__(
        self, theme: Theme, opinions: Opinions, parent: QWidget | None
    ) -> None:
        """Show ``opinions`` and follow them."""
        super().__init__(parent)
        self._opinions = opinions
        self.setWindowTitle(translate("Notes", "Notes and bookmarks"))
        self.resize(theme.whole_px(860), theme.whole_px(560))
        layout = QVBoxLayout(self)
        side = theme.whole_px(24)
        layout.setContentsMargins(side, side, side, theme.whole_px(16))
        layout.setSpacing(theme.whole_px(SPACE_M))
        title = translate("Notes", "Your notes are opinions, not findings")
        layout.addWidget(Label(theme, title, Role.HEADLINE, wrap=True))
        heads = (
            translate("Notes", "About"),
            translate("Notes", "Note"),
            translate("Notes", "Tags"),
            translate("Notes", "Written"),
        )
        self.table = CellTable(
            theme, heads, (220, 0, 150, 190), row_px=HEIGHT_HOP_ROW, most_rows=9
        )
        self.table.setAccessibleName(translate("Notes", "Notes and bookmarks"))
        self.table.activated.connect(lambda _: self.open_chosen())
        none = translate("Notes", "Nothing is noted on this evidence.")
        self._none = Label(theme, none, Role.BODY, Token.INK3, wrap=True)
        self._said = Label(theme, "", Role.SMALL, Token.FAIL, wrap=True)
        for widget in (self.table, self._none):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addWidget(self._said)
        layout.addLayout(self._foot(theme))
        opinions.changed.connect(self._show)
        self._show()

    def _foot(self, theme: Theme) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.whole_px(SPACE_S))
        self.undo = Button(theme, translate("Notes", "Undo"))
        self.undo.clicked.connect(lambda: self._step(-1))
        self.redo = Button(theme, translate("Notes", "Redo"))
        self.redo.clicked.connect(lambda: self._step(1))
        self.drop = Button(theme, translate("Notes", "Take away"))
        self.drop.clicked.connect(self._remove)
        close = Button(theme, translate("Notes", "Close"))
        close.clicked.connect(self.reject)
        self.open_it = Button(theme, translate("Notes", "Open"), ButtonKind.PRIMARY)
        self.open_it.clicked.connect(self.open_chosen)
        for button in (self.undo, self.redo, self.drop):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(close)
        row.addWidget(self.open_it)
        return row

    def chosen(self) -> Opinion | None:
        """Return the note that is selected."""
        row, found = self.table.currentIndex().row(), self._opinions.all()
        return found[row] if 0 <= row < len(found) else None

    def open_chosen(self) -> None:
        """Go to what the note is about."""
        opinion = self.chosen()
        if opinion is not None:
            is_thing = opinion.height is None and bool(opinion.item)
            page = PageName.PROVENANCE if is_thing else PageName.INSPECT
            self.visit_wanted.emit(Visit(page, opinion.place))
            self.accept()

    def _remove(self) -> None:
        opinion = self.chosen()
        if opinion is not None:
            try:
                self._opinions.remove(opinion)
            except OSError as error:
                self._said.setText(printable(error.strerror or "", 200))

    def _step(self, step: int) -> None:
        try:
            self._opinions.undo(step)
        except OSError as error:
            self._said.setText(printable(error.strerror or "", 200))

    def _show(self) -> None:
        found = self._opinions.all()
        marked = translate("Notes", "marked")
        self.table.show_rows(
            [
                CellRow(
                    (
                        Cell(where_of(each)),
                        Cell(printable(each.text, 200) or marked),
                        Cell(", ".join(printable(tag, 40) for tag in each.tags)),
                        Cell(f"{each.written_at[:16].replace('T', ' ')} UTC"),
                    )
                )
                for each in found
            ]
        )
        self.table.setVisible(bool(found))
        self._none.setVisible(not found)
        self.undo.setEnabled(self._opinions.can_undo)
        self.redo.setEnabled(self._opinions.can_redo)
        for button in (self.drop, self.open_it):
            button.setEnabled(bool(found))
        if found:
            self.table.selectRow(0)


def _at(place: Place) -> Opinion:
    return Opinion(place.ledger, place.height, place.entry, place.item, "", (), "")
