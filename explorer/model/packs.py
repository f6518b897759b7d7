"""Domain packs: what a field of work calls things, and the rules it lives by.

A pack is data (``docs/domain-packs.md``). Everything here is as the TOML file says it;
``payloads.packs`` reads and checks it, ``provenance.pack_rules`` judges with it.
"""

from enum import StrEnum
from typing import Literal

import msgspec

from explorer.model.checks import Severity


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of a pack; a field that is not known is an error."""


class Applies(_Part, frozen=True):
    """Which ledgers the pack is meant for; everything given must hold."""

    formats: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    """One of these texts stands in the title of the ledger."""
    kinds: tuple[str, ...] = ()
    """One of these kinds of entries occurs."""
    fields: tuple[str, ...] = ()
    """Paths; one record has all of them."""


class Term(_Part, frozen=True):
    """A word of the field of work, in both languages."""

    id: str
    label: str
    label_zh: str


class Activity(_Part, frozen=True):
    """A step or act that a record can be about."""

    id: str
    label: str
    label_zh: str
    area: str = ""
    checkpoint: int = 0
    """Its published or agreed number; 0: none."""


class PackField(_Part, frozen=True):
    """A field of records, under the name that rules use."""

    name: str
    path: str
    label: str
    label_zh: str
    kind: Literal["text", "number", "time", "flag", "texts"] = "text"
    unit: str = ""
    """Unit of a number, as in expressions: ``kg``, ``元``."""
    each: str = ""
    """Path of a list: the number is the sum of ``path`` over its elements."""
    factor: str = "1"
    """The number written is multiplied by it first; ``0.01`` for cents."""


class Form(StrEnum):
    """The generic rules; each is described in ``docs/domain-packs.md``."""

    CONDITION = "condition"
    ORDER = "order"
    STEPS = "steps"
    SEPARATE = "separate"
    SUM = "sum"
    UNIQUE = "unique"
    MATCH = "match"
    STATUS = "status"
    BURST = "burst"


class Change(_Part, frozen=True):
    """What a record adds to a running sum."""

    add: str
    when: str = ""


class PackRule(_Part, frozen=True):
    """One rule; which fields it may have depends on its form."""

    id: str
    code: str
    form: Form
    message: str
    message_zh: str
    severity: Severity = Severity.WARNING
    kinds: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    when: str = ""
    demand: str = ""
    key: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    final: tuple[str, ...] = ()
    by: str = "entry.author"
    change: tuple[Change, ...] = ()
    least: str = ""
    most: str = ""
    equals: str = ""
    at: Literal["record", "height"] = "record"
    free: str = ""
    same: str = ""
    define: str = ""
    defined_by: tuple[str, ...] = ()
    latest: bool = False
    needed: bool = True
    forbidden: bool = False
    state: str = ""
    moves: dict[str, tuple[str, ...]] = {}
    within: str = ""
    distinct: str = ""


class View(_Part, frozen=True):
    """How records of the pack are shown at first."""

    columns: tuple[str, ...] = ()
    lanes: str = ""


class Pack(_Part, frozen=True):
    """A whole pack."""

    version: int
    name: str
    title: str
    title_zh: str
    rule: tuple[PackRule, ...]
    zone: str = "+08:00"
    of: Literal["documents", "writes", "arguments"] = "documents"
    activity: str = "entry.kind"
    area: str = ""
    organisation: str = "entry.author"
    applies: Applies = Applies()
    entity: tuple[Term, ...] = ()
    role: tuple[Term, ...] = ()
    areas: tuple[Term, ...] = ()
    activities: tuple[Activity, ...] = ()
    field: tuple[PackField, ...] = ()
    view: View = View()
