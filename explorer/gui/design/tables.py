"""Tables and trees: fixed rows, hairlines, marks and grades painted by the delegate.

Section 8 of the design. Models return plain values for the roles of ``CellRole``; no
colour, font or icon is made in ``data()``.
"""

from enum import IntEnum

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QHelpEvent, QPainter, QPolygonF, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QTreeView,
    QWidget,
)

from explorer.gui.design.controls import plain_tooltip
from explorer.gui.design.grades import draw_grade_line, grade_color
from explorer.gui.design.marks import Mark, draw_mark
from explorer.gui.design.painting import (
    ELIDE_END,
    ELIDE_MIDDLE,
    LEFT,
    RIGHT,
    TextStyle,
    draw_line,
    line_pen,
    straight,
)
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import (
    HEIGHT_HEADER,
    HEIGHT_ROW_DENSE,
    HEIGHT_TREE_ROW,
    Role,
    Token,
)
from explorer.model.statements import FactGrade

AnyIndex = QModelIndex | QPersistentModelIndex


class CellRole(IntEnum):
    """What a model may answer besides ``DisplayRole`` and ``ToolTipRole``."""

    MARK = Qt.ItemDataRole.UserRole + 1
    """A ``marks.Mark``, drawn before the text."""
    GRADE = Qt.ItemDataRole.UserRole + 2
    """A ``FactGrade``, drawn as a stroke before the text."""
    STRIKE = Qt.ItemDataRole.UserRole + 3
    """True: the text is struck out (refused by the network)."""
    TYPE = Qt.ItemDataRole.UserRole + 4
    """A ``tokens.Role``; ``BODY`` when absent. A mono role is elided in the middle."""
    TOKEN = Qt.ItemDataRole.UserRole + 5
    """A ``tokens.Token`` for the text; ``INK`` when absent."""
    NUMBER = Qt.ItemDataRole.UserRole + 6
    """True: set at the right end, as numbers are."""
    SECOND = Qt.ItemDataRole.UserRole + 7
    """A second line below the first, small; needs a row of 46 px."""


class RowDelegate(QStyledItemDelegate):
    """Paints one cell; selection is a ground and a bar of 3 px, not colour alone."""

    def __init__(
        self,
        theme: Theme,
        row_px: int,
        parent: QAbstractItemView,
        *,
        has_bar: bool = True,
    ) -> None:
        """Paint rows of ``row_px`` (before scaling); a tree draws the bar itself."""
        super().__init__(parent)
        self._theme, self._row_px, self._has_bar = theme, row_px, has_bar

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Return the fixed height of a row."""
        del option, index
        return QSize(self._theme.whole_px(60), self._theme.whole_px(self._row_px))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex
    ) -> None:
        """Paint ground, hairline, mark, grade and text."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        room = QRectF(option.rect)
        self._ground(
            painter,
            room,
            selected=selected,
            first=self._has_bar and index.column() == 0,
        )
        ground = Token.ACCENT_BG if selected else Token.SURFACE
        left = self._signs(painter, room, index, ground)
        self._text(painter, room, left, index)
        painter.restore()

    def _ground(
        self, painter: QPainter, room: QRectF, *, selected: bool, first: bool
    ) -> None:
        theme = self._theme
        if selected:
            painter.fillRect(room, theme.color(Token.ACCENT_BG))
        foot = QRectF(room.left(), room.bottom() - 1, room.width(), 1)
        painter.fillRect(foot, theme.color(Token.HAIR))
        if selected and first:
            bar = QRectF(room.left(), room.top(), theme.px(3), room.height())
            painter.fillRect(bar, theme.color(Token.ACCENT))

    def _signs(
        self, painter: QPainter, room: QRectF, index: AnyIndex, ground: Token
    ) -> float:
        """Draw mark and grade; return where the text begins."""
        theme = self._theme
        left, middle = room.left() + theme.px(10), room.center().y()
        mark, grade = index.data(CellRole.MARK), index.data(CellRole.GRADE)
        if mark:
            side = theme.px(14)
            square = QRectF(left, middle - side / 2, side, side)
            draw_mark(painter, theme, Mark(mark), square, ground)
            left += theme.px(22)
        if grade:
            kind = FactGrade(grade)
            end = left + theme.px(30)
            path = straight(QPointF(left, middle), QPointF(end, middle))
            color = grade_color(theme, kind)
            paper, width = theme.color(ground), theme.px(1.8)
            draw_grade_line(painter, path, kind, color, paper, width)
            left += theme.px(38)
        return left

    def _text(
        self, painter: QPainter, room: QRectF, left: float, index: AnyIndex
    ) -> None:
        text = index.data(Qt.ItemDataRole.DisplayRole)
        if text is None:
            return
        role = Role(index.data(CellRole.TYPE) or Role.BODY)
        is_mono = role in {Role.MONO, Role.MONO_SMALL}
        style = TextStyle(
            role,
            Token(index.data(CellRole.TOKEN) or Token.INK),
            RIGHT if index.data(CellRole.NUMBER) else LEFT,
            ELIDE_MIDDLE if is_mono else ELIDE_END,
            strike=bool(index.data(CellRole.STRIKE)),
        )
        width = room.right() - left - self._theme.px(8)
        place = QRectF(left, room.top(), width, room.height() - 1)
        second = index.data(CellRole.SECOND)
        if second:
            half = place.height() / 2
            lower = QRectF(left, place.top() + half - 2, width, half)
            place = QRectF(left, place.top() + 2, width, half)
            small = TextStyle(Role.SMALL, Token.INK3, style.align)
            draw_line(painter, self._theme, lower, str(second), small)
        draw_line(painter, self._theme, place, str(text), style)


def _plain_tool_tip(view: QAbstractItemView, event: QEvent) -> bool:
    """Show a cell's tool tip as plain text; return whether that was asked for."""
    if event.type() is not QEvent.Type.ToolTip or not isinstance(event, QHelpEvent):
        return False
    text = view.indexAt(event.pos()).data(Qt.ItemDataRole.ToolTipRole)
    if text:
        QToolTip.showText(event.globalPos(), plain_tooltip(str(text)), view)
    else:
        QToolTip.hideText()
    return True


def _header_sheet(theme: Theme) -> str:
    surface, size = theme.hex(Token.SURFACE), theme.whole_px(11)
    return (
        f"QHeaderView{{background:{surface};border:none}}"
        f"QHeaderView::section{{background:{surface};color:{theme.hex(Token.INK3)};"
        f"border:none;border-bottom:1px solid {theme.hex(Token.EDGE)};"
        f"padding:0 {theme.whole_px(8)}px 0 {theme.whole_px(10)}px;"
        f"font-size:{size}px;font-weight:600}}"
    )


class TableView(QTableView):
    """A table of rows of one height, for models of any length."""

    def __init__(
        self,
        theme: Theme,
        row_px: int = HEIGHT_ROW_DENSE,
        parent: QWidget | None = None,
    ) -> None:
        """Show rows of ``row_px`` (before scaling)."""
        super().__init__(parent)
        self._theme, self._row_px = theme, row_px
        self.setItemDelegate(RowDelegate(theme, row_px, self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        fixed = QHeaderView.ResizeMode.Fixed
        self.verticalHeader().setSectionResizeMode(fixed)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(LEFT)
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_widths(self, widths_px: tuple[int, ...]) -> None:
        """Set the columns' widths; 0 takes the room that is left."""
        head = self.horizontalHeader()
        for column, width in enumerate(widths_px):
            if width:
                self.setColumnWidth(column, self._theme.whole_px(width))
            else:
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def viewportEvent(self, event: QEvent) -> bool:
        """Show tool tips as plain text."""
        return _plain_tool_tip(self, event) or super().viewportEvent(event)

    def _restyle(self) -> None:
        theme = self._theme
        height = theme.whole_px(self._row_px)
        rows = self.verticalHeader()
        rows.setMinimumSectionSize(height)
        rows.setDefaultSectionSize(height)
        self.horizontalHeader().setFixedHeight(theme.whole_px(HEIGHT_HEADER))
        self.setStyleSheet(
            f"QTableView{{background:{theme.hex(Token.SURFACE)};border:none;"
            f"outline:none}}{_header_sheet(theme)}"
        )
        self.viewport().update()


class TreeView(QTreeView):
    """A tree of names (44 %) and values (56 %) with our own chevrons."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Make an empty tree."""
        super().__init__(parent)
        self._theme = theme
        self.setItemDelegate(RowDelegate(theme, HEIGHT_TREE_ROW, self, has_bar=False))
        self.setUniformRowHeights(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHeaderHidden(True)
        self.setExpandsOnDoubleClick(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.changed.connect(self._restyle)
        self._restyle()

    def viewportEvent(self, event: QEvent) -> bool:
        """Show tool tips as plain text."""
        return _plain_tool_tip(self, event) or super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep name and value at 44 and 56 per cent."""
        super().resizeEvent(event)
        if self.model() is not None and self.model().columnCount() > 1:
            self.setColumnWidth(0, round(self.viewport().width() * 0.44))

    def drawBranches(self, painter: QPainter, rect: QRect, index: AnyIndex) -> None:
        """Draw the ground of the selection and a chevron where there are children."""
        theme = self._theme
        selected = self.selectionModel().isRowSelected(index.row(), index.parent())
        room = QRectF(rect)
        if selected:
            painter.fillRect(room, theme.color(Token.ACCENT_BG))
            bar = QRectF(room.left(), room.top(), theme.px(3), room.height())
            painter.fillRect(bar, theme.color(Token.ACCENT))
        foot = QRectF(room.left(), room.bottom() - 1, room.width(), 1)
        painter.fillRect(foot, theme.color(Token.HAIR))
        if not self.model().hasChildren(_plain(index)):
            return
        self._chevron(painter, room, is_open=self.isExpanded(_plain(index)))

    def _chevron(self, painter: QPainter, room: QRectF, *, is_open: bool) -> None:
        theme = self._theme
        reach = theme.px(4)
        middle = QPointF(room.right() - self.indentation() / 2, room.center().y())
        across, along = QPointF(reach, 0), QPointF(0, reach)
        half = reach / 2
        points = (
            [
                middle - across - along / 2,
                middle + along / 2,
                middle + across - along / 2,
            ]
            if is_open
            else [
                middle - QPointF(half, reach),
                middle + QPointF(half, 0),
                middle - QPointF(half, -reach),
            ]
        )
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(line_pen(theme.color(Token.INK2), theme.px(1.6)))
        painter.drawPolyline(QPolygonF(points))
        painter.restore()

    def _restyle(self) -> None:
        theme = self._theme
        self.setIndentation(theme.whole_px(14))
        self.setStyleSheet(
            f"QTreeView{{background:{theme.hex(Token.SURFACE)};border:none;"
            f"outline:none}}QTreeView::branch{{background:transparent;image:none}}"
            f"{_header_sheet(theme)}"
        )
        self.viewport().update()


def _plain(index: AnyIndex) -> QModelIndex:
    if isinstance(index, QModelIndex):
        return index
    return index.model().index(index.row(), index.column(), index.parent())
