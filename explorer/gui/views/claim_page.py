"""Claim check: what is said about a thing, and what the records say to it.

Sections 9.6 and 16 of the design. The claim table is the body; beside it stand the two
blocks that are never merged, the map and the time line. The page works without any
ledger: then nothing supports a claim, and it ends in questions to the brand.

Left out: reconciliation with a spreadsheet; its place is below the documents.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from explorer.core.absent import Absent
from explorer.core.errors import ExplorerError
from explorer.core.text import printable
from explorer.gui.design.controls import (
    Button,
    ButtonKind,
    Card,
    Label,
    LineEdit,
    SectionHeader,
)
from explorer.gui.design.tokens import (
    HEIGHT_HOP_ROW,
    SPACE_L,
    SPACE_S,
    SPACE_XXL,
    Role,
    Token,
)
from explorer.gui.messages import Failure
from explorer.gui.translations import current_language, translate
from explorer.gui.viewmodels.case import CaseModel, PageName, Place, Selection, Visit
from explorer.gui.viewmodels.claim_cells import (
    claim_heads,
    claim_rows,
    hand_heads,
    hand_rows,
)
from explorer.gui.viewmodels.claims import ClaimModel, Draft
from explorer.gui.viewmodels.overview import record_lines_for
from explorer.gui.viewmodels.wording import breakable, short_hash
from explorer.gui.views.card_grid import CardGrid
from explorer.gui.views.cell_table import CellTable
from explorer.gui.views.choices import ComboBox
from explorer.gui.views.claim_export import (
    SheetExport,
    SheetForm,
    form_words,
    write_sheet,
)
from explorer.gui.views.claim_parts import (
    CodeBar,
    ExhibitsCard,
    QuestionsCard,
    Silences,
    TwoBlocks,
    question_key,
)
from explorer.gui.views.claim_pictures import MapCard, TimeCard, is_place_list
from explorer.gui.views.lines import LineList
from explorer.gui.views.page import Page
from explorer.model.claim_sheets import (
    ClaimRow,
    EntryPlace,
    Sayer,
    Topic,
    TypedClaim,
)
from explorer.reports.claim_words import (
    citation,
    sayer_word,
    sheet_headline,
    topic_word,
    word,
)
from explorer.session.claims_desk import Checked, default_name
from explorer.session.outlines import read_outline, read_places

ONE_COLUMN_BELOW = 1120
"""Px of the page's contents below which everything stands in one column."""


@dataclass(frozen=True, slots=True)
class ClaimMemory:
    """What the user typed, the sheet so far, and how far down the page was."""

    draft: Draft
    checked: Checked
    scrolled: int


class ClaimPage(Page):
    """One thing, what is claimed of it, and what stands behind each claim."""

    start_wanted = Signal()
    """Back to the start page, where no ledger is open."""
    ledger_wanted = Signal()
    """Open a ledger beside the claims."""

    def title(self) -> str:
        """Return the name of the page."""
        return translate("Claim", "Claim check")

    def show_case(self, case: CaseModel) -> None:
        """Build the page over ``case`` and follow it."""
        self._case = case
        self._candidates: list[Button] = []
        self.model = ClaimModel(case, self)
        self._make_parts()
        self._lay_out()
        self._connect()
        self._show()

    # -- parts ------------------------------------------------------------------------

    def _make_parts(self) -> None:
        theme = self.theme
        self._headline = Label(theme, "", Role.HEADLINE, wrap=True)
        self._lead = Label(theme, "", Role.BODY, Token.INK2, wrap=True)
        self._fiction = Label(
            theme, word("fiction", current_language()), Role.SMALL_STRONG, Token.WARN
        )
        self.save = Button(theme, translate("Claim", "Save sheet…"), ButtonKind.PRIMARY)
        self.bar = CodeBar(theme)
        self.table = CellTable(
            theme,
            claim_heads(),
            (180, 0, 118, 150, 108),
            row_px=HEIGHT_HOP_ROW,
            most_rows=18,
        )
        self.table.setAccessibleName(translate("Claim", "Claims"))
        self._choose_area = QWidget()
        self._choose_list = QVBoxLayout(self._choose_area)
        self._choose_list.setContentsMargins(0, 0, 0, 0)
        self.silences = Silences(theme)
        self.hands = CellTable(
            theme, hand_heads(), (0, 180, 200, 62), row_px=HEIGHT_HOP_ROW
        )
        self.blocks = TwoBlocks(theme)
        self.map_card = MapCard(theme)
        self.time_card = TimeCard(theme)
        self.exhibits = ExhibitsCard(theme)
        self.questions = QuestionsCard(theme)
        self.records = LineList(theme)
        self._records_card = self._make_records_card()

    def _lay_out(self) -> None:
        theme = self.theme
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll = scroll
        column = QWidget()
        layout = QVBoxLayout(column)
        side, top = theme.whole_px(SPACE_XXL), theme.whole_px(16)
        layout.setContentsMargins(side, top, side, top)
        layout.setSpacing(theme.whole_px(SPACE_L))
        layout.addLayout(self._head())
        layout.addWidget(self.bar)
        self._grid = CardGrid(theme, (65, 35), half_px=ONE_COLUMN_BELOW)
        self._rest, self._rest_left = QWidget(), QWidget()
        self._hands_card = self._make_hands_card()
        layout.addWidget(self._grid)
        layout.addStretch(1)
        scroll.setWidget(column)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        self._claims_card = self._make_claims_card()

    def _head(self) -> QHBoxLayout:
        theme = self.theme
        row = QHBoxLayout()
        row.setSpacing(theme.whole_px(SPACE_S))
        texts = QVBoxLayout()
        texts.setSpacing(theme.whole_px(2))
        for each in (self._headline, self._lead, self._fiction):
            texts.addWidget(each)
        row.addLayout(texts, 1)
        if not self.model.has_ledger:
            start = Button(theme, translate("Claim", "Back to start"))
            start.clicked.connect(self.start_wanted)
            ledger = Button(theme, translate("Claim", "Open a ledger…"))
            ledger.clicked.connect(self.ledger_wanted)
            for button in (start, ledger):
                row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.save, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _make_claims_card(self) -> Card:
        theme = self.theme
        card = Card(theme)
        title = translate("Claim", "Claims and what stands behind them")
        head = SectionHeader(theme, title)
        self._cite = Button(theme, translate("Claim", "Copy citation"), ButtonKind.LINK)
        self._cite.clicked.connect(self.copy_citation)
        self._remove = Button(theme, translate("Claim", "Take back"), ButtonKind.LINK)
        self._remove.clicked.connect(self._remove_claim)
        head.add_action(self._remove)
        head.add_action(self._cite)
        self._none = Label(theme, "", Role.BODY, Token.INK3, wrap=True)
        card.body.addWidget(head)
        card.body.addWidget(self._choose_area)
        card.body.addWidget(self.table)
        card.body.addWidget(self._none)
        card.body.addLayout(self._typing())
        card.body.addSpacing(theme.whole_px(SPACE_S))
        card.body.addWidget(self.silences)
        card.body.addStretch(1)
        return card

    def _typing(self) -> QVBoxLayout:
        theme, language = self.theme, current_language()
        self._topic, self._sayer = ComboBox(theme), ComboBox(theme)
        for topic in (Topic.FREE, *(each for each in Topic if each in _TYPED)):
            self._topic.addItem(topic_word(topic, language), topic.value)
        for sayer in Sayer:
            self._sayer.addItem(sayer_word(sayer, language), sayer.value)
        self._topic.setAccessibleName(translate("Claim", "What it is about"))
        self._sayer.setAccessibleName(translate("Claim", "Who says it"))
        hint = translate("Claim", "Type or paste what is claimed")
        self.claim_field = LineEdit(theme, hint)
        self.claim_field.returnPressed.connect(self._add_claim)
        add = Button(theme, translate("Claim", "Add claim"))
        add.clicked.connect(self._add_claim)
        choices = QHBoxLayout()
        choices.setSpacing(theme.whole_px(SPACE_S))
        choices.addWidget(self._topic, 1)
        choices.addWidget(self._sayer, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.whole_px(SPACE_S))
        row.addWidget(self.claim_field, 1)
        row.addWidget(add)
        column = QVBoxLayout()
        column.setSpacing(theme.whole_px(6))
        column.addLayout(choices)
        column.addLayout(row)
        return column

    def _make_hands_card(self) -> Card:
        theme = self.theme
        card = Card(theme)
        note = translate("Claim", "as the records name them")
        head = SectionHeader(theme, word("hands", current_language()), note)
        card.body.addWidget(head)
        card.body.addWidget(self.hands)
        return card

    def _make_records_card(self) -> Card:
        theme = self.theme
        card = Card(theme)
        title = translate("Claim", "Records that do not fit together")
        card.body.addWidget(SectionHeader(theme, title))
        note = translate(
            "Claim",
            "Inconsistent with one another under a rule; that does not say which is "
            "wrong, or why.",
        )
        card.body.addWidget(Label(theme, note, Role.SMALL, Token.INK2, wrap=True))
        card.body.addWidget(self.records)
        return card

    def _connect(self) -> None:
        model = self.model
        self.records.visit_wanted.connect(self._visit_here)
        model.sheet_changed.connect(self._show)
        model.failed.connect(self._tell_failure)
        model.told.connect(self._lead.setText)
        model.busy_changed.connect(self._show_busy)
        self.bar.check_wanted.connect(self._check)
        self.bar.photo_wanted.connect(self._choose_document)
        self.exhibits.add_wanted.connect(self._choose_document)
        self.exhibits.forget_wanted.connect(model.forget_exhibit)
        self.questions.replied.connect(model.reply)
        self.map_card.file_wanted.connect(self._choose_map)
        self.save.clicked.connect(self._offer_save)
        self.table.entry_chosen.connect(self._select)
        self.hands.entry_chosen.connect(self._select)
        for signal in (
            self.table.entry_opened,
            self.hands.entry_opened,
            self.map_card.entry_opened,
            self.time_card.entry_opened,
            self.exhibits.open_wanted,
        ):
            signal.connect(self._open)
        self.table.selectionModel().currentRowChanged.connect(self._show_actions)

    # -- arriving and leaving ---------------------------------------------------------

    def go_to(self, place: Place) -> None:
        """Check the thing of a place."""
        self.model.follow(place)

    def memory(self) -> object:
        """Return what was typed."""
        scrolled = self._scroll.verticalScrollBar().value()
        return ClaimMemory(self.model.draft, self.model.checked, scrolled)

    def recall(self, memory: object) -> None:
        """Go on with what another page of this kind left."""
        if isinstance(memory, ClaimMemory):
            self.model.recall(memory.draft, memory.checked)
            self._scroll.verticalScrollBar().setValue(memory.scrolled)

    def add_files(self, paths: Sequence[Path]) -> None:
        """Attach dropped photos and documents."""
        self.model.attach(paths)

    # -- showing ----------------------------------------------------------------------

    def _show(self) -> None:
        sheet, language = self.model.sheet, current_language()
        self._headline.setText(sheet_headline(sheet, language))
        self._lead.setText(self._lead_text())
        self._fiction.setVisible(sheet.is_fictional)
        self.bar.show_code(self.model.code, self.model.draft.asked)
        rows = claim_rows(sheet)
        self.table.show_rows(rows)
        self.table.setVisible(bool(rows))
        self._none.setVisible(not rows)
        self._none.setText(self._nothing_yet())
        self._offer_candidates(sheet.candidates)
        self.silences.show_topics(sheet.silent)
        self.hands.show_rows(hand_rows(sheet))
        self.blocks.show_sheet(sheet)
        lines = record_lines_for(self._case.ledger_report(), sheet)
        self.records.show_lines(lines)
        self._records_card.setVisible(bool(lines))
        if sheet.item:
            self.map_card.show_places(self.model.places(), self.model.draft.outline)
            self.time_card.show_sheet(sheet)
        self.exhibits.show_exhibits(sheet.exhibits, has_ledger=sheet.has_ledger)
        self.questions.show_questions(sheet.questions, self.model.draft.replies)
        self._arrange(has_item=bool(sheet.item), has_records=bool(lines))
        self._show_actions()

    def _arrange(self, *, has_item: bool, has_records: bool) -> None:
        own = (self._hands_card, self.map_card, self.time_card)
        for card in own:
            card.setVisible(has_item)
        left: list[QWidget] = [self.blocks, self._claims_card]
        right: list[QWidget] = [self.exhibits, self.questions, self._rest]
        if has_item:
            left.append(self._hands_card)
        if has_records:
            left.insert(1, self._records_card)
        if has_item:
            right = [self.map_card, self.time_card, *right]
        self._grid.show_columns(([*left, self._rest_left], right))

    def _lead_text(self) -> str:
        sheet = self.model.sheet
        if sheet.item:
            name = printable(sheet.item, 90)
            digest = short_hash(sheet.evidence_digest)
            text = translate(
                "Claim", "{0} · evidence SHA-256 {1} · every line opens its entry"
            )
            return breakable(text.format(name, digest))
        if not sheet.has_ledger:
            return word("no-ledger", current_language())
        return translate(
            "Claim", "Paste a code, drop a photo of it, or choose a thing to trace."
        )

    def _nothing_yet(self) -> str:
        sheet = self.model.sheet
        if sheet.has_ledger:
            return translate("Claim", "No claim was typed, and no thing was found yet.")
        return translate(
            "Claim",
            "Type or paste what the seller says, one claim after the other: the place, "
            "the grade, the certificate, the number of scans.",
        )

    def _offer_candidates(self, candidates: Sequence[str]) -> None:
        while item := self._choose_list.takeAt(0):
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for thing in candidates[:12]:
            button = Button(self.theme, printable(thing, 90), ButtonKind.LINK)
            button.clicked.connect(lambda _=False, one=thing: self._check(one))
            left = Qt.AlignmentFlag.AlignLeft
            self._choose_list.addWidget(button, 0, left)
        self._choose_area.setVisible(bool(candidates))

    def _show_actions(self) -> None:
        row = self._claim_chosen()
        self._cite.setEnabled(row is not None)
        is_typed = row is not None and not isinstance(row.sayer, Absent)
        self._remove.setEnabled(is_typed)

    def _show_busy(self, busy: object) -> None:
        if busy:
            self._lead.setText(translate("Claim", "Looking…"))
        else:
            self._lead.setText(self._lead_text())

    def _tell_failure(self, failure: Failure) -> None:
        self._lead.setText(f"{failure.problem} {failure.advice}".strip())

    # -- acting -----------------------------------------------------------------------

    def _visit_here(self, visit: Visit) -> None:
        self.visit_wanted.emit(visit.within(self._case.ledger))

    def _check(self, text: str) -> None:
        self.model.check(text)

    def _add_claim(self) -> None:
        topic = Topic(self._topic.currentData())
        sayer = Sayer(self._sayer.currentData())
        text = self.claim_field.text().strip()
        self.model.add_claim(TypedClaim(topic, text, sayer))
        self.claim_field.clear()

    def _claim_chosen(self) -> ClaimRow | None:
        number, rows = self.table.currentIndex().row(), self.model.sheet.rows
        return rows[number] if 0 <= number < len(rows) else None

    def _remove_claim(self) -> None:
        row = self._claim_chosen()
        if row is not None and not isinstance(row.sayer, Absent):
            self.model.remove_claim(TypedClaim(row.topic, row.claimed, row.sayer))

    def copy_citation(self) -> None:
        """Copy sentence, entries, digest and limits of the line that is selected."""
        row = self._claim_chosen()
        if row is not None:
            text = citation(self.model.sheet, row, current_language())
            QGuiApplication.clipboard().setText(text)

    def _select(self, entry: EntryPlace) -> None:
        if self.model.sheet.has_ledger:
            self._case.select(self._place(entry))

    def _open(self, entry: EntryPlace) -> None:
        if self.model.sheet.has_ledger:
            self.visit_wanted.emit(Visit(PageName.INSPECT, self._place(entry)))

    def _place(self, entry: EntryPlace) -> Selection:
        item = self.model.sheet.item
        return Selection(self._case.ledger, entry.block, entry.entry, item=item)

    def _choose_document(self) -> None:
        title = translate("Claim", "Choose photos or documents")
        names, _ = QFileDialog.getOpenFileNames(self, title)
        if names:
            self.add_files([Path(name) for name in names])

    def _choose_map(self) -> None:
        title = translate("Claim", "Choose a list of places or a map")
        kinds = translate(
            "Claim", "Places (*.csv *.txt);;Maps (*.geojson *.topojson *.json)"
        )
        name, _ = QFileDialog.getOpenFileName(self, title, "", kinds)
        if name:
            self.load_map(Path(name))

    def load_map(self, path: Path) -> None:
        """Take places or lines from a file; what goes wrong is said on the page."""
        try:
            if is_place_list(path):
                self.model.set_places(read_places(path))
                return
            self._load_geojson(path)
        except ExplorerError as error:
            self._lead.setText(printable(str(error), 200))

    def _load_geojson(self, path: Path) -> None:
        try:
            self.model.set_outline(read_outline(path))
        except ExplorerError:
            self.model.set_places(read_places(path))

    # -- saving -----------------------------------------------------------------------

    def exported(self) -> SheetExport:
        """Return what an export holds."""
        sheet, replies = self.model.sheet, self.model.draft.replies
        known = {
            number: replies[key]
            for number, each in enumerate(sheet.questions)
            if (key := question_key(each)) in replies
        }
        return SheetExport(sheet, self._case.report, known, datetime.now(UTC))

    def _offer_save(self) -> None:
        menu = QMenu(self)
        for form, words in form_words().items():
            action = menu.addAction(words)
            action.triggered.connect(lambda _=False, one=form: self._save(one))
        low = QPoint(0, self.save.height())
        menu.popup(self.save.mapToGlobal(low))

    def _save(self, form: SheetForm) -> None:
        title = translate("Claim", "Save the claim sheet")
        name = default_name(self.model.sheet, form.value)
        kinds = f"{form_words()[form]} (*.{form.value})"
        chosen, _ = QFileDialog.getSaveFileName(self, title, name, kinds)
        if chosen:
            self.save_to(Path(chosen), form)

    def save_to(self, path: Path, form: SheetForm) -> None:
        """Write the sheet to a file; what goes wrong is said on the page."""
        pictures = self.map_card.map, self.time_card.line
        try:
            write_sheet(path, form, self.exported(), *pictures)
        except ExplorerError as error:
            self._lead.setText(printable(str(error), 200))
        else:
            text = translate("Claim", "Written to {0}")
            self._lead.setText(text.format(printable(path.name, 60)))


_TYPED = frozenset(Topic) - {Topic.FREE, Topic.CODE, Topic.SHARES}
"""What a typed claim may be about, besides anything else."""
