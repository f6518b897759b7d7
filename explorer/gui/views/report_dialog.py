"""The head of a report: case, examiner, purpose; then where to write it."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from explorer.core.text import printable
from explorer.gui.design.controls import Button, ButtonKind, Label, LineEdit
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import SPACE_M, SPACE_S, Role, Token
from explorer.gui.messages import Failure
from explorer.gui.translations import translate
from explorer.gui.viewmodels.case import CaseModel
from explorer.gui.viewmodels.reporting import ReportOrder, write_report
from explorer.gui.views.choices import ComboBox
from explorer.reports.case import CaseHeader
from explorer.reports.words import Language


class ReportDialog(QDialog):
    """Asks for the head of the report and writes it in the query thread."""

    def __init__(
        self, theme: Theme, case: CaseModel, parent: QWidget, notes: str = ""
    ) -> None:
        """Write about ``case`` as it is now; ``notes`` are the user's so far."""
        super().__init__(parent)
        self._theme, self._case = theme, case
        self.setWindowTitle(translate("Report", "Report"))
        self.resize(theme.whole_px(640), theme.whole_px(560))
        layout = QVBoxLayout(self)
        side = theme.whole_px(24)
        layout.setContentsMargins(side, side, side, theme.whole_px(16))
        layout.setSpacing(theme.whole_px(SPACE_M))
        title = translate("Report", "A report that another can repeat")
        layout.addWidget(Label(theme, title, Role.HEADLINE, wrap=True))
        lead = translate(
            "Report",
            "One HTML page with all results, what was not checked, and the commands to "
            "repeat it; or JSON for machines. Every field may stay empty.",
        )
        layout.addWidget(Label(theme, lead, Role.BODY, Token.INK2, wrap=True))
        layout.addLayout(self._fields())
        self._notes.setPlainText(notes)
        layout.addStretch(1)
        self._said = Label(theme, "", Role.SMALL, Token.INK2, wrap=True)
        layout.addWidget(self._said)
        layout.addLayout(self._foot())

    def header(self) -> CaseHeader:
        """Return what was typed."""
        return CaseHeader(
            self._case_id.text(),
            self._examiner.text(),
            self._organisation.text(),
            self._purpose.text(),
            self._period.text(),
            notes=self._notes.toPlainText(),
        )

    def language(self) -> Language:
        """Return the language of the report."""
        return Language(self._language.currentData())

    def write_to(self, path: Path) -> None:
        """Write the report to ``path``."""
        case = self._case
        if case.report is None or case.options is None:
            return
        order = ReportOrder(
            path,
            case.report,
            self.header(),
            self.language(),
            case.paths,
            case.options,
        )
        self._said.set_token(Token.INK2)
        self._said.setText(translate("Report", "Writing…"))
        case.query.run(
            lambda: write_report(order),
            self._tell,
            owner=self,
            key="report",
            failed=self._refuse,
        )

    def _fields(self) -> QGridLayout:
        theme = self._theme
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.whole_px(16))
        grid.setVerticalSpacing(theme.whole_px(SPACE_S))
        grid.setColumnStretch(1, 1)
        self._case_id, self._examiner = LineEdit(theme), LineEdit(theme)
        self._organisation, self._purpose = LineEdit(theme), LineEdit(theme)
        self._period = LineEdit(theme)
        self._notes = QPlainTextEdit()
        self._notes.setFont(theme.font(Role.BODY))
        self._notes.setTabChangesFocus(True)
        self._notes.setMaximumHeight(theme.whole_px(90))
        self._language = ComboBox(theme)
        self._language.addItem("English", Language.EN.value)
        self._language.addItem("简体中文", Language.ZH.value)
        self._language.setCurrentIndex(int(theme.language is Language.ZH))
        rows: tuple[tuple[str, QWidget], ...] = (
            (translate("Report", "Case"), self._case_id),
            (translate("Report", "Examiner"), self._examiner),
            (translate("Report", "Organisation"), self._organisation),
            (translate("Report", "Purpose"), self._purpose),
            (translate("Report", "Period"), self._period),
            (translate("Report", "Notes (your opinion)"), self._notes),
            (translate("Report", "Language"), self._language),
        )
        for row, (name, field) in enumerate(rows):
            label = Label(theme, name, Role.BODY, Token.INK2)
            label.setBuddy(field)
            field.setAccessibleName(name)
            top = (
                Qt.AlignmentFlag.AlignTop
                if field is self._notes
                else Qt.AlignmentFlag.AlignVCenter
            )
            grid.addWidget(label, row, 0, top)
            grid.addWidget(field, row, 1)
        return grid

    def _foot(self) -> QHBoxLayout:
        theme = self._theme
        row = QHBoxLayout()
        row.setSpacing(theme.whole_px(SPACE_S))
        close = Button(theme, translate("Report", "Close"))
        close.clicked.connect(self.reject)
        save = Button(theme, translate("Report", "Save as…"), ButtonKind.PRIMARY)
        save.clicked.connect(self._choose)
        row.addStretch(1)
        row.addWidget(close)
        row.addWidget(save)
        return row

    def _choose(self) -> None:
        title = translate("Report", "Save the report")
        kinds = "HTML (*.html);;JSON (*.json)"
        name, _ = QFileDialog.getSaveFileName(self, title, "report.html", kinds)
        if name:
            self.write_to(Path(name))

    def _tell(self, path: Path) -> None:
        said = translate("Report", "Written: {0}")
        self._said.setText(said.format(printable(str(path), 300)))

    def _refuse(self, failure: Failure) -> None:
        self._said.set_token(Token.FAIL)
        self._said.setText(printable(failure.problem, 400))
