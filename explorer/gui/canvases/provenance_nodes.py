"""Nodes of the provenance canvas: an outline for each kind, a title, one plain line.

Section 7 of the design. Outline tells the kind, a second outline the thing traced, a
stack the folded; colour repeats what shape says.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from explorer.gui.canvases.graph_picture import NodeBox, NodeShape
from explorer.gui.canvases.provenance_style import CanvasStyle, Ink, ZoomCache
from explorer.gui.canvases.provenance_view import Level
from explorer.gui.design.marks import draw_mark
from explorer.gui.design.painting import CENTER
from explorer.gui.design.tokens import Role, Token
from explorer.gui.viewmodels.wording import grouped

_CORNER, _FOLD = 9.0, 10.0
_STACK, _OUTER = 3.0, 4.0
_ONE_LINE = int(Qt.TextFlag.TextSingleLine)


def outline(shape: NodeShape, room: QRectF, unit: float) -> QPainterPath:
    """Return the outline of a shape in ``room``; ``unit`` is a px at zoom 1."""
    path = QPainterPath()
    _OUTLINES[shape](path, room, unit)
    return path


def _polygon(path: QPainterPath, *points: tuple[float, float]) -> None:
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    path.closeSubpath()


def _place(path: QPainterPath, room: QRectF, unit: float) -> None:
    left, top, right, bottom = room.left(), room.top(), room.right(), room.bottom()
    height, corner = room.height(), 3 * unit
    path.moveTo(left + height / 2, top)
    path.lineTo(right - corner, top)
    path.quadTo(right, top, right, top + corner)
    path.lineTo(right, bottom - corner)
    path.quadTo(right, bottom, right - corner, bottom)
    path.lineTo(left + height / 2, bottom)
    path.arcTo(QRectF(left, top, height, height), 270, -180)
    path.closeSubpath()


def _lot(path: QPainterPath, room: QRectF, unit: float) -> None:
    path.addRoundedRect(room, 3 * unit, 3 * unit)


def _item(path: QPainterPath, room: QRectF, unit: float) -> None:
    left, top, right, bottom = room.left(), room.top(), room.right(), room.bottom()
    cut = _CORNER * unit
    _polygon(
        path,
        (left, top),
        (right - cut, top),
        (right, top + cut),
        (right, bottom - cut),
        (right - cut, bottom),
        (left, bottom),
    )


def _document(path: QPainterPath, room: QRectF, unit: float) -> None:
    left, top, right, bottom = room.left(), room.top(), room.right(), room.bottom()
    fold = _FOLD * unit
    corners = ((right - fold, top), (right, top + fold), (right, bottom))
    _polygon(path, (left, top), *corners, (left, bottom))
    path.moveTo(right - fold, top)
    path.lineTo(right - fold, top + fold)
    path.lineTo(right, top + fold)


def _step(path: QPainterPath, room: QRectF, unit: float) -> None:
    del unit
    path.addRoundedRect(room, room.height() / 2, room.height() / 2)


def _warning(path: QPainterPath, room: QRectF, unit: float) -> None:
    left, top, right, bottom = room.left(), room.top(), room.right(), room.bottom()
    cut = _CORNER * unit
    _polygon(
        path,
        (left + cut, top),
        (right - cut, top),
        (right, top + cut),
        (right, bottom - cut),
        (right - cut, bottom),
        (left + cut, bottom),
        (left, bottom - cut),
        (left, top + cut),
    )


_OUTLINES: Mapping[NodeShape, Callable[[QPainterPath, QRectF, float], None]] = (
    MappingProxyType(
        {
            NodeShape.PLACE: _place,
            NodeShape.LOT: _lot,
            NodeShape.ITEM: _item,
            NodeShape.DOCUMENT: _document,
            NodeShape.STEP: _step,
            NodeShape.WARNING: _warning,
        }
    )
)


@dataclass(frozen=True, slots=True)
class NodeLook:
    """How a node stands among the others."""

    is_dimmed: bool = False
    is_selected: bool = False
    is_hovered: bool = False
    ground: Token = Token.SURFACE
    lane: str = ""
    """Who keeps the record; shown on field cards."""


@dataclass(frozen=True, slots=True)
class _Colors:
    line: Token
    fill: Token
    title: Token
    second: Token
    width: float


@dataclass(frozen=True, slots=True)
class _Text:
    ink: Ink
    text: str
    token: Token
    is_id: bool = False


def _colors(node: NodeBox, look: NodeLook) -> _Colors:
    if node.shape is NodeShape.WARNING:
        return _Colors(Token.FAIL, Token.FAIL_BG, Token.FAIL, Token.INK2, 1.4)
    if node.is_struck:
        return _Colors(Token.FAINT, Token.SURFACE, Token.INK3, Token.INK3, 1.2)
    if node.is_path:
        width = 2.0 if node.is_item else 1.4
        return _Colors(Token.ACCENT, Token.ACCENT_BG, Token.INK, Token.INK2, width)
    if look.is_dimmed and not look.is_hovered:
        return _Colors(Token.FAINT, Token.SURFACE, Token.INK2, Token.INK3, 1.2)
    return _Colors(Token.EDGE, Token.SURFACE, Token.INK, Token.INK2, 1.2)


class NodePainter:
    """Draws nodes at one zoom and level."""

    def __init__(self, style: CanvasStyle, cache: ZoomCache, level: Level) -> None:
        """Draw in ``style``, with paths kept in ``cache``."""
        self._style, self._cache, self._level = style, cache, level
        self._room = cache.box

    def draw(
        self, painter: QPainter, node: NodeBox, corner: QPointF, look: NodeLook
    ) -> None:
        """Draw ``node`` with its left upper corner at ``corner``."""
        colors = _colors(node, look)
        painter.translate(corner)
        self._draw_outlines(painter, node, look, colors)
        self._draw_text(painter, node, colors, look)
        if node.badge:
            self._draw_badge(painter, node.badge)
        if node.mark is not None and self._level >= Level.LINES:
            self._draw_mark(painter, node, look)
        painter.translate(-corner)

    def _outline(self, shape: NodeShape, grown: float = 0.0) -> QPainterPath:
        key = (shape.value, grown)
        found = self._cache.outlines.get(key)
        if found is None:
            room = self._room.adjusted(-grown, -grown, grown, grown)
            found = outline(shape, room, self._cache.factor)
            self._cache.outlines[key] = found
        return found

    def _draw_outlines(
        self, painter: QPainter, node: NodeBox, look: NodeLook, colors: _Colors
    ) -> None:
        style = self._style
        shape = self._outline(node.shape)
        pen = QPen(style.colors[colors.line], style.px(colors.width))
        if node.is_folded:
            behind = QPen(style.colors[colors.line], style.px(1))
            painter.setPen(behind)
            painter.setBrush(style.colors[Token.SURFACE])
            for step in (2, 1):
                away = step * _STACK * self._cache.factor
                painter.drawPath(shape.translated(away, away))
        if look.is_selected:
            self._draw_ring(painter, node)
        if node.is_item:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(style.colors[colors.line], style.px(1.3)))
            painter.drawPath(self._outline(node.shape, style.px(_OUTER)))
        painter.setPen(pen)
        painter.setBrush(style.colors[colors.fill])
        painter.drawPath(shape)

    def _draw_ring(self, painter: QPainter, node: NodeBox) -> None:
        away = self._style.px(7 if node.is_item else 4)
        room = self._room.adjusted(-away, -away, away, away)
        painter.setPen(QPen(self._style.colors[Token.ACCENT], self._style.px(2)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        radius = self._style.px(6)
        painter.drawRoundedRect(room, radius, radius)

    # -- text -----------------------------------------------------------------------

    def _draw_text(
        self, painter: QPainter, node: NodeBox, colors: _Colors, look: NodeLook
    ) -> None:
        style = self._style
        title = style.struck if node.is_struck else style.inks[Role.SMALL_STRONG]
        if self._level is Level.IDS:
            title = title if node.is_struck else style.inks[Role.LABEL]
        lines = [_Text(title, node.title, colors.title, is_id=is_id(node.title))]
        small = style.inks[Role.TINY]
        if self._level >= Level.LINES and node.second:
            lines.append(_Text(small, node.second, colors.second))
        if self._level is Level.CARDS:
            extra = (look.lane, node.place)
            lines += [_Text(small, each, Token.INK3) for each in extra if each]
        heights = [each.ink.measures.height() for each in lines]
        top = (self._room.height() - sum(heights)) / 2
        for each, height in zip(lines, heights, strict=True):
            line = QRectF(0, top, self._room.width(), height)
            self._write(painter, node.shape, line, each)
            top += height

    def _write(
        self, painter: QPainter, shape: NodeShape, line: QRectF, text: _Text
    ) -> None:
        style = self._style
        left, right = self._insets(shape, line)
        line = line.adjusted(left, 0, -right, 0)
        if line.width() < style.px(10):
            return
        painter.setFont(text.ink.font)
        painter.setPen(style.colors[text.token])
        shown = style.elided(text.ink, text.text, line.width(), middle=text.is_id)
        painter.drawText(line, int(CENTER) | _ONE_LINE, shown)

    def _insets(self, shape: NodeShape, line: QRectF) -> tuple[float, float]:
        """Return what an outline takes of a line of text at its left and right."""
        least = self._style.px(3.5)
        unit = self._cache.factor
        if shape in {NodeShape.PLACE, NodeShape.STEP}:
            # Half a circle: what its chord leaves at the height of the text.
            radius = self._room.height() / 2
            away = min(radius, abs(line.center().y() - radius) + line.height() * 0.3)
            bow = radius - (radius * radius - away * away) ** 0.5 + least
            return bow, bow if shape is NodeShape.STEP else least
        at_top = line.center().y() < self._room.height() / 2
        if shape is NodeShape.DOCUMENT and at_top and self._level >= Level.LINES:
            return _FOLD * unit, _FOLD * unit + 1
        return least, least

    # -- corners --------------------------------------------------------------------

    def _draw_badge(self, painter: QPainter, count: int) -> None:
        style = self._style
        ink = style.inks[Role.LABEL]
        text = grouped(count)
        width = ink.measures.horizontalAdvance(text) + style.px(10)
        height = style.px(16)
        right = self._room.right() + style.px(9)
        room = QRectF(right - width, -height / 2 - style.px(1), width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.colors[Token.INK2])
        painter.drawRoundedRect(room, height / 2, height / 2)
        painter.setFont(ink.font)
        painter.setPen(style.colors[Token.SURFACE])
        painter.drawText(room, int(CENTER) | _ONE_LINE, text)

    def _draw_mark(self, painter: QPainter, node: NodeBox, look: NodeLook) -> None:
        if node.mark is None:
            return
        style = self._style
        side = style.px(14)
        middle = QPointF(self._room.right() - style.px(4), style.px(4))
        if node.badge:
            middle = QPointF(self._room.right() - style.px(4), self._room.bottom())
        room = QRectF(0, 0, side, side)
        room.moveCenter(middle)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.colors[look.ground])
        painter.drawEllipse(room.adjusted(-2, -2, 2, 2))
        draw_mark(painter, style.theme, node.mark, room, look.ground)


def is_id(text: str) -> bool:
    """Return whether a title reads like an id, whose middle can be left out."""
    return text.isascii() and " " not in text and any(c.isdigit() for c in text)


def draw_sample(
    painter: QPainter, style: CanvasStyle, shape: NodeShape, room: QRectF
) -> None:
    """Draw an empty node for the key of shapes."""
    is_warning = shape is NodeShape.WARNING
    painter.setPen(style.pen(Token.FAIL if is_warning else Token.EDGE, 1.2))
    painter.setBrush(style.colors[Token.FAIL_BG if is_warning else Token.SURFACE])
    painter.drawPath(outline(shape, room, style.px(1) * 0.75))
