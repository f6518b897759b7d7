"""The frame of the provenance page: head, legend of grades, path and evidence."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from explorer.gui.design.controls import (
    Button,
    ButtonKind,
    ElidedLabel,
    Hairline,
    Label,
)
from explorer.gui.design.grades import GradeKey, grade_help, grade_word, link_word
from explorer.gui.design.icons import Icon
from explorer.gui.design.painting import RIGHT, TextStyle
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import (
    SPACE_L,
    SPACE_M,
    SPACE_S,
    SPACE_XL,
    SPACE_XS,
    Role,
    Token,
)
from explorer.gui.translations import translate
from explorer.gui.viewmodels.provenance import PathModel
from explorer.gui.viewmodels.provenance_scene import LaneMode
from explorer.gui.viewmodels.provenance_words import weakest_text
from explorer.gui.viewmodels.wording import counted, grouped
from explorer.gui.views.provenance_choose import ItemSearch
from explorer.gui.views.provenance_path import LadderView, OpenQuestions, PathView
from explorer.model.statements import FactGrade
from explorer.provenance.hops import Hop
from explorer.provenance.trace import Direction, Trace
from explorer.session.evidence_ladder import Rung

SIDE_PX = 320
LEGEND_PX = 34


class Head(QWidget):
    """The headline, the line that limits it, and what can be done."""

    direction_wanted = Signal(object)
    lanes_wanted = Signal(object)
    play_wanted = Signal()
    fit_wanted = Signal()
    path_wanted = Signal()

    def __init__(self, theme: Theme, host: QWidget) -> None:
        """Show nothing yet; offers of the search are drawn over ``host``."""
        super().__init__()
        self._theme = theme
        self.headline = Label(theme, "", Role.HEADLINE, wrap=True)
        self.limit = Label(theme, "", Role.BODY, Token.INK2, wrap=True)
        self.search = ItemSearch(theme, host)
        self.back = Button(theme, translate("Provenance", "Back to origin"))
        self.forward = Button(theme, translate("Provenance", "Forward"))
        self.lanes = Button(theme, lane_text(LaneMode.PARTY))
        self.play = Button(
            theme, icon=Icon.PLAY, name=translate("Provenance", "Walk the path (P)")
        )
        self.fit = Button(
            theme, icon=Icon.FIT, name=translate("Provenance", "Show everything (0)")
        )
        self.claim = Button(theme, translate("Provenance", "Check a claim"))
        self.show_path = Button(theme, translate("Provenance", "Path"))
        self.show_path.hide()
        self._lay_out()
        self.back.clicked.connect(lambda: self.direction_wanted.emit(Direction.BACK))
        self.forward.clicked.connect(
            lambda: self.direction_wanted.emit(Direction.FORWARD)
        )
        self.lanes.clicked.connect(self._offer_lanes)
        self.play.clicked.connect(self.play_wanted.emit)
        self.fit.clicked.connect(self.fit_wanted.emit)
        self.show_path.clicked.connect(self.path_wanted.emit)

    def _lay_out(self) -> None:
        theme = self._theme
        words = QVBoxLayout()
        words.setSpacing(theme.whole_px(SPACE_XS))
        words.addWidget(self.headline)
        words.addWidget(self.limit)
        words.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.whole_px(SPACE_S))
        for button in (
            self.back,
            self.forward,
            self.lanes,
            self.play,
            self.fit,
            self.claim,
            self.show_path,
        ):
            buttons.addWidget(button)
        actions = QVBoxLayout()
        actions.setSpacing(theme.whole_px(SPACE_S))
        actions.addWidget(self.search)
        actions.addLayout(buttons)
        actions.addStretch(1)
        row = QHBoxLayout(self)
        margin = theme.whole_px(SPACE_XL)
        row.setContentsMargins(
            margin, theme.whole_px(SPACE_M), margin, theme.whole_px(SPACE_S)
        )
        row.setSpacing(theme.whole_px(SPACE_XL))
        row.addLayout(words, 1)
        row.addLayout(actions)
        self.setMinimumHeight(theme.whole_px(92))

    def show_words(self, headline: str, limit: str) -> None:
        """Show a headline of our own words, and what limits it."""
        self.headline.setText(headline)
        self.limit.setText(limit)

    def show_item(self, item: str, direction: Direction, *, has_trace: bool) -> None:
        """Show what is traced, and which way."""
        self.search.show_item(item)
        is_back = direction is Direction.BACK
        primary, plain = ButtonKind.PRIMARY, ButtonKind.PLAIN
        self.back.set_kind(primary if is_back and has_trace else plain)
        self.forward.set_kind(plain if is_back or not has_trace else primary)
        needing = (self.back, self.forward, self.lanes, self.play, self.fit, self.claim)
        for button in needing:
            button.setEnabled(has_trace)

    def set_busy(self, *, busy: bool) -> None:
        """Say that a trace is on its way."""
        if busy:
            self.limit.setText(translate("Provenance", "Tracing…"))

    def show_path_button(self, *, is_narrow: bool) -> None:
        """Offer to show the path where it has no place of its own."""
        self.show_path.setVisible(is_narrow)

    def _offer_lanes(self) -> None:
        menu = QMenu(self)
        for mode in LaneMode:
            action = menu.addAction(lane_text(mode))
            action.triggered.connect(lambda _=False, one=mode: self._choose(one))
        menu.popup(self.lanes.mapToGlobal(self.lanes.rect().bottomLeft()))

    def _choose(self, mode: LaneMode) -> None:
        self.lanes.setText(lane_text(mode))
        self.lanes_wanted.emit(mode)


def lane_text(mode: LaneMode) -> str:
    """Return the name of what lanes stand for."""
    words = {
        LaneMode.PARTY: translate("Provenance", "Lanes: party"),
        LaneMode.KIND: translate("Provenance", "Lanes: kind"),
        LaneMode.NONE: translate("Provenance", "No lanes"),
    }
    return words[mode]


class LegendBar(QWidget):
    """Each grade with its stroke and how many hops have it, zero included."""

    def __init__(self, theme: Theme) -> None:
        """Count nothing yet."""
        super().__init__()
        self._theme = theme
        self.setFixedHeight(theme.whole_px(LEGEND_PX))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.counts: dict[FactGrade, Label] = {}
        row = QHBoxLayout(self)
        margin = theme.whole_px(SPACE_XL)
        row.setContentsMargins(margin, 0, margin, 0)
        row.setSpacing(theme.whole_px(SPACE_S))
        for grade in FactGrade:
            key = GradeKey(theme, grade, Token.PAPER)
            word = Label(theme, grade_word(grade), Role.SMALL_STRONG)
            count = Label(theme, "0", Role.SMALL, Token.INK3)
            word.setToolTip(grade_help(grade))
            for widget in (key, word, count):
                row.addWidget(widget)
            row.addSpacing(theme.whole_px(SPACE_M))
            self.counts[grade] = count
        note = translate("Provenance", "shape = kind · line = grade of the fact")
        style = TextStyle(Role.SMALL, Token.INK3, RIGHT)
        row.addWidget(ElidedLabel(theme, note, style), 1)

    def show_counts(self, counts: Mapping[FactGrade, int]) -> None:
        """Show how many hops have each grade."""
        for grade, label in self.counts.items():
            number = grouped(counts.get(grade, 0))
            label.setText(number)
            label.setAccessibleName(f"{grade_word(grade)} {number}")


class SidePanel(QFrame):
    """The path hop by hop, the evidence of one hop, and what stays open."""

    def __init__(self, theme: Theme, model: PathModel) -> None:
        """Show the hops of ``model``."""
        super().__init__()
        self._theme = theme
        self.setObjectName("side")
        self.setFixedWidth(theme.whole_px(SIDE_PX))
        self.setStyleSheet(
            f"#side{{background:{theme.hex(Token.SURFACE)};border:none;"
            f"border-left:1px solid {theme.hex(Token.HAIR)}}}"
        )
        title = translate("Provenance", "The path, hop by hop")
        self._title = Label(theme, title, Role.TITLE)
        self._count = Label(theme, "", Role.SMALL, Token.INK3, wrap=True)
        self.path = PathView(theme, model)
        self.ladder = LadderView(theme)
        self.questions = OpenQuestions(theme)
        self.said = Label(theme, "", Role.SMALL, Token.INK2, wrap=True)
        self.said.hide()
        self.open_entry = Button(theme, translate("Provenance", "Open entry"))
        self.export = Button(theme, translate("Provenance", "Export path…"))
        self._lay_out()

    def _lay_out(self) -> None:
        theme = self._theme
        margin = theme.whole_px(SPACE_L)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, margin, 0, theme.whole_px(SPACE_M))
        column.setSpacing(theme.whole_px(SPACE_S))
        head = QVBoxLayout()
        head.setContentsMargins(margin, 0, margin, 0)
        head.setSpacing(theme.whole_px(2))
        head.addWidget(self._title)
        head.addWidget(self._count)
        column.addLayout(head)
        column.addWidget(Hairline(theme))
        column.addWidget(self.path, 6)
        column.addWidget(self._below(), 5)
        row = QHBoxLayout()
        row.setContentsMargins(margin, 0, margin, 0)
        row.setSpacing(theme.whole_px(SPACE_S))
        row.addWidget(self.open_entry, 1)
        row.addWidget(self.export, 1)
        said = QVBoxLayout()
        said.setContentsMargins(margin, 0, margin, 0)
        said.addWidget(self.said)
        column.addLayout(said)
        column.addLayout(row)

    def _below(self) -> QScrollArea:
        theme = self._theme
        content = QWidget()
        column = QVBoxLayout(content)
        margin = theme.whole_px(SPACE_L)
        column.setContentsMargins(margin, theme.whole_px(SPACE_S), margin, 0)
        column.setSpacing(theme.whole_px(SPACE_L))
        column.addWidget(self.ladder)
        column.addWidget(self.questions)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(content)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setStyleSheet("QScrollArea{background:transparent;border:none}")
        content.setAutoFillBackground(False)
        scroll.viewport().setAutoFillBackground(False)
        return scroll

    def show_trace(self, trace: Trace | None) -> None:
        """Show how many hops there are, their weakest grades, and what stays open."""
        hops = 0 if trace is None else len(trace.hops)
        text = counted(
            hops, translate("Provenance", "1 hop"), translate("Provenance", "{0} hops")
        )
        weakest = "" if trace is None else weakest_text(trace)
        self._count.setText(f"{text} · {weakest}" if weakest else text)
        self.questions.show_remarks(() if trace is None else trace.not_known)
        self.export.setEnabled(trace is not None)
        self.said.hide()

    def show_evidence(
        self, number: int, hop: Hop | None, rungs: Sequence[Rung]
    ) -> None:
        """Show what stands behind a hop."""
        self.open_entry.setEnabled(hop is not None)
        if hop is None:
            self.ladder.show_rungs("", (), (0, 0))
            return
        head = translate("Provenance", "Evidence for hop {0}").format(number + 1)
        place = (hop.block, hop.entry)
        self.ladder.show_rungs(head, rungs, place, link_word(hop.link))

    def tell(self, text: str) -> None:
        """Say what came of an export."""
        self.said.setText(text)
        self.said.show()


def body_of(
    theme: Theme, canvas: QWidget, legend: LegendBar, side: SidePanel
) -> QWidget:
    """Return picture, legend and path together."""
    body = QWidget()
    left = QVBoxLayout()
    left.setContentsMargins(0, 0, 0, 0)
    left.setSpacing(0)
    left.addWidget(canvas, 1)
    left.addWidget(Hairline(theme))
    left.addWidget(legend)
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    row.addLayout(left, 1)
    row.addWidget(side)
    column = QVBoxLayout(body)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(Hairline(theme))
    column.addLayout(row, 1)
    return body
