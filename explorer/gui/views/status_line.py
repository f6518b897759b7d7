"""A strip of paper between hairlines, and the one at the foot of the window."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from explorer.gui.design.controls import ElidedLabel, Label
from explorer.gui.design.icons import Icon, IconView
from explorer.gui.design.painting import TextStyle
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import SPACE_S, SPACE_XL, Role, Token
from explorer.gui.translations import translate
from explorer.gui.viewmodels.case import CaseModel
from explorer.gui.viewmodels.status import status_text

STATUS_HEIGHT = 27


class Bar(QWidget):
    """A strip of paper with a hairline above or below."""

    def __init__(self, theme: Theme, height_px: int, *, line_above: bool) -> None:
        """Make an empty strip of ``height_px``."""
        super().__init__()
        self.theme = theme
        self._line_above = line_above
        self.setFixedHeight(theme.whole_px(height_px))
        self.row = QHBoxLayout(self)
        side = theme.whole_px(SPACE_XL)
        self.row.setContentsMargins(side, 0, side, 0)
        self.row.setSpacing(theme.whole_px(SPACE_S))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground and hairline."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.color(Token.PAPER))
        top = 0 if self._line_above else self.height() - 1
        line = QRectF(0, top, self.width(), 1)
        painter.fillRect(line, self.theme.color(Token.HAIR))


class StatusLine(Bar):
    """What is shown, what is trusted, how long it took; and the promise."""

    def __init__(self, theme: Theme, case: CaseModel) -> None:
        """Follow ``case``."""
        super().__init__(theme, STATUS_HEIGHT, line_above=True)
        self._case = case
        self._text = ElidedLabel(theme, "", TextStyle(Role.TINY, Token.INK3))
        promise = translate("Bars", "Nothing leaves this computer")
        self.row.addWidget(self._text, 1)
        self.row.addWidget(IconView(theme, Icon.LOCK, 12, Token.INK3))
        self.row.addWidget(Label(theme, promise, Role.TINY, Token.INK3))
        case.phase_changed.connect(self._show)
        case.report_changed.connect(self._show)
        case.progress_changed.connect(self._show)
        case.ledger_changed.connect(self._show)
        self._show()

    def _show(self, _: object = None) -> None:
        self._text.set_text(status_text(self._case))
