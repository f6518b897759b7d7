"""The ledger families this program reads: the one place that lists them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from explorer.core.errors import UnknownFormatError
from explorer.formats import (
    bitcoin,
    ccf,
    chain_jsonl,
    cometbft,
    ethereum,
    event_documents,
    fabric,
    fisco,
    hedera,
    opentimestamps,
    prov,
    rfc6962,
    table,
)
from explorer.formats.opening import EvidenceFiles, ReadingOptions
from explorer.model.checks import CheckSpec
from explorer.model.ledgers import Match, Pipeline

Opener = Callable[[EvidenceFiles, ReadingOptions], Sequence[Pipeline[Any]]]
"""What a pipeline parses is known to nobody but itself."""


class FamilyPackage(Protocol):
    """What every package of a family offers."""

    @property
    def NAME(self) -> str: ...  # noqa: D102, N802 - a constant of a package
    @property
    def TITLE(self) -> str: ...  # noqa: D102, N802
    @property
    def REFERENCE(self) -> str: ...  # noqa: D102, N802
    @property
    def CHECKS(self) -> tuple[CheckSpec, ...]: ...  # noqa: D102, N802
    @property
    def probe(self) -> Callable[[EvidenceFiles], Match]: ...  # noqa: D102
    @property
    def open_ledgers(self) -> Opener: ...  # noqa: D102
    @property
    def may_differ(self) -> Callable[[str, bytes, bytes], bool]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Family:
    """How to recognise and open one family of ledgers."""

    name: str
    title: str
    reference: str
    """The document that describes the format."""
    checks: tuple[CheckSpec, ...]
    probe: Callable[[EvidenceFiles], Match]
    open_ledgers: Opener
    may_differ: Callable[[str, bytes, bytes], bool]
    """(slot, bytes of one copy, bytes of the other) → whether honest copies of the same
    block may differ there; slots are paths of field names in ``BlockDetail``."""


def _family(package: FamilyPackage) -> Family:
    return Family(
        package.NAME,
        package.TITLE,
        package.REFERENCE,
        package.CHECKS,
        package.probe,
        package.open_ledgers,
        package.may_differ,
    )


FAMILIES = tuple(
    map(
        _family,
        (
            fabric,
            chain_jsonl,
            fisco,
            ethereum,
            opentimestamps,
            bitcoin,
            cometbft,
            ccf,
            hedera,
            prov,
            table,
            rfc6962,
            # last: a ledger whose entries hold events is of its own family
            event_documents,
        ),
    )
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
    matches = [family.probe(files) for family in FAMILIES]
    best = max(matches)
    if best is Match.NO:
        raise UnknownFormatError("no reader recognises these bytes")
    return FAMILIES[matches.index(best)]
