"""Parts of the Teach page: the bar of steps, one row of blocks, the anchor's band."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from explorer.gui.canvases.lesson_blocks import (
    RowShown,
    block_rooms,
    draw_row,
    first_value,
    row_height,
    value_at,
)
from explorer.gui.design.controls import Button, ButtonKind, Label, LineEdit
from explorer.gui.design.marks import Mark, MarkView
from explorer.gui.design.painting import (
    CENTER,
    TextStyle,
    draw_focus_ring,
    draw_line,
)
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import RADIUS_BAND, Role, Token
from explorer.gui.translations import translate
from explorer.gui.viewmodels.teach_words import anchor_words, block_words, in_groups
from explorer.lab.lesson_states import AnchorState
from explorer.lab.values import EditableValue

_DOT_PX, _BAR_PX = 26, 70


class StepBar(QWidget):
    """The steps of the lesson; the arrow keys go from one to the next."""

    step_wanted = Signal(int)

    def __init__(self, theme: Theme) -> None:
        """Show no step yet."""
        super().__init__()
        self._theme = theme
        self._steps: Sequence[tuple[str, str]] = ()
        self._now = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(theme.whole_px(_BAR_PX))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_steps(self, steps: Sequence[tuple[str, str]], now: int) -> None:
        """Show titles and notes; ``now`` is the step that is shown, from 0."""
        self._steps, self._now = steps, now
        words = translate("Teach", "Step {0} of {1}: {2}")
        title = steps[now][0] if steps else ""
        self.setAccessibleName(words.format(now + 1, len(steps), title))
        self.update()

    def sizeHint(self) -> QSize:
        """Return a usual size."""
        return QSize(self._theme.whole_px(600), self._theme.whole_px(_BAR_PX))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to another step."""
        moves = {
            Qt.Key.Key_Left: self._now - 1,
            Qt.Key.Key_Right: self._now + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self._steps) - 1,
        }
        wanted = moves.get(Qt.Key(event.key()))
        if wanted is None or not 0 <= wanted < len(self._steps):
            super().keyPressEvent(event)
        else:
            self.step_wanted.emit(wanted)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to the step that was clicked."""
        if self._steps:
            wide = self.width() / len(self._steps)
            number = int(event.position().x() // wide)
            self.step_wanted.emit(min(max(number, 0), len(self._steps) - 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw discs, lines and words."""
        del event
        if not self._steps:
            return
        theme, side = self._theme, self._theme.px(_DOT_PX)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = self.width() / len(self._steps)
        for number, (title, note) in enumerate(self._steps):
            left, middle = number * wide, side / 2 + 2
            is_now, is_done = number == self._now, number < self._now
            reached = is_now or is_done
            token = Token.ACCENT if reached else Token.EDGE
            if number + 1 < len(self._steps):
                line = Token.ACCENT if is_done else Token.FAINT
                painter.setPen(QPen(theme.color(line), theme.px(2)))
                start = QPointF(left + side + theme.px(4), middle)
                painter.drawLine(start, QPointF(left + wide - theme.px(6), middle))
            ground = Token.ACCENT if is_now else Token.SURFACE
            painter.setBrush(theme.color(ground))
            painter.setPen(QPen(theme.color(token), theme.px(2)))
            disc = QRectF(left + 1, 3, side - 2, side - 2)
            painter.drawEllipse(disc)
            figure = Token.ON_ACCENT if is_now else Token.INK2
            style = TextStyle(Role.STRONG, figure, CENTER)
            draw_line(painter, theme, disc, str(number + 1), style)
            room = wide - theme.px(8)
            upper = QRectF(left, side + theme.px(4), room, theme.px(20))
            lower = QRectF(left, side + theme.px(23), room, theme.px(18))
            role = Role.STRONG if is_now else Role.BODY
            draw_line(painter, theme, upper, title, TextStyle(role, Token.INK))
            draw_line(painter, theme, lower, note, TextStyle(Role.SMALL, Token.INK2))
        if self.hasFocus():
            draw_focus_ring(painter, theme, QRectF(self.rect()), theme.px(4))


class BlockRow(QWidget):
    """The blocks of one copy; a value that is clicked is edited where it stands."""

    edited = Signal(object, str)
    """``EditableValue`` and its new text."""
    chosen = Signal(int)
    """Height of the block that the keyboard is at."""

    def __init__(self, theme: Theme, *, can_edit: bool) -> None:
        """Draw nothing yet."""
        super().__init__()
        self._theme, self._can_edit = theme, can_edit
        self._row: RowShown | None = None
        self._value: EditableValue | None = None
        self.editor = LineEdit(theme, translate("Teach", "New value"), parent=self)
        self.editor.hide()
        self.editor.returnPressed.connect(self._commit)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        fixed = QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Expanding, fixed)

    @property
    def row(self) -> RowShown | None:
        """Return what is drawn."""
        return self._row

    def show_row(self, row: RowShown) -> None:
        """Draw a copy."""
        self._row = row
        self.editor.hide()
        self.setFixedHeight(round(row_height(self._theme, row)))
        self.setAccessibleName(" ".join(map(block_words, row.blocks())))
        self.update()

    def edit_chosen(self) -> None:
        """Edit the value of the block that the keyboard is at."""
        if self._row is not None and self._can_edit:
            room = QRectF(self.rect())
            found = first_value(self._theme, self._row, room, self._row.chosen)
            if found is not None:
                self._open(found[1], found[2])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to another block, or edit the one chosen."""
        row, key = self._row, event.key()
        if row is None:
            return
        heights = [each.height for each in row.blocks()]
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and heights:
            at = heights.index(row.chosen) if row.chosen in heights else 0
            by = 1 if key == Qt.Key.Key_Right else -1
            self.chosen.emit(heights[min(max(at + by, 0), len(heights) - 1)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.edit_chosen()
        elif key == Qt.Key.Key_Escape and self.editor.isVisible():
            self.editor.hide()
            self.setFocus()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose a block; edit the value that was clicked."""
        row, at = self._row, event.position()
        if row is None:
            return
        room = QRectF(self.rect())
        for height, place in block_rooms(self._theme, row, room).items():
            if place.contains(at):
                self.chosen.emit(height)
        found = value_at(self._theme, row, room, at) if self._can_edit else None
        if found is not None:
            self._open(found[1], found[2])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show by the pointer what can be edited."""
        row = self._row
        is_text = (
            self._can_edit
            and row is not None
            and value_at(self._theme, row, QRectF(self.rect()), event.position())
        )
        shape = Qt.CursorShape.IBeamCursor if is_text else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Choose a block if none is."""
        super().focusInEvent(event)
        row = self._row
        if row is not None and row.chosen < 0 and row.blocks():
            self.chosen.emit(row.blocks()[0].height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the row."""
        del event
        if self._row is not None:
            draw_row(QPainter(self), self._theme, self._row, QRectF(self.rect()))

    def _open(self, value: EditableValue, place: QRectF) -> None:
        self._value = value
        high = self._theme.px(30)
        around = QRectF(
            place.left() - 4, place.center().y() - high / 2, place.width() + 8, high
        )
        self.editor.setGeometry(around.toAlignedRect())
        self.editor.setText(value.text)
        self.editor.show()
        self.editor.selectAll()
        self.editor.setFocus()

    def _commit(self) -> None:
        value, text = self._value, self.editor.text()
        self.editor.hide()
        self.setFocus()
        if value is not None:
            self.edited.emit(value, text)


class CopyRow(QWidget):
    """Title of a copy, what can be done to it, and its blocks."""

    def __init__(self, theme: Theme, title: str, note: str, *, can_edit: bool) -> None:
        """Show the title; ``can_edit`` is false for the original."""
        super().__init__()
        self._theme = theme
        self.blocks = BlockRow(theme, can_edit=can_edit)
        self.verdict = MarkView(theme, Mark.CHECKING, 18)
        self.title = Label(theme, title, Role.STRONG)
        self._head = QHBoxLayout()
        self._head.setSpacing(theme.whole_px(8))
        self._head.addWidget(self.verdict)
        self._head.addWidget(self.title)
        self._head.addWidget(Label(theme, note, Role.SMALL, Token.INK2), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.whole_px(6))
        layout.addLayout(self._head)
        layout.addWidget(self.blocks)

    def add_action(self, text: str) -> Button:
        """Return a new link at the right of the title."""
        button = Button(self._theme, text, ButtonKind.LINK)
        self._head.addWidget(button)
        return button


class AnchorBand(QFrame):
    """The hash that was printed elsewhere, against the one computed here."""

    def __init__(self, theme: Theme) -> None:
        """Show nothing yet."""
        super().__init__()
        self._theme = theme
        self.setObjectName("anchor")
        self.mark = Mark.FAILED
        self._mark = MarkView(theme, self.mark, 26)
        self.title = Label(theme, "", Role.TITLE, wrap=True)
        self._text = Label(theme, "", Role.BODY, Token.INK, wrap=True)
        self._printed = Label(theme, "", Role.MONO, selectable=True)
        self._computed = Label(theme, "", Role.MONO, selectable=True)
        words = QVBoxLayout()
        words.setSpacing(theme.whole_px(4))
        words.addWidget(self.title)
        words.addWidget(self._text)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(*(theme.whole_px(each) for each in (20, 12, 20, 12)))
        layout.setSpacing(theme.whole_px(16))
        layout.addWidget(self._mark)
        layout.addLayout(words, 1)
        layout.addLayout(self._hashes())

    def show_anchor(self, anchor: AnchorState) -> None:
        """Show whether the hashes agree; green only where they do."""
        theme, agrees = self._theme, anchor.agrees
        ground, self.mark = Token.FAIL_BG, Mark.FAILED
        if agrees:
            ground, self.mark = Token.OK_BG, Mark.ANCHORED
        elif not anchor.computed:  # no such block: nothing was compared
            ground, self.mark = Token.WARN_BG, Mark.INCONCLUSIVE
        radius = theme.whole_px(RADIUS_BAND)
        self.setStyleSheet(
            f"#anchor{{background:{theme.hex(ground)};border-radius:{radius}px}}"
        )
        self._mark.set_mark(self.mark)
        title, text = anchor_words(anchor)
        self.title.setText(title)
        self._text.setText(text)
        self._printed.setText(in_groups(anchor.printed))
        self._computed.setText(in_groups(anchor.computed) or "—")
        self._computed.set_token(Token.INK if agrees else Token.FAIL)

    def _hashes(self) -> QVBoxLayout:
        theme = self._theme
        column = QVBoxLayout()
        column.setSpacing(theme.whole_px(6))
        for name, label in (
            (translate("Teach", "printed"), self._printed),
            (translate("Teach", "computed"), self._computed),
        ):
            row = QHBoxLayout()
            row.setSpacing(theme.whole_px(12))
            head = Label(theme, name, Role.SMALL, Token.INK2)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            row.addWidget(head, 1, right)
            row.addWidget(label)
            column.addLayout(row)
        return column
