"""Text and shapes put on a painter in the roles and colours of the theme.

All text is plain: ``drawText`` never reads mark-up, so text of a ledger cannot become
a picture or a link.
"""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from explorer.gui.design.theme import WRAPPED, Theme
from explorer.gui.design.tokens import Role, Token

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTER = Qt.AlignmentFlag.AlignCenter
ELIDE_END = Qt.TextElideMode.ElideRight
ELIDE_MIDDLE = Qt.TextElideMode.ElideMiddle


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How one line of text is set."""

    role: Role = Role.BODY
    token: Token = Token.INK
    align: Qt.AlignmentFlag = LEFT
    elide: Qt.TextElideMode = ELIDE_END
    strike: bool = False


def draw_line(
    painter: QPainter, theme: Theme, room: QRectF, text: str, style: TextStyle
) -> None:
    """Draw one line of plain text, shortened with an ellipsis to fit ``room``."""
    font = theme.font(style.role)
    font.setStrikeOut(style.strike)
    painter.setFont(font)
    painter.setPen(theme.color(style.token))
    draw_elided(painter, font, room, text, style)


def draw_elided(
    painter: QPainter, font: QFont, room: QRectF, text: str, style: TextStyle
) -> None:
    """Draw one line with the font and pen that the painter has."""
    measures = QFontMetricsF(font)
    one_line = text.replace("\n", " ")
    shown = measures.elidedText(one_line, style.elide, room.width() + 0.5)
    painter.drawText(room, int(style.align | Qt.TextFlag.TextSingleLine), shown)


def draw_paragraph(
    painter: QPainter, theme: Theme, room: QRectF, text: str, style: TextStyle
) -> None:
    """Draw wrapped plain text from the top of ``room``."""
    painter.setFont(theme.font(style.role))
    painter.setPen(theme.color(style.token))
    painter.drawText(room, WRAPPED, text)


def line_pen(
    color: QColor, width: float, *, style: Qt.PenStyle = Qt.PenStyle.SolidLine
) -> QPen:
    """Return a pen with round ends and joins."""
    cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    return QPen(color, width, style, cap, join)


def dashed_pen(color: QColor, width: float, dash_px: float, gap_px: float) -> QPen:
    """Return a dashed pen; Qt counts dashes in pen widths, we in px."""
    pen = QPen(color, width, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.FlatCap)
    pen.setDashPattern([dash_px / width, gap_px / width])
    return pen


def fill_rounded(
    painter: QPainter, room: QRectF, radius: float, fill: QColor, edge: QPen | None
) -> None:
    """Fill a rectangle with round corners, with or without an outline."""
    painter.setBrush(fill)
    painter.setPen(edge if edge is not None else QPen(Qt.PenStyle.NoPen))
    painter.drawRoundedRect(room, radius, radius)


def draw_focus_ring(
    painter: QPainter, theme: Theme, room: QRectF, radius: float
) -> None:
    """Draw the ring of 2 px that says where the keyboard is."""
    width = theme.px(2)
    inside = room.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color(Token.ACCENT), width))
    painter.drawRoundedRect(inside, radius, radius)


def straight(start: QPointF, end: QPointF) -> QPainterPath:
    """Return the path of a straight line."""
    path = QPainterPath(start)
    path.lineTo(end)
    return path
