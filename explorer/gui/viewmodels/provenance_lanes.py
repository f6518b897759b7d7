"""What a lane is called, and how what stands in it is signed."""

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
