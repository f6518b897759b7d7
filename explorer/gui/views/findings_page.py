"""Findings grouped by cause at the left, the chosen one in full at the right."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from explorer.gui.design.controls import Button, Card, Label
from explorer.gui.design.marks import Mark, draw_mark
from explorer.gui.design.painting import TextStyle, draw_line
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import SPACE_L, SPACE_S, SPACE_XXL, Role, Token
from explorer.gui.translations import translate
from explorer.gui.viewmodels.case import CaseModel, Place
from explorer.gui.viewmodels.findings import (
    AnyLine,
    FindingLine,
    FindingRole,
    FindingsModel,
    headline,
    height_of,
)
from explorer.gui.viewmodels.records import (
    RecordGroup,
    RecordLine,
    record_groups,
)
from explorer.gui.viewmodels.wording import counted
from explorer.gui.views.finding_view import FindingView
from explorer.gui.views.page import Page
from explorer.gui.views.record_view import RecordView

_AnyIndex = QModelIndex | QPersistentModelIndex
LIST_WIDTH = 412
_ROW, _HEADING = 54, 36


class FindingDelegate(QStyledItemDelegate):
    """Paints headings and lines of the list."""

    def __init__(self, theme: Theme, parent: QAbstractItemView) -> None:
        """Paint in the colours of ``theme``."""
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _AnyIndex) -> QSize:
        """Return the height of a heading or a line."""
        del option
        high = _HEADING if index.data(FindingRole.IS_HEADING) else _ROW
        return QSize(self._theme.whole_px(100), self._theme.whole_px(high))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: _AnyIndex
    ) -> None:
        """Paint one row."""
        theme, room = self._theme, QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.data(FindingRole.IS_HEADING):
            low = room.adjusted(theme.px(16), theme.px(8), -theme.px(8), 0)
            style = TextStyle(Role.LABEL, Token.INK3)
            draw_line(painter, theme, low, str(index.data()), style)
        else:
            selected = bool(option.state & QStyle.StateFlag.State_Selected)
            self._line(painter, room, index, selected=selected)
        painter.restore()

    def _line(
        self, painter: QPainter, room: QRectF, index: _AnyIndex, *, selected: bool
    ) -> None:
        theme = self._theme
        ground = Token.ACCENT_BG if selected else Token.SURFACE
        if selected:
            painter.fillRect(room, theme.color(Token.ACCENT_BG))
            bar = QRectF(room.left(), room.top(), theme.px(3), room.height())
            painter.fillRect(bar, theme.color(Token.ACCENT))
        foot = QRectF(room.left(), room.bottom() - 1, room.width(), 1)
        painter.fillRect(foot, theme.color(Token.HAIR))
        side, left = theme.px(17), theme.px(16)
        square = QRectF(left, room.center().y() - side / 2, side, side)
        mark = Mark(str(index.data(FindingRole.MARK)))
        draw_mark(painter, theme, mark, square, ground)
        left += theme.px(30)
        wide, half = room.width() - left - theme.px(10), room.height() / 2
        upper = QRectF(left, room.top() + theme.px(6), wide, half - theme.px(5))
        lower = QRectF(left, room.top() + half, wide, half - theme.px(7))
        loud = selected or mark is Mark.FAILED
        title = TextStyle(Role.STRONG if loud else Role.BODY)
        draw_line(painter, theme, upper, str(index.data()), title)
        second = TextStyle(Role.SMALL, Token.INK3)
        words = str(index.data(FindingRole.SECOND))
        draw_line(painter, theme, lower, words, second)


class FindingsPage(Page):
    """What was found, by cause."""

    report_wanted = Signal()
    trust_wanted = Signal()

    def title(self) -> str:
        """Return the name of the page."""
        return translate("Findings", "Findings")

    def show_case(self, case: CaseModel) -> None:
        """Build the page over ``case`` and follow it."""
        theme = self.theme
        self._case = case
        self._model = FindingsModel(self)
        self._total = 0
        self._headline = Label(theme, "", Role.HEADLINE, wrap=True)
        self._lead = Label(theme, "", Role.BODY, Token.INK2, wrap=True)
        self._list = QListView()
        self._view = FindingView(theme, case)
        self._view.visit_wanted.connect(self.visit_wanted)
        self._view.copy_wanted.connect(self.trust_wanted)
        self._records = RecordView(theme, case)
        self._records.visit_wanted.connect(self.visit_wanted)
        self._records.setVisible(False)
        self._dress_list()
        layout = QVBoxLayout(self)
        side, top = theme.whole_px(SPACE_XXL), theme.whole_px(20)
        layout.setContentsMargins(side, top, side, top)
        layout.setSpacing(theme.whole_px(SPACE_L))
        layout.addLayout(self._head())
        row = QHBoxLayout()
        row.setSpacing(theme.whole_px(SPACE_L))
        self._frame = Card(theme, padding=(1, 1))
        self._frame.body.addWidget(self._list)
        self._frame.setMinimumWidth(theme.whole_px(240))
        self._frame.setMaximumWidth(theme.whole_px(LIST_WIDTH))
        row.addWidget(self._frame, 2)
        row.addWidget(self._view, 4)
        row.addWidget(self._records, 4)
        layout.addLayout(row, 1)
        case.report_changed.connect(self._refresh)
        case.progress_changed.connect(self._refresh_while_checking)
        case.ledger_changed.connect(self._refresh)
        self._refresh()

    def go_to(self, place: Place) -> None:
        """Choose the first finding in the block or entry."""
        row = -1
        if place.rule:
            row = self._model.row_of_rule(place.rule)
        elif place.height is not None:
            row = self._model.row_at(place.height, place.entry)
        if row >= 0:
            self._choose(row)

    def step(self, by: int) -> None:
        """Choose the next finding, or with -1 the one before."""
        row = self._model.row_after(self._list.currentIndex().row(), by)
        if row >= 0:
            self._choose(row)

    def command(self) -> str:
        """Return the command that repeats the finding shown, once it is known."""
        return self._view.command()

    def memory(self) -> object:
        """Return the row that is chosen."""
        return self._list.currentIndex().row()

    def recall(self, memory: object) -> None:
        """Choose the row of before."""
        if isinstance(memory, int) and self._model.line_at(memory) is not None:
            self._choose(memory)

    def _head(self) -> QHBoxLayout:
        theme = self.theme
        row = QHBoxLayout()
        texts = QVBoxLayout()
        texts.setSpacing(theme.whole_px(2))
        texts.addWidget(self._headline)
        texts.addWidget(self._lead)
        row.addLayout(texts, 1)
        report = Button(theme, translate("Findings", "Report…"))
        report.clicked.connect(self.report_wanted)
        row.addWidget(report)
        return row

    def _dress_list(self) -> None:
        view, theme = self._list, self.theme
        view.setModel(self._model)
        view.setItemDelegate(FindingDelegate(theme, view))
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setAccessibleName(translate("Findings", "Findings by cause"))
        view.setStyleSheet(
            f"QListView{{background:{theme.hex(Token.SURFACE)};border:none;"
            f"outline:none;padding:{theme.whole_px(SPACE_S)}px 0}}"
        )
        view.selectionModel().currentChanged.connect(self._show_chosen)

    def _refresh_while_checking(self, _: object) -> None:
        total = len(self._case.findings())
        if self._case.report is None and self.isVisible() and total != self._total:
            self._refresh()

    def _refresh(self, _: object = None) -> None:
        chosen = self._view.finding
        findings = self._case.findings()
        self._total = len(findings)
        records = record_groups(self._case.ledger_report())
        self._model.show(findings, self._case.check_titles(), records)
        ledger = self._case.ledger_report()
        has_odd = ledger is not None and bool(ledger.inconsistencies)
        self._headline.setText(
            translate("Findings", "No check failed, but records do not fit together.")
            if has_odd and not findings
            else headline(findings)
        )
        self._lead.setText(self._lead_text(records))
        row = self._model.row_of(chosen) if chosen is not None else -1
        self._choose(row if row >= 0 else self._model.row_after(-1, 1))
        self._frame.setVisible(bool(findings) or bool(records))

    def _lead_text(self, records: Sequence[RecordGroup]) -> str:
        """Return the line below the headline: what the list is, and what it is not."""
        count = sum(
            len(line.records)
            for group in records
            for line in group.lines
            if isinstance(line, RecordLine)
        )
        if count:
            return counted(
                count,
                translate(
                    "Findings",
                    "Besides, records do not fit together in one place. That says "
                    "nothing about the file, and does not change the verdict.",
                ),
                translate(
                    "Findings",
                    "Besides, records do not fit together in {0} places. That says "
                    "nothing about the file, and does not change the verdict.",
                ),
            )
        if self._total:
            return translate(
                "Findings",
                "Grouped by cause. The grouping is our inference from the order of "
                "blocks; each finding stands for itself.",
            )
        return translate(
            "Findings",
            "That is not the same as nothing being wrong; see what was not checked.",
        )

    def _choose(self, row: int) -> None:
        index = self._model.index(row) if row >= 0 else QModelIndex()
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self._list.selectionModel().setCurrentIndex(index, flag)
        if row < 0:
            self._show_line(None)

    def _show_chosen(self, index: QModelIndex) -> None:
        line = self._model.line_at(index.row())
        self._show_line(line)
        if not isinstance(line, FindingLine) or not self.isVisible():
            return
        first = line.findings[0]
        height = height_of(first)
        if height is not None:
            self._case.select(Place(self._case.ledger, height, first.entry))

    def _show_line(self, line: AnyLine | None) -> None:
        """Show a finding at the right, or records that do not fit."""
        is_finding = isinstance(line, FindingLine)
        self._view.setVisible(is_finding)
        self._view.show_line(line if isinstance(line, FindingLine) else None)
        is_record = line is not None and not is_finding
        self._records.setVisible(is_record)
        self._records.show_line(None if isinstance(line, FindingLine) else line)
