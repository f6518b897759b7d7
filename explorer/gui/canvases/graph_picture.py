"""What the provenance canvas is given to draw, and what it tells when it is used.

The canvas knows no ledger: everything here is already decided, printable and short.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

import numpy as np

from explorer.gui.canvases.layered_layout import Ints, LayeredGraph, columns_of
from explorer.gui.design.marks import Mark
from explorer.gui.viewmodels.provenance_scene import Scene, SceneNode, Shape
from explorer.model.statements import FactGrade
from explorer.provenance.trace import Direction


class NodeShape(StrEnum):
    """What a node is; each has its own outline (section 7 of the design)."""

    PLACE = "place"
    """Left end round: where something grew or entered the ledger."""
    LOT = "lot"
    ITEM = "item"
    """A tag with cut right corners."""
    DOCUMENT = "document"
    STEP = "step"
    WARNING = "warning"
    """An octagon: a recall, an alarm."""


@dataclass(frozen=True, slots=True)
class Lane:
    """Who keeps the record, and how that is signed."""

    title: str
    note: str = ""
    is_outside: bool = False
    """Evidence from outside the ledger: a dashed island, not a lane."""


@dataclass(frozen=True, slots=True)
class NodeBox:
    """One node; ``key`` names it in every signal."""

    key: str
    title: str
    second: str = ""
    shape: NodeShape = NodeShape.LOT
    column: int = 0
    lane: int = 0
    place: str = ""
    """The entry behind it, ``block:entry``."""
    hops: tuple[int, ...] = ()
    """Positions of the hops of the path that it is an end of."""
    is_path: bool = False
    is_item: bool = False
    """The thing traced."""
    is_struck: bool = False
    """A rejected attempt."""
    is_folded: bool = False
    """Stands for several things."""
    badge: int = 0
    """Things folded, or neighbours of a hub; 0 shows none."""
    mark: Mark | None = None
    """Drawn at its corner, such as ``FAILED``."""


@dataclass(frozen=True, slots=True)
class EdgeLine:
    """One line from node to node, in the style of its grade."""

    source: str
    target: str
    grade: FactGrade
    label: str = ""
    """A quantity or share; shown on the path."""
    hops: tuple[int, ...] = ()
    is_path: bool = False
    is_struck: bool = False


@dataclass(frozen=True, slots=True)
class GraphPicture:
    """Everything drawn at one time.

    Raises:
        ValueError: Two nodes have one key, an edge names no node, or a node's lane is
            not there.
    """

    nodes: tuple[NodeBox, ...] = ()
    edges: tuple[EdgeLine, ...] = ()
    lanes: tuple[Lane, ...] = (Lane(""),)
    columns: tuple[str, ...] = ()
    """A plain verb above each column."""
    is_fictional: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn."""
        keys = {each.key for each in self.nodes}
        if len(keys) != len(self.nodes):
            raise ValueError("two nodes have the same key")
        if any(e.source not in keys or e.target not in keys for e in self.edges):
            raise ValueError("an edge ends at no node")
        if any(not 0 <= each.lane < len(self.lanes) for each in self.nodes):
            raise ValueError("a node stands in no lane")


@dataclass(frozen=True, slots=True)
class TraceWish:
    """The user asks to trace a node's thing."""

    key: str
    direction: Direction


@dataclass(frozen=True, slots=True)
class MenuWish:
    """The user asks what can be done with a node, or with the ground (key empty)."""

    key: str
    x: int
    """On the screen, in px."""
    y: int


def graph_of(picture: GraphPicture) -> LayeredGraph:
    """Return a picture as arrays, edges in its order."""
    numbers = {each.key: number for number, each in enumerate(picture.nodes)}
    edges = picture.edges
    return LayeredGraph(
        _integers([each.column for each in picture.nodes]),
        _integers([each.lane for each in picture.nodes]),
        _integers([numbers[each.source] for each in edges]),
        _integers([numbers[each.target] for each in edges]),
        np.array([each.is_path for each in edges], dtype=np.bool_),
    )


def computed_columns(nodes: Sequence[NodeBox], edges: Sequence[EdgeLine]) -> list[int]:
    """Return a column for each node from the edges alone."""
    numbers = {each.key: number for number, each in enumerate(nodes)}
    sources = _integers([numbers[each.source] for each in edges])
    targets = _integers([numbers[each.target] for each in edges])
    return [int(each) for each in columns_of(len(nodes), sources, targets)]


def _integers(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int64)


_SHAPES: Mapping[Shape, NodeShape] = MappingProxyType(
    {
        Shape.ORIGIN: NodeShape.PLACE,
        Shape.THING: NodeShape.LOT,
        Shape.ITEM: NodeShape.ITEM,
        Shape.DOCUMENT: NodeShape.DOCUMENT,
        Shape.STEP: NodeShape.STEP,
        Shape.FOLDED: NodeShape.LOT,
    }
)


def picture_of(scene: Scene) -> GraphPicture:
    """Return the picture of what a view model decided to show."""
    return GraphPicture(
        tuple(_node_box(each) for each in scene.nodes),
        tuple(
            EdgeLine(
                each.source,
                each.target,
                each.fact,
                hops=each.hops,
                is_path=each.is_path,
                is_struck=each.is_struck,
            )
            for each in scene.edges
        ),
        tuple(Lane(each.title, each.note) for each in scene.lanes) or (Lane(""),),
        scene.columns,
        scene.is_fictional,
    )


def _node_box(node: SceneNode) -> NodeBox:
    place = "" if node.place is None else f"{node.place[0]}:{node.place[1]}"
    return NodeBox(
        node.key,
        node.title,
        node.second,
        _SHAPES[node.shape],
        node.column,
        node.lane,
        place,
        node.hops,
        is_path=node.is_path,
        is_item=node.is_item,
        is_struck=node.is_struck,
        is_folded=node.shape is Shape.FOLDED,
        badge=node.badge,
        mark=Mark.FAILED if node.is_failed else None,
    )
