"""Events of a made-up pear trade: columns, rules, graph and traces at a million.

Each lot is harvested, shipped, received, packed into boxes, the boxes onto a pallet,
shipped and received twice, unpacked, and one box sold: 12 events. Goals: all rules over
1,000,000 events in bounded memory (at most 0.5 KB a named thing or event), ten times
the events in at most 10.5 times the time, a trace within 0.1 s.
"""

import gc
import resource
import time
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from benchmarks.measuring import say
from explorer.core.spans import ByteSpan
from explorer.model.events import (
    Action,
    EventKind,
    EventPlace,
    Quantity,
    Reference,
    TraceEvent,
)
from explorer.model.master_data import ReferenceData
from explorer.provenance.containment import Containment
from explorer.provenance.event_data import EventData
from explorer.provenance.event_lineage import EventLineage
from explorer.provenance.event_table import Entry, EventTable
from explorer.provenance.graph import ProvenanceGraph
from explorer.provenance.lineage import merged
from explorer.provenance.rules.base import Settings
from explorer.provenance.rules.engine import RULES
from explorer.provenance.rules.ground import Ground
from explorer.provenance.trace import Direction, trace
from explorer.session.tracing import CaseRecords
from explorer.store.queries import CaseReader
from explorer.store.schema import add_indexes, create_case
from explorer.store.writer import CaseWriter

LOTS = (8_334, 83_334)
"""With 12 events each: 100,000 and 1,000,000."""

BOXES = 5
HOUR = 3_600_000_000
START = 1_790_000_000_000_000
LINK = "https://id.gs1.org"


def main() -> None:
    """Print one line for each measurement."""
    times = []
    for lots in LOTS:
        times.append(measure(lots))
        gc.collect()
    say(f"ten times the events: {times[1] / times[0]:.1f} times the time of the rules")


def measure(lots: int) -> float:
    """Measure everything for so many lots; return the seconds of the rules."""
    before = peak_mb()
    table, filled = EventTable(), time.perf_counter()
    for number, event in enumerate(events(lots)):
        table.add(event, Entry(-1, number))
    filled = time.perf_counter() - filled
    count, mentions = len(table), len(table.thing)
    say(f"{count:,} events naming {mentions:,} things: columns in {filled:.1f} s")
    begun = time.perf_counter()
    data = EventData(table)
    containment = Containment(data)
    say(f"  order, states, containment: {time.perf_counter() - begun:.1f} s")
    spent = rules(Ground(data, containment, ReferenceData()))
    grown = (peak_mb() - before) * 2**20
    per = grown / (count + mentions)
    say(f"  memory {grown / 2**20:.0f} MB, {per:.0f} bytes an event or naming")
    graph(data, containment, lots)
    return spent


def peak_mb() -> float:
    """Return this process's peak resident memory in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def rules(ground: Ground) -> float:
    """Run every rule; print the slowest and their sum."""
    taken: dict[str, float] = {}
    for spec, judge in RULES:
        begun = time.perf_counter()
        judged = judge(ground, Settings())
        taken[spec.id] = time.perf_counter() - begun
        if judged.total:
            raise SystemExit(f"{spec.id} finds {judged.total} in a sound trade")
    slowest = sorted(taken, key=lambda each: -taken[each])[:5]
    say("  slowest: " + ", ".join(f"{each} {taken[each]:.1f} s" for each in slowest))
    say(f"  all {len(taken)} rules: {sum(taken.values()):.1f} s")
    return sum(taken.values())


def graph(data: EventData, containment: Containment, lots: int) -> None:
    """Write the statements to a case file and trace single boxes through it."""
    database = create_case(None)
    writer = CaseWriter(database)
    writer.begin_ledger("events", "trade", "event")
    begun = time.perf_counter()
    waiting = EventLineage(data, containment).statements()
    while batch := list(islice(waiting, 500)):
        writer.add_statements(merged(batch))
    add_indexes(database)
    reader = CaseReader(database)
    rows = reader.graph(0)
    whole = ProvenanceGraph(
        rows.node_count, rows.sources, rows.targets, rows.flow_rows, rows.struck
    )
    records = CaseRecords(reader.statements(0))
    say(
        f"  statements: {rows.node_count:,} versions, {len(rows.sources):,} flows in "
        f"{time.perf_counter() - begun:.1f} s"
    )
    for direction, item in (
        (Direction.BACK, box(lots // 2, 0)),
        (Direction.FORWARD, f"{LINK}/01/06901234111118/10/L{lots // 3}"),
    ):
        trace(whole, records, item, direction)  # builds the index of this direction
        begun = time.perf_counter()
        found = trace(whole, records, item, direction)
        spent = time.perf_counter() - begun
        say(f"  trace {direction.value}, {len(found.hops)} hops: {spent * 1000:.1f} ms")


def box(lot: int, number: int) -> str:
    """Return the identifier of a box."""
    return f"{LINK}/01/16901234111115/21/L{lot}-{number}"


def events(lots: int) -> Iterator[TraceEvent]:
    """Yield the events of a sound trade."""
    for lot in range(lots):
        yield from one_lot(lot, START + lot * HOUR)


def one_lot(lot: int, start: int) -> Iterator[TraceEvent]:
    """Yield the twelve events of one lot."""
    name, pallet = f"{LINK}/01/06901234111118/10/L{lot}", f"urn:pallet:{lot}"
    boxes = tuple(box(lot, each) for each in range(BOXES))
    amount = (Quantity(name, Decimal(100), "KGM"),)
    farm, house, store, shop = (f"urn:place:{each}" for each in "abcd")

    def event(number: int, kind: EventKind, **fields: object) -> TraceEvent:
        time_us = start + number * HOUR
        return TraceEvent(
            kind=kind,
            place=EventPlace(0, lot * 12 + number, ByteSpan(0, 0, 0)),
            declared_id=f"urn:event:{lot}:{number}",
            event_time_us=time_us,
            record_time_us=time_us + HOUR,
            **fields,  # type: ignore[arg-type]  # fields of the struct, as written here
        )

    def moved(step: str, start: str, end: str) -> dict[str, object]:
        is_out = step == "shipping"
        return {
            "action": Action.OBSERVE,
            "step": step,
            "read_point": start if is_out else end,
            "sources": (Reference("possessing_party", start),),
            "destinations": (Reference("possessing_party", end),),
        }

    seen = EventKind.OBJECT
    yield event(
        0, seen, action=Action.ADD, step="commissioning", quantities=amount,
        read_point=farm, location=farm,
    )  # fmt: skip
    yield event(1, seen, quantities=amount, **moved("shipping", farm, house))
    yield event(2, seen, quantities=amount, **moved("receiving", farm, house))
    yield event(
        3, EventKind.TRANSFORMATION, step="commissioning", input_quantities=amount,
        outputs=boxes, read_point=house,
    )  # fmt: skip
    yield event(
        4, EventKind.AGGREGATION, action=Action.ADD, step="packing", parent=pallet,
        children=boxes, read_point=house,
    )  # fmt: skip
    for number, (begin, end) in ((5, (house, store)), (7, (store, shop))):
        for more, step in enumerate(("shipping", "receiving")):
            yield event(
                number + more, seen, things=(pallet,),
                **moved(step, begin, end),
            )  # fmt: skip
    yield event(
        9, EventKind.AGGREGATION, action=Action.DELETE, step="unpacking",
        parent=pallet, children=boxes, read_point=shop,
    )  # fmt: skip
    yield event(
        10, seen, action=Action.OBSERVE, step="stocking", things=boxes, read_point=shop
    )
    yield event(
        11, seen, action=Action.DELETE, step="retail_selling", things=boxes[:1],
        disposition="retail_sold", read_point=shop,
    )  # fmt: skip
