"""Authors by kinds of entry: the area of a dot is the number of entries."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from explorer.gui.design.painting import CENTER, ELIDE_MIDDLE, TextStyle, draw_line
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import Role, Token
from explorer.gui.translations import translate
from explorer.gui.viewmodels.authorship import (
    MOST_KINDS,
    AuthorMatrix,
    Cell,
    author_matrix,
)
from explorer.gui.viewmodels.signers import Authorship
from explorer.gui.viewmodels.wording import grouped

_HEAD, _ROW, _NAMES = 34, 68, 200
_COLUMN = 84
"""Px that a kind of entry needs."""

_LARGEST = 15
"""Px of the radius of the largest dot."""


class AuthorDots(QWidget):
    """The matrix as a picture; the table of signers says who they are."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._theme = theme
        self._matrix = AuthorMatrix((), (), ())
        self._counts: Sequence[Authorship] = ()
        self._kinds = 0
        theme.changed.connect(self.update)

    def show_counts(self, counts: Sequence[Authorship]) -> None:
        """Show these counts."""
        self._counts = counts
        self._show(author_matrix(counts, self._fitting()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many kinds as there is room for."""
        super().resizeEvent(event)
        if min(self._fitting(), self._kinds) != len(self._matrix.kinds):
            self.show_counts(self._counts)

    @property
    def matrix(self) -> AuthorMatrix:
        """Return what is drawn."""
        return self._matrix

    def _fitting(self) -> int:
        room = self.width() / self._theme.scale - _NAMES
        return max(3, min(MOST_KINDS, int(room // _COLUMN)))

    def _show(self, matrix: AuthorMatrix) -> None:
        self._matrix = matrix
        self._kinds = len({each.kind for each in self._counts})
        rows = len(matrix.authors)
        self.setFixedHeight(self._theme.whole_px(_HEAD + rows * _ROW + 2))
        words = [
            f"{author}: "
            + ", ".join(
                f"{kind} {cell.entries}"
                for kind, cell in zip(matrix.kinds, row, strict=True)
                if cell.entries
            )
            for author, row in zip(matrix.authors, matrix.cells, strict=True)
        ]
        self.setAccessibleName(translate("Signers", "Who did what"))
        self.setAccessibleDescription("; ".join(words))
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for all rows."""
        rows = len(self._matrix.authors)
        return QSize(
            self._theme.whole_px(800), self._theme.whole_px(_HEAD + rows * _ROW)
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw heads, names and dots."""
        del event
        theme, matrix = self._theme, self._matrix
        if not matrix.kinds:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        names, row_high = theme.px(_NAMES), theme.px(_ROW)
        wide = (self.width() - names) / len(matrix.kinds)
        for column, kind in enumerate(matrix.kinds):
            head = QRectF(names + column * wide, 0, wide, theme.px(_HEAD))
            style = TextStyle(Role.SMALL_STRONG, Token.INK2, CENTER)
            draw_line(painter, theme, head.adjusted(2, 0, -2, 0), kind, style)
        for number, author in enumerate(matrix.authors):
            top = theme.px(_HEAD) + number * row_high
            line = QRectF(0, top, self.width(), 1)
            painter.fillRect(line, theme.color(Token.HAIR))
            self._name(painter, QRectF(0, top, names - theme.px(8), row_high), author)
            for column, cell in enumerate(matrix.cells[number]):
                room = QRectF(names + column * wide, top, wide, row_high)
                self._cell(painter, room, cell)

    def _name(self, painter: QPainter, room: QRectF, author: str) -> None:
        theme = self._theme
        organisation, _, name = author.partition("/")
        if not name:
            draw_line(painter, theme, room, author, TextStyle(Role.STRONG))
            return
        half = room.height() / 2
        upper = room.adjusted(0, theme.px(12), 0, -half)
        lower = room.adjusted(0, half - theme.px(2), 0, -theme.px(12))
        draw_line(painter, theme, upper, organisation, TextStyle(Role.STRONG))
        second = TextStyle(Role.SMALL, Token.INK3, elide=ELIDE_MIDDLE)
        draw_line(painter, theme, lower, name, second)

    def _cell(self, painter: QPainter, room: QRectF, cell: Cell) -> None:
        if not cell.entries:
            return
        theme, most = self._theme, max(1, self._matrix.most)
        share = math.sqrt(cell.entries / most)
        radius = theme.px(max(3, _LARGEST * share))
        middle = QPointF(room.center().x(), room.top() + theme.px(20))
        accepted = cell.entries > cell.refused
        color = theme.color(Token.ACCENT if accepted else Token.INK3)
        painter.setPen(QPen(color, theme.px(1.4)))
        painter.setBrush(color if accepted else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, radius, radius)
        foot = QRectF(
            room.left(), room.top() + theme.px(35), room.width(), theme.px(15)
        )
        style = TextStyle(Role.TINY, Token.INK2, CENTER)
        draw_line(painter, theme, foot, grouped(cell.entries), style)
        if cell.refused:
            refused = translate("Signers", "{0} refused").format(grouped(cell.refused))
            below = foot.translated(0, theme.px(13))
            quiet = TextStyle(Role.TINY, Token.INK3, CENTER)
            draw_line(painter, theme, below, refused, quiet)
