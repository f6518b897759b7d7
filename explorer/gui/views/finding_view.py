"""One finding in full, always in the same order (section 9 of the design, "Findings").

What, expected and computed, where, over which bytes, reason code, how to repeat it,
what it shows and what not, and what to do next.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from explorer.core.text import printable
from explorer.gui.design.controls import Button, ButtonKind, Card, Hairline, Label
from explorer.gui.design.icons import Icon
from explorer.gui.design.marks import Mark, MarkView
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import SPACE_M, SPACE_S, Role, Token
from explorer.gui.translations import translate
from explorer.gui.viewmodels.case import CaseModel, PageName, Visit
from explorer.gui.viewmodels.finding_detail import (
    command_for,
    facts_of,
    place_of,
    text_for_report,
)
from explorer.gui.viewmodels.findings import (
    FindingLine,
    does_not_show,
    height_of,
    shows,
)
from explorer.gui.viewmodels.wording import grouped
from explorer.gui.views.command_box import CommandBox
from explorer.gui.views.hash_pair import HashPair
from explorer.gui.views.layouts import FlowLayout
from explorer.model.checks import Outcome
from explorer.model.verdicts import Finding


class FindingView(Card):
    """The detail of the line that is chosen in the list."""

    visit_wanted = Signal(object)
    copy_wanted = Signal()
    """Compare with another copy of the ledger."""

    def __init__(self, theme: Theme, case: CaseModel) -> None:
        """Show nothing yet; commands are worked out in the query thread."""
        super().__init__(theme, padding=(0, 0))
        self._look, self._case = theme, case
        self._line: FindingLine | None = None
        self._number = 0
        self._command: CommandBox | None = None
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().setAutoFillBackground(False)
        self.body.addWidget(self._scroll, 1)
        self.body.addWidget(Hairline(theme))
        self.body.addWidget(self._actions())

    def show_line(self, line: FindingLine | None, number: int = 0) -> None:
        """Show one finding of ``line``."""
        self._line, self._number = line, number
        self._bar.setVisible(line is not None)
        if line is None:
            self._scroll.takeWidget()
            return
        finding = line.findings[number]
        self._command = box = CommandBox(self._look)
        contents = self._contents(line, finding, box)
        self._scroll.setWidget(contents)
        contents.setAutoFillBackground(False)
        box.show_command("")
        self._explain.setVisible(height_of(finding) is not None)
        self._bytes.setVisible(bool(finding.places) or height_of(finding) is not None)
        self._ask_command(finding, box)

    @property
    def finding(self) -> Finding | None:
        """Return the finding shown."""
        return self._line.findings[self._number] if self._line is not None else None

    def command(self) -> str:
        """Return the command shown, or an empty text."""
        return self._command.command() if self._command is not None else ""

    # -- contents -------------------------------------------------------------------

    def _contents(
        self, line: FindingLine, finding: Finding, box: CommandBox
    ) -> QWidget:
        theme = self._look
        widget = QWidget()
        layout = QVBoxLayout(widget)
        side = theme.whole_px(28)
        layout.setContentsMargins(side, theme.whole_px(22), side, theme.whole_px(18))
        layout.setSpacing(theme.whole_px(SPACE_M))
        layout.addLayout(self._title(line))
        if finding.detail:
            detail = printable(finding.detail, 1000)
            layout.addWidget(
                Label(theme, detail, Role.LEAD, Token.INK2, wrap=True, selectable=True)
            )
        if len(line.findings) > 1:
            layout.addLayout(self._pager(line))
        layout.addWidget(Hairline(theme))
        if finding.expected or finding.computed:
            layout.addWidget(HashPair(theme, finding.expected, finding.computed))
            layout.addWidget(Hairline(theme))
        layout.addLayout(self._facts(finding, line.check_title))
        layout.addWidget(Hairline(theme))
        self._repeat = Label(
            theme, translate("Findings", "Repeat it without us"), Role.LABEL, Token.INK3
        )
        layout.addWidget(self._repeat)
        layout.addWidget(box)
        layout.addLayout(self._meaning(finding))
        layout.addStretch(1)
        return widget

    def _title(self, line: FindingLine) -> QHBoxLayout:
        theme = self._look
        row = QHBoxLayout()
        row.setSpacing(theme.whole_px(12))
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(MarkView(theme, Mark(line.mark), 26), 0, top)
        title = line.title.rstrip(".。")
        row.addWidget(Label(theme, title, Role.FIGURE_SMALL, wrap=True), 1)
        return row

    def _pager(self, line: FindingLine) -> QHBoxLayout:
        theme = self._look
        row = QHBoxLayout()
        row.setSpacing(theme.whole_px(SPACE_S))
        count = translate("Findings", "{0} of {1} places").format(
            grouped(self._number + 1), grouped(len(line.findings))
        )
        for icon, step, name in (
            (Icon.ARROW_LEFT, -1, translate("Findings", "The place before")),
            (Icon.ARROW_RIGHT, 1, translate("Findings", "The next place")),
        ):
            button = Button(theme, icon=icon, name=name)
            there = self._number + step
            button.setEnabled(0 <= there < len(line.findings))
            button.clicked.connect(
                lambda _=False, there=there: self.show_line(line, there)
            )
            row.addWidget(button)
        row.addWidget(Label(theme, count, Role.SMALL, Token.INK2))
        row.addStretch(1)
        return row

    def _facts(self, finding: Finding, check_title: str) -> QGridLayout:
        theme = self._look
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.whole_px(24))
        grid.setVerticalSpacing(theme.whole_px(6))
        grid.setColumnStretch(1, 1)
        for row, fact in enumerate(facts_of(finding, check_title)):
            role = Role.MONO if fact.is_mono else Role.BODY
            name = Label(theme, fact.name, Role.SMALL, Token.INK3)
            text = Label(theme, fact.text, role, wrap=True, selectable=True)
            grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text, row, 1)
        return grid

    def _meaning(self, finding: Finding) -> QHBoxLayout:
        theme = self._look
        texts: Sequence[tuple[str, str]] = (
            (
                translate("Findings", "What this shows"),
                shows(finding.kind)
                if finding.outcome is Outcome.FAILED
                else translate(
                    "Findings", "What is written above; alone it is no fault."
                ),
            ),
            (translate("Findings", "What it does not show"), does_not_show(finding)),
        )
        row = QHBoxLayout()
        row.setSpacing(theme.whole_px(32))
        for title, text in texts:
            column = QVBoxLayout()
            column.setSpacing(theme.whole_px(4))
            column.addWidget(Label(theme, title, Role.LABEL, Token.INK3))
            column.addWidget(Label(theme, text, Role.BODY, Token.INK2, wrap=True))
            column.addStretch(1)
            row.addLayout(column, 1)
        return row

    # -- actions --------------------------------------------------------------------

    def _actions(self) -> QWidget:
        theme = self._look
        self._bar = QWidget()
        row = FlowLayout(theme.whole_px(10), self._bar)
        side = theme.whole_px(28)
        row.setContentsMargins(side, theme.whole_px(12), side, theme.whole_px(14))
        show = translate("Findings", "Show the bytes")
        self._bytes = Button(theme, show, ButtonKind.PRIMARY)
        self._bytes.clicked.connect(lambda: self._go(explain=False))
        self._explain = Button(theme, translate("Findings", "Explain this hash"))
        self._explain.clicked.connect(lambda: self._go(explain=True))
        compare = Button(theme, translate("Findings", "Compare with another copy…"))
        compare.clicked.connect(self.copy_wanted)
        copy = Button(theme, translate("Findings", "Copy for report"), ButtonKind.LINK)
        copy.clicked.connect(self._copy_text)
        for button in (self._bytes, self._explain, compare, copy):
            row.addWidget(button)
        self._bar.setVisible(False)
        return self._bar

    def _go(self, *, explain: bool) -> None:
        finding = self.finding
        if finding is None:
            return
        sources = self._case.report.sources if self._case.report is not None else ()
        place = place_of(finding, self._case.ledger, sources)
        if explain:
            place = place.explained()
        self.visit_wanted.emit(Visit(PageName.INSPECT, place))

    def _copy_text(self) -> None:
        if self.finding is not None:
            text = text_for_report(self.finding, self.command())
            QGuiApplication.clipboard().setText(text)

    def _ask_command(self, finding: Finding, box: CommandBox) -> None:
        ledger, title = self._case.ledger, self._repeat
        title.setVisible(False)

        def show(command: str) -> None:
            box.show_command(command)
            title.setVisible(bool(command))

        self._case.query.ask(
            lambda reader, shower: command_for(finding, ledger, reader, shower),
            show,
            owner=box,
            key="command",
        )
