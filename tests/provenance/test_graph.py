import random
from itertools import pairwise

import networkx as nx  # type: ignore[import-untyped]  # has no type hints
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.provenance.graph import ProvenanceGraph

Pairs = list[tuple[int, int]]


def graph_of(count: int, edges: Pairs, struck: Pairs | None = None) -> ProvenanceGraph:
    rows = [(a, b, i, False) for i, (a, b) in enumerate(edges)]
    rows += [(a, b, 1000 + i, True) for i, (a, b) in enumerate(struck or [])]
    return ProvenanceGraph.from_rows(count, rows)


def peer_of(count: int, edges: Pairs) -> "nx.DiGraph[int]":
    peer = nx.DiGraph(edges)
    peer.add_nodes_from(range(count))
    return peer


def path_is_real(path: tuple[int, ...], edges: Pairs) -> bool:
    return set(pairwise(path)) <= set(edges)


@pytest.mark.parametrize("acyclic", [True, False])
def test_a_thousand_random_pairs_agree_with_networkx(acyclic: bool) -> None:
    chance = random.Random(7 + acyclic)  # noqa: S311 - repeatable, not secret
    for _ in range(1_000):
        count = chance.randint(1, 25)
        edges = [
            (chance.randrange(count), chance.randrange(count))
            for _ in range(chance.randint(0, 3 * count))
        ]
        if acyclic:
            edges = [(a, b) if a < b else (b, a) for a, b in edges if a != b]
        graph, peer = graph_of(count, edges), peer_of(count, edges)
        a, b = chance.randrange(count), chance.randrange(count)
        assert set(graph.ancestors(a).tolist()) == nx.ancestors(peer, a)
        assert set(graph.descendants(a).tolist()) == nx.descendants(peer, a)
        path = graph.shortest_path(a, b)
        if nx.has_path(peer, a, b):
            assert len(path) == nx.shortest_path_length(peer, a, b) + 1
            assert (path[0], path[-1]) == (a, b)
            assert path_is_real(path, edges)
            on_the_way = nx.descendants(peer, a) & nx.ancestors(peer, b) | {a, b}
            assert set(graph.between(a, b).tolist()) == on_the_way
        else:
            assert path == ()
            assert graph.between(a, b).tolist() == []


def test_a_wide_graph_agrees_with_networkx() -> None:
    # Wide enough for the array steps, which small graphs never reach.
    chance = random.Random(3)  # noqa: S311 - repeatable, not secret
    count = 20_000
    edges = [(chance.randrange(b), b) for b in range(1, count) for _ in (0, 1)]
    graph, peer = graph_of(count, edges), peer_of(count, edges)
    for _ in range(30):
        node = chance.randrange(count)
        other = chance.randrange(count)
        assert set(graph.descendants(node).tolist()) == nx.descendants(peer, node)
        assert set(graph.ancestors(node).tolist()) == nx.ancestors(peer, node)
        path = graph.shortest_path(node, other)
        assert bool(path) == nx.has_path(peer, node, other)
        if path:
            assert len(path) == nx.shortest_path_length(peer, node, other) + 1
            assert path_is_real(path, edges)


def test_a_path_of_400_000_ends() -> None:
    count = 400_000
    nodes = np.arange(count)
    graph = ProvenanceGraph(
        count, nodes[:-1], nodes[1:], nodes[1:], np.zeros(count - 1, bool)
    )
    assert len(graph.ancestors(count - 1)) == count - 1
    assert len(graph.descendants(0)) == count - 1
    assert graph.shortest_path(0, count - 1) == tuple(range(count))


def test_a_hub_of_100_000_ends() -> None:
    count = 100_001
    spokes = np.arange(1, count)
    hub = np.zeros(count - 1, np.int32)
    graph = ProvenanceGraph(count, hub, spokes, spokes, np.zeros(count - 1, bool))
    assert len(graph.descendants(0)) == count - 1
    assert graph.ancestors(77).tolist() == [0]
    assert graph.shortest_path(0, 500) == (0, 500)


def test_cycles_and_self_loops_end() -> None:
    graph = graph_of(4, [(0, 0), (0, 1), (1, 2), (2, 0)])
    assert graph.ancestors(0).tolist() == [1, 2]
    assert graph.descendants(0).tolist() == [1, 2]
    assert graph.shortest_path(1, 0) == (1, 2, 0)
    assert graph.shortest_path(0, 0) == (0,)


def test_what_is_not_joined_is_not_reached() -> None:
    graph = graph_of(4, [(0, 1), (2, 3)])
    assert graph.descendants(0).tolist() == [1]
    assert graph.shortest_path(0, 3) == ()
    assert graph.between(0, 3).tolist() == []


def test_a_graph_without_edges_or_nodes() -> None:
    assert graph_of(1, []).ancestors(0).tolist() == []
    assert graph_of(0, []).edge_count == 0
    assert graph_of(3, []).descendants().tolist() == []


def test_struck_edges_are_followed_only_when_asked() -> None:
    graph = graph_of(3, [(0, 1)], struck=[(1, 2)])
    assert graph.descendants(0).tolist() == [1]
    assert graph.descendants(0, include_struck=True).tolist() == [1, 2]
    assert graph.ancestors(2).tolist() == []
    assert graph.ancestors(2, include_struck=True).tolist() == [0, 1]
    assert graph.shortest_path(0, 2) == ()
    assert graph.shortest_path(0, 2, include_struck=True) == (0, 1, 2)
    assert graph.between(0, 2).tolist() == []


def test_edges_at_nodes_are_found_by_side() -> None:
    graph = graph_of(4, [(2, 3), (0, 1), (0, 2)], struck=[(0, 3), (1, 2)])
    assert graph.edges_into([2, 3]).tolist() == [0, 2]
    assert graph.edges_out_of([0]).tolist() == [1, 2]
    assert graph.struck_edges([0], [2]).tolist() == [3, 4]
    assert graph.struck_edges([], [2]).tolist() == [4]
    assert graph.rows[graph.struck_edges([0], [])].tolist() == [1000]


def test_several_starts_are_none_of_the_answers() -> None:
    graph = graph_of(4, [(0, 1), (1, 2), (2, 3)])
    assert graph.descendants(0, 2).tolist() == [1, 3]


def test_node_numbers_beyond_16_bits_are_ordered() -> None:
    edges = [(70_000, 3), (5, 70_000), (65_536, 5), (3, 65_535)]
    graph = graph_of(70_001, edges)
    assert graph.ancestors(3).tolist() == [5, 65_536, 70_000]
    assert graph.edges_out_of([65_536]).tolist() == [2]


@pytest.mark.parametrize("edge", [(0, 3), (-1, 0), (3, 0)])
def test_an_edge_to_nowhere_is_refused(edge: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match=r"outside 0\.\.2"):
        graph_of(3, [edge])


def test_uneven_arrays_are_refused() -> None:
    with pytest.raises(ValueError, match="differ in length"):
        ProvenanceGraph(3, [0], [1, 2], [0], [False])


@pytest.mark.parametrize("node", [-1, 3])
def test_a_node_that_is_not_there_is_refused(node: int) -> None:
    with pytest.raises(ValueError, match="no such node"):
        graph_of(3, [(0, 1)]).ancestors(node)


@given(st.data())
def test_the_order_of_edges_does_not_matter(data: st.DataObject) -> None:
    pair = st.tuples(st.integers(0, 9), st.integers(0, 9))
    edges = data.draw(st.lists(pair, max_size=20))
    mixed = data.draw(st.permutations(edges))
    first, second = graph_of(10, edges), graph_of(10, mixed)
    for node in range(10):
        assert first.ancestors(node).tolist() == second.ancestors(node).tolist()
