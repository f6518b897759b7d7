"""A shell command on a quiet ground, with a button that copies it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QWidget

from explorer.gui.design.controls import Button, ButtonKind, Card
from explorer.gui.design.icons import Icon
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import Role, Token
from explorer.gui.translations import translate

_MOST_LINES = 8


class CommandBox(Card):
    """A command to repeat an answer with ordinary tools."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(theme, Token.SUNKEN, None, padding=(12, 8), parent=parent)
        self._look = theme
        row = QHBoxLayout()
        row.setSpacing(theme.whole_px(8))
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setFrameShape(QFrame.Shape.NoFrame)
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self._text.setVerticalScrollBarPolicy(off)
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName(translate("Findings", "Command that repeats it"))
        copy = translate("Findings", "Copy the command")
        self._copy = Button(theme, kind=ButtonKind.LINK, icon=Icon.COPY, name=copy)
        self._copy.clicked.connect(self._copy_command)
        row.addWidget(self._text, 1)
        row.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        theme.changed.connect(self._dress)
        self._dress()

    def command(self) -> str:
        """Return the command shown."""
        return self._text.toPlainText()

    def show_command(self, command: str) -> None:
        """Show a command, or hide for none."""
        self._text.setPlainText(command)
        self.setVisible(bool(command))
        self._dress()

    def _dress(self) -> None:
        theme = self._look
        self._text.setFont(theme.font(Role.MONO_SMALL))
        self._text.setStyleSheet(
            f"QPlainTextEdit{{background:{theme.hex(Token.SUNKEN)};border:none;"
            f"color:{theme.hex(Token.INK)}}}"
        )
        lines = min(_MOST_LINES, max(1, self._text.blockCount()))
        high = theme.line_height(Role.MONO_SMALL) * lines + theme.px(24)
        self._text.setFixedHeight(round(high))

    def _copy_command(self) -> None:
        QGuiApplication.clipboard().setText(self.command())
