"""The whole chain as one strip: the hero of the overview and the ruler elsewhere.

Sections 8 and 15 of the design. Hover tells, a click selects, a drag brushes a range,
the wheel zooms at the pointer. Keys: left and right (with Shift by a page), Home, End,
``+``, ``-``, ``0`` to see everything, ``F`` for the next failed block, Enter to open,
Esc to forget the range. The table of blocks is the twin that says the same in words.
"""

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.gui.canvases.strip_data import (
    BlockStatus,
    StripBlocks,
    StripColumns,
    StripEvent,
    StripHover,
    StripPlace,
    StripRange,
    Window,
    gather,
    no_blocks,
)
from explorer.gui.canvases.strip_painter import StripLook, StripPainter, strip_room
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import HEIGHT_RULER, Token
from explorer.gui.translations import translate
from explorer.gui.viewmodels.wording import counted, grouped

HERO_PX = 186
_LEAST_SHOWN = 8.0
_DRAG_PX = 4


class ChainStrip(QWidget):
    """All blocks from left to right; height is the number of entries."""

    block_selected = Signal(object)
    """``StripPlace``: the user chose a block."""
    block_opened = Signal(object)
    """``StripPlace``: double click or Enter."""
    range_brushed = Signal(object)
    """``StripRange``, or ``None`` when the range was given up."""
    hovered = Signal(object)
    """``StripHover``, or ``None`` when the pointer left."""
    window_changed = Signal(object)
    """``Window``: another part is shown."""

    def __init__(
        self,
        theme: Theme,
        *,
        compact: bool = False,
        ground: Token | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Show nothing yet; ``compact`` is the ruler of 34 px without an axis."""
        super().__init__(parent)
        self._theme, self._is_compact = theme, compact
        self._ground = ground or (Token.PAPER if compact else Token.SURFACE)
        self._blocks = no_blocks()
        self._window = Window(0, 0)
        self._columns: StripColumns = gather(self._blocks, self._window, 0)
        self._front = 0
        self._events: tuple[StripEvent, ...] = ()
        self._selected = -1
        self._brushed: tuple[int, int] | None = None
        self._pressed: QPointF | None = None
        self._is_brushing = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_blocks(self, blocks: StripBlocks) -> None:
        """Show these blocks; a part that was zoomed to stays in view."""
        saw_all = self._window.size >= len(self._blocks)
        self._blocks, self._front = blocks, blocks.front()
        total = len(blocks)
        whole = Window(0, total)
        self._window = whole if saw_all else self._window.moved(0, total)
        if self._window.size > total:
            self._window = whole
        self._selected = min(self._selected, total - 1)
        self._gather()

    def set_events(self, events: tuple[StripEvent, ...]) -> None:
        """Show ticks worth knowing; the ruler leaves their labels out."""
        self._events = events
        self.update()

    def select(self, position: int) -> None:
        """Mark a block as selected and bring it into view; -1 for none."""
        self._selected = position if 0 <= position < len(self._blocks) else -1
        if self._selected >= 0:
            self._reveal(self._selected)
        self._describe()
        self.update()

    def select_height(self, height: int) -> None:
        """Mark the block of a height as selected."""
        self.select(self._blocks.position_of(height))

    def set_range(self, first: int, last: int) -> None:
        """Mark the range of a filter, by position; ``last`` before ``first``: none."""
        self._brushed = (first, last) if 0 <= first <= last else None
        self.update()

    def window_shown(self) -> Window:
        """Return the part that is shown."""
        return self._window

    def show_window(self, window: Window) -> None:
        """Show another part."""
        total = len(self._blocks)
        self._window = window.zoomed(window.start, 1.0, total, _LEAST_SHOWN)
        self._gather()
        self.window_changed.emit(self._window)

    def show_all(self) -> None:
        """Show the whole chain."""
        self.show_window(Window(0, len(self._blocks)))

    def sizeHint(self) -> QSize:
        """Return the height of the hero or of the ruler."""
        high = HEIGHT_RULER if self._is_compact else HERO_PX
        return QSize(self._theme.whole_px(600), self._theme.whole_px(high))

    def minimumSizeHint(self) -> QSize:
        """Return the least width that makes sense."""
        return QSize(self._theme.whole_px(160), self.sizeHint().height())

    # -- drawing --------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the strip."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color(self._ground))
        StripPainter(painter, self._theme, self._look()).draw()
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Gather the columns anew."""
        super().resizeEvent(event)
        self._gather()

    def _look(self) -> StripLook:
        compact = self._is_compact
        room = strip_room(self._theme, self.width(), self.height(), compact=compact)
        return StripLook(
            self._blocks,
            self._columns,
            self._window,
            room,
            compact,
            self._events,
            self._selected,
            self._brushed,
            self._front,
            self.hasFocus(),
            self._ground,
        )

    def _gather(self) -> None:
        compact = self._is_compact
        room = strip_room(self._theme, self.width(), self.height(), compact=compact)
        self._columns = gather(self._blocks, self._window, int(room.width()))
        self._describe()
        self.update()

    def _describe(self) -> None:
        blocks = self._blocks
        failed = int(np.count_nonzero(blocks.status == BlockStatus.FAILED))
        parts = [
            counted(
                len(blocks),
                translate("ChainStrip", "1 block"),
                translate("ChainStrip", "{0} blocks"),
            ),
            counted(
                failed,
                translate("ChainStrip", "1 does not match"),
                translate("ChainStrip", "{0} do not match"),
            ),
        ]
        if self._front < len(blocks):
            front = translate("ChainStrip", "checked up to position {0}")
            parts.append(front.format(grouped(self._front)))
        if self._selected >= 0:
            height = int(blocks.heights[self._selected])
            chosen = translate("ChainStrip", "selected: block {0}")
            parts.append(chosen.format(grouped(height)))
        self.setAccessibleName(translate("ChainStrip", "The chain"))
        self.setAccessibleDescription(", ".join(parts))

    def _restyle(self) -> None:
        self.setFixedHeight(self.sizeHint().height())
        self._gather()

    # -- pointer --------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a brush."""
        if event.button() is Qt.MouseButton.LeftButton and len(self._blocks):
            self._pressed, self._is_brushing = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Brush while pressed, else tell what lies under the pointer."""
        if not len(self._blocks):
            return
        here = event.position()
        if self._pressed is None:
            self.hovered.emit(self._hover(here.x()))
            return
        if abs(here.x() - self._pressed.x()) >= _DRAG_PX:
            self._is_brushing = True
        if self._is_brushing:
            ends = sorted((self._first(self._pressed.x()), self._first(here.x())))
            self._brushed = (ends[0], ends[1])
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Select the block, or tell the brushed range."""
        if self._pressed is None:
            return
        self._pressed = None
        if not self._is_brushing:
            self._choose(self._loudest(event.position().x()))
        elif self._brushed is not None:
            first, last = self._brushed
            self.range_brushed.emit(StripRange(self._place(first), self._place(last)))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the block."""
        if len(self._blocks) and event.button() is Qt.MouseButton.LeftButton:
            position = self._loudest(event.position().x())
            self.block_opened.emit(self._place(position))

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that nothing lies under the pointer."""
        super().leaveEvent(event)
        self.hovered.emit(None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer; with Shift move sideways."""
        turn = event.angleDelta().y() or event.angleDelta().x()
        if not len(self._blocks) or not turn:
            return
        event.accept()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            by = -turn / 120 * self._window.size * 0.1
            self._set_window(self._window.moved(by, len(self._blocks)))
            return
        at = self._look().position_at(event.position().x())
        self._zoom(at, 0.8 ** (turn / 120))

    # -- keyboard -------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, zoom, open or forget; everything else goes to the window."""
        if not len(self._blocks) or not self._key(event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        del event
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the ring."""
        del event
        self.update()

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        page = max(1, int(self._window.size / 10))
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        last = len(self._blocks) - 1
        moves = {
            Qt.Key.Key_Left: self._selected - (page if shift else 1),
            Qt.Key.Key_Right: self._selected + (page if shift else 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
            Qt.Key.Key_F: self._next_failed(),
        }
        if key in moves:
            self._choose(min(last, max(0, moves[key])))
            return True
        return self._zoom_key(key) or self._other_key(key)

    def _zoom_key(self, key: Qt.Key) -> bool:
        middle = (self._window.start + self._window.end) / 2
        at = float(self._selected) if self._selected >= 0 else middle
        if key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self._zoom(at, 0.5)
        elif key is Qt.Key.Key_Minus:
            self._zoom(at, 2.0)
        elif key is Qt.Key.Key_0:
            self._set_window(Window(0, len(self._blocks)))
        else:
            return False
        return True

    def _other_key(self, key: Qt.Key) -> bool:
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._selected >= 0:
            self.block_opened.emit(self._place(self._selected))
        elif key is Qt.Key.Key_Escape and self._brushed is not None:
            self._brushed = None
            self.range_brushed.emit(None)
            self.update()
        else:
            return False
        return True

    # -- places ---------------------------------------------------------------------

    def _choose(self, position: int) -> None:
        self.select(position)
        self.block_selected.emit(self._place(position))

    def _place(self, position: int) -> StripPlace:
        return StripPlace(position, int(self._blocks.heights[position]))

    def _column(self, x_px: float) -> int:
        position = self._look().position_at(x_px)
        found = int(np.searchsorted(self._columns.firsts, position, side="right"))
        return min(max(0, found - 1), len(self._columns) - 1)

    def _first(self, x_px: float) -> int:
        return int(self._columns.firsts[self._column(x_px)])

    def _loudest(self, x_px: float) -> int:
        """Return the block of a column that a click means: the loudest in it."""
        column = self._column(x_px)
        first = int(self._columns.firsts[column])
        last = int(self._columns.lasts[column])
        return first + int(np.argmax(self._blocks.status[first : last + 1]))

    def _hover(self, x_px: float) -> StripHover:
        column = self._column(x_px)
        first = int(self._columns.firsts[column])
        last = int(self._columns.lasts[column])
        inside = slice(first, last + 1)
        return StripHover(
            StripRange(self._place(first), self._place(last)),
            int(self._blocks.entries[inside].sum()),
            int(self._blocks.refused[inside].sum()),
            BlockStatus(int(self._columns.status[column])),
            round(x_px),
        )

    def _next_failed(self) -> int:
        failed = np.flatnonzero(self._blocks.status == BlockStatus.FAILED)
        if not len(failed):
            return self._selected
        after = failed[failed > self._selected]
        return int(after[0] if len(after) else failed[0])

    def _reveal(self, position: int) -> None:
        window = self._window
        if window.start <= position < window.end:
            return
        by = position - (window.start + window.size / 2)
        self._set_window(window.moved(by, len(self._blocks)))

    def _zoom(self, at: float, factor: float) -> None:
        total = len(self._blocks)
        self._set_window(self._window.zoomed(at, factor, total, _LEAST_SHOWN))

    def _set_window(self, window: Window) -> None:
        if window != self._window:
            self._window = window
            self._gather()
            self.window_changed.emit(window)
