"""Provenance: where a thing comes from, or where it went (design, sections 7 and 16).

A headline that says no more than the grades behind it, the picture of the path in lanes
and steps, beside it the path hop by hop with the evidence of the hop selected, and what
the path does not settle. The table is the twin of the picture: selecting a hop selects
the node, the entry and its bytes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QCursor, QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from explorer.core.errors import ExplorerError
from explorer.core.text import printable
from explorer.gui.canvases.graph_picture import MenuWish, TraceWish, picture_of
from explorer.gui.canvases.provenance_canvas import ProvenanceCanvas
from explorer.gui.design.theme import Theme
from explorer.gui.messages import Failure
from explorer.gui.translations import translate
from explorer.gui.viewmodels.case import (
    CaseModel,
    PageName,
    Phase,
    Place,
    Selection,
    Visit,
)
from explorer.gui.viewmodels.provenance import PathModel, ProvenanceModel
from explorer.gui.viewmodels.provenance_scene import (
    OPENED_AT_MOST,
    SceneNode,
    Shape,
    Wishes,
)
from explorer.gui.viewmodels.provenance_words import headline, limit_line
from explorer.gui.viewmodels.wording import grouped
from explorer.gui.views.page import Page
from explorer.gui.views.provenance_choose import Chooser, FilterBox
from explorer.gui.views.provenance_export import (
    Exported,
    ExportForm,
    form_words,
    suggested_name,
    write_export,
)
from explorer.gui.views.provenance_frame import Head, LegendBar, SidePanel, body_of
from explorer.provenance.trace import Direction
from explorer.session.tracing import Choices, Neighbours

OVERLAY_BELOW_PX = 1100
"""A narrower page shows the path over the picture."""


@dataclass(frozen=True, slots=True)
class ProvenanceMemory:
    """How the user left the page."""

    item: str
    direction: Direction
    wishes: Wishes
    hop: int


class ProvenancePage(Page):
    """The page "Provenance"."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Make an empty page; ``show_case`` fills it."""
        super().__init__(theme, parent)
        self._case: CaseModel | None = None
        self._model: ProvenanceModel | None = None
        self._crowd: SceneNode | None = None
        self._around: Neighbours | None = None
        self._wanted_hop = -1
        self.path = PathModel(self)
        self.head = Head(theme, self)
        self.canvas = ProvenanceCanvas(theme)
        self.legend = LegendBar(theme)
        self.side = SidePanel(theme, self.path)
        self.chooser = Chooser(theme)
        self.filter_box = FilterBox(theme, self.canvas)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.chooser)
        self._stack.addWidget(body_of(theme, self.canvas, self.legend, self.side))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self._stack, 1)

    def title(self) -> str:
        """Return the name of the page."""
        return translate("Provenance", "Provenance")

    def show_case(self, case: CaseModel) -> None:
        """Show a case; called once."""
        self._case = case
        self._model = model = ProvenanceModel(case, self)
        self._connect_model(case, model)
        self._connect_parts(model)
        self._show_answer()
        if case.selection.item:
            model.follow(case.selection)
        else:
            model.suggest("")

    def _connect_model(self, case: CaseModel, model: ProvenanceModel) -> None:
        model.answer_changed.connect(self._show_answer)
        model.scene_changed.connect(self._draw)
        model.choices_changed.connect(self._offer)
        model.hop_changed.connect(self._show_hop)
        model.neighbours_found.connect(self._tell_neighbours)
        model.failed.connect(self._tell_failure)
        model.busy_changed.connect(lambda busy: self.head.set_busy(busy=bool(busy)))
        case.report_changed.connect(lambda _: self._suggest_again())
        case.ledger_changed.connect(lambda _: self._suggest_again())

    def _connect_parts(self, model: ProvenanceModel) -> None:
        head = self.head
        head.search.suggestions_wanted.connect(model.suggest)
        head.search.item_chosen.connect(self._trace)
        head.direction_wanted.connect(model.turn)
        head.lanes_wanted.connect(model.set_lanes)
        head.play_wanted.connect(self.canvas.play)
        head.fit_wanted.connect(self.canvas.fit)
        head.path_wanted.connect(self._toggle_side)
        head.claim.clicked.connect(self._check_claim)
        self.chooser.thing_chosen.connect(self._trace)
        self.chooser.kind_chosen.connect(model.suggest)
        self.side.path.hop_chosen.connect(model.select_hop)
        self.side.path.hop_opened.connect(self._open_hop)
        self.side.open_entry.clicked.connect(lambda: self._open_hop(model.hop))
        self.side.export.clicked.connect(self._offer_export)
        canvas = self.canvas
        canvas.node_selected.connect(self._select_node)
        canvas.node_opened.connect(self._open_node)
        canvas.expand_requested.connect(self._expand)
        canvas.trace_requested.connect(self._trace_node)
        canvas.menu_requested.connect(self._offer_menu)
        self.filter_box.text_changed.connect(self._count_crowd)
        self.filter_box.add_wanted.connect(self._open_crowd)

    # -- arriving and leaving -------------------------------------------------------

    def go_to(self, place: Place) -> None:
        """Trace the item of a place, and select the hop of its entry."""
        if self._model is not None:
            self._model.follow(place)

    def memory(self) -> object:
        """Return how the user left the page."""
        model = self._model
        if model is None:
            return None
        return ProvenanceMemory(model.item, model.direction, model.wishes, model.hop)

    def recall(self, memory: object) -> None:
        """Take what another page of this kind left."""
        model = self._model
        if not isinstance(memory, ProvenanceMemory) or model is None:
            return
        self._wanted_hop = memory.hop
        model.trace(memory.item, memory.direction)
        model.wish(memory.wishes)

    # -- showing --------------------------------------------------------------------

    def _show_answer(self) -> None:
        model = self._model
        if model is None:
            return
        answer, trace = model.answer, model.trace_shown
        self.path.show(answer)
        self.head.show_item(model.item, model.direction, has_trace=trace is not None)
        self.legend.show_counts(model.grades())
        self.side.show_trace(trace)
        has_picture = trace is not None and bool(trace.nodes)
        self._stack.setCurrentIndex(1 if has_picture else 0)
        if answer is None:
            self.head.show_words(*self._welcome())
            return
        self.head.show_words(headline(answer), limit_line(answer))
        if trace is None:
            model.suggest(answer.asked)
        elif self._wanted_hop >= 0:
            model.select_hop(self._wanted_hop)
        elif trace.hops and model.hop < 0:
            self._show_hop(-1)
        self._wanted_hop = -1

    def _welcome(self) -> tuple[str, str]:
        case = self._case
        if case is not None and case.phase is Phase.CHECKING:
            return (
                translate("Provenance", "What do you want to trace?"),
                translate("Provenance", "The ledger is still being checked."),
            )
        return (
            translate("Provenance", "What do you want to trace?"),
            translate(
                "Provenance",
                "Type a code, or choose a thing below. The trace runs on the whole "
                "ledger.",
            ),
        )

    def _draw(self) -> None:
        model = self._model
        if model is not None:
            self.canvas.set_picture(picture_of(model.scene))

    def _suggest_again(self) -> None:
        model = self._model
        if model is not None and model.answer is None:
            self.head.show_words(*self._welcome())
            model.suggest("")

    def _offer(self, choices: Choices) -> None:
        self.head.search.offer(choices)
        model = self._model
        if model is None or model.trace_shown is not None:
            return
        if choices.kinds:
            text = translate("Provenance", "Things that records here speak of")
        else:
            text = self._nothing_told()
        self.chooser.show_choices(text, choices)

    def _nothing_told(self) -> str:
        """Say that no thing is known, and after the check what would help."""
        if self._case is None or self._case.phase is Phase.CHECKING:
            return translate(
                "Provenance", "No record in this ledger speaks of things, so far."
            )
        return translate(
            "Provenance",
            "No record here was understood as speaking of things. A mapping profile "
            "can say which fields name them; for a table see the menu Tools.",
        )

    def _tell_failure(self, failure: Failure) -> None:
        self.head.show_words(failure.problem, failure.advice)

    # -- hops and nodes -------------------------------------------------------------

    def _show_hop(self, number: int) -> None:
        model = self._model
        if model is None:
            return
        trace = model.trace_shown
        self.side.path.show_hop(number)
        if trace is None or not 0 <= number < len(trace.hops):
            self.side.show_evidence(-1, None, ())
            return
        hop = trace.hops[number]
        self.side.show_evidence(number, hop, model.rungs(number))
        selected = self._node(self.canvas.selected_key())
        if selected is None or number not in selected.hops:
            key = self._node_of_hop(number, (hop.block, hop.entry))
            self.canvas.select(key)

    def _node_of_hop(self, number: int, place: tuple[int, int]) -> str:
        """Return the node that a hop made, else one that it touches."""
        model = self._model
        nodes = (
            []
            if model is None
            else [each for each in model.scene.nodes if number in each.hops]
        )
        made = [each for each in nodes if each.place == place]
        found = made or nodes[-1:]
        return found[0].key if found else ""

    def _node(self, key: str) -> SceneNode | None:
        model = self._model
        if model is None or not key:
            return None
        return next((each for each in model.scene.nodes if each.key == key), None)

    def _select_node(self, key: str) -> None:
        node, model, case = self._node(key), self._model, self._case
        if node is None or model is None or case is None:
            return
        trace = model.trace_shown
        if trace is not None and node.hops:
            made = [
                each
                for each in node.hops
                if (trace.hops[each].block, trace.hops[each].entry) == node.place
            ]
            model.select_hop((made or list(node.hops))[0])
        elif node.place is not None:
            case.select(self._place(node.place))

    def _place(self, place: tuple[int, int]) -> Selection:
        case, model = self._case, self._model
        ledger = 0 if case is None else case.ledger
        trace = None if model is None else model.trace_shown
        item = "" if trace is None else trace.item
        return Selection(ledger, place[0], place[1], item=item)

    def _open_node(self, key: str) -> None:
        node = self._node(key)
        if node is not None and node.place is not None:
            place = self._place(node.place)
            self.visit_wanted.emit(Visit(PageName.INSPECT, place))

    def _open_hop(self, number: int) -> None:
        model = self._model
        trace = None if model is None else model.trace_shown
        if trace is not None and 0 <= number < len(trace.hops):
            hop = trace.hops[number]
            place = self._place((hop.block, hop.entry))
            self.visit_wanted.emit(Visit(PageName.INSPECT, place))

    # -- tracing --------------------------------------------------------------------

    def _trace(self, item: str) -> None:
        case, model = self._case, self._model
        if case is None or model is None:
            return
        model.trace(item)
        place = Selection(case.ledger, item=item)
        self.visit_wanted.emit(Visit(PageName.PROVENANCE, place))

    def _check_claim(self) -> None:
        case, model = self._case, self._model
        trace = None if model is None else model.trace_shown
        if case is not None and trace is not None:
            place = Selection(case.ledger, item=trace.item)
            self.visit_wanted.emit(Visit(PageName.CLAIM, place))

    def _trace_node(self, wish: TraceWish) -> None:
        node, model = self._node(wish.key), self._model
        if node is not None and model is not None and len(node.things) == 1:
            model.trace(node.things[0], wish.direction)

    def _offer_menu(self, wish: MenuWish) -> None:
        node = self._node(wish.key)
        if node is None:
            return
        menu = QMenu(self)
        key = node.key
        actions: list[tuple[str, Callable[[], None], bool]] = [
            (
                translate("Provenance", "Open the entry"),
                lambda: self._open_node(key),
                node.place is not None,
            ),
            (
                translate("Provenance", "Trace back from here"),
                lambda: self._trace_node(TraceWish(key, Direction.BACK)),
                len(node.things) == 1,
            ),
            (
                translate("Provenance", "Trace forward from here"),
                lambda: self._trace_node(TraceWish(key, Direction.FORWARD)),
                len(node.things) == 1,
            ),
            (
                translate("Provenance", "Show what is around it"),
                lambda: self._expand(key),
                True,
            ),
        ]
        for text, act, is_possible in actions:
            action = menu.addAction(text)
            action.triggered.connect(act)
            action.setEnabled(is_possible)
        menu.popup(QPoint(wish.x, wish.y))

    # -- crowds ---------------------------------------------------------------------

    def _expand(self, key: str) -> None:
        """Open a folded node, or what is around a thing; ask first if it is much."""
        node, model = self._node(key), self._model
        if node is None or model is None:
            return
        self._crowd, self._around = node, None
        if node.shape is not Shape.FOLDED:
            if node.things[0] in model.wishes.neighbours:
                model.take_back(node.things[0])
            else:
                model.look_around(node.things[0])
        elif len(node.things) <= OPENED_AT_MOST:
            model.open_folded(node.key, "")
        else:
            text = translate("Provenance", "{0} things stand here")
            self._open_box(text.format(grouped(len(node.things))))
            self._count_crowd("")

    def _open_box(self, title: str) -> None:
        canvas = self.canvas
        at = canvas.mapFromGlobal(QCursor.pos())
        if not canvas.rect().contains(at):
            at = canvas.rect().center()
        self.filter_box.open_at(at, title)

    def _count_crowd(self, text: str) -> None:
        crowd, model = self._crowd, self._model
        if crowd is None or model is None:
            return
        if crowd.shape is Shape.FOLDED:
            wanted = text.strip().lower()
            matching = sum(wanted in each.lower() for each in crowd.things)
            self.filter_box.tell(matching, len(crowd.things))
        else:
            model.look_around(crowd.things[0], text)

    def _tell_neighbours(self, found: Neighbours) -> None:
        crowd, model = self._crowd, self._model
        if crowd is None or model is None or crowd.things[:1] != (found.thing,):
            return
        is_asking = self._around is not None
        self._around = found
        if not is_asking and found.total <= OPENED_AT_MOST:
            model.add_neighbours(found)
            return
        if not self.filter_box.isVisible():
            text = translate("Provenance", "{0} things are around {1}")
            name = printable(crowd.title, 40)
            self._open_box(text.format(grouped(found.total), name))
        self.filter_box.tell(found.matching, found.total)

    def _open_crowd(self, text: str) -> None:
        crowd, model = self._crowd, self._model
        if crowd is None or model is None:
            return
        if crowd.shape is Shape.FOLDED:
            model.open_folded(crowd.key, text)
        elif self._around is not None:
            model.add_neighbours(self._around)

    # -- exporting ------------------------------------------------------------------

    def _offer_export(self) -> None:
        menu = QMenu(self)
        for form, words in form_words().items():
            action = menu.addAction(words)
            action.triggered.connect(lambda _=False, one=form: self._export(one))
        button = self.side.export
        menu.popup(button.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def exported(self) -> Exported | None:
        """Return what an export would hold; nothing without a trace."""
        model, case = self._model, self._case
        trace = None if model is None else model.trace_shown
        if trace is None or case is None or model is None or model.answer is None:
            return None
        is_fictional = model.answer.is_fictional
        return Exported(trace, case.report, is_fictional, datetime.now(UTC))

    def _export(self, form: ExportForm) -> None:
        exported = self.exported()
        if exported is None:
            return
        title = translate("Provenance", "Export path")
        name = suggested_name(exported.trace, [form.value])
        chosen, _ = QFileDialog.getSaveFileName(
            self, title, name, f"{form_words()[form]} (*.{form.value})"
        )
        if chosen:
            self.export_to(Path(chosen), form)

    def export_to(self, path: Path, form: ExportForm) -> None:
        """Write the path to a file; what goes wrong is said on the page."""
        exported = self.exported()
        if exported is None:
            return
        try:
            write_export(path, form, exported, self.canvas)
        except ExplorerError as error:
            self.side.tell(str(error))
        else:
            text = translate("Provenance", "Written to {0}")
            self.side.tell(text.format(printable(path.name, 60)))

    # -- narrow windows -------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the path over the picture where there is no room beside it."""
        super().resizeEvent(event)
        is_narrow = self.width() < self.theme.whole_px(OVERLAY_BELOW_PX)
        self.head.show_path_button(is_narrow=is_narrow)
        self.side.setVisible(not is_narrow)

    def _toggle_side(self) -> None:
        self.side.setVisible(not self.side.isVisible())
