"""All systems that are written from a table, by name."""

from collections.abc import Mapping
from types import MappingProxyType

from explorer.lab.cases import System
from explorer.lab.systems.receivables import RECEIVABLES

SYSTEMS: Mapping[str, System] = MappingProxyType(
    {each.name: each for each in (RECEIVABLES,)}
)
