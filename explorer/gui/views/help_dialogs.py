"""What the signs mean, and what this program is."""

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from explorer import __version__
from explorer.gui.design.controls import Button, Label
from explorer.gui.design.grades import GradeKey, grade_help, grade_word
from explorer.gui.design.marks import Mark, MarkView, mark_of_verdict, mark_word
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import SPACE_L, SPACE_M, Role, Token
from explorer.gui.translations import translate
from explorer.model.statements import FactGrade
from explorer.model.verdicts import Verdict
from explorer.reports.words import verdict_words


class _Dialog(QDialog):
    """A dialog with a column of widgets and a button that closes it."""

    def __init__(self, theme: Theme, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setWindowTitle(title)
        side = theme.whole_px(24)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(side, side, side, theme.whole_px(16))
        outer.setSpacing(theme.whole_px(SPACE_M))
        outer.addWidget(Label(theme, title, Role.HEADLINE, wrap=True))
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        contents = QWidget()
        self.column = QVBoxLayout(contents)
        self.column.setContentsMargins(0, 0, theme.whole_px(12), 0)
        self.column.setSpacing(theme.whole_px(SPACE_M))
        scroll.setWidget(contents)
        outer.addWidget(scroll, 1)
        close = Button(theme, translate("Help", "Close"))
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(close)
        outer.addLayout(row)
        self.finished.connect(self.deleteLater)


class LegendDialog(_Dialog):
    """Marks, verdicts and grades on one sheet."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Show the sheet."""
        super().__init__(theme, translate("Help", "What the signs mean"), parent)
        self.resize(theme.whole_px(760), theme.whole_px(820))
        answers = (
            (Mark.PASSED, translate("Help", "Worked out here, and it agrees.")),
            (Mark.FAILED, translate("Help", "Worked out here, and it does not match.")),
            (Mark.INCONCLUSIVE, translate("Help", "Material is missing to say.")),
            (
                Mark.NOT_APPLICABLE,
                translate("Help", "The question does not arise here."),
            ),
            (Mark.BROKEN, translate("Help", "This program failed, not the ledger.")),
            (
                Mark.INCONSISTENT,
                translate("Help", "Records contradict each other; no check failed."),
            ),
            (
                Mark.REFUSED,
                translate("Help", "The network itself refused the entry."),
            ),
        )
        self._section(
            translate("Help", "Answers of a check"),
            [
                (MarkView(theme, mark, 20), mark_word(mark), text)
                for mark, text in answers
            ],
        )
        verdicts = [
            (MarkView(theme, mark_of_verdict(each), 20), words.word, words.sentence)
            for each in reversed(Verdict)
            for words in (verdict_words(each, theme.language),)
        ]
        self._section(translate("Help", "Verdicts, the best first"), verdicts)
        grades = [
            (GradeKey(theme, each), grade_word(each), grade_help(each))
            for each in FactGrade
        ]
        self._section(translate("Help", "How well a fact is supported"), grades)
        self.column.addStretch(1)

    def _section(self, title: str, lines: Sequence[tuple[QWidget, str, str]]) -> None:
        theme = self.theme
        self.column.addWidget(Label(theme, title, Role.LABEL, Token.INK3))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.whole_px(SPACE_L))
        grid.setVerticalSpacing(theme.whole_px(8))
        grid.setColumnStretch(2, 1)
        for row, (sign, word, text) in enumerate(lines):
            grid.addWidget(sign, row, 0)
            grid.addWidget(Label(theme, word, Role.STRONG, wrap=True), row, 1)
            grid.addWidget(Label(theme, text, Role.BODY, Token.INK2, wrap=True), row, 2)
        grid.setColumnMinimumWidth(1, theme.whole_px(170))
        self.column.addLayout(grid)
        self.column.addSpacing(theme.whole_px(8))


class AboutDialog(_Dialog):
    """Name, version, licence, and the promises."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Show them."""
        super().__init__(theme, f"Provenance Explorer {__version__}", parent)
        self.resize(theme.whole_px(520), theme.whole_px(360))
        for text in (
            translate(
                "Help",
                "Opens exported ledgers offline, works out every hash and signature "
                "again, and traces records to their origin.",
            ),
            translate(
                "Help",
                "Your file is opened for reading only. Nothing leaves this computer. "
                "What was not checked is listed. Every answer can be repeated.",
            ),
            translate(
                "Help",
                "Apache License 2.0. Fonts: SIL Open Font License 1.1. The sample "
                "ledgers are fictional.",
            ),
        ):
            label = Label(theme, text, Role.BODY, Token.INK2, wrap=True)
            self.column.addWidget(label)
        self.column.addStretch(1)
