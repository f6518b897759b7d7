"""An error as a card: what, what now, and details for whoever repairs the program."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from explorer.core.text import printable
from explorer.gui.design.controls import Button, Card, Label
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import Role, Token
from explorer.gui.translations import sentence, translate
from explorer.gui.viewmodels.case import CaseModel, Phase
from explorer.session.catalogue import FAMILIES


class ProblemCard(Card):
    """Says why there is no verdict, or why nothing could be read."""

    again_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Say nothing yet."""
        super().__init__(theme, parent=parent)
        self._diagnostics = ""
        self._title = Label(theme, "", Role.TITLE, wrap=True)
        self._what = Label(theme, "", Role.BODY, Token.INK2, wrap=True, selectable=True)
        self._advice = Label(theme, "", Role.BODY, wrap=True)
        for label in (self._title, self._what, self._advice):
            self.body.addWidget(label)
        self._again = Button(theme, translate("Problem", "Check again"))
        self._again.clicked.connect(self.again_wanted)
        self._copy = Button(theme, translate("Problem", "Copy diagnostics"))
        self._copy.clicked.connect(self._copy_diagnostics)
        row = QHBoxLayout()
        row.setContentsMargins(0, theme.whole_px(8), 0, 0)
        row.addWidget(self._again)
        row.addWidget(self._copy)
        row.addStretch(1)
        self.body.addLayout(row)

    def show_case(self, case: CaseModel) -> None:
        """Show the problem of ``case``, if it has one."""
        if case.phase is Phase.BROKEN and case.failure is not None:
            title = translate("Problem", "The check could not be finished")
            self._show(title, case.failure.problem, case.failure.advice)
            self._diagnostics = case.failure.diagnostics
        elif case.report is not None and not case.report.ledgers:
            title = translate("Problem", "Nothing could be read")
            self._show(title, case.report.problem, _what_can_be_read())
            self._diagnostics = ""
        self._copy.setVisible(bool(self._diagnostics))

    def _show(self, title: str, problem: str, advice: str) -> None:
        self._title.setText(title)
        self._what.setText(printable(sentence(problem), 1000))
        self._advice.setText(sentence(advice))
        self._advice.setVisible(bool(advice))

    def _copy_diagnostics(self) -> None:
        QGuiApplication.clipboard().setText(self._diagnostics)


def _what_can_be_read() -> str:
    titles = ", ".join(sentence(family.title) for family in FAMILIES)
    return translate("Problem", "This version reads: {0}.").format(titles)
