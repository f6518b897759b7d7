"""The panel that explains a hash: how it is made, what it protects, how to repeat it.

Design, section 9.3. The figure reads as a sentence; then what the value protects and
what not, a command that repeats it with ordinary tools, and what rests on it. The
command and the bytes can be copied; both are the same that ``show`` prints.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent, QTextOption
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from explorer.core.absent import Absent
from explorer.core.text import printable
from explorer.gui.canvases.hash_figure import (
    HashFigure,
    HashPart,
    HashPicture,
    PartRole,
)
from explorer.gui.design.controls import (
    Button,
    ButtonKind,
    Hairline,
    Label,
    Overline,
)
from explorer.gui.design.icons import Icon
from explorer.gui.design.marks import Mark, MarkView
from explorer.gui.design.painting import CENTER, TextStyle, draw_line, fill_rounded
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import (
    RADIUS_CARD,
    RADIUS_CONTROL,
    SPACE_M,
    SPACE_S,
    Role,
    Token,
)
from explorer.gui.translations import sentence, translate
from explorer.gui.viewmodels.inspect import ClaimLine
from explorer.gui.viewmodels.inspect_words import (
    does_not_protect,
    explain_lead,
    explain_title,
    joined_bytes,
    protects,
    rests_on,
)
from explorer.gui.viewmodels.wording import grouped, groups_of_four, short_hash
from explorer.session.explaining import Explanation

PANEL_PX = 372
_COMMAND_LINES = 5
_NAMES = {"sha256": "SHA-256", "sha384": "SHA-384", "sha512": "SHA-512", "sm3": "SM3"}


@dataclass(frozen=True, slots=True)
class Explained:
    """What the panel shows: how a value is worked out, and the claim it belongs to."""

    explanation: Explanation
    line: ClaimLine | None = None
    """``None`` for the block's own hash."""

    @property
    def title(self) -> str:
        """Return how it is called among the others."""
        if self.line is None:
            return translate("Inspect", "The block’s own hash")
        return f"{self.line.title} · {self.line.where}"


class ExplainPanel(QFrame):
    """The panel at the right."""

    pinned = Signal(object)
    """Whether it stands beside the panes, or over them."""
    closed = Signal()
    chosen = Signal(object)
    """``Explained`` that the user chose among several."""
    part_hovered = Signal(object)
    """Position of the part under the pointer, or ``None``."""
    part_chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        """Show nothing yet."""
        super().__init__()
        self._theme = theme
        self._shown: Explained | None = None
        self._others: Sequence[Explained] = ()
        self.setObjectName("explain")
        self.setFixedWidth(theme.whole_px(PANEL_PX))
        self.setStyleSheet(
            f"#explain{{background:{theme.hex(Token.SURFACE)};"
            f"border:1px solid {theme.hex(Token.HAIR)};"
            f"border-radius:{theme.whole_px(RADIUS_CARD)}px}}"
        )
        self.setAccessibleName(translate("Inspect", "Explain this hash"))
        self._make_parts()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, theme.whole_px(SPACE_M), 1, 1)
        outer.setSpacing(theme.whole_px(SPACE_S))
        outer.addLayout(self._head())
        outer.addWidget(self._scroll(), 1)
        self.show_explained(None, ())

    def _make_parts(self) -> None:
        theme = self._theme
        self.title = Label(theme, "", Role.TITLE)
        self._lead = Label(theme, "", Role.BODY, Token.INK2, wrap=True)
        self._choose = Button(theme, "", ButtonKind.LINK)
        self._choose.clicked.connect(self._offer)
        self._figure = HashFigure(theme)
        self._figure.part_hovered.connect(self.part_hovered.emit)
        self._figure.part_chosen.connect(self.part_chosen.emit)
        self._signature = _Signature(theme)
        self._mark = MarkView(theme, Mark.PASSED, 16)
        self._outcome = Label(theme, "", Role.SMALL_STRONG, wrap=True)
        self._protects = Label(theme, "", Role.BODY, Token.INK2, wrap=True)
        self._leaves = Label(theme, "", Role.BODY, Token.INK2, wrap=True)
        self.command = CommandBox(theme)
        self._copy_hex = Button(theme, "", ButtonKind.LINK)
        self._copy_hex.clicked.connect(self.copy_hex)
        self._rests = Label(theme, "", Role.BODY, Token.INK2, wrap=True)
        self._chain = ChainOn(theme)

    def _head(self) -> QHBoxLayout:
        theme = self._theme
        self._pin = Button(
            theme,
            kind=ButtonKind.LINK,
            icon=Icon.PIN,
            name=translate("Inspect", "Keep beside the panes"),
        )
        self._pin.setCheckable(True)
        self._pin.toggled.connect(self.pinned.emit)
        close = Button(
            theme,
            kind=ButtonKind.LINK,
            icon=Icon.CLOSE,
            name=translate("Inspect", "Close (E)"),
        )
        close.clicked.connect(self.closed.emit)
        row = QHBoxLayout()
        row.setContentsMargins(theme.whole_px(20), 0, theme.whole_px(SPACE_M), 0)
        row.addWidget(self.title, 1)
        row.addWidget(self._pin)
        row.addWidget(close)
        return row

    def _scroll(self) -> QScrollArea:
        theme = self._theme
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(
            theme.whole_px(20), 0, theme.whole_px(20), theme.whole_px(20)
        )
        self._column.setSpacing(theme.whole_px(SPACE_S))
        outcome = QHBoxLayout()
        outcome.setSpacing(theme.whole_px(SPACE_S))
        outcome.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        outcome.addWidget(self._outcome, 1)
        for widget in (self._lead, self._choose, self._figure, self._signature):
            self._column.addWidget(widget)
        left = Qt.AlignmentFlag.AlignLeft
        self._column.setAlignment(self._choose, left)
        self._column.addLayout(outcome)
        self._section(translate("Inspect", "What this protects"), self._protects)
        self._section(translate("Inspect", "What it leaves open"), self._leaves)
        self._section(translate("Inspect", "Repeat it without us"), self.command)
        self._column.addWidget(self._copy_hex, 0, Qt.AlignmentFlag.AlignHCenter)
        self._line = Hairline(theme)
        self._column.addWidget(self._line)
        self._rests_head = Overline(theme, translate("Inspect", "What rests on it"))
        for each in (self._rests_head, self._chain, self._rests):
            self._column.addWidget(each)
        self._column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(content)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setStyleSheet("QScrollArea{background:transparent;border:none}")
        content.setAutoFillBackground(False)
        scroll.viewport().setAutoFillBackground(False)
        self._content = content
        return scroll

    def _section(self, head: str, widget: QWidget) -> None:
        self._column.addSpacing(self._theme.whole_px(SPACE_S))
        self._column.addWidget(Overline(self._theme, head))
        self._column.addWidget(widget)

    # -- what is shown --------------------------------------------------------------

    def set_pinned(self, *, pinned: bool) -> None:
        """Show the pin as pressed or not."""
        self._pin.setChecked(pinned)

    @property
    def shown(self) -> Explained | None:
        """Return what is explained."""
        return self._shown

    def show_explained(
        self,
        explained: Explained | None,
        others: Sequence[Explained],
        last: int | None = None,
    ) -> None:
        """Explain a value; ``others`` cover the same bytes, ``last`` is the top."""
        self._shown, self._others = explained, others
        self._content.setVisible(explained is not None)
        if explained is None:
            self.title.setText(translate("Inspect", "Explain this hash"))
            self._figure.show_picture(None)
            return
        explanation = explained.explanation
        self.title.setText(explain_title(explanation))
        self._lead.setText(explain_lead(explanation))
        self._tell_others()
        self._tell_value(explained)
        self._protects.setText(protects(explanation))
        self._leaves.setText(does_not_protect(explanation))
        self.command.show_command(explanation.command)
        data = joined_bytes(explanation)
        self._copy_hex.setVisible(bool(data))
        text = translate("Inspect", "Copy the {0} bytes as hex")
        self._copy_hex.setText(text.format(grouped(len(data))))
        resting = rests_on(explanation, last)
        self._rests.setText(resting)
        self._chain.show_chain(explanation.block, last if resting else None)
        for each in (self._line, self._rests_head, self._rests, self._chain):
            each.setVisible(bool(resting))

    def _tell_others(self) -> None:
        count = len(self._others)
        self._choose.setVisible(count > 1)
        text = translate("Inspect", "{0} explanations for these bytes ▾")
        self._choose.setText(text.format(grouped(count)))

    def _tell_value(self, explained: Explained) -> None:
        explanation = explained.explanation
        is_figure = explanation.what in {"hash", "link", "tree", "block"}
        self._figure.setVisible(is_figure)
        self._signature.setVisible(not is_figure)
        if is_figure:
            self._figure.show_picture(picture_of(explanation))
        else:
            self._signature.show_value(explanation)
        self._tell_outcome(explained, is_figure=is_figure)

    def _tell_outcome(self, explained: Explained, *, is_figure: bool) -> None:
        line = explained.line
        is_told = is_figure and explained.explanation.agrees is not None
        is_passed = line is None or line.mark == Mark.PASSED
        hidden = line is None or (is_told and is_passed)
        self._mark.setVisible(not hidden)
        self._outcome.setVisible(not hidden)
        if line is not None:
            self._mark.set_mark(Mark(line.mark))
            self._outcome.setText(line.title)

    # -- copying and choosing -------------------------------------------------------

    def copy_command(self) -> None:
        """Put the command into the clipboard."""
        if self._shown is not None:
            QApplication.clipboard().setText(self._shown.explanation.command)

    def copy_hex(self) -> None:
        """Put the bytes that were hashed or signed into the clipboard, as hex."""
        if self._shown is not None:
            data = joined_bytes(self._shown.explanation)
            QApplication.clipboard().setText(data.hex())

    def _offer(self) -> None:
        menu = QMenu(self)
        for each in self._others:
            text = each.title.replace("&", "&&")
            action = menu.addAction(text)
            action.triggered.connect(lambda _=False, one=each: self.chosen.emit(one))
        corner = self._choose.mapToGlobal(self._choose.rect().bottomLeft())
        menu.popup(corner)


def picture_of(explanation: Explanation) -> HashPicture:
    """Return the figure of a hash."""
    absent = Absent.NOT_IN_EXPORT
    last = len(explanation.parts) - 1
    parts = tuple(
        HashPart(
            printable(sentence(part.name), 40),
            part_value(part.data),
            len(part.data),
            PartRole.CHOSEN if number == last else PartRole.LINKED,
        )
        for number, part in enumerate(explanation.parts)
    )
    return HashPicture(
        parts,
        algorithm_name(explanation.algorithm),
        explanation.size_bytes,
        explanation.computed or absent,
        explanation.declared or absent,
        declared_by(explanation),
    )


def part_value(data: bytes) -> str:
    """Return a short form of some bytes: a hash, a small number, or how many."""
    if len(data) in {32, 48, 64}:
        return short_hash(data.hex())
    if len(data) <= 8:
        return data.hex()
    text = translate("Inspect", "{0} bytes")
    return text.format(grouped(len(data)))


def algorithm_name(name: str) -> str:
    """Return the usual name of a hash function, within any words around it."""
    for key, usual in _NAMES.items():
        name = name.replace(key, usual)
    return name


def declared_by(explanation: Explanation) -> str:
    """Return where the value is declared."""
    if explanation.what == "block":
        if not explanation.declared:
            return translate("Inspect", "declared by no later block")
        text = translate("Inspect", "declared by block {0}")
        return text.format(grouped(explanation.block + 1))
    if explanation.what == "link":
        text = translate("Inspect", "declared by block {0}")
        return text.format(grouped(explanation.block))
    return translate("Inspect", "declared in the file")


class CommandBox(QFrame):
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


class _Signature(QWidget):
    """The key and the signature, in full, in groups of four."""

    def __init__(self, theme: Theme) -> None:
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
        names = ", ".join(
            printable(sentence(p.name), 40) for p in explanation.parts[:6]
        )
        if explanation.what == "signature":
            heads = (
                (translate("Inspect", "signed bytes"), names),
                (
                    translate("Inspect", "key, by the SHA-256 of its public key"),
                    groups_of_four(explanation.computed, 8),
                ),
                (
                    f"{translate('Inspect', 'signature')} · {explanation.algorithm}",
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
