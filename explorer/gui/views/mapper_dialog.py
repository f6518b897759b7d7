"""Columns of a spreadsheet to fields of an event, with the first events beside them.

What is chosen is a mapping profile; it can be saved as TOML and used on the command
line, and the table that is open can be read with it at once.
"""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from explorer.core.errors import ExplorerError, ProfileError
from explorer.core.tasks import NullContext
from explorer.core.text import printable
from explorer.encodings.profile_files import read_profile
from explorer.gui.design.controls import Button, ButtonKind, Label, LineEdit
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import SPACE_L, SPACE_M, SPACE_S, Role, Token
from explorer.gui.messages import Failure
from explorer.gui.tasks import QueryService
from explorer.gui.translations import translate
from explorer.gui.viewmodels.mapping import (
    event_heads,
    event_rows,
    fault_heads,
    fault_rows,
    preview_sentence,
    shown_count,
    target_word,
)
from explorer.gui.views.cell_table import CellTable
from explorer.gui.views.choices import ComboBox
from explorer.model.profiles import Profile
from explorer.session.column_mapping import (
    ColumnChoice,
    Preview,
    SheetSeen,
    Target,
    guess,
    look_at,
    preview,
    profile_text,
)

PAUSE_MS = 250
"""After a change the preview waits so long for the next one."""


class MapperDialog(QDialog):
    """Asks which column is what, and shows what comes of it."""

    profile_wanted = Signal(object)
    """``Profile`` with which the table shall be read now."""

    def __init__(
        self, theme: Theme, query: QueryService, path: Path, parent: QWidget | None
    ) -> None:
        """Look at the table of ``path``; previews are made in the query thread."""
        super().__init__(parent)
        self._look, self._query, self._path = theme, query, path
        self._sheets: tuple[SheetSeen, ...] = ()
        self.shown: Preview | None = None
        self.boxes: dict[Target, ComboBox] = {}
        self.setWindowTitle(translate("Mapper", "Map columns to fields"))
        self.resize(theme.whole_px(1080), theme.whole_px(720))
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._preview)
        layout = QVBoxLayout(self)
        side = theme.whole_px(24)
        layout.setContentsMargins(side, side, side, theme.whole_px(16))
        layout.setSpacing(theme.whole_px(SPACE_M))
        title = translate("Mapper", "Which column is what?")
        layout.addWidget(Label(theme, title, Role.HEADLINE, wrap=True))
        lead = translate(
            "Mapper",
            "{0}. A mapping says only how the table is read; it never makes a record "
            "better than it is.",
        ).format(printable(path.name, 80))
        layout.addWidget(Label(theme, lead, Role.BODY, Token.INK2, wrap=True))
        row = QHBoxLayout()
        row.setSpacing(theme.whole_px(24))
        row.addWidget(self._choices())
        row.addLayout(self._result(), 1)
        layout.addLayout(row, 1)
        layout.addLayout(self._foot())
        self._read()

    # -- parts ------------------------------------------------------------------------

    def _choices(self) -> QWidget:
        theme = self._look
        holder = QWidget()
        grid = self._grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, theme.whole_px(SPACE_S), 0)
        grid.setHorizontalSpacing(theme.whole_px(SPACE_M))
        grid.setVerticalSpacing(theme.whole_px(SPACE_S))
        self.sheet = ComboBox(theme)
        self._add(translate("Mapper", "Worksheet"), self.sheet)
        for target in Target:
            box = self.boxes[target] = ComboBox(theme)
            self._add(target_word(target), box)
        self.unit, self.zone = LineEdit(theme, "kg"), LineEdit(theme, "+08:00")
        self.name = LineEdit(theme, "my-table")
        self._add(translate("Mapper", "Unit, if no column says it"), self.unit)
        self._add(translate("Mapper", "Offset of times without one"), self.zone)
        self._add(translate("Mapper", "Name of the profile"), self.name)
        grid.setRowStretch(grid.rowCount(), 1)
        scroll = QScrollArea()
        scroll.setWidget(holder)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFixedWidth(theme.whole_px(400))
        scroll.viewport().setAutoFillBackground(False)
        holder.setAutoFillBackground(False)
        for box in (self.sheet, *self.boxes.values()):
            box.currentIndexChanged.connect(self._soon)
        self.sheet.currentIndexChanged.connect(self._show_columns)
        for edit in (self.unit, self.zone, self.name):
            edit.textEdited.connect(self._soon)
        return scroll

    def _add(self, words: str, field: QWidget) -> None:
        row = self._grid.rowCount()
        label = Label(self._look, words, Role.BODY, Token.INK2)
        label.setBuddy(field)
        field.setAccessibleName(words)
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(field, row, 1)
        self._grid.setColumnStretch(1, 1)

    def _result(self) -> QVBoxLayout:
        theme = self._look
        column = QVBoxLayout()
        column.setSpacing(theme.whole_px(SPACE_S))
        self.said = Label(theme, "", Role.TITLE, wrap=True)
        self._count = Label(theme, "", Role.SMALL, Token.INK3)
        self.events = CellTable(theme, event_heads(), (196, 96, 0, 90, 100))
        self.events.setAccessibleName(translate("Mapper", "The first events"))
        self._faults_head = Label(
            theme, translate("Mapper", "Cells to look at"), Role.LABEL
        )
        self.faults = CellTable(theme, fault_heads(), (60, 120, 0, 270), most_rows=6)
        self.faults.setAccessibleName(translate("Mapper", "Cells to look at"))
        column.addWidget(self.said)
        column.addWidget(self._count)
        column.addWidget(self.events)
        column.addSpacing(theme.whole_px(SPACE_L))
        column.addWidget(self._faults_head)
        column.addWidget(self.faults)
        column.addStretch(1)
        return column

    def _foot(self) -> QHBoxLayout:
        theme = self._look
        row = QHBoxLayout()
        row.setSpacing(theme.whole_px(SPACE_S))
        close = Button(theme, translate("Mapper", "Close"))
        close.clicked.connect(self.reject)
        self.save = Button(theme, translate("Mapper", "Save profile…"))
        self.save.clicked.connect(self._choose_file)
        self.use = Button(
            theme, translate("Mapper", "Read the table with it"), ButtonKind.PRIMARY
        )
        self.use.clicked.connect(self._use)
        self._note = Label(theme, "", Role.SMALL, Token.INK2, wrap=True)
        row.addWidget(self._note, 1)
        for button in (close, self.save, self.use):
            row.addWidget(button)
        return row

    # -- the table --------------------------------------------------------------------

    def _read(self) -> None:
        try:
            self._sheets = look_at(self._path)
        except ExplorerError as error:
            self.said.setText(printable(str(error), 300))
            self._show_result(None)
            return
        for each in self._sheets:
            name = printable(each.sheet, 40) or translate("Mapper", "the only table")
            self.sheet.addItem(name, each.sheet)
        self._show_columns()

    def _show_columns(self, _: object = None) -> None:
        number = self.sheet.currentIndex()
        if not 0 <= number < len(self._sheets):
            return
        seen = self._sheets[number]
        likely = guess(seen.columns)
        for target, box in self.boxes.items():
            box.blockSignals(True)  # noqa: FBT003 - Qt's own signature
            box.clear()
            box.addItem(translate("Mapper", "– no column –"), "")
            for place, column in enumerate(seen.columns):
                cells = [row[place] for row in seen.rows if place < len(row)]
                example = next((each for each in cells if each), "")
                words = printable(column, 40)
                if example:
                    words += f"  ({printable(example, 24)})"
                box.addItem(words, column)
            wanted = likely.get(target, "")
            box.setCurrentIndex(max(0, box.findData(wanted)))
            box.blockSignals(False)  # noqa: FBT003
            box.update()
        self._preview()

    def mapping(self) -> ColumnChoice:
        """Return what was chosen."""
        columns = {
            target: str(box.currentData() or "") for target, box in self.boxes.items()
        }
        several = len(self._sheets) > 1
        return ColumnChoice(
            columns,
            self.name.text().strip() or "my-table",
            self.zone.text().strip(),
            str(self.sheet.currentData() or "") if several else "",
            self.unit.text().strip(),
        )

    def _soon(self, _: object = None) -> None:
        self._pause.start()

    def _preview(self) -> None:
        path, text = self._path, profile_text(self.mapping())
        self._query.run(
            lambda: preview(path, text, NullContext()),
            self._show_result,
            owner=self,
            key="preview",
            failed=self._refuse,
        )

    def _show_result(self, found: Preview | None) -> None:
        self.shown = found
        is_good = found is not None and not found.problem and found.total > 0
        self.use.setEnabled(is_good)
        self.save.setEnabled(is_good)
        if found is None:
            return
        self.said.setText(preview_sentence(found))
        self.said.set_token(Token.FAIL if found.problem else Token.INK)
        self._count.setText(shown_count(found))
        self._count.setVisible(bool(shown_count(found)))
        self.events.show_rows(event_rows(found))
        self.faults.show_rows(fault_rows(found))
        for each in (self._faults_head, self.faults):
            each.setVisible(bool(found.faults))

    def _refuse(self, failure: Failure) -> None:
        self._show_result(Preview((), 0, (), problem=failure.problem))

    # -- acting -----------------------------------------------------------------------

    def profile(self) -> Profile | None:
        """Return the profile chosen, or nothing if it cannot be meant."""
        try:
            return read_profile(profile_text(self.mapping()).encode(), "profile")
        except ProfileError:
            return None

    def _use(self) -> None:
        profile = self.profile()
        if profile is not None:
            self.profile_wanted.emit(profile)
            self.accept()

    def _choose_file(self) -> None:
        title = translate("Mapper", "Save the profile")
        start = f"{self.mapping().name}.toml"
        name, _ = QFileDialog.getSaveFileName(self, title, start, "TOML (*.toml)")
        if name:
            self.save_to(Path(name))

    def save_to(self, path: Path) -> None:
        """Write the profile as TOML, never over the table itself."""
        if path.absolute() == self._path.absolute():
            self._note.setText(
                translate("Mapper", "That is the table itself; choose another name.")
            )
            return
        try:
            path.write_text(profile_text(self.mapping()), "utf-8")
        except OSError as error:
            self._note.setText(printable(error.strerror or "", 200))
            return
        text = translate("Mapper", "Written: {0}. Use it with --profile.")
        self._note.setText(text.format(printable(str(path), 200)))
