"""One lineage for a ledger: what its entries say about things, as statements.

Key reads and writes are told at once (``payloads.key_versions``): the ledger's order is
theirs. Events are collected and told at the end, in the order of event times
(``event_lineage``). Events that a mapping profile made of state keys name the same
things as the keys do: they add amounts to what the keys say, and feed the rules. PROV
statements and transfers of assets are told as they come.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import islice

from msgspec import structs

from explorer.core.absent import Absent
from explorer.model.content import EntryContent
from explorer.model.events import EventKind, Quantity, TraceEvent
from explorer.model.statements import Statements
from explorer.payloads.key_versions import DOCUMENT_KINDS, KeyVersionLineage
from explorer.payloads.prov_statements import ProvLineage
from explorer.payloads.transfers import TransferLineage
from explorer.provenance.containment import Containment
from explorer.provenance.event_data import EventData
from explorer.provenance.event_lineage import EventLineage, act_of
from explorer.provenance.event_table import Entry, EventTable

TOLD_TOGETHER = 500
"""Events whose statements are given back at once."""


class Lineage:
    """Turns the contents of one ledger into statements; entries must come in order."""

    def __init__(self, document_kinds: frozenset[str] = DOCUMENT_KINDS) -> None:
        """Begin with no thing known."""
        self.unread: Counter[str] = Counter()
        """How often something could not be used, by kebab-case reason."""
        self._keys = KeyVersionLineage(self.unread, document_kinds)
        self._prov = ProvLineage()
        self._transfers = TransferLineage(self.unread)
        self._table = EventTable()

    def collect(
        self,
        content: EntryContent,
        events: Sequence[TraceEvent],
        mapped: Sequence[TraceEvent] = (),
    ) -> None:
        """Keep the events of an entry; ``mapped`` are those that a profile made."""
        entry = Entry(
            content.block,
            content.entry,
            content.author,
            content.author_verified,
            content.accepted,
            content.time_us,
        )
        for event in events:
            self._table.add(event, entry)
        if mapped and has_keys(content):
            entry = structs.replace(entry, is_told=False)
        for event in mapped:
            self._table.add(event, entry)

    def add(
        self,
        content: EntryContent,
        events: Sequence[TraceEvent] = (),
        mapped: Sequence[TraceEvent] = (),
    ) -> Statements:
        """Return what this entry says; of events only that they happened."""
        if content.statements:
            return self._prov.add(content)
        if has_keys(content):
            told = _with_amounts(self._keys.add(content), mapped)
        else:
            told, events = Statements(), (*events, *mapped)
        if content.transfers:
            told = _joined(told, self._transfers.add(content))
        if not events:
            return told
        return Statements(told.things, told.flows, (act_of(content, events),))

    def finish(self) -> Iterator[Statements]:
        """Yield what the collected events say about things."""
        if len(self._table):
            lineage = EventLineage(self.data, self.containment)
            waiting = lineage.statements()
            while batch := list(islice(waiting, TOLD_TOGETHER)):
                yield merged(batch)
            if lineage.is_cut:
                self.unread["too-many-loads"] += 1

    def __len__(self) -> int:
        """Return how many events were collected."""
        return len(self._table)

    @cached_property
    def data(self) -> EventData:
        """All collected events; none may be added afterwards."""
        return EventData(self._table)

    @cached_property
    def containment(self) -> Containment:
        """Who was inside what."""
        return Containment(self.data)


def _joined(told: Statements, more: Statements) -> Statements:
    things, flows = (*told.things, *more.things), (*told.flows, *more.flows)
    return Statements(things, flows, told.acts or more.acts)


def has_keys(content: EntryContent) -> bool:
    """Return whether an entry reads or writes state keys."""
    return bool(content.reads or content.writes)


def merged(parts: Sequence[Statements]) -> Statements:
    """Return statements in one, in order."""
    return Statements(
        tuple(each for part in parts for each in part.things),
        tuple(each for part in parts for each in part.flows),
        tuple(each for part in parts for each in part.acts),
    )


def _with_amounts(told: Statements, events: Sequence[TraceEvent]) -> Statements:
    amounts = _amounts(events)
    if not amounts:
        return told
    things = tuple(
        structs.replace(
            each, amount=amounts[each.thing][0], unit=amounts[each.thing][1]
        )
        if each.thing in amounts
        else each
        for each in told.things
    )
    return Statements(things, told.flows, told.acts)


def _amounts(events: Sequence[TraceEvent]) -> Mapping[str, tuple[Decimal, str]]:
    found: dict[str, tuple[Decimal, str]] = {}
    for event in events:
        for each in _quantities(event):
            if not isinstance(each.amount, Absent):
                found.setdefault(each.thing, (each.amount, each.unit))
    return found


def _quantities(event: TraceEvent) -> tuple[Quantity, ...]:
    if event.kind is EventKind.TRANSFORMATION:
        return (*event.input_quantities, *event.output_quantities)
    return (*event.quantities, *event.child_quantities)
