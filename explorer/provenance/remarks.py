"""What a trace cannot tell, said in so many words beside it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from explorer.model.blocks import NO_BLOCK
from explorer.model.ledgers import Remark
from explorer.model.statements import Act, ThingVersion
from explorer.provenance.folding import TraceThing
from explorer.provenance.hops import Hop
from explorer.provenance.records import Place

WIDELY_SHARED = 1_000
"""From so many flows on, sharing a thing says little."""

MAX_NAMED = 20
"""Most things named in one remark; the others are counted."""

SENTENCES = {
    "item-not-found": "No record in this ledger names this item.",
    "only-refused": "Only entries that the ledger refused name this item.",
    "origin-not-recorded": "No record says what these came from.",
    "destination-not-recorded": "No record says what became of these afterwards.",
    "leads-back-to-itself": (
        "The records lead back to themselves, so they name no first or last one."
    ),
    "writing-not-in-evidence": (
        "These were read, but the entry that wrote them is not in this evidence."
    ),
    "deleted": "The ledger says that these were deleted.",
    "refused-attempts": (
        "Entries that the ledger refused tried to change or use these; they are not "
        "part of the path."
    ),
    "declared-void": (
        "These events were declared to be in error; they are not part of the path."
    ),
    "no-path-between": "No record leads from one of these things to the other.",
    "widely-shared": (
        "Very many records share these; being connected through them says little."
    ),
    "not-all-beside": (
        "There are too many records beside this path to look through; documents and "
        "refused attempts may be missing from the lists."
    ),
}
"""Every remark by its code; never changed by data."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a trace found, as far as remarks need it."""

    is_back: bool
    is_named: bool
    starts: Sequence[int]
    ends: Sequence[int]
    things: Sequence[TraceThing]
    attempts: Sequence[Hop]
    has_all_beside: bool
    other: str = ""
    """The item that all paths were to lead to."""
    has_path: bool = True


def not_known(
    known: Known, versions: Mapping[int, ThingVersion], acts: Mapping[Place, Act]
) -> tuple[Remark, ...]:
    """Return the remarks that belong beside a trace, in a fixed order."""
    if known.other and known.is_named:
        missing = [] if known.has_path else [_remark("no-path-between", known.other)]
        return (*missing, *_attempts(known, acts))
    if not known.starts:
        code = "only-refused" if known.is_named else "item-not-found"
        return (_remark(code), *_attempts(known, acts))
    ends = [versions[each] for each in known.ends]
    unwritten = [each for each in ends if (each.block, each.entry) not in acts]
    stopped = [each for each in ends if not each.is_deleted]
    found: list[Remark] = []
    if not ends:
        found.append(_remark("leads-back-to-itself"))
    if known.is_back:
        written = [each for each in ends if each not in unwritten]
        found += _naming("origin-not-recorded", (each.thing for each in written))
    else:
        found += _naming("destination-not-recorded", (each.thing for each in stopped))
    found += _naming("writing-not-in-evidence", (each.thing for each in unwritten))
    deleted = (each.thing for each in known.things if each.is_deleted)
    shared = (each.thing for each in known.things if each.degree >= WIDELY_SHARED)
    found += _naming("deleted", deleted)
    found += _naming("widely-shared", shared)
    found += _attempts(known, acts)
    if not known.has_all_beside:
        found.append(_remark("not-all-beside"))
    return tuple(found)


def _attempts(known: Known, acts: Mapping[Place, Act]) -> list[Remark]:
    """Tell refused entries from accepted ones whose events are void."""
    places = dict.fromkeys((each.block, each.entry) for each in known.attempts)
    refused: list[str] = []
    void: list[str] = []
    for place in places:
        act = acts.get(place)
        # documents refuse nothing: what they strike out was declared void
        is_void = place[0] == NO_BLOCK or (act is not None and not act.is_struck)
        (void if is_void else refused).append(f"{place[0]}:{place[1]}")
    return _naming("refused-attempts", refused) + _naming("declared-void", void)


def _naming(code: str, names: Iterable[str]) -> list[Remark]:
    every = list(dict.fromkeys(names))
    if not every:
        return []
    rest = len(every) - MAX_NAMED
    detail = ", ".join(every[:MAX_NAMED]) + (f" (+{rest})" if rest > 0 else "")
    return [_remark(code, detail)]


def _remark(code: str, detail: str = "") -> Remark:
    return Remark(code, SENTENCES[code], detail)
