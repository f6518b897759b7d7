"""Which values can be explained at a place, the closest first."""

from collections.abc import Sequence

from explorer.core.absent import Absent
from explorer.core.spans import ByteSpan
from explorer.gui.viewmodels.inspect import ClaimLine, InspectModel
from explorer.gui.views.inspect_explain import Explained


def choices_at(model: InspectModel, span: ByteSpan | None) -> list[Explained]:
    """Return what can be explained about some bytes of the block shown.

    Without bytes these are all values of the block, its own hash first.
    """
    own = [] if model.own_hash is None else [Explained(model.own_hash)]
    if span is None:
        return [*own, *_explained(model.claims)]
    found = _explained(model.claims_at(span))
    is_part = model.own_hash is not None and any(
        not isinstance(part.place, Absent) and part.place == span
        for part in model.own_hash.parts
    )
    exact = [each for each in found if _declares(each, span)]
    rest = [each for each in found if each not in exact]
    return [*exact, *(own if is_part else ()), *rest, *(() if is_part else own)]


def _explained(lines: Sequence[ClaimLine]) -> list[Explained]:
    return [
        Explained(line.shown.explanation, line)
        for line in lines
        if line.shown.explanation is not None
    ]


def _declares(explained: Explained, span: ByteSpan) -> bool:
    line = explained.line
    return line is not None and line.declared_place() == span
