"""Mapping profiles: which field of a record is what, as the user or we wrote it down.

The shape of ``docs/mapping-profiles.md``, version 1, field by field. A *text* is
literal but for ``{path}``, which is looked up in the record; see
``encodings.templates``. Declared values only: ``encodings.profile_files`` refuses what
cannot be meant, ``payloads.mapping`` applies the rest.
"""

from typing import Literal

import msgspec

from explorer.model.events import EventKind


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text whose result is put into other words."""

    value: str
    words: dict[str, str] = {}
    """Written word → our word; a word that is not listed stays as it is."""


Text = str | Words


class TimeRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text that gives a time, and how it is to be read."""

    value: str
    forms: tuple[str, ...] = ()
    """Forms such as ``DD/MM/YYYY hh:mm``; empty: ISO 8601 and what can only be meant
    one way."""
    zone: str = ""
    """Offset of times written without one, such as ``+08:00``; empty: the profile's."""


Time = str | TimeRule


class Choice(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which records of an event a rule looks at."""

    each: str = ""
    """Path of a list in the record, or ``@rows``; each element is a record."""
    writes: str = ""
    """Pattern of keys (``lot/*``); each written value is a record."""
    having: tuple[str, ...] = ()
    """Paths that must lead to something."""
    lacking: tuple[str, ...] = ()
    """Paths that must lead to nothing."""
    equal: dict[str, str] = {}
    """Path → text that it must lead to."""
    distinct: bool = False
    """Equal results count once: a lot that is repeated in each row of an event."""


class QuantityRule(Choice, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Gives ``Quantity`` values."""

    thing: Text
    amount: Text = ""
    unit: Text = ""


class ReferenceRule(Choice, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Gives ``Reference`` values."""

    type: Text
    id: Text


class SensorRule(Choice, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Gives ``SensorReading`` values."""

    type: Text
    value: Text = ""
    unit: Text = ""
    minimum: Text = ""
    maximum: Text = ""
    time: Time = ""
    device: Text = ""


class PlaceRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A place, also one that is only told by its coordinates."""

    id: Text = ""
    """Empty: ``geo:latitude,longitude``."""
    name: Text = ""
    latitude: Text = ""
    longitude: Text = ""


class Selection(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which entries, and which of their records, a rule is about."""

    of: Literal["entry", "writes", "documents", "arguments", "rows"] = "entry"
    """``entry``: one record for the entry; else each written value, JSON document,
    JSON argument, or group of table rows."""
    functions: tuple[str, ...] = ()
    """Kinds of entry, such as the function that was called; empty: all."""
    keys: str = ""
    """Pattern of the keys of written values; empty: all."""
    deleted: bool = False
    """Deletions instead of written values."""
    having: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    equal: dict[str, str] = {}


class EventRule(Selection, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Gives ``TraceEvent`` values; the fields are called as there."""

    name: str = ""
    """For error messages and for people."""
    kind: EventKind
    action: Literal["", "ADD", "OBSERVE", "DELETE"] = ""
    id: Text = ""
    time: Time = ""
    record_time: Time = ""
    step: Text = ""
    disposition: Text = ""
    things: tuple[Text, ...] = ()
    quantities: tuple[QuantityRule, ...] = ()
    parent: Text = ""
    children: tuple[Text, ...] = ()
    child_quantities: tuple[QuantityRule, ...] = ()
    inputs: tuple[Text, ...] = ()
    input_quantities: tuple[QuantityRule, ...] = ()
    outputs: tuple[Text, ...] = ()
    output_quantities: tuple[QuantityRule, ...] = ()
    process: Text = ""
    read_point: PlaceRule = PlaceRule()
    location: PlaceRule = PlaceRule()
    transactions: tuple[ReferenceRule, ...] = ()
    sources: tuple[ReferenceRule, ...] = ()
    destinations: tuple[ReferenceRule, ...] = ()
    set_dispositions: tuple[Text, ...] = ()
    unset_dispositions: tuple[Text, ...] = ()
    certifications: tuple[Text, ...] = ()
    sensors: tuple[SensorRule, ...] = ()
    master: dict[str, Text] = {}
    """Facts about the things made here: name → text (EPCIS calls them ILMD)."""
    extra: dict[str, Text] = {}
    """Other facts of the event: name → text."""


class MasterRule(Selection, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Gives ``MasterData`` values: places, parties and products."""

    id: Text
    kind: Literal["place", "party", "product", "device"]
    name: Text = ""
    role: Text = ""
    latitude: Text = ""
    longitude: Text = ""
    attributes: dict[str, Text] = {}


class Applies(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Ledgers and tables for which a profile is chosen without being asked for.

    Everything that is given must hold; a profile with nothing given never is.
    """

    formats: tuple[str, ...] = ()
    """Names of ledger families."""
    titles: tuple[str, ...] = ()
    """Titles of ledgers: channel or chain ids."""
    spaces: tuple[str, ...] = ()
    """Name spaces of which one must have been written to: chaincodes."""
    functions: tuple[str, ...] = ()
    """Kinds of entry of which one must occur."""
    columns: tuple[str, ...] = ()
    """Columns that a table must have."""
    fields: tuple[str, ...] = ()
    """Fields that a JSON document must have."""


class TableRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a table is read before its rows are mapped."""

    sheet: str = ""
    """Name of the worksheet; empty: the first one with the columns."""
    group: tuple[str, ...] = ()
    """Columns whose equal values make rows one event; empty: each row is one."""
    kind: str = ""
    """Column that says what sort of event a row is; empty or not there: the name of
    the worksheet."""
    names: dict[str, tuple[str, ...]] = {}
    """Column as the rules call it → other headings that mean the same."""
    encoding: str = ""
    """Name of the character encoding; empty: found out."""
    delimiter: str = ""
    """One character; empty: found out."""


class Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One mapping profile."""

    version: Literal[1]
    name: str
    """Kebab-case; how it is asked for."""
    title: str = ""
    title_zh: str = ""
    zone: str = ""
    """Offset of times written without one, such as ``+08:00``; empty: UTC, and the
    event says so."""
    applies: Applies = Applies()
    table: TableRule = TableRule()
    event: tuple[EventRule, ...] = ()
    master: tuple[MasterRule, ...] = ()
