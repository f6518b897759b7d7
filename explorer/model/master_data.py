"""What is said about things, places and parties apart from events.

GS1 EPCIS 2.0.1, section 9.4 (vocabularies in the header), CBV 2.0, section 10, and the
companion file of ``docs/formats/epcis.md``. Declared values only.
"""

from decimal import Decimal

import msgspec

from explorer.core.absent import Absent
from explorer.model.events import EventPlace, Extra


class MasterData(msgspec.Struct, frozen=True, gc=False):
    """One described thing, place or party."""

    id: str
    """Canonical id, equal to the id that events use."""
    declared_id: str
    kind: str
    """``place``, ``party``, ``product``, ``device``; other vocabularies as written."""
    place: EventPlace
    name: str = ""
    role: str = ""
    """What it does in the chain: ``grower``, ``packer``."""
    latitude: Decimal | Absent = Absent.NOT_IN_EXPORT
    """Degrees north, WGS 84."""
    longitude: Decimal | Absent = Absent.NOT_IN_EXPORT
    """Degrees east, WGS 84."""
    attributes: tuple[Extra, ...] = ()
    children: tuple[str, ...] = ()
    """Canonical ids of what belongs to it: rooms of a building."""


class CertificateRecord(msgspec.Struct, frozen=True, gc=False):
    """A certificate as master data describes it; not a cryptographic one."""

    id: str
    """As events name it, without a prefix such as ``urn:cert:``."""
    holder: str
    """Canonical id of the party or place it was given to."""
    valid_from_us: int | Absent
    valid_until_us: int | Absent
    """Last moment of the last day, microseconds since 1970-01-01 UTC."""
    place: EventPlace


class StepRoles(msgspec.Struct, frozen=True, gc=False):
    """Who may do a business step."""

    step: str
    """Bare CBV word."""
    roles: tuple[str, ...]
    """Roles as in ``MasterData.role``."""
    place: EventPlace


class ReferenceData(msgspec.Struct, frozen=True):
    """All master data of an evidence, in the order it was read."""

    described: tuple[MasterData, ...] = ()
    certificates: tuple[CertificateRecord, ...] = ()
    step_roles: tuple[StepRoles, ...] = ()


NO_REFERENCE_DATA = ReferenceData()
"""Of an evidence that holds none."""
