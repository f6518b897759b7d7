"""Times of the provenance graph beside networkx on the same data.

The ledger is made up: each of 500,000 new things takes two earlier ones, mostly recent,
as lots are merged and split. Also: one path of 400,000, a hub of 100,000, and whole
traces with their lookups. Goal: a trace in 1,000,000 edges within 0.1 s.
"""

import gc
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

import networkx as nx
import numpy as np
import numpy.typing as npt

from benchmarks.measuring import say
from explorer.model.statements import (
    Act,
    FactGrade,
    Flow,
    LinkGrade,
    Statements,
    ThingVersion,
)
from explorer.provenance.graph import ProvenanceGraph
from explorer.provenance.records import MemoryRecords
from explorer.provenance.trace import Direction, trace

EDGES = 1_000_000
TRACED_THINGS = 50_000
LONG = 400_000
WIDE = 100_000
REPEATS = 20

Value = TypeVar("Value")
Ends = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]


def main() -> None:
    """Print one line for each measurement."""
    say(f"{EDGES:,} edges")
    nodes = EDGES // 2
    compare(nodes, merged(nodes))
    say(f"one path of {LONG:,}")
    steps = np.arange(LONG - 1)
    compare(LONG, (steps, steps + 1), repeats=1)
    say(f"a hub with {WIDE:,} neighbours")
    spokes = np.arange(1, WIDE + 1)
    compare(WIDE + 1, (np.zeros_like(spokes), spokes), repeats=5)
    whole_traces()


def merged(nodes: int) -> Ends:
    """Return edges in which each node comes from two earlier ones."""
    chance = np.random.default_rng(1)
    targets = np.repeat(np.arange(1, nodes), 2)
    back = np.minimum(chance.geometric(1e-4, len(targets)), targets)
    return targets - back, targets


def compare(nodes: int, ends: Ends, repeats: int = REPEATS) -> None:
    """Time building and searching, here and in networkx."""
    sources, targets = ends
    struck = np.zeros(len(sources), dtype=np.bool_)

    def build() -> ProvenanceGraph:
        graph = ProvenanceGraph(nodes, sources, targets, sources, struck)
        graph.ancestors(0)
        graph.descendants(0)
        return graph

    graph, built = timed(build)
    peer, peer_built = timed(
        lambda: nx.DiGraph(zip(sources.tolist(), targets.tolist(), strict=True))
    )
    show_times("index", built, peer_built)
    picks = np.linspace(0, nodes - 1, repeats + 1, dtype=np.int64)[1:].tolist()
    for name, ours, theirs, chosen in (
        ("ancestors", graph.ancestors, nx.ancestors, picks),
        ("descendants", graph.descendants, nx.descendants, [0, *picks[:-1]]),
    ):
        spent: list[float] = []
        peer_spent: list[float] = []
        largest = 0
        for node in chosen:
            found, own_time = timed(partial(ours, node))
            expected, peer_time = timed(partial(theirs, peer, node))
            if set(found.tolist()) != expected:
                raise SystemExit(f"{name} of {node} differ from networkx")
            largest = max(largest, len(found))
            spent.append(own_time)
            peer_spent.append(peer_time)
        show_times(f"{name}, slowest of {len(chosen)}", max(spent), max(peer_spent))
        say(f"    largest answer {largest:,} nodes, equal to networkx")


def whole_traces() -> None:
    """Time traces with hops, folding, documents and remarks, lookups in memory."""
    sources, targets = merged(TRACED_THINGS)
    link, fact = LinkGrade.ENFORCED, FactGrade.SIGNED
    numbers = range(TRACED_THINGS)
    records = MemoryRecords(
        [
            Statements(
                tuple(ThingVersion(f"t/{i}", i, 0, str(i), "t") for i in numbers),
                tuple(
                    Flow(
                        (f"t/{a}", a, 0),
                        (f"t/{b}", b, 0),
                        b,
                        0,
                        "derivation",
                        link,
                        fact,
                    )
                    for a, b in zip(sources.tolist(), targets.tolist(), strict=True)
                ),
                tuple(Act(i, 0, f"e{i}", "made", "A", i, fact) for i in numbers),
            )
        ]
    )
    graph = records.graph()
    for item in (5, 50, 5_000, TRACED_THINGS - 1):
        back = partial(trace, graph, records, f"t/{item}", Direction.BACK)
        found, spent = timed(back)
        say(f"whole trace with {len(found.hops):,} hops: {spent * 1000:.1f} ms")


def timed(work: Callable[[], Value]) -> tuple[Value, float]:
    """Return what ``work`` returns and the seconds it took."""
    gc.collect()
    begun = time.perf_counter()
    value = work()
    return value, time.perf_counter() - begun


def show_times(name: str, ours: float, theirs: float) -> None:
    """Print two times and their ratio."""
    ratio = theirs / ours if ours else 0.0
    both = f"{ours * 1000:.2f} ms, networkx {theirs * 1000:.2f} ms"
    say(f"  {name}: {both} ({ratio:.1f} x)")
