"""The ledger families this program reads: the one place that lists them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from explorer.core.errors import UnknownFormatError
from explorer.formats import bitcoin, chain_jsonl, fabric, opentimestamps, rfc6962
from explorer.formats.opening import EvidenceFiles, ReadingOptions
from explorer.model.checks import CheckSpec
from explorer.model.ledgers import Match, Pipeline


@dataclass(frozen=True, slots=True)
class Family:
    """How to recognise and open one family of ledgers."""

    name: str
    title: str
    reference: str
    """The document that describes the format."""
    checks: tuple[CheckSpec, ...]
    probe: Callable[[EvidenceFiles], Match]
    # What a pipeline parses is known to nobody but itself.
    open_ledgers: Callable[[EvidenceFiles, ReadingOptions], Sequence[Pipeline[Any]]]
    may_differ: Callable[[str, bytes, bytes], bool]
    """(slot, bytes of one copy, bytes of the other) → whether honest copies of the same
    block may differ there; slots are paths of field names in ``BlockDetail``."""


FAMILIES = (
    Family(
        fabric.NAME,
        fabric.TITLE,
        fabric.REFERENCE,
        fabric.CHECKS,
        fabric.probe,
        fabric.open_ledgers,
        fabric.may_differ,
    ),
    Family(
        chain_jsonl.NAME,
        chain_jsonl.TITLE,
        chain_jsonl.REFERENCE,
        chain_jsonl.CHECKS,
        chain_jsonl.probe,
        chain_jsonl.open_ledgers,
        chain_jsonl.may_differ,
    ),
    Family(
        opentimestamps.NAME,
        opentimestamps.TITLE,
        opentimestamps.REFERENCE,
        opentimestamps.CHECKS,
        opentimestamps.probe,
        opentimestamps.open_ledgers,
        opentimestamps.may_differ,
    ),
    Family(
        bitcoin.NAME,
        bitcoin.TITLE,
        bitcoin.REFERENCE,
        bitcoin.CHECKS,
        bitcoin.probe,
        bitcoin.open_ledgers,
        bitcoin.may_differ,
    ),
    Family(
        rfc6962.NAME,
        rfc6962.TITLE,
        rfc6962.REFERENCE,
        rfc6962.CHECKS,
        rfc6962.probe,
        rfc6962.open_ledgers,
        rfc6962.may_differ,
    ),
)


def recognise(files: EvidenceFiles, wanted: str = "") -> Family:
    """Return the family whose structure the evidence has.

    ``wanted`` names the only family to take, whatever the bytes look like.

    Raises:
        UnknownFormatError: If no family recognises it, or ``wanted`` does not exist.
    """
    if wanted:
        for family in FAMILIES:
            if family.name == wanted:
                return family
        raise UnknownFormatError(f"there is no format called {wanted}")
    if all(source.size_bytes == 0 for source in files.evidence.sources):
        raise UnknownFormatError("there is no byte to read in it")
    best = max(FAMILIES, key=lambda family: family.probe(files))
    if best.probe(files) is Match.NO:
        raise UnknownFormatError("no reader recognises these bytes")
    return best
