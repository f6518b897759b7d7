"""The time line of a claim sheet: when it happened above, when it was recorded below.

Section 9.6 of the design: the slope of a tie is the delay. Ties of a week and more are
drawn in the colour of warnings and named; entries that stand against a claim, and those
that do not match, are marked as such. Painted for files too (``paint_ties``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.core.absent import Absent
from explorer.gui.canvases.journey_data import LATE_DAYS, Tie
from explorer.gui.design.painting import (
    CENTER,
    ELIDE_END,
    LEFT,
    RIGHT,
    TextStyle,
    draw_line,
    line_pen,
)
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import Role, Token
from explorer.gui.translations import translate
from explorer.model.claim_sheets import DAY_US, EntryPlace

HEIGHT = 150
_TOP, _LOW = 46.0, 98.0
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Axis:
    first: int
    last: int
    left: float
    right: float

    def x(self, time_us: int) -> float:
        span = max(1, self.last - self.first)
        return self.left + (time_us - self.first) / span * (self.right - self.left)


def paint_ties(
    painter: QPainter, theme: Theme, ties: Sequence[Tie], width: float
) -> list[tuple[QRectF, EntryPlace]]:
    """Paint the time line; return where each entry can be pressed."""
    times = [
        each
        for tie in ties
        for each in (tie.happened_us, tie.recorded_us)
        if not isinstance(each, Absent)
    ]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if not times:
        style = TextStyle(Role.BODY, Token.INK3, CENTER)
        room = QRectF(0, 0, width, theme.px(HEIGHT))
        nothing = translate("Claim", "No entry here has a time.")
        draw_line(painter, theme, room, nothing, style)
        return []
    wide = max(theme.width(each, Role.TINY) for each in _axis_words())
    left = wide + theme.px(20)
    axis = _Axis(min(times), max(times), left, width - theme.px(20))
    return _Painter(painter, theme, axis).paint(ties)


def _axis_words() -> tuple[str, str]:
    return translate("Claim", "said to happen"), translate("Claim", "recorded")


class _Painter:
    """Paints one time line."""

    def __init__(self, painter: QPainter, theme: Theme, axis: _Axis) -> None:
        self._painter, self._theme, self._axis = painter, theme, axis
        self._top, self._low = theme.px(_TOP), theme.px(_LOW)

    def paint(self, ties: Sequence[Tie]) -> list[tuple[QRectF, EntryPlace]]:
        self._axes()
        for tie in ties:
            self._tie(tie)
        targets = [target for tie in ties for target in self._dots(tie)]
        self._name_late(ties)
        self._name_against(ties)
        self._ends()
        return targets

    def _axes(self) -> None:
        theme, axis, painter = self._theme, self._axis, self._painter
        for y, words in zip((self._top, self._low), _axis_words(), strict=True):
            painter.setPen(line_pen(theme.color(Token.EDGE), theme.px(1.2)))
            painter.drawLine(QPointF(axis.left, y), QPointF(axis.right, y))
            room = QRectF(0, y - theme.px(9), axis.left - theme.px(12), theme.px(18))
            draw_line(
                painter, theme, room, words, TextStyle(Role.TINY, Token.INK2, LEFT)
            )

    def _tie(self, tie: Tie) -> None:
        if isinstance(tie.happened_us, Absent) or isinstance(tie.recorded_us, Absent):
            return
        theme = self._theme
        token = Token.WARN if tie.delay_days >= LATE_DAYS else Token.EDGE
        self._painter.setPen(line_pen(theme.color(token), theme.px(1.3)))
        start = QPointF(self._axis.x(tie.happened_us), self._top)
        self._painter.drawLine(start, QPointF(self._axis.x(tie.recorded_us), self._low))

    def _dots(self, tie: Tie) -> list[tuple[QRectF, EntryPlace]]:
        theme, painter, targets = self._theme, self._painter, []
        token = Token.FAIL if tie.is_against else Token.ACCENT
        for time_us, y, is_hollow in (
            (tie.happened_us, self._top, True),
            (tie.recorded_us, self._low, False),
        ):
            if isinstance(time_us, Absent):
                continue
            point, radius = QPointF(self._axis.x(time_us), y), theme.px(4.4)
            ground = Token.SURFACE if is_hollow else token
            painter.setPen(line_pen(theme.color(token), theme.px(1.5)))
            painter.setBrush(theme.color(ground))
            if tie.is_against and not is_hollow:
                square = QRectF(-radius, -radius, 2 * radius, 2 * radius)
                painter.drawRect(square.translated(point))
            else:
                painter.drawEllipse(point, radius, radius)
            reach = QPointF(theme.px(12), theme.px(12))
            targets.append((QRectF(point - reach, point + reach), tie.entry))
        return targets

    def _name_late(self, ties: Sequence[Tie]) -> None:
        late = [each for each in ties if each.delay_days >= LATE_DAYS]
        if not late:
            return
        theme, axis = self._theme, self._axis
        worst = max(late, key=lambda each: each.delay_days)
        text = f"{worst.what}: {worst.delay_text}"
        middle = (self._top + self._low) / 2
        room = QRectF(
            axis.left, middle - theme.px(9), axis.right - axis.left, theme.px(18)
        )
        style = TextStyle(Role.TINY, Token.WARN, CENTER, ELIDE_END)
        draw_line(self._painter, theme, room, text, style)

    def _name_against(self, ties: Sequence[Tie]) -> None:
        placed = [
            (tie.recorded_us, tie.what)
            for tie in ties
            if tie.is_against and not isinstance(tie.recorded_us, Absent)
        ]
        if not placed:
            return
        theme, axis, (recorded_us, what) = self._theme, self._axis, placed[-1]
        x = axis.x(recorded_us)
        painter = self._painter
        painter.setPen(line_pen(theme.color(Token.FAIL), theme.px(1.5)))
        top = theme.px(22)
        painter.drawLine(QPointF(x, top), QPointF(x, self._low))
        is_right = x > (axis.left + axis.right) / 2
        start = axis.left if is_right else x + theme.px(6)
        end = x - theme.px(6) if is_right else axis.right
        room = QRectF(start, theme.px(6), end - start, theme.px(16))
        style = TextStyle(Role.TINY, Token.FAIL, RIGHT if is_right else LEFT, ELIDE_END)
        draw_line(painter, theme, room, what, style)

    def _ends(self) -> None:
        """Write the first and the last day, and days between where there is room."""
        theme, axis = self._theme, self._axis
        y, step = self._low + theme.px(12), theme.px(110)
        count = max(1, int((axis.right - axis.left) // step))
        for number in range(count + 1):
            time_us = axis.first + (axis.last - axis.first) * number // count
            x = axis.x(time_us)
            wide = theme.px(90)
            align = LEFT if not number else RIGHT if number == count else CENTER
            start = x if not number else x - wide if number == count else x - wide / 2
            room = QRectF(start, y, wide, theme.px(16))
            text = day_text(time_us, axis.last - axis.first)
            style = TextStyle(Role.TINY, Token.INK3, align)
            draw_line(self._painter, theme, room, text, style)


def day_text(time_us: int, span_us: int) -> str:
    """Return a tick's day; with the time of day where all is within two days."""
    try:
        moment = _EPOCH + timedelta(microseconds=time_us)
    except OverflowError:
        return ""
    if span_us < 2 * DAY_US:
        return f"{moment:%m-%d %H:%M} UTC"
    return f"{moment:%Y-%m-%d}"


class TimeTies(QWidget):
    """The time line as a widget; press a dot to open its entry."""

    entry_chosen = Signal(object)
    """``EntryPlace``"""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._theme = theme
        self.ties: tuple[Tie, ...] = ()
        self._targets: list[tuple[QRectF, EntryPlace]] = []
        self.setFixedHeight(theme.whole_px(HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAccessibleName(translate("Claim", "Time line"))

    def set_ties(self, ties: Sequence[Tie]) -> None:
        """Show other entries."""
        self.ties = tuple(ties)
        late = [each for each in ties if each.delay_days >= LATE_DAYS]
        words = "; ".join(f"{each.what}: {each.delay_text}" for each in late[:10])
        self.setAccessibleDescription(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the time line."""
        del event
        painter = QPainter(self)
        self._targets = paint_ties(painter, self._theme, self.ties, self.width())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show where an entry can be pressed."""
        over = self._target(event.position()) is not None
        shape = (
            Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        )
        self.setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the entry of a dot."""
        found = self._target(event.position())
        if found is not None:
            self.entry_chosen.emit(found)

    def _target(self, at: QPointF) -> EntryPlace | None:
        return next((e for room, e in self._targets if room.contains(at)), None)
