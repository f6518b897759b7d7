"""The map of a journey: coast alone, places with coordinates, the way between them.

Section 9.6 of the design. A filled dot has its coordinates from the ledger, a dotted
ring from the user's own list; the way between two places is never recorded, so it is
drawn as inferred. Places without coordinates are not drawn; the page lists them. What
is painted here is painted for files too (``paint_journey``).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.gui.canvases.journey_data import MapPlace
from explorer.gui.canvases.map_view import MapView, fitted
from explorer.gui.design.grades import draw_grade_line
from explorer.gui.design.painting import (
    CENTER,
    ELIDE_END,
    LEFT,
    RIGHT,
    TextStyle,
    draw_focus_ring,
    draw_line,
    line_pen,
)
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import RADIUS_CONTROL, Role, Token
from explorer.gui.translations import translate
from explorer.model.claim_sheets import EntryPlace
from explorer.model.statements import FactGrade
from explorer.session.outlines import Outline, Ring

DOT, NEAR = 6.0, 15.0
"""Radius of a dot; places nearer than this share a label."""

LEAST_HEIGHT = 300
_INSET = (132.0, 84.0)


@dataclass(frozen=True, slots=True)
class MapPicture:
    """Everything a map shows, in the order of the journey."""

    places: tuple[MapPlace, ...] = ()
    coast: Outline | None = None
    world: Outline | None = None
    own: Outline | None = None
    """Lines that the user loaded."""


class OutlinePaths:
    """An outline as paths in degrees; each is made when it is first in view."""

    def __init__(self, outline: Outline | None) -> None:
        """Take the rings; north is up, so latitudes are turned round."""
        self.is_land = outline is None or outline.is_land
        self._rings = () if outline is None else outline.rings
        self._bounds = [_bounds(ring) for ring in self._rings]
        self._paths: dict[int, QPainterPath] = {}

    def seen(self, view: MapView) -> QPainterPath:
        """Return what of it is in view, as one path in degrees."""
        west, south, east, north = view.bounds()
        room = QRectF(west, -north, east - west, north - south)
        whole = QPainterPath()
        whole.setFillRule(Qt.FillRule.OddEvenFill)
        for number, bounds in enumerate(self._bounds):
            if bounds.intersects(room):
                whole.addPath(self._path(number))
        return whole

    def _path(self, number: int) -> QPainterPath:
        path = self._paths.get(number)
        if path is None:
            path = QPainterPath()
            points = [QPointF(x, -y) for x, y in self._rings[number].tolist()]
            path.addPolygon(QPolygonF(points))
            if self.is_land:
                path.closeSubpath()
            self._paths[number] = path
        return path


def _bounds(ring: Ring) -> QRectF:
    """Return the room a ring takes; a straight line is given some width."""
    (west, south), (east, north) = ring.min(axis=0).tolist(), ring.max(axis=0).tolist()
    room = QRectF(west, -north, east - west, north - south)
    return room.adjusted(-1e-6, -1e-6, 1e-6, 1e-6)


@dataclass(slots=True)
class _Cluster:
    places: list[MapPlace]
    points: list[QPointF] = field(default_factory=list)

    def middle(self) -> QPointF:
        count = len(self.points)
        x = sum(point.x() for point in self.points) / count
        y = sum(point.y() for point in self.points) / count
        return QPointF(x, y)


@dataclass(slots=True)
class MapPaths:
    """The outlines of a picture as paths."""

    coast: OutlinePaths
    world: OutlinePaths
    own: OutlinePaths


def paths_of(picture: MapPicture) -> MapPaths:
    """Return the paths of a picture's outlines."""
    return MapPaths(
        OutlinePaths(picture.coast),
        OutlinePaths(picture.world),
        OutlinePaths(picture.own),
    )


def paint_journey(
    painter: QPainter, theme: Theme, picture: MapPicture, paths: MapPaths, view: MapView
) -> list[tuple[QRectF, EntryPlace]]:
    """Paint the map; return where each place can be pressed."""
    return _Painter(painter, theme, picture, paths, view).paint()


class _Painter:
    """Paints one map."""

    def __init__(
        self,
        painter: QPainter,
        theme: Theme,
        picture: MapPicture,
        paths: MapPaths,
        view: MapView,
    ) -> None:
        self._painter, self._theme = painter, theme
        self._picture, self._paths, self._view = picture, paths, view
        self._taken: list[QRectF] = []
        self._room = QRectF(0, 0, view.width, view.height)

    def paint(self) -> list[tuple[QRectF, EntryPlace]]:
        theme, painter = self._theme, self._painter
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(self._room)
        painter.fillRect(self._room, theme.color(Token.SEA))
        self._outline(self._paths.coast, self._view, self._room)
        if self._picture.own is not None:
            self._lines(self._paths.own)
        self._grid()
        clusters = self._clusters()
        self._ways(clusters)
        targets = [target for each in clusters for target in self._dots(each)]
        self._keep_free()
        for each in clusters:
            self._label(each)
        self._inset()
        self._scale()
        painter.restore()
        return targets

    def _outline(self, paths: OutlinePaths, view: MapView, room: QRectF) -> None:
        painter, theme = self._painter, self._theme
        shape = _placed(paths.seen(view), view).translated(room.topLeft())
        painter.setPen(line_pen(theme.color(Token.EDGE), theme.px(0.9)))
        painter.setBrush(theme.color(Token.LAND))
        painter.drawPath(shape)

    def _lines(self, paths: OutlinePaths) -> None:
        painter, theme = self._painter, self._theme
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(line_pen(theme.color(Token.INK3), theme.px(0.8)))
        painter.drawPath(_placed(paths.seen(self._view), self._view))

    def _grid(self) -> None:
        painter, theme, view = self._painter, self._theme, self._view
        step = view.grid_step(theme.px(86))
        west, south, east, north = view.bounds()
        painter.setPen(QPen(theme.color(Token.FAINT), 1, Qt.PenStyle.DotLine))
        wide, tall = theme.px(64), theme.px(16)
        style = TextStyle(Role.TINY, Token.INK3, RIGHT)
        low = TextStyle(Role.TINY, Token.INK3, LEFT)
        for number in range(int(south // step), int(north // step) + 1):
            y = view.y(number * step)
            painter.setPen(QPen(theme.color(Token.FAINT), 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(0, y), QPointF(view.width, y))
            if tall < y < view.height - tall:
                room = QRectF(view.width - wide - theme.px(8), y - tall, wide, tall)
                draw_line(painter, theme, room, degrees(number * step, "N", "S"), style)
        for number in range(int(west // step), int(east // step) + 1):
            x = view.x(number * step)
            painter.setPen(QPen(theme.color(Token.FAINT), 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(x, 0), QPointF(x, view.height))
            if theme.px(8) < x < view.width - 1.6 * wide:
                room = QRectF(x + theme.px(4), theme.px(3), wide, tall)
                draw_line(painter, theme, room, degrees(number * step, "E", "W"), low)

    def _clusters(self) -> list[_Cluster]:
        near = self._theme.px(NEAR)
        found: list[_Cluster] = []
        for place in self._picture.places:
            point = QPointF(self._view.x(place.longitude), self._view.y(place.latitude))
            home = next(
                (
                    each
                    for each in found
                    if (each.middle() - point).manhattanLength() < 2 * near
                ),
                None,
            )
            if home is None:
                home = _Cluster([])
                found.append(home)
            home.places.append(place)
            home.points.append(self._apart(point, home.points))
        return found

    def _apart(self, point: QPointF, others: Sequence[QPointF]) -> QPointF:
        """Move a dot aside where it would cover another one."""
        step = QPointF(self._theme.px(2 * DOT + 2), 0)
        while any((point - each).manhattanLength() < step.x() for each in others):
            point = point + step
        return point

    def _ways(self, clusters: Sequence[_Cluster]) -> None:
        theme = self._theme
        for first, second in pairwise(clusters):
            start, end = first.middle(), second.middle()
            across = end - start
            bend = QPointF(-across.y(), across.x()) * 0.14
            path = QPainterPath(start)
            path.quadTo((start + end) / 2 - bend, end)
            color, paper = theme.color(Token.ACCENT), theme.color(Token.LAND)
            draw_grade_line(
                self._painter, path, FactGrade.INFERRED, color, paper, theme.px(2.2)
            )

    def _dots(self, cluster: _Cluster) -> list[tuple[QRectF, EntryPlace]]:
        painter, theme = self._painter, self._theme
        radius, targets = theme.px(DOT), []
        for place, point in zip(cluster.places, cluster.points, strict=True):
            if place.is_inferred:
                pen = QPen(theme.color(Token.ACCENT), theme.px(2), Qt.PenStyle.DotLine)
                painter.setPen(pen)
                painter.setBrush(theme.color(Token.SURFACE))
            else:
                painter.setPen(line_pen(theme.color(Token.SURFACE), theme.px(1.6)))
                painter.setBrush(theme.color(Token.ACCENT))
            painter.drawEllipse(point, radius, radius)
            reach = QPointF(theme.px(12), theme.px(12))
            targets.append((QRectF(point - reach, point + reach), place.entry))
            self._taken.append(QRectF(point - reach / 2, point + reach / 2))
        return targets

    def _keep_free(self) -> None:
        theme, view = self._theme, self._view
        wide, tall = theme.px(_INSET[0] + 20), theme.px(_INSET[1] + 60)
        self._taken.append(QRectF(0, view.height - tall, wide, tall))

    def _label(self, cluster: _Cluster) -> None:
        theme = self._theme
        names = list(dict.fromkeys(each.name for each in cluster.places))
        shown = " · ".join(names[:3]) + (
            f" +{len(names) - 3}" if len(names) > 3 else ""
        )
        second = cluster.places[0].second
        wide = max(
            theme.width(shown, Role.SMALL_STRONG), theme.width(second, Role.TINY)
        )
        size = QSize(round(min(wide, theme.px(250)) + 8), round(theme.px(33)))
        room = self._free_place(cluster, size)
        if room is None:
            return
        self._taken.append(room)
        ground = theme.color(Token.SURFACE, 215)
        self._painter.fillRect(room, ground)
        half = room.height() / 2
        upper = QRectF(room.left() + 4, room.top(), room.width() - 6, half)
        bold = TextStyle(Role.SMALL_STRONG, Token.INK, LEFT, ELIDE_END)
        small = TextStyle(Role.TINY, Token.INK2, LEFT, ELIDE_END)
        draw_line(self._painter, theme, upper, shown, bold)
        draw_line(self._painter, theme, upper.translated(0, half), second, small)

    def _free_place(self, cluster: _Cluster, size: QSize) -> QRectF | None:
        gap = self._theme.px(12)
        left = min(point.x() for point in cluster.points)
        right = max(point.x() for point in cluster.points)
        middle, wide, tall = cluster.middle(), size.width(), size.height()
        offers = (
            QPointF(right + gap, middle.y() - tall / 2),
            QPointF(left - gap - wide, middle.y() - tall / 2),
            QPointF(middle.x() - wide / 2, middle.y() + gap),
            QPointF(middle.x() - wide / 2, middle.y() - gap - tall),
            QPointF(right + gap, middle.y() + gap),
            QPointF(left - gap - wide, middle.y() + gap),
        )
        for corner in offers:
            room = QRectF(corner.x(), corner.y(), wide, tall)
            if self._room.contains(room) and not any(
                room.intersects(each) for each in self._taken
            ):
                return room
        return None

    def _inset(self) -> None:
        """Draw where on Earth the view is."""
        if not self._picture.places:
            return
        theme, painter, view = self._theme, self._painter, self._view
        wide, tall = theme.px(_INSET[0]), theme.px(_INSET[1])
        room = QRectF(theme.px(12), view.height - tall - theme.px(46), wide, tall)
        span = min(360.0, max(78.0, view.span * 2.2))
        small = MapView(view.longitude, view.latitude, span, wide, tall)
        painter.save()
        painter.setClipRect(room)
        painter.fillRect(room, theme.color(Token.SEA))
        shape = _placed(self._paths.world.seen(small), small)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(Token.FAINT))
        painter.drawPath(shape.translated(room.topLeft()))
        west, south, east, north = view.bounds()
        corner = QPointF(small.x(west), small.y(north)) + room.topLeft()
        far = QPointF(small.x(east), small.y(south)) + room.topLeft()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color(Token.ACCENT), theme.px(1.6)))
        painter.drawRect(QRectF(corner, far))
        painter.restore()
        painter.setPen(line_pen(theme.color(Token.EDGE), theme.px(1)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(room, theme.px(3), theme.px(3))

    def _scale(self) -> None:
        theme, painter, view = self._theme, self._painter, self._view
        km, length = view.scale_bar(theme.px(120))
        left, y = theme.px(14), view.height - theme.px(12)
        painter.setPen(line_pen(theme.color(Token.INK2), theme.px(1.5)))
        ends = QPointF(left, y), QPointF(left + length, y)
        painter.drawLine(*ends)
        tick = QPointF(0, theme.px(4))
        for end in ends:
            painter.drawLine(end - tick, end)
        room = QRectF(left, y - theme.px(22), max(length, theme.px(60)), theme.px(16))
        style = TextStyle(Role.TINY, Token.INK2, CENTER if length > 60 else LEFT)
        draw_line(painter, theme, room, f"{km:g} km", style)


def _placed(path: QPainterPath, view: MapView) -> QPainterPath:
    """Return a path in degrees as pixels of the view."""
    move = QTransform.fromTranslate(view.width / 2, view.height / 2)
    scale = QTransform.fromScale(view.across, view.along)
    middle = QTransform.fromTranslate(-view.longitude, view.latitude)
    return (middle * scale * move).map(path)


def degrees(value: float, plus: str, minus: str) -> str:
    """Return degrees with the side of the globe, such as ``34° N``."""
    side = plus if value >= 0 else minus
    return f"{abs(value):.6g}° {side}" if value else "0°"


class JourneyMap(QWidget):
    """The map as a widget: drag to move, wheel to zoom, press a place to open it."""

    entry_chosen = Signal(object)
    """``EntryPlace``"""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Show an empty sea."""
        super().__init__(parent)
        self._theme = theme
        self._picture = MapPicture()
        self._paths = paths_of(self._picture)
        self._view: MapView | None = None
        self._targets: list[tuple[QRectF, EntryPlace]] = []
        self._pressed: QPointF | None = None
        self._dragged = False
        self.setMinimumHeight(theme.whole_px(LEAST_HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(translate("Claim", "Map of the journey"))

    @property
    def theme(self) -> Theme:
        """Return the look."""
        return self._theme

    @property
    def picture(self) -> MapPicture:
        """Return what is shown."""
        return self._picture

    @property
    def paths(self) -> MapPaths:
        """Return the outlines as paths."""
        return self._paths

    def view(self) -> MapView:
        """Return where the map looks."""
        size = (float(self.width()), float(self.height()))
        if self._view is None:
            points = [(p.longitude, p.latitude) for p in self._picture.places]
            self._view = fitted(points, *size)
        return self._view.resized(*size)

    def set_picture(self, picture: MapPicture) -> None:
        """Show another journey, or the same with other outlines."""
        before = self._picture
        self._picture = picture
        outlines = (picture.coast, picture.world, picture.own)
        if outlines != (before.coast, before.world, before.own):
            self._paths = paths_of(picture)
        if picture.places != before.places:
            self._view = None
        names = ", ".join(each.name for each in picture.places[:20])
        self.setAccessibleDescription(names)
        self.update()

    def fit(self) -> None:
        """Show the whole journey."""
        self._view = None
        self.update()

    def zoom(self, factor: float) -> None:
        """Zoom around the middle."""
        middle = self.width() / 2, self.height() / 2
        self._view = self.view().zoomed(factor, *middle)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the map, and the ring when it has the keyboard."""
        del event
        painter = QPainter(self)
        self._targets = paint_journey(
            painter, self._theme, self._picture, self._paths, self.view()
        )
        if self.hasFocus():
            room, radius = QRectF(self.rect()), self._theme.px(RADIUS_CONTROL)
            draw_focus_ring(painter, self._theme, room, radius)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit a view that the user did not choose."""
        super().resizeEvent(event)
        if not self._dragged:
            self._view = None

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer while Ctrl is held; else the page scrolls."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        factor = 1.0015 ** event.angleDelta().y()
        at = event.position()
        self._view = self.view().zoomed(factor, at.x(), at.y())
        self._dragged = True
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to drag, or to press a place."""
        self._pressed = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the ground; show where a place can be pressed."""
        at = event.position()
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            over = self._target(at) is not None
            shape = (
                Qt.CursorShape.PointingHandCursor
                if over
                else Qt.CursorShape.ArrowCursor
            )
            self.setCursor(shape)
            return
        by = at - self._pressed
        if by.manhattanLength() > 3:
            self._view = self.view().moved(by.x(), by.y())
            self._pressed, self._dragged = at, True
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the entry of a place that was pressed."""
        found = self._target(event.position())
        if found is not None and self._pressed is not None:
            self.entry_chosen.emit(found)
        self._pressed = None

    def _target(self, at: QPointF) -> EntryPlace | None:
        return next((e for room, e in self._targets if room.contains(at)), None)
