"""Provenance statements: W3C PROV terms, each with its source entry and two grades."""

from decimal import Decimal
from enum import StrEnum

import msgspec

from explorer.core.absent import Absent


class LinkGrade(StrEnum):
    """How firmly record follows record."""

    ENFORCED = "enforced"
    """The ledger's rules make it so (replayed key versions, spent outputs)."""
    NAMED = "named"
    """One record names the other."""


class FactGrade(StrEnum):
    """How well the fact itself is supported; a physical fact is never above signed."""

    ENFORCED = "enforced"
    SIGNED = "signed"
    STATED = "stated"
    INFERRED = "inferred"
    CONTRADICTED = "contradicted"


class ThingVersion(msgspec.Struct, frozen=True, gc=False):
    """A thing as one entry left it (a PROV entity)."""

    thing: str
    """Identifier of the thing, such as ``pear/box/X00012``."""
    block: int
    entry: int
    """The entry that wrote or first named it."""
    label: str
    """Short name for people."""
    kind: str
    """Kind of thing, in the ledger's own word, or empty."""
    is_deleted: bool = False
    value: bytes = b""
    """What the entry recorded of it; empty where nothing was."""
    amount: Decimal | Absent = Absent.NOT_IN_EXPORT
    """How much of it the entry speaks of."""
    unit: str = ""
    """UN/CEFACT Recommendation 20 code; empty: a count of pieces."""
    rank: int = 0
    """Place in time among versions that events made; 0 where the ledger's own order is
    the order in which things happened."""
    is_struck: bool = False
    """Only events that are void (declared to be in error) speak of it here."""


class Flow(msgspec.Struct, frozen=True, gc=False):
    """One thing version went into another, through one entry (the PROV activity)."""

    source: tuple[str, int, int]
    """(thing, block, entry) of the version that was used."""
    target: tuple[str, int, int]
    """(thing, block, entry) of the version that came out."""
    block: int
    entry: int
    """The entry that says so."""
    relation: str
    """``derivation`` (a new thing), ``revision`` (the same), ``about`` (a document),
    ``containment`` (put into or taken out of something), ``association``."""
    link: LinkGrade
    fact: FactGrade
    is_struck: bool = False
    """The entry was refused by the ledger: an attempt, not a fact."""


class Act(msgspec.Struct, frozen=True, gc=False):
    """The activity of one entry: what was done, by whom, when."""

    block: int
    entry: int
    entry_id: str
    what: str
    agent: str
    time_us: int | Absent
    """Event time if the entry states one, microseconds since 1970-01-01 UTC."""
    fact: FactGrade
    is_struck: bool = False


class Statements(msgspec.Struct, frozen=True):
    """What a payload reader made of some entries."""

    things: tuple[ThingVersion, ...] = ()
    flows: tuple[Flow, ...] = ()
    acts: tuple[Act, ...] = ()
