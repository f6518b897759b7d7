"""Fonts, colours and pens of the provenance canvas, made once per theme and zoom."""

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from explorer.gui.canvases.provenance_clipping import Box, clipped
from explorer.gui.canvases.provenance_layout import (
    BOX_HEIGHT,
    BOX_WIDTH,
    Layout,
    Route,
)
from explorer.gui.canvases.provenance_view import View
from explorer.gui.design.painting import LEFT
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import Role, Token

_MOST_KEPT = 20_000
"""Shortened texts and paths kept before all are dropped."""


@dataclass(frozen=True, slots=True)
class Ink:
    """A font with its measures."""

    font: QFont
    measures: QFontMetricsF


class CanvasStyle:
    """What painting needs again and again."""

    def __init__(self, theme: Theme) -> None:
        """Read the fonts and colours of ``theme`` as they are now."""
        self.theme = theme
        self.colors = {token: theme.color(token) for token in Token}
        self.inks = {
            role: Ink(theme.font(role), theme.metrics(role))
            for role in (Role.SMALL_STRONG, Role.TINY, Role.LABEL, Role.SMALL)
        }
        struck = theme.font(Role.SMALL_STRONG)
        struck.setStrikeOut(True)
        self.struck = Ink(struck, QFontMetricsF(struck))
        self.quiet_lines = {
            ground: theme.blend(Token.INK3, ground, 0.45)
            for ground in (Token.SURFACE, Token.LANE)
        }
        self._elided: dict[tuple[str, int, int, bool], str] = {}

    def px(self, length: float) -> float:
        """Return a length at the present scale."""
        return self.theme.px(length)

    def pen(self, token: Token, width: float) -> QPen:
        """Return a plain pen."""
        return QPen(self.colors[token], self.px(width))

    def text_height(self, role: Role) -> float:
        """Return the height of one line."""
        return self.inks[role].measures.height()

    def elided(self, ink: Ink, text: str, room: float, *, middle: bool) -> str:
        """Return ``text`` shortened to ``room`` px; kept for the next frame."""
        key = (text, ink.font.pixelSize() * 1000 + ink.font.weight(), int(room), middle)
        found = self._elided.get(key)
        if found is None:
            if len(self._elided) > _MOST_KEPT:
                self._elided.clear()
            mode = Qt.TextElideMode
            how = mode.ElideMiddle if middle else mode.ElideRight
            found = ink.measures.elidedText(text, how, room + 0.5)
            self._elided[key] = found
        return found

    def write(
        self,
        painter: QPainter,
        room: QRectF,
        text: str,
        role: Role,
        token: Token,
        align: Qt.AlignmentFlag = LEFT,
    ) -> None:
        """Draw one line of plain text, shortened at its end to fit."""
        ink = self.inks[role]
        painter.setFont(ink.font)
        painter.setPen(self.colors[token])
        shown = self.elided(ink, text, room.width(), middle=False)
        painter.drawText(room, int(align | Qt.TextFlag.TextSingleLine), shown)

    def plate(self, painter: QPainter, room: QRectF, ground: QColor) -> None:
        """Cover the ground behind a text that stands on lines."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(room, self.px(3), self.px(3))


@dataclass(slots=True)
class ZoomCache:
    """Paths at one zoom, from the world's corner; drawn after moving the painter."""

    factor: float
    region: Box = (0.0, 0.0, 0.0, 0.0)
    """The part of the world for which lines are kept."""
    edges: dict[int, tuple[QPainterPath, ...]] = field(default_factory=dict)
    outlines: dict[tuple[str, float], QPainterPath] = field(default_factory=dict)

    def covers(self, view: View) -> bool:
        """Return whether what is kept is good for ``view``."""
        left, top, right, bottom = view.world()
        kept = self.region
        inside = kept[0] <= left and kept[1] <= top
        inside = inside and right <= kept[2] and bottom <= kept[3]
        return inside and self.factor == view.factor

    def edge(self, layout: Layout, number: int) -> tuple[QPainterPath, ...]:
        """Return the parts of a line near the view, as paths at this zoom."""
        found = self.edges.get(number)
        if found is None:
            if len(self.edges) > _MOST_KEPT:
                self.edges.clear()
            route = layout.route(number)
            parts = clipped(route, self.region) if route else []
            found = tuple(path_of(each, self.factor) for each in parts)
            self.edges[number] = found
        return found

    @property
    def box(self) -> QRectF:
        """Return a box at this zoom, at the origin."""
        return QRectF(0, 0, BOX_WIDTH * self.factor, BOX_HEIGHT * self.factor)


def cache_for(view: View) -> ZoomCache:
    """Return an empty cache for a view and half of one on every side of it."""
    left, top, right, bottom = view.world()
    across, down = (right - left) / 2, (bottom - top) / 2
    region = (left - across, top - down, right + across, bottom + down)
    return ZoomCache(view.factor, region)


def path_of(route: Route, factor: float) -> QPainterPath:
    """Return a route times ``factor``."""
    path = QPainterPath(QPointF(route[0][0] * factor, route[0][1] * factor))
    for segment in route[1:]:
        scaled = [each * factor for each in segment]
        if len(scaled) == 2:
            path.lineTo(*scaled)
        else:
            path.cubicTo(*scaled)
    return path
