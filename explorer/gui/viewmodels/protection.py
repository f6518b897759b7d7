"""How many bytes are protected by what, in words (the coverage map summed up)."""

from dataclasses import dataclass
from enum import StrEnum

from explorer.gui.messages import Covered
from explorer.gui.translations import translate
from explorer.gui.viewmodels.wording import grouped
from explorer.session.coverage import FRAMING, HASH, REPLAY, SIGNATURE


class Protection(StrEnum):
    """What protects a byte, the firmest first."""

    HASH_AND_SIGNATURE = "hash-and-signature"
    HASH = "hash"
    SIGNATURE = "signature"
    REPLAY = "replay"
    FRAMING = "framing"
    NOTHING = "nothing"

    @property
    def words(self) -> str:
        """Return it in words."""
        names = {
            Protection.HASH_AND_SIGNATURE: translate("Coverage", "hash and signature"),
            Protection.HASH: translate("Coverage", "hash only"),
            Protection.SIGNATURE: translate("Coverage", "signature only"),
            Protection.REPLAY: translate("Coverage", "replay only"),
            Protection.FRAMING: translate("Coverage", "framing only"),
            Protection.NOTHING: translate("Coverage", "no check"),
        }
        return names[self]


@dataclass(frozen=True, slots=True)
class Share:
    """Bytes with one kind of protection."""

    protection: Protection
    size_bytes: int


def shares(covered: Covered) -> list[Share]:
    """Return the bytes by protection, the firmest first, without empty kinds."""
    sums = dict.fromkeys(Protection, 0)
    for mask, size_bytes in covered.bytes_by_mask:
        sums[_protection(mask)] += size_bytes
    return [Share(kind, size) for kind, size in sums.items() if size]


def summary(covered: Covered) -> str:
    """Return how many bytes at least one check protects, of how many."""
    total = sum(size for _, size in covered.bytes_by_mask)
    bare = sum(size for mask, size in covered.bytes_by_mask if not mask)
    return translate("Coverage", "{0} of {1} bytes").format(
        grouped(total - bare), grouped(total)
    )


def _protection(mask: int) -> Protection:
    if mask & HASH and mask & SIGNATURE:
        return Protection.HASH_AND_SIGNATURE
    for bit, protection in (
        (HASH, Protection.HASH),
        (SIGNATURE, Protection.SIGNATURE),
        (REPLAY, Protection.REPLAY),
        (FRAMING, Protection.FRAMING),
    ):
        if mask & bit:
            return protection
    return Protection.NOTHING
