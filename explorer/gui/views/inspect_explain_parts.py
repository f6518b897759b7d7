"""Parts of the panel that explains a hash: the command, a signature, the chain on top.

Everything can be selected and copied; what comes from the evidence is made printable.
"""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent, QTextOption
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from explorer.core.text import printable
from explorer.gui.design.controls import Button, ButtonKind, Label
from explorer.gui.design.icons import Icon
from explorer.gui.design.painting import CENTER, TextStyle, draw_line, fill_rounded
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import RADIUS_CONTROL, Role, Token
from explorer.gui.translations import translate
from explorer.gui.viewmodels.field_words import our_name
from explorer.gui.viewmodels.wording import grouped, groups_of_four
from explorer.session.explaining import Explanation

_COMMAND_LINES = 5
_NAMES = {"sha256": "SHA-256", "sha384": "SHA-384", "sha512": "SHA-512", "sm3": "SM3"}


class RepeatBox(QFrame):
    """A command on a quiet ground, with a button that copies it."""

    def __init__(self, theme: Theme) -> None:
        """Show no command yet."""
        super().__init__()
        self._theme, self._command = theme, ""
        self.setObjectName("command")
        self.setStyleSheet(
            f"#command{{background:{theme.hex(Token.SUNKEN)};"
            f"border-radius:{theme.whole_px(RADIUS_CONTROL)}px}}"
        )
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setFont(theme.font(Role.MONO_SMALL))
        self.text.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setStyleSheet(
            f"QPlainTextEdit{{background:transparent;border:none;"
            f"color:{theme.hex(Token.INK)}}}"
        )
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(translate("Inspect", "Command that repeats it"))
        copy = Button(
            theme,
            kind=ButtonKind.LINK,
            icon=Icon.COPY,
            name=translate("Inspect", "Copy the command (Ctrl+E)"),
        )
        copy.clicked.connect(self._copy)
        row = QHBoxLayout(self)
        small = theme.whole_px(4)
        row.setContentsMargins(theme.whole_px(8), small, small, small)
        row.addWidget(self.text, 1)
        row.addWidget(copy, 0, Qt.AlignmentFlag.AlignTop)

    def show_command(self, command: str) -> None:
        """Show a command; it is copied exactly, shown printable."""
        self._command = command
        shown = "\n".join(printable(each) for each in command.split("\n"))
        self.text.setPlainText(shown)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the height to the lines."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        theme = self._theme
        width = theme.width("0", Role.MONO_SMALL)
        room = max(10, int((self.width() - theme.px(60)) / width))
        lines = sum(
            -(-max(1, len(line)) // room)
            for line in self.text.toPlainText().split("\n")
        )
        height = min(_COMMAND_LINES, lines) * theme.line_height(Role.MONO_SMALL)
        self.text.setFixedHeight(round(height + theme.px(12)))

    def _copy(self) -> None:
        QApplication.clipboard().setText(self._command)


class SignatureView(QWidget):
    """The key and the signature, in full, in groups of four."""

    def __init__(self, theme: Theme) -> None:
        """Show nothing yet."""
        super().__init__()
        self._theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.whole_px(4))
        self._rows: list[tuple[Label, Label]] = []
        for _ in range(3):
            head = Label(theme, "", Role.TINY, Token.INK3)
            text = Label(
                theme, "", Role.MONO_SMALL, Token.INK, wrap=True, selectable=True
            )
            column.addWidget(head)
            column.addWidget(text)
            self._rows.append((head, text))

    def show_value(self, explanation: Explanation) -> None:
        """Show a signature, or the work behind a hash."""
        names = _covered_text(explanation)
        signature = translate("Inspect", "signature")
        if explanation.what == "signature":
            heads = (
                (translate("Inspect", "signed bytes"), names),
                (
                    translate("Inspect", "key, by the SHA-256 of its public key"),
                    groups_of_four(explanation.computed, 8),
                ),
                (
                    f"{signature} · {algorithm_name(explanation.algorithm)}",
                    groups_of_four(explanation.declared, 8),
                ),
            )
        else:
            heads = (
                (translate("Inspect", "hashed bytes"), names),
                (
                    translate("Inspect", "computed here"),
                    groups_of_four(explanation.computed, 8),
                ),
                (
                    translate("Inspect", "must not be above"),
                    groups_of_four(explanation.declared, 8),
                ),
            )
        for (head, text), (title, value) in zip(self._rows, heads, strict=True):
            head.setText(title)
            text.setText(value)


def algorithm_name(name: str) -> str:
    """Return the usual name of a hash function, within any words around it."""
    for key, usual in _NAMES.items():
        name = name.replace(key, usual)
    return name


def _covered_text(explanation: Explanation) -> str:
    """Return what was signed or hashed: its parts by name, and how long it is."""
    size = translate("Inspect", "{0} bytes").format(grouped(explanation.size_bytes))
    if len(explanation.parts) < 2:
        return size
    names = [our_name(part.name) for part in explanation.parts[:6]]
    return f"{', '.join(names)} · {size}"


class ChainOn(QWidget):
    """The block and those chained to it, as a row of boxes."""

    def __init__(self, theme: Theme) -> None:
        """Show nothing yet."""
        super().__init__()
        self._theme = theme
        self._first, self._last = 0, -1

    def show_chain(self, first: int, last: int | None) -> None:
        """Show the blocks from ``first`` to ``last``."""
        self._first = first
        self._last = -1 if last is None else last
        words = translate("Inspect", "block {0} to block {1}")
        self.setAccessibleName(words.format(grouped(first), grouped(self._last)))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for one row."""
        return QSize(self._theme.whole_px(200), self._theme.whole_px(30))

    def minimumSizeHint(self) -> QSize:
        """Return the same height."""
        return QSize(self._theme.whole_px(60), self._theme.whole_px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the boxes."""
        del event
        if self._last <= self._first:
            return
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        numbers = self._numbers()
        gap, left, middle = theme.px(14), 1.0, self.height() / 2
        for place, number in enumerate(numbers):
            text = "···" if number is None else str(number)
            wide = theme.width(text, Role.SMALL_STRONG) + theme.px(16)
            room = QRectF(left, 1, wide, self.height() - 2)
            if number is not None:
                chosen = place == 0
                edge = theme.color(Token.ACCENT if chosen else Token.EDGE)
                ground = theme.color(Token.ACCENT_BG if chosen else Token.SURFACE)
                fill_rounded(painter, room, theme.px(3), ground, QPen(edge, 1.2))
            token = Token.ACCENT if place == 0 else Token.INK2
            draw_line(
                painter, theme, room, text, TextStyle(Role.SMALL_STRONG, token, CENTER)
            )
            left += wide
            if place + 1 < len(numbers):
                painter.setPen(QPen(theme.color(Token.EDGE), 1.2))
                painter.drawLine(QPointF(left, middle), QPointF(left + gap, middle))
                left += gap

    def _numbers(self) -> list[int | None]:
        near = list(range(self._first, min(self._first + 4, self._last + 1)))
        if near[-1] == self._last:
            return [*near]
        if near[-1] + 1 == self._last:
            return [*near, self._last]
        return [*near, None, self._last]
