"""The neutral trace event: what EPCIS documents, table rows and profiles all give.

Fields follow GS1 EPCIS 2.0.1, section 7.4, in plain words. An event holds only what was
declared; nothing is worked out here. Identifiers of things, places and parties are in
canonical form (GS1 Digital Link at ``https://id.gs1.org`` where they are GS1 keys, the
exact text otherwise), so that equal things are equal strings; ``TraceEvent.spellings``
keeps what was written where that differs. Amounts are ``Decimal``, times microseconds
since 1970-01-01 UTC.
"""

from decimal import Decimal
from enum import StrEnum

import msgspec

from explorer.core.absent import Absent
from explorer.core.spans import ByteSpan


class EventKind(StrEnum):
    """What sort of thing happened."""

    OBJECT = "object"
    """Things began, were seen, or ended (``Action`` says which)."""
    AGGREGATION = "aggregation"
    """Children were put into a parent, seen in it, or taken out."""
    TRANSACTION = "transaction"
    """Things were tied to, or untied from, business documents."""
    TRANSFORMATION = "transformation"
    """Inputs were used up and outputs came out."""
    ASSOCIATION = "association"
    """Children were attached to a parent for longer: a sensor to a crate."""
    OBSERVATION = "observation"
    """Things are named and nothing more is said: a scan, a reading, a row."""


class Action(StrEnum):
    """The EPCIS action."""

    ADD = "ADD"
    OBSERVE = "OBSERVE"
    DELETE = "DELETE"


class Quantity(msgspec.Struct, frozen=True, gc=False):
    """An amount of a lot or class."""

    thing: str
    """Canonical id of the lot or class."""
    amount: Decimal | Absent
    unit: str = ""
    """UN/CEFACT Recommendation 20 code such as ``KGM``; empty: a count of pieces."""


class Reference(msgspec.Struct, frozen=True, gc=False):
    """A typed identifier: a business transaction, a source, a destination."""

    type: str
    """Bare CBV word such as ``po`` or ``possessing_party``; other text as written."""
    id: str
    """Canonical id."""


class Extra(msgspec.Struct, frozen=True, gc=False):
    """A name and its value beside the standard fields, in the order of the file."""

    name: str
    """``{namespace}local``; the name as written where no namespace is known."""
    value: str
    """Exact text; empty where there are only children."""
    children: tuple["Extra", ...] = ()

    @property
    def local(self) -> str:
        """Return the name without its namespace."""
        return self.name.rpartition("}")[2]


class SensorReading(msgspec.Struct, frozen=True, gc=False):
    """One sensor report, with what its element says of all its reports."""

    element: int
    """Position of its sensor element in the event, from 0."""
    type: str = ""
    """Bare word such as ``Temperature``; other text as written."""
    value: Decimal | Absent = Absent.NOT_IN_EXPORT
    unit: str = ""
    """UN/CEFACT Recommendation 20 code: ``CEL`` is degrees Celsius."""
    minimum: Decimal | Absent = Absent.NOT_IN_EXPORT
    maximum: Decimal | Absent = Absent.NOT_IN_EXPORT
    mean: Decimal | Absent = Absent.NOT_IN_EXPORT
    text: str = ""
    """A value that is no number: a string, truth value, address or hexadecimal."""
    time_us: int | Absent = Absent.NOT_IN_EXPORT
    start_us: int | Absent = Absent.NOT_IN_EXPORT
    end_us: int | Absent = Absent.NOT_IN_EXPORT
    device: str = ""
    exception: str = ""
    """Bare word such as ``ALARM_CONDITION`` where the sensor reports one."""
    component: str = ""
    """Bare word such as ``latitude`` for one part of a composed value."""
    substance: str = ""
    """Chemical substance or microorganism that was measured."""


class ErrorDeclaration(msgspec.Struct, frozen=True, gc=False):
    """A later statement that this event is void."""

    time_us: int | Absent
    reason: str
    """``did_not_occur``, ``incorrect_data`` or other text as written."""
    corrective_ids: tuple[str, ...] = ()
    """Declared ids of the events that say it rightly."""


class EventPlace(msgspec.Struct, frozen=True, gc=False):
    """Where an event stands in the evidence."""

    source: int
    """Index of its file in ``Evidence.sources``."""
    position: int
    """Position in its file, from 0; in a ledger entry: position in that entry."""
    span: ByteSpan
    """The event's own bytes; those of the whole payload where they are not known."""


class EntryPlace(msgspec.Struct, frozen=True, gc=False):
    """The ledger entry that an event stands in, and who answers for it."""

    block: int
    entry: int
    entry_id: str
    author: str
    author_verified: bool
    """A signature that covers the event was verified as the author's."""
    accepted: bool
    """False when the ledger, or our replay, refuses the entry."""
    recorded_us: int | Absent
    """Time of the entry, as the ledger declares it."""


class Flaw(msgspec.Struct, frozen=True, gc=False):
    """Something in an event that the standard does not allow, or cannot be read."""

    reason: str
    """Kebab-case code: ``time-missing``, ``action-unknown``."""
    field: str
    """Field it is about, in the format's own words."""
    detail: str = ""
    """The text that is wrong, at most 200 characters."""


class TraceEvent(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One event; which lists are filled depends on its kind.

    ``things`` are single things (EPCs); ``quantities`` lots and classes with amounts.
    The other pairs of lists likewise.
    """

    kind: EventKind
    place: EventPlace
    entry: EntryPlace | Absent = Absent.NOT_IN_FORMAT
    """Absent where the event stands in a document of its own."""
    declared_id: str = ""
    event_time_us: int | Absent = Absent.NOT_IN_EXPORT
    record_time_us: int | Absent = Absent.NOT_IN_EXPORT
    """When a repository took the event in, by its own statement."""
    zone_minutes: int | Absent = Absent.NOT_IN_EXPORT
    """Minutes east of UTC, as the event's own zone field declares."""
    written_zone_minutes: int | Absent = Absent.NOT_IN_EXPORT
    """Minutes east of UTC, as written behind the event time itself."""
    action: Action | Absent = Absent.NOT_IN_EXPORT
    step: str = ""
    """Bare CBV word such as ``shipping``; other text as written."""
    disposition: str = ""
    things: tuple[str, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    parent: str = ""
    children: tuple[str, ...] = ()
    child_quantities: tuple[Quantity, ...] = ()
    inputs: tuple[str, ...] = ()
    input_quantities: tuple[Quantity, ...] = ()
    outputs: tuple[str, ...] = ()
    output_quantities: tuple[Quantity, ...] = ()
    process: str = ""
    """Transformation id: events that share one are one process."""
    read_point: str = ""
    """Where it was seen."""
    location: str = ""
    """Where the things are afterwards."""
    transactions: tuple[Reference, ...] = ()
    sources: tuple[Reference, ...] = ()
    destinations: tuple[Reference, ...] = ()
    set_dispositions: tuple[str, ...] = ()
    """Persistent dispositions that hold from now on."""
    unset_dispositions: tuple[str, ...] = ()
    error: ErrorDeclaration | Absent = Absent.NOT_IN_EXPORT
    certifications: tuple[str, ...] = ()
    """Certificates that the event names, as written."""
    ilmd: tuple[Extra, ...] = ()
    """Master data of the things made here: harvest date, variety, expiry."""
    extensions: tuple[Extra, ...] = ()
    """Fields that are not of the standard, those of inner parts included."""
    sensors: tuple[SensorReading, ...] = ()
    spellings: tuple[tuple[str, str], ...] = ()
    """(canonical id, id as written) where the two differ."""
    flaws: tuple[Flaw, ...] = ()
