"""All systems that are written from a table, by name."""

from collections.abc import Mapping
from types import MappingProxyType

from explorer.lab.cases import System
from explorer.lab.systems.assets import ASSETS
from explorer.lab.systems.carbon import CARBON
from explorer.lab.systems.charity import CHARITY
from explorer.lab.systems.credit import CREDIT
from explorer.lab.systems.emergency import EMERGENCY
from explorer.lab.systems.evidence import E_EVIDENCE
from explorer.lab.systems.furniture import FURNITURE
from explorer.lab.systems.government import GOVERNMENT
from explorer.lab.systems.medical import MEDICAL
from explorer.lab.systems.oranges import ORANGES
from explorer.lab.systems.pears_box import PEARS_BOX
from explorer.lab.systems.receivables import RECEIVABLES
from explorer.lab.systems.service_hall import SERVICE_HALL
from explorer.lab.systems.supply_chain import SUPPLY_CHAIN
from explorer.lab.systems.trade import TRADE

SYSTEMS: Mapping[str, System] = MappingProxyType(
    {
        each.name: each
        for each in (
            PEARS_BOX,
            ORANGES,
            CARBON,
            RECEIVABLES,
            SERVICE_HALL,
            FURNITURE,
            E_EVIDENCE,
            CHARITY,
            EMERGENCY,
            MEDICAL,
            TRADE,
            SUPPLY_CHAIN,
            GOVERNMENT,
            CREDIT,
            ASSETS,
        )
    }
)
