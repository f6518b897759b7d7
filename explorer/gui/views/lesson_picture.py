"""Little drawings of what a sample teaches: six blocks and what holds them together."""

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from explorer.gui.design.icons import Icon, icon_pixmap
from explorer.gui.design.marks import Mark, draw_mark
from explorer.gui.design.painting import dashed_pen
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import Token
from explorer.gui.viewmodels.samples import Lesson

_BLOCKS, _SIDE, _PITCH = 6, 24, 38
_EDITED = 2
"""Position of the block that was edited."""


class LessonPicture(QWidget):
    """A chain of six blocks in the state that a sample shows."""

    def __init__(
        self, theme: Theme, lesson: Lesson, parent: QWidget | None = None
    ) -> None:
        """Draw ``lesson``."""
        super().__init__(parent)
        self._theme, self._lesson = theme, lesson
        self.setFixedHeight(theme.whole_px(44))
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return the room of six blocks."""
        width = self._theme.whole_px(_PITCH * _BLOCKS)
        return QSize(width, self._theme.whole_px(44))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw blocks, links and the mark that tells the lesson."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for position in range(_BLOCKS):
            if position:
                self._link(painter, position)
            self._block(painter, position)
        self._sign(painter)

    def _square(self, position: int) -> QRectF:
        theme = self._theme
        return QRectF(
            theme.px(1 + position * _PITCH),
            theme.px(14),
            theme.px(_SIDE),
            theme.px(_SIDE),
        )

    def _pen(self, position: int) -> QPen:
        theme, width = self._theme, self._theme.px(1.5)
        if self._lesson is Lesson.EDITED and position == _EDITED:
            return QPen(theme.color(Token.FAIL), width)
        is_adrift = self._lesson is Lesson.EDITED and position > _EDITED
        if is_adrift or self._lesson is Lesson.REMADE:
            return dashed_pen(theme.color(Token.INK3), width, theme.px(4), theme.px(3))
        return QPen(theme.color(Token.INK2), width)

    def _block(self, painter: QPainter, position: int) -> None:
        painter.setPen(self._pen(position))
        painter.setBrush(self._theme.color(Token.SURFACE))
        radius = self._theme.px(3)
        painter.drawRoundedRect(self._square(position), radius, radius)

    def _link(self, painter: QPainter, position: int) -> None:
        is_cut = self._lesson is Lesson.EDITED and position == _EDITED + 1
        if is_cut:
            return
        before, after = self._square(position - 1), self._square(position)
        middle = before.center().y()
        painter.setPen(QPen(self._theme.color(Token.INK3), self._theme.px(1.5)))
        painter.drawLine(QPointF(before.right(), middle), QPointF(after.left(), middle))

    def _sign(self, painter: QPainter) -> None:
        theme = self._theme
        if self._lesson is Lesson.REMADE:
            self._key(painter, _BLOCKS - 1)
            return
        position = _BLOCKS - 1 if self._lesson is Lesson.INTACT else _EDITED
        corner = self._square(position).topRight()
        side = theme.px(16)
        room = QRectF(corner.x() - side * 0.6, corner.y() - side * 0.5, side, side)
        mark = Mark.PASSED if self._lesson is Lesson.INTACT else Mark.FAILED
        draw_mark(painter, theme, mark, room, Token.SURFACE)
        if self._lesson is Lesson.REHASHED:
            self._key(painter, position)

    def _key(self, painter: QPainter, position: int) -> None:
        theme, side = self._theme, self._theme.px(16)
        pixmap = icon_pixmap(Icon.KEY, side, theme.color(Token.INK2))
        center = self._square(position).center()
        painter.drawPixmap(
            QPointF(center.x() - side / 2, center.y() - side / 2), pixmap
        )
