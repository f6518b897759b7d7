"""The band that states the verdict.

Sections 5, 15 and 16 of the design. It is painted by ourselves from enumerations, whole
numbers and our own sentences (``band_states``). Green is left to the verdict
``anchored``; while checking the band carries progress, rate, time left and a way to
stop, and turns at once when something fails.
"""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.gui.canvases.band_states import (
    BandState,
    CheckingShown,
    StoppedShown,
    VerdictShown,
)
from explorer.gui.canvases.band_words import (
    anchors_line,
    checking_figures,
    state_words,
)
from explorer.gui.canvases.verdict_chip import ground_of
from explorer.gui.design.controls import Button
from explorer.gui.design.marks import Mark, draw_mark, mark_of_verdict, mark_token
from explorer.gui.design.painting import (
    TextStyle,
    draw_line,
    draw_paragraph,
    fill_rounded,
)
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import RADIUS_BAND, Role, Token
from explorer.gui.translations import translate
from explorer.gui.viewmodels.wording import grouped

_MARK_PX, _PAD_PX, _TEXT_LEFT_PX = 60, 28, 112
_PROGRESS_PX = 5
_NARROW_PX = 760
"""Below this the figures stand under the sentences."""


def mark_of_state(state: BandState) -> Mark:
    """Return the mark that a state shows."""
    if isinstance(state, VerdictShown):
        return mark_of_verdict(state.verdict)
    if state.failed:
        return Mark.FAILED
    return Mark.CHECKING if isinstance(state, CheckingShown) else Mark.NOT_APPLICABLE


@dataclass(frozen=True, slots=True)
class _Line:
    """One text with its place."""

    text: str
    role: Role
    token: Token
    room: QRectF


@dataclass(frozen=True, slots=True)
class _Arrangement:
    """Where everything stands at one width."""

    lines: tuple[_Line, ...]
    figures: tuple[tuple[str, str, QRectF], ...]
    height: float


class VerdictBand(QWidget):
    """States the verdict, why, and what it does not say."""

    stop_wanted = Signal()
    """The user pressed "Stop" while checking."""

    def __init__(
        self, theme: Theme, state: BandState, parent: QWidget | None = None
    ) -> None:
        """Show ``state``."""
        super().__init__(parent)
        self._theme, self._state = theme, state
        self._actions: list[QWidget] = []
        stop = translate("Verdict", "Stop and keep what is done")
        self.stop_button = Button(theme, stop, parent=self)
        self.stop_button.clicked.connect(self.stop_wanted)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._restyle)
        self.show_state(state)

    def show_state(self, state: BandState) -> None:
        """Show another state; the accessible name says it whole."""
        self._state = state
        self.stop_button.setVisible(isinstance(state, CheckingShown))
        words = state_words(state)
        self.setAccessibleName(words.word)
        parts = (words.sentence, words.limit, self._tied(), self._note())
        self.setAccessibleDescription(" ".join(part for part in parts if part))
        self._restyle()

    def state(self) -> BandState:
        """Return what is shown."""
        return self._state

    def set_actions(self, *actions: QWidget) -> None:
        """Put buttons at the right end; at most one of them primary."""
        for old in self._actions:
            if old not in actions:
                old.setParent(None)
        self._actions = list(actions)
        for action in actions:
            action.setParent(self)
            action.show()
        self._restyle()

    def hasHeightForWidth(self) -> bool:
        """Say that sentences wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height at a width."""
        return round(self._arranged(width).height)

    def sizeHint(self) -> QSize:
        """Return a wide band."""
        width = self._theme.whole_px(1040)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return the least width; the height follows from the width."""
        theme = self._theme
        return QSize(theme.whole_px(420), theme.whole_px(_MARK_PX))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the buttons."""
        super().resizeEvent(event)
        self._settle()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, mark, sentences, figures and progress."""
        del event
        theme, mark = self._theme, mark_of_state(self._state)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room, radius = QRectF(self.rect()), theme.px(RADIUS_BAND)
        ground = ground_of(mark)
        edge = QPen(theme.color(Token.HAIR), 1) if ground is Token.SURFACE else None
        inside = room.adjusted(0.5, 0.5, -0.5, -0.5)
        fill_rounded(painter, inside, radius, theme.color(ground), edge)
        side, left = theme.px(_MARK_PX), theme.px(_PAD_PX)
        top = min((room.height() - side) / 2, theme.px(34))
        draw_mark(painter, theme, mark, QRectF(left, top, side, side), ground)
        arranged = self._arranged(self.width())
        for line in arranged.lines:
            style = TextStyle(line.role, line.token)
            draw_paragraph(painter, theme, line.room, line.text, style)
        for number, label, place in arranged.figures:
            self._figure(painter, number, label, place)
        if isinstance(self._state, CheckingShown):
            self._progress(painter, room, self._state.share)

    def _figure(self, painter: QPainter, number: str, label: str, room: QRectF) -> None:
        theme = self._theme
        middle = room.top() + theme.line_height(Role.FIGURE)
        upper = QRectF(room.left(), room.top(), room.width(), middle - room.top())
        lower = QRectF(room.left(), middle, room.width(), room.bottom() - middle)
        draw_line(painter, theme, upper, number, TextStyle(Role.FIGURE, Token.INK))
        draw_line(painter, theme, lower, label, TextStyle(Role.SMALL, Token.INK2))

    def _progress(self, painter: QPainter, room: QRectF, share: float) -> None:
        theme, high = self._theme, self._theme.px(_PROGRESS_PX)
        inset = theme.px(RADIUS_BAND)
        width = room.width() - 2 * inset
        rail = QRectF(inset, room.bottom() - high - theme.px(3), width, high)
        fill_rounded(painter, rail, high / 2, theme.color(Token.HAIR), None)
        rail.setWidth(max(high, width * share))
        fill_rounded(painter, rail, high / 2, theme.color(Token.ACCENT), None)

    def _tied(self) -> str:
        if not isinstance(self._state, VerdictShown):
            return ""
        line = anchors_line(self._state.anchors)
        return translate("Verdict", "Compared with: {0}").format(line) if line else ""

    def _note(self) -> str:
        return self._state.note if isinstance(self._state, VerdictShown) else ""

    def _figures(self) -> list[tuple[str, str]]:
        if isinstance(self._state, CheckingShown):
            return checking_figures(self._state)
        if isinstance(self._state, StoppedShown):
            return []
        return [(grouped(each.value), each.label) for each in self._state.figures]

    def _texts(self) -> list[tuple[str, Role, Token]]:
        words = state_words(self._state)
        subject = "" if isinstance(self._state, StoppedShown) else self._state.subject
        texts = [
            (subject, Role.LABEL, Token.INK2),
            (words.word, Role.DISPLAY, mark_token(mark_of_state(self._state))),
            (words.sentence, Role.LEAD, Token.INK),
            (words.limit, Role.BODY, Token.INK2),
            (self._tied(), Role.BODY, Token.INK2),
            (self._note(), Role.BODY, Token.INK),
        ]
        return [each for each in texts if each[0]]

    def _arranged(self, width: int) -> _Arrangement:
        theme = self._theme
        pad, left = theme.px(_PAD_PX), theme.px(_TEXT_LEFT_PX)
        figures = [
            (number, label, self._figure_width(number, label))
            for number, label in self._figures()
        ]
        buttons = self._buttons_width()
        across = sum(each[2] for each in figures) + buttons
        is_narrow = width - across < theme.px(_NARROW_PX) * 0.62
        right = width - pad - (buttons if is_narrow else across)
        texts, bottom = self._set(left, max(theme.px(200), right - left - theme.px(16)))
        high = theme.line_height(Role.FIGURE) + theme.line_height(Role.SMALL)
        top = bottom + theme.px(8) if is_narrow else theme.px(28)
        if is_narrow and figures:
            bottom = top + high
        at, places = left if is_narrow else right, []
        for number, label, wide in figures:
            places.append((number, label, QRectF(at, top, wide, high)))
            at += wide
        low = theme.px(20 if not isinstance(self._state, CheckingShown) else 26)
        tall = sum(_size_of(each).height() + theme.px(8) for each in self._buttons())
        least = max(theme.px(_MARK_PX + 2 * 28), tall + theme.px(24))
        return _Arrangement(texts, tuple(places), max(least, bottom + low))

    def _set(self, left: float, width: float) -> tuple[tuple[_Line, ...], float]:
        """Set the texts below each other; return them and where they end."""
        theme, top = self._theme, self._theme.px(18)
        lines = []
        for text, role, token in self._texts():
            used = role
            if role is Role.DISPLAY and theme.width(text, role) > width:
                used = Role.HEADLINE
            high = theme.height(text, used, width)
            lines.append(_Line(text, used, token, QRectF(left, top, width, high + 2)))
            top += high + theme.px(3)
        return tuple(lines), top

    def _figure_width(self, number: str, label: str) -> float:
        theme = self._theme
        wide = max(theme.width(number, Role.FIGURE), theme.width(label, Role.SMALL))
        return wide + theme.px(30)

    def _buttons(self) -> list[QWidget]:
        is_checking = isinstance(self._state, CheckingShown)
        return [*self._actions, *([self.stop_button] if is_checking else [])]

    def _buttons_width(self) -> float:
        buttons = self._buttons()
        if not buttons:
            return 0.0
        wide = max(_size_of(each).width() for each in buttons)
        return wide + self._theme.px(16)

    def _settle(self) -> None:
        """Place the buttons below each other at the right end."""
        theme = self._theme
        buttons = self._buttons()
        gap = theme.px(8)
        tall = sum(_size_of(each).height() + gap for each in buttons) - gap
        top = max(theme.px(12), (self.height() - tall) / 2)
        for each in buttons:
            hint = _size_of(each)
            left = self.width() - theme.px(_PAD_PX) - hint.width()
            each.setGeometry(round(left), round(top), hint.width(), hint.height())
            top += hint.height() + gap

    def _restyle(self) -> None:
        self.stop_button.setText(translate("Verdict", "Stop and keep what is done"))
        self._settle()
        self.updateGeometry()
        self.update()


def _size_of(widget: QWidget) -> QSize:
    """Return the size a button asks for; its fixed height wins over the hint."""
    return widget.sizeHint().expandedTo(widget.minimumSize())
