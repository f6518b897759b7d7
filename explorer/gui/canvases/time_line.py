"""Entries over time as columns; a stretch drawn over them chooses a time.

The list of entries is the twin of this picture. Keys: arrows move the chosen stretch,
Shift and arrows make it longer, Enter takes it, Esc lets it go.
"""

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from explorer.gui.design.painting import TextStyle, draw_focus_ring, draw_line, line_pen
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import RADIUS_CONTROL, Role, Token
from explorer.gui.translations import translate
from explorer.gui.viewmodels.wording import counted
from explorer.store.time_queries import TimeData

PARTS = 120
_SIDE, _FOOT, _TOP = 16, 26, 30
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class TimeLine(QWidget):
    """Draws one ledger; the stretch is in parts of ``TimeData``."""

    chosen = Signal(object, object)
    """First and last microsecond of the stretch."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._look = theme
        self._data: TimeData | None = None
        self._from, self._to = -1, -1
        self._pressed = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(translate("TimeLine", "Entries over time"))
        self.setMouseTracking(True)

    def show_times(self, data: TimeData | None) -> None:
        """Show these counts instead."""
        self._data = data
        self._from = self._to = -1
        self.setAccessibleDescription(self._words())
        self.update()

    @property
    def stretch(self) -> tuple[int, int]:
        """Return the first and the last part chosen; -1 for none."""
        return self._from, self._to

    def choose(self, first: int, last: int) -> None:
        """Choose a stretch without taking it."""
        most = -1 if self._data is None else len(self._data.counts) - 1
        low, high = sorted((first, last))
        self._from, self._to = max(0, min(most, low)), max(0, min(most, high))
        self.update()

    def take(self) -> None:
        """Tell the stretch chosen."""
        data = self._data
        if data is not None and self._from >= 0:
            start = data.first_us + self._from * data.part_us
            end = data.first_us + (self._to + 1) * data.part_us - 1
            self.chosen.emit(start, min(end, data.last_us))

    # -- events -----------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stretch."""
        if self._data is not None and event.button() == Qt.MouseButton.LeftButton:
            self._pressed = self._part_at(event.position())
            self.choose(self._pressed, self._pressed)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw the stretch, or tell what lies under the pointer."""
        part = self._part_at(event.position())
        if self._pressed >= 0:
            self.choose(self._pressed, part)
        elif self._data is not None:
            self.setToolTip(self._tip(part))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take the stretch."""
        if self._pressed >= 0:
            self.choose(self._pressed, self._part_at(event.position()))
            self._pressed = -1
            self.take()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, lengthen, take or let go the stretch."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        key = Qt.Key(event.key())
        is_longer = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in steps and self._data is not None:
            step = steps[key]
            first = max(0, self._from) + (0 if is_longer else step)
            self.choose(first, max(0, self._to) + step)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.take()
        elif key == Qt.Key.Key_Escape and self._from >= 0:
            self._from = self._to = -1
            self.update()
        else:
            super().keyPressEvent(event)

    # -- painting ---------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw columns, the stretch, the axis."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, room = self._look, self._room()
        data = self._data
        if data is None:
            words = translate("TimeLine", "No entry here states a time.")
            draw_line(painter, theme, room, words, TextStyle(Role.BODY, Token.INK3))
            return
        head = QRectF(room.left(), 0, room.width(), theme.px(_TOP))
        small = TextStyle(Role.SMALL, Token.INK3)
        draw_line(painter, theme, head, self._words(), small)
        self._draw_columns(painter, room, data)
        self._draw_axis(painter, room, data)
        if self.hasFocus():
            whole = QRectF(self.rect())
            draw_focus_ring(painter, theme, whole, theme.px(RADIUS_CONTROL))

    def _draw_columns(self, painter: QPainter, room: QRectF, data: TimeData) -> None:
        theme, wide = self._look, room.width() / len(data.counts)
        if self._from >= 0:
            left = room.left() + self._from * wide
            span = (self._to - self._from + 1) * wide
            lit = QRectF(left, room.top(), span, room.height())
            painter.fillRect(lit, theme.color(Token.ACCENT_BG))
            painter.setPen(line_pen(theme.color(Token.ACCENT), theme.px(1.5)))
            painter.drawLine(lit.topLeft(), lit.bottomLeft())
            painter.drawLine(lit.topRight(), lit.bottomRight())
        most = max(1, int(data.counts.max()))
        gap = theme.px(1) if wide > theme.px(4) else 0.0
        for number, count in enumerate(data.counts):
            if not count:
                continue
            high = max(theme.px(2), room.height() * int(count) / most)
            left = room.left() + number * wide
            column = QRectF(left, room.bottom() - high, wide - gap, high)
            painter.fillRect(column, theme.color(Token.INK2))
            out = room.height() * int(data.refused[number]) / most
            if out:
                part = QRectF(left, column.top(), wide - gap, max(theme.px(2), out))
                painter.fillRect(part, theme.color(Token.SURFACE))
                painter.setPen(line_pen(theme.color(Token.INK2), 1))
                painter.drawRect(part)

    def _draw_axis(self, painter: QPainter, room: QRectF, data: TimeData) -> None:
        theme = self._look
        painter.setPen(line_pen(theme.color(Token.EDGE), 1))
        painter.drawLine(room.bottomLeft(), room.bottomRight())
        high, third = theme.px(_FOOT), room.width() / 2
        foot = QRectF(room.left(), room.bottom(), third, high)
        style = TextStyle(Role.SMALL, Token.INK3)
        draw_line(painter, theme, foot, moment_text(data.first_us), style)
        last = TextStyle(
            Role.SMALL,
            Token.INK3,
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
        )
        foot = QRectF(room.right() - third, room.bottom(), third, high)
        draw_line(painter, theme, foot, moment_text(data.last_us), last)

    # -- words and places -------------------------------------------------------------

    def _room(self) -> QRectF:
        theme = self._look
        side = theme.px(_SIDE)
        return QRectF(self.rect()).adjusted(
            side, theme.px(_TOP), -side, -theme.px(_FOOT)
        )

    def _part_at(self, point: QPointF) -> int:
        data, room = self._data, self._room()
        if data is None or room.width() <= 0:
            return -1
        part = int((point.x() - room.left()) / room.width() * len(data.counts))
        return max(0, min(len(data.counts) - 1, part))

    def _tip(self, part: int) -> str:
        data = self._data
        if data is None or part < 0:
            return ""
        start = moment_text(data.first_us + part * data.part_us)
        count = counted(
            int(data.counts[part]),
            translate("TimeLine", "1 entry"),
            translate("TimeLine", "{0} entries"),
        )
        return f"{start} · {count}"

    def _words(self) -> str:
        data = self._data
        if data is None:
            return translate("TimeLine", "No entry here states a time.")
        words = translate(
            "TimeLine", "draw a stretch to filter; hollow: refused or void"
        )
        if data.without:
            more = counted(
                data.without,
                translate("TimeLine", "1 entry without a time"),
                translate("TimeLine", "{0} entries without a time"),
            )
            words += f" · {more}"
        return words


def moment_text(time_us: int) -> str:
    """Return a time for the axis, to the minute."""
    try:
        return f"{_EPOCH + timedelta(microseconds=time_us):%Y-%m-%d %H:%M} UTC"
    except OverflowError:
        return f"{time_us} µs"


def filter_of(first_us: int, last_us: int) -> str:
    """Return the expression for entries of a time, whole seconds; or nothing."""
    try:
        first = _EPOCH + timedelta(microseconds=first_us)
        last = _EPOCH + timedelta(microseconds=last_us)
    except OverflowError:
        return ""
    form = "%Y-%m-%dT%H:%M:%S"
    return f"entry.time >= {first:{form}} and entry.time <= {last:{form}}"
