"""Columns, rows and lines of the provenance canvas, on random graphs."""

import numpy as np
import pytest

from explorer.gui.canvases.layered_layout import (
    Ints,
    LayeredGraph,
    columns_of,
    rows_of,
)
from explorer.gui.canvases.provenance_clipping import clipped
from explorer.gui.canvases.provenance_layout import (
    BOX_HEIGHT,
    BOX_WIDTH,
    Course,
    Layout,
    Route,
)
from explorer.gui.canvases.provenance_routing import lay_out
from explorer.gui.canvases.provenance_tracks import (
    COLORED_UP_TO,
    bend_tracks,
    colored,
    port_offsets,
)

STEPS = 24
BEZIER = np.linspace(0, 1, STEPS)[:, None]


def ints(*values: int) -> Ints:
    return np.array(values, dtype=np.int64)


def made(
    columns: list[int], edges: list[tuple[int, int]], lanes: list[int] | None = None
) -> LayeredGraph:
    sources = ints(*(one for one, _ in edges))
    targets = ints(*(other for _, other in edges))
    in_lanes = ints(*(lanes or [0] * len(columns)))
    is_path = np.zeros(len(edges), dtype=np.bool_)
    return LayeredGraph(ints(*columns), in_lanes, sources, targets, is_path)


def points_of(route: Route) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return points along a route, close enough to meet every box it enters."""
    parts = [np.array([route[0]], dtype=np.float64)]
    for segment in route[1:]:
        start = parts[-1][-1]
        ends = np.array(segment, dtype=np.float64).reshape(-1, 2)
        if len(ends) == 1:
            parts.append(start + (ends[0] - start) * BEZIER)
            continue
        one, two, last = ends
        rest = 1 - BEZIER
        parts.append(
            rest**3 * start
            + 3 * rest**2 * BEZIER * one
            + 3 * rest * BEZIER**2 * two
            + BEZIER**3 * last
        )
    return np.concatenate(parts)


def foreign_boxes(layout: Layout, edge: int) -> list[int]:
    """Return the nodes whose boxes an edge enters though it does not end there."""
    route = layout.route(edge)
    if not route:
        return []
    points = points_of(route)
    x, y = points[:, :1], points[:, 1:]
    lefts, tops = layout.lefts, layout.tops
    inside = (x > lefts + 0.5) & (x < lefts + BOX_WIDTH - 0.5)
    inside &= (y > tops + 0.5) & (y < tops + BOX_HEIGHT - 0.5)
    ends = {int(layout.graph.sources[edge]), int(layout.graph.targets[edge])}
    return [
        int(each) for each in np.flatnonzero(inside.any(axis=0)) if each not in ends
    ]


def random_graph(seed: int, *, acyclic: bool) -> LayeredGraph:
    chance = np.random.default_rng(seed)
    count, edges = int(chance.integers(1, 50)), int(chance.integers(0, 90))
    sources, targets = (
        chance.integers(0, count, edges),
        chance.integers(0, count, edges),
    )
    if acyclic:
        low, high = np.minimum(sources, targets), np.maximum(sources, targets)
        sources, targets = low[low < high], high[low < high]
        columns = columns_of(count, sources, targets)
    else:
        columns = chance.integers(0, 9, count)
    lanes = chance.integers(0, int(chance.integers(1, 6)), count)
    is_path = chance.random(len(sources)) < 0.2
    return LayeredGraph(columns, lanes, sources, targets, is_path)


@pytest.mark.parametrize("acyclic", [True, False])
@pytest.mark.parametrize("first_seed", range(0, 200, 20))
def test_lines_enter_no_box_but_their_ends(first_seed: int, acyclic: bool) -> None:
    for seed in range(first_seed, first_seed + 20):
        layout = lay_out(random_graph(seed, acyclic=acyclic))
        entered = {
            edge: boxes
            for edge in range(len(layout.graph.sources))
            if (boxes := foreign_boxes(layout, edge))
        }
        assert entered == {}, f"seed {seed}"


def test_the_check_of_lines_finds_a_line_that_enters_a_box() -> None:
    layout = lay_out(made([0, 1, 2], [(0, 2)]))
    assert foreign_boxes(layout, 0) == []
    layout.tops[1] = layout.lines.vias[0] - BOX_HEIGHT / 2
    assert foreign_boxes(layout, 0) == [1]


@pytest.mark.parametrize("seed", range(0, 200, 10))
def test_columns_follow_edges_without_gaps(seed: int) -> None:
    graph = random_graph(seed, acyclic=True)
    columns = graph.columns
    assert (columns[graph.sources] < columns[graph.targets]).all()
    has_source = np.zeros(len(columns), dtype=np.bool_)
    has_source[graph.targets] = True
    assert (columns[~has_source] == 0).all()
    for node in np.flatnonzero(has_source):
        before = graph.sources[graph.targets == node]
        assert columns[node] == columns[before].max() + 1


def test_circle_begins_at_its_first_node_and_ends() -> None:
    columns = columns_of(4, ints(1, 2, 3), ints(2, 3, 1))
    assert columns.tolist() == [0, 0, 1, 2]


def test_node_that_leads_to_itself_is_placed_and_its_edge_not_drawn() -> None:
    assert columns_of(1, ints(0), ints(0)).tolist() == [0]
    layout = lay_out(made([0], [(0, 0)]))
    assert layout.lines.courses.tolist() == [Course.NONE]
    assert layout.route(0) == ()


@pytest.mark.parametrize("seed", range(0, 60, 3))
def test_no_two_nodes_share_a_place_and_lanes_hold_their_nodes(seed: int) -> None:
    graph = random_graph(seed, acyclic=False)
    layout = lay_out(graph)
    places = list(zip(layout.lefts.tolist(), layout.tops.tolist(), strict=True))
    assert len(set(places)) == len(places)
    assert (layout.tops >= layout.lane_tops[graph.lanes]).all()
    assert (layout.tops + BOX_HEIGHT <= layout.lane_tops[graph.lanes + 1]).all()


def test_rows_need_no_more_than_the_fullest_column() -> None:
    rows = rows_of(made([0, 0, 0, 1, 1], [(0, 3), (2, 4)]))
    assert rows.lane_rows.tolist() == [3]
    assert rows.rows.max() == 2


def test_sweeps_take_a_crossing_away() -> None:
    rows = rows_of(made([0, 0, 1, 1], [(0, 3), (1, 2)])).rows
    assert (rows[0] < rows[1]) == (rows[3] < rows[2])


def test_line_past_a_column_uses_a_free_row_or_the_strip() -> None:
    free = lay_out(made([0, 2], [(0, 1)]))
    assert free.lines.vias[0] == free.tops[0] + BOX_HEIGHT / 2
    full = lay_out(made([0, 1, 2], [(0, 2)]))
    assert full.lines.vias[0] < full.tops.min()


def test_route_of_a_line_that_runs_back_ends_at_its_target() -> None:
    layout = lay_out(made([2, 0], [(0, 1)]))
    route = layout.route(0)
    assert route[0][0] == layout.lefts[0]
    assert route[-1][-2] == layout.lefts[1] + BOX_WIDTH


def test_neighbours_in_a_column_are_joined_straight_others_by_brackets() -> None:
    layout = lay_out(made([0, 0, 0], [(0, 1), (0, 2), (1, 2)]))
    apart = abs(layout.rows.rows[[0, 0, 1]] - layout.rows.rows[[1, 2, 2]])
    wanted = np.where(apart == 1, Course.DROP, Course.BRACKET)
    assert layout.lines.courses.tolist() == wanted.tolist()
    assert sorted(wanted.tolist()) == [Course.BRACKET, Course.DROP, Course.DROP]


@pytest.mark.parametrize(
    ("lanes", "edges", "words"),
    [
        ([0], [], "a lane is needed"),
        ([0, 0], [(0, 2)], "ends at no node"),
        ([0, -1], [], "count from 0"),
    ],
)
def test_graph_that_does_not_fit_together_is_refused(
    lanes: list[int], edges: list[tuple[int, int]], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        made([0, 0], edges, lanes)


def test_overlapping_stretches_get_different_colours() -> None:
    chance = np.random.default_rng(3)
    for count in (40, 300):
        starts = chance.uniform(0, 100, count)
        ends = starts + chance.uniform(0, 20, count)
        colors = colored(starts.tolist(), ends.tolist())
        for color in set(colors):
            own = np.flatnonzero(np.array(colors) == color)
            order = own[np.argsort(starts[own])]
            assert (starts[order][1:] > ends[order][:-1]).all()


def test_dense_gaps_share_tracks_in_turn() -> None:
    count = COLORED_UP_TO + 1
    colors = colored([0.0] * count, [1.0] * count)
    assert len(set(colors)) == 64


def test_merging_lines_that_fall_bend_from_the_right() -> None:
    gaps = ints(0, 0)
    tracks, used = bend_tracks(gaps, np.array([10.0, 60.0]), np.array([195.0, 205.0]))
    assert tracks.tolist() == [1, 0]
    assert used == {0: 2}


def test_level_lines_need_no_track() -> None:
    tracks, used = bend_tracks(ints(0), np.array([10.0]), np.array([10.2]))
    assert tracks.tolist() == [-1]
    assert used == {}


def test_path_keeps_the_middle_of_a_side() -> None:
    is_path = np.array([False, True, False])
    offsets = port_offsets(ints(5, 5, 5), np.array([0.0, 50.0, 100.0]), is_path)
    assert offsets.tolist() == [-8.0, 0.0, 8.0]


def test_many_ports_stay_on_the_side() -> None:
    offsets = port_offsets(
        np.zeros(30, dtype=np.int64), np.arange(30.0), np.zeros(30, dtype=np.bool_)
    )
    assert np.abs(offsets).max() <= BOX_HEIGHT / 2 - 4
    assert (np.diff(offsets) > 0).all()


def test_cut_lines_follow_the_whole_ones() -> None:
    graph = random_graph(11, acyclic=True)
    layout = lay_out(graph)
    box = (150.0, 60.0, 420.0, 200.0)
    for edge in range(len(graph.sources)):
        route = layout.route(edge)
        whole = points_of(route)
        inside = (whole >= box[:2]).all(axis=1) & (whole <= box[2:]).all(axis=1)
        parts = clipped(route, box)
        kept = np.concatenate([points_of(each) for each in parts] or [np.empty((0, 2))])
        assert bool(len(kept)) or not inside.any()
        for point in whole[inside]:
            assert np.abs(kept - point).sum(axis=1).min() < 12


def test_line_far_away_is_cut_off() -> None:
    layout = lay_out(made([0, 1], [(0, 1)]))
    assert clipped(layout.route(0), (5000.0, 5000.0, 6000.0, 6000.0)) == []
