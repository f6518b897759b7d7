"""Boxes to choose from and boxes to tick, in the window's own look."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QComboBox, QSizePolicy, QWidget

from explorer.gui.design.painting import (
    LEFT,
    TextStyle,
    draw_focus_ring,
    draw_line,
    fill_rounded,
    line_pen,
)
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import (
    HEIGHT_CONTROL,
    LEAST_TARGET,
    RADIUS_CHIP,
    RADIUS_CONTROL,
    Role,
    Token,
)


class ComboBox(QComboBox):
    """A list that opens; our chevron, our ground."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Make an empty one."""
        super().__init__(parent)
        self._theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self._restyle)
        self._restyle()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page, so that scrolling changes nothing."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw box, text, chevron, and the ring where the keyboard is."""
        del event
        theme, room = self._theme, QRectF(self.rect())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inside, radius = room.adjusted(0.5, 0.5, -0.5, -0.5), theme.px(RADIUS_CONTROL)
        edge = line_pen(theme.color(Token.EDGE), 1)
        fill_rounded(painter, inside, radius, theme.color(Token.SURFACE), edge)
        text = room.adjusted(theme.px(10), 0, -theme.px(28), 0)
        token = Token.INK if self.isEnabled() else Token.INK3
        style = TextStyle(Role.BODY, token, LEFT)
        draw_line(painter, theme, text, self.currentText(), style)
        reach = theme.px(4)
        middle = QPointF(room.right() - theme.px(15), room.center().y())
        painter.setPen(line_pen(theme.color(Token.INK2), theme.px(1.6)))
        painter.drawPolyline(
            QPolygonF(
                [
                    middle + QPointF(-reach, -reach / 2),
                    middle + QPointF(0, reach / 2),
                    middle + QPointF(reach, -reach / 2),
                ]
            )
        )
        if self.hasFocus():
            draw_focus_ring(painter, theme, room, radius)

    def _restyle(self) -> None:
        theme = self._theme
        self.setFont(theme.font(Role.BODY))
        self.setFixedHeight(theme.whole_px(HEIGHT_CONTROL))
        self.setStyleSheet(
            f"QComboBox QAbstractItemView{{background:{theme.hex(Token.SURFACE)};"
            f"color:{theme.hex(Token.INK)};border:1px solid {theme.hex(Token.HAIR)};"
            f"selection-background-color:{theme.hex(Token.ACCENT_BG)};"
            f"selection-color:{theme.hex(Token.INK)};outline:none}}"
        )
        self.updateGeometry()
        self.update()


class CheckBox(QAbstractButton):
    """A box with a tick and a strong word beside it."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        """Show ``text``, which may come from a ledger: it is drawn as plain text."""
        super().__init__(parent)
        self._theme = theme
        self.setCheckable(True)
        self.setText(text.replace("&", "&&"))
        self._words = text
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Return room for box and word."""
        theme = self._theme
        wide = theme.width(self._words, Role.STRONG) + theme.px(36)
        return QSize(round(wide), theme.whole_px(LEAST_TARGET))

    def minimumSizeHint(self) -> QSize:
        """Return room for the box alone; the word is shortened."""
        return QSize(self._theme.whole_px(80), self._theme.whole_px(LEAST_TARGET))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw box, tick and word."""
        del event
        theme, room = self._theme, QRectF(self.rect())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.px(16)
        box = QRectF(theme.px(4), room.center().y() - side / 2, side, side)
        checked = self.isChecked()
        fill = theme.color(Token.ACCENT if checked else Token.SURFACE)
        edge = line_pen(
            theme.color(Token.ACCENT if checked else Token.EDGE), theme.px(1.2)
        )
        fill_rounded(painter, box, theme.px(RADIUS_CHIP), fill, edge)
        if checked:
            middle = box.center()
            painter.setPen(line_pen(theme.color(Token.ON_ACCENT), theme.px(1.9)))
            painter.drawPolyline(
                QPolygonF(
                    [
                        middle + QPointF(-side * 0.24, side * 0.02),
                        middle + QPointF(-side * 0.06, side * 0.2),
                        middle + QPointF(side * 0.25, -side * 0.18),
                    ]
                )
            )
        words = room.adjusted(theme.px(30), 0, 0, 0)
        draw_line(painter, theme, words, self._words, TextStyle(Role.STRONG))
        if self.hasFocus():
            ring = box.adjusted(-4, -4, 4, 4)
            draw_focus_ring(painter, theme, ring, theme.px(RADIUS_CONTROL))
