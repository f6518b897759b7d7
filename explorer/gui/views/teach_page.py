"""Teach: a lesson in steps, on working copies that exist in memory only.

Section 9.7 of the design. The page needs no evidence: lessons bring their own ledgers.
Every mark is the program's own verification of a copy's bytes.
"""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from explorer.core.errors import ExplorerError
from explorer.gui.canvases.lesson_blocks import row_shown
from explorer.gui.design.controls import Button, Card, Hairline, Label
from explorer.gui.design.icons import Icon
from explorer.gui.design.marks import mark_of_verdict
from explorer.gui.design.tokens import SPACE_L, SPACE_S, SPACE_XXL, Role, Token
from explorer.gui.messages import Failure
from explorer.gui.translations import current_language, sentence, translate
from explorer.gui.viewmodels.case import CaseModel
from explorer.gui.viewmodels.teach import TeachMemory, TeachModel
from explorer.gui.viewmodels.teach_words import fact_words
from explorer.gui.views.choices import ComboBox
from explorer.gui.views.lines import clear_layout
from explorer.gui.views.page import Page
from explorer.gui.views.teach_parts import AnchorBand, CopyRow, StepBar
from explorer.lab.lesson_files import ORIGINAL
from explorer.lab.lesson_ledgers import lesson_ledger
from explorer.lab.lesson_states import CopyState
from explorer.lab.lessons import Doing


class TeachPage(Page):
    """One lesson."""

    start_wanted = Signal()
    """Back to the start page, where no ledger is open."""
    projector_wanted = Signal()
    """The size for a projector, or the usual one."""

    def title(self) -> str:
        """Return the name of the page."""
        return translate("Teach", "Lessons")

    def show_case(self, case: CaseModel) -> None:
        """Build the page; the case itself is left alone."""
        self.model = TeachModel(case.query, self)
        self.rows: dict[str, CopyRow] = {}
        self._chosen: tuple[str, int] = ("", -1)
        self._make_parts()
        self._lay_out()
        self._connect()
        self._offer_lessons()
        self.model.begin()

    # -- parts ------------------------------------------------------------------------

    def _make_parts(self) -> None:
        theme = self.theme
        self.headline = Label(theme, "", Role.HEADLINE, wrap=True)
        self.banner = Label(
            theme,
            translate("Teach", "Working copy in memory. Your files are not touched."),
            Role.BODY,
            Token.INK2,
            wrap=True,
        )
        self.problem = Label(theme, "", Role.BODY, Token.FAIL, wrap=True)
        self.lessons = ComboBox(theme)
        self.lessons.setAccessibleName(translate("Teach", "Lesson"))
        undo = translate("Teach", "Undo")
        self.undo = Button(theme, undo, icon=Icon.UNDO)
        self.redo = Button(theme, translate("Teach", "Redo"))
        self.again = Button(theme, translate("Teach", "Start again"))
        self.projector = Button(theme, translate("Teach", "Projector size"))
        self.more = Button(theme, translate("Teach", "Save and load…"))
        self.steps = StepBar(theme)
        self.doing = Label(theme, "", Role.BODY, wrap=True)
        self.seeing = Label(theme, "", Role.BODY, wrap=True)
        self.anchor = AnchorBand(theme)

    def _lay_out(self) -> None:
        theme = self.theme
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QWidget()
        layout = QVBoxLayout(column)
        side, top = theme.whole_px(SPACE_XXL), theme.whole_px(16)
        layout.setContentsMargins(side, top, side, top)
        layout.setSpacing(theme.whole_px(12))
        layout.addLayout(self._tools())
        for each in (self.headline, self.banner, self.problem):
            layout.addWidget(each)
        self._card = Card(theme)
        self._card.body.setSpacing(theme.whole_px(12))
        self._card.body.addWidget(self.steps)
        self._card.body.addWidget(Hairline(theme))
        self._card.body.addLayout(self._to_do())
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.whole_px(14))
        self._card.body.addLayout(self._rows)
        self._facts = QVBoxLayout()
        self._card.body.addLayout(self._facts)
        layout.addWidget(self._card)
        layout.addWidget(self.anchor)
        layout.addStretch(1)
        scroll.setWidget(column)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _tools(self) -> QHBoxLayout:
        theme = self.theme
        row = QHBoxLayout()
        row.setSpacing(theme.whole_px(SPACE_S))
        self.lessons.setMinimumWidth(theme.whole_px(240))
        row.addWidget(self.lessons)
        row.addStretch(1)
        for button in (self.undo, self.redo, self.again, self.projector, self.more):
            row.addWidget(button)
        self.start = Button(theme, translate("Teach", "Back to start"))
        self.start.clicked.connect(self.start_wanted)
        self.start.hide()
        row.addWidget(self.start)
        return row

    def _to_do(self) -> QHBoxLayout:
        theme = self.theme
        row = QHBoxLayout()
        row.setSpacing(theme.whole_px(SPACE_L))
        for name, label in (
            (translate("Teach", "Do"), self.doing),
            (translate("Teach", "See"), self.seeing),
        ):
            column = QVBoxLayout()
            column.setSpacing(theme.whole_px(2))
            column.addWidget(Label(theme, name, Role.LABEL, Token.INK3))
            column.addWidget(label)
            column.addStretch(1)
            row.addLayout(column, 1)
        return row

    def _connect(self) -> None:
        model = self.model
        model.changed.connect(self._show)
        model.told.connect(self._tell)
        self.lessons.activated.connect(self._choose)
        self.steps.step_wanted.connect(self._go_to)
        self.undo.clicked.connect(model.undo)
        self.redo.clicked.connect(model.redo)
        self.again.clicked.connect(model.start_again)
        self.projector.clicked.connect(self.projector_wanted)
        self.more.clicked.connect(self._open_menu)
        keys = QKeySequence.StandardKey
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for key, act in (
            (QKeySequence(keys.Undo), model.undo),
            (QKeySequence(keys.Redo), model.redo),
            (QKeySequence("Alt+PgDown"), lambda: self._go_to(model.number + 1)),
            (QKeySequence("Alt+PgUp"), lambda: self._go_to(model.number - 1)),
        ):
            QShortcut(key, self, act, context=within)

    # -- leaving ----------------------------------------------------------------------

    def stand_alone(self) -> None:
        """Offer the way back to the start page."""
        self.start.show()

    def memory(self) -> object:
        """Return the lesson with its copies."""
        return self.model.memory()

    def recall(self, memory: object) -> None:
        """Go on with the lesson of another page."""
        if isinstance(memory, TeachMemory):
            self.model.recall(memory)
            self._offer_lessons()

    # -- showing ----------------------------------------------------------------------

    def _offer_lessons(self) -> None:
        self.lessons.clear()
        for lesson in self.model.lessons:
            self.lessons.addItem(self.model.words(lesson.title), lesson.name)
        self.lessons.setCurrentIndex(self.model.lessons.index(self.model.lesson))

    def _choose(self, index: int) -> None:
        self.problem.hide()
        self.model.choose(self.model.lessons[index])

    def _go_to(self, number: int) -> None:
        self.problem.hide()
        self.model.go_to(number)

    def _show(self) -> None:
        model = self.model
        if model.lesson.name != self.lessons.currentData():
            self._offer_lessons()
        words, step = model.words, model.step
        self.problem.setVisible(bool(self.problem.text()) and self.problem.isVisible())
        # words of somebody else's lesson are not our own judgement: no serif
        role = Role.HEADLINE if model.is_shipped else Role.ANSWER
        self.headline.setFont(self.theme.font(role))
        self.headline.setText(words(step.say))
        self.steps.show_steps(
            [(words(each.title), words(each.note)) for each in model.lesson.step],
            model.number,
        )
        self.doing.setText(words(step.do))
        self.seeing.setText(words(step.see))
        bench = model.bench
        self.undo.setEnabled(bench is not None and bench.can_undo)
        self.redo.setEnabled(bench is not None and bench.can_redo)
        self.again.setEnabled(bench is not None and bench.can_undo)
        self._show_state()

    def _show_state(self) -> None:
        state = self.model.state
        copies = () if state is None else state.copies
        if [each.copy for each in copies] != list(self.rows):
            self._make_rows(copies)
        for each in copies:
            self._show_copy(each, copies)
        clear_layout(self._facts)
        for fact in () if state is None else state.facts:
            label = Label(self.theme, fact_words(fact), Role.BODY, wrap=True)
            self._facts.addWidget(label)
        anchor = None if state is None else state.anchor
        self.anchor.setVisible(anchor is not None)
        if anchor is not None:
            self.anchor.show_anchor(anchor)

    def _make_rows(self, copies: tuple[CopyState, ...]) -> None:
        clear_layout(self._rows)
        self.rows = {}
        for each in copies:
            named = self.model.lesson.row[each.copy]
            can_edit = each.copy != ORIGINAL
            row = CopyRow(
                self.theme,
                self.model.words(named.title),
                self.model.words(named.note),
                can_edit=can_edit,
            )
            row.blocks.chosen.connect(partial(self._choose_block, each.copy))
            row.blocks.edited.connect(partial(self.model.edit, each.copy))
            if can_edit:
                self._add_actions(row, each.copy)
            self._rows.addWidget(row)
            self.rows[each.copy] = row

    def _add_actions(self, row: CopyRow, copy: str) -> None:
        bench = self.model.bench
        if bench is None:
            return
        ledger = lesson_ledger(bench.now.copies[copy].ledger)
        offered: list[tuple[str, Doing]] = []
        if ledger.main_file.endswith(".jsonl"):
            offered = [
                (translate("Teach", "Re-hash this block"), Doing.REHASH_BLOCK),
                (translate("Teach", "Re-hash all"), Doing.REHASH),
            ]
        elif ledger.main_file.endswith(".dat"):
            offered = [(translate("Teach", "Find nonces from here"), Doing.MINE)]
        if ledger.keys:
            offered.append((translate("Teach", "Sign again"), Doing.SIGN))
        for text, kind in offered:
            row.add_action(text).clicked.connect(partial(self._do, copy, kind))

    def _do(self, copy: str, kind: Doing, _: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signature
        self.problem.hide()
        self.model.do(copy, kind, self._block_of(copy))

    def _block_of(self, copy: str) -> int:
        """Return the block that an action is meant for: the one chosen, else failed."""
        if self._chosen[0] == copy:
            return self._chosen[1]
        state = self.model.state
        for each in () if state is None else state.copies:
            if each.copy == copy:
                failed = [b.height for b in each.blocks if b.standing == "failed"]
                return failed[0] if failed else each.blocks[0].height
        return 0

    def _choose_block(self, copy: str, height: int) -> None:
        self._chosen = (copy, height)
        self._show_state()

    def _show_copy(self, copy: CopyState, copies: tuple[CopyState, ...]) -> None:
        row = self.rows[copy.copy]
        chosen = self._chosen[1] if self._chosen[0] == copy.copy else -1
        shown = row_shown(copy, copies[0], self.model.step.focus, chosen)
        row.blocks.show_row(shown)
        row.verdict.set_mark(mark_of_verdict(copy.verdict))
        others = " ".join(dict.fromkeys(map(sentence, copy.others)))
        row.title.setToolTip(others)

    def _tell(self, failure: Failure) -> None:
        self.problem.setText(f"{failure.problem} {failure.advice}".strip())
        self.problem.show()

    # -- files ------------------------------------------------------------------------

    def _open_menu(self) -> None:
        menu = QMenu(self)
        for text, act in (
            (translate("Teach", "Load a lesson…"), self._load),
            (translate("Teach", "Save picture…"), self._save_picture),
            (translate("Teach", "Save handout…"), self._save_handout),
            (translate("Teach", "Save as web page…"), self._save_web_page),
        ):
            menu.addAction(text, act)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _load(self) -> None:
        title = translate("Teach", "Load a lesson")
        name, _ = QFileDialog.getOpenFileName(self, title, "", "TOML (*.toml)")
        if name:
            self.model.load(Path(name))

    def _save_picture(self) -> None:
        self._save(
            translate("Teach", "Save picture"), "png", "PNG (*.png);;SVG (*.svg)"
        )

    def _save_handout(self) -> None:
        self._save(translate("Teach", "Save handout"), "handout.html", "HTML (*.html)")

    def _save_web_page(self) -> None:
        self._save(translate("Teach", "Save as web page"), "html", "HTML (*.html)")

    def _save(self, title: str, ending: str, kinds: str) -> None:
        base = f"{self.model.lesson.name}-{self.model.number + 1}.{ending}"
        name, _ = QFileDialog.getSaveFileName(self, title, base, kinds)
        if name:
            self.save_to(Path(name), is_handout=ending.startswith("handout"))

    def save_to(self, path: Path, *, is_handout: bool = False) -> None:
        """Write a picture, a handout or a web page, by the ending of ``path``."""
        from explorer.gui.views.teach_export import save_lesson, save_picture

        try:
            if path.suffix.lower() in {".png", ".svg"}:
                save_picture(path, self.theme, self.model)
            else:
                language = current_language()
                save_lesson(path, self.model.lesson, language, is_handout=is_handout)
        except (OSError, ExplorerError) as error:
            self._tell(Failure(str(error)))
