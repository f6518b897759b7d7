"""Which configuration is in force at a block, and what each one changes.

``orderer/common/multichannel/blockwriter.go`` of Fabric 3.1: the metadata of a block
names the last configuration block; a configuration block names itself and is judged by
the configuration before it. In file order the newest configuration read counts, never
an older one that a block may name: somebody whose rights were taken away could still
sign under the rules of before.
"""

import msgspec

from explorer.core.absent import Absent
from explorer.crypto.trust import TrustStore
from explorer.formats.fabric.checks import AUTHORITY
from explorer.formats.fabric.config import ChannelConfig
from explorer.formats.fabric.membership import Membership, Msp
from explorer.formats.fabric.plans import Epoch
from explorer.formats.fabric.records import RawBlock
from explorer.model.claims import AuthorityClaim


class Choice(msgspec.Struct):
    """The configuration in force before a block."""

    epoch: Epoch | None
    is_conflict: bool = False
    """The block names another configuration than it should."""


class EpochBook:
    """The configurations of a ledger, in file order."""

    def __init__(self, trust: TrustStore) -> None:
        """Know no configuration."""
        self._trust = trust
        self._authorities: dict[str, tuple[bytes, ...]] = {}
        self.current: Epoch | None = None
        self._all: list[Epoch] = []
        self.organisations: dict[str, Msp] = {}
        """Every organisation that any configuration named."""

    def before(self, declared: int, sequence: int, *, since: int) -> Choice:
        """Return the configuration in force before a block.

        ``declared`` is what the block's metadata names, -1 if nothing; ``sequence`` the
        number in the configuration that the block itself holds, -1 if it holds none.
        Every block from ``since`` up to this one was read: none of them, but those in
        this book, is a configuration block.
        """
        current = self.current
        if current is None:
            return Choice(None)
        newest = current.config.block
        is_known = since <= newest + 1
        if sequence >= 0:
            follows = sequence == current.config.sequence + 1
            return Choice(current if follows or is_known else None)
        if declared == newest or (declared < 0 and is_known):
            return Choice(current)
        if is_known or declared < newest:
            # Fabric before 1.4.1 writes nothing where it means block 0.
            return Choice(current, is_conflict=declared >= 0 or newest > 0)
        return Choice(None, is_conflict=declared >= since)

    def at(self, height: int) -> Epoch | None:
        """Return the newest configuration below a height, of those read so far."""
        found = [each for each in self._all if each.config.block < height]
        return found[-1] if found else None

    def begin(self, config: ChannelConfig, block: RawBlock) -> list[AuthorityClaim]:
        """Put a configuration in force and claim the authorities that it changes."""
        membership = Membership(config, self._trust)
        self.current = Epoch(config, membership, _has_lifecycle(config))
        self._all.append(self.current)
        claims: list[AuthorityClaim] = []
        for msp_id, msp in membership.msps.items():
            roots = tuple(each.der for each in msp.roots)
            self.organisations[msp_id] = msp
            if self._authorities.get(msp_id) == roots:
                continue
            self._authorities[msp_id] = roots
            place = block.span(*msp.place)
            claims.append(
                AuthorityClaim(AUTHORITY, config.block, msp_id, roots, (), place)
            )
        return claims

    def uncovered(self) -> list[str]:
        """Return the organisations that no identity anchor covers, sorted."""
        return sorted(
            msp_id
            for msp_id, msp in self.organisations.items()
            if not self._is_covered(msp_id, msp)
        )

    def _is_covered(self, msp_id: str, msp: Msp) -> bool:
        if self._trust.anchors_for(msp_id):
            return True
        return any(
            not isinstance(each.public_key, Absent)
            and self._trust.covers_key(each.public_key, msp_id)
            for each in msp.roots
        )


def _has_lifecycle(config: ChannelConfig) -> bool:
    """Return whether the application capabilities are V2_0 or later."""
    names = config.capabilities(("Application",))
    majors = [name[1:].split("_")[0] for name in names if name.startswith("V")]
    return any(each.isdigit() and int(each) >= 2 for each in majors)
