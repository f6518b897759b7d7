"""What is drawn of a trace, as plain values: nodes, edges, lanes, columns.

``provenance_building`` makes a scene; the canvas decides where in its lane a node
stands and how edges run.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from explorer.model.statements import FactGrade
from explorer.provenance.records import Place
from explorer.session.tracing import Neighbour

FOLD_ABOVE = 6
"""Things of one kind, column and lane that are drawn one by one."""

OPENED_AT_MOST = 50
"""Things that a folded node, or a hub, adds at once."""

HUB_DEGREE = 50
"""From more neighbours on, a thing carries their count and asks before it opens."""


class LaneMode(StrEnum):
    """What a lane stands for."""

    PARTY = "party"
    KIND = "kind"
    NONE = "none"


class Shape(StrEnum):
    """What a node is; each has its own outline."""

    ORIGIN = "origin"
    THING = "thing"
    ITEM = "item"
    DOCUMENT = "document"
    STEP = "step"
    FOLDED = "folded"


@dataclass(frozen=True, slots=True)
class SceneNode:
    """One node of the picture."""

    key: str
    title: str
    second: str
    shape: Shape
    column: int
    lane: int
    things: tuple[str, ...]
    """Identifiers it stands for; several if it is folded."""
    place: Place | None
    """The entry that made it."""
    hops: tuple[int, ...] = ()
    """Positions in ``Trace.hops`` that it is an end of."""
    is_path: bool = False
    is_item: bool = False
    is_struck: bool = False
    is_failed: bool = False
    """Something that its entry stands on does not match."""
    badge: int = 0
    """Neighbours of a hub, or things of a folded node; 0: none shown."""


@dataclass(frozen=True, slots=True)
class SceneEdge:
    """One line of the picture."""

    source: str
    target: str
    fact: FactGrade
    hops: tuple[int, ...] = ()
    is_path: bool = False
    is_about: bool = False
    is_struck: bool = False


@dataclass(frozen=True, slots=True)
class SceneLane:
    """One lane: who keeps the record, and how that is signed."""

    title: str
    note: str


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that is drawn."""

    columns: tuple[str, ...] = ()
    lanes: tuple[SceneLane, ...] = ()
    nodes: tuple[SceneNode, ...] = ()
    edges: tuple[SceneEdge, ...] = ()
    is_fictional: bool = False

    def node_of_hop(self, hop: int) -> list[str]:
        """Return the keys of the nodes that a hop joins."""
        return [each.key for each in self.nodes if hop in each.hops]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user opened and chose."""

    lanes: LaneMode = LaneMode.PARTY
    opened: Mapping[str, str] = field(default_factory=dict)
    """Key of a folded node → the text its things must hold."""
    neighbours: Mapping[str, Sequence[Neighbour]] = field(default_factory=dict)
    """Thing → neighbours that were added."""


NO_WISHES = Wishes()
