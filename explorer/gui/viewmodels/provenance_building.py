"""Builds the scene of a trace: columns, lanes, steps, documents, attempts, folding.

Columns are steps: a thing stands one column right of the last thing it came from; the
columns carry the ledger's own words for what was done. Lanes are who keeps the record.
What happened to the traced item afterwards follows it as steps. Documents stand in the
column of what they are about; refused attempts are struck; more than ``FOLD_ABOVE``
things of one kind in one place become one folded node that opens on demand.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from explorer.core.absent import Absent
from explorer.core.text import printable
from explorer.gui.translations import translate
from explorer.gui.viewmodels.provenance_lanes import columns_of, named_lane
from explorer.gui.viewmodels.provenance_scene import (
    FOLD_ABOVE,
    HUB_DEGREE,
    NO_WISHES,
    OPENED_AT_MOST,
    LaneMode,
    Scene,
    SceneEdge,
    SceneLane,
    SceneNode,
    Shape,
    Wishes,
)
from explorer.gui.viewmodels.provenance_words import (
    ORIGIN_ROOM_PX,
    PLAIN_ROOM_PX,
    label_of,
    plain_line,
)
from explorer.gui.viewmodels.wording import grouped, time_text
from explorer.model.statements import FactGrade
from explorer.provenance.folding import TraceThing, weakest_fact
from explorer.provenance.hops import ABOUT, REVISION, Hop
from explorer.provenance.records import Place
from explorer.provenance.trace import Direction, Trace
from explorer.session.tracing import Neighbour, TraceAnswer

MAX_COLUMNS = 8
"""Columns beyond which steps of one lane behind the item share a node."""

MAX_STEPS = 12
"""Steps drawn behind the item; the table has all."""

MAX_HEAD_WORDS = 2


def make_scene(
    answer: TraceAnswer, values: Mapping[int, bytes], wishes: Wishes = NO_WISHES
) -> Scene:
    """Return what is drawn of an answer; empty if nothing was traced.

    ``values`` holds what was recorded of some nodes, for the second line of a title.
    """
    if isinstance(answer.trace, Absent):
        return Scene(is_fictional=answer.is_fictional)
    return _Builder(answer, answer.trace, values, wishes).scene()


@dataclass(frozen=True, slots=True)
class _Draft:
    """A node before lanes have numbers."""

    node: SceneNode
    lane: str
    kind: str
    order: tuple[int, int]


class _Builder:
    """Builds one scene; used once."""

    def __init__(
        self,
        answer: TraceAnswer,
        trace: Trace,
        values: Mapping[int, bytes],
        wishes: Wishes,
    ) -> None:
        self._answer = answer
        self._trace = trace
        self._values = values
        self._wishes = wishes
        self._drafts: dict[str, _Draft] = {}
        self._edges: list[SceneEdge] = []
        self._alias: dict[str, str] = {}
        self._verbs: dict[int, dict[str, None]] = defaultdict(dict)
        self._item_kind = next((e.kind for e in trace.things if e.is_item), "")
        self._documents = {
            trace.things[each.target].thing
            for each in trace.links
            if each.relation == ABOUT
        }

    def scene(self) -> Scene:
        columns = self._columns()
        for index, thing in enumerate(self._trace.things):
            self._add_thing(thing, columns[index])
        for link in self._trace.links:
            ends = [
                self._trace.things[each].thing for each in (link.source, link.target)
            ]
            about = link.relation == ABOUT
            self._join(ends[0], ends[1], link.fact, link.hops, about=about)
        self._add_steps(columns)
        self._add_beside(self._trace.about, is_struck=False)
        self._add_beside(self._trace.attempts, is_struck=True)
        self._add_neighbours()
        self._fold()
        return self._finished()

    # -- things and steps -----------------------------------------------------------

    def _columns(self) -> list[int]:
        """Return a column for each thing: one more than the last it came from."""
        trace = self._trace
        places = []
        for thing in trace.things:
            first = trace.versions[thing.versions[0]]
            places.append((first.block, first.entry))
        links = [(each.source, each.target) for each in trace.links]
        return columns_of(places, links)

    def _add_thing(self, thing: TraceThing, column: int) -> None:
        trace = self._trace
        first = trace.versions[thing.versions[0]]
        place = (first.block, first.entry)
        act = trace.acts.get(place)
        if act is not None and act.what:
            self._verbs[column][act.what] = None
        label = label_of(thing.thing, thing.label)
        shape = self._shape(thing)
        node = SceneNode(
            thing.thing,
            label,
            self._second(thing.versions, thing.label, thing.kind, shape),
            shape,
            column,
            0,
            (thing.thing,),
            place,
            thing.hops,
            is_path=True,
            is_item=thing.is_item,
            is_failed=place in self._answer.failed,
            badge=thing.degree if thing.degree > HUB_DEGREE else 0,
        )
        self._put(node, self._lane_of(place, thing.kind), thing.kind)

    def _shape(self, thing: TraceThing) -> Shape:
        if thing.thing in self._documents:
            return Shape.DOCUMENT
        if thing.is_item or (thing.kind == self._item_kind and thing.kind):
            return Shape.ITEM
        if thing.is_end and self._trace.direction is Direction.BACK:
            return Shape.ORIGIN
        return Shape.THING

    def _second(
        self, nodes: Sequence[int], label: str, kind: str, shape: Shape = Shape.THING
    ) -> str:
        room = ORIGIN_ROOM_PX if shape is Shape.ORIGIN else PLAIN_ROOM_PX
        for node in reversed(nodes):
            text = plain_line(self._values.get(node, b""), label, kind, room)
            if text:
                return text
        return printable(kind, 40)

    def _lane_of(self, place: Place, kind: str) -> str:
        if self._wishes.lanes is LaneMode.NONE:
            return ""
        if self._wishes.lanes is LaneMode.KIND:
            return kind
        act = self._trace.acts.get(place)
        return "" if act is None else self._organisation(act.agent)

    def _organisation(self, agent: str) -> str:
        return self._answer.organisations.get(agent, agent)

    def _put(self, node: SceneNode, lane: str, kind: str) -> None:
        order = node.place or (1 << 62, 0)
        self._drafts.setdefault(node.key, _Draft(node, lane, kind, order))

    def _join(
        self,
        source: str,
        target: str,
        fact: FactGrade,
        hops: tuple[int, ...],
        *,
        about: bool = False,
    ) -> None:
        edge = SceneEdge(source, target, fact, hops, is_path=True, is_about=about)
        self._edges.append(edge)

    def _add_steps(self, columns: Sequence[int]) -> None:
        """Let what happened to the item itself follow it, entry by entry."""
        trace = self._trace
        item = next((e for e in trace.things if e.is_item), None)
        if item is None or trace.direction is not Direction.BACK:
            return
        before = item.thing
        column = columns[trace.things.index(item)]
        groups = self._joined(self._step_groups(item), MAX_COLUMNS - column - 1)
        for group in groups[:MAX_STEPS]:
            hop = trace.hops[group[0]]
            column += 1
            key = f"step/{hop.block}/{hop.entry}"
            step = self._step(key, group, column)
            self._put(step, self._step_lane(hop), "")
            self._verbs[column][step.title] = None
            self._join(before, key, hop.fact, tuple(group))
            before = key

    def _step_groups(self, item: TraceThing) -> list[list[int]]:
        """Return the item's revisions, those of one kind in a row as one step."""
        groups: list[list[int]] = []
        for number in item.hops:
            hop = self._trace.hops[number]
            if hop.relation != REVISION:
                continue
            last = self._trace.hops[groups[-1][-1]] if groups else None
            said = (hop.what, self._organisation(hop.agent), hop.fact)
            if last is not None and said == (
                last.what,
                self._organisation(last.agent),
                last.fact,
            ):
                groups[-1].append(number)
            else:
                groups.append([number])
        return groups

    def _joined(self, groups: list[list[int]], room: int) -> list[list[int]]:
        """Join steps of one lane, the last ones first, until they find room."""
        found = [list(each) for each in groups]
        at = len(found) - 1
        while len(found) > max(1, room) and at > 0:
            lanes = [
                self._step_lane(self._trace.hops[found[place][0]])
                for place in (at - 1, at)
            ]
            if lanes[0] == lanes[1]:
                found[at - 1] += found.pop(at)
            at -= 1
        return found

    def _step(self, key: str, group: Sequence[int], column: int) -> SceneNode:
        hops = [self._trace.hops[each] for each in group]
        places = [(hop.block, hop.entry) for hop in hops]
        days = [
            time_text(hop.time_us)[:10]
            for hop in (hops[0], hops[-1])
            if not isinstance(hop.time_us, Absent)
        ]
        return SceneNode(
            key,
            _steps_title(hops),
            days[0] if days else "",
            Shape.STEP,
            column,
            0,
            (self._trace.item,),
            places[0],
            tuple(group),
            is_path=True,
            is_failed=not self._answer.failed.isdisjoint(places),
        )

    def _step_lane(self, hop: Hop) -> str:
        return (
            self._organisation(hop.agent)
            if self._wishes.lanes is LaneMode.PARTY
            else ""
        )

    # -- beside the path ------------------------------------------------------------

    def _add_beside(self, hops: Iterable[Hop], *, is_struck: bool) -> None:
        """Draw documents about things on the path, and refused attempts."""
        for hop in hops:
            versions = self._trace.versions
            sources = [versions[each].thing for each in hop.sources]
            known = [each for each in sources if each in self._drafts]
            if not known:
                continue
            for number in hop.targets:
                version = versions[number]
                is_known = version.thing in self._drafts
                if is_known and not is_struck:
                    continue
                key = version.thing
                if is_struck:
                    key = f"attempt/{hop.block}/{hop.entry}/{version.thing}"
                    known = known[:1]
                node = self._beside(key, hop, number, known[0], is_struck=is_struck)
                self._put(
                    node,
                    self._lane_of((hop.block, hop.entry), version.kind),
                    version.kind,
                )
                self._edges += [
                    SceneEdge(
                        each, key, hop.fact, is_about=not is_struck, is_struck=is_struck
                    )
                    for each in known
                    if each != key
                ]

    def _beside(
        self, key: str, hop: Hop, number: int, anchor: str, *, is_struck: bool
    ) -> SceneNode:
        version = self._trace.versions[number]
        at = self._drafts[anchor].node.column
        if is_struck and version.thing == anchor:
            title = printable(hop.what, 40) or translate("Provenance", "attempt")
        else:
            title = label_of(version.thing, version.label)
        second = self._second((number,), version.label, version.kind)
        return SceneNode(
            key,
            title,
            translate("Provenance", "refused") if is_struck else second,
            Shape.STEP if is_struck else Shape.DOCUMENT,
            at + 1 if is_struck else at,
            0,
            (version.thing,),
            (hop.block, hop.entry),
            is_struck=is_struck,
        )

    def _add_neighbours(self) -> None:
        for thing, found in self._wishes.neighbours.items():
            anchor = self._drafts.get(thing)
            if anchor is None:
                continue
            for each in found[:OPENED_AT_MOST]:
                self._add_neighbour(anchor.node, each)

    def _add_neighbour(self, anchor: SceneNode, each: Neighbour) -> None:
        if each.thing in self._drafts:
            return
        step, act = each.step, each.act
        away = 0 if step.relation == ABOUT else -1 if each.is_source else 1
        agent = "" if isinstance(act, Absent) else self._organisation(act.agent)
        lane = {LaneMode.PARTY: agent, LaneMode.KIND: each.kind}
        node = SceneNode(
            each.thing,
            label_of(each.thing, each.label),
            printable(each.kind, 40),
            Shape.DOCUMENT if step.relation == ABOUT else Shape.THING,
            anchor.column + away,
            0,
            (each.thing,),
            (step.block, step.entry),
        )
        self._put(node, lane.get(self._wishes.lanes, ""), each.kind)
        ends = (each.thing, anchor.key) if each.is_source else (anchor.key, each.thing)
        about = step.relation == ABOUT
        self._edges.append(SceneEdge(*ends, step.fact, is_about=about))

    # -- folding --------------------------------------------------------------------

    def _fold(self) -> None:
        """Fold many things of one kind, column and lane into one node."""
        groups: dict[tuple[int, str, str, Shape, bool, bool], list[_Draft]]
        groups = defaultdict(list)
        for draft in self._drafts.values():
            node = draft.node
            if node.is_item or (node.shape is Shape.STEP and node.is_path):
                continue
            state = (node.is_path, node.is_struck)
            key = (node.column, draft.lane, draft.kind, node.shape, *state)
            groups[key].append(draft)
        for members in groups.values():
            if len(members) > FOLD_ABOVE:
                self._fold_group(members)

    def _fold_group(self, members: Sequence[_Draft]) -> None:
        first = members[0]
        key = f"folded/{first.node.column}/{first.lane}/{first.kind}/{first.node.shape}"
        wanted = self._wishes.opened.get(key)
        hidden = list(members)
        if wanted is not None:
            hidden = hidden_members(members, wanted)
        if not hidden:
            return
        nodes = [each.node for each in hidden]
        count = sum(max(1, len(each.things)) for each in nodes)
        kind = printable(first.kind, 24)
        title = f"{grouped(count)} × {kind}" if kind else grouped(count)
        folded = replace(
            first.node,
            key=key,
            title=title,
            second=translate("Provenance", "filter to open"),
            shape=Shape.FOLDED,
            things=tuple(thing for each in nodes for thing in each.things),
            place=None,
            hops=tuple(sorted({hop for each in nodes for hop in each.hops})),
            is_failed=any(each.is_failed for each in nodes),
            badge=count,
        )
        for each in hidden:
            self._alias[each.node.key] = key
            del self._drafts[each.node.key]
        self._drafts[key] = _Draft(folded, first.lane, first.kind, first.order)

    def _merged_edges(self) -> tuple[SceneEdge, ...]:
        """Return the edges with folded ends, those between the same two as one."""
        found: dict[tuple[str, str, bool, bool], list[SceneEdge]] = defaultdict(list)
        for edge in self._edges:
            source = self._alias.get(edge.source, edge.source)
            target = self._alias.get(edge.target, edge.target)
            if source != target and source in self._drafts and target in self._drafts:
                found[source, target, edge.is_about, edge.is_struck].append(edge)
        return tuple(
            SceneEdge(
                source,
                target,
                weakest_fact([each.fact for each in edges]),
                tuple(sorted({hop for each in edges for hop in each.hops})),
                is_path=any(each.is_path for each in edges),
                is_about=is_about,
                is_struck=is_struck,
            )
            for (source, target, is_about, is_struck), edges in found.items()
        )

    # -- columns and lanes ----------------------------------------------------------

    def _finished(self) -> Scene:
        drafts = sorted(self._drafts.values(), key=lambda each: each.order)
        least = min((each.node.column for each in drafts), default=0)
        lanes = self._lanes(drafts)
        numbers = {lane: number for number, (lane, _) in enumerate(lanes)}
        nodes = tuple(
            replace(each.node, column=each.node.column - least, lane=numbers[each.lane])
            for each in drafts
        )
        width = 1 + max((each.column for each in nodes), default=-1)
        return Scene(
            tuple(self._head(column + least) for column in range(width)),
            tuple(lane for _, lane in lanes),
            nodes,
            self._merged_edges(),
            self._answer.is_fictional,
        )

    def _head(self, column: int) -> str:
        """Return the ledger's words for what made the things of a column."""
        words = list(self._verbs.get(column, ()))
        shown = " · ".join(printable(each, 24) for each in words[:MAX_HEAD_WORDS])
        return shown + (" …" if len(words) > MAX_HEAD_WORDS else "")

    def _lanes(self, drafts: Sequence[_Draft]) -> list[tuple[str, SceneLane]]:
        """Return the lanes, the earliest column first, the unnamed one last."""
        first: dict[str, tuple[bool, int, Place]] = {}
        places: dict[str, list[Place | None]] = defaultdict(list)
        for each in drafts:
            rank = (not each.lane, each.node.column, each.order)
            first[each.lane] = min(first.get(each.lane, rank), rank)
            places[each.lane].append(each.node.place)
        mode, evidence = self._wishes.lanes, self._answer.evidence
        return [
            (lane, named_lane(mode, lane, places[lane], evidence))
            for lane in sorted(first, key=first.__getitem__)
        ]


def _steps_title(hops: Sequence[Hop]) -> str:
    """Return what was done, in the ledger's words, each once with how often."""
    counts: dict[str, int] = {}
    for hop in hops:
        word = printable(hop.what, 40) or translate("Provenance", "recorded again")
        counts[word] = counts.get(word, 0) + 1
    return " · ".join(
        word if count == 1 else f"{word} × {grouped(count)}"
        for word, count in counts.items()
    )


def hidden_members(members: Sequence[_Draft], wanted: str) -> list[_Draft]:
    """Return which members stay folded when those that hold ``wanted`` are opened."""
    text = wanted.strip().lower()
    shown = [
        each.node.key
        for each in members
        if any(text in thing.lower() for thing in each.node.things)
    ]
    opened = set(shown[:OPENED_AT_MOST])
    return [each for each in members if each.node.key not in opened]


def nodes_to_describe(trace: Trace) -> list[int]:
    """Return the nodes whose recorded values make second lines: the last of each thing.

    At most some hundreds; the rest are shown by their kind.
    """
    last = [each.versions[-1] for each in trace.things[:400]]
    beside = [
        number
        for hop in (*trace.about[:200], *trace.attempts[:50])
        for number in hop.targets
    ]
    return list(dict.fromkeys([*last, *beside]))
