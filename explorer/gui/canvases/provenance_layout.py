"""Where every box and line of the provenance canvas is, once laid out.

Lengths are px at zoom 1; y grows downwards. Knows no Qt. ``provenance_routing`` fills
these values in.
"""

from dataclasses import dataclass
from enum import IntEnum

from explorer.gui.canvases.layered_layout import (
    Bools,
    Floats,
    Ints,
    LayeredGraph,
    Rows,
)

BOX_WIDTH, BOX_HEIGHT = 96.0, 38.0
_ROUND = 8.0

Segment = tuple[float, ...]
"""``(x, y)`` for a straight line, six numbers for a cubic; the first is the start."""
Route = tuple[Segment, ...]


class Course(IntEnum):
    """How a line runs."""

    NONE = 0
    """From a node to itself: not drawn."""
    NEXT = 1
    """To the next column."""
    LONG = 2
    """Past at least one column."""
    BRACKET = 3
    """Round the left side of its column."""
    DROP = 4
    """Straight to the row above or below."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The course of every edge: one value each."""

    courses: Ints
    lefts: Ints
    """Node at the left end (at a bracket: the source)."""
    rights: Ints
    is_turned: Bools
    """The right end is the source."""
    starts: Floats
    """y at the left end."""
    ends: Floats
    vias: Floats
    """y while passing columns."""
    first_bends: Floats
    """x of the first track; of a bracket, its own x."""
    last_bends: Floats
    bounds: Floats
    """Four columns: left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything in its place."""

    graph: LayeredGraph
    rows: Rows
    lefts: Floats
    """Per node."""
    tops: Floats
    column_lefts: Floats
    lane_tops: Floats
    """One more than there are lanes: the last is the foot."""
    lines: Lines
    zones: Floats
    """Per column: where lines that arrive at it stop bending."""
    width: float
    height: float

    def route(self, edge: int) -> Route:
        """Return the path of an edge from its source to its target; may be empty."""
        course = Course(int(self.lines.courses[edge]))
        if course is Course.NONE:
            return ()
        if course in {Course.BRACKET, Course.DROP}:
            return self._within_column(edge, course)
        route = self._across(edge, course)
        return _turned(route) if self.lines.is_turned[edge] else route

    def _across(self, edge: int, course: Course) -> Route:
        lines = self.lines
        left, right = int(lines.lefts[edge]), int(lines.rights[edge])
        x0, x1 = float(self.lefts[left]) + BOX_WIDTH, float(self.lefts[right])
        y0, y1 = float(lines.starts[edge]), float(lines.ends[edge])
        first, last = float(lines.first_bends[edge]), float(lines.last_bends[edge])
        zone = float(self.zones[self.graph.columns[right]])
        if course is Course.NEXT:
            return ((x0, y0), *_bend(first, (x0, y0), (zone, y1)), (x1, y1))
        via = float(lines.vias[edge])
        after = int(self.graph.columns[left]) + 1
        enter = (float(self.zones[after]), via)
        leave = (float(self.column_lefts[self.graph.columns[right] - 1]), via)
        leave = (leave[0] + BOX_WIDTH, via)
        return (
            (x0, y0),
            *_bend(first, (x0, y0), enter),
            leave,
            *_bend(last, leave, (zone, y1)),
            (x1, y1),
        )

    def _within_column(self, edge: int, course: Course) -> Route:
        lines = self.lines
        x0 = float(self.lefts[lines.lefts[edge]])
        y0, y1 = float(lines.starts[edge]), float(lines.ends[edge])
        if course is Course.DROP:
            x = x0 + BOX_WIDTH / 2
            return ((x, y0), (x, y1))
        x = float(lines.first_bends[edge])
        turn = min(_ROUND, abs(y1 - y0) / 2) * (1 if y1 > y0 else -1)
        side = min(_ROUND, x0 - x)
        return (
            (x0, y0),
            (x + side, y0),
            (x + side / 2, y0, x, y0 + turn / 2, x, y0 + turn),
            (x, y1 - turn),
            (x, y1 - turn / 2, x + side / 2, y1, x + side, y1),
            (x0, y1),
        )


def _bend(
    track: float, start: tuple[float, float], end: tuple[float, float]
) -> tuple[Segment, ...]:
    if abs(start[1] - end[1]) < 0.5:
        return (end,)
    return ((track, start[1], track, end[1], *end),)


def _turned(route: Route) -> Route:
    """Return a route from its other end."""
    result: list[Segment] = [route[-1][-2:]]
    for number in range(len(route) - 1, 0, -1):
        segment, before = route[number], route[number - 1][-2:]
        if len(segment) == 2:
            result.append(before)
        else:
            result.append((*segment[2:4], *segment[:2], *before))
    return tuple(result)
