"""How rows of the list and fields of the tree are painted (design, sections 8 and 15).

Passing is quiet here: a bare tick. What the network refused is struck out, with a ring
and the reason in plain words beside it. Names found in a file keep their own script.
"""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyleOptionViewItem,
)

from explorer.gui.design.marks import Mark, draw_mark
from explorer.gui.design.painting import (
    ELIDE_END,
    ELIDE_MIDDLE,
    LEFT,
    RIGHT,
    TextStyle,
    draw_line,
)
from explorer.gui.design.tables import AnyIndex, RowDelegate
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import (
    HEIGHT_ROW_DENSE,
    HEIGHT_TREE_ROW,
    Role,
    Token,
)
from explorer.gui.viewmodels.fields import FieldColumn, FieldRole
from explorer.gui.viewmodels.rows import Column, RowRole

_INDENT_PX = 14
_MARK_PX = 14


def quiet_mark(name: str) -> Mark:
    """Return the mark of this name; a passed one is a bare tick in tables."""
    mark = Mark(name)
    return Mark.TICK if mark is Mark.PASSED else mark


class _QuietDelegate(RowDelegate):
    """Ground, selection and hairline as everywhere; the cell itself is painted here."""

    def __init__(self, theme: Theme, row_px: int, parent: QAbstractItemView) -> None:
        super().__init__(theme, row_px, parent)
        self.theme = theme

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex
    ) -> None:
        """Paint one cell."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        room = QRectF(option.rect)
        self._ground(painter, room, selected=selected, first=self.has_bar(index))
        self.paint_cell(painter, room, index, selected=selected)
        painter.restore()

    def has_bar(self, index: AnyIndex) -> bool:
        """Return whether the bar of the selection stands in this cell."""
        return index.column() == 0

    def paint_cell(
        self, painter: QPainter, room: QRectF, index: AnyIndex, *, selected: bool
    ) -> None:
        """Paint what stands in the cell."""

    def draw_mark(
        self, painter: QPainter, room: QRectF, left: float, name: str, ground: Token
    ) -> None:
        """Draw a mark in the middle of the row, from ``left`` on."""
        side = self.theme.px(_MARK_PX)
        square = QRectF(left, room.center().y() - side / 2 - 0.5, side, side)
        draw_mark(painter, self.theme, quiet_mark(name), square, ground)


def _ground_of(*, selected: bool) -> Token:
    return Token.ACCENT_BG if selected else Token.SURFACE


class EntryDelegate(_QuietDelegate):
    """Paints the list of blocks and entries."""

    def __init__(self, theme: Theme, parent: QAbstractItemView) -> None:
        """Paint rows of the dense height."""
        super().__init__(theme, HEIGHT_ROW_DENSE, parent)

    def paint_cell(
        self, painter: QPainter, room: QRectF, index: AnyIndex, *, selected: bool
    ) -> None:
        """Paint the cell of one column."""
        text = index.data(Qt.ItemDataRole.DisplayRole)
        if text is None:
            return
        is_block = bool(index.data(RowRole.IS_BLOCK))
        px = self.theme.px
        place = room.adjusted(px(10), 0, -px(8), -1)
        match Column(index.column()):
            case Column.HEIGHT:
                self._height(painter, place, index, selected=selected)
            case Column.WHAT:
                self._what(painter, place, index)
            case Column.ID:
                style = TextStyle(Role.MONO_SMALL, Token.INK2, elide=ELIDE_MIDDLE)
                draw_line(painter, self.theme, place, text, style)
            case Column.TIME:
                style = TextStyle(Role.SMALL, Token.INK3, RIGHT)
                draw_line(painter, self.theme, place, text, style)
            case Column.KIND:
                token = Token.INK3 if is_block else Token.INK2
                style = TextStyle(Role.BODY, token)
                draw_line(painter, self.theme, place, text, style)

    def _height(
        self, painter: QPainter, place: QRectF, index: AnyIndex, *, selected: bool
    ) -> None:
        theme = self.theme
        mark = index.data(RowRole.MARK)
        if mark:
            is_refused = bool(index.data(RowRole.IS_STRUCK))
            name = Mark.REFUSED.value if is_refused and mark != Mark.FAILED else mark
            ground = _ground_of(selected=selected)
            self.draw_mark(painter, place, place.left(), name, ground)
        is_block = bool(index.data(RowRole.IS_BLOCK))
        indent = 0 if is_block else _INDENT_PX
        place = place.adjusted(theme.px(22 + indent), 0, 0, 0)
        role = Role.STRONG if is_block else Role.BODY
        if index.data(RowRole.IS_HIT):
            token = Token.ACCENT
        else:
            token = Token.INK if is_block else Token.INK2
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        draw_line(painter, theme, place, text, TextStyle(role, token))

    def _what(self, painter: QPainter, place: QRectF, index: AnyIndex) -> None:
        theme = self.theme
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        reason = index.data(RowRole.REASON)
        if not reason:
            draw_line(painter, theme, place, text, TextStyle(Role.BODY, Token.INK))
            return
        wide = min(theme.width(text, Role.BODY) + 2, place.width() * 0.45)
        left = QRectF(place.left(), place.top(), wide, place.height())
        struck = TextStyle(Role.BODY, Token.INK3, strike=True)
        draw_line(painter, theme, left, text, struck)
        right = place.adjusted(wide + theme.px(8) if text else 0, 0, 0, 0)
        small = TextStyle(Role.SMALL, Token.INK2)
        draw_line(painter, theme, right, str(reason), small)


class FieldDelegate(_QuietDelegate):
    """Paints the tree of fields: names, values, and the marks of declared values."""

    def __init__(self, theme: Theme, parent: QAbstractItemView) -> None:
        """Paint rows of the tree's height."""
        super().__init__(theme, HEIGHT_TREE_ROW, parent)

    def has_bar(self, index: AnyIndex) -> bool:
        """Leave the bar to the branches of the tree."""
        return index.column() == 0 and not index.parent().isValid()

    def paint_cell(
        self, painter: QPainter, room: QRectF, index: AnyIndex, *, selected: bool
    ) -> None:
        """Paint a name or a value."""
        theme = self.theme
        text = index.data(Qt.ItemDataRole.DisplayRole)
        if text is None:
            return
        place = room.adjusted(theme.px(6), 0, -theme.px(8), -1)
        if index.column() == FieldColumn.NAME:
            has_children = bool(index.data(FieldRole.HAS_CHILDREN))
            role = Role.STRONG if has_children else Role.BODY
            draw_line(painter, theme, place, text, TextStyle(role, Token.INK))
            return
        mark = index.data(FieldRole.MARK)
        if mark:
            ground = _ground_of(selected=selected)
            self.draw_mark(painter, place, place.left(), mark, ground)
            place = place.adjusted(theme.px(_MARK_PX + 6), 0, 0, 0)
        is_hex = bool(index.data(FieldRole.IS_HEX))
        style = TextStyle(
            Role.MONO_SMALL if is_hex else Role.BODY,
            Token.INK2,
            LEFT,
            ELIDE_MIDDLE if is_hex else ELIDE_END,
        )
        draw_line(painter, theme, place, text, style)
