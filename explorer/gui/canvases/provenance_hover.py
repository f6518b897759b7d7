"""The plate beside the pointer: painted, so that text of a ledger is never mark-up."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from explorer.gui.canvases.provenance_style import CanvasStyle
from explorer.gui.canvases.provenance_view import View
from explorer.gui.design.painting import LEFT
from explorer.gui.design.tokens import Role, Token

_PAD_PX, _AWAY_PX, _MOST_WIDTH_PX = 8, 14, 320


def draw_hover(
    painter: QPainter,
    style: CanvasStyle,
    view: View,
    at: QPointF,
    lines: Sequence[str],
) -> None:
    """Draw ``lines`` beside ``at``, the first one strong, inside the view."""
    if not lines:
        return
    roles = [Role.SMALL_STRONG] + [Role.TINY] * (len(lines) - 1)
    pad = style.px(_PAD_PX)
    advance = max(
        style.inks[role].measures.horizontalAdvance(text)
        for role, text in zip(roles, lines, strict=True)
    )
    width = min(advance + 1, style.px(_MOST_WIDTH_PX)) + 2 * pad
    heights = [style.text_height(role) + 1 for role in roles]
    height = sum(heights) + 2 * pad
    away = style.px(_AWAY_PX)
    x = at.x() + away if at.x() + away + width < view.width else at.x() - away - width
    y = min(max(view.head, at.y() + away), max(0.0, view.height - height - 2))
    room = QRectF(max(2.0, x), y, width, height)
    painter.setPen(style.pen(Token.EDGE, 1))
    painter.setBrush(style.colors[Token.SURFACE])
    painter.drawRoundedRect(room, style.px(4), style.px(4))
    top = room.top() + pad
    for role, text, line in zip(roles, lines, heights, strict=True):
        place = QRectF(room.left() + pad, top, width - 2 * pad, line)
        token = Token.INK if role is Role.SMALL_STRONG else Token.INK2
        style.write(painter, place, text, role, token, LEFT)
        top += line
