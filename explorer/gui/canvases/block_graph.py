"""A window of blocks along their heights, with links to parents, forks and breaks.

The list of blocks is the twin of this picture. Which blocks are in the window is the
caller's choice; some 40 on both sides of the selection read well.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
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

from explorer.gui.canvases.block_painter import (
    BLOCK_HEIGHT,
    BLOCK_WIDTH,
    MARGIN_X,
    PITCH_X,
    BlockLook,
    BlockPainter,
    block_corner,
    block_words,
    world_size,
)
from explorer.gui.canvases.block_places import BlockNode, place_blocks
from explorer.gui.canvases.provenance_hover import draw_hover
from explorer.gui.canvases.provenance_style import CanvasStyle
from explorer.gui.canvases.provenance_view import View
from explorer.gui.design.painting import CENTER, TextStyle, draw_focus_ring, draw_line
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import Role, Token
from explorer.gui.translations import translate
from explorer.gui.viewmodels.wording import counted

_WHEEL_STEP = 1.0015
_KEY_ZOOM = 1.25
_DRAG_PX = 4
_NOTCH = 120.0
_MOST_DRAWN = 1_500


class BlockGraph(QWidget):
    """Draws blocks; signals carry ``BlockNode.row_id``."""

    block_selected = Signal(object)
    block_opened = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Show no blocks yet."""
        super().__init__(parent)
        self._theme = theme
        self._style = CanvasStyle(theme)
        self._blocks: tuple[BlockNode, ...] = ()
        self._places = place_blocks(())
        self._by_column: dict[int, list[int]] = {}
        self._children: dict[int, list[int]] = {}
        self._view = View()
        self._selected = self._hovered = -1
        self._pointer = QPointF()
        self._pressed: QPointF | None = None
        self._is_dragging = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Expanding, policy.Expanding)
        theme.changed.connect(self._restyle)
        self._restyle()

    # -- what is shown --------------------------------------------------------------

    def set_blocks(self, blocks: Sequence[BlockNode], selected: int = -1) -> None:
        """Show ``blocks``, with the one whose ``row_id`` is ``selected`` in view.

        Raises:
            ValueError: A parent is not a position of the sequence.
        """
        places = place_blocks(blocks)
        self._blocks, self._places = tuple(blocks), places
        self._by_column, self._children = defaultdict(list), defaultdict(list)
        for number, column in enumerate(places.columns):
            self._by_column[column].append(number)
        for number, parent in enumerate(places.parents):
            if parent >= 0:
                self._children[parent].append(number)
        self._hovered = -1
        self.select(selected)
        if self._selected < 0:
            self.fit()

    def select(self, row_id: int) -> None:
        """Select a block without telling; an unknown row selects nothing."""
        numbers = (n for n, each in enumerate(self._blocks) if each.row_id == row_id)
        self._selected = next(numbers, -1)
        if self._selected >= 0:
            self._reveal(self._selected)
        self._describe()
        self.update()

    def selected_row(self) -> int:
        """Return the ``row_id`` selected; -1 for none."""
        return self._blocks[self._selected].row_id if self._selected >= 0 else -1

    def zoom(self) -> float:
        """Return the zoom, 1.0 for 100 %."""
        return self._view.zoom

    def fit(self) -> None:
        """Show all blocks."""
        size = world_size(self._places)
        view = self._view.fitted(*size)
        room = self.height() - size[1] * view.factor
        self._set_view(view.moved(0, max(0.0, room / 2)))

    def zoom_by(self, times: float) -> None:
        """Zoom at the middle."""
        middle = self.width() / 2, self.height() / 2
        self._set_view(self._view.zoomed(times, *middle))

    def sizeHint(self) -> QSize:
        """Return room for two rows of blocks."""
        return QSize(self._theme.whole_px(900), self._theme.whole_px(190))

    def minimumSizeHint(self) -> QSize:
        """Return room for two blocks."""
        return QSize(self._theme.whole_px(280), self._theme.whole_px(96))

    def _describe(self) -> None:
        self.setAccessibleName(translate("Canvas", "Blocks and their links"))
        count = counted(
            len(self._blocks),
            translate("Canvas", "1 block"),
            translate("Canvas", "{0} blocks"),
        )
        parts = [count]
        if self._places.row_count > 1:
            forks = translate("Canvas", "{0} branches beside the longest")
            parts.append(forks.format(self._places.row_count - 1))
        if self._selected >= 0:
            parts += self._words(self._selected)
        self.setAccessibleDescription(", ".join(parts) + ".")

    def _words(self, block: int) -> list[str]:
        return block_words(self._blocks[block], self._places.parents[block])

    def _restyle(self) -> None:
        self._style = CanvasStyle(self._theme)
        self._describe()
        self._resized()
        self.updateGeometry()

    def _resized(self) -> None:
        view, size = self._view, (float(self.width()), float(self.height()))
        self._view = View(view.zoom, view.x, view.y, *size, 0.0, self._theme.scale)
        if self._selected >= 0:
            self._reveal(self._selected)
        elif self._blocks:
            self.fit()
        self.update()

    def _set_view(self, view: View) -> None:
        self._view = view.held(*world_size(self._places))
        self.update()

    def _reveal(self, block: int) -> None:
        """Bring a block to the middle if it is not wholly in view."""
        x, y = block_corner(self._places, block)
        room = BlockPainter(self._theme, self._places, self._view).room(block)
        margin = self._theme.px(24)
        inside = QRectF(self.rect()).adjusted(margin, 4, -margin, -4)
        if not inside.contains(room):
            middle = x + BLOCK_WIDTH / 2, y + BLOCK_HEIGHT / 2
            self._set_view(self._view.centered(*middle, self._view.zoom))

    # -- painting -------------------------------------------------------------------

    def _columns_in_view(self) -> range:
        first = (self._view.world_x(0) - MARGIN_X) / PITCH_X
        last = (self._view.world_x(self.width()) - MARGIN_X) / PITCH_X
        return range(
            max(0, int(first) - 1), min(len(self._places.heights), int(last) + 3)
        )

    def _in_view(self) -> list[int]:
        found: list[int] = []
        for column in self._columns_in_view():
            found += self._by_column[column]
            if len(found) > _MOST_DRAWN:
                break
        return found[:_MOST_DRAWN]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw links, then blocks."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self._theme.color(Token.SURFACE))
        if not self._blocks:
            text = translate("Canvas", "No blocks to draw.")
            style = TextStyle(Role.SMALL, Token.INK3, CENTER)
            draw_line(painter, self._theme, QRectF(self.rect()), text, style)
        drawing = BlockPainter(self._theme, self._places, self._view)
        self._draw_gaps(painter, drawing)
        shown = self._in_view()
        near = {self._selected} if self._selected >= 0 else set()
        for block in shown:
            is_near = block in near
            drawing.draw_link(painter, self._blocks[block], block, is_near=is_near)
        for block in shown:
            look = BlockLook(block == self._selected, block == self._hovered)
            drawing.draw_block(painter, self._blocks[block], block, look)
        if self._hovered >= 0 and not self._is_dragging:
            lines = self._words(self._hovered)
            draw_hover(painter, self._style, self._view, self._pointer, lines)
        if self.hasFocus():
            draw_focus_ring(painter, self._theme, QRectF(self.rect()), 2)

    def _draw_gaps(self, painter: QPainter, drawing: BlockPainter) -> None:
        heights = self._places.heights
        for column in self._columns_in_view():
            if column and heights[column] != heights[column - 1] + 1:
                drawing.draw_gap(painter, column)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the selection in view."""
        super().resizeEvent(event)
        self._resized()

    # -- mouse ----------------------------------------------------------------------

    def _block_at(self, at: QPointF) -> int:
        drawing = BlockPainter(self._theme, self._places, self._view)
        for block in self._in_view():
            if drawing.room(block).adjusted(-3, -3, 3, 3).contains(at):
                return block
        return -1

    def _choose(self, block: int) -> None:
        if block >= 0 and block != self._selected:
            self.select(self._blocks[block].row_id)
            self.block_selected.emit(self.selected_row())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to select or to drag."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = self._pointer = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the ground, or tell what is under the pointer."""
        at = event.position()
        moved, self._pointer = at - self._pointer, at
        if self._pressed is None:
            self._hovered = self._block_at(at)
            self.update()
            return
        way = at - self._pressed
        if self._is_dragging or abs(way.x()) + abs(way.y()) > _DRAG_PX:
            by = moved if self._is_dragging else way
            self._is_dragging = True
            self._set_view(self._view.moved(by.x(), by.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Select what was pressed, unless the ground was dragged."""
        if self._pressed is not None and not self._is_dragging:
            self._choose(self._block_at(event.position()))
        self._pressed, self._is_dragging = None, False
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a block."""
        if self._block_at(event.position()) == self._selected >= 0:
            self.block_opened.emit(self.selected_row())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll along the chain; with Ctrl zoom at the pointer."""
        event.accept()
        turn = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            at = event.position()
            times = _WHEEL_STEP ** turn.y()
            self._set_view(self._view.zoomed(times, at.x(), at.y()))
        else:
            step = (turn.x() or turn.y()) / _NOTCH * PITCH_X * self._view.factor
            self._set_view(self._view.moved(step, 0))

    def leaveEvent(self, event: QEvent) -> None:
        """Forget what the pointer was over."""
        super().leaveEvent(event)
        self._hovered = -1
        self.update()

    # -- keys -----------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus ring."""
        super().focusInEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk along links with arrows, Home and End; open with Enter; zoom."""
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._selected >= 0:
            self.block_opened.emit(self.selected_row())
        elif key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self.zoom_by(_KEY_ZOOM)
        elif key == Qt.Key.Key_Minus:
            self.zoom_by(1 / _KEY_ZOOM)
        elif key == Qt.Key.Key_0:
            self.fit()
        elif self._blocks and (target := self._walk(key)) >= 0:
            self._choose(target)
        else:
            super().keyPressEvent(event)

    def _walk(self, key: int) -> int:
        """Return the block a key leads to; -1 if the key leads nowhere."""
        if key == Qt.Key.Key_Home:
            return self._by_column[0][0]
        if key == Qt.Key.Key_End:
            return self._by_column[len(self._places.heights) - 1][0]
        arrows = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        if key not in arrows:
            return -1
        if self._selected < 0:
            return self._by_column[0][0]
        across, down = arrows[Qt.Key(key)]
        return self._along(across) if across else self._beside(down)

    def _along(self, step: int) -> int:
        """Follow the link to the parent or the first child, else the nearest height."""
        block = self._selected
        parent = self._places.parents[block]
        linked = [parent] if parent >= 0 else []
        if step > 0:
            linked = self._children.get(block, [])
        if linked:
            return linked[0]
        column = self._places.columns[block] + step
        beside = self._by_column.get(column, [])
        row = self._places.rows[block]
        same = [each for each in beside if self._places.rows[each] == row]
        return next(iter(same or beside), block)

    def _beside(self, step: int) -> int:
        """Return the next branch at the same height."""
        block, rows = self._selected, self._places.rows
        column = sorted(
            self._by_column[self._places.columns[block]], key=rows.__getitem__
        )
        position = bisect_left([rows[each] for each in column], rows[block]) + step
        return column[position] if 0 <= position < len(column) else block
