"""Columns and lanes: in which column a thing stands, what a lane is called."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from explorer.core.text import printable
from explorer.gui.translations import translate
from explorer.gui.viewmodels.provenance_scene import LaneMode, SceneLane
from explorer.model.checks import Outcome
from explorer.provenance.records import Place
from explorer.session.evidence_ladder import Rung, RungKind

Evidence = Mapping[Place, Sequence[Rung]]


def named_lane(
    mode: LaneMode, lane: str, places: Iterable[Place | None], evidence: Evidence
) -> SceneLane:
    """Return a lane with its note; ``places`` are the entries that stand in it."""
    if mode is LaneMode.NONE:
        return SceneLane("", "")
    if mode is LaneMode.KIND:
        return SceneLane(printable(lane, 60) or translate("Provenance", "other"), "")
    if not lane:
        title = translate("Provenance", "Not in this evidence")
        return SceneLane(title, translate("Provenance", "no entry, no signer"))
    return SceneLane(printable(lane, 60), _note(places, evidence))


def _note(places: Iterable[Place | None], evidence: Evidence) -> str:
    rungs = [
        rung
        for place in set(places)
        if place is not None
        for rung in evidence.get(place, ())
    ]
    signatures = [each for each in rungs if each.kind is RungKind.SIGNATURE]
    signers = [each for each in rungs if each.kind is RungKind.SIGNER]
    if not signatures:
        return ""
    if any(each.outcome is not Outcome.PASSED for each in signatures):
        return translate("Provenance", "not everything here is signed")
    if all(each.outcome is Outcome.PASSED for each in signers):
        return translate("Provenance", "signs, under an authority you named")
    return translate("Provenance", "signs, named by no anchor of yours")


def columns_of(places: Sequence[Place], links: Sequence[tuple[int, int]]) -> list[int]:
    """Return the longest way to each thing; ``places`` say when it was first there.

    Links against the order of the ledger do not count, so cycles end; of a cycle within
    one entry the first thing comes first. Takes time in proportion to what is given.
    """
    after = _links_in_order(places, links)
    waits = [0] * len(places)
    for target in (each for targets in after.values() for each in targets):
        waits[target] += 1
    columns, is_placed = [0] * len(places), [False] * len(places)
    in_order = sorted(range(len(places)), key=lambda each: (places[each], each))
    ready = [each for each in reversed(in_order) if not waits[each]]
    # What is left when nothing is ready are cycles: each begins with its first thing.
    for first in (-1, *in_order):
        if first >= 0 and not is_placed[first]:
            ready.append(first)
        while ready:
            thing = ready.pop()
            is_placed[thing] = True
            for target in after.get(thing, ()):
                if not is_placed[target]:
                    columns[target] = max(columns[target], columns[thing] + 1)
                    waits[target] -= 1
                    ready += [] if waits[target] else [target]
    return columns


def _links_in_order(
    places: Sequence[Place], links: Sequence[tuple[int, int]]
) -> dict[int, set[int]]:
    after: dict[int, set[int]] = defaultdict(set)
    for source, target in links:
        if source != target and places[source] <= places[target]:
            after[source].add(target)
    return after
