"""The table "Checked here": wrapped titles, quiet ticks, as high as its rows."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from explorer.gui.design.marks import draw_mark, mark_of_outcome
from explorer.gui.design.painting import RIGHT, TextStyle, draw_line
from explorer.gui.design.tables import TableView
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import HEIGHT_HEADER, Role, Token
from explorer.gui.viewmodels.checks import ChecksModel
from explorer.gui.viewmodels.overview import CheckLine
from explorer.model.checks import Outcome

_AnyIndex = QModelIndex | QPersistentModelIndex
_TEXT_FLAGS = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter)
_NUMBER_WIDTHS = (60, 56, 52, 54)
_MOST_LINES = 6


class _ChecksDelegate(QStyledItemDelegate):
    """Paints a check: bare tick or mark, title in at most six lines, counts."""

    def __init__(self, theme: Theme, parent: QAbstractItemView) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _AnyIndex) -> QSize:
        """Return the height that the title needs at the column's width."""
        theme = self._theme
        least = theme.px(28)
        if index.column():
            return QSize(theme.whole_px(40), round(least))
        view = option.widget
        wide = view.columnWidth(0) if isinstance(view, TableView) else 200
        room = wide - theme.px(24)
        text = str(index.data() or "")
        line = theme.line_height(Role.SMALL)
        high = min(theme.height(text, self._role(index), room), _MOST_LINES * line)
        return QSize(round(wide), round(max(least, high + theme.px(9))))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: _AnyIndex
    ) -> None:
        """Paint one cell."""
        theme, room = self._theme, QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        foot = QRectF(room.left(), room.bottom() - 1, room.width(), 1)
        painter.fillRect(foot, theme.color(Token.HAIR))
        model = index.model()
        line = model.line(index.row()) if isinstance(model, ChecksModel) else None
        if line is not None and index.column() == 0:
            self._title(painter, room, line)
        elif line is not None:
            self._count(painter, room, index, line)
        painter.restore()

    def _title(self, painter: QPainter, room: QRectF, line: CheckLine) -> None:
        theme, side = self._theme, self._theme.px(13)
        square = QRectF(room.left(), room.center().y() - side / 2, side, side)
        mark = mark_of_outcome(line.outcome, quiet=True)
        draw_mark(painter, theme, mark, square, Token.SURFACE)
        loud = line.outcome is Outcome.FAILED
        quiet = line.outcome is Outcome.NOT_APPLICABLE
        painter.setFont(theme.font(Role.SMALL_STRONG if loud else Role.SMALL))
        painter.setPen(theme.color(Token.INK3 if quiet else Token.INK))
        left = theme.px(22)
        text_room = QRectF(
            room.left() + left, room.top(), room.width() - left - 2, room.height() - 1
        )
        painter.drawText(text_room, _TEXT_FLAGS, line.title)

    def _count(
        self, painter: QPainter, room: QRectF, index: _AnyIndex, line: CheckLine
    ) -> None:
        text = str(index.data() or "")
        failed = index.column() == 2 and line.failed
        still_open = index.column() == 3 and line.open
        token = Token.INK if index.column() == 1 and line.passed else Token.INK3
        if failed:
            token = Token.FAIL
        if still_open:
            token = Token.WARN
        role = Role.STRONG if failed or still_open else Role.BODY
        style = TextStyle(role, token, RIGHT)
        draw_line(painter, self._theme, room, text, style)

    def _role(self, index: _AnyIndex) -> Role:
        model = index.model()
        line = model.line(index.row()) if isinstance(model, ChecksModel) else None
        loud = line is not None and line.outcome is Outcome.FAILED
        return Role.SMALL_STRONG if loud else Role.SMALL


class ChecksTable(TableView):
    """A table as high as its rows."""

    def __init__(
        self, theme: Theme, model: ChecksModel, parent: QWidget | None = None
    ) -> None:
        """Show ``model``, which the caller owns."""
        super().__init__(theme, parent=parent)
        self._look = theme
        self.setModel(model)
        self.setItemDelegate(_ChecksDelegate(theme, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(off)
        self.setHorizontalScrollBarPolicy(off)
        fixed = QHeaderView.ResizeMode.Fixed
        self.horizontalHeader().setSectionResizeMode(fixed)
        self.horizontalHeader().setMinimumSectionSize(10)
        self.verticalHeader().setSectionResizeMode(fixed)
        model.modelReset.connect(self._fit)
        theme.changed.connect(self._fit)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the title what the counts leave, then fit the height."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        numbers = [self._look.whole_px(each) for each in _NUMBER_WIDTHS]
        for column, width in enumerate(numbers, 1):
            self.setColumnWidth(column, width)
        self.setColumnWidth(0, max(80, self.viewport().width() - sum(numbers)))
        self.resizeRowsToContents()
        rows = sum(self.rowHeight(row) for row in range(self.model().rowCount()))
        self.setFixedHeight(rows + self._look.whole_px(HEIGHT_HEADER) + 2)
