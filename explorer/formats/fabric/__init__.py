"""Hyperledger Fabric: block stores, single blocks, JSON exports; full replay."""

from explorer.formats.fabric.differences import may_differ
from explorer.formats.fabric.family import (
    CHECKS,
    EXPORT_HINT,
    NAME,
    REFERENCE,
    TITLE,
    open_ledgers,
    probe,
)

__all__ = [
    "CHECKS",
    "EXPORT_HINT",
    "NAME",
    "REFERENCE",
    "TITLE",
    "may_differ",
    "open_ledgers",
    "probe",
]
