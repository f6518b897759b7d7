"""The four cards of the overview: checked here, not checked, tied to, worth reading."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from explorer.gui.design.controls import (
    Button,
    ButtonKind,
    Card,
    Label,
    SectionHeader,
)
from explorer.gui.design.icons import Icon
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import SPACE_S, Role, Token
from explorer.gui.translations import sentence, translate
from explorer.gui.viewmodels.case import CaseModel, PageName, Phase, Visit
from explorer.gui.viewmodels.checks import FEW, ChecksModel
from explorer.gui.viewmodels.findings import headline
from explorer.gui.viewmodels.overview import (
    CheckLine,
    Line,
    anchor_lines,
    answers_total,
    check_lines,
    check_lines_so_far,
    findings_so_far_lines,
    not_checked_lines,
    signer_lines,
    tie_sentence,
    worth_reading_lines,
    worth_showing,
)
from explorer.gui.viewmodels.wording import grouped
from explorer.gui.views.card_grid import CardGrid
from explorer.gui.views.checks_table import ChecksTable
from explorer.gui.views.coverage_bar import CoverageBox
from explorer.gui.views.lines import LineList
from explorer.model.verdicts import Verdict

SHARES = (42, 29, 29)


class OverviewCards(QWidget):
    """The cards, following one case."""

    visit_wanted = Signal(object)
    trust_wanted = Signal()
    report_wanted = Signal()

    def __init__(self, theme: Theme, case: CaseModel) -> None:
        """Show ``case``."""
        super().__init__()
        self._theme, self._case = theme, case
        self._said_so_far: list[Line] = []
        self._checked_frame = self._checked_card()
        self._not_checked_frame = self._not_checked_card()
        self._tied_frame = self._tied_card()
        self._reading_frame = self._reading_card()
        self._grid = CardGrid(theme, SHARES)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._grid)
        case.progress_changed.connect(self._show_progress)
        case.coverage_changed.connect(self._show_coverage)

    def refresh(self) -> None:
        """Show the case as it is now."""
        self._show_checks()
        self._show_lines()
        self._show_coverage()
        self._arrange()

    def _show_coverage(self) -> None:
        self._coverage.show_coverage(self._case.coverage)

    def _arrange(self) -> None:
        """Put what happened first when something failed, else what was not checked."""
        ledger = self._case.ledger_report()
        failed = ledger is not None and ledger.verdict is Verdict.FAILED
        middle = [self._not_checked_frame, self._reading_frame]
        if failed:
            middle.reverse()
        self._grid.show_columns([[self._checked_frame], middle, [self._tied_frame]])

    # -- cards ----------------------------------------------------------------------

    def _checked_card(self) -> Card:
        theme, card = self._theme, Card(self._theme)
        self._checked_head = SectionHeader(theme, translate("Overview", "Checked here"))
        everything = translate("Overview", "All {0}").format(0)
        self._all_checks = Button(theme, everything, ButtonKind.LINK)
        self._all_checks.clicked.connect(self._toggle_checks)
        self._checked_head.add_action(self._all_checks)
        self._checks = ChecksModel(self)
        card.body.addWidget(self._checked_head)
        card.body.addWidget(ChecksTable(theme, self._checks))
        card.body.addStretch(1)
        return card

    def _not_checked_card(self) -> Card:
        theme, card = self._theme, Card(self._theme)
        title = translate("Overview", "Not checked")
        card.body.addWidget(SectionHeader(theme, title))
        self._not_checked = self._line_list(card)
        self._coverage = CoverageBox(theme)
        card.body.addWidget(self._coverage)
        card.body.addStretch(1)
        return card

    def _tied_card(self) -> Card:
        theme, card = self._theme, Card(self._theme)
        head = SectionHeader(theme, translate("Overview", "Tied to"))
        change = Button(theme, translate("Overview", "Change…"), ButtonKind.LINK)
        change.clicked.connect(self.trust_wanted)
        head.add_action(change)
        card.body.addWidget(head)
        self._tie = Label(theme, "", Role.SMALL, Token.INK2, wrap=True)
        card.body.addWidget(self._tie)
        self._anchors = self._line_list(card)
        self._signed_by = Label(
            theme, translate("Overview", "Signed by"), Role.LABEL, Token.INK3
        )
        card.body.addWidget(self._signed_by)
        self._signers = self._line_list(card)
        self._ask = Label(
            theme, translate("Overview", "What to ask for"), Role.LABEL, Token.INK3
        )
        self._hint = Label(
            theme, "", Role.SMALL, Token.INK2, wrap=True, selectable=True
        )
        copy = translate("Overview", "Copy this text")
        self._copy = Button(theme, kind=ButtonKind.LINK, icon=Icon.COPY, name=copy)
        self._copy.clicked.connect(self._copy_hint)
        row = QHBoxLayout()
        row.addWidget(self._ask, 1)
        row.addWidget(self._copy)
        card.body.addLayout(row)
        card.body.addWidget(self._hint)
        card.body.addStretch(1)
        return card

    def _reading_card(self) -> Card:
        theme, card = self._theme, Card(self._theme)
        self._reading_head = SectionHeader(
            theme, translate("Overview", "Worth reading")
        )
        findings = Button(theme, translate("Overview", "Findings"), ButtonKind.LINK)
        findings.clicked.connect(lambda: self._visit(PageName.FINDINGS))
        self._reading_head.add_action(findings)
        card.body.addWidget(self._reading_head)
        self._what = Label(theme, "", Role.SMALL, Token.INK2, wrap=True)
        card.body.addWidget(self._what)
        self._reading = self._line_list(card)
        card.body.addStretch(1)
        self._trace = Button(theme, translate("Overview", "Trace an item…"))
        self._trace.clicked.connect(lambda: self._visit(PageName.PROVENANCE))
        report = self._report = Button(theme, translate("Overview", "Report…"))
        report.clicked.connect(self.report_wanted)
        row = QHBoxLayout()
        row.setSpacing(theme.whole_px(SPACE_S))
        row.addWidget(self._trace)
        row.addWidget(report)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def _line_list(self, card: Card) -> LineList:
        lines = LineList(self._theme)
        lines.visit_wanted.connect(self._visit_here)
        card.body.addWidget(lines)
        return lines

    # -- contents -------------------------------------------------------------------

    def _show_progress(self, _: object) -> None:
        if self._case.phase is Phase.CHECKING and self.isVisible():
            self._show_checks()
            self._show_findings_so_far()

    def _show_findings_so_far(self) -> None:
        lines = self._lines_so_far()
        if lines != self._said_so_far:
            self._said_so_far = lines
            self._reading.show_lines(lines)

    def _check_lines(self) -> list[CheckLine]:
        ledger, progress = self._case.ledger_report(), self._case.progress
        if ledger is not None:
            return check_lines(ledger)
        return check_lines_so_far(progress) if progress is not None else []

    def _show_checks(self) -> None:
        lines = self._check_lines()
        self._checks.show(lines)
        answers = translate("Overview", "{0} answers, failed first")
        self._checked_head.set_note(answers.format(grouped(answers_total(lines))))
        self._all_checks.setVisible(self._checks.total > FEW)
        self._all_checks.setText(
            translate("Overview", "Fewer")
            if self._checks.is_long
            else translate("Overview", "All {0}").format(grouped(self._checks.total))
        )

    def _toggle_checks(self) -> None:
        self._checks.show_all(is_long=not self._checks.is_long)
        self._show_checks()

    def _lines_so_far(self) -> list[Line]:
        progress = self._case.progress
        return findings_so_far_lines(progress) if progress is not None else []

    def _show_lines(self) -> None:
        report, ledger = self._case.report, self._case.ledger_report()
        later = translate("Overview", "Known when the check has ended.")
        failed = ledger is not None and ledger.verdict is Verdict.FAILED
        self._trace.set_kind(ButtonKind.PLAIN if failed else ButtonKind.PRIMARY)
        self._what.setVisible(failed)
        self._report.setEnabled(report is not None)
        for part in (self._signed_by, self._ask, self._copy, self._hint, self._tie):
            part.setVisible(ledger is not None)
        if report is None or ledger is None:
            self._not_checked.show_lines([], later)
            self._anchors.show_lines([], later)
            self._signers.show_lines([])
            none = translate("Overview", "Nothing was found so far.")
            self._reading.show_lines(self._lines_so_far(), none)
            return
        nothing = translate("Overview", "Nothing is listed for this ledger.")
        self._not_checked.show_lines(not_checked_lines(ledger), nothing)
        self._tie.setText(tie_sentence(ledger))
        options = self._case.options
        trust = options.trust if options is not None else None
        self._anchors.show_lines(anchor_lines(ledger, trust))
        nobody = translate("Overview", "No signer is named in this evidence.")
        self._signers.show_lines(signer_lines(ledger), nobody)
        self._show_hint(ledger.verdict, ledger.export_hint)
        self._reading_head.set_title(
            translate("Overview", "What happened")
            if failed
            else translate("Overview", "Worth reading")
        )
        what = translate("Overview", "As far as the bytes show: {0}")
        self._what.setText(what.format(headline(ledger.findings)))
        lines = worth_showing(worth_reading_lines(report, ledger))
        none = translate("Overview", "No finding. See what was not checked.")
        self._reading.show_lines(lines, none)

    def _show_hint(self, verdict: Verdict, hint: str) -> None:
        is_wanted = verdict is not Verdict.ANCHORED and bool(hint)
        for part in (self._ask, self._copy, self._hint):
            part.setVisible(is_wanted)
        self._hint.setText(sentence(hint))

    def _copy_hint(self) -> None:
        QGuiApplication.clipboard().setText(self._hint.text())

    def _visit_here(self, visit: Visit) -> None:
        self.visit_wanted.emit(visit.within(self._case.ledger))

    def _visit(self, page: PageName) -> None:
        self.visit_wanted.emit(Visit(page))
