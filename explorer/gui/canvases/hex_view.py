"""The bytes of the evidence as they are, read again by offset.

Section 8 of the design. Only the rows on the screen are read, so the length of the file
does not matter; rows beyond what a scroll bar can count are reached by larger steps.
Keys: arrows, Page Up and Down, Home and End (with Ctrl of the whole file), Shift
extends the selection, Ctrl+C copies it as hex.

Left out: editing; the evidence is never written.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from explorer.gui.canvases.byte_spans import ByteRange, LitSpan
from explorer.gui.canvases.bytes_painter import (
    ROW_BYTES,
    ROW_PX,
    BytesGrid,
    BytesPainter,
    BytesScreen,
    bytes_grid,
)
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import Token
from explorer.gui.translations import translate
from explorer.gui.viewmodels.wording import grouped

ReadBytes = Callable[[int, int], bytes]
"""(offset, length) → the bytes; fewer, or none, if they are not at hand yet."""

MAX_COPIED_BYTES = 1 << 20
_MOST_STEPS = 2**30
_AROUND = 4


class BytesPane(QAbstractScrollArea):
    """Offsets, hex and text, 16 bytes a row."""

    offset_selected = Signal(object)
    """``int``: the byte on which the caret stands now, by pointer or key."""
    selection_changed = Signal(object)
    """``ByteRange``, or ``None`` when nothing is selected."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Show nothing until there is a source."""
        super().__init__(parent)
        self._theme = theme
        self._read: ReadBytes = lambda _offset, _length: b""
        self._size_bytes = 0
        self._top_row = 0
        self._spans: tuple[LitSpan, ...] = ()
        self._caret = 0
        self._anchor = 0
        self._selection: ByteRange | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.setAccessibleName(translate("Bytes", "Bytes"))
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_source(self, size_bytes: int, read: ReadBytes) -> None:
        """Show a source of ``size_bytes``; ``read`` gives what is on the screen."""
        self._size_bytes, self._read = max(0, size_bytes), read
        self._spans, self._selection = (), None
        self._caret = self._anchor = 0
        self._measure()
        self._scroll_to(0)
        self.refresh()

    def refresh(self) -> None:
        """Read again what is on the screen, when bytes have come in."""
        self._describe()
        self.viewport().update()

    def set_spans(self, spans: tuple[LitSpan, ...]) -> None:
        """Light these spans; later ones do not hide louder ones."""
        self._spans = spans
        self.refresh()

    def select(self, selection: ByteRange | None) -> None:
        """Select bytes and bring them into view."""
        self._set_selection(selection)
        if selection is not None:
            self._caret, self._anchor = selection.start, selection.start
            self.go_to(selection.start)

    def selection(self) -> ByteRange | None:
        """Return what is selected."""
        return self._selection

    def selected_bytes(self) -> bytes:
        """Return the selected bytes, at most a mebibyte of them."""
        if self._selection is None:
            return b""
        size = min(MAX_COPIED_BYTES, self._selection.size_bytes)
        return self._read(self._selection.start, size)

    def go_to(self, offset: int) -> None:
        """Bring an offset into view, near the top if it was not visible."""
        row = offset // ROW_BYTES
        first, rows = self._first_row(), self._rows_shown()
        if not first <= row < first + max(1, rows - 1):
            self._scroll_to(max(0, row - 2))
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """Return room for the grid, a margin of names, and twelve rows."""
        theme, grid = self._theme, self._grid()
        wide = grid.margin_left + theme.px(160)
        return QSize(round(wide), round(theme.px(ROW_PX) * 12 + 16))

    # -- drawing --------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows on the screen."""
        del event
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.viewport().rect(), self._theme.color(Token.SURFACE))
        screen = self._screen()
        drawing = BytesPainter(painter, self._theme, self._grid(), screen)
        drawing.draw(self.viewport().width())
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Count the rows anew."""
        super().resizeEvent(event)
        self._measure()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the caret."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the caret."""
        super().focusOutEvent(event)
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        """Name itself in the new language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._describe()
        super().changeEvent(event)

    def _screen(self) -> BytesScreen:
        first, rows = self._first_row(), self._rows_shown()
        start = first * ROW_BYTES
        before = min(_AROUND, start)
        length = min(self._size_bytes - start, rows * ROW_BYTES + _AROUND)
        data = self._read(start - before, before + max(0, length))
        end = start + rows * ROW_BYTES
        spans = [each for each in self._spans if each.start < end and each.end > start]
        return BytesScreen(
            first,
            rows,
            data[:before],
            data[before:],
            self._size_bytes,
            tuple(spans),
            self._selection,
            self._caret,
            self.hasFocus(),
            self._digits(),
        )

    def _digits(self) -> int:
        return max(8, len(f"{max(0, self._size_bytes - 1):x}"))

    def _grid(self) -> BytesGrid:
        return bytes_grid(self._theme, self._digits())

    # -- scrolling ------------------------------------------------------------------

    def _rows(self) -> int:
        return -(-self._size_bytes // ROW_BYTES)

    def _rows_shown(self) -> int:
        grid = self._grid()
        return max(1, int((self.viewport().height() - grid.top) / grid.row) + 1)

    def _rows_per_step(self) -> int:
        return max(1, -(-self._rows() // _MOST_STEPS))

    def _most_top_row(self) -> int:
        return max(0, self._rows() - max(1, self._rows_shown() - 1))

    def _first_row(self) -> int:
        return min(self._top_row, self._most_top_row())

    def _scroll_to(self, row: int) -> None:
        """Put a row at the top exactly, also between two steps of the bar."""
        exact = min(row, self._most_top_row())
        self.verticalScrollBar().setValue(-(-exact // self._rows_per_step()))
        self._top_row = exact
        self.viewport().update()

    def _measure(self) -> None:
        whole = max(1, self._rows_shown() - 1)
        bar, exact = self.verticalScrollBar(), self._top_row
        bar.setRange(0, -(-self._most_top_row() // self._rows_per_step()))
        self._top_row = exact
        bar.setPageStep(max(1, whole // self._rows_per_step()))
        bar.setSingleStep(1)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Take the row that the bar was moved to."""
        del dx, dy
        self._top_row = self.verticalScrollBar().value() * self._rows_per_step()
        self.viewport().update()

    # -- pointer --------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put the caret on a byte; with Shift extend the selection."""
        if event.button() is Qt.MouseButton.LeftButton and self._size_bytes:
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._move_caret(self._offset_at(event), extend=shift)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Extend the selection while pressed."""
        if event.buttons() & Qt.MouseButton.LeftButton and self._size_bytes:
            self._move_caret(self._offset_at(event), extend=True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the selection."""
        event.accept()

    def _offset_at(self, event: QMouseEvent) -> int:
        grid, place = self._grid(), event.position()
        row = int((place.y() - grid.top) // grid.row)
        offset = (self._first_row() + row) * ROW_BYTES + grid.column_at(place.x())
        return min(self._size_bytes - 1, max(0, offset))

    # -- keyboard -------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the caret, extend the selection, copy."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.selected_bytes().hex(" "))
            return
        target = self._target(event)
        if target is None or not self._size_bytes:
            super().keyPressEvent(event)
            return
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._move_caret(min(self._size_bytes - 1, max(0, target)), extend=shift)

    def _target(self, event: QKeyEvent) -> int | None:
        caret = self._caret
        page = max(1, self._rows_shown() - 2) * ROW_BYTES
        row = caret - caret % ROW_BYTES
        whole = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        moves = {
            Qt.Key.Key_Left: caret - 1,
            Qt.Key.Key_Right: caret + 1,
            Qt.Key.Key_Up: caret - ROW_BYTES,
            Qt.Key.Key_Down: caret + ROW_BYTES,
            Qt.Key.Key_PageUp: caret - page,
            Qt.Key.Key_PageDown: caret + page,
            Qt.Key.Key_Home: 0 if whole else row,
            Qt.Key.Key_End: self._size_bytes - 1 if whole else row + ROW_BYTES - 1,
        }
        return moves.get(Qt.Key(event.key()))

    def _move_caret(self, offset: int, *, extend: bool) -> None:
        self._caret = offset
        if extend:
            first, last = sorted((self._anchor, offset))
            self._set_selection(ByteRange(first, last + 1))
        else:
            self._anchor = offset
            self._set_selection(ByteRange(offset, offset + 1))
        self.go_to(offset)
        self._describe()
        self.offset_selected.emit(offset)

    def _set_selection(self, selection: ByteRange | None) -> None:
        if selection != self._selection:
            self._selection = selection
            self._describe()
            self.viewport().update()
            self.selection_changed.emit(selection)

    def _describe(self) -> None:
        self.setAccessibleName(translate("Bytes", "Bytes"))
        parts = [translate("Bytes", "{0} bytes").format(grouped(self._size_bytes))]
        if self._selection is not None:
            chosen = translate("Bytes", "{0} bytes selected from offset {1}")
            size = grouped(self._selection.size_bytes)
            parts.append(chosen.format(size, grouped(self._selection.start)))
        lit = {each.name for each in self._spans if each.name}
        parts += sorted(lit)[:6]
        self.setAccessibleDescription(", ".join(parts))

    def _restyle(self) -> None:
        self._measure()
        self.updateGeometry()
        self.refresh()
