"""The figure that explains a hash: parts, one byte string, algorithm, comparison.

Section 9.3 of the design ("Explain this hash"). It reads from top to bottom like a
sentence: these parts, put together, give this hash; the file declares that one; they
are equal, or differ in the boxed digits. Both stand in full, in groups of four.

Left out: how the parts are found; that is worked out where the claim is explained.
"""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.core.absent import Absent
from explorer.gui.design.marks import Mark, draw_mark
from explorer.gui.design.painting import (
    CENTER,
    ELIDE_MIDDLE,
    LEFT,
    TextStyle,
    draw_focus_ring,
    draw_line,
    fill_rounded,
)
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import RADIUS_CONTROL, Role, Token
from explorer.gui.translations import translate
from explorer.gui.viewmodels.wording import grouped

MAX_PARTS = 4
"""Parts drawn one by one; the rest is one box with their number."""

_PART_PX, _GAP_PX, _FALL_PX, _PILL_PX = 58, 9, 34, 28


class PartRole(StrEnum):
    """How loudly a part speaks."""

    CHOSEN = "chosen"
    LINKED = "linked"
    PLAIN = "plain"


_PART_TOKENS = {
    PartRole.CHOSEN: Token.ACCENT,
    PartRole.LINKED: Token.INK,
    PartRole.PLAIN: Token.INK3,
}


@dataclass(frozen=True, slots=True)
class HashPart:
    """One of the pieces that are hashed, in their order."""

    name: str
    """Our own words, or printable text."""
    value: str
    """Short form of what stands there, printable."""
    size_bytes: int
    role: PartRole = PartRole.PLAIN


@dataclass(frozen=True, slots=True)
class HashPicture:
    """Everything the figure shows."""

    parts: tuple[HashPart, ...]
    algorithm: str
    """Name of the hash function, such as ``SHA-256``."""
    size_bytes: int
    """Length of the byte string that was hashed."""
    computed: str | Absent
    """Lower-case hex of what was worked out here."""
    declared: str | Absent
    """Lower-case hex of what the file claims."""
    declared_by: str
    """Our own words for where it is declared, such as "declared by block 31"."""

    @property
    def mark(self) -> Mark:
        """Return whether both are equal, differ, or cannot be compared."""
        if isinstance(self.computed, Absent) or isinstance(self.declared, Absent):
            return Mark.INCONCLUSIVE
        return Mark.PASSED if self.computed == self.declared else Mark.FAILED


def differing_places(computed: str, declared: str) -> frozenset[int]:
    """Return the positions of the hex digits in which two hashes differ."""
    pairs = zip(computed, declared, strict=False)
    unequal = {place for place, (one, other) in enumerate(pairs) if one != other}
    longer = max(len(computed), len(declared))
    return frozenset(unequal | set(range(min(len(computed), len(declared)), longer)))


class HashFigure(QWidget):
    """Parts at the top, comparison at the bottom; hovering a part lights its bytes."""

    part_hovered = Signal(object)
    """``int`` position of the part under the pointer or keyboard, or ``None``."""
    part_chosen = Signal(object)
    """``int`` position of the part that was clicked."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Show nothing until there is a picture."""
        super().__init__(parent)
        self._theme = theme
        self._picture: HashPicture | None = None
        self._hovered = -1
        self._current = 0
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._restyle)

    def show_picture(self, picture: HashPicture | None) -> None:
        """Show how one hash is worked out, or nothing."""
        self._picture = picture
        self._hovered, self._current = -1, 0
        self._describe()
        self._restyle()

    def hasHeightForWidth(self) -> bool:
        """Say that hashes wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height at a width."""
        theme = self._theme
        if self._picture is None:
            return theme.whole_px(1)
        fixed = theme.px(_PART_PX + _FALL_PX + _PILL_PX + 14)
        boxes = sum(self._box_height(hexes, width) for hexes in self._hashes())
        return round(fixed + boxes + theme.px(34) + 2)

    def sizeHint(self) -> QSize:
        """Return the size in the side panel."""
        width = self._theme.whole_px(332)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return the least width in which a group of four digits fits."""
        theme = self._theme
        return QSize(theme.whole_px(200), theme.whole_px(_PART_PX))

    # -- drawing --------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the figure from top to bottom."""
        del event
        picture = self._picture
        if picture is None:
            return
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rooms = self._part_rooms()
        pill = self._pill_room()
        for index, room in enumerate(rooms):
            self._strand(painter, index, room, pill)
        for index, room in enumerate(rooms):
            self._part(painter, index, room)
        fill_rounded(painter, pill, pill.height() / 2, theme.color(Token.INK), None)
        style = TextStyle(Role.SMALL_STRONG, Token.SURFACE, CENTER)
        draw_line(painter, theme, pill, self._algorithm(), style)
        painter.setPen(QPen(theme.color(Token.INK3), 1.5))
        foot = QPointF(pill.center().x(), pill.bottom())
        painter.drawLine(foot, foot + QPointF(0, theme.px(14)))
        self._comparison(painter, pill.bottom() + theme.px(14))
        if self.hasFocus() and rooms:
            ring = rooms[min(self._current, len(rooms) - 1)]
            draw_focus_ring(painter, theme, ring.adjusted(-3, -3, 3, 3), 5)
        painter.end()

    def _shown_parts(self) -> list[HashPart]:
        if self._picture is None:
            return []
        parts = list(self._picture.parts)
        if len(parts) <= MAX_PARTS:
            return parts
        rest = parts[MAX_PARTS - 1 :]
        size = sum(part.size_bytes for part in rest)
        name = translate("HashFigure", "{0} more parts").format(grouped(len(rest)))
        value = translate("HashFigure", "{0} bytes").format(grouped(size))
        loudest = min((part.role for part in rest), key=list(PartRole).index)
        return [*parts[: MAX_PARTS - 1], HashPart(name, value, size, loudest)]

    def _part_rooms(self) -> list[QRectF]:
        """Share the width among the parts by what their texts need."""
        theme, parts = self._theme, self._shown_parts()
        if not parts:
            return []
        gap = theme.px(_GAP_PX)
        needs = [
            max(
                theme.width(part.name, Role.TINY),
                min(theme.width(part.value, Role.MONO_SMALL), theme.px(110)),
            )
            + theme.px(20)
            for part in parts
        ]
        room = self.width() - 1 - gap * (len(parts) - 1)
        scale = room / sum(needs)
        rooms, left = [], 0.5
        for need in needs:
            wide = need * scale
            rooms.append(QRectF(left, 0.5, wide, theme.px(_PART_PX) - 1))
            left += wide + gap
        return rooms

    def _pill_room(self) -> QRectF:
        theme = self._theme
        wide = theme.width(self._algorithm(), Role.SMALL_STRONG) + theme.px(28)
        wide = min(wide, self.width() - 2)
        top = theme.px(_PART_PX + _FALL_PX)
        return QRectF((self.width() - wide) / 2, top, wide, theme.px(_PILL_PX))

    def _algorithm(self) -> str:
        if self._picture is None:
            return ""
        size = self._picture.size_bytes
        if size == 1:
            text = translate("HashFigure", "{0} of 1 byte")
        else:
            text = translate("HashFigure", "{0} of {1} bytes")
        return text.format(self._picture.algorithm, grouped(size))

    def _part(self, painter: QPainter, index: int, room: QRectF) -> None:
        theme, part = self._theme, self._shown_parts()[index]
        color = theme.color(_PART_TOKENS[part.role])
        lit = index == self._hovered
        ground = theme.color(Token.ACCENT_BG if lit else Token.SURFACE)
        radius = theme.px(RADIUS_CONTROL)
        fill_rounded(painter, room, radius, ground, QPen(color, 1.3))
        bar = theme.px(5)
        foot = QRectF(room.left() + 1, room.bottom() - bar, room.width() - 2, bar)
        painter.fillRect(foot, color)
        inset = theme.px(9)
        high = theme.line_height(Role.TINY)
        wide = room.width() - inset - theme.px(3)
        name = QRectF(room.left() + inset, room.top() + theme.px(6), wide, high)
        value = name.translated(0, theme.px(20))
        draw_line(painter, theme, name, part.name, TextStyle(Role.TINY, Token.INK3))
        style = TextStyle(Role.MONO_SMALL, Token.INK, elide=ELIDE_MIDDLE)
        draw_line(painter, theme, value, part.value, style)

    def _strand(
        self, painter: QPainter, index: int, room: QRectF, pill: QRectF
    ) -> None:
        """Draw how a part flows into the byte string."""
        role = self._shown_parts()[index].role
        start = QPointF(room.center().x(), room.bottom())
        end = QPointF(pill.center().x(), pill.top())
        path = QPainterPath(start)
        bend = (end.y() - start.y()) * 0.55
        path.cubicTo(start + QPointF(0, bend), end - QPointF(0, bend), end)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        width = 2.4 if index == self._hovered else 1.5
        painter.setPen(QPen(self._theme.color(_PART_TOKENS[role]), width))
        painter.drawPath(path)

    def _hashes(self) -> list[str]:
        if self._picture is None:
            return []
        both = (self._picture.computed, self._picture.declared)
        return ["" if isinstance(each, Absent) else each for each in both]

    def _groups_per_line(self, width: float) -> int:
        theme = self._theme
        group = theme.width("0000 ", Role.MONO_SMALL)
        fitting = int((width - theme.px(14)) / group)
        return max(1, next((each for each in (16, 8, 4, 2) if each <= fitting), 1))

    def _box_height(self, hexes: str, width: float) -> float:
        theme = self._theme
        per_line = 4 * self._groups_per_line(width)
        lines = max(1, -(-len(hexes) // per_line))
        return theme.px(24) + lines * theme.px(19) + theme.px(4)

    def _comparison(self, painter: QPainter, top: float) -> None:
        picture, theme = self._picture, self._theme
        if picture is None:
            return
        computed, declared = self._hashes()
        is_failed = picture.mark is Mark.FAILED
        unequal = differing_places(computed, declared) if is_failed else frozenset()
        label = translate("HashFigure", "computed here")
        bottom = self._hash(painter, top, label, computed, unequal)
        words = {
            Mark.PASSED: translate("HashFigure", "equal"),
            Mark.FAILED: translate("HashFigure", "does not match"),
        }
        word = words.get(picture.mark, translate("HashFigure", "could not be compared"))
        side = theme.px(18)
        wide = side + theme.px(8) + theme.width(word, Role.SMALL_STRONG)
        left, middle = (self.width() - wide) / 2, bottom + theme.px(17)
        square = QRectF(left, middle - side / 2, side, side)
        draw_mark(painter, theme, picture.mark, square, Token.SURFACE)
        place = QRectF(left + side + theme.px(8), middle - 12, wide, 24)
        token = Token.FAIL if is_failed else Token.INK
        draw_line(painter, theme, place, word, TextStyle(Role.SMALL_STRONG, token))
        lower = bottom + theme.px(34)
        self._hash(painter, lower, picture.declared_by, declared, unequal)

    def _hash(
        self,
        painter: QPainter,
        top: float,
        label: str,
        hexes: str,
        unequal: frozenset[int],
    ) -> float:
        """Draw one hash in its box; return where the box ends."""
        theme = self._theme
        high = self._box_height(hexes, self.width())
        room = QRectF(0.5, top, self.width() - 1, high)
        radius, edge = theme.px(RADIUS_CONTROL), QPen(theme.color(Token.HAIR), 1)
        fill_rounded(painter, room, radius, theme.color(Token.SURFACE), edge)
        inset = theme.px(10)
        line = QRectF(inset, top + theme.px(4), room.width() - 2 * inset, theme.px(16))
        draw_line(painter, theme, line, label, TextStyle(Role.TINY, Token.INK3))
        if not hexes:
            line.translate(0, theme.px(20))
            text = translate("HashFigure", "not recorded")
            draw_line(painter, theme, line, text, TextStyle(Role.SMALL, Token.INK2))
            return room.bottom()
        self._hex_digits(painter, QPointF(inset, top + theme.px(24)), hexes, unequal)
        return room.bottom()

    def _hex_digits(
        self, painter: QPainter, corner: QPointF, hexes: str, unequal: frozenset[int]
    ) -> None:
        theme = self._theme
        cell, row = theme.width("0", Role.MONO_SMALL), theme.px(19)
        per_line = 4 * self._groups_per_line(self.width())
        painter.setFont(theme.font(Role.MONO_SMALL))
        plain, differs = theme.color(Token.INK), theme.color(Token.FAIL)
        for place, digit in enumerate(hexes):
            line, column = divmod(place, per_line)
            x = corner.x() + (column + column // 4) * cell
            y = corner.y() + line * row
            room = QRectF(x, y, cell, row - 3)
            if place in unequal:
                painter.fillRect(room, theme.color(Token.FAIL_BG))
                foot = QRectF(x, room.bottom() - 1.4, cell, 1.4)
                painter.fillRect(foot, differs)
            painter.setPen(differs if place in unequal else plain)
            painter.drawText(room, int(LEFT | Qt.TextFlag.TextDontClip), digit)

    # -- pointer and keyboard -------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell which part lies under the pointer."""
        self._hover(self._part_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that no part lies under the pointer."""
        super().leaveEvent(event)
        self._hover(-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell which part was clicked."""
        found = self._part_at(event.position())
        if found >= 0:
            self._current = found
            self.part_chosen.emit(found)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the click."""
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk along the parts with the arrows; Enter chooses."""
        count = len(self._shown_parts())
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        key = Qt.Key(event.key())
        if count and key in steps:
            self._current = min(count - 1, max(0, self._current + steps[key]))
            self._hover(self._current)
        elif count and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.part_chosen.emit(self._current)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the ring and the light on the bytes."""
        super().focusOutEvent(event)
        self._hover(-1)
        self.update()

    def _part_at(self, place: QPointF) -> int:
        rooms = enumerate(self._part_rooms())
        return next((index for index, room in rooms if room.contains(place)), -1)

    def _hover(self, index: int) -> None:
        if index != self._hovered:
            self._hovered = index
            self.update()
            self.part_hovered.emit(index if index >= 0 else None)

    def _describe(self) -> None:
        self.setAccessibleName(translate("HashFigure", "How this hash is worked out"))
        picture = self._picture
        if picture is None:
            self.setAccessibleDescription("")
            return
        names = ", ".join(part.name for part in self._shown_parts())
        words = {
            Mark.PASSED: translate("HashFigure", "equal"),
            Mark.FAILED: translate("HashFigure", "does not match"),
        }
        word = words.get(picture.mark, translate("HashFigure", "could not be compared"))
        self.setAccessibleDescription(f"{names}: {self._algorithm()}: {word}")

    def _restyle(self) -> None:
        self._describe()
        self.updateGeometry()
        self.update()
