"""What a provenance canvas shows: its picture, its view, its frame, its export.

Section 7 of the design; the painting is in ``provenance_painting`` and its neighbours,
the places in ``layered_layout`` and ``provenance_routing``. Mouse and keys are in
``provenance_canvas``.
"""

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.gui.canvases.graph_picture import GraphPicture
from explorer.gui.canvases.provenance_edges import CROWDED
from explorer.gui.canvases.provenance_ground import HEAD_PX
from explorer.gui.canvases.provenance_hover import draw_hover
from explorer.gui.canvases.provenance_index import DrawnGraph
from explorer.gui.canvases.provenance_insets import Inset, InsetPainter, PlacedInset
from explorer.gui.canvases.provenance_painting import FrameFacts, GraphPainter, Shown
from explorer.gui.canvases.provenance_steps import first_node
from explorer.gui.canvases.provenance_view import View
from explorer.gui.canvases.provenance_words import (
    describe_node,
    describe_picture,
    node_lines,
)
from explorer.gui.design.painting import TextStyle, draw_focus_ring, draw_paragraph
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import Role, Token
from explorer.gui.translations import translate

_LEGIBLE_ZOOM = 0.75
"""A picture that would be smaller than this begins at the thing traced."""
_LEAST_ROW, _MOST_ROW = 46.0, 84.0
_FOOTER_SIDE_PX, _FOOTER_ABOVE_PX = 16, 6
_LEAST_EXPORT_PX = 720
"""Narrower pictures would leave a footer no room."""
_REST_MS = 120
"""After so long without moving, lines are drawn in their styles again."""
_STRETCHED_UP_TO = 2_000


class GraphSurface(QWidget):
    """Draws a ``GraphPicture`` and moves over it; tells nothing but the zoom."""

    zoom_changed = Signal(object)
    """The zoom, 1.0 for 100 %."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._theme = theme
        self._painting = GraphPainter(theme)
        self._graph = DrawnGraph(GraphPicture())
        self._insets = InsetPainter(self._painting, self._graph)
        self._placed: list[PlacedInset] = []
        self._folded: frozenset[Inset] = frozenset()
        self._pinned: frozenset[Inset] = frozenset()
        self._view = View()
        self._is_home = True
        self._selected = self._hovered = -1
        self._pointer = QPointF()
        self._is_dragging = self._is_moving = False
        self._kept = QPixmap()
        self._kept_for: tuple[object, ...] = ()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._come_to_rest)
        self.facts = FrameFacts()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        expanding = QSizePolicy.Policy.Expanding
        self.setSizePolicy(expanding, expanding)
        theme.changed.connect(self._restyle)
        self._restyle()

    # -- what is shown --------------------------------------------------------------

    def set_picture(self, picture: GraphPicture) -> None:
        """Draw another picture; keep the selection and the view if its node is left."""
        chosen = self.selected_key()
        had_nodes = bool(self._graph.picture.nodes)
        anchor = self._anchor(chosen)
        self._graph = DrawnGraph(picture)
        self._selected = self._graph.numbers.get(chosen, -1)
        self._hovered = -1
        self._insets = InsetPainter(self._painting, self._graph)
        if self._selected >= 0 and anchor is not None and had_nodes:
            self._keep_in_place(self._selected, anchor)
        else:
            self.show_home()
        self._describe()
        self._changed()

    def picture(self) -> GraphPicture:
        """Return what is drawn."""
        return self._graph.picture

    def selected_key(self) -> str:
        """Return the key of the node selected, or an empty text."""
        return self._key(self._selected)

    def select(self, key: str, *, reveal: bool = True) -> None:
        """Select a node without telling; an unknown key selects nothing."""
        self._selected = self._graph.numbers.get(key, -1)
        if reveal and self._selected >= 0:
            self._reveal(self._selected)
        self._describe()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the picture drawn."""
        return QSize(self._theme.whole_px(1060), self._theme.whole_px(620))

    def minimumSizeHint(self) -> QSize:
        """Return room for some nodes."""
        return QSize(self._theme.whole_px(320), self._theme.whole_px(240))

    def _key(self, node: int) -> str:
        return self._graph.picture.nodes[node].key if node >= 0 else ""

    def _anchor(self, key: str) -> QPointF | None:
        node = self._graph.numbers.get(key, -1)
        if node < 0:
            return None
        left, top, _, _ = self._graph.box(node)
        return QPointF(self._view.at_x(left), self._view.at_y(top))

    def _keep_in_place(self, node: int, at: QPointF) -> None:
        left, top, _, _ = self._graph.box(node)
        dx = at.x() - self._view.at_x(left)
        dy = at.y() - self._view.at_y(top)
        self._set_view(self._view.moved(dx, dy))

    def _describe(self) -> None:
        self.setAccessibleName(translate("Canvas", "Provenance picture"))
        text = describe_picture(self._graph)
        if self._selected >= 0:
            text = f"{text} {describe_node(self._graph, self._selected)}"
        self.setAccessibleDescription(text)

    def _restyle(self) -> None:
        self._painting = GraphPainter(self._theme)
        self._insets = InsetPainter(self._painting, self._graph)
        self._describe()
        self._resized()
        self.updateGeometry()
        self.update()

    # -- the view -------------------------------------------------------------------

    def zoom(self) -> float:
        """Return the zoom, 1.0 for 100 %."""
        return self._view.zoom

    def fit(self) -> None:
        """Show everything."""
        self._is_home = False
        self._set_view(self._view.fitted(*self._graph.size))

    def show_home(self) -> None:
        """Show everything if it is legible, else what surrounds the thing traced."""
        self._is_home = True
        self._stretch()
        whole = self._view.fitted(*self._graph.size)
        start = first_node(self._graph)
        if whole.zoom >= _LEGIBLE_ZOOM or start < 0:
            self._set_view(whole)
        else:
            self._set_view(self._centered(start, 1.0).filled(*self._graph.size))

    def zoom_by(self, times: float) -> None:
        """Zoom at the middle."""
        middle = (self._view.head + self.height()) / 2
        self._zoom_at(times, QPointF(self.width() / 2, middle))

    def pan(self, dx: float, dy: float) -> None:
        """Move what is drawn by px of the widget."""
        self._is_home = False
        self._set_view(self._view.moved(dx, dy))

    def look_at(self, key: str, zoom: float = 1.0) -> None:
        """Bring a node to the middle; an unknown key changes nothing."""
        node = self._graph.numbers.get(key, -1)
        if node >= 0:
            self._is_home = False
            self._set_view(self._centered(node, zoom))

    def _centered(self, node: int, zoom: float) -> View:
        left, top, right, bottom = self._graph.box(node)
        return self._view.centered((left + right) / 2, (top + bottom) / 2, zoom)

    def _stretch(self) -> None:
        """Let rows of a small graph stand as far apart as its height allows."""
        graph = self._graph
        rows = int(graph.layout.rows.lane_rows.sum())
        if not rows or len(graph.picture.nodes) > _STRETCHED_UP_TO:
            return
        width, height = graph.size
        zoom = min(1.0, self._view.width / max(1.0, width) / self._view.scale)
        room = (self._view.height - self._view.head) / (zoom * self._view.scale)
        now = float(height - graph.layout.lane_tops[0])
        row = graph.row + (room - now) / rows
        row = min(_MOST_ROW, max(_LEAST_ROW, row))
        if abs(row - graph.row) >= 1:
            self._graph = DrawnGraph(graph.picture, row)
            self._insets = InsetPainter(self._painting, self._graph)

    def _set_view(self, view: View) -> None:
        before = self._view.zoom
        self._view = view.held(*self._graph.size)
        if self._view.zoom != before:
            self.zoom_changed.emit(self._view.zoom)
        if self.facts.lines > CROWDED:
            self._is_moving = True
            self._rest.start()
        self._changed()

    def _zoom_at(self, times: float, at: QPointF) -> None:
        self._is_home = False
        self._set_view(self._view.zoomed(times, at.x(), at.y()))

    def _reveal(self, node: int) -> None:
        """Move the view just so far that a node is in it."""
        left, top, right, bottom = self._graph.box(node)
        view, margin = self._view, self._theme.px(40)
        x0, x1 = view.at_x(left) - margin, view.at_x(right) + margin
        y0, y1 = view.at_y(top) - margin, view.at_y(bottom) + margin
        dx = max(0.0, -x0) or min(0.0, view.width - x1)
        dy = max(0.0, view.head - y0) or min(0.0, view.height - y1)
        if dx or dy:
            self._set_view(view.moved(dx, dy))

    def _changed(self) -> None:
        if not self._is_moving:
            self._place_insets()
        self.update()

    def _place_insets(self) -> None:
        wanted = [] if not self._graph.picture.nodes else list(Inset)
        left, top, right, bottom = self._view.world()
        width, height = self._graph.size
        is_whole = left <= 0 and top <= 0 and right >= width and bottom >= height
        if is_whole and Inset.MAP not in self._pinned and wanted:
            wanted.remove(Inset.MAP)
        self._placed = self._insets.place(
            self._view, wanted, self._folded, self._pinned
        )

    def _resized(self) -> None:
        head = self._theme.px(HEAD_PX)
        size = float(self.width()), float(self.height())
        view = self._view
        self._view = View(view.zoom, view.x, view.y, *size, head, self._theme.scale)
        if self._is_home:
            self.show_home()
        else:
            self._changed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again if the view was not changed by hand."""
        super().resizeEvent(event)
        self._resized()

    # -- painting -------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the view, the insets and the focus ring."""
        del event
        painter = QPainter(self)
        if self._is_moving:
            self._paint_frame(painter)
        else:
            painter.drawPixmap(0, 0, self._frame())
        graph, view = self._graph, self._view
        if self._hovered >= 0 and not self._is_dragging:
            self._painting.paint_hovered(painter, graph, view, self._hovered)
            lines = node_lines(graph, self._hovered)
            draw_hover(painter, self._painting.style, view, self._pointer, lines)
        if self.hasFocus():
            draw_focus_ring(painter, self._theme, QRectF(self.rect()), 2)

    def _frame(self) -> QPixmap:
        """Return the picture at rest, kept until something changes."""
        key: tuple[object, ...] = (
            self._view,
            self._selected,
            self._graph,
            self._painting,
            tuple(p.is_folded for p in self._placed),
            self.devicePixelRatioF(),
        )
        if self._kept_for != key:
            ratio = self.devicePixelRatioF()
            self._kept = QPixmap(self.size() * ratio)
            self._kept.setDevicePixelRatio(ratio)
            painter = QPainter(self._kept)
            self._paint_frame(painter)
            painter.end()
            self._kept_for = key
        return self._kept

    def _paint_frame(self, painter: QPainter) -> None:
        graph, view = self._graph, self._view
        shown = Shown(self._selected, is_moving=self._is_moving)
        self.facts = self._painting.paint(painter, graph, view, shown)
        if not graph.picture.nodes:
            self._draw_empty(painter)
        for placed in self._placed:
            self._insets.draw(painter, placed, view)
        self._painting.draw_notes(painter, graph, view, self.facts)

    def _come_to_rest(self) -> None:
        self._is_moving = False
        self._changed()

    def _draw_empty(self, painter: QPainter) -> None:
        room = QRectF(self.rect()).adjusted(16, 16, -16, -16)
        text = translate("Canvas", "Nothing to draw yet.")
        center = Qt.AlignmentFlag.AlignCenter
        self._painting.style.write(painter, room, text, Role.SMALL, Token.INK3, center)

    def paint_to(self, painter: QPainter, size: QSizeF, footer: str = "") -> None:
        """Paint the whole picture into ``size``, with ``footer`` wrapped at its foot.

        Line styles are kept; the footer is for digest, entry ids and time.
        """
        theme = self._theme
        height = size.height() - self._footer_height(footer, size.width())
        view = View(1.0, 0, 0, size.width(), height, theme.px(HEAD_PX), theme.scale)
        view = view.fitted(*self._graph.size)
        drawing = GraphPainter(theme)
        facts = drawing.paint(painter, self._graph, view, Shown())
        insets = InsetPainter(drawing, self._graph)
        for placed in insets.place(view, [Inset.KEY], frozenset(), frozenset()):
            if not placed.is_folded:
                insets.draw(painter, placed, view)
        drawing.draw_notes(painter, self._graph, view, facts)
        if footer:
            room = QRectF(0, height, size.width(), size.height() - height)
            painter.fillRect(room, theme.color(Token.SUNKEN))
            side, above = theme.px(_FOOTER_SIDE_PX), theme.px(_FOOTER_ABOVE_PX)
            inside = room.adjusted(side, above, -side, 0)
            style = TextStyle(Role.TINY, Token.INK2)
            draw_paragraph(painter, theme, inside, footer, style)

    def _footer_height(self, footer: str, width: float) -> float:
        if not footer:
            return 0.0
        theme = self._theme
        room = width - 2 * theme.px(_FOOTER_SIDE_PX)
        text = theme.height(footer, Role.TINY, room)
        return text + 2 * theme.px(_FOOTER_ABOVE_PX)

    def export_size(self, footer: str = "") -> QSizeF:
        """Return the size at which the whole picture is drawn at zoom 1."""
        theme = self._theme
        width, height = (each * theme.scale for each in self._graph.size)
        width = max(width, theme.px(_LEAST_EXPORT_PX))
        foot = self._footer_height(footer, width)
        return QSizeF(width, height + theme.px(HEAD_PX) + foot)

    def export_image(self, footer: str = "", ratio: float = 2.0) -> QImage:
        """Return the whole picture with ``ratio`` pixels per px, at most 8,000 wide."""
        size = self.export_size(footer)
        most = 8_000 / max(size.width(), size.height(), 1.0)
        times = min(ratio, most)
        pixels = QSize(round(size.width() * times), round(size.height() * times))
        image = QImage(pixels, QImage.Format.Format_ARGB32)
        image.fill(self._theme.color(Token.SURFACE))
        painter = QPainter(image)
        painter.scale(times, times)
        self.paint_to(painter, size, footer)
        painter.end()
        return image
