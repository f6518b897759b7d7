"""Labels, buttons, chips, cards, edits: the small parts of every page.

Sections 2, 3, 11 and 13 of the design. Every label is plain text, every target at least
24 px, every control shows a ring of 2 px where the keyboard is, and every part follows
``Theme.changed``.
"""

import html
from enum import StrEnum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from explorer.gui.design.icons import Icon, themed_icon
from explorer.gui.design.painting import (
    ELIDE_END,
    LEFT,
    TextStyle,
    draw_focus_ring,
    draw_line,
)
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import (
    HEIGHT_CONTROL,
    HEIGHT_LINK,
    LEAST_TARGET,
    RADIUS_CARD,
    RADIUS_CHIP,
    RADIUS_CONTROL,
    SPACE_S,
    Role,
    Token,
)


def plain_tooltip(text: str) -> str:
    """Return ``text`` so that a tool tip shows it as it is, never as mark-up."""
    return f"<div style='white-space:pre-wrap'>{html.escape(text)}</div>"


class Label(QLabel):
    """Plain text in a role and a colour; wraps when asked."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        role: Role = Role.BODY,
        token: Token = Token.INK,
        *,
        wrap: bool = False,
        selectable: bool = False,
    ) -> None:
        """Show ``text``; ``selectable`` for hashes and ids that people copy."""
        super().__init__()
        self._theme, self._role, self._token = theme, role, token
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setWordWrap(wrap)
        if wrap:
            low = QSizePolicy.Policy.Minimum
            self.setSizePolicy(QSizePolicy.Policy.Preferred, low)
        if selectable:
            flags = Qt.TextInteractionFlag
            self.setTextInteractionFlags(
                flags.TextSelectableByMouse | flags.TextSelectableByKeyboard
            )
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_token(self, token: Token) -> None:
        """Use another colour."""
        self._token = token
        self._restyle()

    def _restyle(self) -> None:
        self.setFont(self._theme.font(self._role))
        color = self._theme.hex(self._token)
        self.setStyleSheet(f"QLabel{{color:{color};background:transparent}}")


class ElidedLabel(QWidget):
    """One line that is shortened to its room; the whole text is its tool tip."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        style: TextStyle | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Show ``text``; use ``ELIDE_MIDDLE`` for ids and hashes."""
        super().__init__(parent)
        self._theme, self._text = theme, ""
        self._style = style if style is not None else TextStyle(elide=ELIDE_END)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show another text."""
        self._text = text
        self.setToolTip(plain_tooltip(text))
        self.setAccessibleName(text)
        self._restyle()

    def text(self) -> str:
        """Return the whole text."""
        return self._text

    def sizeHint(self) -> QSize:
        """Return the room the whole text would take."""
        measures = self._theme.metrics(self._style.role)
        width = measures.horizontalAdvance(self._text)
        return QSize(round(width) + 2, round(measures.lineSpacing()) + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text."""
        del event
        room = QRectF(self.rect())
        draw_line(QPainter(self), self._theme, room, self._text, self._style)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()


class ButtonKind(StrEnum):
    """How loudly a button speaks; one primary at most on a page."""

    PRIMARY = "primary"
    PLAIN = "plain"
    LINK = "link"


_BUTTON_TOKENS = {
    ButtonKind.PRIMARY: (Token.ACCENT, Token.ON_ACCENT, Token.ACCENT),
    ButtonKind.PLAIN: (Token.SURFACE, Token.INK, Token.EDGE),
    ButtonKind.LINK: (None, Token.ACCENT, None),
}


class Button(QPushButton):
    """A push button; an icon without text needs ``name``, which is its tool tip too."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        kind: ButtonKind = ButtonKind.PLAIN,
        *,
        icon: Icon | None = None,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Make a button of ``kind``."""
        super().__init__(text, parent)
        self._theme, self._kind, self._icon = theme, kind, icon
        if name:
            self.setAccessibleName(name)
            self.setToolTip(plain_tooltip(name))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_kind(self, kind: ButtonKind) -> None:
        """Speak more or less loudly."""
        self._kind = kind
        self._restyle()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button, and the ring when it has the keyboard."""
        super().paintEvent(event)
        if not self.hasFocus():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect())
        radius = self._theme.px(RADIUS_CONTROL)
        if self._kind is ButtonKind.PRIMARY:
            gap = self._theme.px(2)
            painter.setPen(self._theme.color(Token.ON_ACCENT))
            painter.drawRoundedRect(room.adjusted(gap, gap, -gap, -gap), radius, radius)
        draw_focus_ring(painter, self._theme, room, radius)

    def _restyle(self) -> None:
        theme, is_link = self._theme, self._kind is ButtonKind.LINK
        ground, ink, edge = _BUTTON_TOKENS[self._kind]
        strong = self._kind is ButtonKind.PRIMARY
        self.setFont(theme.font(Role.STRONG if strong else Role.BODY))
        self.setFixedHeight(theme.whole_px(HEIGHT_LINK if is_link else HEIGHT_CONTROL))
        if not self.text():
            self.setFixedWidth(self.height())
        padding = 0 if not self.text() else theme.whole_px(4 if is_link else 14)
        fill = theme.hex(ground) if ground else "transparent"
        line = f"1px solid {theme.hex(edge)}" if edge else "none"
        radius = theme.whole_px(RADIUS_CONTROL)
        self.setStyleSheet(
            f"QPushButton{{background:{fill};color:{theme.hex(ink)};border:{line};"
            f"border-radius:{radius}px;padding:0 {padding}px;outline:none}}"
            f"QPushButton:hover{{{self._hover()}}}"
            f"QPushButton:checked{{background:{theme.hex(Token.ACCENT_BG)};"
            f"color:{theme.hex(Token.ACCENT)};border-color:{theme.hex(Token.ACCENT)}}}"
            f"QPushButton:disabled{{color:{theme.hex(Token.INK3)};"
            f"background:{theme.hex(Token.SUNKEN) if edge else 'transparent'};"
            f"border-color:{theme.hex(Token.HAIR)}}}"
        )
        if self._icon is not None:
            token = Token.INK2 if self._kind is ButtonKind.PLAIN else ink
            self.setIcon(themed_icon(theme, self._icon, token))
            side = theme.whole_px(16)
            self.setIconSize(QSize(side, side))

    def _hover(self) -> str:
        if self._kind is ButtonKind.LINK:
            return "text-decoration:underline"
        edge = Token.INK2 if self._kind is ButtonKind.PLAIN else Token.INK
        return f"border-color:{self._theme.hex(edge)}"


class Chip(QLabel):
    """A word on a quiet ground that cannot be pressed."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        token: Token = Token.INK2,
        ground: Token = Token.SUNKEN,
        parent: QWidget | None = None,
    ) -> None:
        """Show ``text``."""
        super().__init__(parent)
        self._theme, self._token, self._ground = theme, token, ground
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_tokens(self, token: Token, ground: Token) -> None:
        """Use other colours."""
        self._token, self._ground = token, ground
        self._restyle()

    def _restyle(self) -> None:
        theme = self._theme
        self.setFont(theme.font(Role.TINY))
        self.setStyleSheet(
            f"QLabel{{color:{theme.hex(self._token)};background:"
            f"{theme.hex(self._ground)};border-radius:{theme.whole_px(RADIUS_CHIP)}px;"
            f"padding:{theme.whole_px(2)}px {theme.whole_px(7)}px}}"
        )


class FilterChip(QPushButton):
    """A chip that can be pressed, or kept pressed: saved filters, ways to look."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        checkable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Show ``text``; a checkable chip stays pressed."""
        super().__init__(text, parent)
        self._theme = theme
        self.setCheckable(checkable)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self._restyle)
        self._restyle()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chip, and the ring when it has the keyboard."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            radius = self._theme.px(RADIUS_CONTROL)
            draw_focus_ring(painter, self._theme, QRectF(self.rect()), radius)

    def _restyle(self) -> None:
        theme = self._theme
        accent, ground = theme.hex(Token.ACCENT), theme.hex(Token.ACCENT_BG)
        self.setFont(theme.font(Role.SMALL))
        self.setFixedHeight(theme.whole_px(LEAST_TARGET))
        plain = theme.hex(Token.EDGE) if self.isCheckable() else ground
        fill = theme.hex(Token.SURFACE) if self.isCheckable() else ground
        self.setStyleSheet(
            f"QPushButton{{background:{fill};color:{accent};border:1px solid {plain};"
            f"border-radius:{theme.whole_px(RADIUS_CONTROL)}px;outline:none;"
            f"padding:0 {theme.whole_px(9)}px}}"
            f"QPushButton:hover{{border-color:{accent}}}"
            f"QPushButton:checked{{background:{ground};border-color:{accent}}}"
        )


class Hairline(QFrame):
    """A line of one px between things of one kind."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Make a horizontal hairline."""
        super().__init__(parent)
        self._theme = theme
        self.setFixedHeight(1)
        theme.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self.setStyleSheet(f"QFrame{{background:{self._theme.hex(Token.HAIR)}}}")


class Card(QFrame):
    """A surface with a hairline around it; put widgets into ``body``."""

    def __init__(
        self,
        theme: Theme,
        ground: Token = Token.SURFACE,
        edge: Token | None = Token.HAIR,
        *,
        padding: tuple[int, int] = (20, 18),
        parent: QWidget | None = None,
    ) -> None:
        """Make an empty card; ``padding`` is (sideways, up and down) in px."""
        super().__init__(parent)
        self._theme, self._ground, self._edge = theme, ground, edge
        self._padding = padding
        self.setObjectName("card")
        self.body = QVBoxLayout(self)
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_ground(self, ground: Token) -> None:
        """Use another colour of the ground."""
        self._ground = ground
        self._restyle()

    def _restyle(self) -> None:
        theme = self._theme
        across, along = (theme.whole_px(each) for each in self._padding)
        self.body.setContentsMargins(across, along, across, along)
        self.body.setSpacing(theme.whole_px(SPACE_S))
        line = f"1px solid {theme.hex(self._edge)}" if self._edge else "none"
        self.setStyleSheet(
            f"#card{{background:{theme.hex(self._ground)};border:{line};"
            f"border-radius:{theme.whole_px(RADIUS_CARD)}px}}"
        )


class EditState(StrEnum):
    """What is known of the words in an edit."""

    PLAIN = "plain"
    UNDERSTOOD = "understood"
    WRONG = "wrong"


_EDIT_TOKENS = {
    EditState.PLAIN: (Token.SURFACE, Token.EDGE),
    EditState.UNDERSTOOD: (Token.SURFACE, Token.ACCENT),
    EditState.WRONG: (Token.FAIL_BG, Token.FAIL),
}


class LineEdit(QLineEdit):
    """One line to type in; blue for understood, red for an error, never green."""

    def __init__(
        self,
        theme: Theme,
        placeholder: str = "",
        *,
        icon: Icon | None = None,
        mono: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Show ``placeholder`` while empty; ``mono`` for filters and hashes."""
        super().__init__(parent)
        self._theme, self._icon, self._mono = theme, icon, mono
        self._state = EditState.PLAIN
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        empty = themed_icon(theme, icon, Token.INK3) if icon is not None else None
        leading = QLineEdit.ActionPosition.LeadingPosition
        self._lead = self.addAction(empty, leading) if empty is not None else None
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_state(self, state: EditState) -> None:
        """Show whether the words are understood."""
        if state is not self._state:
            self._state = state
            self._restyle()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the edit, and the ring when it has the keyboard."""
        super().paintEvent(event)
        if self.hasFocus() and self._state is not EditState.WRONG:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            radius = self._theme.px(RADIUS_CONTROL)
            draw_focus_ring(painter, self._theme, QRectF(self.rect()), radius)

    def _restyle(self) -> None:
        theme = self._theme
        ground, edge = _EDIT_TOKENS[self._state]
        self.setFont(theme.font(Role.MONO if self._mono else Role.BODY))
        self.setFixedHeight(theme.whole_px(HEIGHT_CONTROL))
        self.setStyleSheet(
            f"QLineEdit{{background:{theme.hex(ground)};color:{theme.hex(Token.INK)};"
            f"border:1px solid {theme.hex(edge)};"
            f"border-radius:{theme.whole_px(RADIUS_CONTROL)}px;"
            f"padding:0 {theme.whole_px(8)}px;"
            f"selection-background-color:{theme.hex(Token.ACCENT)};"
            f"selection-color:{theme.hex(Token.ON_ACCENT)}}}"
        )
        if self._lead is not None and self._icon is not None:
            self._lead.setIcon(themed_icon(theme, self._icon, Token.INK3))


class SectionHeader(QWidget):
    """A title of our own, a note beside it, and room for an action at the right."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        note: str = "",
        *,
        role: Role = Role.TITLE,
        parent: QWidget | None = None,
    ) -> None:
        """Show ``title``, which must be our own words when the role is a serif one."""
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.whole_px(10))
        self._title = Label(theme, title, role)
        self._note = Label(theme, note, Role.SMALL, Token.INK3)
        self._note.setVisible(bool(note))
        bottom = Qt.AlignmentFlag.AlignBottom
        self._row.addWidget(self._title, 0, bottom)
        self._row.addWidget(self._note, 0, bottom)
        self._row.addStretch(1)

    def set_note(self, note: str) -> None:
        """Show another note, or none."""
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def set_title(self, title: str) -> None:
        """Show another title."""
        self._title.setText(title)

    def add_action(self, widget: QWidget) -> None:
        """Put a link or button at the right end."""
        self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)


class Overline(Label):
    """The small strong heading above a group; no upper case, no letter-spacing."""

    def __init__(self, theme: Theme, text: str = "") -> None:
        """Show ``text``."""
        super().__init__(theme, text, Role.LABEL, Token.INK3)
        self.setAlignment(LEFT)
