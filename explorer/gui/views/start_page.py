"""The first page: open, drop, go on with what was open, or learn from a sample."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from explorer.core.text import printable
from explorer.gui.design.controls import (
    Button,
    ButtonKind,
    Card,
    ElidedLabel,
    Hairline,
    Label,
)
from explorer.gui.design.icons import Icon, IconView
from explorer.gui.design.marks import Mark, MarkView, mark_of_verdict
from explorer.gui.design.painting import TextStyle, dashed_pen, draw_focus_ring
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import RADIUS_BAND, RADIUS_CARD, Role, Token
from explorer.gui.tasks import QueryService
from explorer.gui.translations import translate
from explorer.gui.viewmodels.preferences import Preferences, RecentEvidence
from explorer.gui.viewmodels.samples import Sample, installed_samples
from explorer.gui.viewmodels.wording import ago_text, counted
from explorer.gui.views.lesson_picture import LessonPicture

WIDEST = 1264
"""Px of the page's contents; more room is left free."""


class DropZone(QWidget):
    """A large place that says what can be dropped and opens dialogs."""

    file_wanted = Signal()
    folder_wanted = Signal()
    claim_wanted = Signal()
    lessons_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Make it; the whole window takes drops."""
        super().__init__(parent)
        self._theme = theme
        self.setMinimumHeight(theme.whole_px(288))
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.whole_px(8))
        icons = QHBoxLayout()
        icons.setSpacing(theme.whole_px(28))
        icons.addStretch(1)
        icons.addWidget(IconView(theme, Icon.FILE, 44, Token.ACCENT))
        icons.addWidget(IconView(theme, Icon.FOLDER, 44, Token.ACCENT))
        icons.addStretch(1)
        title = Label(
            theme,
            translate("Start", "Drop a ledger, a folder or a photo"),
            Role.HEADLINE,
            wrap=True,
        )
        hint = Label(
            theme,
            translate(
                "Start",
                "Block stores, single blocks, JSON exports: recognised by their bytes. "
                "A photo of a code or a document begins a claim check.",
            ),
            Role.BODY,
            Token.INK2,
            wrap=True,
        )
        for label in (title, hint):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        file = Button(theme, translate("Start", "Open file…"), ButtonKind.PRIMARY)
        folder = Button(theme, translate("Start", "Open folder…"))
        file.clicked.connect(self.file_wanted)
        folder.clicked.connect(self.folder_wanted)
        claim = Button(theme, translate("Start", "Check a claim…"))
        claim.clicked.connect(self.claim_wanted)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.whole_px(10))
        buttons.addStretch(1)
        buttons.addWidget(file)
        buttons.addWidget(folder)
        buttons.addWidget(claim)
        lessons = Button(theme, translate("Start", "Lessons"))
        lessons.clicked.connect(self.lessons_wanted)
        buttons.addWidget(lessons)
        buttons.addStretch(1)
        layout.addStretch(2)
        layout.addLayout(icons)
        layout.addSpacing(theme.whole_px(10))
        layout.addWidget(title)
        layout.addWidget(hint)
        layout.addSpacing(theme.whole_px(24))
        layout.addLayout(buttons)
        layout.addStretch(2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the dashed outline."""
        del event
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        color = theme.color(Token.ACCENT)
        painter.setPen(dashed_pen(color, theme.px(1.6), theme.px(9), theme.px(5)))
        painter.setBrush(theme.color(Token.SURFACE))
        radius = theme.px(RADIUS_BAND)
        painter.drawRoundedRect(room, radius, radius)


class _Pressable(QFrame):
    """A row or card that acts as one button, by mouse and keyboard."""

    pressed = Signal()

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Act when the button is let go inside."""
        left = event.button() is Qt.MouseButton.LeftButton
        if left and self.rect().contains(event.position().toPoint()):
            self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on Enter and Space."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.pressed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring where the keyboard is."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            radius = self.theme.px(RADIUS_CARD)
            draw_focus_ring(painter, self.theme, QRectF(self.rect()), radius)


class SampleCard(_Pressable):
    """A sample: its drawing, its name, what it teaches."""

    def __init__(self, theme: Theme, sample: Sample) -> None:
        """Show ``sample``."""
        super().__init__(theme, f"{sample.title}. {sample.text}")
        self.sample = sample
        card = Card(theme)
        card.body.addWidget(LessonPicture(theme, sample.lesson))
        card.body.addSpacing(theme.whole_px(10))
        card.body.addWidget(Label(theme, sample.title, Role.TITLE, wrap=True))
        text = Label(theme, sample.text, Role.SMALL, Token.INK2, wrap=True)
        card.body.addWidget(text)
        card.body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)


class RecentRow(_Pressable):
    """An evidence that was opened before, with its last verdict."""

    forget_wanted = Signal()
    locate_wanted = Signal()

    def __init__(
        self, theme: Theme, recent: RecentEvidence, *, is_missing: bool
    ) -> None:
        """Show ``recent``; a missing one offers to be located or forgotten."""
        title = printable(recent.title, 80)
        super().__init__(theme, title)
        self.recent = recent
        row = QHBoxLayout(self)
        row.setContentsMargins(
            theme.whole_px(2), theme.whole_px(8), 0, theme.whole_px(8)
        )
        row.setSpacing(theme.whole_px(12))
        mark = Mark.NOT_APPLICABLE if is_missing else mark_of_verdict(recent.verdict)
        row.addWidget(MarkView(theme, mark, 18, Token.PAPER))
        texts = QVBoxLayout()
        texts.setSpacing(theme.whole_px(2))
        if is_missing:
            title = translate("Start", "{0} — file is missing").format(title)
        name = TextStyle(Role.STRONG, Token.INK3 if is_missing else Token.INK)
        texts.addWidget(ElidedLabel(theme, title, name))
        second = TextStyle(Role.SMALL, Token.INK3)
        texts.addWidget(ElidedLabel(theme, _second_line(recent), second))
        row.addLayout(texts, 1)
        if is_missing:
            self._offer(row)
        else:
            when = ago_text(recent.opened_at, datetime.now(UTC))
            row.addWidget(Label(theme, when, Role.SMALL, Token.INK3))
        shown = " + ".join(recent.paths)
        self.setToolTip("")
        self.setAccessibleDescription(printable(shown, 200))

    def _offer(self, row: QHBoxLayout) -> None:
        theme = self.theme
        locate = Button(theme, translate("Start", "Locate…"), ButtonKind.LINK)
        forget = Button(theme, translate("Start", "Forget"), ButtonKind.LINK)
        locate.clicked.connect(self.locate_wanted)
        forget.clicked.connect(self.forget_wanted)
        row.addWidget(locate)
        row.addWidget(forget)


class StartPage(QScrollArea):
    """Shown while no evidence is open."""

    paths_chosen = Signal(object)
    """Tuple of ``Path``: open these as one evidence."""
    file_wanted = Signal()
    folder_wanted = Signal()
    locate_wanted = Signal(object)
    """``RecentEvidence`` whose file is missing."""
    claim_wanted = Signal()
    """Check a claim, without a ledger or before one is opened."""
    lessons_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        preferences: Preferences,
        query: QueryService,
        parent: QWidget | None = None,
    ) -> None:
        """Show what ``preferences`` remember; disks are looked at by ``query``."""
        super().__init__(parent)
        self._theme, self._preferences, self._query = theme, preferences, query
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(0)
        self._samples = QHBoxLayout()
        self._samples.setSpacing(theme.whole_px(20))
        self.setWidget(self._contents())
        preferences.recent_changed.connect(self._ask_recent)
        self._ask_recent()
        query.run(installed_samples, self._show_samples, owner=self, key="samples")

    def _contents(self) -> QWidget:
        theme = self._theme
        page = QWidget()
        outer = QHBoxLayout(page)
        side = theme.whole_px(40)
        outer.setContentsMargins(side, theme.whole_px(24), side, theme.whole_px(24))
        column = QWidget()
        column.setMaximumWidth(theme.whole_px(WIDEST))
        outer.addStretch(1)
        outer.addWidget(column, 1000)
        outer.addStretch(1)
        grid = QGridLayout(column)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.whole_px(56))
        grid.setVerticalSpacing(theme.whole_px(12))
        grid.setColumnStretch(0, 67)
        grid.setColumnStretch(1, 33)
        grid.setRowStretch(0, 2)
        grid.setRowStretch(9, 3)
        grid.addWidget(self._question(), 1, 0)
        grid.addWidget(self._recent_column(), 1, 1, 2, 1)
        grid.addWidget(self._zone(), 2, 0)
        grid.setRowMinimumHeight(3, theme.whole_px(24))
        over = translate("Start", "Samples to learn from (fictional data)")
        grid.addWidget(Label(theme, over, Role.LABEL, Token.INK3), 4, 0, 1, 2)
        grid.addLayout(self._samples, 5, 0, 1, 2)
        grid.setRowMinimumHeight(6, theme.whole_px(16))
        grid.addWidget(Hairline(theme), 7, 0, 1, 2)
        grid.addWidget(self._promises(), 8, 0, 1, 2)
        return page

    def _question(self) -> QWidget:
        theme = self._theme
        widget = QWidget()
        layout = QVBoxLayout(widget)
        layout.setContentsMargins(0, 0, 0, theme.whole_px(8))
        layout.setSpacing(theme.whole_px(4))
        question = translate("Start", "What does this ledger show?")
        layout.addWidget(Label(theme, question, Role.DISPLAY, wrap=True))
        lead = translate(
            "Start",
            "Open an export. Every hash and signature is computed again, here, and the "
            "answer is drawn.",
        )
        layout.addWidget(Label(theme, lead, Role.LEAD, Token.INK2, wrap=True))
        return widget

    def _zone(self) -> DropZone:
        zone = DropZone(self._theme)
        zone.file_wanted.connect(self.file_wanted)
        zone.folder_wanted.connect(self.folder_wanted)
        zone.claim_wanted.connect(self.claim_wanted)
        zone.lessons_wanted.connect(self.lessons_wanted)
        return zone

    def _recent_column(self) -> QWidget:
        theme = self._theme
        widget = QWidget()
        layout = QVBoxLayout(widget)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        head = QHBoxLayout()
        recent = translate("Start", "Recent")
        head.addWidget(Label(theme, recent, Role.LABEL, Token.INK3))
        head.addStretch(1)
        self._clear = Button(theme, translate("Start", "Clear"), ButtonKind.LINK)
        self._clear.clicked.connect(self._preferences.forget_all)
        head.addWidget(self._clear)
        layout.addLayout(head)
        layout.addSpacing(theme.whole_px(6))
        layout.addLayout(self._recent)
        layout.addStretch(1)
        return widget

    def _promises(self) -> QWidget:
        promises = (
            translate("Start", "Your file is never changed"),
            translate("Start", "Nothing leaves this computer"),
            translate("Start", "What was not checked is listed"),
            translate("Start", "Every answer can be repeated"),
        )
        text = "    ·    ".join(promises)
        return Label(self._theme, text, Role.BODY, Token.INK2, wrap=True)

    def _ask_recent(self) -> None:
        recent = self._preferences.recent()
        self._clear.setVisible(bool(recent))
        self._query.run(
            lambda: [(each, _is_missing(each)) for each in recent],
            self._show_recent,
            owner=self,
            key="recent",
        )

    def _show_recent(self, recent: Iterable[tuple[RecentEvidence, bool]]) -> None:
        _empty(self._recent)
        for each, is_missing in recent:
            row = RecentRow(self._theme, each, is_missing=is_missing)
            self._connect(row, is_missing=is_missing)
            self._recent.addWidget(row)
            self._recent.addWidget(Hairline(self._theme))
        if not self._recent.count():
            words = translate("Start", "Nothing was opened yet.")
            self._recent.addWidget(Label(self._theme, words, Role.SMALL, Token.INK3))

    def _connect(self, row: RecentRow, *, is_missing: bool) -> None:
        recent = row.recent
        row.forget_wanted.connect(lambda: self._preferences.forget(recent.paths))
        row.locate_wanted.connect(lambda: self.locate_wanted.emit(recent))
        if not is_missing:
            paths = tuple(Path(path) for path in recent.paths)
            row.pressed.connect(lambda: self.paths_chosen.emit(paths))

    def _show_samples(self, samples: Iterable[Sample]) -> None:
        _empty(self._samples)
        for sample in samples:
            card = SampleCard(self._theme, sample)
            path = sample.path
            card.pressed.connect(lambda path=path: self.paths_chosen.emit((path,)))
            self._samples.addWidget(card, 1)


def _second_line(recent: RecentEvidence) -> str:
    blocks = counted(
        recent.blocks, translate("Start", "1 block"), translate("Start", "{0} blocks")
    )
    return f"{recent.format} · {blocks}" if recent.format else blocks


def _is_missing(recent: RecentEvidence) -> bool:
    return not all(Path(path).exists() for path in recent.paths)


def _empty(layout: QVBoxLayout | QHBoxLayout) -> None:
    while item := layout.takeAt(0):
        widget = item.widget()
        if widget is not None:
            widget.deleteLater()
