"""A party's own spreadsheet against the open ledger: matched, differs, on one side.

The list is read with the profile that the user gives, or with a shipped one; lines open
their entry in the ledger. Everything can be exported.
"""

from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from explorer.core.errors import ExplorerError, ProfileError
from explorer.core.tasks import NullContext
from explorer.core.text import printable
from explorer.gui.design.controls import (
    Button,
    ButtonKind,
    FilterChip,
    Label,
    LineEdit,
)
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import (
    HEIGHT_HOP_ROW,
    SPACE_M,
    SPACE_S,
    Role,
    Token,
)
from explorer.gui.messages import Failure
from explorer.gui.translations import translate
from explorer.gui.viewmodels.case import CaseModel, PageName, Place, Visit
from explorer.gui.viewmodels.reconciliation import (
    headline,
    heads,
    limit_text,
    more_text,
    rows,
    status_word,
    total_text,
)
from explorer.gui.viewmodels.wording import grouped
from explorer.gui.views.cell_table import CellTable
from explorer.gui.views.mapper_dialog import MapperDialog
from explorer.model.claim_sheets import EntryPlace
from explorer.model.profiles import Profile
from explorer.provenance.reconciliation import DAY_US, Status
from explorer.reports.table_files import Written
from explorer.session.options import VerifyOptions
from explorer.session.outputs import refuse_evidence
from explorer.session.profiles import load_profile, shipped_profiles
from explorer.session.reconciling import (
    Reconciled,
    Tolerance,
    export,
    reconcile_paths,
)


class ReconcileDialog(QDialog):
    """Asks for the list, compares in the query thread, shows what came of it."""

    visit_wanted = Signal(object)

    def __init__(self, theme: Theme, case: CaseModel, parent: QWidget | None) -> None:
        """Compare with the ledger of ``case``."""
        super().__init__(parent)
        self._look, self._case = theme, case
        self._list: Path | None = None
        self._profile: Profile | None = None
        self.compared: Reconciled | None = None
        self.chips: dict[Status | None, FilterChip] = {}
        self.setWindowTitle(translate("Reconcile", "Reconcile with a list"))
        self.resize(theme.whole_px(1220), theme.whole_px(720))
        layout = QVBoxLayout(self)
        side = theme.whole_px(24)
        layout.setContentsMargins(side, side, side, theme.whole_px(16))
        layout.setSpacing(theme.whole_px(SPACE_M))
        asks = translate("Reconcile", "Does a party’s own list agree with the ledger?")
        self._headline = Label(theme, asks, Role.HEADLINE, wrap=True)
        self._lead = Label(theme, limit_text(), Role.BODY, Token.INK2, wrap=True)
        layout.addWidget(self._headline)
        layout.addWidget(self._lead)
        layout.addLayout(self._questions())
        layout.addLayout(self._answers(), 1)
        layout.addLayout(self._foot())
        self._show_list()
        self._show_result()

    # -- parts ------------------------------------------------------------------------

    def _questions(self) -> QHBoxLayout:
        theme = self._look
        row = QHBoxLayout()
        row.setSpacing(theme.whole_px(SPACE_S))
        choose = Button(theme, translate("Reconcile", "Choose the list…"))
        choose.clicked.connect(self._choose_list)
        self._name = Label(theme, "", Role.BODY)
        self._columns = Button(theme, translate("Reconcile", "Columns…"))
        self._columns.clicked.connect(self._map_columns)
        known = Button(theme, translate("Reconcile", "Profile file…"))
        known.clicked.connect(self._choose_profile)
        self._known = Label(theme, "", Role.SMALL, Token.INK2)
        self.days, self.percent = LineEdit(theme, "1"), LineEdit(theme, "0")
        for field, words in (
            (self.days, translate("Reconcile", "Days apart")),
            (self.percent, translate("Reconcile", "Per cent apart")),
        ):
            field.setFixedWidth(theme.whole_px(64))
            field.setAccessibleName(words)
        self._compare = Button(
            theme, translate("Reconcile", "Compare"), ButtonKind.PRIMARY
        )
        self._compare.clicked.connect(self.compare)
        for widget in (choose, self._name, self._columns, known, self._known):
            row.addWidget(widget)
        row.addStretch(1)
        for words, field in (
            (translate("Reconcile", "Days apart"), self.days),
            (translate("Reconcile", "Per cent apart"), self.percent),
        ):
            row.addWidget(Label(theme, words, Role.SMALL, Token.INK2))
            row.addWidget(field)
        row.addWidget(self._compare)
        return row

    def _answers(self) -> QVBoxLayout:
        theme = self._look
        column = QVBoxLayout()
        column.setSpacing(theme.whole_px(SPACE_S))
        chips = QHBoxLayout()
        chips.setSpacing(theme.whole_px(SPACE_S))
        statuses: tuple[Status | None, ...] = (None, *Status)
        for status in statuses:
            chip = FilterChip(theme, "", checkable=True)
            chip.setAutoExclusive(True)
            chip.setChecked(status is None)
            chip.clicked.connect(self._show_rows)
            chips.addWidget(chip)
            self.chips[status] = chip
        chips.addStretch(1)
        self._chips = QWidget()
        self._chips.setLayout(chips)
        self._here = Label(theme, "", Role.SMALL, Token.INK2)
        self._there = Label(theme, "", Role.SMALL, Token.INK2)
        self.table = CellTable(
            theme,
            heads(),
            (110, 140, 262, 262, 0, 124),
            row_px=HEIGHT_HOP_ROW,
            most_rows=9,
        )
        self.table.setAccessibleName(translate("Reconcile", "Lines compared"))
        self.table.entry_opened.connect(self._open)
        self._more = Label(theme, "", Role.SMALL, Token.INK3)
        for widget in (self._chips, self._here, self._there, self.table, self._more):
            column.addWidget(widget)
        column.addStretch(1)
        return column

    def _foot(self) -> QHBoxLayout:
        theme = self._look
        row = QHBoxLayout()
        row.setSpacing(theme.whole_px(SPACE_S))
        self._said = Label(theme, "", Role.SMALL, Token.INK2, wrap=True)
        row.addWidget(self._said, 1)
        close = Button(theme, translate("Reconcile", "Close"))
        close.clicked.connect(self.reject)
        self.save = Button(theme, translate("Reconcile", "Export…"))
        self.save.clicked.connect(self._choose_export)
        row.addWidget(close)
        row.addWidget(self.save)
        return row

    # -- asking -----------------------------------------------------------------------

    def take_list(self, path: Path) -> None:
        """Compare with this list from now on."""
        self._list, self.compared = path, None
        self._show_list()
        self._show_result()

    def take_profile(self, profile: Profile) -> None:
        """Read the list with this profile."""
        self._profile = profile
        self._show_list()

    def _show_list(self) -> None:
        has_list = self._list is not None
        self._columns.setEnabled(has_list)
        self._compare.setEnabled(has_list and bool(self._case.paths))
        none = translate("Reconcile", "no list chosen")
        self._name.setText(
            none if self._list is None else printable(self._list.name, 50)
        )
        self._known.setText(
            translate("Reconcile", "columns by a shipped profile, if one fits")
            if self._profile is None
            else translate("Reconcile", "columns by {0}").format(
                printable(self._profile.name, 40)
            )
        )

    def _choose_list(self) -> None:
        title = translate("Reconcile", "Choose the list")
        kinds = translate("Reconcile", "Tables (*.csv *.tsv *.txt *.xlsx)")
        name, _ = QFileDialog.getOpenFileName(self, title, "", kinds)
        if name:
            self.take_list(Path(name))

    def _choose_profile(self) -> None:
        title = translate("Reconcile", "Choose a mapping profile")
        name, _ = QFileDialog.getOpenFileName(self, title, "", "TOML (*.toml)")
        if not name:
            return
        try:
            self.take_profile(load_profile(name))
        except ProfileError as error:
            self._tell(printable(str(error), 300), Token.FAIL)

    def _map_columns(self) -> None:
        if self._list is not None:
            query = self._case.query
            dialog = MapperDialog(self._look, query, self._list, self)
            dialog.profile_wanted.connect(self.take_profile)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    def tolerance(self) -> Tolerance | None:
        """Return how far apart lines may be; nothing if that is no number."""
        try:
            days = Decimal(self.days.text().strip() or "1")
            percent = Decimal(self.percent.text().strip() or "0")
        except InvalidOperation:
            return None
        if not (0 <= days <= 36_500 and 0 <= percent <= 100):
            return None
        return Tolerance(int(days * DAY_US), percent / 100)

    def compare(self) -> None:
        """Compare, in the query thread."""
        tolerance, sheet, options = self.tolerance(), self._list, self._case.options
        if tolerance is None:
            words = translate("Reconcile", "Days and per cent must be numbers.")
            self._tell(words, Token.FAIL)
            return
        if sheet is None or options is None:
            return
        ledger, own = self._case.paths, self._options(options)
        self._tell(translate("Reconcile", "Comparing…"), Token.INK2)
        self._compare.setEnabled(False)
        self._case.query.run(
            lambda: reconcile_paths(ledger, sheet, own, tolerance, NullContext()),
            self._take,
            owner=self,
            key="reconcile",
            failed=self._refuse,
        )

    def _options(self, options: VerifyOptions) -> VerifyOptions:
        """Return the options with the profile of the list before all others."""
        own = () if self._profile is None else (self._profile,)
        others = tuple(options.profiles) or shipped_profiles()
        profiles = (*own, *others) if own else tuple(options.profiles)
        return replace(options, profiles=profiles, jobs=1, keep_statements=False)

    # -- showing ----------------------------------------------------------------------

    def _take(self, result: Reconciled) -> None:
        self.compared = result
        self._tell("", Token.INK2)
        self._show_list()
        self._show_result()

    def _refuse(self, failure: Failure) -> None:
        self._show_list()
        self._tell(printable(failure.problem, 400), Token.FAIL)

    def _tell(self, text: str, token: Token) -> None:
        self._said.set_token(token)
        self._said.setText(text)

    def _show_result(self) -> None:
        result = self.compared
        has_result = result is not None
        for part in (self._chips, self._here, self._there, self.table, self._more):
            part.setVisible(has_result)
        self.save.setEnabled(has_result)
        if result is None:
            return
        self._headline.setText(headline(result))
        for status, chip in self.chips.items():
            if status is None:
                count = len(result.found.pairs)
                words = translate("Reconcile", "all")
            else:
                count, words = result.found.count(status), status_word(status)
            chip.setText(f"{words} · {grouped(count)}")
        self._here.setText(total_text(result.found.here, is_list=True))
        self._there.setText(total_text(result.found.there, is_list=False))
        self._show_rows()

    def _show_rows(self, _: object = None) -> None:
        result = self.compared
        if result is None:
            return
        chosen = next(
            (status for status, chip in self.chips.items() if chip.isChecked()), None
        )
        self.table.show_rows(rows(result, chosen))
        more = more_text(result, chosen)
        self._more.setText(more)
        self._more.setVisible(bool(more))

    def _open(self, entry: EntryPlace) -> None:
        place = Place(self._case.ledger, entry.block, entry.entry)
        self.visit_wanted.emit(Visit(PageName.INSPECT, place))
        self.accept()

    # -- exporting --------------------------------------------------------------------

    def _choose_export(self) -> None:
        title = translate("Reconcile", "Export the comparison")
        kinds = "XLSX (*.xlsx);;CSV (*.csv);;JSON Lines (*.jsonl)"
        name, _ = QFileDialog.getSaveFileName(self, title, "reconciled.xlsx", kinds)
        if name:
            self.export_to(Path(name))

    def export_to(self, path: Path) -> None:
        """Write all lines to ``path``, never over the evidence or the list."""
        result, sheet = self.compared, self._list
        if result is None or sheet is None:
            return
        try:
            refuse_evidence(path, [*self._case.paths, sheet])
        except ExplorerError as error:
            self._tell(printable(str(error), 300), Token.FAIL)
            return
        self._case.query.run(
            lambda: export(result, path),
            self._tell_written,
            owner=self,
            key="export",
            failed=self._refuse,
        )

    def _tell_written(self, written: Written) -> None:
        text = translate("Reconcile", "{0} rows written, SHA-256 {1}")
        self._tell(text.format(grouped(written.rows), written.sha256), Token.INK2)
