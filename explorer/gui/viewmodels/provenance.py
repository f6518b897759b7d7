"""What the provenance page shows: the item chosen, its trace, the hop selected.

The graph of the ledger is kept in the query thread; the trace runs on all of it, never
on what is drawn. A newer question supersedes an older one.

Left out: quantities as widths; notes on nodes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from explorer.core.absent import Absent
from explorer.core.text import printable
from explorer.gui.messages import Failure
from explorer.gui.translations import translate
from explorer.gui.viewmodels.case import CaseModel, Place, Selection
from explorer.gui.viewmodels.provenance_building import (
    make_scene,
    nodes_to_describe,
)
from explorer.gui.viewmodels.provenance_scene import (
    OPENED_AT_MOST,
    LaneMode,
    Scene,
    Wishes,
)
from explorer.gui.viewmodels.provenance_words import (
    fact_word,
    hop_relation,
    hop_second,
    hop_time,
    hop_title,
    label_of,
    place_text,
)
from explorer.gui.viewmodels.wording import counted
from explorer.model.statements import FactGrade, LinkGrade
from explorer.model.verdicts import LedgerReport
from explorer.provenance.hops import REVISION, Hop
from explorer.provenance.trace import Direction, Trace
from explorer.session.evidence_ladder import Rung
from explorer.session.tracing import (
    Choices,
    Neighbours,
    TraceAnswer,
    Tracer,
    grade_counts,
)
from explorer.store.queries import CaseReader
from explorer.store.statement_queries import ThingFound

_AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


DRAWN_AT_ONCE = 2_000
"""Things of a trace whose picture is made in the window's thread."""


@dataclass(frozen=True, slots=True)
class _Traced:
    answer: TraceAnswer
    values: Mapping[int, bytes]
    wishes: Wishes
    scene: Scene


class _Tracers:
    """The tracer of the ledger shown; used in the query thread only."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._tracer: Tracer | None = None

    def get(self, reader: CaseReader, ledger: int, era: int) -> Tracer:
        key = (reader, ledger, era)
        if self._tracer is None or self._key != key:
            self._tracer, self._key = Tracer(reader, ledger), key
        return self._tracer


class ProvenanceModel(QObject):
    """The item, its trace and what is drawn of it."""

    answer_changed = Signal()
    """``answer`` is another one, or ``None``."""
    scene_changed = Signal()
    choices_changed = Signal(object)
    """``session.tracing.Choices`` for what was typed last."""
    neighbours_found = Signal(object)
    """``session.tracing.Neighbours`` of the thing that was asked about."""
    hop_changed = Signal(object)
    """Position of the hop selected in ``Trace.hops``; -1 for none."""
    busy_changed = Signal(object)
    failed = Signal(object)
    """``messages.Failure``"""

    def __init__(self, case: CaseModel, parent: QObject | None = None) -> None:
        """Follow ``case``; nothing is traced until an item is chosen."""
        super().__init__(parent)
        self._case = case
        self._tracers = _Tracers()
        self._paths = case.paths
        self._era = 0
        self._values: Mapping[int, bytes] = {}
        self._hop = -1
        self.item = ""
        self.direction = Direction.BACK
        self.answer: TraceAnswer | None = None
        self.scene = Scene()
        self.wishes = Wishes()
        self.is_busy = False
        case.selection_changed.connect(self.follow)
        case.report_changed.connect(self._refresh)
        case.ledger_changed.connect(self._refresh)

    # -- choosing -------------------------------------------------------------------

    def suggest(self, text: str) -> None:
        """Look for things whose identifier or label holds ``text``."""
        self._ask(lambda tracer, _: tracer.choices(text), self._offer, key="choices")

    def _offer(self, choices: Choices) -> None:
        self.choices_changed.emit(choices)

    def trace(self, item: str, direction: Direction | None = None) -> None:
        """Trace what ``item`` names."""
        if item != self.item:
            self.wishes = replace(self.wishes, opened={}, neighbours={})
        self.item = item
        self.direction = direction or self.direction
        if not self.item.strip():
            self._take(None)
            return
        wanted, way, wishes = self.item, self.direction, self.wishes
        self._set_busy(busy=True)
        self._ask(
            lambda tracer, report: _traced(tracer, wanted, way, report, wishes),
            self._take,
            key="trace",
        )

    def turn(self, direction: Direction) -> None:
        """Trace the same item the other way."""
        self.trace(self.item, direction)

    def follow(self, place: Place) -> None:
        """Trace the item of a place; select the hop of its entry."""
        if place.item and place.item not in {self.item, self._item_traced()}:
            self.trace(place.item)
        if place.height is not None:
            self._select_place(place)

    def _item_traced(self) -> str:
        answer = self.answer
        if answer is None or isinstance(answer.trace, Absent):
            return self.item
        return answer.trace.item

    def _refresh(self) -> None:
        self._era += 1
        if self._case.paths != self._paths:
            self._paths = self._case.paths
            self.trace(self._case.selection.item)
        elif self.item:
            self.trace(self.item)

    def _take(self, traced: _Traced | None) -> None:
        self._set_busy(busy=False)
        self.answer = None if traced is None else traced.answer
        self._values = {} if traced is None else traced.values
        self._hop = -1
        if traced is not None and traced.wishes == self.wishes:
            self._take_scene(traced.scene)
        else:
            self._draw()
        self.answer_changed.emit()
        self._select_place(self._case.selection)
        if self._hop < 0:
            self._set_hop(self._making_hop())

    def _making_hop(self) -> int:
        """Return the hop that made the thing traced, to begin with; -1 for none."""
        trace = self.trace_shown
        if trace is None:
            return -1
        own = {node for each in trace.things if each.is_item for node in each.versions}
        made = [
            number
            for number, hop in enumerate(trace.hops)
            if hop.relation != REVISION and not own.isdisjoint(hop.targets)
        ]
        return made[-1] if made else len(trace.hops) - 1

    def _fail(self, failure: Failure) -> None:
        self._set_busy(busy=False)
        self.failed.emit(failure)

    def _set_busy(self, *, busy: bool) -> None:
        if busy != self.is_busy:
            self.is_busy = busy
            self.busy_changed.emit(busy)

    def _ask(
        self,
        work: Callable[[Tracer, LedgerReport | None], object],
        answered: Callable[..., None],
        *,
        key: str,
    ) -> None:
        ledger, era, tracers = self._case.ledger, self._era, self._tracers
        report = self._case.ledger_report()
        self._case.query.ask_rows(
            lambda reader: work(tracers.get(reader, ledger, era), report),
            answered,
            owner=self,
            key=key,
            failed=self._fail,
        )

    # -- what is drawn --------------------------------------------------------------

    @property
    def trace_shown(self) -> Trace | None:
        """Return the trace, if one was found."""
        if self.answer is None or isinstance(self.answer.trace, Absent):
            return None
        return self.answer.trace

    def wish(self, wishes: Wishes) -> None:
        """Draw as the user left it."""
        self.wishes = wishes
        self._draw()

    def set_lanes(self, lanes: LaneMode) -> None:
        """Let lanes stand for something else."""
        self.wishes = replace(self.wishes, lanes=lanes)
        self._draw()

    def open_folded(self, key: str, text: str) -> None:
        """Open those things of a folded node that hold ``text``."""
        opened = {**self.wishes.opened, key: text}
        self.wishes = replace(self.wishes, opened=opened)
        self._draw()

    def look_around(self, thing: str, text: str = "") -> None:
        """Count the neighbours of a thing, before any is drawn."""
        self._ask(
            lambda tracer, _: tracer.neighbours(thing, text, OPENED_AT_MOST),
            self._tell_neighbours,
            key="neighbours",
        )

    def _tell_neighbours(self, found: Neighbours) -> None:
        self.neighbours_found.emit(found)

    def add_neighbours(self, found: Neighbours) -> None:
        """Draw neighbours of a thing."""
        neighbours = {**self.wishes.neighbours, found.thing: found.found}
        self.wishes = replace(self.wishes, neighbours=neighbours)
        self._draw()

    def take_back(self, thing: str) -> None:
        """Draw the neighbours of a thing no longer."""
        neighbours = {k: v for k, v in self.wishes.neighbours.items() if k != thing}
        self.wishes = replace(self.wishes, neighbours=neighbours)
        self._draw()

    def _draw(self) -> None:
        """Make the picture anew; that of a large trace in the query thread."""
        answer, values, wishes = self.answer, self._values, self.wishes
        trace = self.trace_shown
        if answer is None:
            self._take_scene(Scene())
        elif trace is None or len(trace.things) <= DRAWN_AT_ONCE:
            self._take_scene(make_scene(answer, values, wishes))
        else:
            self._case.query.run(
                lambda: make_scene(answer, values, wishes),
                self._take_scene,
                owner=self,
                key="scene",
            )

    def _take_scene(self, scene: Scene) -> None:
        self.scene = scene
        self.scene_changed.emit()

    def grades(self) -> dict[FactGrade, int]:
        """Return how many hops have each grade, zero included."""
        trace = self.trace_shown
        return grade_counts(()) if trace is None else grade_counts(trace.hops)

    # -- hops -----------------------------------------------------------------------

    @property
    def hop(self) -> int:
        """Return the position of the hop selected; -1 for none."""
        return self._hop

    def select_hop(self, number: int) -> None:
        """Select a hop, and its entry everywhere."""
        trace = self.trace_shown
        if trace is None or not 0 <= number < len(trace.hops):
            return
        self._set_hop(number)
        self._case.select(self.place_of(trace.hops[number]))

    def place_of(self, hop: Hop) -> Selection:
        """Return the place of a hop's entry, with the item traced."""
        ledger = self._case.ledger
        return Selection(ledger, hop.block, hop.entry, item=self._item_traced())

    def rungs(self, number: int) -> tuple[Rung, ...]:
        """Return what stands behind a hop, lowest first."""
        trace, answer = self.trace_shown, self.answer
        if trace is None or answer is None or not 0 <= number < len(trace.hops):
            return ()
        hop = trace.hops[number]
        return answer.evidence.get((hop.block, hop.entry), ())

    def _select_place(self, place: Place) -> None:
        trace = self.trace_shown
        if trace is None or place.height is None:
            return
        wanted = (place.height, place.entry)
        current = self._hop
        if 0 <= current < len(trace.hops) and _stands_at(trace.hops[current], wanted):
            return
        for number, hop in enumerate(trace.hops):
            if _stands_at(hop, wanted):
                self._set_hop(number)
                return

    def _set_hop(self, number: int) -> None:
        if number != self._hop:
            self._hop = number
            self.hop_changed.emit(number)


def _traced(
    tracer: Tracer,
    item: str,
    way: Direction,
    report: LedgerReport | None,
    wishes: Wishes,
) -> _Traced:
    answer = tracer.trace(item, way, report)
    values: Mapping[int, bytes] = {}
    if not isinstance(answer.trace, Absent):
        values = tracer.values(nodes_to_describe(answer.trace))
    return _Traced(answer, values, wishes, make_scene(answer, values, wishes))


def _stands_at(hop: Hop, place: tuple[int, int | None]) -> bool:
    return hop.block == place[0] and place[1] in {None, hop.entry}


class HopRole(IntEnum):
    """Roles of ``PathModel`` besides the display text."""

    FACT = Qt.ItemDataRole.UserRole + 1
    """``FactGrade``, drawn as a stroke."""
    LINK = Qt.ItemDataRole.UserRole + 2
    """``LinkGrade``, written."""
    SECOND = Qt.ItemDataRole.UserRole + 3
    PLACE = Qt.ItemDataRole.UserRole + 4
    """``block:entry``"""
    IS_FAILED = Qt.ItemDataRole.UserRole + 5
    """Something that the hop stands on does not match."""


class PathModel(QAbstractListModel):
    """The hops of a trace, one a row: the table twin of the picture."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._trace: Trace | None = None
        self._failed: frozenset[int] = frozenset()
        self._organisations: Mapping[str, str] = {}

    def show(self, answer: TraceAnswer | None) -> None:
        """Show the hops of this answer."""
        self.beginResetModel()
        self._trace, self._failed = None, frozenset()
        if answer is not None and not isinstance(answer.trace, Absent):
            self._trace = answer.trace
            self._organisations = answer.organisations
            self._failed = frozenset(
                number
                for number, hop in enumerate(answer.trace.hops)
                if (hop.block, hop.entry) in answer.failed
            )
        self.endResetModel()

    def rowCount(self, parent: _AnyIndex = _NOWHERE) -> int:
        """Return how many hops there are."""
        return 0 if parent.isValid() or not self._trace else len(self._trace.hops)

    def data(self, index: _AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return texts and grades of one hop."""
        trace = self._trace
        if trace is None or not index.isValid() or index.row() >= len(trace.hops):
            return None
        hop = trace.hops[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return hop_title(trace, hop)
            case Qt.ItemDataRole.ToolTipRole:
                return self._spoken(index.row(), hop)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(index.row(), hop)
            case HopRole.SECOND:
                return hop_second(hop, self._organisations) or hop_relation(hop)
            case _:
                return self._fact(index.row(), hop, role)

    def _fact(self, row: int, hop: Hop, role: int) -> object:
        match role:
            case HopRole.FACT:
                return hop.fact
            case HopRole.LINK:
                return hop.link
            case HopRole.PLACE:
                return place_text(hop)
            case HopRole.IS_FAILED:
                return row in self._failed
            case _:
                return None

    def _spoken(self, row: int, hop: Hop) -> str:
        if self._trace is None:
            return ""
        link = (
            translate("Provenance", "record link enforced by the ledger’s rules")
            if hop.link is LinkGrade.ENFORCED
            else translate("Provenance", "record link named")
        )
        words = [
            f"{row + 1}. {hop_title(self._trace, hop)}",
            hop_relation(hop),
            hop_second(hop, self._organisations),
            hop_time(hop),
            translate("Provenance", "fact {0}").format(fact_word(hop.fact)),
            link,
            place_text(hop),
        ]
        if row in self._failed:
            words.append(translate("Provenance", "something it stands on differs"))
        return ", ".join(each for each in words if each)


def choice_second(found: ThingFound) -> str:
    """Return the second line of a suggestion: kind, and how often it is recorded."""
    times = counted(
        found.versions,
        translate("Provenance", "recorded once"),
        translate("Provenance", "recorded {0} times"),
    )
    kind = printable(found.kind, 40)
    return f"{kind} · {times}" if kind else times


def choice_title(found: ThingFound) -> str:
    """Return the first line of a suggestion."""
    return label_of(found.thing, found.label)
