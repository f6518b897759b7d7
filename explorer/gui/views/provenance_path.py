"""The path hop by hop, and what stands behind the hop selected (design, section 7).

The table twin of the picture: number, stroke of the fact's grade, what led to what, the
grade of the record link in words, block and entry. Of the ladder below it only the last
rung, a history anchor, can be green.
"""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QStyle,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from explorer.core.text import printable
from explorer.gui.design.controls import ElidedLabel, Label, Overline, plain_tooltip
from explorer.gui.design.grades import draw_grade_line, grade_color
from explorer.gui.design.marks import Mark, MarkView, draw_mark, mark_of_outcome
from explorer.gui.design.painting import (
    RIGHT,
    TextStyle,
    draw_line,
    straight,
)
from explorer.gui.design.tables import AnyIndex, RowDelegate, TableView
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import (
    HEIGHT_HOP_ROW,
    SPACE_S,
    SPACE_XS,
    Role,
    Token,
)
from explorer.gui.translations import translate
from explorer.gui.viewmodels.provenance import HopRole, PathModel
from explorer.gui.viewmodels.provenance_words import (
    remark_text,
    rung_text,
    rung_title,
)
from explorer.gui.viewmodels.wording import short_hash
from explorer.model.ledgers import Remark
from explorer.model.statements import FactGrade, LinkGrade
from explorer.provenance.records import Place
from explorer.session.evidence_ladder import Rung, RungKind

_NUMBER_PX, _STROKE_PX, _PLACE_PX = 26, 28, 58
_HASHED = frozenset({RungKind.ENTRY, RungKind.BLOCK})


class HopDelegate(RowDelegate):
    """Paints one hop."""

    def __init__(self, theme: Theme, parent: QAbstractItemView) -> None:
        """Paint rows of two lines."""
        super().__init__(theme, HEIGHT_HOP_ROW, parent)
        self.theme = theme

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex
    ) -> None:
        """Paint number, stroke, sentence and place."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        room = QRectF(option.rect)
        self._ground(painter, room, selected=selected, first=True)
        px, theme = self.theme.px, self.theme
        left = room.left() + px(8)
        number = QRectF(left, room.top(), px(_NUMBER_PX - 8), room.height() - 1)
        style = TextStyle(Role.SMALL, Token.INK3, RIGHT)
        draw_line(painter, theme, number, str(index.row() + 1), style)
        ground = Token.ACCENT_BG if selected else Token.SURFACE
        self._stroke(painter, room, index, ground)
        place = self._place(painter, room, index)
        start = room.left() + px(_NUMBER_PX + _STROKE_PX + 14)
        self._words(
            painter, QRectF(start, room.top(), place - start, room.height()), index
        )
        painter.restore()

    def _stroke(
        self, painter: QPainter, room: QRectF, index: AnyIndex, ground: Token
    ) -> None:
        theme, px = self.theme, self.theme.px
        start = room.left() + px(_NUMBER_PX + 8)
        middle = room.center().y()
        if index.data(HopRole.IS_FAILED):
            side = px(14)
            square = QRectF(start + px(10), middle - side / 2, side, side)
            draw_mark(painter, theme, Mark.FAILED, square, ground)
            return
        grade = FactGrade(index.data(HopRole.FACT))
        path = straight(QPointF(start, middle), QPointF(start + px(_STROKE_PX), middle))
        color, paper = grade_color(theme, grade), theme.color(ground)
        draw_grade_line(painter, path, grade, color, paper, px(1.8))

    def _place(self, painter: QPainter, room: QRectF, index: AnyIndex) -> float:
        """Draw block and entry, and the grade of the link; return where they begin."""
        theme, px = self.theme, self.theme.px
        half = room.height() / 2
        width = px(_PLACE_PX)
        left = room.right() - width - px(10)
        upper = QRectF(left, room.top() + px(3), width, half - px(3))
        lower = QRectF(left, room.top() + half - px(1), width, half - px(4))
        text = str(index.data(HopRole.PLACE))
        draw_line(painter, theme, upper, text, TextStyle(Role.SMALL, Token.INK2, RIGHT))
        link = LinkGrade(index.data(HopRole.LINK))
        words = short_link_word(link)
        draw_line(painter, theme, lower, words, TextStyle(Role.TINY, Token.INK3, RIGHT))
        return left - px(6)

    def _words(self, painter: QPainter, room: QRectF, index: AnyIndex) -> None:
        theme, px = self.theme, self.theme.px
        half = room.height() / 2
        upper = QRectF(room.left(), room.top() + px(3), room.width(), half - px(3))
        lower = QRectF(
            room.left(), room.top() + half - px(1), room.width(), half - px(4)
        )
        title = str(index.data(Qt.ItemDataRole.DisplayRole))
        draw_line(painter, theme, upper, title, TextStyle(Role.STRONG, Token.INK))
        second = str(index.data(HopRole.SECOND))
        draw_line(painter, theme, lower, second, TextStyle(Role.SMALL, Token.INK3))


def short_link_word(grade: LinkGrade) -> str:
    """Return how firmly record follows record, in one word."""
    if grade is LinkGrade.ENFORCED:
        return translate("Provenance", "enforced")
    return translate("Provenance", "named")


class PathView(TableView):
    """The hops of the trace."""

    hop_chosen = Signal(object)
    """Position of the hop that the user selected."""
    hop_opened = Signal(object)
    """Position of the hop that was double-clicked, or Enter was pressed on."""

    def __init__(self, theme: Theme, model: PathModel) -> None:
        """Show the hops of ``model``."""
        super().__init__(theme, HEIGHT_HOP_ROW)
        self._is_following = False
        self.setItemDelegate(HopDelegate(theme, self))
        self.setModel(model)
        self.horizontalHeader().hide()
        self.set_widths((0,))
        self.setAccessibleName(translate("Provenance", "The path, hop by hop"))
        self.selectionModel().currentRowChanged.connect(self._choose)
        self.activated.connect(lambda index: self.hop_opened.emit(index.row()))

    def show_hop(self, number: int) -> None:
        """Select a hop without telling that the user did."""
        if number == self.currentIndex().row():
            return
        self._is_following = True
        if number < 0:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        else:
            index = self.model().index(number, 0)
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(
                index, flags.ClearAndSelect | flags.Rows
            )
            self.scrollTo(index)
        self._is_following = False

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid() and not self._is_following:
            self.hop_chosen.emit(index.row())


class LadderView(QWidget):
    """What stands behind a hop, from the record up to an outside anchor."""

    def __init__(self, theme: Theme) -> None:
        """Show nothing yet."""
        super().__init__()
        self._theme = theme
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.whole_px(SPACE_XS))
        self._head = Overline(theme)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.whole_px(SPACE_S))
        self._grid.setVerticalSpacing(theme.whole_px(5))
        self._grid.setColumnStretch(1, 1)
        layout.addWidget(self._head)
        layout.addLayout(self._grid)
        self._made: list[QWidget] = []

    def show_rungs(
        self, head: str, rungs: Sequence[Rung], place: Place, link: str = ""
    ) -> None:
        """Show the rungs of the entry at ``place``.

        ``link`` says how firmly record follows record.
        """
        for widget in self._made:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._made = []
        self._head.setText(head)
        self.setVisible(bool(rungs))
        for row, rung in enumerate(rungs):
            self._add(row, rung, place)
        if link and rungs:
            words = Label(self._theme, link, Role.SMALL, Token.INK3, wrap=True)
            self._grid.addWidget(words, len(rungs), 1, 1, 2)
            self._made.append(words)
        spoken = [f"{rung_text(each)} ({each.outcome.word})" for each in rungs]
        self.setAccessibleName(head)
        self.setAccessibleDescription("; ".join(spoken))

    def _add(self, row: int, rung: Rung, place: Place) -> None:
        theme = self._theme
        mark = Mark.ANCHORED if rung.is_anchor else mark_of_outcome(rung.outcome)
        sign = MarkView(theme, mark, 15)
        title = rung_title(rung, place)
        words = Label(theme, title, Role.SMALL, Token.INK2, wrap=True)
        words.setToolTip(plain_tooltip(rung_text(rung)))
        self._grid.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignTop)
        self._made += [sign, words]
        shown = _value(rung) if rung.kind in _HASHED else ""
        if not shown:
            self._grid.addWidget(words, row, 1, 1, 2)
            return
        value = Label(theme, printable(shown, 80), Role.MONO_SMALL, Token.INK3)
        value.setToolTip(plain_tooltip(printable(rung.value, 200)))
        self._grid.addWidget(words, row, 1)
        self._grid.addWidget(value, row, 2, Qt.AlignmentFlag.AlignTop)
        self._made.append(value)


def _value(rung: Rung) -> str:
    return short_hash(rung.value) if rung.kind in _HASHED else rung.value


class OpenQuestions(QWidget):
    """What the path does not settle."""

    def __init__(self, theme: Theme) -> None:
        """Show nothing yet."""
        super().__init__()
        self._theme = theme
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.whole_px(SPACE_XS))
        text = translate("Provenance", "What this path does not settle")
        self._layout.addWidget(Overline(theme, text))
        self._made: list[QWidget] = []

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        """Show these remarks; the whole part is hidden if there are none."""
        for widget in self._made:
            self._layout.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._made = []
        for remark in remarks:
            words = Label(
                self._theme, remark_text(remark), Role.SMALL, Token.INK2, wrap=True
            )
            self._layout.addWidget(words)
            self._made.append(words)
            if remark.detail:
                style = TextStyle(Role.TINY, Token.INK3)
                names = ElidedLabel(self._theme, printable(remark.detail, 600), style)
                self._layout.addWidget(names)
                self._made.append(names)
        self.setVisible(bool(remarks))
