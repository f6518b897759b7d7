"""Inspect: the list of blocks and entries, the fields of one block, and its bytes.

Design, sections 8, 9.3 and 15. The three panes are linked: a row shows its block, a
field lights its bytes, a byte selects the innermost field. At the right the panel that
explains a hash. Keys: F6 and Shift+F6 cycle the panes, E opens and closes the panel,
Ctrl+E copies the command.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from explorer.core.spans import ByteSpan
from explorer.gui.canvases.time_line import PARTS, TimeLine, filter_of
from explorer.gui.design.controls import Button, ButtonKind
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import SPACE_L, SPACE_M, SPACE_XL
from explorer.gui.messages import Failure
from explorer.gui.translations import translate
from explorer.gui.viewmodels.case import CaseModel, Place, Selection
from explorer.gui.viewmodels.copying import (
    MAX_COPIED_BYTES,
    CopyForm,
    bytes_text,
    row_text,
)
from explorer.gui.viewmodels.evidence_bytes import EvidenceBytes
from explorer.gui.viewmodels.fields import FieldsModel, name_text
from explorer.gui.viewmodels.inspect import ClaimLine, InspectModel
from explorer.gui.viewmodels.preferences import Preferences
from explorer.gui.viewmodels.rows import RowsModel, refusal_text
from explorer.gui.viewmodels.wording import counted, grouped, loose_text, place_text
from explorer.gui.views.filter_shelf import FilterShelf
from explorer.gui.views.inspect_bytes import BytesPanel, lit_spans
from explorer.gui.views.inspect_choices import choices_at
from explorer.gui.views.inspect_detail import (
    ClaimsModel,
    ClaimsView,
    FieldsView,
    span_of,
)
from explorer.gui.views.inspect_dock import PanelDock
from explorer.gui.views.inspect_explain import (
    Explained,
    ExplainPanel,
)
from explorer.gui.views.inspect_graph import BlocksPicture
from explorer.gui.views.inspect_list import RowsView, SearchLine
from explorer.gui.views.inspect_parts import Pane
from explorer.gui.views.page import Page
from explorer.model.blocks import NO_BLOCK
from explorer.model.ledgers import Field
from explorer.store.queries import CaseReader, Row
from explorer.store.time_queries import entry_times

FIELDS_TAB, CLAIMS_TAB = 0, 1
TIMES_TAB = 2


@dataclass(frozen=True, slots=True)
class InspectMemory:
    """How the user left the page."""

    searched: str
    is_narrowed: bool
    is_explaining: bool
    is_pinned: bool
    detail_tab: int
    list_tab: int
    sizes: tuple[tuple[int, ...], tuple[int, ...]]


class InspectPage(Page):
    """The page "Inspect"."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Make an empty page; ``show_case`` fills it."""
        super().__init__(theme, parent)
        self._case: CaseModel | None = None
        self._model: InspectModel | None = None
        self._field: Field | None = None
        self._line: ClaimLine | None = None
        self._rows = RowsModel(self)
        self._fields = FieldsModel(self)
        self._claims = ClaimsModel(self)
        self.explain = ExplainPanel(theme)
        self._body = QVBoxLayout()

    def title(self) -> str:
        """Return the name of the page."""
        return translate("Inspect", "Inspect")

    # -- building -------------------------------------------------------------------

    def show_case(self, case: CaseModel) -> None:
        """Show a case; called once."""
        theme = self.theme
        self._case = case
        self._model = model = InspectModel(case, self)
        self._rows.show_case(case)
        self.search = SearchLine(theme, model)
        self.list = RowsView(theme, self._rows)
        self.blocks = BlocksPicture(theme)
        self.blocks.show_case(case)
        self.times = TimeLine(theme)
        self.fields = FieldsView(theme, self._fields)
        self.claims = ClaimsView(theme, self._claims)
        self.bytes = BytesPanel(theme, EvidenceBytes(case, self))
        self._lay_out()
        self._connect(case, model)
        self._add_keys()
        self._tell_rows()
        if case.selection.height is not None:
            model.follow(case.selection)

    def _lay_out(self) -> None:
        theme = self.theme
        self._list_pane = Pane(
            theme,
            [
                (translate("Inspect", "Blocks and entries"), self.list),
                (translate("Inspect", "Block graph"), self.blocks),
                (translate("Inspect", "Time line"), self.times),
            ],
        )
        self._detail_pane = Pane(
            theme,
            [
                (translate("Inspect", "Fields"), self.fields),
                (translate("Inspect", "Claims"), self.claims),
            ],
        )
        self._bytes_pane = Pane(theme, [(translate("Inspect", "Bytes"), self.bytes)])
        self._explain_button = Button(
            theme, translate("Inspect", "Explain this hash (E)"), ButtonKind.LINK
        )
        self._bytes_pane.add_action(self._explain_button)
        self._across = _splitter(theme, Qt.Orientation.Horizontal)
        self._across.addWidget(self._list_pane)
        self._across.addWidget(self._detail_pane)
        self._across.setSizes([600, 400])
        self._along = _splitter(theme, Qt.Orientation.Vertical)
        self._along.addWidget(self._across)
        self._along.addWidget(self._bytes_pane)
        self._along.setSizes([540, 460])
        panes = QWidget()
        column = self._column = QVBoxLayout(panes)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.whole_px(SPACE_M))
        column.addWidget(self.search)
        column.addWidget(self._along, 1)
        margin = theme.whole_px(SPACE_XL)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(margin, theme.whole_px(SPACE_L), margin, margin)
        self._row.setSpacing(theme.whole_px(SPACE_L))
        self._row.addWidget(panes, 1)
        self._dock = PanelDock(self, self.explain, self._row, self._along)
        self._dock.placed.connect(self._show_explain_button)
        self._dock.place()

    def _connect(self, case: CaseModel, model: InspectModel) -> None:
        case.selection_changed.connect(self._follow)
        case.report_changed.connect(self._show_way)
        case.ledger_changed.connect(self._show_way)
        self._show_way()
        model.block_changed.connect(self._show_block)
        model.row_found.connect(self.list.show_number)
        model.hits_changed.connect(self._show_hits)
        model.failed.connect(self._tell_failure)
        self._rows.modelReset.connect(self._tell_rows)
        self._rows.rowsInserted.connect(self._tell_rows)
        self.search.next_wanted.connect(self._go_to_hit)
        self.search.narrow_wanted.connect(self._narrow)
        self.list.row_chosen.connect(self._choose_row)
        self.list.filter_wanted.connect(self.search.take)
        self.list.copy_wanted.connect(self.copy_row)
        self.blocks.block_chosen.connect(self._choose_height)
        self._list_pane.tab_changed.connect(self._show_graph)
        self.times.chosen.connect(self._filter_time)
        case.rows_changed.connect(self._ask_times)
        case.ledger_changed.connect(self._ask_times)
        self.fields.field_chosen.connect(self._choose_field)
        self.claims.claim_chosen.connect(self._choose_claim)
        self.bytes.byte_chosen.connect(self._choose_byte)
        self._explain_button.clicked.connect(self.toggle_explain)
        panel = self.explain
        panel.closed.connect(lambda: self._dock.open(is_open=False))
        panel.pinned.connect(self._dock.pin)
        panel.chosen.connect(self._explain_chosen)
        panel.part_hovered.connect(self._light_part)
        panel.part_chosen.connect(self._go_to_part)

    def _show_way(self, now: object = None) -> None:
        """Speak of blocks only where there are some; begin at the first row."""
        if now is not None and self.isVisible():
            self._start_at_first()
        has_blocks = self._case is None or self._case.has_blocks()
        text = (
            translate("Inspect", "Blocks and entries")
            if has_blocks
            else translate("Inspect", "Entries")
        )
        self._list_pane.set_tab_text(0, text)
        self._list_pane.set_tab_visible(1, is_visible=has_blocks)

    def _show_explain_button(self) -> None:
        self._explain_button.setVisible(not self._dock.is_open)

    def _add_keys(self) -> None:
        keys: tuple[tuple[str, Callable[[], None]], ...] = (
            ("E", self.toggle_explain),
            ("F6", lambda: self._cycle(1)),
            ("Shift+F6", lambda: self._cycle(-1)),
            ("Ctrl+E", self.explain.copy_command),
        )
        for key, action in keys:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)

    def keep_filters(self, preferences: Preferences) -> None:
        """Keep filters in ``preferences``; their chips stand below the filter line."""
        if self._model is None:
            return
        self.shelf = FilterShelf(self.theme, preferences, self._model)
        self.shelf.filter_wanted.connect(self.search.take)
        self.search.next_wanted.connect(lambda _: self.shelf.note())
        self._column.insertWidget(1, self.shelf)

    # -- arriving and leaving -------------------------------------------------------

    def go_to(self, place: Place) -> None:
        """Bring a place into view."""
        if self._model is None:
            return
        if place.height is None:
            self._arrive_without_block(place.span)
        self._model.follow(place)
        self._show_place(place)
        if place.explain:
            self._dock.open(is_open=True)
        self.list.setFocus()

    def _arrive_without_block(self, span: ByteSpan | None) -> None:
        """Show bytes that stand in no block; without bytes the first row."""
        report = None if self._case is None else self._case.report
        if span is None:
            self._start_at_first()
            return
        for each in () if report is None else report.sources:
            if each.source.index == span.source:
                self.bytes.show_file(span.source, each.source.size_bytes)
                self.bytes.light(span, ())
                self.bytes.go_to(span.start)

    def _start_at_first(self) -> None:
        """Show the first row where nothing was chosen yet."""
        case, model = self._case, self._model
        if case is None or model is None or model.shown is not None:
            return
        ledger = case.ledger

        def first(reader: CaseReader) -> list[Row]:
            start, count = reader.row_range(ledger)
            return reader.rows(start, 1) if count else []

        def choose(rows: list[Row]) -> None:
            if rows and model.shown is None and case.selection.height is None:
                self._choose_row(rows[0])

        case.query.ask_rows(first, choose, owner=self, key="first")

    def search_text(self, text: str) -> bool:
        """Search for ``text`` and go to the first row found."""
        if self._model is None:
            return False
        self.search.take(text)
        self.search.edit.setFocus()
        return True

    def memory(self) -> object:
        """Return how the user left the page."""
        if self._model is None:
            return None
        return InspectMemory(
            self._model.searched,
            self._rows.is_narrowed,
            self.is_explaining,
            self._dock.is_pinned,
            self._detail_pane.tab,
            self._list_pane.tab,
            (tuple(self._across.sizes()), tuple(self._along.sizes())),
        )

    def recall(self, memory: object) -> None:
        """Take what another page of this kind left."""
        if not isinstance(memory, InspectMemory) or self._model is None:
            return
        if memory.searched:
            self.search.take(memory.searched)
            self.search.only.setChecked(memory.is_narrowed)
        self._detail_pane.show_tab(memory.detail_tab)
        self._list_pane.show_tab(memory.list_tab)
        self._across.setSizes(list(memory.sizes[0]))
        self._along.setSizes(list(memory.sizes[1]))
        self.explain.set_pinned(pinned=memory.is_pinned)
        self._dock.open(is_open=memory.is_explaining)

    # -- the panel ------------------------------------------------------------------

    @property
    def is_explaining(self) -> bool:
        """Return whether the panel is open."""
        return self._dock.is_open

    def toggle_explain(self) -> None:
        """Open or close the panel."""
        self._dock.open(is_open=not self._dock.is_open)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the panel anew."""
        super().resizeEvent(event)
        if self._case is not None:
            self._dock.place()

    # -- selecting ------------------------------------------------------------------

    def _select(self, height: int, entry: int | None, span: ByteSpan | None) -> None:
        case = self._case
        if case is not None:
            item = case.selection.item
            case.select(Selection(case.ledger, height, entry, span, item))

    def _choose_row(self, row: Row) -> None:
        self._select(row.height, row.position if row.position >= 0 else None, None)

    def _choose_height(self, height: int) -> None:
        self._select(height, None, None)

    def _show_graph(self) -> None:
        if self._case is not None:
            self.blocks.follow(self._case.selection)
            self._ask_times()

    def _ask_times(self, _: object = None) -> None:
        """Ask for the entries over time, while they are looked at."""
        case = self._case
        if case is None or self._list_pane.tab != TIMES_TAB:
            return
        ledger = case.ledger
        case.query.ask_rows(
            lambda reader: entry_times(reader.database, ledger, PARTS),
            self.times.show_times,
            owner=self,
            key="times",
        )

    def _filter_time(self, first_us: int, last_us: int) -> None:
        text = filter_of(first_us, last_us)
        if text:
            self.search.take(text)

    def _choose_field(self, field: Field) -> None:
        model = self._model
        if model is None or model.shown is None:
            return
        span = span_of(field)
        height = model.shown.detail.block.height
        self._field = field
        if span is None:
            self._light()
            return
        self._select(height, self._entry_at(span), span)

    def _choose_byte(self, at: tuple[int, int]) -> None:
        source, offset = at
        self.fields.show_byte(source, offset)
        field = self.fields.current_field()
        if field is not None:
            self._choose_field(field)

    def _choose_claim(self, line: ClaimLine) -> None:
        self._line = line
        self._explain_claim(line)
        self._light()
        places = line.covered_places()
        self.bytes.go_to(places[0].start)

    def _entry_at(self, span: ByteSpan) -> int | None:
        model = self._model
        if model is None or model.shown is None:
            return None
        for entry in model.shown.detail.entries:
            outer = entry.span
            if outer.source == span.source and (
                outer.start <= span.start and span.end <= outer.end
            ):
                return entry.position
        return None

    def _follow(self, place: Place) -> None:
        if self.isVisible():
            self._show_place(place)

    def _show_place(self, place: Place) -> None:
        """Show fields, bytes and explanation of a place in the block shown."""
        model = self._model
        if model is None or not model.is_shown(place):
            return
        span = place.span or self._span_of_entry(place.entry)
        if span is None:
            self._field = self._top_field()
            self.fields.clearSelection()
        else:
            if self.fields.current_bytes() != span:
                self.fields.show_span(span)
            self._field = self.fields.current_field()
            if self._field is None and place.height == NO_BLOCK:
                self._field = self._top_field()
        self._explain_place(span)
        self._light()
        self._detail_pane.set_note(self._note_on(place))

    def _note_on(self, place: Place) -> str:
        """Return which block and entry are shown, and why an entry was refused."""
        model = self._model
        if model is None or model.shown is None:
            return ""
        where = self._where(place)
        for entry in model.shown.detail.entries:
            if entry.position == place.entry and entry.refused:
                text = translate("Inspect", "{0} · refused by the network: {1}")
                return text.format(where, refusal_text(entry.refused))
        return where

    def _where(self, place: Place) -> str:
        ledger = None if self._case is None else self._case.ledger_report()
        if place.height != NO_BLOCK or ledger is None:
            return place_text(place.height, place.entry)
        total = None if ledger.blocks else ledger.entries
        return loose_text(place.entry, ledger.entry_unit, total)

    def _span_of_entry(self, position: int | None) -> ByteSpan | None:
        model = self._model
        if model is None or model.shown is None or position is None:
            return None
        entries = model.shown.detail.entries
        return next((e.span for e in entries if e.position == position), None)

    def _top_field(self) -> Field | None:
        model = self._model
        if model is None or model.shown is None:
            return None
        block = model.shown.detail.block
        if block.height == NO_BLOCK:
            return Field("entry", "", block.span)
        text = translate("Inspect", "Block {0}").format(grouped(block.height))
        return Field(text, "", block.span)

    # -- showing --------------------------------------------------------------------

    def _show_block(self) -> None:
        model = self._model
        if model is None:
            return
        shown = model.shown
        self._line = None
        if shown is None:
            self._fields.show((), {})
            self._claims.show(())
            self._detail_pane.set_note("")
            self.bytes.show_file(0, 0)
            self.bytes.light(None, ())
            self.explain.show_explained(None, ())
            return
        detail = shown.detail
        self._fields.show(detail.fields, model.marks())
        self.fields.open_first()
        self._claims.show(model.claims)
        text = translate("Inspect", "Claims · {0}")
        self._detail_pane.set_tab_text(CLAIMS_TAB, text.format(len(model.claims)))
        span = detail.block.span
        self.bytes.show_file(span.source, model.file_size_bytes)
        self.bytes.go_to(span.start)
        if self._case is not None:
            self._show_place(self._case.selection)

    def _light(self) -> None:
        """Light the bytes of the field and of the claim explained."""
        model = self._model
        if model is None or model.shown is None:
            return
        field, source = self._field, model.shown.detail.block.span.source
        span = None if field is None else span_of(field)
        block = model.shown.detail.block
        is_block = span == block.span and block.height != NO_BLOCK
        shown = self.explain.shown
        linked = lit_spans(
            None if shown is None else shown.explanation,
            self._line,
            None if is_block else field,
            source,
        )
        self.bytes.light(None if is_block else span, linked)
        if span is not None and not is_block:
            self.bytes.go_to(span.start)
        self._inspect(field, span)
        note = counted(
            len(linked),
            translate("Inspect", "as they are in the file · 1 span lit"),
            translate("Inspect", "as they are in the file · {0} spans lit"),
        )
        self._bytes_pane.set_note(note)

    def _inspect(self, field: Field | None, span: ByteSpan | None) -> None:
        model = self._model
        if model is None or field is None or span is None:
            return
        read = ByteSpan(span.source, span.start, min(span.end, span.start + 256))
        size = grouped(span.size_bytes)
        text = translate("Inspect", "{0}, {1} bytes").format(name_text(field), size)
        claims = model.claims_at(span)

        def tell(data: bytes) -> None:
            self.bytes.inspector.show_bytes(text, span, data, claims)

        case = self._case
        if case is not None:
            case.query.ask(
                lambda _, shower: shower.read(read), tell, owner=self, key="inspected"
            )

    def copy_row(self, row: Row, form: CopyForm) -> None:
        """Put a row, or its bytes, into the clipboard."""
        case = self._case
        if case is None:
            return
        clipboard = QApplication.clipboard()
        if form not in {CopyForm.HEX, CopyForm.BASE64}:
            clipboard.setText(row_text(row, form, case))
            return
        span = row.span
        end = min(span.end, span.start + MAX_COPIED_BYTES)
        read = ByteSpan(span.source, span.start, end)
        case.query.ask(
            lambda _, shower: shower.read(read),
            lambda data: clipboard.setText(bytes_text(data, form)),
            owner=self,
            key="copied",
        )

    # -- explaining -----------------------------------------------------------------

    def _explain_place(self, span: ByteSpan | None) -> None:
        """Explain what stands closest to the place; the block's hash otherwise."""
        choices = self._choices(span)
        if not choices:
            self.explain.show_explained(None, ())
            return
        self._explain(choices[0], choices)

    def _choices(self, span: ByteSpan | None) -> list[Explained]:
        return [] if self._model is None else choices_at(self._model, span)

    def _explain_claim(self, line: ClaimLine) -> None:
        explanation = line.shown.explanation
        if explanation is None:
            return
        self._explain(Explained(explanation, line), self._choices(None))

    def _explain_chosen(self, explained: Explained) -> None:
        self._line = explained.line
        self._explain(explained, self._choices(None))
        self._light()

    def _explain(self, explained: Explained, choices: Sequence[Explained]) -> None:
        self._line = explained.line
        self.claims.show_claim(-1 if self._line is None else self._line.index)
        ledger = None if self._case is None else self._case.ledger_report()
        last = None if ledger is None else ledger.last
        self.explain.show_explained(explained, choices, last)

    def _light_part(self, number: int | None) -> None:
        """Light the bytes of a part of the hash explained."""
        place = self._place_of_part(number)
        if place is not None:
            self.bytes.go_to(place.start)

    def _go_to_part(self, number: int) -> None:
        place = self._place_of_part(number)
        if place is not None:
            self._choose_byte((place.source, place.start))

    def _place_of_part(self, number: int | None) -> ByteSpan | None:
        shown = self.explain.shown
        if number is None or shown is None:
            return None
        parts = shown.explanation.parts
        place = parts[number].place if 0 <= number < len(parts) else None
        return place if isinstance(place, ByteSpan) else None

    # -- search ---------------------------------------------------------------------

    def _show_hits(self) -> None:
        model = self._model
        if model is None:
            return
        self._rows.mark_hits(() if model.is_filter else model.hits)
        if model.filter_error is not None:
            return  # what was shown before stays until the expression is understood
        if model.is_filter or self.search.only.isChecked() or self._rows.is_narrowed:
            is_wanted = model.is_filter or self.search.only.isChecked()
            shown = model.hits if model.searched and is_wanted else None
            self._rows.show_only(shown)
        if model.hits and not self._rows.is_narrowed:
            self._go_to_hit(1)

    def _go_to_hit(self, step: int) -> None:
        model, case = self._model, self._case
        number = None if model is None else model.next_hit(step)
        if number is None or case is None:
            return
        self.search.tell_position()
        self.list.show_number(number)
        wanted = number
        case.query.ask_rows(
            lambda reader: reader.rows(wanted, 1),
            lambda rows: self._choose_row(rows[0]) if rows else None,
            owner=self,
            key="hit",
        )

    def _narrow(self, narrowed: object) -> None:
        model = self._model
        if model is not None:
            self._rows.show_only(model.hits if narrowed else None)

    def _tell_rows(self) -> None:
        total = self._rows.rowCount()
        if self._rows.is_narrowed:
            text = counted(
                total,
                translate("Inspect", "1 match"),
                translate("Inspect", "{0} match"),
            )
        else:
            text = counted(
                total, translate("Inspect", "1 row"), translate("Inspect", "{0} rows")
            )
        self._list_pane.set_note(text)

    def _tell_failure(self, failure: Failure) -> None:
        self._detail_pane.set_note(failure.problem)

    # -- keyboard -------------------------------------------------------------------

    def _cycle(self, step: int) -> None:
        """Move the keyboard to the next pane."""
        detail = self.fields if self._detail_pane.tab == FIELDS_TAB else self.claims
        first = self.list if self._list_pane.tab == 0 else self.blocks.graph
        panes: list[QWidget] = [first, detail, self.bytes.pane]
        if self.is_explaining:
            panes.append(self.explain.command.text)
        panes.append(self.search.edit)
        focus = QApplication.focusWidget()
        current = next((n for n, each in enumerate(panes) if each is focus), -1)
        panes[(current + step) % len(panes)].setFocus(
            Qt.FocusReason.ShortcutFocusReason
        )


def _splitter(theme: Theme, orientation: Qt.Orientation) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setHandleWidth(theme.whole_px(SPACE_M))
    splitter.setChildrenCollapsible(False)
    splitter.setStyleSheet("QSplitter::handle{background:transparent}")
    return splitter
