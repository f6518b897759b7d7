"""Places boxes in px and finds ways for lines that enter no box.

Section 7 of the design. Lines leave at the right middle and arrive at the left middle;
all bending happens between columns, each line on a track of its own. A line that passes
a column takes a free row there, or else the strip at the top of a lane. Lines within a
column are brackets at its left side, or go straight down if nothing lies between.
"""

import numpy as np

from explorer.gui.canvases.layered_layout import (
    Floats,
    Ints,
    LayeredGraph,
    Rows,
    rows_of,
)
from explorer.gui.canvases.provenance_layout import (
    BOX_HEIGHT,
    BOX_WIDTH,
    Course,
    Layout,
    Lines,
)
from explorer.gui.canvases.provenance_tracks import (
    bend_tracks,
    port_offsets,
    stretch_tracks,
)

ROW = 50.0
LANE_TOP = 26.0
"""Free of boxes: the lane's name stands here."""
MARGIN = 22.0
FOOT = 10.0
"""Free below the last lane."""
_LEAST_GAP, _MOST_GAP = 32.0, 240.0
_TRACK, _BRACKET, _FIRST_BRACKET = 6.0, 9.0, 11.0
_STRIP_TRACK, _MOST_STRIPS = 6.0, 40
_STRAIGHT_END = 9.0
"""The last px run straight, so that an arrow head points along the line."""
_BRACKET_PORT = 11.0
_MOST_SEARCHED = 20_000
"""Beyond so many long lines all of them take the strips."""


def lay_out(graph: LayeredGraph, row: float = ROW) -> Layout:
    """Return places and lines; rows are ``row`` px apart."""
    rows = rows_of(graph)
    return _Router(graph, rows, row).layout()


class _Router:
    """Builds one layout in order: strips, heights, ports, tracks, widths."""

    def __init__(self, graph: LayeredGraph, rows: Rows, row: float) -> None:
        self._graph, self._rows, self._row = graph, rows, row
        columns = graph.columns
        column_count = int(columns.max()) + 1 if len(columns) else 0
        self._column_count = column_count
        self._lane_count = len(rows.lane_rows)
        from_column, to_column = columns[graph.sources], columns[graph.targets]
        self._is_turned = from_column > to_column
        self._lefts = np.where(self._is_turned, graph.targets, graph.sources)
        self._rights = np.where(self._is_turned, graph.sources, graph.targets)
        self._span = np.abs(to_column - from_column)
        self._courses = np.select(
            (graph.sources == graph.targets, self._span == 1, self._span > 1),
            (Course.NONE, Course.NEXT, Course.LONG),
            Course.BRACKET,
        )
        self._find_drops()

    def _find_drops(self) -> None:
        """Let neighbours in one column be joined straight, once each."""
        graph, rows = self._graph, self._rows.rows
        first, last = graph.sources, graph.targets
        is_near = (
            (self._courses == Course.BRACKET)
            & (graph.lanes[first] == graph.lanes[last])
            & (np.abs(rows[first] - rows[last]) == 1)
        )
        near = np.flatnonzero(is_near)
        upper = np.where(rows[first] < rows[last], first, last)[near]
        _, once = np.unique(upper, return_index=True)
        self._courses[near[once]] = Course.DROP

    def layout(self) -> Layout:
        graph, rows = self._graph, self._rows
        long = np.flatnonzero(self._courses == Course.LONG)
        via_lanes, via_rows = self._ways_past(long)
        strips, lane_tops = self._lane_heights(long, via_lanes, via_rows)
        strip_heights = np.diff(lane_tops) - rows.lane_rows * self._row
        tops = (
            lane_tops[graph.lanes] + strip_heights[graph.lanes] + rows.rows * self._row
        )
        vias = np.full(len(graph.sources), np.nan)
        is_strip = via_rows < 0
        vias[long] = np.where(
            is_strip,
            lane_tops[via_lanes] + LANE_TOP + strips * _STRIP_TRACK,
            lane_tops[via_lanes]
            + strip_heights[via_lanes]
            + via_rows * self._row
            + BOX_HEIGHT / 2,
        )
        starts, ends = self._ports(tops + BOX_HEIGHT / 2, vias)
        self._level(long[~is_strip], vias, starts, ends)
        return self._measured(tops, lane_tops, vias, starts, ends)

    # -- passing columns ------------------------------------------------------------

    def _ways_past(self, long: Ints) -> tuple[Ints, Ints]:
        """Return lane and row in which each long line passes columns; row -1: strip."""
        lanes, rows = self._graph.lanes, self._rows.rows
        left, right = self._lefts[long], self._rights[long]
        via_lanes = np.maximum(lanes[left], lanes[right])
        above = rows[left] + rows[right]
        below = 2 * self._rows.lane_rows[via_lanes] - above
        is_level = (lanes[left] == lanes[right]) & (via_lanes + 1 < self._lane_count)
        via_lanes = np.where(is_level & (below < above), via_lanes + 1, via_lanes)
        via_rows = np.full(len(long), -1, dtype=np.int64)
        if len(long) > _MOST_SEARCHED:
            return via_lanes, via_rows
        places = self._graph.columns * self._lane_count + lanes
        taken = set(zip(places.tolist(), rows.tolist(), strict=True))
        order = np.lexsort((self._span[long], ~self._graph.is_path[long]))
        for number in order.tolist():
            for end in (int(right[number]), int(left[number])):
                passed = self._passed(int(long[number]), end)
                if taken.isdisjoint(passed):
                    taken.update(passed)
                    via_lanes[number], via_rows[number] = lanes[end], rows[end]
                    break
        return via_lanes, via_rows

    def _passed(self, edge: int, end: int) -> list[tuple[int, int]]:
        columns = self._graph.columns
        lane, row = int(self._graph.lanes[end]), int(self._rows.rows[end])
        first, last = columns[self._lefts[edge]] + 1, columns[self._rights[edge]]
        return [
            (column * self._lane_count + lane, row)
            for column in range(int(first), int(last))
        ]

    def _lane_heights(
        self, long: Ints, via_lanes: Ints, via_rows: Ints
    ) -> tuple[Ints, Floats]:
        """Return the strip of each long line, and the tops of the lanes."""
        strips = np.zeros(len(long), dtype=np.int64)
        is_strip = np.flatnonzero(via_rows < 0)
        edges = long[is_strip]
        columns = self._graph.columns
        first = columns[self._lefts[edges]].astype(np.float64)
        last = columns[self._rights[edges]].astype(np.float64)
        found, used = stretch_tracks(via_lanes[is_strip], first, last)
        strips[is_strip] = found % _MOST_STRIPS
        heights = LANE_TOP + self._rows.lane_rows * self._row
        for lane, count in used.items():
            heights[lane] += min(count, _MOST_STRIPS) * _STRIP_TRACK
        return strips, np.concatenate(([0.0], np.cumsum(heights)))

    # -- ports and tracks -----------------------------------------------------------

    def _ports(self, middles: Floats, vias: Floats) -> tuple[Floats, Floats]:
        """Return y at both ends of every line."""
        hot = self._graph.is_path
        starts, ends = middles[self._lefts], middles[self._rights]
        is_across = (self._courses == Course.NEXT) | (self._courses == Course.LONG)
        across = np.flatnonzero(is_across)
        is_long = self._courses[across] == Course.LONG
        to_right = np.where(is_long, vias[across], ends[across])
        to_left = np.where(is_long, vias[across], starts[across])
        result = starts.copy(), ends.copy()
        result[0][across] += port_offsets(self._lefts[across], to_right, hot[across])
        result[1][across] += port_offsets(self._rights[across], to_left, hot[across])
        away = np.where(starts < ends, 1.0, -1.0)
        for course, reach in (
            (Course.BRACKET, _BRACKET_PORT),
            (Course.DROP, BOX_HEIGHT / 2),
        ):
            part = self._courses == course
            result[0][part] += reach * away[part]
            result[1][part] -= reach * away[part]
        return result

    def _level(self, edges: Ints, vias: Floats, starts: Floats, ends: Floats) -> None:
        """Let lines in a free row run level with the end that stands in this row."""
        to_start = np.abs(vias[edges] - starts[edges])
        to_end = np.abs(vias[edges] - ends[edges])
        vias[edges] = np.where(to_end <= to_start, ends[edges], starts[edges])

    def _measured(
        self,
        tops: Floats,
        lane_tops: Floats,
        vias: Floats,
        starts: Floats,
        ends: Floats,
    ) -> Layout:
        graph, columns = self._graph, self._graph.columns
        part = {course: np.flatnonzero(self._courses == course) for course in Course}
        near, long, brackets = (
            part[each] for each in (Course.NEXT, Course.LONG, Course.BRACKET)
        )
        gaps = np.concatenate(
            (columns[self._lefts[near]], columns[self._lefts[long]],
             columns[self._rights[long]] - 1)
        )  # fmt: skip
        tracks, used = bend_tracks(
            gaps,
            np.concatenate((starts[near], starts[long], vias[long])),
            np.concatenate((ends[near], vias[long], ends[long])),
        )
        low = np.minimum(starts[brackets], ends[brackets])
        high = np.maximum(starts[brackets], ends[brackets])
        owners = columns[self._lefts[brackets]]
        bracket_tracks, brackets_used = stretch_tracks(owners, low, high)
        column_lefts, zones, width = self._widths(used, brackets_used)
        xs = self._track_xs(gaps, tracks, used, column_lefts, zones)
        first = np.full(len(graph.sources), np.nan)
        last = first.copy()
        cut = len(near), len(near) + len(long)
        first[near], first[long], last[long] = np.split(xs, cut)
        room = np.maximum(1, [brackets_used.get(int(each), 1) for each in owners])
        reach = self._bracket_reach(room)
        share = np.minimum(1.0, reach / (_FIRST_BRACKET + (room - 1) * _BRACKET))
        first[brackets] = column_lefts[owners] - share * (
            _FIRST_BRACKET + bracket_tracks * _BRACKET
        )
        lefts = column_lefts[columns]
        lines = Lines(
            self._courses, self._lefts, self._rights, self._is_turned, starts, ends,
            vias, first, last, self._bounds(lefts, starts, ends, vias, first),
        )  # fmt: skip
        height = float(lane_tops[-1]) + FOOT
        return Layout(
            graph, self._rows, lefts, tops, column_lefts, lane_tops, lines, zones,
            width, height,
        )  # fmt: skip

    def _bracket_reach(self, count: Ints) -> Floats:
        """Return how far brackets of a column reach to its left, in px."""
        reach = _FIRST_BRACKET + (count - 1) * _BRACKET
        return np.asarray(np.minimum(_MOST_GAP / 2, reach), dtype=np.float64)

    def _widths(
        self, used: dict[int, int], brackets_used: dict[int, int]
    ) -> tuple[Floats, Floats, float]:
        """Return lefts and zones of the columns, and the whole width."""
        lefts, zones = np.zeros(self._column_count), np.zeros(self._column_count)
        right = 0.0
        for column in range(self._column_count):
            count = brackets_used.get(column, 0)
            zone = float(self._bracket_reach(np.array(count))) + 5.0 if count else 0.0
            gap = min(_MOST_GAP, max(_LEAST_GAP, 16 + _TRACK * used.get(column - 1, 0)))
            lefts[column] = right + zone + (gap if column else MARGIN)
            zones[column] = lefts[column] - zone - _STRAIGHT_END
            right = lefts[column] + BOX_WIDTH
        return lefts, zones, right + MARGIN

    def _track_xs(
        self,
        gaps: Ints,
        tracks: Ints,
        used: dict[int, int],
        column_lefts: Floats,
        zones: Floats,
    ) -> Floats:
        if not len(gaps):
            return np.zeros(0)
        counts = np.zeros(self._column_count, dtype=np.int64)
        for gap, count in used.items():
            counts[gap] = count
        begin = column_lefts[gaps] + BOX_WIDTH
        room = zones[gaps + 1] - begin
        shares = (tracks + 1) / (counts[gaps] + 1)
        return np.asarray(begin + room * shares, dtype=np.float64)

    def _bounds(
        self, lefts: Floats, starts: Floats, ends: Floats, vias: Floats, first: Floats
    ) -> Floats:
        low = np.fmin(np.minimum(starts, ends), vias)
        high = np.fmax(np.maximum(starts, ends), vias)
        left = np.fmin(lefts[self._lefts], first)
        right = np.maximum(lefts[self._lefts], lefts[self._rights]) + BOX_WIDTH
        return np.stack((left, low, right, high), axis=1)
