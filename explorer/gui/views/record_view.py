"""Records that do not fit together in full: the rule, the items, the entries.

An inconsistency is worded as one, never as fraud; it does not touch the verdict. What
a rule could not judge is an answer of its own, and every tolerance is shown.
"""

from functools import partial

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
from explorer.gui.translations import sentence, translate
from explorer.gui.viewmodels.case import CaseModel, PageName, Place, Visit
from explorer.gui.viewmodels.records import (
    MAX_ITEMS,
    MAX_PLACES,
    AnyRecordLine,
    RecordLine,
    RuleLine,
    SettingsLine,
    events_text,
    items_text,
    places_of,
    settings_text,
)
from explorer.gui.viewmodels.wording import breakable, grouped
from explorer.gui.views.layouts import FlowLayout
from explorer.model.verdicts import Inconsistency, RuleRow


class RecordView(Card):
    """The detail of a line about records or rules."""

    visit_wanted = Signal(object)

    def __init__(self, theme: Theme, case: CaseModel) -> None:
        """Show nothing yet."""
        super().__init__(theme, padding=(0, 0))
        self._look, self._case = theme, case
        self._line: AnyRecordLine | None = None
        self._number = 0
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().setAutoFillBackground(False)
        self.body.addWidget(self._scroll, 1)

    @property
    def line(self) -> AnyRecordLine | None:
        """Return what is shown."""
        return self._line

    def show_line(self, line: AnyRecordLine | None, number: int = 0) -> None:
        """Show a line; of several inconsistencies the one of this number."""
        self._line, self._number = line, number
        self._scroll.takeWidget()
        if line is None:
            return
        widget = QWidget()
        layout = QVBoxLayout(widget)
        side = self._look.whole_px(28)
        top, low = self._look.whole_px(22), self._look.whole_px(18)
        layout.setContentsMargins(side, top, side, low)
        layout.setSpacing(self._look.whole_px(SPACE_M))
        self._fill(layout, line)
        layout.addStretch(1)
        self._scroll.setWidget(widget)
        widget.setAutoFillBackground(False)

    def _fill(self, layout: QVBoxLayout, line: AnyRecordLine) -> None:
        mark = "inconsistent" if isinstance(line, RecordLine) else "not-applicable"
        layout.addLayout(self._title(mark, line.title))
        if isinstance(line, RecordLine):
            self._fill_record(layout, line)
        elif isinstance(line, RuleLine):
            self._fill_rule(layout, line.rule)
        else:
            self._fill_settings(layout, line)

    def _title(self, mark: str, text: str) -> QHBoxLayout:
        theme = self._look
        row = QHBoxLayout()
        row.setSpacing(theme.whole_px(12))
        row.addWidget(MarkView(theme, Mark(mark), 26), 0, Qt.AlignmentFlag.AlignTop)
        words = text.rstrip(".。")
        row.addWidget(Label(theme, words, Role.FIGURE_SMALL, wrap=True), 1)
        return row

    # -- one inconsistency ------------------------------------------------------------

    def _fill_record(self, layout: QVBoxLayout, line: RecordLine) -> None:
        theme, record = self._look, line.records[self._number]
        if record.detail:
            detail = breakable(printable(record.detail, 1000))
            layout.addWidget(
                Label(theme, detail, Role.LEAD, Token.INK2, wrap=True, selectable=True)
            )
        if len(line.records) > 1:
            layout.addLayout(self._pager(line))
        layout.addWidget(Hairline(theme))
        layout.addLayout(self._facts(self._record_facts(record, line.rule)))
        places = self._places(record)
        if places is not None:
            layout.addWidget(self._overline(translate("Records", "Go to the entry")))
            layout.addWidget(places)
        layout.addWidget(Hairline(theme))
        layout.addLayout(self._meaning())
        layout.addLayout(self._actions(record))

    def _record_facts(
        self, record: Inconsistency, rule: RuleRow | None
    ) -> list[tuple[str, str]]:
        title = record.rule if rule is None else f"{sentence(rule.title)} "
        named = title if rule is None else f"{title}({record.rule})"
        return [
            (translate("Records", "Rule"), named),
            (translate("Records", "Items"), items_text(record.items, MAX_ITEMS)),
            (translate("Records", "Events in their files"), events_text(record)),
            (translate("Records", "Settings used"), settings_text(rule)),
            (translate("Records", "Reason code"), record.reason),
        ]

    def _pager(self, line: RecordLine) -> QHBoxLayout:
        theme = self._look
        row = QHBoxLayout()
        row.setSpacing(theme.whole_px(SPACE_S))
        for icon, step, name in (
            (Icon.ARROW_LEFT, -1, translate("Records", "The one before")),
            (Icon.ARROW_RIGHT, 1, translate("Records", "The next one")),
        ):
            button = Button(theme, icon=icon, name=name)
            there = self._number + step
            button.setEnabled(0 <= there < len(line.records))
            button.clicked.connect(
                lambda _=False, there=there: self.show_line(line, there)
            )
            row.addWidget(button)
        count = translate("Records", "{0} of {1}").format(
            grouped(self._number + 1), grouped(len(line.records))
        )
        row.addWidget(Label(theme, count, Role.SMALL, Token.INK2))
        row.addStretch(1)
        return row

    def _places(self, record: Inconsistency) -> QWidget | None:
        ledger = self._case.ledger_report()
        unit = "" if ledger is None else ledger.entry_unit
        places = places_of(record, self._case.ledger, unit)
        if not places:
            return None
        holder = QWidget()
        flow = FlowLayout(self._look.whole_px(SPACE_S), holder)
        flow.setContentsMargins(0, 0, 0, 0)
        for words, place in places[:MAX_PLACES]:
            button = Button(self._look, words)
            button.clicked.connect(partial(self._go, place))
            flow.addWidget(button)
        more = len(places) - MAX_PLACES
        if more > 0:
            text = translate("Records", "and {0} more").format(grouped(more))
            flow.addWidget(Label(self._look, text, Role.SMALL, Token.INK3))
        return holder

    def _go(self, place: Place, _: bool = False) -> None:  # noqa: FBT001, FBT002
        self.visit_wanted.emit(Visit(PageName.INSPECT, place))

    def _meaning(self) -> QHBoxLayout:
        theme = self._look
        row = QHBoxLayout()
        row.setSpacing(theme.whole_px(32))
        for title, text in (
            (
                translate("Records", "What this shows"),
                translate(
                    "Records",
                    "The records, as they stand, do not fit one another under this "
                    "rule. It does not change the verdict on the file.",
                ),
            ),
            (
                translate("Records", "What it does not show"),
                translate(
                    "Records",
                    "Which record is wrong, why, or whether on purpose. A slip of the "
                    "pen looks the same.",
                ),
            ),
        ):
            column = QVBoxLayout()
            column.setSpacing(theme.whole_px(4))
            column.addWidget(self._overline(title))
            column.addWidget(Label(theme, text, Role.BODY, Token.INK2, wrap=True))
            column.addStretch(1)
            row.addLayout(column, 1)
        return row

    def _actions(self, record: Inconsistency) -> QHBoxLayout:
        theme = self._look
        row = QHBoxLayout()
        row.setSpacing(theme.whole_px(SPACE_S))
        if record.items:
            item = record.items[0]
            trace = Button(theme, translate("Records", "Trace the item"))
            trace.clicked.connect(partial(self._visit_item, PageName.PROVENANCE, item))
            claim = Button(theme, translate("Records", "Check a claim about it"))
            claim.clicked.connect(partial(self._visit_item, PageName.CLAIM, item))
            row.addWidget(trace)
            row.addWidget(claim)
        copy = Button(theme, translate("Records", "Copy for report"), ButtonKind.LINK)
        copy.clicked.connect(self._copy)
        row.addWidget(copy)
        row.addStretch(1)
        return row

    def _visit_item(self, page: PageName, item: str, _: bool = False) -> None:  # noqa: FBT001, FBT002
        self.visit_wanted.emit(Visit(page, Place(self._case.ledger, item=item)))

    def _copy(self) -> None:
        line = self._line
        if isinstance(line, RecordLine):
            record = line.records[self._number]
            facts = self._record_facts(record, line.rule)
            lines = [line.title, printable(record.detail)]
            lines += [f"{name}: {text}" for name, text in facts if text]
            text = "\n".join(each for each in lines if each)
            QGuiApplication.clipboard().setText(text)

    # -- rules ------------------------------------------------------------------------

    def _fill_rule(self, layout: QVBoxLayout, rule: RuleRow) -> None:
        theme = self._look
        text = translate(
            "Records",
            "Where a field is missing, the rule says nothing: neither that records fit "
            "nor that they do not.",
        )
        layout.addWidget(Label(theme, text, Role.LEAD, Token.INK2, wrap=True))
        layout.addWidget(Hairline(theme))
        layout.addLayout(self._facts(rule_facts(rule)))

    def _fill_settings(self, layout: QVBoxLayout, line: SettingsLine) -> None:
        theme = self._look
        text = translate(
            "Records",
            "What each rule found, how often it could be applied, and the tolerances "
            "it used. They stand in every report.",
        )
        layout.addWidget(Label(theme, text, Role.LEAD, Token.INK2, wrap=True))
        for rule in line.rules:
            layout.addWidget(Hairline(theme))
            title = sentence(rule.title)
            layout.addWidget(Label(theme, title, Role.STRONG, wrap=True))
            layout.addLayout(self._facts(rule_facts(rule)))

    def _facts(self, facts: list[tuple[str, str]]) -> QGridLayout:
        theme = self._look
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.whole_px(24))
        grid.setVerticalSpacing(theme.whole_px(6))
        grid.setColumnStretch(1, 1)
        for row, (name, text) in enumerate(each for each in facts if each[1]):
            head = Label(theme, name, Role.SMALL, Token.INK3)
            grid.addWidget(head, row, 0, Qt.AlignmentFlag.AlignTop)
            shown = breakable(text)
            grid.addWidget(Label(theme, shown, wrap=True, selectable=True), row, 1)
        return grid

    def _overline(self, text: str) -> Label:
        return Label(self._look, text, Role.LABEL, Token.INK3)


def rule_facts(rule: RuleRow) -> list[tuple[str, str]]:
    """Return what a rule did, as lines of a table."""
    unjudged = "\n".join(
        translate("Records", "{0} ({1} times)").format(
            sentence(each.sentence), grouped(each.count)
        )
        for each in rule.unjudged
    )
    return [
        (translate("Records", "Rule"), rule.rule),
        (translate("Records", "Found"), grouped(rule.found)),
        (translate("Records", "Applied"), grouped(rule.judged)),
        (translate("Records", "Cannot be judged"), unjudged),
        (translate("Records", "Settings used"), settings_text(rule)),
    ]
