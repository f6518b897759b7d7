"""Mass balance: no more comes out than went in."""

from collections.abc import Iterator
from decimal import Decimal

from explorer.core.absent import Absent
from explorer.model.checks import Severity
from explorer.model.events import Action, EventKind
from explorer.provenance.event_table import Role
from explorer.provenance.rules.base import Judged, Missing, Reason, RuleSpec, Settings
from explorer.provenance.rules.ground import Ground, is_class, product_of, shown
from explorer.provenance.units import PIECES, measure

SPEC = RuleSpec(
    "mass-balance",
    "No more comes out than went in",
    "Per process (a transformation, or all that share one transformation id) and base "
    "unit: outputs ≤ inputs × (1 + tolerance). Pieces with a stated net weight count "
    "with it; pieces without are compared with pieces of the same product only; an "
    "input without an amount counts with all that was ever made of it; inputs in "
    "several base units cannot be judged. Per lot: what is used up and ended ≤ what "
    "was made × (1 + tolerance). Per lot and place: what is shipped from there ≤ what "
    "was made and received there × (1 + tolerance), where all of these state amounts.",
    "amounts and units of inputs, outputs and lots; net weight of pieces",
    ("mass_tolerance",),
    (
        Reason(
            "more-out-than-in",
            Severity.WARNING,
            "More came out of a process than went into it.",
        ),
        Reason(
            "more-used-than-made",
            Severity.WARNING,
            "More of a lot was used up than was ever made of it.",
        ),
        Reason(
            "more-shipped-than-held",
            Severity.WARNING,
            "More of a lot was shipped from a place than was made or received there.",
        ),
    ),
    (
        Missing("input-amount", "An input states no amount in the unit of the output."),
        Missing("other-pieces", "Pieces of different products cannot be compared."),
        Missing("output-amount", "No output states an amount."),
    ),
)


def judge(ground: Ground, settings: Settings) -> Judged:
    """Return processes and lots of which more came out than went in."""
    judged = Judged()
    factor = 1 + settings.mass_tolerance
    for events in _processes(ground):
        _judge_process(ground, events, factor, judged)
    _judge_lots(ground, factor, judged)
    return judged


def _processes(ground: Ground) -> Iterator[list[int]]:
    data = ground.data
    chosen = data.is_kind(EventKind.TRANSFORMATION) & data.counts
    alone = chosen & (data.process < 0)
    yield from ([event] for event in data.order[alone[data.order]].tolist())
    yield from ground.processes.values()


def _judge_process(
    ground: Ground, events: list[int], factor: Decimal, judged: Judged
) -> None:
    data = ground.data
    used, made = _Sums(), _Sums()
    mentions = [each for event in events for each in data.mentions(event)]
    for each in mentions:
        if data.role[each] == Role.INPUT:
            _add_input(ground, each, used)
        elif data.role[each] == Role.OUTPUT:
            made.add(ground, each)
    if not made.totals:
        judged.missing["output-amount"] += 1
        return
    for base, amount in made.totals.items():
        limit = used.totals.get(base)
        if limit is None or (gap := _gap(base, used, made)):
            judged.missing["input-amount" if limit is None else gap] += 1
            continue
        judged.judged += 1
        if amount > limit * factor:
            detail = f"{shown(limit)} → {shown(amount)} {base}"
            things = ground.names([int(data.thing[each]) for each in mentions])
            judged.add("more-out-than-in", tuple(events), things, detail)


def _gap(base: str, used: "_Sums", made: "_Sums") -> str:
    """Return why amounts in a base unit cannot be compared; empty if they can."""
    if used.is_open or len(used.totals) > 1:
        return "input-amount"
    is_other = base == PIECES and not made.pieces_of <= used.pieces_of
    return "other-pieces" if is_other else ""


def _add_input(ground: Ground, mention: int, used: "_Sums") -> None:
    data = ground.data
    if data.amount[mention] >= 0:
        used.add(ground, mention)
        return
    births = ground.births(int(data.thing[mention]))
    if not births or any(data.amount[each] < 0 for each in births):
        used.is_open = True
    for each in births:
        used.add(ground, each)


class _Sums:
    """Totals per base unit."""

    def __init__(self) -> None:
        self.totals: dict[str, Decimal] = {}
        self.is_open = False
        self.pieces_of: set[str] = set()
        """Products that are counted in pieces."""

    def add(self, ground: Ground, mention: int) -> None:
        """Add the amount of a mention, if it states one."""
        amount = ground.data.amount_of(mention)
        if isinstance(amount, Absent):
            return
        base, value = measure(amount, ground.data.text(int(ground.data.unit[mention])))
        if base == PIECES:
            name = ground.data.names[int(ground.data.thing[mention])]
            self.pieces_of.add(product_of(name))
        self.totals[base] = self.totals.get(base, Decimal(0)) + value


def _judge_lots(ground: Ground, factor: Decimal, judged: Judged) -> None:
    data = ground.data
    ended = data.is_kind(EventKind.OBJECT) & data.has_action(Action.DELETE)
    gone = (data.role == Role.INPUT) | ended[data.mention_event]
    gone &= data.is_batch[data.thing] & (data.amount >= 0)
    for thing, mentions in data.groups(data.select(gone)):
        if is_class(data.names[thing]):
            continue  # there may be old stock
        births = ground.births(thing)
        if births and all(data.amount[each] >= 0 for each in births):
            judged.judged += 1
            _compare(ground, judged, "more-used-than-made", births, mentions, factor)
    _judge_shipping(ground, factor, judged)


def _judge_shipping(ground: Ground, factor: Decimal, judged: Judged) -> None:
    data = ground.data
    shipped = data.has_step("shipping")[data.mention_event] & (data.role == Role.SEEN)
    received = data.has_step("receiving", "accepting")[data.mention_event]
    batch = data.is_batch[data.thing]
    moving = batch & (shipped | received | ground.is_birth)
    for thing, mentions in data.groups(data.select(moving)):
        if is_class(data.names[thing]):
            continue
        by_place: dict[str, list[int]] = {}
        for each in mentions:
            place = data.text(int(data.place[data.mention_event[each]]))
            by_place.setdefault(ground.site(place), []).append(each)
        by_place.pop("", None)
        for own in by_place.values():
            out = [each for each in own if shipped[each]]
            held = [each for each in own if not shipped[each]]
            if out and held and all(data.amount[each] >= 0 for each in own):
                judged.judged += 1
                _compare(ground, judged, "more-shipped-than-held", held, out, factor)


def _compare(
    ground: Ground,
    judged: Judged,
    reason: str,
    sources: list[int],
    uses: list[int],
    factor: Decimal,
) -> None:
    data = ground.data
    made, used = _Sums(), _Sums()
    for each in sources:
        made.add(ground, each)
    for each in uses:
        used.add(ground, each)
    for base, amount in used.totals.items():
        limit = made.totals.get(base)
        if limit is not None and amount > limit * factor:
            events = [int(data.mention_event[each]) for each in (*sources, *uses)]
            items = ground.names([int(data.thing[uses[0]])])
            detail = f"{shown(limit)} → {shown(amount)} {base}"
            judged.add(reason, tuple(events), items, detail)
