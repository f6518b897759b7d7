"""The provenance canvas: one widget that draws where things came from.

Section 7 of the design. The path table beside the canvas is its twin for people who
cannot see it.

Left out: moving nodes by hand; widths by quantity; the filter box of a hub, which is
the page's (``expand_requested``).
"""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from explorer.gui.canvases.graph_picture import MenuWish, TraceWish
from explorer.gui.canvases.provenance_insets import Inset
from explorer.gui.canvases.provenance_steps import Step, next_node, path_neighbour
from explorer.gui.canvases.provenance_surface import GraphSurface
from explorer.gui.design.theme import Theme
from explorer.provenance.trace import Direction

_WHEEL_STEP = 1.0015
"""Zoom for one of the 120 steps of a notch."""
_KEY_ZOOM = 1.25
_DRAG_PX = 4
_PLAY_MS = 700


class ProvenanceCanvas(GraphSurface):
    """Draws a ``GraphPicture``; every signal names nodes by their ``key``."""

    node_selected = Signal(object)
    """Key of the node selected, or an empty text."""
    node_opened = Signal(object)
    """Key of the node whose entry is to be opened."""
    expand_requested = Signal(object)
    """Key of the folded node or hub to open."""
    trace_requested = Signal(object)
    """``TraceWish``"""
    menu_requested = Signal(object)
    """``MenuWish``"""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(theme, parent)
        self._pressed: QPointF | None = None
        self._is_on_map = False
        self._timer = QTimer(self)
        self._timer.setInterval(_PLAY_MS)
        self._timer.timeout.connect(self._play_on)
        self.setMouseTracking(True)
        self._actions = self._key_actions()

    def _key_actions(self) -> Mapping[int, Callable[[], None]]:
        key = Qt.Key
        return {
            key.Key_Return: self._open,
            key.Key_Enter: self._open,
            key.Key_Space: self._expand,
            key.Key_B: partial(self._trace, Direction.BACK),
            key.Key_F: partial(self._trace, Direction.FORWARD),
            key.Key_P: self.play,
            key.Key_0: self.fit,
            key.Key_Plus: partial(self.zoom_by, _KEY_ZOOM),
            key.Key_Equal: partial(self.zoom_by, _KEY_ZOOM),
            key.Key_Minus: partial(self.zoom_by, 1 / _KEY_ZOOM),
            key.Key_M: partial(self.toggle_inset, Inset.MAP),
            key.Key_K: partial(self.toggle_inset, Inset.KEY),
            key.Key_Escape: self._escape,
        }

    # -- choosing -------------------------------------------------------------------

    def _choose(self, node: int) -> None:
        """Select a node and tell."""
        if node == self._selected:
            return
        self.select(self._key(node))
        self.node_selected.emit(self.selected_key())

    def _open(self) -> None:
        if self._selected >= 0:
            self.node_opened.emit(self.selected_key())

    def _expand(self) -> None:
        if self._selected >= 0:
            self.expand_requested.emit(self.selected_key())

    def _trace(self, direction: Direction) -> None:
        if self._selected >= 0:
            self.trace_requested.emit(TraceWish(self.selected_key(), direction))

    def clear_selection(self) -> None:
        """Select nothing, and stop playing."""
        self._timer.stop()
        self._choose(-1)

    # -- playing --------------------------------------------------------------------

    def play(self) -> None:
        """Walk along the path, node by node; press again to stop.

        Without motion the whole path stays as it is and only its first node is
        selected.
        """
        if self._timer.isActive():
            self._timer.stop()
            return
        order = self._graph.path_order
        if not order:
            return
        self._choose(order[0])
        if self._theme.has_motion:
            self._timer.start()

    def is_playing(self) -> bool:
        """Return whether the path is being walked."""
        return self._timer.isActive()

    def _play_on(self) -> None:
        after = path_neighbour(self._graph, self._selected, 1)
        if after < 0:
            self._timer.stop()
        else:
            self._choose(after)

    # -- insets ---------------------------------------------------------------------

    def toggle_inset(self, inset: Inset) -> None:
        """Fold an inset that is open; open one that is folded or hidden."""
        is_open = any(p.inset is inset and not p.is_folded for p in self._placed)
        change = frozenset({inset})
        self._folded = self._folded | change if is_open else self._folded - change
        self._pinned = self._pinned - change if is_open else self._pinned | change
        self._changed()

    def _press_inset(self, at: QPointF) -> bool:
        """Answer a press on an inset; return whether there was one."""
        for placed in self._placed:
            if not placed.room.contains(at):
                continue
            if placed.is_folded or placed.title_room(self._theme.px(24)).contains(at):
                self.toggle_inset(placed.inset)
            elif placed.inset is Inset.MAP:
                self._is_on_map = True
                self._look_at(at)
            return True
        return False

    def _look_at(self, at: QPointF) -> None:
        """Bring the place of the mini-map under the pointer into the middle."""
        for placed in self._placed:
            if placed.inset is Inset.MAP and not placed.is_folded:
                x, y = self._insets.world_at(placed, at)
                self._is_home = False
                self._set_view(self._view.centered(x, y, self._view.zoom))

    # -- mouse ----------------------------------------------------------------------

    def _node_at(self, at: QPointF, reach_px: float = 4.0) -> int:
        if at.y() < self._view.head or any(p.room.contains(at) for p in self._placed):
            return -1
        x, y = self._view.world_x(at.x()), self._view.world_y(at.y())
        return self._graph.node_at(x, y, reach_px / self._view.factor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to select or to drag."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if not self._press_inset(event.position()):
            self._pressed = self._pointer = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the ground, or tell what is under the pointer."""
        at = event.position()
        moved, self._pointer = at - self._pointer, at
        if self._is_on_map:
            self._look_at(at)
        elif self._pressed is not None:
            way = at - self._pressed
            if self._is_dragging or abs(way.x()) + abs(way.y()) > _DRAG_PX:
                self._drag(moved if self._is_dragging else way)
        else:
            self._hover(self._node_at(at))

    def _drag(self, by: QPointF) -> None:
        self._is_dragging = True
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self.pan(by.x(), by.y())

    def _hover(self, node: int) -> None:
        if node >= 0 or node != self._hovered:
            self._hovered = node
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Select what was pressed, unless the ground was dragged."""
        if event.button() is Qt.MouseButton.LeftButton:
            if self._pressed is not None and not self._is_dragging:
                self._timer.stop()
                self._choose(self._node_at(event.position()))
            self._pressed, self._is_dragging, self._is_on_map = None, False, False
            self.unsetCursor()
            self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the entry of a node, or a folded node."""
        node = self._node_at(event.position())
        if node < 0 or event.button() is not Qt.MouseButton.LeftButton:
            return
        self._choose(node)
        if self._graph.picture.nodes[node].is_folded:
            self._expand()
        else:
            self._open()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of what is under the pointer, or of the selection."""
        node = self._node_at(QPointF(event.pos()))
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            node = self._selected
        elif node >= 0:
            self._choose(node)
        place = event.globalPos()
        self.menu_requested.emit(MenuWish(self._key(node), place.x(), place.y()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer; with Shift move sideways, with a touch pad pan."""
        event.accept()
        turn, fine = event.angleDelta(), event.pixelDelta()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            # Some systems already turn the wheel sideways while Shift is held.
            self.pan(turn.x() or turn.y(), 0)
        elif not fine.isNull() and turn.x():
            self.pan(fine.x(), fine.y())
        else:
            self._zoom_at(_WHEEL_STEP ** turn.y(), event.position())

    def leaveEvent(self, event: QEvent) -> None:
        """Forget what the pointer was over."""
        super().leaveEvent(event)
        self._hover(-1)

    # -- keys -----------------------------------------------------------------------

    def focusNextPrevChild(self, is_next: bool) -> bool:  # noqa: FBT001 - Qt's
        """Let Tab walk along the path, and leave the canvas behind its end."""
        node = path_neighbour(self._graph, self._selected, 1 if is_next else -1)
        if node < 0:
            return super().focusNextPrevChild(is_next)
        self._choose(node)
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus ring."""
        super().focusInEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, open, trace, zoom (section 7)."""
        step = _STEPS.get(event.key())
        if step is not None:
            self._timer.stop()
            self._choose(next_node(self._graph, self._selected, step))
            return
        held = event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        )
        action = None if held else self._actions.get(event.key())
        if action is None:
            super().keyPressEvent(event)
        else:
            action()

    def _escape(self) -> None:
        self._hovered = -1
        self.clear_selection()


_K = Qt.Key
_STEPS: Mapping[int, Step] = MappingProxyType(
    {
        _K.Key_Left: Step.LEFT,
        _K.Key_Right: Step.RIGHT,
        _K.Key_Up: Step.UP,
        _K.Key_Down: Step.DOWN,
    }
)
