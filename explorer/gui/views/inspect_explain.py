"""The panel that explains a hash: how it is made, what it protects, how to repeat it.

Design, section 9.3. The figure reads as a sentence; then what the value protects and
what not, a command that repeats it with ordinary tools, and what rests on it. The
command and the bytes can be copied; both are the same that ``show`` prints.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from explorer.core.absent import Absent
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
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import (
    RADIUS_CARD,
    SPACE_M,
    SPACE_S,
    Role,
    Token,
)
from explorer.gui.translations import sentence, translate
from explorer.gui.viewmodels.field_words import our_name
from explorer.gui.viewmodels.inspect import ClaimLine
from explorer.gui.viewmodels.inspect_words import (
    does_not_protect,
    explain_lead,
    explain_title,
    joined_bytes,
    protects,
    rests_on,
)
from explorer.gui.viewmodels.wording import grouped
from explorer.gui.views.inspect_explain_parts import (
    ChainOn,
    RepeatBox,
    SignatureView,
    algorithm_name,
)
from explorer.session.explaining import Explanation

PANEL_PX = 372
MAX_PART_HEX_BYTES = 96
"""Longest part shown as hex: a hash with what its encoding puts around it."""


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
        return f"{sentence(self.line.shown.spec.title)} · {self.line.where}"


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
        nothing = translate(
            "Inspect", "No hash or signature is known for what is selected."
        )
        self._nothing = Label(theme, nothing, Role.BODY, Token.INK2, wrap=True)
        side = theme.whole_px(20)
        self._nothing.setContentsMargins(side, 0, side, 0)
        outer.addWidget(self._nothing)
        outer.addWidget(self._scroll(), 1)
        self.show_explained(None, ())

    def _make_parts(self) -> None:
        theme = self._theme
        self.title = Label(theme, "", Role.TITLE)
        self._what = Label(theme, "", Role.SMALL_STRONG, Token.INK, wrap=True)
        self._lead = Label(theme, "", Role.BODY, Token.INK2, wrap=True)
        self._choose = Button(theme, " ", ButtonKind.LINK)
        self._choose.clicked.connect(self._offer)
        self._figure = HashFigure(theme)
        self._figure.part_hovered.connect(self.part_hovered.emit)
        self._figure.part_chosen.connect(self.part_chosen.emit)
        self._signature = SignatureView(theme)
        self._mark = MarkView(theme, Mark.PASSED, 16)
        self._outcome = Label(theme, "", Role.SMALL_STRONG, wrap=True)
        self._protects = Label(theme, "", Role.BODY, Token.INK2, wrap=True)
        self._leaves = Label(theme, "", Role.BODY, Token.INK2, wrap=True)
        self.command = RepeatBox(theme)
        self._copy_hex = Button(theme, " ", ButtonKind.LINK)
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
        for widget in (
            self._what,
            self._lead,
            self._choose,
            self._figure,
            self._signature,
        ):
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
        self._nothing.setVisible(explained is None)
        if explained is None:
            self.title.setText(translate("Inspect", "Explain this hash"))
            self._figure.show_picture(None)
            return
        explanation = explained.explanation
        self.title.setText(explain_title(explanation))
        self._what.setText(explained.title)
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
        is_block = self._shown is not None and self._shown.line is None
        text = (
            translate("Inspect", "All {0} explanations of this block ▾")
            if is_block
            else translate("Inspect", "{0} explanations for these bytes ▾")
        )
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
            our_name(part.name),
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
    """Return some bytes as hex, or how many they are; the figure shortens them."""
    if len(data) <= MAX_PART_HEX_BYTES:
        return data.hex()
    text = translate("Inspect", "{0} bytes")
    return text.format(grouped(len(data)))


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
