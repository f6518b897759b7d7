"""CometBFT (Tendermint) chains: replies of a node, light blocks, traces of steps."""

from explorer.formats.cometbft.family import (
    CHECKS,
    EXPORT_HINT,
    NAME,
    REFERENCE,
    TITLE,
    may_differ,
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
