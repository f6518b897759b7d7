"""Traces of the story of the pears, and of graphs made by hand."""

from collections.abc import Sequence

import pytest

from explorer.model.statements import (
    Act,
    FactGrade,
    Flow,
    LinkGrade,
    Statements,
    ThingVersion,
)
from explorer.provenance.lineage import Lineage
from explorer.provenance.records import MemoryRecords
from tests.payloads.story import Story, pear_story


def told(story: Story) -> MemoryRecords:
    """Return what a story's entries say."""
    lineage = Lineage()
    return MemoryRecords(lineage.add(each) for each in story.contents)


@pytest.fixture(scope="session")
def pears() -> MemoryRecords:
    return told(pear_story())


def plain_records(count: int, edges: Sequence[tuple[int, int]]) -> MemoryRecords:
    """Return things ``t/0`` to ``t/N`` of one version each, joined by derivations.

    Version *i* is written by entry 0 of block *i*; an edge is said where it ends.
    """
    link, fact = LinkGrade.ENFORCED, FactGrade.SIGNED
    things = tuple(ThingVersion(f"t/{i}", i, 0, str(i), "t") for i in range(count))
    flows = tuple(
        Flow((f"t/{a}", a, 0), (f"t/{b}", b, 0), b, 0, "derivation", link, fact)
        for a, b in edges
    )
    acts = tuple(Act(i, 0, f"e{i}", "made", "A", i, fact) for i in range(count))
    return MemoryRecords([Statements(things, flows, acts)])
